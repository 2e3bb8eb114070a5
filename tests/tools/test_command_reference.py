import re

import click

from junheng.cli.main import junheng
from tools.command_reference import PAGE, commands, reference

CHINESE = re.compile("[\u4e00-\u9fff]")


@click.group(help="一棵小树。")
def tree() -> None: ...


@tree.command(help="一片叶子。")
@click.option("--wide", help="很宽。")
def leaf(wide: str) -> None: ...


def test_every_command_below_a_group_is_listed_with_its_full_name() -> None:
    assert [name for name, _ in commands(tree, "oak")] == ["oak", "oak leaf"]


def test_page_holds_the_help_of_commands_and_options() -> None:
    page = reference(tree, "oak")

    assert "## oak leaf\n\n```text\n用法： oak leaf [OPTIONS]\n\n  一片叶子。" in page
    assert re.search(r"--wide TEXT +很宽。", page)


def test_every_command_and_option_has_chinese_help() -> None:
    options = [
        (name, option)
        for name, command in commands(junheng, "junheng")
        for option in command.params
        if isinstance(option, click.Option)
    ]

    assert [
        n for n, c in commands(junheng, "junheng") if not CHINESE.search(c.help or "")
    ] == []
    assert [(n, o.name) for n, o in options if not CHINESE.search(o.help or "")] == []


def test_page_in_the_documentation_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(junheng)
