"""Options that commands share, and the question they make together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from junheng.cli.console import Console
from junheng.engine.plans import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster
from junheng.errors import EngineBug, JunhengError
from junheng.messages import Language

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True)
EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
PATH.name = EXISTING.name = "文件或目录"
EXISTING_FILE.name = "文件"

DONE, ANSWER_IS_NO, WRONG_INPUT, OUR_BUG = 0, 1, 2, 3
"""Exit codes: done; the answer is no; wrong use or input; a bug of ours."""


HELP = click.help_option("-h", "--help", help="显示本说明。")
"""The help option of every command and group, written out: it reads the same anywhere."""


class Day(click.ParamType[date]):
    """A calendar day written as YYYY-MM-DD."""

    name = "日期"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the day, or refuse with an example."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-09-01 的形式", param, ctx)


class SettingValue(click.ParamType[tuple[str, str]]):
    """One local decision for a what-if: ``ID=VALUE``."""

    name = "编号=取值"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split at the first equals sign, or refuse with an example."""
        if isinstance(value, tuple):
            return value
        key, equals, chosen = str(value).partition("=")
        if not (key and equals and chosen):
            self.fail(f"“{value}”应写成 编号=取值，如 teacher-years=5", param, ctx)
        return key.strip(), chosen.strip()


@dataclass(frozen=True, slots=True)
class Question:
    """What a command is asked about: pack, date, settings, supplement, year, output."""

    pack: str
    on: date
    settings: Mapping[str, str]
    supplement: Path | None
    year: int | None
    out: Path | None

    def read(self, roster: Path) -> Roster:
        """Read the roster with the supplement, if one was given."""
        return read_roster(roster, supplement=self.supplement)

    def resolved(self) -> ResolvedPack:
        """Load the pack and apply date and settings."""
        return resolve(
            load(pack_argument(self.pack)),
            on=self.on,
            year=self.year,
            settings=self.settings,
        )


def pack_argument(text: str) -> str | Path:
    """Tell a folder from the id of a shipped pack."""
    folder = Path(text)
    return folder if folder.is_dir() else text


def question_options(command: Command) -> Command:
    """Give a command ``--pack --on --set --supplement --year --out``."""
    decorators = (
        click.option("--pack", required=True, metavar="ID|目录", help="政策包编号或目录。"),
        click.option("--on", type=Day(), required=True, help="问题的日期，如 2026-08-31。"),
        click.option(
            "--set",
            "settings",
            type=SettingValue(),
            multiple=True,
            help="试改一个参数或开关，可重复；如 teacher-years=5。",
        ),
        click.option("--supplement", type=EXISTING_FILE, help="填好的待核实补充表。"),
        click.option(
            "--year", type=int, help="方案年度；缺省为日期当天或之后最近的 9 月 1 日所在年。"
        ),
        click.option("--out", type=PATH, help="结果目录。"),
    )
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def note_other_roster(
    console: Console, plan: Plan, roster: Roster, file: Path | None = None
) -> None:
    """Say so when a plan was made from a roster of other content, as after a decision.

    Parameters
    ----------
    file : where the plan stands; named where there are several plans
    """
    if plan.receipt.screening.roster not in ("", fingerprint(roster)):
        if file is not None:
            console.say("cli.of-plan", path=file)
        console.say("cli.other-roster")


def question_of(values: Mapping[str, Any]) -> Question:
    """Collect the values of :func:`question_options`."""
    return Question(
        pack=values["pack"],
        on=values["on"],
        settings=dict(values["settings"]),
        supplement=values["supplement"],
        year=values["year"],
        out=values["out"],
    )


def talking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--json`` and ``--lang``, a :class:`Console`, and words for its errors.

    The command is called with ``console`` and its own options; a :class:`JunhengError` is
    printed with all its problems and ends with exit code 2.
    """

    @HELP
    @click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="消息的语言。")
    @click.option("--json", "as_json", is_flag=True, help="结果以 JSON 写到标准输出。")
    @click.pass_context
    @wraps(command)
    def run(ctx: click.Context, /, *, lang: str, as_json: bool, **values: Any) -> None:
        console = Console(ctx.command_path.partition(" ")[2], Language(lang), as_json)
        try:
            command(console, **values)
        except EngineBug:
            raise
        except JunhengError as error:
            console.report(error.problems)
            console.finish({}, problems=error.problems)
            ctx.exit(WRONG_INPUT)

    return run
