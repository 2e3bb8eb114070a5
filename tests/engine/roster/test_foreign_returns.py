"""The provincial returns become persons, units, the present stint and honours."""

from datetime import date
from pathlib import Path

import pytest

from junheng.engine.roster.foreign import ForeignForm, detect, returns
from junheng.engine.roster.generator import generate
from junheng.engine.roster.reading import examine, read_roster
from tests.engine.roster.foreign_rows import write_sheet

ON = date(2026, 8, 31)
TITLES = ("教师交流汇总表", "填报单位：某县教育局    填表时间：2026年8月31日")
TEACHER = {
    "市(县、区)": "某县",
    "姓名": "=1+1",
    "性别": "女",
    "出生年月": "1985年3月",
    "现学校": "城关小学",
    "现学校任教时间": "2012年9月",
    "任教学科": "语文",
    "现聘任专业技术职务": "一级教师",
    "是否骨干教师": "是",
    "骨干教师类型": "市级学科带头人",
}
PRINCIPAL = {
    "市(县、区)": "某县",
    "姓名": "𬀩·买买提",
    "出生年月": "1975-01",
    "现学校及职务": "城关小学党支部书记、校长",
    "现学校任职时间": "2015.08",
}


def _teachers(path: Path, *rows: dict[str, str]) -> Path:
    write_sheet(path, "教师交流汇总表", returns.TEACHER_HEADINGS, rows, titles=TITLES)
    return path


def _principals(path: Path, *rows: dict[str, str]) -> Path:
    write_sheet(path, "校长轮岗汇总表", returns.PRINCIPAL_HEADINGS, rows, titles=TITLES)
    return path


def test_returns_are_known_by_their_headings() -> None:
    assert detect(returns.TEACHER_HEADINGS) is ForeignForm.TEACHERS
    assert detect(returns.PRINCIPAL_HEADINGS) is ForeignForm.PRINCIPALS


def test_teacher_row_becomes_person_stint_and_honour(tmp_path: Path) -> None:
    roster = read_roster(_teachers(tmp_path / "教师.xlsx", TEACHER))
    columns = ["person_id", "person_name", "birth", "birth_precision", "unit_id", "title"]
    assert roster["persons"].select(columns).rows() == [
        ("T0001", "=1+1", date(1985, 3, 1), "month", "U001", "一级教师")
    ]
    assert roster["stints"].select("unit_id", "since", "stint_kind").rows() == [
        ("U001", date(2012, 9, 1), "任教")
    ]
    assert roster["honours"].select("honour", "honour_level").rows() == [("学科带头人", "市级")]
    assert roster["units"].select("unit_name", "county").rows() == [("城关小学", "某县")]


@pytest.mark.parametrize(
    ("text", "role", "level"),
    [
        ("城关小学校长", "校长", "正校级"),
        ("城关小学副校长", "副校长", "副校级"),
        ("城关小学党支部书记、校长", "校长", "正校级"),
        ("城关小学党总支书记", "书记", "正校级"),
        ("城关小学副书记", "副书记", "副校级"),
        ("城关小学书记、副校长", "书记", "正校级"),
    ],
)
def test_school_and_office_are_told_apart(
    tmp_path: Path, text: str, role: str, level: str
) -> None:
    path = _principals(tmp_path / "校长.xlsx", {**PRINCIPAL, "现学校及职务": text})
    roster = read_roster(path)
    assert roster["units"]["unit_name"].to_list() == ["城关小学"]
    assert roster["persons"].select("role", "office_level").rows() == [(role, level)]


def test_office_that_is_not_recognised_is_an_error_with_its_cell(tmp_path: Path) -> None:
    wrong = {**PRINCIPAL, "现学校及职务": "城关小学"}
    path = _principals(tmp_path / "校长.xlsx", wrong, PRINCIPAL)
    (problem,) = examine(path).errors
    assert (problem.code, str(problem.place)) == (
        "forms.office-not-recognised",
        "校长.xlsx 校长轮岗汇总表 E4",
    )


def test_both_returns_in_a_folder_share_units_and_number_persons_on(tmp_path: Path) -> None:
    _principals(tmp_path / "a.xlsx", PRINCIPAL)
    _teachers(tmp_path / "b.xlsx", TEACHER)
    roster = read_roster(tmp_path)
    assert roster["persons"].select("person_id", "unit_id").rows() == [
        ("T0001", "U001"),
        ("T0002", "U001"),
    ]
    assert roster["units"].height == 1


@pytest.mark.parametrize(
    ("answer", "kind", "honours"),
    [
        ("是", "", [("骨干教师", None)]),
        ("否", "", []),
        ("是", "省级骨干", [("骨干教师", "省级")]),
    ],
)
def test_answer_about_backbone_gives_the_honour(
    tmp_path: Path, answer: str, kind: str, honours: list[tuple[str, str | None]]
) -> None:
    row = {**TEACHER, "是否骨干教师": answer, "骨干教师类型": kind}
    roster = read_roster(_teachers(tmp_path / "教师.xlsx", row))
    assert roster["honours"].select("honour", "honour_level").rows() == honours


def test_kind_of_backbone_beside_no_is_an_error(tmp_path: Path) -> None:
    row = {**TEACHER, "是否骨干教师": "否"}
    (problem,) = examine(_teachers(tmp_path / "教师.xlsx", row)).errors
    assert problem.code == "forms.backbone-contradiction"


@pytest.mark.parametrize(("years", "warnings"), [("0", 0), ("无", 0), ("1", 1)])
def test_rural_years_without_dates_are_told_not_guessed(
    tmp_path: Path, years: str, warnings: int
) -> None:
    row = {**TEACHER, "农村工作经历年限": years}
    roster = read_roster(_teachers(tmp_path / "教师.xlsx", row))
    codes = [problem.code for problem in roster.warnings]
    assert codes.count("forms.rural-years-without-dates") == warnings
    assert roster["stints"].height == 1


def test_stint_without_a_date_is_unknown_not_invented(tmp_path: Path) -> None:
    row = {**TEACHER, "现学校任教时间": ""}
    roster = read_roster(_teachers(tmp_path / "教师.xlsx", row))
    assert roster["stints"].height == 0


def test_written_returns_give_the_same_persons_again(tmp_path: Path) -> None:
    roster = generate(units=20, persons=500, seed=1, on=ON)
    returns.write(roster, tmp_path / "汇总.xlsx", on=ON)
    again = read_roster(tmp_path / "汇总.xlsx")
    columns = ["person_name", "sex", "title", "subject"]
    before = roster["persons"].select(columns).sort(columns)
    assert again["persons"].select(columns).sort(columns).equals(before)
    assert again["persons"].filter(again["persons"]["role"] == "校长").height > 0
