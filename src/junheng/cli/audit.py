"""``junheng audit``: check any plan again, ours or one made by hand in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    ANSWER_IS_NO,
    EXISTING,
    EXISTING_FILE,
    note_other_roster,
    question_of,
    question_options,
    talking,
)
from junheng.cli.verb import Verb
from junheng.engine.audit import (
    audit,
    audit_lines,
    audit_problems,
    audit_values,
    fairness_lines,
)
from junheng.engine.plans import examine_plan
from junheng.engine.roster.marking import write_marked_copy
from junheng.engine.screening import screen


@click.command(
    "audit",
    cls=Verb,
    example="花名册.xlsx 名册.xlsx --pack datong-example --on 2026-08-31",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.argument("plan", metavar="方案", type=EXISTING_FILE)
@click.option("--fairness", is_flag=True, help="另列负担和志愿在各类人员中的分布。")
@question_options
@talking
def audit_command(
    console: Console, *, roster: Path, plan: Path, fairness: bool, **options: Any
) -> None:
    """审核任何方案（plan.json 或含“方案”表的工作簿），列出每一处违反及其条款。

    读不懂的行也一并列出，其余照审；给出 --out 时另存一份标注了问题的工作簿。
    """
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    reading = examine_plan(plan, read)
    note_other_roster(console, reading.plan, read)
    found = audit(read, screening, reading.plan)
    for line in audit_lines(found, console.language, reading):
        console.show(line)
    for line in fairness_lines(found.fairness, read, console.language) if fairness else ():
        console.show(line)
    problems = audit_problems(found, reading=reading)
    if question.out is not None and reading.places:
        question.out.mkdir(parents=True, exist_ok=True)
        marked = question.out / f"{plan.stem}（标注）.xlsx"
        write_marked_copy(plan, problems, marked)
        console.say("cli.marked-copy", path=marked)
    result = audit_values(found, reading)
    console.finish(result, receipt=screening.receipt, problems=reading.problems)
    if not found.clean or reading.problems:
        click.get_current_context().exit(ANSWER_IS_NO)
