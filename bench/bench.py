"""Print every figure that is claimed, with the machine it was measured on.

``python dev.py bench`` runs all parts; ``python dev.py bench roster planning`` only those
named. Figures are ratios within one run wherever two things are compared: machines differ,
ratios much less. Each part runs in a process of its own, so that none sees another's memory.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version

PARTS = ("roster", "screening", "planning", "balance", "answers", "mutations")
_LIBRARIES = ("polars", "numpy", "highspy", "python-calamine")


def machine() -> str:
    """Describe machine, interpreter and the libraries that matter for speed."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}; {libraries}"
    )


def main(arguments: Sequence[str]) -> int:
    """Run the parts named, or all of them; return 1 if any misses what it asks for."""
    unknown = sorted(set(arguments) - set(PARTS))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(machine(), flush=True)
    failed = 0
    for part in arguments or PARTS:
        print(f"\n== {part}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False)  # noqa: S603 -- fixed command of our own
        failed = failed or int(done.returncode != 0)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
