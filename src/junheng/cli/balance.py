"""``junheng balance``: official coefficients, before and after a plan."""

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
from junheng.engine.balance import balance, balance_lines, balance_values
from junheng.engine.plans import read_plan
from junheng.engine.screening import screen


@click.command(
    "balance",
    cls=Verb,
    example="花名册.xlsx 结果/plan.json --pack datong-example --on 2026-08-31",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.argument("plan", metavar="[方案]", type=EXISTING_FILE, required=False)
@question_options
@talking
def balance_command(
    console: Console, *, roster: Path, plan: Path | None, **options: Any
) -> None:
    """均衡测算：各学段各指标的差异系数与限值，有方案时比较前后。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    chosen = None if plan is None else read_plan(plan, read)
    if chosen is not None:
        note_other_roster(console, chosen, read)
    found = balance(read, screening, chosen)
    for line in balance_lines(found, console.language):
        console.show(line)
    console.finish(balance_values(found), receipt=screening.receipt)
