"""``junheng plan-diff``: two plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    EXISTING,
    EXISTING_FILE,
    note_other_roster,
    question_of,
    question_options,
    talking,
)
from junheng.cli.verb import Verb
from junheng.engine.answers.comparing_words import change_lines
from junheng.engine.answers.situation import evaluated, situation
from junheng.engine.documents import write_plan_changes
from junheng.engine.plans import Plan, PlanChanges, compare_plans, read_plan
from junheng.engine.plans.comparing import MoveChange, ObjectiveChange
from junheng.engine.plans.writing import move_values, unmet_values
from junheng.engine.screening import Screening, screen

SHEET = "方案对照.xlsx"


@click.command(
    "plan-diff",
    cls=Verb,
    example="花名册.xlsx 原方案.json 新方案.json --pack datong-example --on 2026-08-31",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.argument("before", metavar="原方案", type=EXISTING_FILE)
@click.argument("after", metavar="新方案", type=EXISTING_FILE)
@question_options
@talking
def plan_diff_command(
    console: Console, *, roster: Path, before: Path, after: Path, **options: Any
) -> None:
    """对照两份方案：新增、取消、改动了谁，各项目标和未尽义务有何不同。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    plans = [read_plan(path, read) for path in (before, after)]
    for path, plan in zip((before, after), plans, strict=True):
        note_other_roster(console, plan, read, path)
    found = compare_plans(*(_with_values(screening, plan) for plan in plans))
    lines = change_lines(found, screening, console.language)
    for line in lines:
        console.show(line)
    if question.out is not None:
        question.out.mkdir(parents=True, exist_ok=True)
        target = question.out / SHEET
        write_plan_changes(found, screening, target)
        console.say("cli.file-written", path=target)
    console.finish(_values(found), receipt=screening.receipt)


def _with_values(screening: Screening, plan: Plan) -> Plan:
    """Work out the objectives of a plan that does not state them, as a hand-made one."""
    if plan.objectives:
        return plan
    return evaluated(situation(screening.evaluation.roster, screening, plan))


def _values(found: PlanChanges) -> dict[str, object]:
    return {
        "new": [_move_values(each) for each in found.new],
        "gone": [_move_values(each) for each in found.gone],
        "changed": [_move_values(each) for each in found.changed],
        "objectives": [_objective_values(each) for each in found.objectives],
        "unmet": [
            {
                "before": None if each.before is None else unmet_values(each.before),
                "after": None if each.after is None else unmet_values(each.after),
            }
            for each in found.unmet
        ],
    }


def _objective_values(change: ObjectiveChange) -> dict[str, object]:
    stated = {"before": change.before, "after": change.after}
    return {
        "id": change.id,
        "scale": max(each.scale for each in stated.values() if each is not None),
        **{when: None if each is None else each.value for when, each in stated.items()},
    }


def _move_values(change: MoveChange) -> dict[str, object]:
    return {
        "person": change.person_id,
        "before": None if change.before is None else move_values(change.before),
        "after": None if change.after is None else move_values(change.after),
    }
