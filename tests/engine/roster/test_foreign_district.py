"""The 72-heading district form becomes persons, units, stints, honours and exchanges."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from junheng.engine.roster.foreign import ForeignForm, detect, district
from junheng.engine.roster.generator import generate
from junheng.engine.roster.marking import write_marked_copy
from junheng.engine.roster.reading import examine, read_roster
from junheng.engine.roster.roster import Roster
from junheng.errors import SheetPlace
from tests.engine.roster.foreign_rows import DISTRICT_ROW, district_row, write_district

ON = date(2026, 8, 31)


def _read(tmp_path: Path, *rows: dict[str, str], title: str = "") -> Roster:
    write_district(tmp_path / "区表.xlsx", rows, titles=[title] if title else [])
    return read_roster(tmp_path / "区表.xlsx")


def test_district_form_has_seventy_two_different_headings() -> None:
    assert len(set(district.HEADINGS)) == 72


def test_district_form_is_known_in_any_order_and_without_instructions() -> None:
    shortened = [heading.partition("(")[0] for heading in reversed(district.HEADINGS)]
    assert detect(shortened) is ForeignForm.DISTRICT


def test_sheet_lacking_one_mark_is_no_district_form() -> None:
    headings = [h for h in district.HEADINGS if not h.startswith("支教单位全称")]
    assert detect(headings) is None


def test_district_row_becomes_a_person(tmp_path: Path) -> None:
    roster = _read(tmp_path, DISTRICT_ROW)
    (person,) = roster["persons"].to_dicts()
    expected = {
        "person_id": "T0001",
        "person_name": "=1+1",
        "birth": date(1949, 12, 31),
        "birth_precision": "day",
        "employment": "在编",
        "recruited_on": date(1998, 9, 1),
        "recruited_on_precision": "month",
        "subject": "语文",
        "other_subjects": ["数学", "科学"],
        "title": "一级教师",
        "post_kind": "专业技术",
        "post_grade": 11,
        "office_level": "中层正职",
        "in_post": "在岗",
    }
    assert {name: person[name] for name in expected} == expected


def test_district_row_becomes_units_stints_honours_and_exchanges(tmp_path: Path) -> None:
    roster = _read(tmp_path, DISTRICT_ROW, district_row(单位全称="河湾小学", 支教单位全称="无"))
    stints = roster["stints"].select("person_id", "unit_id", "since", "until", "stint_kind")
    assert roster["units"].select("unit_id", "unit_name", "unit_stages", "zone").rows() == [
        ("U001", "城关小学", ["小学"], "东片"),
        ("U002", "河湾小学", ["小学"], "东片"),
    ]
    assert stints.rows() == [
        ("T0001", "U001", date(2010, 9, 1), None, "任教"),
        ("T0002", "U002", date(2010, 9, 1), None, "任教"),
        ("T0001", "U002", date(2018, 9, 1), date(2019, 8, 1), "支教"),
    ]
    assert roster["honours"].select("honour", "honour_level").rows() == [
        ("骨干教师", "市级"),
        ("骨干教师", "市级"),
    ]
    assert roster["exchanges"].select("exchange_kind", "origin_unit", "host_unit").rows() == [
        ("支教", "U001", "U002")
    ]


def test_district_form_gives_no_posts_so_that_planning_can_refuse(tmp_path: Path) -> None:
    roster = _read(tmp_path, DISTRICT_ROW)
    assert roster.given == {"units", "persons", "stints", "honours", "exchanges"}


@pytest.mark.parametrize("text", ["1998年9月", "1998.09", "199809", "1998-09", "1998/9"])
def test_district_form_accepts_every_spelling_of_a_month(tmp_path: Path, text: str) -> None:
    roster = _read(tmp_path, district_row(进入现单位任教时间=text))
    present = roster["stints"].filter(pl.col("stint_kind") == "任教")
    assert present.select("since", "since_precision").rows() == [(date(1998, 9, 1), "month")]


def test_wrong_date_is_reported_at_the_officers_cell(tmp_path: Path) -> None:
    rows = [DISTRICT_ROW, district_row(进入现单位任教时间="2010年13月")]
    write_district(tmp_path / "区表.xlsx", rows, titles=["某区教职工"])
    (problem,) = examine(tmp_path / "区表.xlsx").errors
    assert isinstance(problem.place, SheetPlace)
    assert (problem.code, problem.place.cell) == ("roster.impossible-date", "AA4")


def test_support_outside_the_district_has_no_host_and_no_stint(tmp_path: Path) -> None:
    roster = _read(tmp_path, district_row(支教地域="外省"))
    assert roster["exchanges"]["host_unit"].to_list() == [None]
    assert roster["stints"]["stint_kind"].to_list() == ["任教"]


def test_host_without_staff_is_listed_and_told(tmp_path: Path) -> None:
    roster = _read(tmp_path, DISTRICT_ROW)
    assert roster["units"]["unit_name"].to_list() == ["城关小学", "河湾小学"]
    assert [problem.code for problem in roster.warnings] == ["forms.unit-only-as-host"]


def test_support_without_a_start_is_told_and_left_out(tmp_path: Path) -> None:
    roster = _read(tmp_path, district_row(支教开始时间="无"))
    assert roster["exchanges"].height == 0
    assert [problem.code for problem in roster.warnings] == ["forms.exchange-without-start"]


@pytest.mark.parametrize(
    ("written", "count"), [("城关 小学(南)", 1), ("城关小学（南）", 1), ("城关小学", 2)]
)
def test_units_are_told_apart_by_name_not_by_spaces_and_widths(
    tmp_path: Path, written: str, count: int
) -> None:
    one = district_row(单位全称="城关小学(南)", 支教单位全称="无")
    other = district_row(单位全称=written, 支教单位全称="无")
    assert _read(tmp_path, one, other)["units"].height == count


def test_unit_described_in_two_ways_is_an_error(tmp_path: Path) -> None:
    rows = [DISTRICT_ROW, district_row(学校类型="初中")]
    write_district(tmp_path / "区表.xlsx", rows)
    (problem,) = examine(tmp_path / "区表.xlsx").errors
    assert (problem.code, str(problem.place)) == (
        "forms.unit-described-twice",
        "区表.xlsx 数据表 B3",
    )
    assert problem.values == {"found": "初中", "expected": "小学"}


@pytest.mark.parametrize(("level", "count"), [("无", 0), ("其他", 1), ("省骨干教师", 1)])
def test_backbone_level_gives_an_honour_or_none(tmp_path: Path, level: str, count: int) -> None:
    assert _read(tmp_path, district_row(最高骨干教师级别=level))["honours"].height == count


def test_unknown_backbone_level_is_an_error(tmp_path: Path) -> None:
    write_district(tmp_path / "区表.xlsx", [district_row(最高骨干教师级别="镇骨干")])
    codes = [problem.code for problem in examine(tmp_path / "区表.xlsx").errors]
    assert codes == ["forms.unknown-backbone-level"]


@pytest.mark.parametrize(
    ("title", "answer", "declared"),
    [
        ("填表时间：2026年8月31日", "无", 1),
        ("填表时间：2026年8月31日", "", 0),
        ("某区教职工", "无", 0),
    ],
)
def test_no_backbone_counts_as_an_answer_only_if_dated_and_complete(
    tmp_path: Path, title: str, answer: str, declared: int
) -> None:
    row = district_row(最高骨干教师级别=answer)
    assert _read(tmp_path, row, title=title)["declarations"].height == declared


def test_form_in_which_nobody_is_a_backbone_teacher_has_asked_about_honours(
    tmp_path: Path,
) -> None:
    roster = _read(tmp_path, district_row(最高骨干教师级别="无"))
    assert roster["honours"].height == 0
    assert "honours" in roster.given


def test_credit_code_is_the_unit_id_where_it_is_right(tmp_path: Path) -> None:
    good = district_row(统一社会信用代码="12440111455300000A")
    short = district_row(单位全称="河湾小学", 统一社会信用代码="1244011145530000")
    ids = _read(tmp_path, good, short)["units"]["unit_id"].to_list()
    assert ids == ["12440111455300000A", "U001"]


def test_credit_code_that_two_units_share_is_the_id_of_the_first(tmp_path: Path) -> None:
    code = "12440111455300000A"
    one = district_row(统一社会信用代码=code, 支教单位全称="无")
    other = district_row(单位全称="河湾小学", 统一社会信用代码=code, 支教单位全称="无")
    assert _read(tmp_path, one, other)["units"]["unit_id"].to_list() == [code, "U001"]


def test_marked_copy_keeps_assigned_ids_when_rows_move(tmp_path: Path) -> None:
    source, marked = tmp_path / "区表.xlsx", tmp_path / "标注.xlsx"
    write_district(source, [DISTRICT_ROW, district_row(姓名="𬀩·买买提", 单位全称="河湾小学")])
    write_marked_copy(source, [], marked, reading=examine(source))
    book = openpyxl.load_workbook(marked)
    book["数据表"].delete_rows(2)
    book.save(marked)
    (person,) = read_roster(marked)["persons"].to_dicts()
    assert (person["person_id"], person["unit_id"]) == ("T0002", "U002")


def test_written_district_form_gives_the_same_persons_again(tmp_path: Path) -> None:
    roster = generate(units=20, persons=500, seed=1, on=ON)
    district.write(roster, tmp_path / "区表.xlsx", on=ON)
    again = read_roster(tmp_path / "区表.xlsx")
    columns = ["person_name", "id_number", "sex", "title", "stage", "education"]
    before = roster["persons"].sort("unit_id", "person_id").select(columns)
    assert again["persons"].select(columns).equals(before)
    assert [problem for problem in again.warnings if problem.is_error] == []
