"""``junheng staffing``: posts by the staffing standards against what is approved and there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import polars as pl

from junheng.cli.console import Console
from junheng.cli.options import EXISTING, question_of, question_options, talking
from junheng.cli.verb import Verb
from junheng.engine.screening import Staffing, staffing, staffing_line
from junheng.engine.screening.screening import receipt_of
from junheng.errors import Problem, Severity

_FILE = "编制测算.csv"


@click.command(
    "staffing",
    cls=Verb,
    example="花名册.xlsx --pack national --on 2026-08-31 --set staffing-rounding=up",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@question_options
@talking
def staffing_command(console: Console, *, roster: Path, **options: Any) -> None:
    """编制测算：各单位按标准该有多少编制，比核定的、比在编的多几人少几人。"""
    question = question_of(options)
    read, pack = question.read(roster), question.resolved()
    found = staffing(read, pack)
    names = dict(read["units"].select("unit_id", "unit_name").iter_rows())
    for each in found:
        unit = f"{each.unit_id} {names.get(each.unit_id) or ''}".strip()
        console.show(staffing_line(each, pack, unit, console.language))
    if not found:
        console.say("staffing.none", pack=pack.header.title)
    problems = _open(found)
    console.report(problems)
    result: dict[str, object] = {"units": [_values(each) for each in found]}
    if question.out is not None:
        result["file"] = _write(console, question.out, found, names)
    console.finish(result, receipt=receipt_of(read, pack), problems=problems)


def _open(found: tuple[Staffing, ...]) -> tuple[Problem, ...]:
    """Return what the standards leave open, each once; it stops nothing here."""
    each_once = {each.values["id"]: each for line in found for each in line.open}
    return tuple(replace(each, severity=Severity.WARNING) for each in each_once.values())


def _values(each: Staffing) -> dict[str, object]:
    reckoned = each.reckoned
    return {
        "unit_id": each.unit_id,
        "standard": each.standard,
        "applies": each.applies.value,
        "exact": None if reckoned.exact is None else str(reckoned.exact),
        "entitled": reckoned.entitled,
        "approved": each.approved,
        "established": each.established,
        "parts": [
            {
                "measure": part.measure,
                "stage": part.stage,
                "figure": None if part.figure is None else str(part.figure),
                "basis": None if part.basis is None else str(part.basis),
                "amount": None if part.amount is None else str(part.amount),
            }
            for part in reckoned.parts
        ],
    }


def _write(
    console: Console, out: Path, found: tuple[Staffing, ...], names: dict[str, str]
) -> Path:
    """Write one row for each standard at each unit, for a spreadsheet."""
    rows = [
        {
            "单位编号": each.unit_id,
            "单位名称": names.get(each.unit_id),
            "标准": each.standard,
            "按标准": each.reckoned.entitled,
            "未取整": None if each.reckoned.exact is None else str(each.reckoned.exact),
            "核定编制": each.approved,
            "在编人数": each.established,
        }
        for each in found
    ]
    out.mkdir(parents=True, exist_ok=True)
    file = out / _FILE
    file.write_bytes(b"\xef\xbb\xbf" + pl.DataFrame(rows).write_csv().encode())
    console.say("cli.file-written", path=file)
    return file
