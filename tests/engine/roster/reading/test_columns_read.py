"""What stands in the cells of each kind of column, and what is said where it cannot be used."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.errors import Severity
from tests.engine.roster.officers_files import (
    HILLTOP,
    LIN,
    RIVERSIDE,
    VALID_ID,
    ZHAO,
    cell_of,
    codes,
    only,
    person_reading,
    reading_of,
    rows_after,
    rows_of,
)


def test_a_numeric_id_cell_is_refused_with_cause_and_cure(tmp_path: Path) -> None:
    problem = only(person_reading(tmp_path, LIN | {"人员编号": 7}), "roster.numeric-id")

    assert (cell_of(problem), problem.severity) == ("A2", Severity.ERROR)
    assert problem.values == {"column": "人员编号", "found": "7"}


@pytest.mark.parametrize("typed", [110105194912310020, "1.10105E+17"])
def test_an_identity_number_whose_digits_are_lost_is_refused_and_not_shown(
    tmp_path: Path, typed: object
) -> None:
    problem = only(person_reading(tmp_path, LIN | {"身份证号": typed}), "roster.numeric-id")

    assert (cell_of(problem), problem.values["found"]) == ("D2", "***")


def test_a_bad_checksum_points_at_the_cell_and_hides_the_number(tmp_path: Path) -> None:
    wrong = VALID_ID[:-1] + "1"

    problem = only(person_reading(tmp_path, LIN | {"身份证号": wrong}), "roster.id-checksum")

    assert cell_of(problem) == "D2"
    assert problem.values["found"] == "110***************"


def test_an_identity_number_of_17_characters_is_a_problem_of_form(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"身份证号": VALID_ID[:-1]})

    assert only(reading, "roster.id-form").values["length"] == "17"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (VALID_ID.lower(), "roster.id-number-normalised"),
        (VALID_ID.replace("1", "\uff11"), "roster.id-number-normalised"),
        (f"'{VALID_ID} ", "roster.id-number-normalised"),
        ("110105491231002", "roster.id-number-legacy"),
    ],
)
def test_another_spelling_of_an_identity_number_is_read_with_a_warning(
    tmp_path: Path, typed: str, code: str
) -> None:
    reading = person_reading(tmp_path, LIN | {"身份证号": typed, "出生日期": "1949-12-31"})

    assert reading.frames["persons"]["id_number"].to_list() == [VALID_ID]
    assert only(reading, code).severity is Severity.WARNING


def test_an_impossible_date_names_the_first_cell_and_the_other_rows(tmp_path: Path) -> None:
    born = {"出生日期": "1987-02-30"}

    reading = person_reading(tmp_path, LIN | born, ZHAO | born)

    problem = only(reading, "roster.impossible-date")
    assert (cell_of(problem), rows_after(problem)) == ("D2", (3,))
    assert problem.values["found"] == "1987-02-30"


def test_different_unreadable_dates_of_one_column_are_worded_each(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"出生日期": "前年"}, ZHAO | {"出生日期": "去年"})

    assert codes(reading) == ["roster.unreadable-date"] * 2


def test_a_number_that_is_january_or_october_is_ambiguous(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"出生日期": 1987.1})

    assert only(reading, "roster.ambiguous-date").values["found"] == "1987.1"


@pytest.mark.parametrize(
    "typed",
    [
        date(1987, 3, 2),
        datetime(1987, 3, 2, 8, 30, tzinfo=UTC).replace(tzinfo=None),
        31838,
        "31838",
        "1987年3月2日",
    ],
)
def test_a_real_date_a_serial_number_and_a_written_date_are_the_same(
    tmp_path: Path, typed: object
) -> None:
    reading = person_reading(tmp_path, LIN | {"出生日期": typed})

    persons = reading.frames["persons"]
    assert persons["birth"].to_list() == [date(1987, 3, 2)]
    assert persons["birth_precision"].to_list() == ["day"]
    assert reading.problems == ()


def test_a_printed_end_becomes_the_day_after_it_in_the_roster(tmp_path: Path) -> None:
    stint = {"人员编号": "P1", "单位编号": "S1", "开始时间": "2016-09"}
    stints = rows_of(
        stint | {"结束时间": "2019-08"}, stint | {"开始时间": "2019-09", "结束时间": "至今"}
    )

    frame = reading_of(tmp_path, 任职经历=stints).frames["stints"]

    assert frame["until"].to_list() == [date(2019, 9, 1), None]
    assert frame["until_precision"].to_list() == ["month", None]


def test_an_unknown_code_offers_the_nearest_known_one(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"职称": "一级教帅"}, ZHAO | {"职称": "一级教师"})

    problem = only(reading, "roster.unknown-code-near")
    assert (cell_of(problem), problem.values["nearest"]) == ("D2", "一级教师")
    assert reading.roster is None


def test_a_code_like_no_other_lists_what_is_allowed(tmp_path: Path) -> None:
    problem = only(person_reading(tmp_path, LIN | {"性别": "ABC"}), "roster.unknown-code")

    assert problem.values["expected"] == "男、女"


def test_another_spelling_of_a_code_is_the_code(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"职称": "小学高级教师", "学段": "普通小学"})

    assert reading.frames["persons"].row(0, named=True)["title"] == "一级教师"
    assert reading.frames["persons"].row(0, named=True)["stage"] == "小学"
    assert reading.problems == ()


def test_an_open_list_takes_a_local_word_with_a_warning(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"调入方式": "人才引进"})

    assert only(reading, "roster.unlisted-code").severity is Severity.WARNING
    assert reading.frames["persons"]["transferred_in_by"].to_list() == ["人才引进"]


def test_the_content_of_a_private_column_is_never_shown(tmp_path: Path) -> None:
    row = {"人员编号": "P1", "情形类别": "秘密的病", "开始时间": "秘密的日子"}

    reading = reading_of(tmp_path, 情形=rows_of(row))

    assert only(reading, "roster.unlisted-code").values["found"] == "***"


def test_several_codes_in_a_cell_are_separated_by_any_usual_sign(tmp_path: Path) -> None:
    written = ["数学，科学", "数学、科学", "数学 科学", "数学;科学/音乐"]
    people = [
        LIN | {"人员编号": f"P{i}", "姓名": f"甲{i}", "兼教学科": w}
        for i, w in enumerate(written)
    ]

    reading = person_reading(tmp_path, *people)

    two = ["数学", "科学"]
    found = reading.frames["persons"]["other_subjects"].to_list()
    assert found == [two, two, two, [*two, "音乐"]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("是", True), ("有", True), ("y", True), (1, True), ("√", True), (True, True)),
        *(("否", False), ("无", False), ("N", False), (0, False), (False, False), ("", None)),
    ],
)
def test_each_spelling_of_yes_and_no_is_read(
    tmp_path: Path, typed: object, *, meant: bool | None
) -> None:
    reading = person_reading(tmp_path, LIN | {"专任教师": typed})

    assert reading.frames["persons"]["full_time_teacher"].to_list() == [meant]
    assert reading.problems == ()


def test_an_answer_that_is_neither_yes_nor_no_is_a_problem(tmp_path: Path) -> None:
    problem = only(
        person_reading(tmp_path, LIN | {"专任教师": "看情况"}), "roster.not-yes-or-no"
    )

    assert (cell_of(problem), problem.values["found"]) == ("D2", "看情况")


@pytest.mark.parametrize("typed", [12.5, "12.5", "\uff11\uff12\uff0e\uff15", " 12.50 "])
def test_numbers_are_read_typed_or_written_also_with_full_width_digits(
    tmp_path: Path, typed: object
) -> None:
    reading = person_reading(tmp_path, LIN | {"周课时": typed})

    assert reading.frames["persons"]["weekly_lessons"].to_list() == [Decimal("12.5000")]
    assert reading.problems == ()


def test_a_thousands_comma_is_no_decimal_point(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE | {"小学学生数": "1,234"}))

    assert reading.frames["units"]["primary_pupils"].to_list() == [1234]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("约300人", "roster.not-a-number"),
        (300.5, "roster.not-whole"),
        (date(2026, 1, 3), "roster.date-for-number"),
        (-1, "roster.negative-number"),
        (1e300, "roster.not-a-number"),
    ],
)
def test_a_cell_that_is_no_count_of_pupils_is_a_problem(
    tmp_path: Path, typed: object, code: str
) -> None:
    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE | {"小学学生数": typed}))

    assert cell_of(only(reading, code)) == "C2"
    assert reading.roster is None


def test_an_empty_count_is_unknown_and_a_written_nothing_too(tmp_path: Path) -> None:
    units = rows_of(RIVERSIDE | {"小学学生数": ""}, HILLTOP | {"小学学生数": "无"})

    reading = reading_of(tmp_path, 单位=units)

    assert reading.frames["units"]["primary_pupils"].to_list() == [None, None]


def test_more_than_four_decimals_are_rounded_with_a_warning(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"周课时": 12.00004}, ZHAO | {"周课时": 12.0004})

    problem = only(reading, "roster.number-rounded")
    assert (cell_of(problem), rows_after(problem)) == ("D2", ())
    assert reading.frames["persons"]["weekly_lessons"].to_list()[0] == Decimal("12.0000")


def test_dot_variants_are_made_one_and_the_change_is_said(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"姓名": "古丽•买买提"}, ZHAO)

    problem = only(reading, "roster.name-normalised")
    assert (cell_of(problem), problem.severity) == ("B2", Severity.WARNING)
    assert reading.frames["persons"]["person_name"].to_list()[0] == "古丽\u00b7买买提"
    assert "古丽" not in str(problem.values)


def test_rare_characters_are_kept_without_a_word(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"姓名": "李𬀩"})

    assert reading.frames["persons"]["person_name"].to_list() == ["李𬀩"]
    assert reading.problems == ()


def test_a_character_that_only_one_computer_knows_is_warned_of(tmp_path: Path) -> None:
    problem = only(
        person_reading(tmp_path, LIN | {"姓名": "李\ue001"}), "roster.private-character"
    )

    assert cell_of(problem) == "B2"


def test_full_width_digits_of_an_id_become_plain_with_a_warning(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"人员编号": "\uff30\uff11"})

    assert reading.frames["persons"]["person_id"].to_list() == ["P1"]
    assert cell_of(only(reading, "roster.text-narrowed")) == "A2"


def test_an_empty_required_cell_is_one_problem_for_all_its_rows(tmp_path: Path) -> None:
    reading = person_reading(
        tmp_path, LIN | {"姓名": ""}, ZHAO, LIN | {"人员编号": "P3", "姓名": ""}
    )

    problem = only(reading, "roster.empty-required")
    assert (cell_of(problem), rows_after(problem)) == ("B2", (4,))


@pytest.mark.parametrize(
    ("typed", "stored"), [("1949-12", date(1949, 12, 31)), ("1949", date(1949, 12, 31))]
)
def test_a_birth_by_month_is_completed_from_the_identity_number(
    tmp_path: Path, typed: str, stored: date
) -> None:
    reading = person_reading(tmp_path, LIN | {"身份证号": VALID_ID, "出生日期": typed})

    persons = reading.frames["persons"]
    assert (persons["birth"][0], persons["birth_precision"][0]) == (stored, "day")
    assert reading.problems == ()


def test_a_birth_that_contradicts_the_identity_number_stays_and_is_reported(
    tmp_path: Path,
) -> None:
    reading = person_reading(tmp_path, LIN | {"身份证号": VALID_ID, "出生日期": "1949-11"})

    assert cell_of(only(reading, "roster.birth-contradicts-id")) == "E2"
    assert reading.frames["persons"]["birth"].to_list() == [date(1949, 11, 1)]
    assert reading.frames["persons"]["birth_precision"].to_list() == ["month"]


def test_an_empty_birth_is_taken_from_the_identity_number_with_a_warning(
    tmp_path: Path,
) -> None:
    reading = person_reading(tmp_path, LIN | {"身份证号": VALID_ID})

    assert only(reading, "roster.birth-from-id").severity is Severity.WARNING
    assert reading.frames["persons"]["birth"].to_list() == [date(1949, 12, 31)]


def test_a_sex_that_contradicts_the_identity_number_is_reported(tmp_path: Path) -> None:
    person = LIN | {"身份证号": VALID_ID, "出生日期": "1949-12-31", "性别": "男"}

    assert cell_of(only(person_reading(tmp_path, person), "roster.sex-contradicts-id")) == "F2"


@pytest.mark.parametrize(("typed", "read"), [("无", []), ("", None), ("/", None)])
def test_none_in_a_cell_of_several_codes_is_known_and_a_blank_is_not(
    tmp_path: Path, typed: str, read: list[str] | None
) -> None:
    reading = person_reading(tmp_path, LIN | {"人员编号": "P1", "兼教学科": typed})

    assert reading.frames["persons"]["other_subjects"].to_list() == [read]
