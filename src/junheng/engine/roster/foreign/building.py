"""Collects the rows that a foreign sheet gives, with ids shared by all sheets of one import."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from junheng.engine.roster.foreign.sheets import (
    Cell,
    Conversion,
    DerivedTable,
    ForeignSheet,
    is_nothing,
    plain,
    text_of,
)
from junheng.engine.roster.names import plain_word
from junheng.errors import Problem

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
"""统一社会信用代码: 18 signs, without I, O, S, V, Z."""

_COMPLETED_ON = re.compile(r"填(?:表|报)(?:时间|日期)\s*[:：]?\s*(.*)")


@dataclass(slots=True)
class Register:
    """Ids given so far; one register serves all sheets read together.

    Units are told apart by their full name, whatever its spaces and widths; persons by row.

    Attributes
    ----------
    units : full name as a plain word → id
    listed : ids of the units that have their row
    persons : ids of persons in use
    """

    units: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)
    _numbered: int = 0
    _unit_number: int = 0

    def person(self, given: Cell) -> str:
        """Return the id in the form, or the next free ``T0001``."""
        if not is_nothing(given):
            return text_of(given)
        person_id = ""
        while not person_id or person_id in self.persons:
            self._numbered += 1
            person_id = f"T{self._numbered:04d}"
        self.persons.add(person_id)
        return person_id

    def knows(self, unit_name: str) -> bool:
        """Whether the unit has its id."""
        return plain_word(unit_name) in self.units

    def unit(self, name: str, given: Cell = None, credit_code: Cell = None) -> str:
        """Return the id of a unit: known, given, its credit code if free, else ``U001`` …."""
        name = plain_word(name)
        if name in self.units:
            return self.units[name]
        code = text_of(credit_code).upper()
        unit_id = "" if is_nothing(given) else text_of(given)
        if not unit_id and _CREDIT_CODE.fullmatch(code) and code not in self._taken:
            unit_id = code
        while not unit_id or (is_nothing(given) and unit_id in self._taken):
            self._unit_number += 1
            unit_id = f"U{self._unit_number:03d}"
        self._taken.add(unit_id)
        self.units[name] = unit_id
        return unit_id


@dataclass(slots=True)
class _Rows:
    table_id: str
    columns: tuple[str, ...] = ()
    origins: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)


class Builder:
    """Takes the rows of one foreign sheet apart and builds rows of our tables."""

    def __init__(self, sheet: ForeignSheet, register: Register) -> None:
        self.sheet = sheet
        self.register = register
        self.problems: list[Problem] = []
        self.completed_on = _completion_date(sheet.titles)
        self._groups: dict[str, _Rows] = {}
        self._index: dict[str, int] = {}
        self._answered: dict[str, tuple[int, bool]] = {}
        for index, header in enumerate(sheet.headers):
            self._index.setdefault(plain(header), index)

    def index(self, heading: str) -> int:
        """Return the index of a heading's column; 0 where the form lacks it."""
        return self._index.get(heading, 0)

    def has(self, heading: str) -> bool:
        """Whether the form has the heading."""
        return heading in self._index

    def cell(self, cells: Sequence[Cell], heading: str) -> Cell:
        """Return the cell under a heading; None where it is absent, empty or 无."""
        cell = self.as_written(cells, heading)
        return None if is_nothing(cell) else cell

    def word(self, cells: Sequence[Cell], heading: str) -> Cell:
        """Return the cell of a list that knows the word 无, where it is an answer."""
        cell = self.as_written(cells, heading)
        return cell if text_of(cell) == "无" else self.cell(cells, heading)

    def as_written(self, cells: Sequence[Cell], heading: str) -> Cell:
        """Return the cell under a heading, 无 included; None where it is absent."""
        index = self._index.get(heading)
        return None if index is None or index >= len(cells) else cells[index]

    def ask_about(self, table_id: str, columns: tuple[str, ...]) -> None:
        """Count a table as given though no row may come: the form asks about it."""
        self._groups.setdefault(f"{table_id} ", _Rows(table_id, columns))

    def add(
        self,
        table_id: str,
        row: int,
        values: Mapping[str, Cell],
        headings: Mapping[str, str],
        group: str = "",
    ) -> None:
        """Add a row; ``headings`` names the heading that each column came from.

        Rows of one table whose cells stand in different columns belong to different groups.
        """
        rows = self._groups.setdefault(f"{table_id} {group}", _Rows(table_id))
        rows.rows.append((row, dict(values)))
        for column_id, heading in headings.items():
            if self.has(heading):
                rows.origins.setdefault(column_id, self.index(heading))

    def reserve_persons(self) -> None:
        """Keep the ids that stand in the form from being assigned to others."""
        for _, cells in self.sheet.rows:
            if (given := self.cell(cells, "人员编号")) is not None:
                self.register.persons.add(text_of(given))

    def lists(self, unit_id: str) -> bool:
        """Note that a unit gets its row now; False where it has one already."""
        fresh = unit_id not in self.register.listed
        self.register.listed.add(unit_id)
        return fresh

    def answer_about_backbone(self, unit_id: Cell, row: int, answer: Cell) -> None:
        """Note whether a person's row says anything about backbone teachers, 无 included."""
        if unit_id is not None:
            first, complete = self._answered.get(str(unit_id), (row, True))
            self._answered[str(unit_id)] = first, complete and bool(text_of(answer))

    def declare_backbone(self) -> None:
        """Take 无 about backbone teachers for an answer, if the form is dated.

        A unit all of whose rows hold an answer has declared its backbone teachers complete
        as of 填表时间; without that date 无 stays unsaid (§1).
        """
        for unit_id, (row, complete) in self._answered.items():
            if complete and self.completed_on is not None:
                values = {
                    "unit_id": unit_id,
                    "table_name": "荣誉",
                    "kind": "骨干教师",
                    "complete_as_of": self.completed_on,
                }
                self.add("declarations", row, values, {})

    def warn(self, code: str, row: int, heading: str, **values: str) -> None:
        """Note a warning at the cell under a heading."""
        self.problems.append(self.sheet.warning(code, row, self.index(heading), **values))

    def refuse(self, code: str, row: int, heading: str, **values: str) -> None:
        """Note an error at the cell under a heading."""
        self.problems.append(self.sheet.error(code, row, self.index(heading), **values))

    def conversion(self) -> Conversion:
        """Return what was built."""
        return Conversion(
            tuple(_derived(rows) for rows in self._groups.values()), tuple(self.problems)
        )


def _derived(rows: _Rows) -> DerivedTable:
    names = (name for _, values in rows.rows for name in values)
    columns = tuple(dict.fromkeys((*rows.columns, *names)))
    return DerivedTable(
        rows.table_id,
        columns,
        tuple((n, tuple(values.get(name) for name in columns)) for n, values in rows.rows),
        MappingProxyType(rows.origins),
    )


def _completion_date(titles: Sequence[Sequence[Cell]]) -> Cell:
    for cells in titles:
        for index, cell in enumerate(cells):
            found = _COMPLETED_ON.search(text_of(cell))
            if found is None:
                continue
            if found[1].strip():
                return found[1].split()[0]
            after = [each for each in cells[index + 1 :] if not is_nothing(each)]
            return after[0] if after else None
    return None
