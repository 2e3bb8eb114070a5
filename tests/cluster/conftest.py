"""A folder of small counties, one workbook each, made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from junheng.cluster import CountyTask
from junheng.engine.roster.generator import generate
from junheng.engine.roster.writing import write_workbook

ON = date(2026, 8, 31)
COUNTIES = ("东县", "南县", "西县")

Tasks = Callable[[Path], list[CountyTask]]


@pytest.fixture(scope="session")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("花名册")
    for seed, county in enumerate(COUNTIES, start=1):
        roster = generate(units=8, persons=120, seed=seed, on=ON)
        write_workbook(roster, folder / f"{county}.xlsx", on=ON)
    return folder


@pytest.fixture(scope="session")
def tasks(rosters: Path) -> Tasks:
    """Return the tasks of all counties, with their results in a folder."""

    def tasks_in(out: Path) -> list[CountyTask]:
        return [
            CountyTask(
                county=county,
                roster=rosters / f"{county}.xlsx",
                pack="datong-example",
                on=ON,
                seed=7,
                out=out,
            )
            for county in COUNTIES
        ]

    return tasks_in
