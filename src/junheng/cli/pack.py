"""``junheng pack``: list, check and show policy packs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    ANSWER_IS_NO,
    EXISTING,
    EXISTING_FILE,
    HELP,
    PATH,
    Day,
    pack_argument,
    talking,
)
from junheng.cli.outcome_changes import show_outcome_changes
from junheng.cli.pack_explain import explain_item_command
from junheng.cli.verb import Verb
from junheng.engine.policy.comparing import ItemChange, compare_packs
from junheng.engine.policy.describing import describe
from junheng.engine.policy.linting.copying import copied
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack
from junheng.engine.policy.resolving import resolve
from junheng.engine.policy.starting import start_pack
from junheng.engine.programme.cases import run_played_cases, untried
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.cases import run_cases
from junheng.engine.screening.changes import what_if
from junheng.engine.screening.roster_checks import check_with_roster
from junheng.errors import PackError, Problem
from junheng.messages import in_language, sentence


@click.group("pack")
@HELP
def pack_group() -> None:
    """查看和检查政策包。"""


pack_group.add_command(explain_item_command)


@pack_group.command("list", cls=Verb, example="")
@talking
def list_command(console: Console) -> None:
    """列出随程序提供的政策包。"""
    rows = []
    for pack_id in shipped():
        header = load(pack_id).header
        title = in_language(header.title, console.language)
        rows.append(
            {
                "id": pack_id,
                "title": title,
                "level": header.level,
                "version": header.version,
            }
        )
        console.show(f"{pack_id:28}{title}")
    console.finish({"packs": rows})


@pack_group.command("check", cls=Verb, example="我县政策包 --text 原文.txt")
@click.argument("pack", metavar="[政策包]", required=False)
@click.option("--all", "every", is_flag=True, help="检查全部随带的政策包。")
@click.option("--roster", type=EXISTING, help="花名册：检查指标、流向是否合于实际。")
@click.option("--on", type=Day(), help="问题的日期，与 --roster 同用。")
@click.option("--text", type=EXISTING_FILE, help="原文的文本文件：检查转述有没有照抄。")
@talking
def check_command(
    console: Console,
    *,
    pack: str | None,
    every: bool,
    roster: Path | None,
    on: date | None,
    text: Path | None,
) -> None:
    """检查政策包：格式、引用、条款、边界，并运行其中的全部案例。"""
    if every == (pack is not None):
        raise click.UsageError("请给出一个政策包，或用 --all 检查全部，二者取一。")
    further = _Further.of(roster, on, text)
    problems = []
    checked = []
    for name in shipped() if every else (pack or "",):
        try:
            loaded = load(pack_argument(name))
        except PackError as error:
            problems += list(error.problems)
            continue
        found = [*loaded.warnings, *run_cases(loaded), *run_played_cases(loaded)]
        found += untried(loaded)
        found += further.problems(loaded)
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


@dataclass(frozen=True, slots=True)
class _Further:
    """What a pack is checked against beyond itself: a roster on a day, and the printed text."""

    roster: Roster | None
    on: date | None
    text: str

    @staticmethod
    def of(roster: Path | None, on: date | None, text: Path | None) -> _Further:
        """Read what was given."""
        if (roster is None) != (on is None):
            raise click.UsageError("--roster 和 --on 要一起给出。")
        return _Further(
            read_roster(roster) if roster is not None else None,
            on,
            text.read_text(encoding="utf-8") if text is not None else "",
        )

    def problems(self, pack: Pack) -> tuple[Problem, ...]:
        """Return what does not fit the roster, and wording copied from the text."""
        found = copied(pack.items, self.text) if self.text else ()
        if self.roster is not None and self.on is not None:
            found += check_with_roster(self.roster, resolve(pack, on=self.on))
        return found


@pack_group.command("show", cls=Verb, example="datong-example")
@click.argument("pack", metavar="政策包")
@talking
def show_command(console: Console, *, pack: str) -> None:
    """显示政策包的内容：参数、开关、规则、指标，未定的排在最前。"""
    described = describe(load(pack_argument(pack)), console.language)
    for line in described.lines:
        console.show(line)
    console.finish(described.values)


@pack_group.command("diff", cls=Verb, example="datong-example 我县政策包")
@click.argument("before", metavar="政策包")
@click.argument("after", metavar="另一政策包")
@click.option("--roster", type=EXISTING, help="花名册：列出谁的类别会改变。")
@click.option("--on", type=Day(), help="问题的日期，与 --roster 同用。")
@talking
def diff_command(
    console: Console,
    *,
    before: str,
    after: str,
    roster: Path | None,
    on: date | None,
) -> None:
    """比较两个政策包（或同一个包的两版）：增加、撤回、改动了哪些条目，谁因此改变类别。"""
    if (roster is None) != (on is None):
        raise click.UsageError("--roster 和 --on 要一起给出。")
    one, other = load(pack_argument(before)), load(pack_argument(after))
    changes = compare_packs(one, other, console.language)
    for change in changes:
        console.show(_change_line(console, change))
    console.say("cli.pack-differs", count=len(changes))
    result: dict[str, object] = {"items": [asdict(change) for change in changes]}
    if roster is not None and on is not None:
        result["outcomes"] = _outcomes(console, one, other, roster, on)
    console.finish(result)


def _change_line(console: Console, change: ItemChange) -> str:
    word = sentence(f"cli.item-{change.change}", console.language)
    shown = f"{word} {change.kind} {change.id} {change.title}"
    if change.before != change.after:
        figure = f"{change.before or '—'} → {change.after or '—'}"
        return shown + sentence("described.figure", console.language, figure=figure)
    keys = "、".join(change.keys)
    return (
        shown + sentence("described.clause", console.language, clause=keys) if keys else shown
    )


def _outcomes(
    console: Console, one: Pack, other: Pack, roster: Path, on: date
) -> list[dict[str, object]]:
    changed = what_if(read_roster(roster), resolve(one, on=on), resolve(other, on=on))
    return show_outcome_changes(console, changed)


@pack_group.command("new", cls=Verb, example="我县政策包 --from national")
@click.argument("out", metavar="去处", type=PATH)
@click.option("--from", "parent", default="national", help="上级包的编号或目录。")
@talking
def new_command(console: Console, *, out: Path, parent: str) -> None:
    """在上级包之上开始写一个政策包：生成能装载的文件，列出待定的事项。"""
    path = start_pack(load(pack_argument(parent)), out)
    console.say("cli.file-written", path=path)
    unset = [row for row in describe(load(out), console.language).rows if row.unset]
    for row in unset:
        console.show(f"  {row.id} {row.title}：{row.unset}")
    console.say("cli.pack-started", id=out.name, count=len(unset))
    console.finish({"files": [path], "unset": [row.id for row in unset]})
