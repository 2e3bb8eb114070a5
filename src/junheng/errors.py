"""Everything that can go wrong, sorted by who can do something about it.

::

    JunhengError
    ├── RosterError        the officer can fix it in the spreadsheet
    ├── PackError          the author of the policy pack can fix it
    ├── QuestionError      the question cannot be asked like this (unset figure, wrong date)
    │   └── UnsetFigures   parameters or switches the question needs are not set (§2)
    ├── PlanningError      the question has no answer, or not in time
    ├── OperationRefused   the action is not allowed now
    └── EngineBug          our fault; asks for a report

A :class:`Problem` is one finding with its place; an exception carries all of them at once.
Problems hold codes and values, never sentences: the wording lives in
:mod:`junheng.messages`, by code, in Chinese and English. No problem names a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How much a problem matters: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A place in a workbook or table file: where the officer finds the cell.

    Attributes
    ----------
    file : name of the file without its folder
    sheet : name of the sheet; empty for a CSV file
    cell : address such as ``E214``, a column such as ``E``, a row such as ``214``, or empty
    rows : further rows of the same sheet with the same problem, as the officer counts them
    """

    file: str
    sheet: str = ""
    cell: str = ""
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Write the place as one line."""
        return " ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class PackPlace:
    """A place in a policy pack: file, line (from 1) and the path of keys."""

    file: str
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        """Write the place as one line."""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line} {self.key}".strip()


Place = SheetPlace | PackPlace


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about an input.

    Attributes
    ----------
    code : stable, ``area.kebab-case``; the key of its wording in the message catalogues
    severity : error or warning
    place : where it was found; None when it concerns the question as a whole
    values : what the wording fills in (found, expected, nearest …); never a person's name
    """

    code: str
    severity: Severity = Severity.ERROR
    place: Place | None = None
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def is_error(self) -> bool:
        """Whether the problem stops the work."""
        return self.severity is Severity.ERROR


class JunhengError(Exception):
    """Base of all deliberate errors; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(self._line(problem) for problem in self.problems))

    @staticmethod
    def _line(problem: Problem) -> str:
        values = ", ".join(f"{key}={value}" for key, value in problem.values.items())
        return f"{problem.code} [{problem.place or '-'}] {values}".strip()


class RosterError(JunhengError):
    """The roster cannot be read or used; the officer can mend it in the spreadsheet."""


class PackError(JunhengError):
    """The policy pack is wrong; its author can mend it."""


class QuestionError(JunhengError):
    """The question cannot be asked of this roster and pack."""


class UnsetFigures(QuestionError):
    """Parameters or switches that the question reads are not set (§2); all are named."""


class PlanningError(JunhengError):
    """The planning question has no answer, or none in time."""


class OperationRefused(JunhengError):
    """The action is not allowed now."""


class EngineBug(JunhengError):
    """A promise of our own code is broken; please report it."""
