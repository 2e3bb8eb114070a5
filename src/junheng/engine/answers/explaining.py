"""Why somebody moves, why there, and why not where they wished: facts from plan and question.

What can be said for certain: which rule forbids a higher wish; which place is full, with its
numbers; what placing this one person otherwise would worsen. What a plan made anew would cost
is asked of :mod:`junheng.engine.answers.pricing`, wish by wish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

from junheng.engine.answers.pricing import Answer, price
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.answers.swapping import Swap, swap_to
from junheng.engine.answers.what_if import Sent
from junheng.engine.planning.arcs import rules_against
from junheng.engine.planning.costs import WISH, metres_between
from junheng.engine.planning.problem import Ranking, Units
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.grounds import rests_on_ground
from junheng.engine.screening.verdicts import Screening

Wishes = Mapping[str, Mapping[str, int]]
"""Person → unit → best rank."""


@dataclass(frozen=True, slots=True)
class WishNotGranted:
    """A wish that was not granted.

    Attributes
    ----------
    rules : what forbids it outright; empty where it was allowed
    swap : for an allowed wish, what granting it and nothing else would do to the plan
    price : for an allowed wish, what it would cost in a plan made anew; None if not asked
    """

    rank: int
    unit_id: str
    rules: tuple[str, ...]
    swap: Swap | None = None
    price: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody's place in an order in which candidates are sent.

    Attributes
    ----------
    tier, tiers : place among the tiers of the group, from 1, and their number
    sent_before : persons of earlier tiers who move; ``before`` persons in these
    passed_over : stays although somebody of a later tier moves
    """

    rule: str
    tier: int
    tiers: int
    before: int
    sent_before: int
    passed_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why one person moves as planned.

    Attributes
    ----------
    rules, clauses : rules that made the person movable (none that rest on private grounds),
        and where they stand
    turns : place in each order of the pack
    against : what forbids the move outright; only in a plan made elsewhere
    form, since : title of the form of exchange, and its first day
    wish_rank : rank of the destination among the wishes; None where it was not wished for
    gap : persons the destination lacked at the start in this stage and subject
    metres : distance from home, else from the present unit; None without positions
    higher_wishes : wishes ranked before the destination
    """

    person_id: str
    to_unit: str
    outcome: str
    rules: tuple[str, ...]
    clauses: tuple[str, ...]
    turns: tuple[Turn, ...]
    against: tuple[str, ...]
    form: str
    since: date | None
    wish_rank: int | None
    stage: str
    subject: str
    gap: int
    metres: int | None
    higher_wishes: tuple[WishNotGranted, ...]


def reasons(roster: Roster, screening: Screening, plan: Plan) -> tuple[Reasons, ...]:
    """Return the reasons of every move of a plan, in the plan's order.

    Raises
    ------
    QuestionError
        If the question of the plan cannot be asked of this roster and screening.
    """
    standing = situation(roster, screening, plan)
    asked = wishes_of(roster)
    known = [m for m in plan.moves if m.person_id in standing.person_of]
    return tuple(reasons_of(standing, move, asked.get(move.person_id, {})) for move in known)


def reasons_of(standing: Situation, move: Move, wishes: Mapping[str, int]) -> Reasons:
    """Return the reasons of one move; ``wishes`` are the person's ranks by unit."""
    screening, given = standing.screening, standing.given
    pack = screening.evaluation.pack
    person = standing.person_of[move.person_id]
    ruled = [pack.items.rules[rule] for rule in move.reason if rule in pack.items.rules]
    form = pack.items.arrangements.get(move.form)
    clauses = [clause.at for rule in ruled for clause in pack.clauses(rule.source)]
    return Reasons(
        person_id=move.person_id,
        to_unit=move.to_unit,
        outcome=given.staff.outcome[person],
        rules=tuple(rule.title for rule in ruled if not rests_on_ground(pack, rule)),
        clauses=tuple(dict.fromkeys(clauses)),
        turns=turns_of(standing, person),
        against=_against(standing, move),
        form="" if form is None else form.title,
        since=move.since,
        wish_rank=wishes.get(move.to_unit),
        stage=move.stage,
        subject=move.subject,
        gap=_gap(standing, move),
        metres=_metres(standing, person, move.to_unit),
        higher_wishes=not_granted(standing, person, _before(wishes, move.to_unit)),
    )


def not_granted(
    standing: Situation, person: int, ranked: Sequence[tuple[int, str]]
) -> tuple[WishNotGranted, ...]:
    """Return for ranked units what stands against each, and what granting it would do."""
    known = [(rank, unit) for rank, unit in ranked if unit in standing.unit_of]
    pairs = [(person, standing.unit_of[unit]) for _, unit in known]
    against = rules_against(standing.screening.evaluation, standing.given, pairs)
    return tuple(
        WishNotGranted(
            rank,
            unit,
            against[pair],
            None if against[pair] else swap_to(standing, *pair),
        )
        for (rank, unit), pair in zip(known, pairs, strict=True)
    )


def priced(
    standing: Situation,
    person_id: str,
    wishes: Sequence[WishNotGranted],
    *,
    time_limit: float | None = None,
) -> tuple[WishNotGranted, ...]:
    """Add to allowed wishes what granting each would cost in a plan made anew.

    A wish that the draw alone decided needs no solver.
    """
    return tuple(
        replace(wish, price=price(standing, [what_if], time_limit=time_limit))
        if wish.swap is not None and not wish.swap.tie
        else wish
        for wish in wishes
        for what_if in (Sent(person_id, wish.unit_id),)
    )


def turns_of(standing: Situation, person: int) -> tuple[Turn, ...]:
    """Return somebody's place in every order of the pack."""
    moved = {standing.person_of.get(move.person_id) for move in standing.plan.moves}
    return tuple(
        turn for ranking in standing.problem.rankings for turn in _turns(ranking, person, moved)
    )


def _turns(ranking: Ranking, person: int, moved: set[int | None]) -> Iterator[Turn]:
    for tier, members in enumerate(ranking.tiers):
        if person in members.tolist():
            before = [p for part in ranking.tiers[:tier] for p in part.tolist()]
            later = [p for part in ranking.tiers[tier + 1 :] for p in part.tolist()]
            yield Turn(
                rule=ranking.rule,
                tier=tier + 1,
                tiers=len(ranking.tiers),
                before=len(before),
                sent_before=sum(p in moved for p in before),
                passed_over=person not in moved and any(p in moved for p in later),
            )


def wishes_of(roster: Roster) -> Wishes:
    """Return for each applicant the best rank of each unit wished for."""
    found: dict[str, dict[str, int]] = {}
    for row in roster["wishes"].to_dicts():
        if row["wish_kind"] == WISH and row["wish_rank"] and row["unit_id"]:
            wished = found.setdefault(row["person_id"], {})
            rank = wished.get(row["unit_id"], row["wish_rank"])
            wished[row["unit_id"]] = min(rank, row["wish_rank"])
    return found


def _against(standing: Situation, move: Move) -> tuple[str, ...]:
    if move not in standing.foreign or move.to_unit not in standing.unit_of:
        return ()
    pair = (standing.person_of[move.person_id], standing.unit_of[move.to_unit])
    return rules_against(standing.screening.evaluation, standing.given, [pair])[pair]


def _gap(standing: Situation, move: Move) -> int:
    stock = standing.problem.cells
    for place, name in enumerate(stock.names):
        if (name.unit_id, name.stage, name.subject) == (
            move.to_unit,
            move.stage,
            move.subject,
        ):
            return max(0, int(stock.required[place] - stock.before[place]))
    return 0


def _metres(standing: Situation, person: int, unit_id: str) -> int | None:
    units = standing.given.units
    if unit_id not in standing.unit_of:
        return None
    latitude, longitude = standing.homes[person]
    start = _position(units, int(standing.given.staff.works_at[person]))
    if latitude is not None and longitude is not None:
        start = (latitude, longitude)
    end = _position(units, standing.unit_of[unit_id])
    unknown = any(isnan(degrees) for degrees in (*start, *end))
    return None if unknown else metres_between(start, end)


def _position(units: Units, unit: int) -> tuple[float, float]:
    return float(units.latitude[unit]), float(units.longitude[unit])


def _before(wishes: Mapping[str, int], unit_id: str) -> list[tuple[int, str]]:
    ranked = sorted((rank, unit) for unit, rank in wishes.items())
    limit = wishes.get(unit_id, len(ranked) + max(wishes.values(), default=0) + 1)
    return [(rank, unit) for rank, unit in ranked if rank < limit]
