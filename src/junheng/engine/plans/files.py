"""Reading a plan from whatever file it is in."""

from __future__ import annotations

from pathlib import Path

from junheng.engine.plans.plan import Plan
from junheng.engine.plans.reading import plan_of_text
from junheng.engine.plans.workbook import read_plan_workbook
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, RosterError, SheetPlace


def read_plan(path: Path, roster: Roster) -> Plan:
    """Read a plan from plan.json, or from any workbook with a sheet 方案.

    Raises
    ------
    RosterError
        With every problem of the file.
    """
    if path.suffix.lower() != ".json":
        return read_plan_workbook(path, roster)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        place = SheetPlace(path.name)
        raise RosterError([Problem("plans.not-utf8", place=place)]) from error
    return plan_of_text(text, path.name)
