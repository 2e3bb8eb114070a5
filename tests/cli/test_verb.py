"""Whoever calls a command wrongly is shown how it is called, and what is shown is right."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from junheng.cli.main import junheng
from junheng.cli.verb import Verb
from tests.cli.conftest import QUESTION, Run
from tools.command_reference import commands

VERBS = {name: each for name, each in commands(junheng, "junheng") if isinstance(each, Verb)}


def test_every_command_has_an_example() -> None:
    alone = {n for n, each in commands(junheng, "junheng") if not isinstance(each, click.Group)}

    assert set(VERBS) == alone


@pytest.mark.parametrize("name", VERBS)
def test_example_of_a_command_is_a_call_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(VERBS[name].example)
    monkeypatch.chdir(tmp_path)
    for word in words:
        Path(word).parent.mkdir(parents=True, exist_ok=True)
        Path(word).touch()

    context = VERBS[name].make_context(name, words)

    assert context.params


def test_call_without_its_arguments_is_shown_the_example(run: Run) -> None:
    result = run("screen")

    assert result.exit_code == 2
    assert f"junheng screen {VERBS['junheng screen'].example}" in result.stderr


def test_folder_in_the_place_of_a_plan_is_refused(
    run: Run, county: Path, tmp_path: Path
) -> None:
    result = run("audit", county, tmp_path, *QUESTION)

    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr
