"""Putting a planning question together from roster, screening and pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from junheng.engine.planning.arcs import Given, permissions, read_forms
from junheng.engine.planning.costs import draw_weights, travel_metres, wish_costs
from junheng.engine.planning.decisions import read_decisions
from junheng.engine.planning.findings import Findings
from junheng.engine.planning.horizons import Horizons
from junheng.engine.planning.kinship import kin_notes, read_kin
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.pairs import PAIR, SIDE, read_pairs
from junheng.engine.planning.posts import (
    cell_stock,
    establishment_stock,
    leadership_stock,
    read_posts,
    structure_guards,
    structure_stock,
)
from junheng.engine.planning.problem import NOWHERE, Arcs, Problem, Staff, Units
from junheng.engine.planning.quotas import Counting, of_a_plan
from junheng.engine.planning.rankings import read_rankings
from junheng.engine.planning.schools import read_schools
from junheng.engine.planning.start import read_staff, read_units, retirement_notes
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Outcome, Planning, Strength
from junheng.engine.policy.items.planning import BALANCE, BALANCE_PART
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.unset import require
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.verdicts import Evaluation, Screening

DRAW = "draw"
OBJECTIVES = ("unmet_obligations", "selection", BALANCE, "wishes", "travel")
"""Objectives a pack may put in order; the draw always comes last."""
EVERYONE = "everyone"
_TABLES = ("units", "posts", "persons")


def build(roster: Roster, screening: Screening, *, seed: int) -> Problem:
    """Put the planning question together.

    Parameters
    ----------
    roster : the roster that was screened
    screening : outcomes of all persons, with the evaluation behind them
    seed : published seed of the draw

    Raises
    ------
    UnsetFigures
        If the question reads figures, switches or dates that nobody has set; all are named.
    QuestionError
        If tables or cells that the question reads are missing; all are listed.
    """
    findings = Findings()
    planning, start = _beginning(roster, screening, findings)
    problem = _built(roster, screening, planning, start, seed, findings)
    findings.refuse_if_any()
    return problem


def given_of(roster: Roster, screening: Screening) -> Given:
    """Return what stands before any move is looked at; raises as :func:`build` does."""
    findings = Findings()
    planning, start = _beginning(roster, screening, findings)
    return _given(roster, screening, planning, start, findings)


def _beginning(
    roster: Roster, screening: Screening, findings: Findings
) -> tuple[Planning, date]:
    pack = screening.evaluation.pack
    for table in _TABLES:
        if table not in roster.given:
            findings.add("planning.missing-table", None, sheet=BY_ID[table].sheet)
    planning = _planning_item(pack, findings)
    if planning is not None:
        refuse_unset(pack)
    start = None if planning is None else _start(pack, planning, findings)
    if planning is None or start is None or findings.problems:
        findings.refuse()
    return planning, start


def programme_of(pack: ResolvedPack) -> str:
    """Return the name of the programme in the draw: pack id and year."""
    return f"{pack.header.id}-{pack.year}"


def refuse_unset(pack: ResolvedPack) -> None:
    """Refuse what screening or a plan reads and nobody has set, all at once.

    Forms the planner does not use, quotas that steps settle and what is only encouraged are
    not read.

    Raises
    ------
    UnsetFigures
        Naming every figure, switch and date that is not set, and a planning item that is not
        there.
    """
    items = pack.items
    forms = {form for planning in items.planning.values() for form in planning.forms}
    binding = Strength.HARD, Strength.PRINCIPLE
    read = replace(
        items,
        arrangements={k: v for k, v in items.arrangements.items() if k in forms},
        quotas={k: v for k, v in items.quotas.items() if of_a_plan(v)},
        destinations={k: v for k, v in items.destinations.items() if v.strength in binding},
        guards={each.id: each for each in structure_guards(items.guards)},
        kin_rules={k: v for k, v in items.kin_rules.items() if v.strength in binding},
    )
    require(replace(pack, items=read), "planning")


def _planning_item(pack: ResolvedPack, findings: Findings) -> Planning | None:
    found = list(pack.items.planning.values())
    if len(found) != 1:
        findings.add("planning.not-one-planning-item", None, count=str(len(found)))
        return None
    for objective in found[0].objectives:
        parts = [f"{BALANCE_PART}{part.id}" for part in found[0].balances]
        if objective not in (*OBJECTIVES, *parts):
            findings.add("planning.unknown-objective", None, id=found[0].id, found=objective)
    return found[0]


def _start(pack: ResolvedPack, planning: Planning, findings: Findings) -> date | None:
    start = pack.dates.get(planning.start, Unset("", planning.start))
    if isinstance(start, Unset):
        findings.unset(start, planning.start)
        return None
    return start


def _built(
    roster: Roster,
    screening: Screening,
    planning: Planning,
    start: date,
    seed: int,
    findings: Findings,
) -> Problem:
    evaluation = screening.evaluation
    pack = evaluation.pack
    given = _given(roster, screening, planning, start, findings)
    units, staff, posts, decisions = given.units, given.staff, given.posts, given.decisions
    guards = structure_guards(pack.items.guards)
    allowed = permissions(evaluation, given)
    arcs = allowed.arcs
    _note_blank_establishment(roster, units, staff, arcs, findings)
    if guards:
        _note_blank_titles(roster, staff, findings)
    counting = _counting(roster, screening, given, arcs, start, findings)
    numbers = counting.quotas()
    programme = programme_of(pack)
    asked = planning.objectives
    return Problem(
        receipt=screening.receipt,
        programme=programme,
        seed=seed,
        start=start,
        planning_id=planning.id,
        units=units,
        staff=staff,
        forms=given.forms,
        arcs=arcs,
        cells=cell_stock(posts, units, staff, arcs),
        leadership=leadership_stock(posts, units, staff, arcs),
        establishment=establishment_stock(units, staff, arcs),
        structure=structure_stock(posts, guards, units, staff, arcs, decisions),
        exempt=_exempt(evaluation, arcs),
        quotas=numbers.limits,
        equal_sides=numbers.equal_sides,
        leavers=counting.leavers(planning),
        pins=allowed.pins,
        blocked=allowed.blocked,
        owed=_owed(staff, planning),
        schools=read_schools(
            screening, planning, units=units, staff=staff, arcs=arcs, findings=findings
        )
        if any(each.startswith(BALANCE) for each in asked)
        else (),
        rankings=read_rankings(evaluation, units, staff, arcs, allowed.blocked, findings),
        kin=read_kin(roster, pack.items, units, staff, decisions),
        wishes=wish_costs(roster, planning, units, staff, arcs, findings),
        metres=travel_metres(roster, units, staff, arcs, findings)
        if "travel" in asked
        else np.zeros(len(arcs), dtype=np.int64),
        draws=draw_weights(staff, units, arcs, seed=seed, programme=programme),
        objectives=(*asked, DRAW),
        notes=(
            *kin_notes(roster, pack.items),
            *retirement_notes(roster, pack, staff, start),
        ),
    )


def _counting(
    roster: Roster,
    screening: Screening,
    given: Given,
    arcs: Arcs,
    start: date,
    findings: Findings,
) -> Counting:
    pack = screening.evaluation.pack
    paired = any({PAIR, SIDE} & set(quota.per) for quota in pack.items.quotas.values())
    return Counting(
        screening=screening,
        units=given.units,
        staff=given.staff,
        arcs=arcs,
        forms=given.forms,
        decisions=given.decisions,
        findings=findings,
        pairs=read_pairs(roster, given.units, findings) if paired else None,
        horizons=Horizons(
            roster=roster,
            person_ids=given.staff.ids,
            year=pack.year,
            start=start,
            findings=findings,
        ),
    )


def _exempt(evaluation: Evaluation, arcs: Arcs) -> Mask:
    """Return the arcs of which it is certain that every guard exempts them (超岗聘用)."""
    guards = structure_guards(evaluation.pack.items.guards)
    exempt = np.full(len(arcs), fill_value=bool(guards)) & arcs.relation_moved
    for guard in guards:
        if guard.exempt is None:
            exempt[:] = False
        else:
            exempt &= evaluation.moves(guard.exempt, arcs.person, arcs.unit).yes
    return exempt


def _given(
    roster: Roster, screening: Screening, planning: Planning, start: date, findings: Findings
) -> Given:
    """Read what stands before any move is looked at; refuse what is missing."""
    pack = screening.evaluation.pack
    units = read_units(roster, screening.evaluation.unit_ids, start)
    staff = read_staff(roster, screening, planning, start, findings)
    with_structure = bool(structure_guards(pack.items.guards))
    given = Given(
        units=units,
        staff=staff,
        posts=read_posts(roster, units, with_structure=with_structure, findings=findings),
        forms=read_forms(pack.items, planning, start, findings),
        decisions=read_decisions(
            roster,
            pack.items,
            person_of={person: k for k, person in enumerate(staff.ids)},
            unit_of={unit: k for k, unit in enumerate(units.ids)},
            findings=findings,
        ),
        neighbours=_neighbours(planning),
    )
    findings.refuse_if_any()
    return given


def _neighbours(planning: Planning) -> dict[str, tuple[str, ...]]:
    """Return for each subject the others its teachers may teach, in the pack's order."""
    found: dict[str, tuple[str, ...]] = {}
    for own, taught in planning.neighbouring_subjects:
        found[own] = (*found.get(own, ()), taught)
    return found


def _owed(staff: Staff, planning: Planning) -> Ints:
    """Return the due persons of tracks whose duty is for everyone."""
    tracks = {track for track, duty in planning.duties if duty == EVERYONE}
    return ints(
        [
            int(person)
            for person in np.flatnonzero(staff.counted)
            if staff.outcome[person] == Outcome.DUE and staff.track[person] in tracks
        ]
    )


def _note_blank_establishment(
    roster: Roster, units: Units, staff: Staff, arcs: Arcs, findings: Findings
) -> None:
    concerned = set(staff.established_at[staff.counted].tolist()) | set(arcs.unit.tolist())
    blank = {
        units.ids[unit]
        for unit in concerned
        if unit != NOWHERE and units.establishment[unit] == NOWHERE
    }
    rows = [row for row in roster["units"].to_dicts() if row["unit_id"] in blank]
    findings.blank_cells(roster, "units", "establishment", rows)


def _note_blank_titles(roster: Roster, staff: Staff, findings: Findings) -> None:
    blank = {staff.ids[k] for k in np.flatnonzero(staff.counted) if not staff.band[k]}
    rows = (
        [row for row in roster["persons"].to_dicts() if row["person_id"] in blank]
        if blank
        else []
    )
    findings.blank_cells(roster, "persons", "title", rows)
