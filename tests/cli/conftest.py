"""A sample county and its plan, made once for all tests of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from junheng.cli.main import junheng

QUESTION = ("--pack", "datong-example", "--on", "2026-08-31")

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def run() -> Run:
    """Call a command as a person would; paths may be given as they are."""

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(junheng, [str(argument) for argument in arguments])

    return call


@pytest.fixture(scope="session")
def county(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample county of 20 units and 500 persons."""
    path = tmp_path_factory.mktemp("县") / "县.xlsx"
    assert run("sample", path, "--seed", "7").exit_code == 0
    return path


@pytest.fixture(scope="session")
def planned(run: Run, county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the sample county."""
    folder = tmp_path_factory.mktemp("方案")
    result = run("plan", county, *QUESTION, "--seed", "7", "--out", folder)
    assert result.exit_code == 0, result.output
    return folder / "plan.json"
