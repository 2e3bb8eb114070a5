"""Questions for other solvers, written to a file, and their answers.

The planner is not imported where an oracle runs: its solver cannot be loaded beside OR-Tools.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from junheng.engine.planning.solvers.programmes import Programme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ORACLES = ("highs", "cbc", "cp_sat")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """A programme as the planner's :class:`Programme` has it."""

    column_lower: Floats
    column_upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A programme whose columns are all whole, and its objectives in order."""

    programme: Arrays
    costs: tuple[Ints, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an oracle found: values without constants, one for each objective it came to.

    ``seconds`` is the solver's work, reading and building left out.
    """

    values: tuple[int, ...]
    proven: tuple[bool, ...]
    seconds: float

    def complete(self, question: Question) -> bool:
        """Whether every objective was reached and proven."""
        return len(self.values) == len(question.costs) and all(self.proven)


def question_of(
    programme: Programme, costs: Mapping[str, Ints], order: Sequence[str]
) -> Question:
    """Return the question of a programme with some objectives in order."""
    arrays = Arrays(
        column_lower=programme.column_lower,
        column_upper=programme.column_upper,
        row_lower=programme.row_lower,
        row_upper=programme.row_upper,
        start=programme.start,
        index=programme.index,
        value=programme.value,
    )
    return Question(programme=arrays, costs=tuple(costs[each] for each in order))


def ask(oracle: str, questions: Sequence[Question], *, seconds: float) -> list[Answer]:
    """Let an oracle answer questions in a process of its own.

    Parameters
    ----------
    oracle : one of :data:`ORACLES`
    seconds : limit for each question, over all its objectives
    """
    with tempfile.TemporaryDirectory() as folder:
        for number, question in enumerate(questions):
            _write(question, Path(folder) / f"{number:04}.npz")
        command = [sys.executable, "-m", f"bench.oracles.{oracle}", folder, str(seconds)]
        done = subprocess.run(  # noqa: S603 -- fixed command of our own
            command, check=True, capture_output=True, text=True, cwd=_ROOT
        )
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        Answer(values=tuple(each[0]), proven=tuple(each[1]), seconds=each[2]) for each in found
    ]


def read_all(folder: Path) -> list[Question]:
    """Read the questions of a folder, in order."""
    return [_read(path) for path in sorted(folder.glob("*.npz"))]


def show(answers: Sequence[Answer]) -> None:
    """Print answers as the last line of a process."""
    rows = [[list(a.values), list(a.proven), a.seconds] for a in answers]
    print(json.dumps(rows))


def _write(question: Question, path: Path) -> None:
    arrays = asdict(question.programme) | {"costs": np.array(question.costs)}
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def _read(path: Path) -> Question:
    with np.load(path) as held:
        fields = {name: held[name] for name in held.files if name != "costs"}
        return Question(programme=Arrays(**fields), costs=tuple(held["costs"]))
