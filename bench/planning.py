"""Measure planning: 20 schools and 500 persons, over seeds and both example packs.

Prints seconds for each stage, the values reached and whether each is proven. Then solves the
same questions twice, naming every person and counting persons who are alike, and prints
columns, rows and seconds of both. Returns 1 if a value is not proven, a plan takes longer than
allowed, or the two ways differ. ``--county`` compares on one county of 100 schools and 5,000
persons instead; ``--pack`` keeps to one pack; ``--seconds`` limits the solver.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from junheng.engine.planning import Planned, build, plan
from junheng.engine.planning.lexicographic import Best, Pooling, best
from junheng.engine.planning.model import whole_model
from junheng.engine.planning.pooling import pooled
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.programmes import Programme
from junheng.engine.plans import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen

PACKS = ("datong-example", "district-managed-example")
SEEDS, UNITS, PERSONS = range(1, 5), 20, 500
COUNTY = (100, 5000)
EARLY = ("unmet_obligations", "balance", "wishes")
ALLOWED_SECONDS = 10.0
DRAW_SEED = 1
_DAY = date(2026, 8, 31)


@dataclass(frozen=True, slots=True)
class Measured:
    """One plan with its seconds in all and by stage; ``plan`` is None where there is none."""

    plan: Plan | None
    seconds: float
    stages: tuple[tuple[str, float], ...]

    @property
    def proven(self) -> bool:
        """Whether every objective was proven."""
        return self.plan is not None and all(each.proven for each in self.plan.objectives)


def measure(roster: Roster, screening: Screening) -> Measured:
    """Plan once and time every stage by the wall clock."""
    begun: list[tuple[str, float]] = []
    start = time.perf_counter()
    outcome = plan(
        roster,
        screening,
        seed=DRAW_SEED,
        progress=lambda stage: begun.append((stage, time.perf_counter())),
    )
    end = time.perf_counter()
    ends = [at for _, at in begun[1:]] + [end]
    stages = tuple((name, done - at) for (name, at), done in zip(begun, ends, strict=True))
    found = outcome.plan if isinstance(outcome, Planned) else None
    return Measured(found, end - start, stages)


def report(pack_id: str, seed: int, measured: Measured) -> None:
    """Print one county's figures in two lines."""
    moves = "no plan" if measured.plan is None else f"{len(measured.plan.moves)} moves"
    proven = "proven" if measured.proven else "NOT PROVEN"
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in measured.stages)
    print(f"{pack_id} seed {seed}: {moves}, {proven}, {measured.seconds:.2f} s ({stages})")
    if measured.plan is not None:
        values = ", ".join(f"{each.id} {each.value}" for each in measured.plan.objectives)
        print(f"    {values}", flush=True)


def compare(label: str, problem: Problem, seconds: float | None) -> bool:
    """Solve one question both ways, print the figures, and return whether both agree."""
    start = time.perf_counter()
    model = whole_model(problem, problem.objectives)
    built = time.perf_counter()
    pool = pooled(model, problem.arcs, EARLY)
    print(f"{label}: model {built - start:.2f} s, pooling {time.perf_counter() - built:.2f} s")
    print(f"    by person: {_size(model.programme)}; by count: {_size(pool.programme)}")
    print(f"    {len(problem.arcs)} arcs, {pool.n_counts} counts", end="")
    print(f" ({len(pool.groups)} groups, {len(pool.hubs)} hubs)", flush=True)
    named, early_named = _solved(problem, Pooling.NONE, seconds)
    counted, early_counted = _solved(problem, Pooling.ALIKE, seconds)
    print(f"    early stages {early_named / early_counted:.1f} times as fast", flush=True)
    if not isinstance(named, Best) or not isinstance(counted, Best):
        return type(named) is type(counted)
    if not named.complete or not counted.complete:
        return seconds is not None
    return named.stages == counted.stages and bool((named.chosen == counted.chosen).all())


def _size(programme: Programme) -> str:
    columns, rows = len(programme.column_lower), len(programme.row_lower)
    return f"{columns} columns, {rows} rows, {len(programme.value)} entries"


def _solved(problem: Problem, pooling: Pooling, seconds: float | None) -> tuple[object, float]:
    """Solve one way, print its stages, and return the answer and seconds of early stages."""
    begun: list[tuple[str, float]] = []
    start = time.perf_counter()
    found = best(
        problem,
        pooling=pooling,
        seconds=seconds,
        progress=lambda stage: begun.append((stage, time.perf_counter())),
    )
    end = time.perf_counter()
    starts = [start, *(at for _, at in begun[1:]), end]
    took = {
        name: after - at
        for (name, _), at, after in zip(begun, starts[:-1], starts[1:], strict=True)
    }
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
    complete = "proven" if isinstance(found, Best) and found.complete else "NOT PROVEN"
    print(f"    {pooling.name}: {complete}, {end - start:.2f} s ({stages})", flush=True)
    if isinstance(found, Best):
        print("        " + ", ".join(f"{s.id} {s.value} ≥ {s.bound}" for s in found.stages))
    return found, sum(took.get(each, 0.0) for each in EARLY)


def _compared(
    packs: Sequence[str], seeds: Sequence[int], *, size: tuple[int, int], seconds: float | None
) -> bool:
    agree = True
    for pack_id in packs:
        pack = resolve(load(pack_id), on=_DAY)
        for seed in seeds:
            roster = generate(units=size[0], persons=size[1], seed=seed, on=_DAY)
            problem = build(roster, screen(roster, pack), seed=DRAW_SEED)
            agree &= compare(f"{pack_id} seed {seed}", problem, seconds)
    print(f"counting and naming agree: {'yes' if agree else 'no'}")
    return agree


def _planned(packs: Sequence[str], seeds: Sequence[int]) -> bool:
    """Measure every pack and seed; return whether all are proven in time."""
    missed = 0
    for pack_id in packs:
        pack = resolve(load(pack_id), on=_DAY)
        for seed in seeds:
            roster = generate(units=UNITS, persons=PERSONS, seed=seed, on=_DAY)
            measured = measure(roster, screen(roster, pack))
            report(pack_id, seed, measured)
            missed += not measured.proven or measured.seconds > ALLOWED_SECONDS
    print(f"all proven within {ALLOWED_SECONDS:.0f} s: {'no' if missed else 'yes'}")
    return not missed


def main(arguments: Sequence[str] = ()) -> int:
    """Measure and compare; 1 if something is not proven in time or the two ways differ."""
    parser = argparse.ArgumentParser(prog="bench.planning")
    parser.add_argument("--county", action="store_true")
    parser.add_argument("--pack", choices=PACKS, action="append")
    parser.add_argument("--seconds", type=float)
    asked = parser.parse_args(arguments)
    packs = asked.pack or PACKS
    if asked.county:
        return int(not _compared(packs, SEEDS[:1], size=COUNTY, seconds=asked.seconds))
    planned = _planned(packs, SEEDS)
    agree = _compared(packs, SEEDS, size=(UNITS, PERSONS), seconds=asked.seconds)
    return int(not (planned and agree))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
