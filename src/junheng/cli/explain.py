"""``junheng explain``: why a person is what they are, with clauses, facts and arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import EXISTING, question_of, question_options, talking
from junheng.engine.planning import reasons, reasons_lines
from junheng.engine.plans import Plan, read_plan
from junheng.engine.screening import (
    Reader,
    Screening,
    explain,
    explanation_lines,
    screen,
)
from junheng.messages import sentence


@click.command("explain")
@click.argument("roster", type=EXISTING)
@click.option("--person", required=True, metavar="人员编号", help="要说明的人。")
@click.option("--public", is_flag=True, help="按可公开的口径说明：暂缓事由只写条款。")
@click.option("--plan", type=EXISTING, help="方案；给出时再说明为什么去那里。")
@question_options
@talking
def explain_command(
    console: Console,
    *,
    roster: Path,
    person: str,
    public: bool,
    plan: Path | None,
    **options: Any,
) -> None:
    """说明一个人为什么属于这一类、方案为什么这样安排：条款、事实、来源、算式；待核实的写明缺什么。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    reader = Reader.OTHERS if public else Reader.OFFICER
    explanation = explain(screening, person, reader)
    lines = list(explanation_lines(explanation, console.language))
    if plan is not None:
        lines += _placed(console, screening, read_plan(plan, read), person)
    for line in lines:
        console.show(line)
    console.finish(
        {"person_id": person, "outcome": explanation.outcome, "lines": lines},
        receipt=screening.receipt,
    )


def _placed(console: Console, screening: Screening, plan: Plan, person: str) -> list[str]:
    """Say why the plan sends the person where it does, or that it does not move them."""
    for found in reasons(screening.evaluation.roster, screening, plan):
        if found.person_id == person:
            return list(reasons_lines(found, screening, console.language))
    return [sentence("cli.not-moved", console.language)]
