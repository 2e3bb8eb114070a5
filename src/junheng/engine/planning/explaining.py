"""Why somebody moves, why there, and why not where they wished: facts, then sentences.

Only what can be said for certain from rules and figures: which wishes are no allowed moves, and
which rule forbids them. What granting an allowed wish would have cost is not computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from junheng.engine.planning.arcs import Given, rules_against
from junheng.engine.planning.building import given_of
from junheng.engine.planning.costs import WISH, metres_between
from junheng.engine.planning.names import Structure
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.policy.items import Item
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


@dataclass(frozen=True, slots=True)
class WishNotGranted:
    """A higher wish that was not granted; ``rules`` forbid it, empty where it was allowed."""

    rank: int
    unit_id: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why one person moves as planned.

    Attributes
    ----------
    rules, clauses : rules that made the person movable (none that rest on private grounds),
        and where they stand
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
        If the plan could not have been made from this roster and screening.
    """
    given = given_of(roster, screening)
    wishes = _wishes(roster)
    unit_of = {unit: k for k, unit in enumerate(given.units.ids)}
    person_of = {person: k for k, person in enumerate(given.staff.ids)}
    higher = {
        (move.person_id, unit): (person_of[move.person_id], unit_of[unit])
        for move in plan.moves
        for _, unit in _before(wishes.get(move.person_id, {}), move.to_unit)
        if unit in unit_of
    }
    against = rules_against(screening.evaluation, given, list(higher.values()))
    return tuple(
        _reasons(
            screening,
            given,
            move,
            wishes.get(move.person_id, {}),
            tuple(
                WishNotGranted(rank, unit, against[higher[move.person_id, unit]])
                for rank, unit in _before(wishes.get(move.person_id, {}), move.to_unit)
                if (move.person_id, unit) in higher
            ),
        )
        for move in plan.moves
    )


def _reasons(
    screening: Screening,
    given: Given,
    move: Move,
    wishes: dict[str, int],
    higher: tuple[WishNotGranted, ...],
) -> Reasons:
    pack = screening.evaluation.pack
    person = given.staff.ids.index(move.person_id)
    ruled = [pack.items.rules[rule] for rule in move.reason if rule in pack.items.rules]
    form = pack.items.arrangements.get(move.form)
    clauses = [clause.at for rule in ruled for clause in pack.clauses(rule.source)]
    return Reasons(
        person_id=move.person_id,
        to_unit=move.to_unit,
        outcome=given.staff.outcome[person],
        rules=tuple(rule.title for rule in ruled if not rule.private),
        clauses=tuple(dict.fromkeys(clauses)),
        form="" if form is None else form.title,
        since=move.since,
        wish_rank=wishes.get(move.to_unit),
        stage=move.stage,
        subject=move.subject,
        gap=_gap(given, move),
        metres=_metres(screening.evaluation.roster, given, person, move.to_unit),
        higher_wishes=higher,
    )


def _gap(given: Given, move: Move) -> int:
    staff, key = given.staff, (move.to_unit, move.stage, move.subject)
    required = given.posts.cells.required.get(key, 0)
    present = sum(
        bool(counted) and not leader and (given.units.ids[at], stage, subject) == key
        for counted, leader, at, stage, subject in zip(
            staff.counted, staff.leader, staff.works_at, staff.stage, staff.subject, strict=True
        )
    )
    return max(0, required - present)


def _metres(roster: Roster, given: Given, person: int, unit_id: str) -> int | None:
    units, host = given.units, given.units.ids.index(unit_id)
    row = roster["persons"].sort("person_id").row(person, named=True)
    start = (row["home_latitude"], row["home_longitude"])
    if None in start:
        at = given.staff.works_at[person]
        start = (float(units.latitude[at]), float(units.longitude[at]))
    end = (float(units.latitude[host]), float(units.longitude[host]))
    unknown = any(degrees != degrees for degrees in (*start, *end))
    return None if unknown else metres_between(start, end)


def _wishes(roster: Roster) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in roster["wishes"].to_dicts():
        if row["wish_kind"] == WISH and row["wish_rank"] and row["unit_id"]:
            wished = found.setdefault(row["person_id"], {})
            rank = wished.get(row["unit_id"], row["wish_rank"])
            wished[row["unit_id"]] = min(rank, row["wish_rank"])
    return found


def _before(wishes: dict[str, int], unit_id: str) -> list[tuple[int, str]]:
    ranked = sorted((rank, unit) for unit, rank in wishes.items())
    limit = wishes.get(unit_id, len(ranked) + max(wishes.values(), default=0) + 1)
    return [(rank, unit) for rank, unit in ranked if rank < limit]


def reasons_lines(
    found: Reasons, screening: Screening, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the reasons of one move into sentences; units by name, the person not named."""
    names = dict(screening.evaluation.roster["units"].select("unit_id", "unit_name").rows())
    pack = screening.evaluation.pack
    host = names.get(found.to_unit, found.to_unit)
    moved = sentence(
        "planning.why-moved",
        language,
        outcome=sentence(f"outcome.{found.outcome}", language),
        rules="、".join(found.rules),
        clauses="、".join(found.clauses),
    )
    lines = [moved, _form_line(found, host, language)]
    if found.wish_rank is not None:
        values = {"unit": host, "rank": found.wish_rank}
        lines.append(sentence("planning.why-wish", language, **values))
    if found.gap:
        values = {"unit": host, "gap": found.gap}
        place = {"stage": found.stage, "subject": found.subject}
        lines.append(sentence("planning.why-shortage", language, **values, **place))
    if found.metres is not None:
        lines.append(sentence("planning.why-distance", language, metres=f"{found.metres:,}"))
    for wish in found.higher_wishes:
        unit = names.get(wish.unit_id, wish.unit_id)
        rules = [_rule_words(r, found.person_id, unit, pack, language) for r in wish.rules]
        code = "planning.wish-not-allowed" if rules else "planning.wish-not-best"
        values = {"rank": wish.rank, "unit": unit, "reason": "；".join(rules)}
        lines.append(sentence(code, language, **values))
    return tuple(lines)


def _form_line(found: Reasons, host: str, language: Language) -> str:
    values = {"unit": host, "form": found.form, "since": found.since}
    return sentence("planning.why-form", language, **values)


def _rule_words(
    rule: str, person_id: str, unit_id: str, pack: ResolvedPack, language: Language
) -> str:
    if rule in frozenset(Structure):
        return sentence(f"planning.structure-{rule}", language, person=person_id, unit=unit_id)
    item: Item = pack.items.destinations[rule]
    clauses = "、".join(clause.at for clause in pack.clauses(item.source))
    return sentence(
        "planning.conflict-rule", language, id=rule, title=item.title, clauses=clauses
    )
