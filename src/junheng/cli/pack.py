"""``junheng pack``: list, check and show policy packs."""

from __future__ import annotations

import click

from junheng.cli.console import Console
from junheng.cli.options import ANSWER_IS_NO, HELP, pack_argument, talking
from junheng.engine.policy.describing import describe
from junheng.engine.policy.loading import load, shipped
from junheng.engine.programme.cases import run_played_cases
from junheng.engine.screening.cases import run_cases
from junheng.errors import PackError


@click.group("pack")
@HELP
def pack_group() -> None:
    """查看和检查政策包。"""


@pack_group.command("list")
@talking
def list_command(console: Console) -> None:
    """列出随程序提供的政策包。"""
    rows = []
    for pack_id in shipped():
        header = load(pack_id).header
        rows.append(
            {
                "id": pack_id,
                "title": header.title,
                "level": header.level,
                "version": header.version,
            }
        )
        console.show(f"{pack_id:28}{header.title}")
    console.finish({"packs": rows})


@pack_group.command("check")
@click.argument("pack", required=False)
@click.option("--all", "every", is_flag=True, help="检查全部随带的政策包。")
@talking
def check_command(console: Console, *, pack: str | None, every: bool) -> None:
    """检查政策包：格式、引用、条款、边界，并运行其中的全部案例。"""
    if every == (pack is not None):
        raise click.UsageError("请给出一个政策包，或用 --all 检查全部，二者取一。")
    problems = []
    checked = []
    for name in shipped() if every else (pack or "",):
        try:
            loaded = load(pack_argument(name))
        except PackError as error:
            problems += list(error.problems)
            continue
        found = [*loaded.warnings, *run_cases(loaded), *run_played_cases(loaded)]
        problems += found
        checked.append({"id": loaded.header.id, "cases": len(loaded.items.cases)})
        console.say(
            "cli.pack-checked",
            id=loaded.header.id,
            rules=len(loaded.items.rules),
            cases=len(loaded.items.cases),
            problems=len(found),
        )
    console.report(problems)
    console.finish({"packs": checked}, problems=problems)
    if any(problem.is_error for problem in problems):
        click.get_current_context().exit(ANSWER_IS_NO)


@pack_group.command("show")
@click.argument("pack")
@talking
def show_command(console: Console, *, pack: str) -> None:
    """显示政策包的内容：参数、开关、规则、指标，未定的排在最前。"""
    described = describe(load(pack_argument(pack)))
    for line in described.lines:
        console.show(line)
    console.finish(described.values)
