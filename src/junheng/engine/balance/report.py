"""Balance before and after a plan (均衡测算): coefficients, school rule, rates, each move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from junheng.engine.balance.asked import (
    Moved,
    MoveTruths,
    Planned,
    Screened,
    Truths,
    meeting_conditions,
    outcomes_of,
)
from junheng.engine.balance.indicators import Indicators, School, marks, schools
from junheng.engine.balance.populations import Populations, exchanges_begun
from junheng.engine.balance.rates import Rate, rates
from junheng.engine.balance.staff import (
    Member,
    Staff,
    cell_of,
    planning_item,
    staff_at_start,
)
from junheng.engine.balance.standards import BACKBONE, Standards
from junheng.engine.balance.tables import (
    AFTER,
    BEFORE,
    Ground,
    composite_frame,
    indicator_frame,
    move_frame,
    own_frame,
    rule_frame,
    school_frame,
)
from junheng.engine.policy.conditions import ClassTest, Unset
from junheng.engine.policy.items import Planning
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, QuestionError, UnsetFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceReport:
    """How evenly schools are staffed, before and after.

    Attributes
    ----------
    start : the day the counts stand for
    counted_at : ``host`` or ``origin``: where temporary exchangees count (the pack's choice)
    indicators : ``stage, indicator, moment, schools, pupils, mean, deviation, cv, limit, meets,
        unknown``; means per pupil or per hundred pupils as the standard has them; figures
        are null where ``unknown`` persons or schools leave them open
    schools : ``unit_id, stage, pupils, indicator, moment, amount, value, threshold, meets``
    school_rule : ``unit_id, stage, moment, met, failed, undecided, meets``
    moves : ``person_id, stage, indicator, from_unit, to_unit, change, exact``: by how much the
        move alone would change S² (negative is more even)
    composite : ``stage, limit, missing``: the eight indicators of 2012 need amounts that no
        roster holds, so the composite stays undecided
    own : ``indicator, title, stage, moment, cv, unknown``: the indicators of the pack's balance
        objective, where it has several
    rates : the pack's rates (national: exchanged of eligible, backbone of exchanged)
    """

    start: date
    counted_at: str
    indicators: pl.DataFrame
    schools: pl.DataFrame
    school_rule: pl.DataFrame
    moves: pl.DataFrame
    composite: pl.DataFrame
    own: pl.DataFrame
    rates: tuple[Rate, ...]


def balance(roster: Roster, screening: Screened, plan: Planned | None = None) -> BalanceReport:
    """Measure the balance of a county, and what a plan makes of it.

    Without a plan *after* equals *before*. Moves of unknown persons or units change nothing
    here; the audit names them.

    Raises
    ------
    QuestionError
        If tables or cells are missing, whether somebody is a backbone teacher is not known,
        or a move does not say what its counting depends on; all such places are named.
    UnsetFigures
        If the pack leaves open a figure that is read.

    Source: 教督[2017]6号; where temporary exchangees count is the authority's choice.
    """
    pack = screening.evaluation.pack
    outcomes = outcomes_of(screening)
    staff = staff_at_start(roster, pack, outcomes)
    moves = {} if plan is None else _known_moves(plan.moves, staff)
    ground = _ground_of(roster, screening, staff, moves)
    populations = Populations(
        staff=staff,
        outcomes=outcomes,
        meeting_conditions=meeting_conditions(screening, pack),
        movers=_movers(moves.values(), planning_item(pack), pack),
        truth=Truths(screening.evaluation),
        begun=exchanges_begun(roster),
        transferred=frozenset(p for p, move in moves.items() if move.relation_moved),
        move=MoveTruths(screening.evaluation, {p: m.to_unit for p, m in moves.items()}),
    )
    tallies = {moment: ground.tallies(moment) for moment in (BEFORE, AFTER)}
    return BalanceReport(
        start=staff.start,
        counted_at=ground.counted_at,
        indicators=indicator_frame(ground, tallies),
        schools=school_frame(ground, tallies),
        school_rule=rule_frame(ground, tallies),
        moves=move_frame(ground),
        composite=composite_frame(ground.standards),
        own=own_frame(ground, _own(planning_item(pack))),
        rates=rates(pack, populations),
    )


def _own(planning: Planning) -> dict[str, str]:
    """Return the titles of the pack's indicators by id; the only one is L2 already."""
    parts = planning.balances
    return {part.id: part.title for part in parts} if len(parts) > 1 else {}


def counting_unit(member: Member, counted_at: str) -> str:
    """Return where a person counts for balance at the start."""
    return (member.serving_at_origin or member.unit) if counted_at == "origin" else member.unit


def chosen_counting(planning: Planning) -> str:
    """Return ``host`` or ``origin``; ``UnsetFigures`` where the pack leaves it open."""
    if isinstance(planning.counted_at, str):
        return planning.counted_at
    unset = planning.counted_at
    values = {"id": unset.id, "why": unset.why} if isinstance(unset, Unset) else {}
    raise UnsetFigures([Problem("balance.unset", values={"id": "", "why": "", **values})])


def _known_moves(moves: Iterable[Moved], staff: Staff) -> dict[str, Moved]:
    """Return the first move of each counted person to a unit that exists."""
    known: dict[str, Moved] = {}
    for move in moves:
        if move.person_id in staff.members and move.to_unit in staff.units:
            known.setdefault(move.person_id, move)
    return known


def _ground_of(
    roster: Roster, screening: Screened, staff: Staff, moves: Mapping[str, Moved]
) -> Ground:
    pack = screening.evaluation.pack
    planning = planning_item(pack)
    counted_at, standards = chosen_counting(planning), Standards(pack)
    compared = schools(roster, staff, standards)
    before = {p: counting_unit(m, counted_at) for p, m in staff.members.items()}
    stated = _stated(roster, screening, staff, before, compared)
    after = before | _placed(moves, counted_at)
    return Ground(
        counted_at=counted_at,
        standards=standards,
        given=Indicators(compared, marks(staff, standards, stated)),
        before=before,
        after=after,
        moves={person: move.to_unit for person, move in moves.items()},
    )


def _placed(moves: Mapping[str, Moved], counted_at: str) -> dict[str, str]:
    if counted_at == "host":
        return {person: move.to_unit for person, move in moves.items()}
    problems = [
        Problem("balance.relation-unknown", values={"person": person})
        for person, move in moves.items()
        if move.relation_moved is None
    ]
    if problems:
        raise QuestionError(problems)
    return {person: move.to_unit for person, move in moves.items() if move.relation_moved}


def _stated(
    roster: Roster,
    screening: Screened,
    staff: Staff,
    where: Mapping[str, str],
    compared: tuple[School, ...],
) -> dict[str, dict[str, bool | None]]:
    """Answer for each counted person the indicators that the pack states as conditions.

    What the plan is judged by must be known at every school that is compared; the national
    figure may stay open where the pack plans by something else.
    """
    truth = Truths(screening.evaluation)
    pack = screening.evaluation.pack
    planning = planning_item(pack)
    national = ClassTest(BACKBONE) if BACKBONE in pack.items.classes else planning.balance_of
    asked = {"L2": national} | {part.id: part.of for part in planning.balances}
    judged = {part.of for part in planning.balances}
    places = {(school.unit_id, school.stage) for school in compared}
    found: dict[str, dict[str, bool | None]] = {}
    problems: list[Problem] = []
    for person, member in staff.members.items():
        found[person] = {each: truth(of, person) for each, of in asked.items()}
        open_ = any(truth(of, person) is None for of in judged)
        if open_ and (where[person], member.stage) in places:
            place = cell_of(roster, member.row, "person_id")
            problems.append(
                Problem("balance.backbone-unknown", place=place, values={"person": person})
            )
    if problems:
        raise QuestionError(problems)
    return found


def _movers(moves: Iterable[Moved], planning: Planning, pack: ResolvedPack) -> dict[str, str]:
    counting = {
        form
        for form in planning.forms
        if pack.items.arrangements[form].counts_as_exchange == "yes"
    }
    moves = list(moves)
    unsaid = [move.person_id for move in moves if not move.form]
    if unsaid and counting != set(planning.forms):
        raise QuestionError(
            [Problem("balance.form-unknown", values={"person": each}) for each in unsaid]
        )
    return {m.person_id: m.form for m in moves if not m.form or m.form in counting}
