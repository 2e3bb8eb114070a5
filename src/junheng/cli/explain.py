"""``junheng explain``: why a person is what they are, with clauses, facts and arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import EXISTING, question_of, question_options, talking
from junheng.engine.screening import Reader, explain, explanation_lines, screen


@click.command("explain")
@click.argument("roster", type=EXISTING)
@click.option("--person", required=True, metavar="人员编号", help="要说明的人。")
@click.option("--public", is_flag=True, help="按可公开的口径说明：暂缓事由只写条款。")
@question_options
@talking
def explain_command(
    console: Console, *, roster: Path, person: str, public: bool, **options: Any
) -> None:
    """说明一个人为什么属于这一类：条款、事实、来源、算式；待核实的写明缺什么。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    reader = Reader.OTHERS if public else Reader.OFFICER
    explanation = explain(screening, person, reader)
    lines = explanation_lines(explanation, console.language)
    for line in lines:
        console.show(line)
    console.finish(
        {"person_id": person, "outcome": explanation.outcome, "lines": list(lines)},
        receipt=screening.receipt,
    )
