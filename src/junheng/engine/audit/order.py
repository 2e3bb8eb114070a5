"""In which order persons are sent (选派次序), and who is passed over.

Within a group the candidates stand in tiers: by wave, then by the keys of the selection. A
candidate is passed over who stays while somebody of a later tier of the group moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from junheng.engine.audit.ground import Ground
from junheng.engine.audit.moves import allowed
from junheng.engine.audit.placements import Placement
from junheng.engine.balance.populations import cell
from junheng.engine.balance.staff import Member, cell_of
from junheng.engine.plans.plan import PassedOver
from junheng.engine.policy.conditions import All, AnyOf, ClassTest, Condition, Not, TrackTest
from junheng.engine.policy.items import Outcome, Selection, SelectionKey
from junheng.engine.scoring import Scores, score
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.errors import Problem, Severity

Tier = tuple[Fraction, ...]
Placed = Mapping[str, Placement]


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one selection who are compared with each other.

    Attributes
    ----------
    tiers : person → place in the order, smaller first; equal places are told apart by the draw
    """

    rule: Selection
    cell: tuple[str, ...]
    tiers: Mapping[str, Tier]

    def passed_over(self, moving: frozenset[str]) -> tuple[str, ...]:
        """Return who stays while somebody of a later tier moves, by id."""
        going = [tier for person, tier in self.tiers.items() if person in moving]
        if not going:
            return ()
        last = max(going)
        return tuple(
            sorted(p for p, tier in self.tiers.items() if p not in moving and tier < last)
        )


@dataclass(slots=True)
class Order:
    """All groups of all selections of the pack.

    Attributes
    ----------
    scores : the points of every rubric that puts persons in order, by its id
    problems : facts of candidates without which their place in the order is not known
    """

    scores: Mapping[str, Scores]
    groups: list[Group] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def passed_over(self, moving: frozenset[str]) -> tuple[PassedOver, ...]:
        """Return everybody passed over, in each selection once, sorted."""
        return tuple(
            sorted(
                PassedOver(rule=group.rule.id, person_id=person)
                for group in self.groups
                for person in group.passed_over(moving)
            )
        )


def order_of(ground: Ground) -> Order:
    """Put the candidates of every selection in order."""
    rules = ground.pack.items.selection.values()
    evaluation = cast("RosterEvaluation", ground.screening.evaluation)
    rubrics = sorted({key.rubric for rule in rules for key in rule.keys if key.rubric})
    order = Order({each: score(evaluation, each) for each in rubrics})
    for rule in rules:
        found: dict[tuple[str, ...], dict[str, Tier]] = {}
        for member in _candidates(rule, ground):
            tier = _tier(rule, member, ground, order)
            if tier is not None:
                place = cell(ground.staff, member, rule.within)
                found.setdefault(place, {})[member.person_id] = tier
        order.groups += [Group(rule, place, found[place]) for place in sorted(found)]
    return order


def moving(placed: Placed) -> frozenset[str]:
    """Return who leaves the unit of the start."""
    return frozenset(person for person, placement in placed.items() if placement.away)


def _candidates(rule: Selection, ground: Ground) -> list[Member]:
    """Return whom the order is about: movable, meant by the rule, with somewhere to go."""
    volunteers = rule.who is not None and _speaks_of_tracks(rule.who, ground)
    wanted = {Outcome.DUE, Outcome.SUPERVISED} | ({Outcome.MAY} if volunteers else set())
    return [
        member
        for person, member in ground.staff.members.items()
        if ground.verdicts[person].outcome in wanted
        and not member.serving
        and (rule.who is None or ground.ask.person(rule.who, person) is True)
        and any(allowed(member, unit, ground) for unit in _hosts(member, ground))
    ]


def _hosts(member: Member, ground: Ground) -> Iterator[str]:
    """Yield the units that have a post for somebody."""
    for unit in ground.staff.units:
        if member.leader:
            has_post = (unit, member.role) in ground.posts.leading
        else:
            cells = ((unit, member.stage, each) for each in ground.subjects(member))
            has_post = any(place in ground.posts.cells for place in cells)
        if has_post:
            yield unit


def _speaks_of_tracks(condition: Condition, ground: Ground) -> bool:
    match condition:
        case TrackTest():
            return True
        case All(parts) | AnyOf(parts):
            return any(_speaks_of_tracks(part, ground) for part in parts)
        case Not(part):
            return _speaks_of_tracks(part, ground)
        case ClassTest(klass, _):
            return _speaks_of_tracks(ground.pack.items.classes[klass].when, ground)
        case _:
            return False


def _tier(rule: Selection, member: Member, ground: Ground, order: Order) -> Tier | None:
    """Return a person's place in the order; None, noted, where a fact is not known."""
    places: list[Fraction | int | None] = [_wave(rule, member, ground)]
    for key in rule.keys:
        places += _places(key, member, ground, order)
    known = [Fraction(place) for place in places if place is not None]
    if len(known) == len(places):
        return tuple(known)
    order.problems.append(
        Problem(
            "audit.order-unknown",
            Severity.WARNING,
            cell_of(ground.roster, member.row, "person_id"),
            {"rule": rule.id, "title": rule.title, "person": member.person_id},
        )
    )
    return None


def _wave(rule: Selection, member: Member, ground: Ground) -> int | None:
    """Return the first wave a person is in; once in one, later waves are not asked."""
    for number, wave in enumerate(rule.waves):
        answer = ground.ask.person(wave, member.person_id)
        if answer is None:
            return None
        if answer:
            return number
    return len(rule.waves)


def _places(
    key: SelectionKey, member: Member, ground: Ground, order: Order
) -> list[Fraction | int | None]:
    """Return a person's place by one key, smaller first; None where it is not known."""
    if key.prefer is not None:
        answer = ground.ask.person(key.prefer, member.person_id)
        return [None if answer is None else int(not answer)]
    at = ground.ask.position(member.person_id)
    sign = -1 if key.large_first else 1
    if key.rubric:
        exact = [points[at].exact for points in order.scores[key.rubric].keys]
        return [None if each is None else sign * each for each in exact]
    levels = ground.screening.evaluation.levels(key.fact)
    return [sign * int(levels.low[at]) if levels.low[at] == levels.high[at] else None]
