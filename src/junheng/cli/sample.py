"""``junheng sample``: make a synthetic county, city or form to try everything on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng.cli.console import Console
from junheng.cli.options import PATH, Day, talking
from junheng.cli.verb import Verb
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.foreign import district, returns
from junheng.engine.roster.generator import generate, write_messy
from junheng.engine.roster.writing import write_workbook
from junheng.messages import sentence


@click.command(
    "sample",
    cls=Verb,
    example="花名册.xlsx --units 20 --persons 500",
)
@click.argument("out", metavar="去处", type=PATH)
@click.option("--units", default=20, show_default=True, type=click.IntRange(2), help="单位数。")
@click.option(
    "--persons", default=500, show_default=True, type=click.IntRange(10), help="人数。"
)
@click.option("--seed", default=1, show_default=True, help="随机种子；同一种子得到同一个县。")
@click.option(
    "--form",
    type=click.Choice(["own", "district", "return"]),
    default="own",
    help="自有表、七十二栏区级花名册，或省级汇总表。",
)
@click.option("--messy", is_flag=True, help="像真实填报那样杂乱，并埋入一批已知错误。")
@click.option("--on", type=Day(), default="2026-08-31", show_default=True, help="名册的日期。")
@talking
def sample_command(  # noqa: PLR0913 -- one argument for each option of the command
    console: Console,
    *,
    out: Path,
    units: int,
    persons: int,
    seed: int,
    form: str,
    messy: bool,
    on: date,
) -> None:
    """生成一个虚构县的花名册工作簿，供试用和培训；其中没有真实的人。"""
    try:
        roster = generate(units=units, persons=persons, seed=seed, on=on)
    except ValueError as refused:
        raise click.UsageError(sentence("cli.sample-too-small")) from refused
    out.parent.mkdir(parents=True, exist_ok=True)
    planted: list[str] = []
    match form, messy:
        case "own", False:
            write_workbook(roster, out, on=on)
        case "own", True:
            planted = [str(error) for error in write_messy(roster, out, seed=seed, on=on)]
        case "district", _:
            district.write(roster, out, on=on)
        case _:
            returns.write(roster, out, on=on)
    sizes = {"units": roster["units"].height, "persons": roster["persons"].height}
    console.say("cli.sample-written", path=out, **sizes)
    console.finish(
        {"path": out, **sizes, "fingerprint": fingerprint(roster), "planted": planted}
    )
