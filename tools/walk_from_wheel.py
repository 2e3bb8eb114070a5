"""Walk once through an installed junheng: ``python tools/walk_from_wheel.py COMMAND …``.

Uses nothing of the checkout but this file, so that data files missing from the wheel, or a
dependency missing from its list, show. Standard library only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_QUESTION = ("--pack", "datong-example", "--on", "2026-08-31")
_STEP_SECONDS = 300


def steps(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the arguments of each step, from a sample county to the registers."""
    county, results = str(folder / "county.xlsx"), folder / "results"
    plan = str(results / "plan.json")
    yield ("sample", county, "--units", "20", "--persons", "500", "--seed", "7")
    yield ("roster", "check", county)
    yield ("screen", county, *_QUESTION, "--out", str(results))
    yield ("plan", county, *_QUESTION, "--seed", "7", "--out", str(results))
    yield ("audit", county, plan, *_QUESTION, "--out", str(results))
    yield ("report", county, plan, *_QUESTION, "--out", str(results))


def walk(command: Sequence[str], folder: Path) -> int:
    """Run every step from inside an empty folder; stop at the first that fails."""
    for step in steps(folder):
        sys.stderr.write(f"junheng {' '.join(step)}\n")
        code = _call(command, step, folder)
        if code != 0:
            sys.stderr.write(f"ended with {code}\n")
            return 1
    return 0


def main(arguments: Sequence[str]) -> int:
    """Check that the command starts and, where it can make a sample county, walk."""
    command = [str(Path(arguments[0]).absolute()), *arguments[1:]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if _call(command, ("--help",), folder) != 0:
            return 1
        if _call(command, ("sample", "--help"), folder) != 0:
            sys.stderr.write("this version makes no sample county: nothing to walk\n")
            return 0
        return walk(command, folder)


def _call(command: Sequence[str], arguments: Sequence[str], folder: Path) -> int:
    return subprocess.run(  # noqa: S603 -- fixed command of our own
        [*command, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=_STEP_SECONDS,
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
