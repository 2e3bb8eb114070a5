"""What an explanation is made of: answers, values with their sources, compared figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from junheng.engine.policy.conditions import Comparator, Literal, Setting


class Answer(StrEnum):
    """Yes, no or unknown (§1)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Range:
    """A number or day between two limits; None where it has none on that side."""

    low: Fraction | date | None
    high: Fraction | date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Words: those a fact can be, or those a set is known to hold."""

    words: tuple[str, ...]
    complete: bool


Shown = Range | Listed | Answer


@dataclass(frozen=True, slots=True)
class Note:
    """One step of arithmetic behind a value: the code of its wording, and what it fills in."""

    code: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands; nothing is said of what no file holds.

    Attributes
    ----------
    sheet : sheet of the workbook; empty in a CSV file
    cell : address of the cell, the number of the row where no cell is meant, or empty
    file : name of the file
    table : id of the table
    """

    sheet: str
    cell: str
    file: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact of one person with its value, arithmetic and sources."""

    fact: str
    title: str
    unit: str
    value: Shown
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the figure that applies to the person; None where that is unknown.

    ``by`` is the word for which this figure stands, where there is one for each word.
    """

    comparator: Comparator
    reading: Setting | None
    figure: Literal | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """The answer to one condition, with the answers of its parts.

    Attributes
    ----------
    kind : ``all``, ``any``, ``not``, ``class``, ``rule``, ``fact`` or ``always``
    title : of a class or rule
    detail, compared : of a fact
    plain : the fact's own answer, before what the rule requires of it or takes it for
    treated : whether an unknown was taken for yes or no, as the rule states
    """

    kind: str
    answer: Answer
    parts: tuple[Node, ...] = ()
    title: str = ""
    detail: Detail | None = None
    compared: tuple[Compared, ...] = ()
    plain: Answer = Answer.UNKNOWN
    treated: bool = False
