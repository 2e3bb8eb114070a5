"""CBC's own program on the whole programme, written as an MPS file."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import cbcbox

from bench.oracles.highs import loaded
from bench.oracles.questions import Question
from bench.oracles.staged import Kept, main

_FIRST = re.compile(r"^(?P<how>.*) - objective value\s+(?P<value>[-+0-9.eE]+)")


def solve(
    question: Question, number: int, kept: Kept, seconds: float
) -> tuple[int, bool] | None:
    """Solve one objective to the last unit."""
    with tempfile.TemporaryDirectory() as folder:
        written, found = Path(folder) / "model.mps", Path(folder) / "found.txt"
        loaded(question, number, kept).writeModel(str(written))
        options = ("-ratioGap", "0", "-allowableGap", "0.5", "-timeMode", "elapsed")
        command = [cbcbox.cbc_bin_path(), str(written), "-seconds", str(seconds), *options]
        subprocess.run(  # noqa: S603 -- fixed command of our own
            [*command, "-solve", "-solution", str(found)], check=True, capture_output=True
        )
        lines = found.read_text().splitlines() if found.exists() else []
    first = _FIRST.match(lines[0]) if lines else None
    if first is None or first["how"].startswith("Infeasible"):
        return None
    return round(float(first["value"])), first["how"].startswith("Optimal")


if __name__ == "__main__":
    main(solve)
