"""What happens in the process of one county: read, screen, plan, write, answer."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from junheng.cluster.job import (
    CountyConflict,
    CountyFailed,
    CountyOutOfTime,
    CountyPlanned,
    CountyRefused,
    CountyResult,
    CountyTask,
)
from junheng.cluster.receipts import PLAN, write_at_one_stroke, write_receipt
from junheng.engine.planning import Conflict, OutOfTime, Planned, conflict_lines, plan
from junheng.engine.plans import Plan, plan_text
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.reading import read_roster
from junheng.engine.screening import screen
from junheng.errors import EngineBug, JunhengError, Problem


def work(
    task: CountyTask, request: Mapping[str, object], attempt: int, answers: Connection
) -> None:
    """Plan one county and send stages, then the result; the entry of a child process.

    Whatever happens inside is a result; only a killed process sends none. Ctrl-C reaches the
    whole group of processes; what it means is the parent's business.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        result = plan_county(task, request, answers.send)
    except EngineBug as error:
        result = _bug(task, error, attempt)
    except JunhengError as error:
        problems = tuple(_portable(problem) for problem in error.problems)
        result = CountyRefused(county=task.county, problems=problems)
    except Exception as error:
        result = _bug(task, error, attempt)
    answers.send(result)
    answers.close()


def plan_county(
    task: CountyTask, request: Mapping[str, object], progress: Callable[[str], None]
) -> CountyResult:
    """Plan one county and write its folder.

    Parameters
    ----------
    request : what the receipt states as the question
    progress : told the id of each objective as its stage begins

    Raises
    ------
    JunhengError
        If roster or pack cannot answer the question.
    """
    roster = read_roster(task.roster)
    pack = resolve(load(task.pack), on=task.on, year=task.year, settings=dict(task.settings))
    found = plan(
        roster,
        screen(roster, pack),
        seed=task.seed,
        time_limit=task.time_limit,
        progress=progress,
    )
    match found:
        case Planned(plan=best):
            write_at_one_stroke(task.folder / PLAN, plan_text(best))
            planned = _planned(task, best)
            write_receipt(task, request, planned)
            return planned
        case Conflict():
            conflict = CountyConflict(county=task.county, lines=conflict_lines(found))
            write_receipt(task, request, conflict)
            return conflict
        case OutOfTime(seconds):
            return CountyOutOfTime(county=task.county, seconds=seconds)


def _planned(task: CountyTask, plan: Plan) -> CountyPlanned:
    return CountyPlanned(
        county=task.county,
        moves=len(plan.moves),
        unmet=sum(unmet.amount for unmet in plan.unmet),
        objectives=tuple(
            (each.id, each.value, each.bound, each.scale)
            for each in plan.objectives
            if each.id != "draw"
        ),
    )


def _portable(problem: Problem) -> Problem:
    """Return the problem with values that another process can read."""
    values = {key: str(value) for key, value in problem.values.items()}
    return replace(problem, values=values)


def _bug(task: CountyTask, error: Exception, attempt: int) -> CountyFailed:
    """Name kind and place of a bug; its text might name a person."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno}"
    return CountyFailed(county=task.county, attempts=attempt, reason=reason)
