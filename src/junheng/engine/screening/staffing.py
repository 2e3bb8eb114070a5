"""What a unit is entitled to by the staffing standards (编制标准), against what it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from junheng.engine.policy.conditions import ByFact, Figure, Literal, Unset
from junheng.engine.policy.items.standards import Measure, Standard
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.shares import rounded
from junheng.engine.policy.unset import unset_in
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.findings import Answer
from junheng.engine.screening.kleene import Mask
from junheng.errors import Problem

_PUPILS = {"小学": "primary_pupils", "初中": "junior_pupils"}
_CLASSES = {"小学": "primary_classes", "初中": "junior_classes"}
_ESTABLISHED = "在编"
_FIXED = "posts"
_MEASURES = ("one_per_pupils", "per_class", "lessons_over_load", _FIXED)

Unit = Mapping[str, Any]
Basis = Callable[[str, str], Fraction | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a standard at one unit.

    Attributes
    ----------
    measure : ``one_per_pupils``, ``per_class``, ``lessons_over_load`` or ``posts``
    stage : the only stage counted; empty for all
    figure : of the standard; None while unset
    basis : pupils, classes or lessons a week; None where unknown, and for ``posts``
    amount : posts, exact; None while figure or basis is not known
    """

    measure: str
    stage: str
    figure: Fraction | None
    basis: Fraction | None
    amount: Fraction | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The posts of a standard for one unit.

    Attributes
    ----------
    parts : the measures, in the order of the standard
    exact : their sum or the largest of them; None while one is not known
    entitled : ``exact`` rounded as the standard says; None while the rounding is open
    """

    parts: tuple[Part, ...]
    exact: Fraction | None
    entitled: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """One standard at one unit.

    Attributes
    ----------
    applies : yes, or unknown where it is not known whether the standard is for this unit
    reckoned : the posts by the standard
    approved : establishment approved, as the roster says; None where blank
    established : persons known to be on the establishment of the unit
    open : what is unset in the standard
    """

    unit_id: str
    standard: str
    applies: Answer
    reckoned: Reckoned
    approved: int | None
    established: int
    open: tuple[Problem, ...]


def staffing(roster: Roster, pack: ResolvedPack) -> tuple[Staffing, ...]:
    """Return each standard of a pack at each unit it is for on the day, in order of the units.

    What is unset in a standard leaves its number open and is listed; nothing is refused, since
    the approved and the present numbers can be shown all the same.
    """
    counted = _Counted(RosterEvaluation(roster, pack))
    standards = pack.items.standards.values()
    found = [each for standard in standards for each in counted.of(standard)]
    order = {unit: at for at, unit in enumerate(counted.evaluation.unit_ids)}
    return tuple(sorted(found, key=lambda each: order[each.unit_id]))


class _Counted:
    """Pupils, classes, lessons and staff of every unit."""

    def __init__(self, evaluation: RosterEvaluation) -> None:
        self.evaluation = evaluation
        units = evaluation.ground.units
        self._units = units.to_dicts()
        self._existing = _existing(units, evaluation.pack.on)
        persons = evaluation.ground.persons
        at = evaluation.ground.establishment_unit
        on_books = persons["employment"].eq(_ESTABLISHED).fill_null(value=False).to_numpy()
        size = len(self._units)
        self._established = np.bincount(at[on_books & (at >= 0)], minlength=size)
        self._lessons = _lessons(persons)

    def of(self, standard: Standard) -> Iterator[Staffing]:
        truth = self.evaluation.units(standard.who)
        left_open = unset_in(self.evaluation.pack, standard)
        for at in np.flatnonzero((truth.yes | truth.unknown) & self._existing):
            unit = self._units[at]
            reckoned = reckon(standard, unit, partial(self._basis, unit))
            yield Staffing(
                unit_id=unit["unit_id"],
                standard=standard.id,
                applies=Answer.YES if truth.yes[at] else Answer.UNKNOWN,
                reckoned=reckoned,
                approved=unit["establishment"],
                established=int(self._established[at]),
                open=left_open,
            )

    def _basis(self, unit: Unit, measure: str, stage: str) -> Fraction | None:
        match measure:
            case "one_per_pupils":
                return _of_stages(_PUPILS, stage, unit)
            case "per_class":
                return _of_stages(_CLASSES, stage, unit)
        return self._lessons.get(unit["unit_id"])


def _existing(units: pl.DataFrame, on: date) -> Mask:
    """Return the units that exist on a day; one without dates does."""
    begun = (units["unit_since"] <= on).fill_null(value=True)
    return (begun & (units["unit_until"] > on).fill_null(value=True)).to_numpy()


def counted_as(measure: str, stage: str) -> str:
    """Return what a measure counts: ``pupils``, ``classes`` or ``lessons``, or a column."""
    match measure:
        case "one_per_pupils":
            return _PUPILS[stage] if stage else "pupils"
        case "per_class":
            return _CLASSES[stage] if stage else "classes"
    return "lessons"


def reckon(standard: Standard, unit: Unit, basis: Basis) -> Reckoned:
    """Reckon the posts of a standard.

    Parameters
    ----------
    unit : what the figures of the standard may differ by, column → value
    basis : pupils, classes or lessons for a measure and a stage; None where not known
    """
    parts = tuple(_part(each, unit, basis) for each in standard.measures)
    exact = _together(standard.combine, [each.amount for each in parts])
    if exact is None or not isinstance(standard.rounding, str):
        return Reckoned(parts, exact, None)
    return Reckoned(parts, exact, rounded(exact, standard.rounding))


def _part(measure: Measure, unit: Unit, basis: Basis) -> Part:
    name, figure = next(
        (name, stated) for name in _MEASURES if (stated := getattr(measure, name)) is not None
    )
    number = _number(figure, unit)
    counted = None if name == _FIXED else basis(name, measure.stage)
    return Part(name, measure.stage, number, counted, _amount(name, number, counted))


def _lessons(persons: pl.DataFrame) -> Mapping[str, Fraction]:
    """Return the lessons a week taught at each unit where every teacher's are stated."""
    teachers = persons.filter(pl.col("subject").is_not_null() & pl.col("unit_id").is_not_null())
    lessons = pl.col("weekly_lessons")
    found = teachers.group_by("unit_id").agg(
        lessons.sum().alias("lessons"), lessons.is_null().any().alias("blank")
    )
    return {unit: Fraction(str(n)) for unit, n, blank in found.iter_rows() if not blank}


def _of_stages(columns: Mapping[str, str], stage: str, unit: Unit) -> Fraction | None:
    """Return the pupils or classes of one stage, or of all a unit has; None where unknown."""
    stages = [stage] if stage else unit["unit_stages"] or ()
    counts = [unit[columns[each]] if each in columns else None for each in stages]
    known = [each for each in counts if each is not None]
    return Fraction(sum(known)) if known and len(known) == len(counts) else None


def _number(figure: Figure, unit: Unit) -> Fraction | None:
    """Return a figure for one unit; None while it is unset."""
    if isinstance(figure, ByFact):
        figure = dict(figure.values).get(unit.get(figure.by) or "", Unset("", figure.by))
    if not isinstance(figure, Literal) or not isinstance(figure.values[0], Fraction):
        return None
    return figure.values[0]


def _amount(name: str, number: Fraction | None, basis: Fraction | None) -> Fraction | None:
    if name == _FIXED or number is None:
        return number
    if basis is None:
        return None
    if name == "per_class":
        return number * basis
    return basis / number if number else None


def _together(combine: str, amounts: list[Fraction | None]) -> Fraction | None:
    known = [each for each in amounts if each is not None]
    if len(known) < len(amounts) or not known:
        return None
    return max(known) if combine == "larger_of" else sum(known, Fraction(0))
