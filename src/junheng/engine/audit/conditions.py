"""The auditor's own reading of conditions, one person, unit or move at a time.

Slow and plain on purpose: it shares nothing with the evaluator that screens whole tables, so
that an error of one shows against the other (§8). Columns of the roster are read here. Facts
that need the histories (tenure, honours …) are asked of the screening leaf by leaf: they are
what screening found out about a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from junheng.engine.audit.unit_facts import Range, UnitFacts
from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ByFact,
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Figure,
    FlowTest,
    Literal,
    Not,
    RuleTest,
    Subject,
    TrackTest,
    Unset,
)
from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.screening.verdicts import Screening, Truth
from junheng.errors import EngineBug, Problem, UnsetFigures

Answer = bool | None
"""Yes, no, or None for unknown (§1)."""

_SAME = {
    "same_zone": "zone",
    "same_county": "county",
    "same_township": "township",
    "same_alliance": "alliance",
}
_OF_BOTH = (*_SAME, "same_unit", "paired", "same_stage", "subject_gap_filled")
_BY_COLUMN = (FactType.WORD, FactType.TRUTH)
_HISTORIES = ("backbone_level", "cycle_completed", "applied", "wishes_to_stay", "circumstance")


class Kind(StrEnum):
    """What a question is about."""

    PERSON = "person"
    UNIT = "unit"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person, one unit, or one move of a person to a unit.

    ``unit`` is the unit asked about; for a move, and for a person who moves, where to.
    """

    kind: Kind
    person: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Interpreter:
    """Answers conditions of a resolved pack for single cases.

    Attributes
    ----------
    working, established : where each counted person works, and is established, at the start
    """

    screening: Screening
    units: UnitFacts
    working: Mapping[str, str]
    established: Mapping[str, str]

    def person(self, condition: Condition, person: str, moving_to: str = "") -> Answer:
        """Answer a condition about a person; ``moving_to`` gives flows their destination."""
        return self._known(condition, Case(kind=Kind.PERSON, person=person, unit=moving_to))

    def unit(self, condition: Condition, unit: str) -> Answer:
        """Answer a condition about a unit."""
        return self._answer(condition, Case(kind=Kind.UNIT, unit=unit))

    def move(self, condition: Condition, person: str, to_unit: str) -> Answer:
        """Answer a condition about a move; unit facts are the destination's unless said."""
        return self._known(condition, Case(kind=Kind.MOVE, person=person, unit=to_unit))

    def _known(self, condition: Condition, case: Case) -> Answer:
        """Answer once: the same is asked again for every plan that is tried."""
        kept, answers = self._told.setdefault(id(condition), (condition, {}))
        key = (case.kind, case.person, case.unit)
        if key not in answers:
            answers[key] = self._answer(kept, case)
        return answers[key]

    def _answer(self, condition: Condition, case: Case) -> Answer:
        match condition:
            case Always():
                return True
            case All(parts):
                return every(self._answer(part, case) for part in parts)
            case AnyOf(parts):
                return some(self._answer(part, case) for part in parts)
            case Not(part):
                answer = self._answer(part, case)
                return None if answer is None else not answer
            case FlowTest(pairs):
                return some(self._flow(pair, case) for pair in pairs)
            case _:
                return self._leaf(condition, case)

    def _leaf(self, condition: Condition, case: Case) -> Answer:
        match condition:
            case FactTest():
                return self._fact(condition, case)
            case ClassTest(klass, of):
                return self._class(klass, of, case)
            case TrackTest(tracks):
                return self._tracks[case.person] in tracks
            case RuleTest(rule):
                return self._rules[case.person][rule]
        raise EngineBug([Problem("audit.bug", values={"condition": type(condition).__name__})])

    def _flow(self, pair: tuple[str, str], case: Case) -> Answer:
        origin, destination = pair
        return every(
            (
                self._class(origin, Subject.ORIGIN, case),
                self._class(destination, Subject.DESTINATION, case),
            )
        )

    def _class(self, klass: str, of: Subject | None, case: Case) -> Answer:
        item = self.screening.evaluation.pack.items.classes[klass]
        if item.of == Kind.UNIT:
            unit = self._unit_meant(of, case)
            return None if unit is None else self.unit(item.when, unit)
        if item.of == Kind.PERSON:
            return self.person(item.when, case.person, case.unit)
        return self.move(item.when, case.person, case.unit)

    def _unit_meant(self, of: Subject | None, case: Case) -> str | None:
        """Return the unit a fact or class speaks of; None where the case has none."""
        match of:
            case None if case.kind is not Kind.PERSON:
                return case.unit
            case None | Subject.OWN_UNIT:
                return str(self.row(case.person)["unit_id"])
            case Subject.ORIGIN:
                return self.working.get(case.person) or str(self.row(case.person)["unit_id"])
            case Subject.ESTABLISHMENT_UNIT:
                row = self.row(case.person)
                found = self.established.get(case.person)
                return found or row["establishment_unit"] or str(row["unit_id"])
            case Subject.DESTINATION | Subject.HOST:
                return case.unit or None

    def _fact(self, test: FactTest, case: Case) -> Answer:
        item = self.screening.evaluation.pack.items.facts.get(test.fact)
        name = item.origin if item else test.fact
        fact = FACTS[name]
        plain = item is None and not (test.matter or test.scale)
        if fact.about is About.MOVE:
            if plain and name in _OF_BOTH:
                return self._compare(self._move_fact(name, case), test.comparisons, case)
            return self._move_as_screened(test, case)
        if fact.about is About.UNIT:
            unit = self._unit_meant(test.of, case)
            if unit is not None and not (plain and self.units.tells(name)):
                return self._unit_as_screened(test, unit)
            value = None if unit is None else self.units.value(name, unit)
            return self._compare(value, test.comparisons, case)
        row = self.row(case.person)
        if plain and fact.type in _BY_COLUMN and name in row and name not in _HISTORIES:
            return self._compare(row[name], test.comparisons, case)
        return self._as_screened(test, case.person)

    def _move_fact(self, name: str, case: Case) -> Answer:
        origin = self.units.rows[self._unit_meant(Subject.ORIGIN, case) or ""]
        host = self.units.rows[case.unit]
        row = self.row(case.person)
        match name:
            case "same_unit":
                return bool(origin["unit_id"] == host["unit_id"])
            case "paired":
                return self._paired(origin, host)
            case "same_stage":
                known = row["stage"] is not None and host["unit_stages"] is not None
                return row["stage"] in host["unit_stages"] if known else None
            case "subject_gap_filled":
                return self.units.short_of(host["unit_id"], row["stage"], row["subject"])
            case _:
                return same(origin[_SAME[name]], host[_SAME[name]])

    @staticmethod
    def _paired(origin: dict[str, Any], host: dict[str, Any]) -> Answer:
        if host["unit_id"] == origin["pair_partner"]:
            return True
        return bool(origin["unit_id"] == host["pair_partner"])

    def _compare(self, value: Any, comparisons: tuple[Comparison, ...], case: Case) -> Answer:
        if value is None:
            for comparison in comparisons:
                self._figure(comparison.figure, case)
            return None
        if isinstance(value, Range):
            ends = {self._compare(each, comparisons, case) for each in astuple(value)}
            return ends.pop() if len(ends) == 1 else None
        return every(self._holds(value, comparison, case) for comparison in comparisons)

    def _holds(self, value: Any, comparison: Comparison, case: Case) -> Answer:
        figure = self._figure(comparison.figure, case)
        if figure is None:
            return None
        exact = Fraction(value) if isinstance(value, int) and value is not True else value
        match comparison.comparator:
            case Comparator.IS | Comparator.AMONG:
                return value in figure.values
            case Comparator.OVERLAPS:
                return any(each in figure.values for each in value)
            case _:
                return ordered(exact, comparison, figure.values[0])

    def _figure(self, figure: Figure, case: Case) -> Literal | None:
        """Return the figure meant for a case; None where the fact it differs by is unknown."""
        match figure:
            case Literal():
                return figure
            case ByFact(by, values):
                return dict(values).get(self.row(case.person)[by])
            case Unset(why, id=unset):
                raise UnsetFigures([Problem("balance.unset", values={"id": unset, "why": why})])
        raise EngineBug([Problem("audit.bug", values={"condition": "figure"})])

    def _as_screened(self, test: FactTest, person: str) -> Answer:
        truth = self._leaves.get(test)
        if truth is None:
            truth = self._leaves[test] = self.screening.evaluation.persons(test)
        at = self._positions[person]
        return None if truth.unknown[at] else bool(truth.yes[at])

    def _unit_as_screened(self, test: FactTest, unit: str) -> Answer:
        bare = replace(test, of=None)
        truth = self._leaves.get(bare)
        if truth is None:
            truth = self._leaves[bare] = self.screening.evaluation.units(bare)
        at = self._unit_positions[unit]
        return None if truth.unknown[at] else bool(truth.yes[at])

    def _move_as_screened(self, test: FactTest, case: Case) -> Answer:
        persons = np.array([self._positions[case.person]])
        units = np.array([self._unit_positions[case.unit]])
        truth = self.screening.evaluation.moves(test, persons, units)
        return None if truth.unknown[0] else bool(truth.yes[0])

    def position(self, person: str) -> int:
        """Return the place of a person in the answers of the screening."""
        return self._positions[person]

    def row(self, person: str) -> dict[str, Any]:
        """Return a person's row of the roster."""
        return self._persons[person]

    @cached_property
    def _told(self) -> dict[int, tuple[Condition, dict[tuple[Kind, str, str], Answer]]]:
        """Answers by condition; each is held so that no other can take its identity."""
        return {}

    @cached_property
    def _leaves(self) -> dict[FactTest, Truth]:
        return {}

    @cached_property
    def _persons(self) -> dict[str, dict[str, Any]]:
        rows = self.screening.evaluation.roster["persons"].to_dicts()
        return {row["person_id"]: row for row in rows}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {person: n for n, person in enumerate(self.screening.evaluation.person_ids)}

    @cached_property
    def _unit_positions(self) -> dict[str, int]:
        return {unit: n for n, unit in enumerate(self.screening.evaluation.unit_ids)}

    @cached_property
    def _rules(self) -> dict[str, dict[str, Answer]]:
        rows = self.screening.rules.to_dicts()
        return {row["person_id"]: row for row in rows}

    @cached_property
    def _tracks(self) -> dict[str, str]:
        return dict(self.screening.verdicts.select("person_id", "track").iter_rows())


def every(answers: Iterable[Answer]) -> Answer:
    """Answer *all*: no if any part is no, else unknown if any is unknown (strong Kleene)."""
    found = set(answers)
    if False in found:
        return False
    return None if None in found else True


def some(answers: Iterable[Answer]) -> Answer:
    """Answer *any*: yes if any part is yes, else unknown if any is unknown."""
    found = set(answers)
    if True in found:
        return True
    return None if None in found else False


def same(first: str | None, second: str | None) -> Answer:
    """Tell whether two words are the same; unknown where one is blank."""
    return None if first is None or second is None else first == second


def ordered(value: Fraction | date, comparison: Comparison, figure: Any) -> bool:
    """Compare two numbers or two dates, by the words of the pack."""
    inclusive = comparison.reading == "inclusive"
    match comparison.comparator:
        case Comparator.AT_LEAST:
            return bool(value >= figure)
        case Comparator.AT_MOST:
            return bool(value <= figure)
        case Comparator.MORE_THAN:
            return bool(value > figure)
        case Comparator.LESS_THAN:
            return bool(value < figure)
        case Comparator.UP_TO:
            return bool(value < figure or (inclusive and value == figure))
        case _:
            return bool(value > figure or (inclusive and value == figure))
