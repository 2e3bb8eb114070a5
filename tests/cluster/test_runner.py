"""A lost process costs its county only, nothing finished is done twice, nobody is forgotten."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from junheng.cluster import (
    CountyCancelled,
    CountyFailed,
    CountyPlanned,
    CountyRefused,
    CountyTask,
    Reached,
    Started,
    plan_counties,
)
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import plan_text
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.reading import read_roster
from junheng.engine.screening import screen
from junheng.errors import PackError
from tests.cluster.conftest import COUNTIES, ON, Tasks


class Killer:
    """Kills the processes of one county before they can have come to an end.

    A process is heard of the moment it is made; a later message may be read when the process
    that sent it is already done.
    """

    def __init__(self, county: str, times: int) -> None:
        self.county, self.times, self.attempts = county, times, 0

    def __call__(self, event: Started | Reached) -> None:
        if event.county != self.county or not isinstance(event, Started):
            return
        self.attempts = event.attempt
        if self.times:
            self.times -= 1
            os.kill(event.pid, signal.SIGKILL)


@pytest.mark.slow
def test_each_county_gets_the_plan_that_it_would_get_alone(
    tmp_path: Path, tasks: Tasks
) -> None:
    asked = tasks(tmp_path)

    results = list(plan_counties(asked, workers=2))

    assert sorted(result.county for result in results) == sorted(COUNTIES)
    for task in asked:
        roster = read_roster(task.roster)
        alone = plan(roster, screen(roster, resolve(load(task.pack), on=ON)), seed=task.seed)
        assert isinstance(alone, Planned)
        written = (task.folder / "plan.json").read_bytes()
        assert written == plan_text(alone.plan).encode()
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_county_whose_process_is_killed_once_is_planned_at_the_second_try(
    tmp_path: Path, tasks: Tasks
) -> None:
    killer = Killer("南县", times=1)

    results = list(plan_counties(tasks(tmp_path), workers=2, progress=killer))

    assert {result.county for result in results if isinstance(result, CountyPlanned)} == set(
        COUNTIES
    )
    assert (killer.times, killer.attempts) == (0, 2)


@pytest.mark.slow
def test_county_whose_process_is_killed_twice_is_reported_and_the_others_are_planned(
    tmp_path: Path, tasks: Tasks
) -> None:
    results = list(plan_counties(tasks(tmp_path), workers=2, progress=Killer("南县", times=2)))

    failed = [result for result in results if not isinstance(result, CountyPlanned)]
    assert failed == [CountyFailed(county="南县", attempts=2, reason="lost")]
    assert len(results) == len(COUNTIES)
    assert not (tmp_path / "南县" / "receipt.json").exists()


@pytest.mark.slow
def test_cancelling_ends_the_processes_and_names_every_unfinished_county(
    tmp_path: Path, tasks: Tasks
) -> None:
    begun: list[Started | Reached] = []

    results = list(
        plan_counties(
            tasks(tmp_path), workers=2, progress=begun.append, cancelled=lambda: bool(begun)
        )
    )

    assert sorted(results, key=lambda result: result.county) == sorted(
        (CountyCancelled(county=county) for county in COUNTIES), key=lambda r: r.county
    )
    assert multiprocessing.active_children() == []
    assert list(tmp_path.rglob("receipt.json")) == []


@pytest.mark.slow
def test_closing_the_iterator_leaves_no_process_behind(tmp_path: Path, tasks: Tasks) -> None:
    results = plan_counties(tasks(tmp_path), workers=2)
    next(results)

    results.close()

    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_second_run_skips_what_is_finished_and_redoes_what_is_damaged_or_asked_otherwise(
    tmp_path: Path, tasks: Tasks
) -> None:
    first = {result.county: result for result in plan_counties(tasks(tmp_path), workers=2)}
    (tmp_path / "东县" / "plan.json").write_bytes(b"{}")
    asked = [replace(t, seed=8) if t.county == "南县" else t for t in tasks(tmp_path)]
    begun: list[str] = []

    second = list(plan_counties(asked, workers=2, progress=lambda e: begun.append(e.county)))

    kept = {r.county: r for r in second if isinstance(r, CountyPlanned) and r.skipped}
    before = first["西县"]
    assert isinstance(before, CountyPlanned)
    assert kept == {"西县": replace(before, skipped=True)}
    assert set(begun) == {"东县", "南县"}


@pytest.mark.slow
def test_roster_that_cannot_be_read_is_refused_with_its_problems_and_costs_only_itself(
    tmp_path: Path, tasks: Tasks
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK no workbook")
    asked = [replace(tasks(tmp_path)[0], county="坏县", roster=broken), tasks(tmp_path)[1]]

    results = {result.county: result for result in plan_counties(asked, workers=1)}

    assert isinstance(results["南县"], CountyPlanned)
    refused = results["坏县"]
    assert isinstance(refused, CountyRefused)
    assert refused.problems


def test_pack_that_cannot_be_loaded_is_refused_before_any_county_begins(
    tmp_path: Path, tasks: Tasks
) -> None:
    asked = [replace(task, pack="没有这个政策包") for task in tasks(tmp_path)]

    with pytest.raises(PackError):
        next(plan_counties(asked, workers=2))


def test_two_tasks_for_one_folder_are_refused(tmp_path: Path, tasks: Tasks) -> None:
    with pytest.raises(ValueError, match="东县"):
        next(plan_counties(tasks(tmp_path)[:1] * 2, workers=2))


@pytest.mark.parametrize("county", ["", " ", ".", "..", "甲/乙", "甲\\乙"])
def test_county_that_is_no_name_of_a_folder_is_refused(county: str, tasks: Tasks) -> None:
    task: CountyTask = tasks(Path())[0]

    with pytest.raises(ValueError, match="not the name of a folder"):
        replace(task, county=county)
