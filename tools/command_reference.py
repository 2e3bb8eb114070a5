"""Write ``docs/reference/commands.md`` from the commands themselves: their help is the page.

``python -m tools.command_reference`` writes it; a test compares it with the commands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from junheng.cli.console import speak_chinese
from junheng.cli.main import junheng

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"
_OPENING = """\
# 命令

本页由各命令自带的帮助生成（`python -m tools.command_reference`）。

结果写到标准输出，说明写到标准错误。退出码：

| 退出码 | 含义 |
|--|--|
| 0 | 完成，包括有人待核实 |
| 1 | 答案是“否”：核对发现错误、审核发现违规、方案有冲突 |
| 2 | 输入或用法有误：读不出的文件、有错误的花名册、未定的参数或开关 |
| 3 | 程序自身的缺陷 |
"""


def commands(root: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield (full name, command) for a command and all below it, in alphabetical order."""
    yield name, root
    if isinstance(root, click.Group):
        for word in sorted(root.commands):
            yield from commands(root.commands[word], f"{name} {word}")


def reference(root: click.Command, name: str = "junheng") -> str:
    """Return the page for a tree of commands, as a Chinese terminal shows their help."""
    speak_chinese()
    return "\n".join([_OPENING, *(_section(*each) for each in commands(root, name))])


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=88, max_content_width=88)
    return f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(junheng), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
