"""``junheng audit``: check any plan again, ours or one made by hand in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import ANSWER_IS_NO, EXISTING, question_of, question_options, talking
from junheng.engine.audit import audit, audit_lines, audit_values
from junheng.engine.plans import read_plan
from junheng.engine.screening import screen


@click.command("audit")
@click.argument("roster", type=EXISTING)
@click.argument("plan", type=EXISTING)
@question_options
@talking
def audit_command(console: Console, *, roster: Path, plan: Path, **options: Any) -> None:
    """审核任何方案（plan.json 或含“方案”表的工作簿），列出每一处违反及其条款。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    found = audit(read, screening, read_plan(plan, read))
    for line in audit_lines(found, console.language):
        console.show(line)
    console.finish(audit_values(found), receipt=screening.receipt)
    if not found.clean:
        click.get_current_context().exit(ANSWER_IS_NO)
