"""Unmet obligations (未尽义务): what is owed and not reached, each counted once (§7)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from junheng.engine.planning.constraints.stocks import flows
from junheng.engine.planning.matrix import NO_LIMIT, Mask, Rows
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.objectives.shortfalls import Shortfalls
from junheng.engine.planning.problem import Problem, Stock
from junheng.engine.plans.plan import Unmet


def unmet(problem: Problem, chosen: Mask) -> tuple[Unmet, ...]:
    """Return every obligation that a choice of arcs leaves unmet, sorted."""
    found = [
        *_shortages(problem.cells, chosen),
        *_surpluses(problem.cells, chosen, "surplus"),
        *_shortages(problem.leadership, chosen),
        *_surpluses(problem.establishment, chosen, "establishment"),
        *_quotas(problem, chosen),
        *_duties(problem, chosen),
    ]
    return tuple(sorted(found))


def _shortages(stock: Stock, chosen: Mask) -> Iterator[Unmet]:
    after = stock.after(chosen)
    for place in np.flatnonzero(after < stock.required):
        yield _unmet("shortage", stock.names[place], stock.required[place], after[place])


def _surpluses(stock: Stock, chosen: Mask, kind: str) -> Iterator[Unmet]:
    after = stock.after(chosen)
    for place in np.flatnonzero(after > stock.established):
        yield _unmet(kind, stock.names[place], stock.established[place], after[place])


def _quotas(problem: Problem, chosen: Mask) -> Iterator[Unmet]:
    for limit in problem.quotas:
        count, base = limit.reached(chosen)
        bound = limit.bound(base)
        if limit.floor and count < bound:
            yield _unmet("quota", limit.name, bound, count, rule=limit.name.rule)


def _duties(problem: Problem, chosen: Mask) -> Iterator[Unmet]:
    staff = problem.staff
    moved = set(problem.arcs.person[chosen].tolist())
    for person in problem.owed:
        if int(person) not in moved:
            name = Name(
                rule="、".join(staff.because[person]),
                person_id=staff.ids[person],
                unit_id=problem.units.ids[staff.works_at[person]],
            )
            yield _unmet("duty", name, 1, 0, rule=name.rule)


def _unmet(
    kind: str, name: Name, required: int | np.int64, reached: int | np.int64, rule: str = ""
) -> Unmet:
    return Unmet(
        kind=kind,
        rule=rule,
        unit_id=name.unit_id,
        stage=name.stage,
        subject=name.subject,
        role=name.role,
        zone=name.zone,
        pair=name.pair,
        person_id=name.person_id,
        required=int(required),
        reached=int(reached),
    )


def _value(problem: Problem, chosen: Mask) -> int:
    return sum(each.amount for each in unmet(problem, chosen))


def _cost(problem: Problem) -> Cost:
    rows = Rows()
    constant = 0
    for stock in (problem.cells, problem.leadership):
        constant += _missing(rows, stock)
    for stock in (problem.cells, problem.establishment):
        constant += _too_many(rows, stock)
    shortfalls = Shortfalls(rows, problem)
    constant += shortfalls.add_all(limit for limit in problem.quotas if limit.floor)
    owed = np.isin(problem.arcs.person, problem.owed)
    own = np.ones(len(rows.own_upper), dtype=np.int64)
    own[shortfalls.free] = 0
    return Cost(
        constant=constant + len(problem.owed),
        arcs=-owed.astype(np.int64),
        own=own,
        block=rows.block(),
    )


def _missing(rows: Rows, stock: Stock) -> int:
    """Add shortage columns where the number can change; return the rest of the shortage."""
    fixed = np.maximum(0, stock.required - stock.before)
    for place, came, left in flows(stock):
        gap = int(stock.required[place] - stock.before[place])
        most = gap + len(left)
        fixed[place] = 0
        if most > 0:
            row = rows.row(stock.names[place], [(came, 1), (left, -1)], lower=gap)
            rows.own(row, 1, upper=most)
    return int(fixed.sum())


def _too_many(rows: Rows, stock: Stock) -> int:
    """Add surplus columns where the number can change; return the rest of the surplus."""
    fixed = np.maximum(0, stock.before - stock.established)
    for place, came, left in flows(stock):
        if stock.established[place] == NO_LIMIT:
            continue
        room = int(stock.established[place] - stock.before[place])
        most = len(came) - room
        fixed[place] = 0
        if most > 0:
            row = rows.row(stock.names[place], [(came, 1), (left, -1)], upper=room)
            rows.own(row, -1, upper=most)
    return int(fixed.sum())


UNMET_OBLIGATIONS = Objective(id="unmet_obligations", cost=_cost, value=_value)
"""Posts short and too many, heads and leaders short, quotas and duties not reached."""
