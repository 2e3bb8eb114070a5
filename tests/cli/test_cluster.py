"""``junheng cluster``: a folder of counties, its exit codes and what is said of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import QUESTION, Run


@pytest.mark.slow
def test_folder_is_planned_county_by_county_and_a_broken_one_ends_with_two(
    run: Run, county: Path, tmp_path: Path
) -> None:
    rosters = tmp_path / "花名册"
    rosters.mkdir()
    shutil.copy(county, rosters / "东县.xlsx")
    (rosters / "~$东县.xlsx").write_bytes(b"lock file of an open workbook")
    words = ("cluster", rosters, *QUESTION, "--seed", "7", "--out", tmp_path / "结果")

    planned = run(*words)
    (rosters / "西县.xlsx").write_bytes(b"no workbook")
    again = run(*words, "--json")

    assert planned.exit_code == 0, planned.output
    assert (tmp_path / "结果" / "东县" / "plan.json").is_file()
    assert again.exit_code == 2
    counties = json.loads(again.stdout)["result"]["counties"]
    assert [(each["county"], each["answer"]) for each in counties] == [
        ("东县", "CountyPlanned"),
        ("西县", "CountyRefused"),
    ]
    assert counties[0]["skipped"]
    assert counties[1]["problems"]


def test_folder_without_a_roster_ends_with_two_and_says_what_to_put_there(
    run: Run, tmp_path: Path
) -> None:
    result = run("cluster", tmp_path, *QUESTION, "--seed", "7")

    assert result.exit_code == 2
    assert "一县一份" in result.output
