"""``junheng pack explain``: one item of a pack with clauses, days, figures and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import click

from junheng.cli.console import Console, problem_values
from junheng.cli.options import Day, SettingValue, pack_argument, talking
from junheng.cli.verb import Verb
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.programme.item_times import Reckoning
from junheng.engine.programme.item_words import item_lines
from junheng.engine.programme.itemising import ActAccount, ItemAccount, itemised
from junheng.messages import sentence


@click.command("explain", cls=Verb, example="hiring-base publish --on 2025-07-01")
@click.argument("pack", metavar="政策包")
@click.argument("item", metavar="条目编号")
@click.option("--on", type=Day(), required=True, help="问题的日期，如 2026-08-31。")
@click.option("--since", type=Day(), help="期限或限制从哪天的事起算，如公示、决定的那天。")
@click.option(
    "--set", "settings", type=SettingValue(), multiple=True, help="试改一个参数或开关，可重复。"
)
@talking
def explain_item_command(
    console: Console,
    *,
    pack: str,
    item: str,
    on: date,
    since: date | None,
    settings: tuple[tuple[str, str], ...],
) -> None:
    """说明政策包的一个条目：条款、期限是哪一天、后果多久、用到哪些数，未定的列出。"""
    loaded = load(pack_argument(pack))
    resolved = resolve(loaded, on=on, settings=dict(settings))
    account = itemised(loaded, resolved, item, since=since)
    lines = tuple(item_lines(account, loaded, resolved, console.language))
    console.show(sentence("item.asked", console.language, on=on, year=resolved.year))
    for line in lines:
        console.show(line)
    console.finish(_values(account, lines, console))


def _values(
    account: ItemAccount, lines: tuple[str, ...], console: Console
) -> Mapping[str, object]:
    """Return the account as values for JSON."""
    problems = (*account.unset, *account.problems)
    return {
        "kind": account.kind,
        "id": account.item.id,
        "title": account.item.title,
        "stands": account.stands,
        "clauses": [
            {"document": document.title, "at": clause.at, "says": clause.says}
            for document, clause in account.clauses
        ],
        "days": [_day(each) for each in account.days],
        "acts": [_act(each) for each in account.acts],
        "reads": list(account.reads),
        "used_by": [item.id for _, item in account.used_by],
        "unset": [problem_values(each, console.language) for each in problems],
        "lines": list(lines),
    }


def _day(found: Reckoning) -> dict[str, object]:
    return {
        "what": found.what,
        "begins": None if found.begins is None else list(found.begins),
        "period": found.period,
        "unit": found.unit,
        "day_count": found.day_count,
        "boundary": found.boundary,
        "readings": dict(found.readings),
        "deadline": None if found.deadline is None else asdict(found.deadline),
        "unrolled": found.unrolled,
        "holidays": list(found.skipped.holidays),
        "weekends": found.skipped.weekends,
        "worked": list(found.skipped.worked),
    }


def _act(found: ActAccount) -> dict[str, object]:
    proposal = found.proposal
    return {
        "act": found.act.act,
        "otherwise": found.otherwise,
        "since": proposal.since if proposal is not None else None,
        "until": proposal.until if proposal is not None else None,
        "figures": dict(proposal.figures) if proposal is not None else {},
    }
