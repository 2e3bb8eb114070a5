from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from junheng.engine.roster.generator import generate
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.writing import write_workbook

ON = date(2026, 8, 31)


@pytest.fixture(scope="module")
def county() -> Roster:
    return generate(units=12, persons=150, seed=4, on=ON)


def _cells(path: Path, sheet: str, row: int) -> list[object]:
    book = openpyxl.load_workbook(path)
    return [cell.value for cell in book[sheet][row]]


def _stints(since: date, until: date | None, precision: str) -> Roster:
    return roster_of(
        {
            "stints": pl.DataFrame(
                {
                    "person_id": ["01"],
                    "unit_id": ["0099"],
                    "since": [since],
                    "since_precision": [precision],
                    "until": [until],
                    "until_precision": [precision],
                },
                schema_overrides={"until": pl.Date},
            )
        }
    )


def test_workbook_reads_back_as_the_same_roster(county: Roster, tmp_path: Path) -> None:
    write_workbook(county, tmp_path / "county.xlsx", on=ON)

    read = read_roster(tmp_path / "county.xlsx")

    assert read.given == county.given
    for table in sorted(county.given):
        expected = county[table].drop("source", "row")
        assert read[table].drop("source", "row").equals(expected), table


def test_workbook_of_a_clean_county_is_read_without_warnings(
    county: Roster, tmp_path: Path
) -> None:
    write_workbook(county, tmp_path / "county.xlsx", on=ON)

    assert read_roster(tmp_path / "county.xlsx").warnings == ()


def test_writing_twice_gives_the_same_bytes(county: Roster, tmp_path: Path) -> None:
    write_workbook(county, tmp_path / "first.xlsx", on=ON)
    write_workbook(county, tmp_path / "second.xlsx", on=ON)

    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


def test_only_given_tables_get_a_sheet(tmp_path: Path) -> None:
    write_workbook(_stints(date(2019, 9, 1), None, "day"), tmp_path / "r.xlsx", on=ON)

    assert openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames == ["任职经历"]


@pytest.mark.parametrize(
    ("precision", "until", "since_cell", "until_cell"),
    [
        ("day", date(2021, 9, 1), "2019-09-01", "2021-08-31"),
        ("month", date(2021, 9, 1), "2019-09", "2021-08"),
        ("month", date(2021, 1, 1), "2019-09", "2020-12"),
        ("year", date(2021, 1, 1), "2019", "2020"),
    ],
)
def test_dates_keep_their_precision_and_ends_are_printed_inclusive(
    tmp_path: Path, precision: str, until: date, since_cell: str, until_cell: str
) -> None:
    roster = _stints(date(2019, 9, 1), until, precision)

    write_workbook(roster, tmp_path / "r.xlsx", on=ON)

    assert _cells(tmp_path / "r.xlsx", "任职经历", 2)[4:6] == [since_cell, until_cell]


@pytest.mark.parametrize("name", ["=1+1", "+86", "-甲", "@SUM(A1)", "0012"])
def test_text_is_written_as_text_whatever_it_begins_with(tmp_path: Path, name: str) -> None:
    roster = roster_of(
        {
            "persons": pl.DataFrame(
                {"person_id": ["0001"], "person_name": [name], "unit_id": "1"}
            )
        }
    )

    write_workbook(roster, tmp_path / "r.xlsx", on=ON)

    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["人员"]
    assert [(c.value, c.data_type) for c in sheet[2][:2]] == [
        ("0001", "inlineStr") if sheet["A2"].data_type == "inlineStr" else ("0001", "s"),
        (name, sheet["A2"].data_type),
    ]


def test_header_is_frozen_and_the_creation_day_is_the_day_of_the_question(
    county: Roster, tmp_path: Path
) -> None:
    write_workbook(county, tmp_path / "r.xlsx", on=ON)

    book = openpyxl.load_workbook(tmp_path / "r.xlsx")

    assert book["人员"].freeze_panes == "B2"
    assert book.properties.created is not None
    assert book.properties.created.date() == ON
