"""The golden county: one small county, solved, and written so that a person can review it.

When a result changes, run ``python -m tests.golden.write`` and read the difference before you
commit it: every line that changes is a person, a school or a figure that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from junheng.engine.audit import Audit, audit
from junheng.engine.planning import Planned, plan
from junheng.engine.plans.plan import Move, ObjectiveValue, Plan, Unmet
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen

FOLDER = Path(__file__).parent
PACKS = ("datong-example", "district-managed-example")
ON = date(2026, 8, 31)
UNITS, PERSONS, COUNTY_SEED, DRAW_SEED = 8, 80, 2, 7
_PER_LINE = 7


def golden_file(pack_id: str) -> Path:
    """Return where the reviewed result is kept."""
    return FOLDER / f"{pack_id}.txt"


def golden_roster() -> Roster:
    """Return the county."""
    return generate(units=UNITS, persons=PERSONS, seed=COUNTY_SEED, on=ON)


def solved(pack_id: str) -> tuple[Screening, Plan, Audit]:
    """Screen, plan and audit the county under a pack."""
    roster = golden_roster()
    screening = screen(roster, resolve(load(pack_id), on=ON))
    outcome = plan(roster, screening, seed=DRAW_SEED)
    if not isinstance(outcome, Planned):
        raise TypeError(f"the golden county has no plan under {pack_id}")
    return screening, outcome.plan, audit(roster, screening, outcome.plan)


def golden_text(pack_id: str) -> str:
    """Return the result under a pack as the text that is reviewed."""
    return "\n".join(_lines(pack_id, *solved(pack_id))) + "\n"


def _lines(pack_id: str, screening: Screening, found: Plan, audited: Audit) -> Iterator[str]:
    yield f"county   {UNITS} units, {PERSONS} persons, seed {COUNTY_SEED}, as of {ON}"
    yield f"roster   {fingerprint(golden_roster())[:16]}"
    yield f"question {pack_id}, draw {DRAW_SEED}, programme {found.receipt.programme}"
    yield "\n[outcomes]"
    yield from _outcomes(screening)
    yield "\n[moves: person, from, to, stage, subject, form, since, until, relation, rules]"
    yield from map(_move, found.moves)
    yield "\n[objectives: value, bound]"
    yield from map(_objective, found.objectives)
    yield "\n[unmet: cell, required, reached]"
    yield from map(_unmet, found.unmet)
    yield "\n[quotas: cell, relation, bound, reached, unknown]"
    for line in audited.quotas:
        cell = " ".join(line.cell)
        yield (
            f"{line.id} {cell}: {line.relation} {line.bound}, {line.reached}, {line.unknown}"
            + ("" if line.met else "  not met")
        )
    yield "\n[balance: stage, indicator, moment, coefficient of variation]"
    columns = ("stage", "indicator", "moment", "cv", "meets")
    for row in audited.balance.indicators.select(columns).iter_rows():
        stage, indicator, moment, cv, meets = row
        number = "unknown" if cv is None else f"{cv:.6f}"
        yield f"{stage} {indicator} {moment}: {number} {_word(meets)}"
    yield f"\n[audit] {'clean' if audited.clean else 'not clean'}"
    yield from (f"{each.code} {each.rule}" for each in audited.violations)


def _outcomes(screening: Screening) -> Iterator[str]:
    """Write each outcome and track with its count and everybody in it."""
    groups = screening.verdicts.group_by("outcome", "track").agg("person_id")
    for outcome, track, persons in groups.sort("outcome", "track").iter_rows():
        yield f"{outcome} {track}".strip() + f": {len(persons)}"
        ids = sorted(persons)
        for first in range(0, len(ids), _PER_LINE):
            yield "    " + " ".join(ids[first : first + _PER_LINE])


def _move(move: Move) -> str:
    relation = "moves" if move.relation_moved else "stays"
    rules = "+".join(move.reason)
    where = f"{move.person_id} {move.from_unit} -> {move.to_unit} {move.stage} {move.subject}"
    return f"{where}, {move.form}, {move.since} {move.until}, {relation}, {rules}"


def _objective(each: ObjectiveValue) -> str:
    return f"{each.id}: {each.value}, {each.bound}" + ("" if each.proven else "  not proven")


def _unmet(each: Unmet) -> str:
    parts = (each.unit_id, each.stage, each.subject, each.role, each.zone, each.person_id)
    cell = " ".join(part for part in (each.kind, each.rule, *parts) if part)
    return f"{cell}: {each.required}, {each.reached}"


def _word(meets: bool | None) -> str:  # noqa: FBT001 -- the value itself is three-valued
    return {True: "meets", False: "exceeds", None: "open"}[meets]
