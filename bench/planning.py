"""Measure planning: 20 schools and 500 persons, over seeds and both example packs.

Prints seconds for each stage, the values reached and whether each is proven. Returns 1 if a
value is not proven or a plan takes longer than allowed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen

PACKS = ("datong-example", "district-managed-example")
SEEDS, UNITS, PERSONS = range(1, 5), 20, 500
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


def main(seeds: Sequence[int] = SEEDS) -> int:
    """Measure every pack and seed; 1 if one is not proven in time."""
    missed = 0
    for pack_id in PACKS:
        pack = resolve(load(pack_id), on=_DAY)
        for seed in seeds:
            roster = generate(units=UNITS, persons=PERSONS, seed=seed, on=_DAY)
            measured = measure(roster, screen(roster, pack))
            report(pack_id, seed, measured)
            missed += not measured.proven or measured.seconds > ALLOWED_SECONDS
    print(f"all proven within {ALLOWED_SECONDS:.0f} s: {'no' if missed else 'yes'}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
