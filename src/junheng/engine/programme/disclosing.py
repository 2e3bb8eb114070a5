"""What a notice says of each person it lists (公示内容), as far as the plan goes.

Grounds of deferral that are private are never said, whatever the plan allows (§12): of such a
rule there is at most its clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from junheng.engine.policy.items.eligibility import Rule
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Member, State
from junheng.engine.programme.working_days import Calendar

LEAST = "category_only"
"""How much is said where the text does not say how much."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a notice says of one person.

    Attributes
    ----------
    category : the outcome, as ``due``; empty where nothing is settled
    clauses : ids of the clauses it rests on, from ``clause_only`` on
    grounds : titles of the rules, only for ``full``, and of none that is private
    """

    person: str
    category: str
    clauses: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()


def disclosed(
    state: State,
    pack: ResolvedPack,
    calendar: Calendar,
    step: Step,
    names: Iterable[str],
    on: date,
) -> tuple[Line, ...]:
    """Return the lines of a notice on persons, in the order given.

    Raises
    ------
    UnsetFigures
        If it is not set how much the notice says.
    """
    detail = LEAST
    if step.publicity is not None and step.publicity.detail is not None:
        view = view_of(state, pack, calendar, step, "", on)
        detail = view.word(step.publicity.detail)
    return tuple(_line(state.members[each], pack, detail) for each in names)


def _line(member: Member, pack: ResolvedPack, detail: str) -> Line:
    held = [rule for rule in pack.items.rules.values() if member.rules.get(rule.id) is True]
    category = member.outcome or _first(held, pack)
    if detail == LEAST:
        return Line(member.id, category)
    because = [rule for rule in held if rule.effect.value == category]
    clauses = tuple(dict.fromkeys(each for rule in because for each in rule.source))
    if detail == "clause_only":
        return Line(member.id, category, clauses)
    grounds = tuple(rule.title for rule in because if not rule.private)
    return Line(member.id, category, clauses, grounds)


def _first(held: list[Rule], pack: ResolvedPack) -> str:
    effects = {rule.effect.value for rule in held}
    return next((str(each) for each in pack.header.precedence if str(each) in effects), "")
