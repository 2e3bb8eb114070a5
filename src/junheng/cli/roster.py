"""``junheng roster``: check a roster, compare two, or write the empty forms."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.console import Console
from junheng.cli.options import ANSWER_IS_NO, EXISTING, EXISTING_FILE, HELP, PATH, talking
from junheng.cli.verb import Verb
from junheng.engine.roster.changes import compare
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.marking import write_marked_copies
from junheng.engine.roster.reading import examine, read_roster
from junheng.engine.roster.templates import write_template, write_unit_workbooks


@click.group("roster")
@HELP
def roster_group() -> None:
    """检查花名册、比较两份花名册、生成空白表。"""


@roster_group.command("check", cls=Verb, example="花名册.xlsx")
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.option("--supplement", type=EXISTING_FILE, help="填好的待核实补充表。")
@click.option("--out", type=PATH, help="标注副本写到这个目录；缺省与原文件同目录。")
@talking
def check_command(
    console: Console, *, roster: Path, supplement: Path | None, out: Path | None
) -> None:
    """逐格检查花名册，列出全部问题，并写出一份标注了问题的副本。"""
    reading = examine(roster, supplement=supplement)
    console.report(reading.problems)
    errors = [problem for problem in reading.problems if problem.is_error]
    beside = roster.parent / f"{roster.name}（标注）" if roster.is_dir() else roster.parent
    marked = write_marked_copies(roster, reading, out or beside)
    for path in marked:
        console.say("cli.marked-copy", path=path)
    warnings = len(reading.problems) - len(errors)
    console.say("cli.roster-checked", errors=len(errors), warnings=warnings)
    print_of = None if reading.roster is None else fingerprint(reading.roster)
    console.finish(
        {
            "errors": len(errors),
            "warnings": warnings,
            "fingerprint": print_of,
            "marked": list(marked),
        },
        problems=reading.problems,
    )
    if errors:
        click.get_current_context().exit(ANSWER_IS_NO)


@roster_group.command("diff", cls=Verb, example="旧花名册.xlsx 新花名册.xlsx")
@click.argument("old", metavar="旧花名册", type=EXISTING)
@click.argument("new", metavar="新花名册", type=EXISTING)
@talking
def diff_command(console: Console, *, old: Path, new: Path) -> None:
    """比较两份花名册：新增、减少、改动（由什么改为什么）。"""
    changes = compare(read_roster(old), read_roster(new))
    console.report(changes.problems)
    rows = changes.frame.to_dicts()
    for row in rows:
        console.show("\t".join("" if value is None else str(value) for value in row.values()))
    console.say("cli.roster-differs" if rows else "cli.roster-same", count=len(rows))
    console.finish({"changes": rows}, problems=changes.problems)


@roster_group.command("template", cls=Verb, example="空白花名册.xlsx")
@click.argument("out", metavar="去处", type=PATH)
@click.option(
    "--for", "roster", type=EXISTING, help="按这份花名册为每个单位各生成一份待确认表。"
)
@talking
def template_command(console: Console, *, out: Path, roster: Path | None) -> None:
    """生成空白花名册；给出 --for 时生成每校一份、供核对签字的工作簿。"""
    if roster is None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_template(out)
        written = [out]
    else:
        written = list(write_unit_workbooks(read_roster(roster), out))
    console.say("cli.template-written", path=out, count=len(written))
    console.finish({"files": written})
