"""Measure answers about a plan: prices, planning again with few changes, explanations.

Prints seconds of each question on a county of 20 schools and 500 persons, or with ``--county``
of 100 and 5,000: three movers who stay instead, three who go elsewhere, the plan made again
after one objection with and without a limit on changes, the reasons of all moves, and the
explanations of some persons with their mean. Returns 1 if a price is not proven.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

import polars as pl

from junheng.engine.answers import reasons
from junheng.engine.answers.pricing import Price, price
from junheng.engine.answers.replanning import Replanned, again
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.answers.what_if import Sent, Stays, WhatIf
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Move, Plan, compare_plans
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Explainer, Screening, explanation_lines, screen

Result = TypeVar("Result")

PACK, SEED, DAY = "datong-example", 1, date(2026, 8, 31)
SMALL, COUNTY = (20, 500), (100, 5000)
EXPLAINED = 200


def timed(label: str, ask: Callable[[], Result]) -> Result:
    """Ask, print the seconds, and return the answer."""
    start = time.perf_counter()
    found = ask()
    print(f"{label}: {time.perf_counter() - start:.2f} s", flush=True)
    return found


def asked(roster: Roster) -> Screening:
    """Screen a roster under the pack of the measurement."""
    return screen(roster, resolve(load(PACK), on=DAY, year=None, settings={}))


def planned(roster: Roster, screening: Screening) -> Plan:
    """Return the best plan."""
    outcome = plan(roster, screening, seed=SEED)
    if not isinstance(outcome, Planned):
        raise SystemExit("the county has no plan")
    return outcome.plan


def priced(today: Situation, moves: list[Move]) -> bool:
    """Price staying and going elsewhere; return whether everything is proven."""
    proven = True
    for move in moves:
        person = today.person_of[move.person_id]
        other = next(
            today.problem.units.ids[today.problem.arcs.unit[arc]]
            for arc in reversed(today.arcs_of[person])
            if today.problem.units.ids[today.problem.arcs.unit[arc]] != move.to_unit
        )
        what_ifs: tuple[WhatIf, ...] = (Stays(move.person_id), Sent(move.person_id, other))
        for each in what_ifs:
            found = timed(f"price of {each}", partial(price, today, [each]))
            if isinstance(found, Price):
                told = {e.id: e.difference for e in found.objectives if e.difference}
                print(f"    {told or 'a tie'}, {found.changes} changes, exact: {found.exact}")
                proven = proven and found.exact
    return proven


def objected(roster: Roster, move: Move) -> Roster:
    """Return the roster with a decision that somebody does not go where planned."""
    row = {"decision_kind": "禁止", "person_id": move.person_id, "unit_id": move.to_unit}
    decisions = roster["decisions"]
    more = pl.concat([decisions, pl.DataFrame([row])], how="diagonal_relaxed")
    tables = {**roster.tables, "decisions": more.select(decisions.columns)}
    return replace(roster, tables=tables)


def replanned(roster: Roster, earlier: Plan, move: Move) -> None:
    """Plan again after an objection, from scratch and with few changes."""
    after = objected(roster, move)
    screening = asked(after)
    scratch = timed("again from scratch", lambda: planned(after, screening))
    print(f"    {len(compare_plans(earlier, scratch).affected)} changes")
    question = timed("question again", lambda: again(after, screening, earlier))
    limits: tuple[int | None, ...] = (None, 1, 2)
    for most in limits:
        label = "without loss" if most is None else f"at most {most} changes"
        ask = question.without_loss if most is None else partial(question.with_limit, most)
        found = timed(label, ask)
        if isinstance(found, Replanned):
            values = {each.id: each.value for each in found.plan.objectives}
            print(f"    {found.changes} changes, {values}")


def main() -> int:
    """Measure one county; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--county", action="store_true", help="100 schools, 5,000 persons")
    units, persons = COUNTY if parser.parse_args().county else SMALL
    roster = generate(units=units, persons=persons, seed=SEED, on=DAY)
    screening = asked(roster)
    found = timed("plan", lambda: planned(roster, screening))
    today = timed("situation", lambda: situation(roster, screening, found))
    third = max(1, len(found.moves) // 3)
    proven = priced(today, list(found.moves[::third][:3]))
    replanned(roster, found, found.moves[third])
    timed(f"reasons of {len(found.moves)} moves", lambda: reasons(roster, screening, found))
    explainer = Explainer(screening)
    ids = screening.evaluation.person_ids[:: max(1, persons // EXPLAINED)]
    timed(
        f"explanations of {len(ids)} persons",
        lambda: [explanation_lines(explainer.explain(person)) for person in ids],
    )
    return 0 if proven else 1


if __name__ == "__main__":
    sys.exit(main())
