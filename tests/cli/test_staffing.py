"""``staffing`` on the sample county, under the national standards."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

_ASKED = ("--pack", "national", "--on", "2026-08-31")


def test_staffing_prints_the_arithmetic_of_each_school(run: Run, county: Path) -> None:
    result = run("staffing", county, *_ASKED, "--set", "staffing-rounding=up")

    assert result.exit_code == 0, result.output
    first = result.stdout.splitlines()[0]
    assert first.startswith("S010001 ")
    assert "小学编制（师生比）：学生 " in first
    assert " ÷ 19，得 " in first


def test_staffing_without_a_rounding_names_what_is_undecided(run: Run, county: Path) -> None:
    result = run("staffing", county, *_ASKED, "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {each["entitled"] for each in found["result"]["units"]} == {None}
    assert [each["code"] for each in found["problems"]] == ["pack.unset-switch", "pack.unset"]


def test_staffing_writes_a_table_for_a_spreadsheet(
    run: Run, county: Path, tmp_path: Path
) -> None:
    run("staffing", county, *_ASKED, "--set", "staffing-rounding=up", "--out", tmp_path / "out")

    head, *rows = (tmp_path / "out/编制测算.csv").read_text("utf-8-sig").splitlines()
    assert head == "单位编号,单位名称,标准,按标准,未取整,核定编制,在编人数"
    assert rows[0].startswith("S010001,")


def test_staffing_of_a_pack_without_standards_says_so(run: Run, county: Path) -> None:
    result = run("staffing", county, "--pack", "talks", "--on", "2026-08-31")

    assert result.exit_code == 0
    assert "没有用于这些单位的编制标准" in result.output
