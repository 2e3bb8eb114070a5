"""What if (设想): the planning question with a pin more, or a figure otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from junheng.engine.answers.situation import Situation
from junheng.engine.planning.matrix import ints
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.problem import Limit, Pin, Problem
from junheng.errors import Problem as Finding
from junheng.errors import QuestionError

KEEP, STAY, QUOTA = "keep", "stay", "quota:"
_ARROW = "=>"


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody goes to a unit."""

    person_id: str
    unit_id: str

    def __str__(self) -> str:
        """Return the words of the command line."""
        return f"{self.person_id}{_ARROW}{self.unit_id}"


@dataclass(frozen=True, slots=True)
class Stays:
    """Somebody is not moved."""

    person_id: str

    def __str__(self) -> str:
        """Return the words of the command line."""
        return f"{self.person_id}={STAY}"


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A quota is this number in one unit or pair or, without one, in each of its cells."""

    quota_id: str
    unit_id: str
    number: int

    def __str__(self) -> str:
        """Return the words of the command line."""
        unit = f":{self.unit_id}" if self.unit_id else ""
        return f"{QUOTA}{self.quota_id}{unit}={self.number}"


@dataclass(frozen=True, slots=True)
class NobodyMoves:
    """All stays as it is today."""

    def __str__(self) -> str:
        """Return the words of the command line."""
        return KEEP


WhatIf = Sent | Stays | NumberOf | NobodyMoves


def what_if_of(text: str) -> WhatIf:
    """Read ``P1=>U7``, ``P1=stay``, ``quota:ID[:unit]=N`` or ``keep``.

    Raises
    ------
    QuestionError
        If the text is none of these.

    Examples
    --------
    >>> what_if_of("P1=>U7")
    Sent(person_id='P1', unit_id='U7')
    """
    words = text.strip()
    if words == KEEP:
        return NobodyMoves()
    person, arrow, unit = (part.strip() for part in words.partition(_ARROW))
    if person and arrow and unit:
        return Sent(person, unit)
    what, equals, figure = (part.strip() for part in words.rpartition("="))
    if what and equals and figure == STAY and not what.startswith(QUOTA):
        return Stays(what)
    if what.startswith(QUOTA) and figure.isdecimal():
        quota, _, at = what.removeprefix(QUOTA).partition(":")
        return NumberOf(quota, at, int(figure))
    raise QuestionError([Finding("pricing.not-a-what-if", values={"found": text})])


def asked(situation: Situation, what_ifs: Sequence[WhatIf]) -> Problem:
    """Return the question with everything that is imagined; sent persons must have an arc.

    Raises
    ------
    QuestionError
        If a person, unit or quota is not known; all are named.
    """
    problems = [found for each in what_ifs for found in _unknown(situation, each)]
    if len(what_ifs) > 1 and NobodyMoves() in what_ifs:
        problems.append(Finding("pricing.keep-stands-alone"))
    if problems:
        raise QuestionError(problems)
    problem = situation.problem
    for each in what_ifs:
        match each:
            case Sent(person, unit):  # to the own unit is to stay
                at = situation.person_of[person]
                arcs = situation.arcs_to(at, situation.unit_of[unit])
                problem = _pinned(problem, person, unit, at, arcs)
            case Stays(person):
                at = situation.person_of[person]
                here = problem.units.ids[problem.staff.works_at[at]]
                problem = _pinned(problem, person, here, at, [])
            case NumberOf():
                problem = _numbered(problem, each)
            case NobodyMoves():
                pass
    return problem


def _unknown(situation: Situation, what_if: WhatIf) -> list[Finding]:
    named: list[tuple[str, bool]] = []
    match what_if:
        case Sent(person, unit):
            named = [(person, person in situation.person_of), (unit, unit in situation.unit_of)]
        case Stays(person):
            named = [(person, person in situation.person_of)]
        case NumberOf() if not any(_meant(each, what_if) for each in _limits(situation)):
            return [Finding("pricing.no-such-quota", values={"found": str(what_if)})]
        case _:
            pass
    return [
        Finding("planning.unknown-id", values={"id": text})
        for text, is_known in named
        if not is_known
    ]


def _limits(situation: Situation) -> tuple[Limit, ...]:
    return (*situation.problem.quotas, *situation.problem.leavers)


def _meant(limit: Limit, what_if: NumberOf) -> bool:
    at = what_if.unit_id in ("", limit.name.unit_id, limit.name.pair)
    return at and limit.name.rule == what_if.quota_id


def _pinned(
    problem: Problem, person_id: str, unit_id: str, person: int, arcs: list[int]
) -> Problem:
    name = Name(rule=Structure.IMAGINED, person_id=person_id, unit_id=unit_id)
    pin = Pin(name=name, person=person, arcs=ints(arcs))
    return replace(problem, pins=(*problem.pins, pin))


def _numbered(problem: Problem, what_if: NumberOf) -> Problem:
    def changed(limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
        return tuple(
            replace(each, share=None, number=what_if.number) if _meant(each, what_if) else each
            for each in limits
        )

    return replace(problem, quotas=changed(problem.quotas), leavers=changed(problem.leavers))
