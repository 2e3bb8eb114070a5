"""Reading a plan from whatever file it is in."""

from __future__ import annotations

from pathlib import Path

from junheng.engine.plans.plan import Plan
from junheng.engine.plans.reading import plan_of_text
from junheng.engine.plans.workbook import PlanReading, examine_plan_workbook
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, RosterError, SheetPlace


def read_plan(path: Path, roster: Roster) -> Plan:
    """Read a plan from plan.json, or from any workbook with a sheet 方案, all or nothing.

    Raises
    ------
    RosterError
        With every problem of the file.
    """
    reading = examine_plan(path, roster)
    if reading.problems:
        raise RosterError(reading.problems)
    return reading.plan


def examine_plan(path: Path, roster: Roster) -> PlanReading:
    """Read a plan as far as it can be read, so that an audit can go on with the rest.

    A plan.json is read all or nothing: it is not written by hand.

    Raises
    ------
    RosterError
        If nothing of the file can be read.
    """
    if path.suffix.lower() != ".json":
        return examine_plan_workbook(path, roster)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        place = SheetPlace(path.name)
        raise RosterError([Problem("plans.not-utf8", place=place)]) from error
    return PlanReading(plan_of_text(text, path.name))
