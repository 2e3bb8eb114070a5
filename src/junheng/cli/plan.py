"""``junheng plan``: the plan that keeps every rule, proven best, or the conflict in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    ANSWER_IS_NO,
    EXISTING,
    Question,
    question_of,
    question_options,
    talking,
)
from junheng.engine.documents import objective_text, unit_names, unmet_text
from junheng.engine.planning import Conflict, OutOfTime, Planned, conflict_lines, plan
from junheng.engine.plans import Plan, plan_text, plan_values
from junheng.engine.screening import Screening, screen
from junheng.messages import sentence


@click.command("plan")
@click.argument("roster", type=EXISTING)
@click.option("--seed", type=int, required=True, help="公布的抽签种子，同等方案由它决定。")
@click.option("--time-limit", type=float, metavar="秒", help="到时给出当时最好的方案和差距。")
@question_options
@talking
def plan_command(
    console: Console, *, roster: Path, seed: int, time_limit: float | None, **options: Any
) -> None:
    """编制方案：谁去哪里。无解时说明哪些条款不能同时成立。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    outcome = plan(
        read,
        screening,
        seed=seed,
        time_limit=time_limit,
        progress=lambda stage: console.say(
            "cli.progress", stage=sentence(f"objective.{stage}", console.language)
        ),
    )
    match outcome:
        case Planned(plan=found):
            _present(console, question, found, screening)
        case Conflict():
            lines = conflict_lines(outcome, console.language)
            for line in lines:
                console.show(line)
            console.finish({"conflict": list(lines)}, receipt=screening.receipt)
            click.get_current_context().exit(ANSWER_IS_NO)
        case OutOfTime():
            console.say("cli.out-of-time", seconds=outcome.seconds)
            console.finish({"out_of_time": outcome.seconds}, receipt=screening.receipt)
            click.get_current_context().exit(ANSWER_IS_NO)


def _present(console: Console, question: Question, plan: Plan, screening: Screening) -> None:
    """Print what the plan reaches and write plan.json."""
    console.show(sentence("cli.plan-moves", console.language, count=len(plan.moves)))
    for reached in plan.objectives:
        title = sentence(f"objective.{reached.id}", console.language)
        proof = "cli.proven" if reached.proven else "cli.gap"
        console.show(
            f"  {title}：{objective_text(reached)}"
            + sentence(proof, console.language, gap=f"{float(reached.gap):.4%}")
        )
    console.show(sentence("cli.plan-unmet", console.language, count=len(plan.unmet)))
    names = unit_names(screening.evaluation.roster)
    for unmet in plan.unmet:
        text = unmet_text(unmet, screening.evaluation.pack, names, console.language)
        console.show(f"  {text}")
    if question.out is not None:
        question.out.mkdir(parents=True, exist_ok=True)
        target = question.out / "plan.json"
        target.write_bytes(plan_text(plan).encode())
        console.say("cli.file-written", path=target)
    console.finish(plan_values(plan), receipt=plan.receipt.screening)
