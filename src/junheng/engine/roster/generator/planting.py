"""Planting mistakes in written tables, each with the problem it must be found as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from junheng.engine.roster.cells import Written
from junheng.engine.roster.generator.draws import Draws
from junheng.engine.roster.names import plain_word
from junheng.engine.roster.tables import BY_ID

Rows = dict[str, list[list[Written]]]
"""Table id → rows of cells in the order of the table's columns."""

_NOWHERE = "S999999"
_NOBODY = "T99999999"
_CHECKS = "0123456789X"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mistake by its place in the tables.

    Attributes
    ----------
    code : of the problem that a check must report
    table, column : ids; row : position in the table, from 0
    """

    code: str
    table: str
    row: int
    column: str


_CELLS: tuple[tuple[str, str, Written], ...] = (
    ("roster.impossible-date", "birth", "1987-02-30"),
    ("roster.unreadable-date", "title_since", "前年秋天"),
    ("roster.unknown-unit", "establishment_unit", _NOWHERE),
    ("roster.unknown-code-near", "title", "一级教帅"),
    ("roster.unknown-code", "education", "ABCD"),
    ("roster.not-yes-or-no", "full_time_teacher", "看情况"),
    ("roster.numeric-id", "id_number", 990000198001010011.0),
    ("roster.empty-required", "person_name", None),
)
"""Problem code, column of the person sheet and the cell that replaces a right one."""


def plant(rows: Rows, draws: Draws, on: date) -> tuple[Mark, ...]:
    """Put one mistake of each kind into the tables, changing ``rows``; return where.

    No two mistakes concern the same person, so that none hides another. Kinds for which the
    tables hold no suitable row are left out.
    """
    order = iter(draws.order(len(rows["persons"])).tolist())
    marks = [
        *_in_cells(rows, order),
        *_wrong_checksum(rows, order),
        *_person_twice(rows, order),
        *_two_stints(rows, order, on),
        *_unknown_person(rows),
    ]
    return tuple(marks)


def _at(table: str, column: str) -> int:
    return [each.id for each in BY_ID[table].columns].index(column)


def _filled(rows: Rows, order: Iterator[int], column: str) -> int | None:
    """Return the next person in the order whose cell is filled."""
    place = _at("persons", column)
    return next((row for row in order if rows["persons"][row][place] is not None), None)


def _in_cells(rows: Rows, order: Iterator[int]) -> Iterator[Mark]:
    for code, column, wrong in _CELLS:
        row = _filled(rows, order, column)
        if row is not None:
            rows["persons"][row][_at("persons", column)] = wrong
            yield Mark(code, "persons", row, column)


def _wrong_checksum(rows: Rows, order: Iterator[int]) -> Iterator[Mark]:
    row = _filled(rows, order, "id_number")
    if row is None:
        return
    place = _at("persons", "id_number")
    number = str(rows["persons"][row][place]).strip()
    other = _CHECKS[(_CHECKS.index(number[-1]) + 1) % len(_CHECKS)]
    rows["persons"][row][place] = number[:-1] + other
    yield Mark("roster.id-checksum", "persons", row, "id_number")


def _person_twice(rows: Rows, order: Iterator[int]) -> Iterator[Mark]:
    row = _filled(rows, order, "id_number")
    if row is None:
        return
    again = len(rows["persons"])
    rows["persons"].append(list(rows["persons"][row]))
    for place in (row, again):
        yield Mark("roster.persons-twice", "persons", place, "person_id")
        yield Mark("roster.id-number-twice", "persons", place, "id_number")


def _two_stints(rows: Rows, order: Iterator[int], on: date) -> Iterator[Mark]:
    """Give two people a second open stint, and end a third one's before it begins."""
    present = _open_stints(rows, on)
    person, since, unit = (_at("stints", c) for c in ("person_id", "since", "unit_id"))
    units = [_plain(row[_at("units", "unit_id")]) for row in rows["units"]]
    for code in ("roster.stints-overlap", "roster.two-units-at-once"):
        row = next((r for r in order if _person(rows, r) in present), None)
        if row is None:
            return
        stint = list(present[_person(rows, row)])
        stint[since] = f"{on.year - 1}-03-01"
        if code == "roster.two-units-at-once":
            stint[unit] = next(u for u in units if u != _plain(stint[unit]))
        rows["stints"].append(stint)
        yield Mark(code, "stints", len(rows["stints"]) - 1, "since")
    until = _at("stints", "until")
    taken = {_plain(row[person]) for row in rows["stints"][-2:]}
    for place, stint in enumerate(rows["stints"]):
        if stint[until] is not None and _plain(stint[person]) not in taken:
            stint[until] = "1975-08-31"
            yield Mark("roster.ends-before-start", "stints", place, "until")
            return


def _person(rows: Rows, row: int) -> str:
    return _plain(rows["persons"][row][_at("persons", "person_id")])


def _plain(cell: Written) -> str:
    return plain_word(str(cell))


def _open_stints(rows: Rows, on: date) -> dict[str, list[Written]]:
    """Return by person the teaching stints that have lasted for years and still do."""
    person, since, until, kind = (
        _at("stints", c) for c in ("person_id", "since", "until", "stint_kind")
    )
    return {
        _plain(stint[person]): stint
        for stint in rows["stints"]
        if stint[until] is None
        and str(stint[kind]).strip() == "任教"
        and str(stint[since])[:4] < str(on.year - 2)
    }


def _unknown_person(rows: Rows) -> Iterator[Mark]:
    if rows.get("honours"):
        rows["honours"][0][_at("honours", "person_id")] = _NOBODY
        yield Mark("roster.unknown-person", "honours", 0, "person_id")
