"""What goes to the terminal: results to stdout, talk to stderr, one JSON form for programs."""

from __future__ import annotations

import gettext
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import click

from junheng.engine.screening.receipt import Receipt
from junheng.errors import PackPlace, Problem, Severity, SheetPlace
from junheng.messages import Language, in_language, sentence, word

FORMAT = "junheng/1"
_SHOWN_ROWS = 12  # more row numbers than this make a line unreadable; JSON holds them all


def prepare_streams() -> None:
    """Keep a console of another code page from crashing on characters it cannot show.

    A stream that is not a terminal is written in UTF-8, so that files and pipes are the same
    on every machine.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def speak_chinese() -> None:
    """Let the command line library word usage, help and its own errors in Chinese.

    It looks its sentences up by ``gettext``; this process gets our catalogue for them.
    """
    os.environ["LANGUAGE"] = "zh"
    gettext.bindtextdomain("messages", str(files("junheng.cli") / "locale"))


@dataclass(frozen=True, slots=True)
class Console:
    """How one command talks.

    Attributes
    ----------
    command : the command's name, for the JSON envelope
    language : Chinese unless ``--lang en``
    as_json : whether the result goes to stdout as JSON instead of text
    """

    command: str
    language: Language
    as_json: bool

    def say(self, code: str, **values: object) -> None:
        """Tell the person at the terminal something; goes to stderr."""
        click.echo(sentence(code, self.language, **values), err=True)

    def show(self, text: str) -> None:
        """Print a line of the result; silent when the result goes out as JSON."""
        if not self.as_json:
            click.echo(text)

    def report(self, problems: Sequence[Problem]) -> None:
        """Print every problem with where, found, expected and remedy; errors first."""
        if self.as_json:
            return
        ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
        for problem in ordered:
            click.echo(problem_text(problem, self.language), err=True)

    def finish(
        self,
        result: Mapping[str, object],
        *,
        receipt: Receipt | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        """Write the JSON envelope when it was asked for."""
        if not self.as_json:
            return
        envelope = {
            "format": FORMAT,
            "command": self.command,
            "receipt": None if receipt is None else receipt_values(receipt),
            "result": spoken(result, self.language),
            "problems": [problem_values(problem, self.language) for problem in problems],
        }
        click.echo(json.dumps(envelope, ensure_ascii=False, indent=2, default=plain))


def spoken(value: object, language: Language) -> object:
    """Return a result with every text that knows two languages in the one asked for."""
    match value:
        case Mapping():
            return {key: spoken(each, language) for key, each in value.items()}
        case list() | tuple():
            return [spoken(each, language) for each in value]
    return in_language(value, language)


def plain(value: object) -> object:
    """Turn engine values into what JSON holds; shares as ``"1/10"``, dates as ISO text."""
    match value:
        case Fraction() | Path() | date():
            return str(value)
        case Mapping():
            return dict(value)
        case frozenset() | set():
            return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def receipt_values(receipt: Receipt) -> dict[str, object]:
    """Return a receipt as plain values."""
    return {
        "roster": receipt.roster,
        "pack": {
            "id": receipt.pack_id,
            "version": receipt.pack_version,
            "fingerprint": receipt.pack,
        },
        "settings": dict(receipt.settings),
        "engine": receipt.engine,
        "on": receipt.on.isoformat(),
        "year": receipt.year,
    }


def problem_values(problem: Problem, language: Language) -> dict[str, object]:
    """Return a problem with its wording as plain values."""
    worded = word(problem, language)
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        **_place_values(problem),
        "title": worded.title,
        "found": worded.found,
        "expected": worded.expected,
        "remedy": worded.remedy,
    }


def _place_values(problem: Problem) -> dict[str, object]:
    match problem.place:
        case SheetPlace(file, sheet, cell, rows):
            return {"file": file, "sheet": sheet, "cell": cell, "rows": list(rows)}
        case PackPlace(file, line, key):
            return {"file": file, "line": line, "key": key, "sheet": "", "cell": ""}
        case None:
            return {"sheet": "", "cell": ""}


def problem_text(problem: Problem, language: Language) -> str:
    """Write a problem as one indented block for people."""
    worded = word(problem, language)
    kind = sentence(f"cli.{problem.severity.value}", language)
    where = place_text(problem, language)
    lines = [f"{kind} {where}{worded.title}"]
    for part in ("found", "expected", "remedy"):
        text = getattr(worded, part)
        if text:
            lines.append(f"    {sentence(f'cli.{part}', language)}{text}")
    return "\n".join(lines)


def place_text(problem: Problem, language: Language) -> str:
    """Write where a problem is: file, sheet, cell, and further rows."""
    if problem.place is None:
        return ""
    text = f"{problem.place} "
    if isinstance(problem.place, SheetPlace) and problem.place.rows:
        rows = problem.place.rows
        shown = "、".join(str(row) for row in rows[:_SHOWN_ROWS])
        key = "cli.more-rows" if len(rows) > _SHOWN_ROWS else "cli.rows"
        text += sentence(key, language, rows=shown, count=len(rows))
    return text
