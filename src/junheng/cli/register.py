"""``junheng register``: entitlements, service owed, hired above the grades, passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import polars as pl

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
from junheng.engine.plans import Plan, read_plan
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening import Entitled, Owed, entitled, owed
from junheng.engine.screening.screening import receipt_of
from junheng.messages import enumerated, sentence

_FILES = {
    "entitled": "待遇名册.csv",
    "owed": "服务期名册.csv",
    "over_quota": "超岗聘用名册.csv",
    "passed_over": "未按次序选派名册.csv",
}


@click.command(
    "register",
    cls=Verb,
    example="花名册.xlsx --pack datong-example --on 2026-08-31 --plan plan.json --out 登记",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.option("--plan", type=EXISTING_FILE, help="方案；给出时另列超岗聘用和未按次序选派的人。")
@question_options
@talking
def register_command(console: Console, *, roster: Path, **options: Any) -> None:
    """名册：谁享受哪项待遇、谁还在服务期内、谁是超岗聘用、谁未按次序选派。"""
    question = question_of(options)
    read, pack = question.read(roster), question.resolved()
    tables: dict[str, list[dict[str, object]]] = {
        "entitled": [_entitled(each, pack) for each in entitled(read, pack)],
        "owed": [_owed(each, pack) for each in owed(read, pack)],
    }
    if options["plan"] is not None:
        plan = read_plan(options["plan"], read)
        note_other_roster(console, plan, read)
        tables["over_quota"] = _hired_above(console, plan, pack)
        tables["passed_over"] = _passed_over(plan, pack)
    counts = {name: len(rows) for name, rows in tables.items()}
    for name, count in counts.items():
        console.show(sentence(f"screening.register-{name}", console.language, count=count))
    result: dict[str, object] = {"counts": counts, **tables}
    if question.out is not None:
        result["files"] = _write(console, question.out, tables)
    console.finish(result, receipt=receipt_of(read, pack), problems=read.warnings)


def _entitled(each: Entitled, pack: ResolvedPack) -> dict[str, object]:
    item = pack.items.entitlements[each.entitlement]
    return {
        **asdict(each),
        "title": item.title,
        "amount": None if each.amount is None else str(each.amount),
        "payer": enumerated(pack.items.bodies[one].title for one in each.payer),
        "answer": each.answer.value,
        "clauses": "、".join(clause.at for clause in pack.clauses(item.source)),
    }


def _owed(each: Owed, pack: ResolvedPack) -> dict[str, object]:
    item = pack.items.locks[each.lock]
    return {
        **asdict(each),
        "title": item.title,
        "since": "" if each.since is None else each.since.isoformat(),
        "until": "" if each.until is None else each.until.isoformat(),
        "answer": each.answer.value,
        "clauses": "、".join(clause.at for clause in pack.clauses(item.source)),
    }


def _hired_above(console: Console, plan: Plan, pack: ResolvedPack) -> list[dict[str, object]]:
    """List by unit who is hired above its grades, and how the text ends that."""
    ends = {each.release for each in pack.items.entitlements.values() if each.release}
    release = "、".join(
        sentence(f"screening.release-{word}", console.language) for word in sorted(ends)
    )
    return [
        {
            "person_id": move.person_id,
            "unit_id": move.to_unit,
            "guard": move.over_quota,
            "release": release,
        }
        for move in sorted(plan.moves, key=lambda move: (move.to_unit, move.person_id))
        if move.over_quota
    ]


def _passed_over(plan: Plan, pack: ResolvedPack) -> list[dict[str, object]]:
    """List who stays while somebody further down an order of selection moves."""
    clauses = {
        rule.id: "、".join(clause.at for clause in pack.clauses(rule.source))
        for rule in pack.items.selection.values()
    }
    return [
        {
            "person_id": each.person_id,
            "rule": each.rule,
            "clauses": clauses.get(each.rule, ""),  # a plan of another pack names other rules
        }
        for each in plan.passed_over
    ]


def _write(
    console: Console, out: Path, tables: dict[str, list[dict[str, object]]]
) -> Sequence[Path]:
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in tables.items():
        file = out / _FILES[name]
        file.write_bytes(b"\xef\xbb\xbf" + pl.DataFrame(rows).write_csv().encode())
        console.say("cli.file-written", path=file)
        files.append(file)
    return files
