import re
from datetime import date
from pathlib import Path

import pytest

from junheng.engine.roster.generator import PlantedError, generate, write_messy
from junheng.engine.roster.reading import Reading, examine
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, SheetPlace

ON = date(2026, 8, 31)
_HEADER_ROWS = 3
KINDS = {
    "roster.empty-required",
    "roster.ends-before-start",
    "roster.id-checksum",
    "roster.id-number-twice",
    "roster.impossible-date",
    "roster.not-yes-or-no",
    "roster.numeric-id",
    "roster.persons-twice",
    "roster.stints-overlap",
    "roster.two-units-at-once",
    "roster.unknown-code",
    "roster.unknown-code-near",
    "roster.unknown-person",
    "roster.unknown-unit",
    "roster.unreadable-date",
}


def _messy(seed: int, path: Path) -> tuple[Roster, tuple[PlantedError, ...], Reading]:
    roster = generate(units=12, persons=200, seed=seed, on=ON)
    planted = write_messy(roster, path, seed=seed, on=ON)
    return roster, planted, examine(path)


def _cells(problem: Problem) -> set[tuple[str, str, str]]:
    place = problem.place
    assert isinstance(place, SheetPlace)
    match = re.fullmatch(r"([A-Z]*)(\d*)", place.cell)
    assert match is not None
    rows = [*([int(match[2])] if match[2] else []), *place.rows]
    return {(problem.code, place.sheet, f"{match[1]}{row}") for row in rows}


@pytest.mark.parametrize("seed", range(3))
def test_check_finds_the_planted_mistakes_and_invents_none(seed: int, tmp_path: Path) -> None:
    _, planted, reading = _messy(seed, tmp_path / "messy.xlsx")

    found = {cell for problem in reading.errors for cell in _cells(problem)}

    assert found == {(error.code, error.sheet, error.cell) for error in planted}
    assert {error.code for error in planted} == KINDS


@pytest.mark.parametrize("seed", range(3))
def test_what_is_only_untidy_reads_as_the_same_roster(seed: int, tmp_path: Path) -> None:
    roster, planted, reading = _messy(seed, tmp_path / "messy.xlsx")

    wrong = {(error.sheet, int(re.sub("[A-Z]", "", error.cell))) for error in planted}
    for sheet in reading.sheets:
        frame = reading.frames[sheet.table]
        rows = [r for r in frame["row"] if (sheet.sheet.sheet, r) not in wrong]
        read = frame.filter(frame["row"].is_in(rows))
        expected = roster[sheet.table][[row - _HEADER_ROWS - 1 for row in rows]]
        expected = expected.drop("source", "row")
        assert read.select(expected.columns).equals(expected), sheet.table


def test_messy_workbook_is_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    roster = generate(units=12, persons=100, seed=1, on=ON)

    first = write_messy(roster, tmp_path / "first.xlsx", seed=1, on=ON)
    second = write_messy(roster, tmp_path / "second.xlsx", seed=1, on=ON)

    assert first == second
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    assert write_messy(roster, tmp_path / "third.xlsx", seed=2, on=ON) != first
