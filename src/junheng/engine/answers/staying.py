"""Why somebody does not move: what kept them out of the plan, by clause and number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from junheng.engine.answers.explaining import Turn, WishNotGranted, not_granted, turns_of
from junheng.engine.answers.situation import Situation
from junheng.engine.answers.swapping import Full, Swap, order_of, swap
from junheng.engine.planning.arcs import rules_against
from junheng.engine.planning.names import Structure
from junheng.engine.planning.problem import NOWHERE, Limit


class Cause(StrEnum):
    """What came first among the reasons why somebody stays."""

    NOT_COUNTED = "not-counted"
    OUTCOME = "outcome"
    SERVING = "serving"
    DECIDED = "decided"
    NOWHERE = "nowhere"
    NOT_CHOSEN = "not-chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Why one person stays.

    Attributes
    ----------
    hosts : units with a post for the person, their own left out
    against : what forbids how many of these, most first; where somebody can go nowhere
    allowed : units the person could be sent to
    short : of these, the ones that lack somebody in the subject after the plan
    leavers : the limit on those who leave the unit, where it is reached
    met : quotas for which the person would count, and which are reached without
    turns : place in each order of the pack
    wishes : wishes with what stands against each
    cheapest : the destination whose addition to the plan would do least; None if not asked
    """

    person_id: str
    outcome: str
    cause: Cause
    hosts: int = 0
    against: tuple[tuple[str, int], ...] = ()
    allowed: int = 0
    short: int = 0
    leavers: Full | None = None
    met: tuple[Full, ...] = ()
    turns: tuple[Turn, ...] = ()
    wishes: tuple[WishNotGranted, ...] = ()
    cheapest: Swap | None = None


def stay_of(standing: Situation, person_id: str, wishes: dict[str, int]) -> Stay:
    """Return why a person of the roster whom the plan does not move stays."""
    staff = standing.problem.staff
    person = standing.person_of[person_id]
    cause = _cause(standing, person)
    outcome = staff.outcome[person]
    ranked = sorted((rank, unit) for unit, rank in wishes.items())
    if cause in (Cause.NOT_COUNTED, Cause.OUTCOME, Cause.SERVING, Cause.DECIDED):
        return Stay(person_id=person_id, outcome=outcome, cause=cause)
    hosts = _hosts(standing, person)
    granted = not_granted(standing, person, ranked)
    if cause is Cause.NOWHERE:
        return Stay(
            person_id=person_id,
            outcome=outcome,
            cause=cause,
            hosts=len(hosts),
            against=_against(standing, person, hosts),
            wishes=granted,
        )
    arcs = standing.arcs_of[person]
    return Stay(
        person_id=person_id,
        outcome=outcome,
        cause=cause,
        hosts=len(hosts),
        allowed=len({int(standing.problem.arcs.unit[arc]) for arc in arcs}),
        short=_short(standing, arcs),
        leavers=_leavers(standing, arcs),
        met=_met(standing, arcs),
        turns=turns_of(standing, person),
        wishes=granted,
        cheapest=min(
            (swap(standing, person, arc) for arc in arcs),
            key=lambda each: order_of(standing, each),
        ),
    )


def _cause(standing: Situation, person: int) -> Cause:
    problem, staff = standing.problem, standing.problem.staff
    pinned = {pin.person for pin in problem.pins if not len(pin.arcs)}
    tests = (
        (Cause.NOT_COUNTED, not staff.counted[person]),
        (Cause.SERVING, bool(staff.serving[person])),
        (Cause.OUTCOME, not staff.movable[person]),
        (Cause.DECIDED, person in pinned),
        (Cause.NOWHERE, not standing.arcs_of.get(person)),
    )
    return next((cause for cause, holds in tests if holds), Cause.NOT_CHOSEN)


def _hosts(standing: Situation, person: int) -> list[int]:
    """Return the units with a post for somebody, the own left out."""
    staff, posts = standing.given.staff, standing.given.posts
    if staff.leader[person]:
        keys = [key[0] for key in posts.leadership.established if key[1] == staff.role[person]]
    else:
        own = (staff.stage[person], staff.subject[person])
        keys = [key[0] for key in posts.cells.established if tuple(key[1:]) == own]
    found = {standing.unit_of[unit] for unit in keys}
    return sorted(found - {int(staff.works_at[person])})


def _against(standing: Situation, person: int, hosts: list[int]) -> tuple[tuple[str, int], ...]:
    if not hosts:
        return ((Structure.NO_POST, 0),)
    pairs = [(person, host) for host in hosts]
    found = rules_against(standing.screening.evaluation, standing.given, pairs)
    counted = Counter(rule for rules in found.values() for rule in rules)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _short(standing: Situation, arcs: list[int]) -> int:
    total = 0
    for stock in (standing.problem.cells, standing.problem.leadership):
        lacking = stock.after(standing.chosen) < stock.required
        places = {int(stock.arriving[arc]) for arc in arcs} - {NOWHERE}
        total += sum(bool(lacking[place]) for place in places)
    return total


def _leavers(standing: Situation, arcs: list[int]) -> Full | None:
    for limit in standing.problem.leavers:
        if np.isin(arcs, limit.arcs).any():
            count, base = limit.reached(standing.chosen)
            if count >= limit.bound(base):
                return Full(limit.name, limit.bound(base), count)
    return None


def _met(standing: Situation, arcs: list[int]) -> tuple[Full, ...]:
    found = [_reached(standing, limit, arcs) for limit in standing.problem.quotas]
    return tuple(each for each in found if each is not None)


def _reached(standing: Situation, limit: Limit, arcs: list[int]) -> Full | None:
    if not limit.floor or not np.isin(arcs, limit.arcs).any():
        return None
    count, base = limit.reached(standing.chosen)
    bound = limit.bound(base)
    return Full(limit.name, bound, count) if count >= bound else None
