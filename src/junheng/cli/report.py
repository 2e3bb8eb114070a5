"""``junheng report``: the folder an officer signs: registers, report, pictures, page."""

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
from junheng.engine.answers.tradeoff import TradeOff, trade_off
from junheng.engine.documents import write_report
from junheng.engine.plans import Plan, read_plan
from junheng.engine.screening import Screening, screen

DEFAULT_FOLDER = Path("结果")


@click.command(
    "report",
    cls=Verb,
    example="花名册.xlsx 结果/plan.json --pack datong-example --on 2026-08-31 --out 结果",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.argument("plan", metavar="方案", type=EXISTING_FILE)
@click.option("--grounds", is_flag=True, help="另出一份载明暂缓事由的内部文件。")
@click.option(
    "--trade-off",
    "with_trade_off",
    is_flag=True,
    help="另画目标之间的取舍；要重新求解，费时较多。",
)
@question_options
@talking
def report_command(
    console: Console,
    *,
    roster: Path,
    plan: Path,
    grounds: bool,
    with_trade_off: bool,
    **options: Any,
) -> None:
    """出具结果：名册、情况说明、各图和可以查一校一人的方案一览。

    名册工作簿里有各类人员、指标、方案、每校前后、均衡前后、审核和图。
    """
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    folder = question.out or DEFAULT_FOLDER
    found = read_plan(plan, read)
    note_other_roster(console, found, read)
    files = write_report(
        read,
        screening,
        found,
        folder=folder,
        with_grounds=grounds,
        trade_off=_points(console, screening, found) if with_trade_off else None,
    )
    for file in files:
        console.say("cli.file-written", path=file)
    console.finish({"files": list(files)}, receipt=screening.receipt)


def _points(console: Console, screening: Screening, plan: Plan) -> TradeOff | None:
    """Return the points under the plan's own seed; None, said aloud, where there are none."""
    roster, seed = screening.evaluation.roster, plan.receipt.seed
    found = trade_off(roster, screening, seed=seed)
    if isinstance(found, TradeOff):
        return found
    console.say("cli.no-trade-off")
    return None
