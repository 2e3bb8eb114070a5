"""Measure the planner's objectives against other solvers, at county size.

``python -m bench.solvers`` prints, for each seed, seconds of work of the planner's search up to
wishes and of all that follows, of the bare linear relaxations of the same programme over counts
up to wishes, and of other solvers on it and on the programme that names every person; then the
medians as ratios. Putting up the programmes is left out everywhere. Work is processor time, so
that a busy machine does not decide; a run that is cut at the limit counts what it worked until
then. ``--solver`` keeps to some of them, ``--solver none`` to the planner and the relaxations.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from statistics import median

import numpy as np

from bench.oracles.questions import Question, ask, question_of
from junheng.engine.planning import build
from junheng.engine.planning.lexicographic import Best, best
from junheng.engine.planning.model import whole_model
from junheng.engine.planning.pooling import pooled
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Session
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.screening import screen

EARLY = ("unmet_obligations", "balance", "wishes")
OTHERS = {
    "highs": ("highs", "counts"),
    "cbc": ("cbc", "counts"),
    "cp_sat": ("cp_sat", "counts"),
    "highs-naive": ("highs", "persons"),
    "cbc-naive": ("cbc", "persons"),
}
PACKS = ("datong-example", "district-managed-example")
_DAY = date(2026, 8, 31)


def _problem(pack_id: str, seed: int, size: tuple[int, int]) -> Problem:
    roster = generate(units=size[0], persons=size[1], seed=seed, on=_DAY)
    return build(roster, screen(roster, resolve(load(pack_id), on=_DAY)), seed=1)


def relaxations(question: Question, values: Sequence[int], problem: Problem) -> float:
    """Return the seconds of the linear relaxations, each keeping the optima before it."""
    model = whole_model(problem, EARLY)
    session = Session(pooled(model, problem.arcs, EARLY).programme, compact=True)
    begun = time.process_time()
    for cost, value in zip(question.costs, values, strict=True):
        row = cost.astype(np.float64)
        session.relax(row)
        session.require(row, lower=-np.inf, upper=value + 1e-6)
    return time.process_time() - begun


def searched(problem: Problem, limit: float) -> tuple[Best | None, float, float]:
    """Return what the planner proves, and its seconds up to wishes and after them."""
    begun: dict[str, float] = {}

    def tell(stage: str) -> None:
        begun[stage] = time.process_time()

    found = best(problem, seconds=limit, progress=tell)
    end = time.process_time()
    after = next((begun[each] for each in ("travel", "draw") if each in begun), end)
    proven = found if isinstance(found, Best) and found.complete else None
    return proven, after - begun[EARLY[0]], end - after


def measure(problem: Problem, solvers: Sequence[str], limit: float) -> dict[str, float]:
    """Return seconds by solver; the planner's own are ``planner`` and ``relaxations``."""
    model = whole_model(problem, EARLY)
    pool = pooled(model, problem.arcs, EARLY)
    questions = {
        "counts": question_of(pool.programme, pool.costs, EARLY),
        "persons": question_of(model.programme, model.costs, EARLY),
    }
    found, early, late = searched(problem, limit)
    if found is None:
        return {"planner": limit}
    values = tuple(s.value - model.constants[s.id] for s in found.stages if s.id in EARLY)
    seconds = {"planner": early, "travel and draw": late}
    seconds["relaxations"] = relaxations(questions["counts"], values, problem)
    for name in solvers:
        oracle, which = OTHERS[name]
        answer = ask(oracle, [questions[which]], seconds=limit)[0]
        complete = answer.complete(questions[which])
        if complete and answer.values != values:
            print(f"    {name} reaches {answer.values}, the planner {values}")
        seconds[name] = answer.seconds
        if not complete:
            print(f"    {name} is cut")
    return seconds


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print seconds of every seed, then medians as ratios to the planner's."""
    parser = argparse.ArgumentParser(prog="bench.solvers")
    parser.add_argument("--pack", choices=PACKS, action="append")
    parser.add_argument("--solver", choices=(*OTHERS, "none"), action="append")
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--limit", type=float, default=300.0)
    parser.add_argument("--size", type=int, nargs=2, default=(100, 5000))
    asked = parser.parse_args(arguments)
    for pack_id in asked.pack or PACKS:
        runs = []
        for seed in asked.seed or range(1, 5):
            begun = time.perf_counter()
            problem = _problem(pack_id, seed, tuple(asked.size))
            print(f"{pack_id} seed {seed}: posed in {time.perf_counter() - begun:.1f} s")
            solvers = [each for each in asked.solver or OTHERS if each != "none"]
            runs.append(measure(problem, solvers, asked.limit))
            print("    " + ", ".join(f"{k} {v:.2f}" for k, v in runs[-1].items()), flush=True)
        for name in runs[0]:
            ratio = median(run.get(name, asked.limit) / run["planner"] for run in runs)
            print(f"{pack_id}: {name} takes {ratio:.2f} times the planner's", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
