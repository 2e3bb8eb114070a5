"""``junheng plan``: the plan that keeps every rule, proven best, or the conflict in words."""

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
from junheng.cli.planning_answers import Asking
from junheng.cli.verb import Verb
from junheng.engine.planning import refuse_unset
from junheng.engine.plans import Plan, read_plan
from junheng.engine.screening import screen
from junheng.errors import Problem, QuestionError


@click.command(
    "plan",
    cls=Verb,
    example="花名册.xlsx --pack datong-example --on 2026-08-31 --seed 20260831 --out 结果",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.option("--seed", type=int, help="公布的抽签种子，定同等方案；有 --from 时不用给。")
@click.option("--time-limit", type=float, metavar="秒", help="到时给出当时最好的方案和差距。")
@click.option("--from", "earlier", type=EXISTING_FILE, help="原方案：在它上面少改或设想。")
@click.option("--max-changes", type=click.IntRange(min=0), help="至多改动几人；须有 --from。")
@click.option(
    "--what-if",
    "what_ifs",
    multiple=True,
    metavar="设想",
    help='算代价，可重复："P123=>U07"、P123=stay、quota:指标[:单位]=人数、keep（都不动）。',
)
@click.option("--trade-off", is_flag=True, help="列出均衡、志愿、路程之间的取舍。")
@question_options
@talking
def plan_command(console: Console, *, roster: Path, **options: Any) -> None:
    """编制方案：谁去哪里。无解时说明哪些条款不能同时成立。

    另可算设想的代价、在原方案上少改、列出目标之间的取舍。
    """
    _require_sense(options)
    question = question_of(options)
    read, pack = question.read(roster), question.resolved()
    refuse_unset(pack)
    screening = screen(read, pack)
    earlier = None if options["earlier"] is None else read_plan(options["earlier"], read)
    if earlier is not None:
        note_other_roster(console, earlier, read)
    seed = _seed(options["seed"], earlier)
    asking = Asking(console, question, screening, seed, options["time_limit"])
    if options["trade_off"]:
        asking.show_trade_off()
    elif options["what_ifs"]:
        asking.answer_what_if(earlier or asking.best_plan().plan, options["what_ifs"])
    elif earlier is not None:
        asking.plan_again(earlier, options["max_changes"])
    else:
        asking.present(asking.best_plan())


def _seed(given: int | None, earlier: Plan | None) -> int:
    """Return the seed given, else that of the earlier plan; raises QuestionError.

    A plan made by hand has none.
    """
    if given is not None:
        return given
    if earlier is None or not earlier.receipt.solver:
        raise QuestionError([Problem("cli.no-seed")])
    return earlier.receipt.seed


def _require_sense(options: dict[str, Any]) -> None:
    """Refuse options that say nothing together; raises QuestionError."""
    problems = []
    if options["seed"] is None and options["earlier"] is None:
        problems.append(Problem("cli.no-seed"))
    if options["max_changes"] is not None and options["earlier"] is None:
        problems.append(Problem("cli.no-earlier-plan"))
    modes = [options["trade_off"], bool(options["what_ifs"])]
    if sum(modes) > 1 or (any(modes) and options["max_changes"] is not None):
        problems.append(Problem("cli.one-question"))
    if problems:
        raise QuestionError(problems)
