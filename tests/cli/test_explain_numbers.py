"""``explain`` of a quota and of a score on the sample county."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import QUESTION, Run


def test_a_quota_is_explained_before_and_after_a_plan(
    run: Run, county: Path, planned: Path
) -> None:
    asked = ("explain", county, *QUESTION, "--quota", "teachers-exchanged")

    before = run(*asked)
    after = run(*asked, "--plan", planned, "--json")

    assert before.exit_code == 0, before.output
    assert "还没有方案" in before.stdout
    found = json.loads(after.stdout)["result"]
    assert any(line == "按所给的方案：" for line in found["lines"])
    assert {cell["id"] for cell in found["cells"]} == {"teachers-exchanged"}


def test_a_score_under_a_pack_is_explained(run: Run, county: Path) -> None:
    asked = ("--pack", "scored-exchange-ninghai", "--on", "2026-08-31")
    of = ("--rubric", "exchange-score", "--person", "T01000001")

    refused = run("explain", county, *asked, *of)
    result = run("explain", county, *asked, *of, "--set", "roster-day=08-31")

    assert refused.exit_code == 2
    assert "roster-day（条件和成绩截止日）" in refused.output
    assert result.exit_code == 0, result.output
    assert "考评小组" in result.stdout


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--quota", "teachers-exchanged", "--person", "T01000001"),
        ("--rubric", "exchange-score"),
    ],
)
def test_anything_but_one_thing_to_explain_is_refused(
    run: Run, county: Path, asked: tuple[str, ...]
) -> None:
    result = run("explain", county, *QUESTION, *asked)

    assert result.exit_code == 2
    assert "--quota" in result.output
