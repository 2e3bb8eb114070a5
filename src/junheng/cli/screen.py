"""``junheng screen``: who must, may, is deferred, is not concerned or cannot be decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    EXISTING,
    Question,
    pack_argument,
    question_of,
    question_options,
    talking,
)
from junheng.cli.outcome_changes import show_outcome_changes
from junheng.cli.verb import Verb
from junheng.engine.documents.outcome_list import outcome_list
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve, unset_for
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.supplement import write_supplement
from junheng.engine.screening import Screening, missing, screen, what_if
from junheng.messages import enumerated, in_language, sentence, word


@click.command(
    "screen",
    cls=Verb,
    example="花名册.xlsx --pack datong-example --on 2026-08-31 --out 结果",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@question_options
@talking
def screen_command(console: Console, *, roster: Path, **options: Any) -> None:
    """摸底：每个人属于哪一类；--set 时列出谁会因此改变。"""
    question = question_of(options)
    read = question.read(roster)
    screening = screen(read, question.resolved())
    for outcome, count in screening.counts().items():
        title = sentence(f"outcome.{outcome}", console.language)
        console.show(f"{title:<10}{count:>8}")
        _show_tracks(console, screening, outcome)
    result: dict[str, object] = {
        "counts": screening.counts(),
        "tracks": _tracks(screening),
        "persons": screening.verdicts.to_dicts(),
    }
    if question.settings:
        result["changes"] = _changes(console, question, read, screening)
    if question.out is not None:
        result["files"] = _write(console, question.out, read, screening)
    console.finish(result, receipt=screening.receipt, problems=read.warnings)


def _show_tracks(console: Console, screening: Screening, outcome: str) -> None:
    """Show how many persons of an outcome are on each track."""
    header = screening.evaluation.pack.header
    for (of, track), count in screening.track_counts().items():
        if of == outcome:
            title = in_language(header.track_title(track), console.language)
            console.show(f"  {title:<10}{count:>6}")


def _tracks(screening: Screening) -> list[dict[str, object]]:
    title = screening.evaluation.pack.header.track_title
    return [
        {"outcome": outcome, "track": track, "title": title(track), "persons": count}
        for (outcome, track), count in screening.track_counts().items()
    ]


def _changes(
    console: Console, question: Question, roster: Roster, screening: Screening
) -> list[dict[str, object]]:
    """Compare with the pack as it stands, without ``--set``."""
    before = resolve(load(pack_argument(question.pack)), on=question.on, year=question.year)
    unset = unset_for(before, "screening")
    if unset:
        named = enumerated(
            dict.fromkeys(
                each.values.get("id") or word(each, console.language).title for each in unset
            )
        )
        console.say("cli.nothing-to-compare", unset=named)
        return []
    changed = what_if(roster, before, screening.evaluation.pack)
    return show_outcome_changes(console, changed)


def _write(console: Console, out: Path, roster: Roster, screening: Screening) -> list[Path]:
    """Write the outcomes and, where facts are missing, the fill-in workbook."""
    out.mkdir(parents=True, exist_ok=True)
    lists = out / "摸底结果.csv"
    lists.write_bytes(b"\xef\xbb\xbf" + outcome_list(screening).write_csv().encode())
    files = [lists]
    wanted = missing(screening)
    if wanted:
        supplement = out / "待核实补充表.xlsx"
        write_supplement(wanted, roster, supplement)
        files.append(supplement)
    for file in files:
        console.say("cli.file-written", path=file)
    return files
