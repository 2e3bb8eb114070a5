"""Objectives strictly in order with a solver that knows one at a time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.oracles.questions import Answer, Question, read_all, show

Kept = Sequence[tuple[NDArray[np.int64], int]]
Solver = Callable[[Question, int, Kept, float], tuple[int, bool] | None]
"""Solves one objective, by number, with earlier ones kept, within seconds; value and proof."""


def answer(question: Question, solver: Solver, seconds: float) -> Answer:
    """Solve all objectives in order, as long as each is proven and there is time."""
    values: list[int] = []
    proven: list[bool] = []
    begun, worked = time.perf_counter(), _worked()
    for number in range(len(question.costs)):
        left = seconds - (time.perf_counter() - begun)
        kept = list(zip(question.costs, values, strict=False))
        found = solver(question, number, kept, left) if left > 0 else None
        if found is None:
            break
        values.append(found[0])
        proven.append(found[1])
        if not found[1]:
            break
    worked = _worked() - worked
    return Answer(values=tuple(values), proven=tuple(proven), seconds=worked)


def _worked() -> float:
    """Return the seconds that this process and those it began have worked."""
    return sum(os.times()[:4])


def main(solver: Solver) -> None:
    """Answer the questions of the folder on the command line."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    show([answer(question, solver, seconds) for question in read_all(folder)])
