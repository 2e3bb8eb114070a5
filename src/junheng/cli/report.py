"""``junheng report``: the folder an officer signs: registers, the one-page report, charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import EXISTING, question_of, question_options, talking
from junheng.engine.documents import write_report
from junheng.engine.plans import read_plan
from junheng.engine.screening import screen

DEFAULT_FOLDER = Path("结果")


@click.command("report")
@click.argument("roster", type=EXISTING)
@click.argument("plan", type=EXISTING)
@click.option("--grounds", is_flag=True, help="另出一份载明暂缓事由的内部文件。")
@question_options
@talking
def report_command(
    console: Console, *, roster: Path, plan: Path, grounds: bool, **options: Any
) -> None:
    """出具结果：各类名册、指标、方案、每校前后、均衡前后、审核，情况说明和图。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    folder = question.out or DEFAULT_FOLDER
    files = write_report(
        read, screening, read_plan(plan, read), folder=folder, with_grounds=grounds
    )
    for file in files:
        console.say("cli.file-written", path=file)
    console.finish({"files": list(files)}, receipt=screening.receipt)
