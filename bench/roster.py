"""Measure reading: 100,000 rows of 30 columns of persons, against python-calamine alone.

Both read the same sheet in the same run, in turns: once ``load_workbook`` and ``to_python()``,
once :func:`junheng.engine.roster.read_roster`, which types, checks and reports as well. The
peak memory is that of a process of its own that reads the roster and nothing else.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import python_calamine
import xlsxwriter

from junheng.engine.roster import read_roster
from junheng.engine.roster.cells import written_rows
from junheng.engine.roster.generator import generate
from junheng.engine.roster.tables import BY_ID

PERSONS, UNITS, COLUMNS, RUNS, SEED = 100_000, 1_000, 30, 3, 7
ALLOWED_RATIO, ALLOWED_MEGABYTES = 2.0, 1024
_DAY = date(2026, 8, 31)


def write_persons(path: Path) -> None:
    """Write a generated county's first thirty columns of persons, as an office would."""
    table = BY_ID["persons"]
    roster = generate(units=UNITS, persons=PERSONS, seed=SEED, on=_DAY)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(table.sheet)
        sheet.write_row(0, 0, [column.header for column in table.columns[:COLUMNS]])
        for number, row in enumerate(written_rows(table, roster["persons"]), start=1):
            for index, value in enumerate(row[:COLUMNS]):
                if isinstance(value, str):
                    sheet.write_string(number, index, value)
                elif value is not None:
                    sheet.write_number(number, index, value)


def read_cells(path: Path) -> int:
    """Read the sheet with python-calamine and nothing else; return its number of rows."""
    workbook = python_calamine.load_workbook(str(path))
    return len(workbook.get_sheet_by_index(0).to_python())


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` took by the wall clock."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_megabytes(path: Path) -> float:
    """Return the peak memory of a process that reads the roster."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from junheng.engine.roster import read_roster\n"
        "read_roster(Path(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    answer = subprocess.run(  # noqa: S603 -- our own fixed script
        [sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True
    )
    return int(answer.stdout) / 1024


def main() -> int:
    """Print the times, the ratio and the peak; 1 when one is above what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "persons.xlsx"
        write_persons(path)
        cells, rosters = [], []
        for _ in range(RUNS):
            cells.append(seconds(lambda: read_cells(path)))
            rosters.append(seconds(lambda: read_roster(path)))
        peak = peak_megabytes(path)
    plain, whole = statistics.median(cells), statistics.median(rosters)
    ratio = whole / plain
    print(f"{PERSONS:,} rows x {COLUMNS} columns, median of {RUNS} runs")
    print(f"python-calamine to_python(): {plain:.2f} s; read and validated: {whole:.2f} s")
    print(f"ratio {ratio:.2f}, allowed {ALLOWED_RATIO}")
    print(f"peak memory {peak:,.0f} MiB, allowed {ALLOWED_MEGABYTES}")
    return int(ratio > ALLOWED_RATIO or peak > ALLOWED_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
