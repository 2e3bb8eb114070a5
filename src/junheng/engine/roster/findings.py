"""Collecting problems: the same problem in many rows of one column is one problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import polars as pl

from junheng.engine.roster.roster import Sheet
from junheng.errors import Problem, Severity, SheetPlace

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_Key = tuple[str, Severity, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell or row, before its place is known.

    ``group`` tells faults of one code and column apart that are worded separately.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    severity: Severity = ERROR
    group: str = ""


@dataclass(slots=True)
class _Group:
    values: Mapping[str, str]
    rows: list[int]


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems found so far, grouped by code, place and ``group``.

    The values of the first cell of a group are the ones that are worded.
    """

    _groups: dict[_Key, _Group] = field(default_factory=dict)

    def add(self, fault: Fault, place: SheetPlace) -> None:
        """Add a fault at a place.

        ``place.cell`` is the address of a cell, or a column letter with the rows concerned in
        ``place.rows``; empty for whole rows.
        """
        key = (fault.code, fault.severity, place.file, place.sheet, place.cell, fault.group)
        known = self._groups.get(key)
        if known is None:
            self._groups[key] = _Group(fault.values, list(place.rows))
        else:
            known.rows.extend(place.rows)

    def add_frame(
        self, fault: Fault, frame: pl.DataFrame, column_id: str, sheets: Sequence[Sheet]
    ) -> None:
        """Add a fault for the rows of a frame, in each sheet they came from.

        Parameters
        ----------
        fault : what is wrong with every row
        frame : rows in question, with ``source`` and ``row``
        column_id : the column to point at; the row alone where the sheet lacks it
        sheets : indexed by ``source``
        """
        fault = replace(fault, group=f"{column_id} {fault.group}")
        for (source,), rows in frame.group_by("source", maintain_order=True):
            if source is None:
                continue
            sheet = sheets[int(str(source))]
            letter = sheet.letters.get(column_id, "")
            numbers = tuple(rows["row"].to_list())
            self.add(fault, SheetPlace(sheet.file, sheet.sheet, letter, numbers))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings in the order in which they were first met."""
        return tuple(self._problem(key, group) for key, group in self._groups.items())

    @staticmethod
    def _problem(key: _Key, group: _Group) -> Problem:
        code, severity, file, sheet, cell, _ = key
        rows = sorted(set(group.rows))
        if rows and not any(character.isdigit() for character in cell):
            cell, rows = f"{cell}{rows[0]}", rows[1:]
        return Problem(code, severity, SheetPlace(file, sheet, cell, tuple(rows)), group.values)
