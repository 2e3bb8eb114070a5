"""Measure what a plan does to the balance: L2 before and after, over ten counties.

Prints, for each county of 100 schools and 5,000 persons, the coefficient of variation of the
backbone teachers in each stage before and after, the moves, and whether every objective is
proven; then the median of each. Returns 1 where a plan is not proven or a stage is less even
after than before. ``--size`` takes other counties, ``--pack`` another pack.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from statistics import median

import polars as pl

from junheng.engine.balance import balance
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.screening import screen

SEEDS = range(1, 11)
DRAW_SEED = 1
_DAY = date(2026, 8, 31)
_STAGES = ("小学", "初中")
_FIGURES = tuple((stage, moment) for stage in _STAGES for moment in ("before", "after"))


def coefficients(pack_id: str, size: tuple[int, int], seed: int) -> tuple[list[float], bool]:
    """Plan one county; return L2 per stage before and after, and whether all is proven."""
    units, persons = size
    roster = generate(units=units, persons=persons, seed=seed, on=_DAY)
    screening = screen(roster, resolve(load(pack_id), on=_DAY))
    outcome = plan(roster, screening, seed=DRAW_SEED)
    if not isinstance(outcome, Planned):
        print(f"seed {seed}: no plan", flush=True)
        return [], False
    found = outcome.plan
    lines = balance(roster, screening, found).indicators.filter(pl.col("indicator") == "L2")
    figures = [
        float(lines.filter(pl.col("stage") == stage, pl.col("moment") == moment)["cv"].item())
        for stage, moment in _FIGURES
    ]
    proven = all(each.proven for each in found.objectives)
    told = ", ".join(
        f"{stage} {before:.3f} → {after:.3f}"
        for stage, before, after in zip(_STAGES, figures[::2], figures[1::2], strict=True)
    )
    said = "proven" if proven else "NOT PROVEN"
    print(f"seed {seed}: {told}; {len(found.moves)} moves, {said}", flush=True)
    return figures, proven


def main(arguments: Sequence[str]) -> int:
    """Measure all counties and print the medians."""
    parser = argparse.ArgumentParser(prog="bench.balance")
    parser.add_argument("--pack", default="datong-example")
    parser.add_argument("--size", nargs=2, type=int, default=(100, 5000))
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    asked = parser.parse_args(arguments)
    rows, well = [], True
    for seed in asked.seeds:
        figures, proven = coefficients(asked.pack, tuple(asked.size), seed)
        even = all(
            after <= before for before, after in zip(figures[::2], figures[1::2], strict=True)
        )
        well = well and proven and even
        rows += [figures] if figures else []
    for (stage, moment), *values in zip(_FIGURES, *rows, strict=True):
        print(f"median {stage} {moment}: {median(values):.3f}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
