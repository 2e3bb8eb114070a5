"""The ``junheng`` command: its verbs, and what each ending means.

Exit codes: 0 done (also with undecided persons); 1 the answer is no; 2 wrong use, unreadable
file, a roster with errors, an unset parameter or switch; 3 a bug of ours.
"""

from __future__ import annotations

import sys
import traceback
from importlib.metadata import version
from pathlib import Path

import click

from junheng.cli.audit import audit_command
from junheng.cli.balance import balance_command
from junheng.cli.cluster import cluster_command
from junheng.cli.console import prepare_streams, speak_chinese
from junheng.cli.explain import explain_command
from junheng.cli.gate import gate_command
from junheng.cli.options import HELP, OUR_BUG
from junheng.cli.pack import pack_group
from junheng.cli.plan import plan_command
from junheng.cli.plan_diff import plan_diff_command
from junheng.cli.register import register_command
from junheng.cli.report import report_command
from junheng.cli.roster import roster_group
from junheng.cli.sample import sample_command
from junheng.cli.screen import screen_command
from junheng.cli.staffing import staffing_command


@click.group()
@HELP
@click.version_option(
    version("junheng"), "--version", message="junheng %(version)s", help="显示版本号。"
)
def junheng() -> None:
    """均衡：从花名册到方案、审核和名册。每个命令用 --help 看说明。"""


for _command in (
    sample_command,
    roster_group,
    pack_group,
    screen_command,
    explain_command,
    gate_command,
    register_command,
    plan_command,
    plan_diff_command,
    audit_command,
    balance_command,
    staffing_command,
    report_command,
    cluster_command,
):
    junheng.add_command(_command)


def main() -> None:
    """Run the command line; whatever escapes is a bug of ours and ends with 3."""
    prepare_streams()
    if not {"--lang=en", "en"} & set(sys.argv[1:]):
        speak_chinese()
    try:
        junheng(standalone_mode=True)
    except Exception as error:
        click.echo(bug_text(error), err=True)
        sys.exit(OUR_BUG)


def bug_text(error: BaseException) -> str:
    """Describe a bug by kind and place only; values might name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return (
        f"程序内部错误：{type(error).__name__}（{where}）。这是本程序的缺陷，不是您的数据有错；"
        "请把这一行、所用命令和版本号（junheng --version）告诉维护者。"
    )
