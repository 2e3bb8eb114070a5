from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.screening.cases import run_cases
from tests.cli.conftest import QUESTION, Run


@pytest.mark.parametrize("parent", ["national", "national-calendar", "datong"])
def test_new_pack_loads_and_its_cases_hold(run: Run, tmp_path: Path, parent: str) -> None:
    folder = tmp_path / "example-county"

    started = run("pack", "new", folder, "--from", parent)

    assert started.exit_code == 0, started.output
    pack = load(folder)
    assert (pack.warnings, run_cases(pack)) == ((), ())


def test_new_pack_leaves_every_local_decision_to_be_filled_in(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "example-county"

    answer = json.loads(run("pack", "new", folder, "--from", "datong", "--json").stdout)

    text = (folder / "pack.yaml").read_text(encoding="utf-8")
    unset = answer["result"]["unset"]
    assert "floor-rounding" in unset
    assert [each for each in unset if f"#      {each}: " not in text] == []


def test_new_pack_never_writes_over_what_is_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "example-county"
    folder.mkdir()
    (folder / "rules.yaml").write_text("rules: []\n", encoding="utf-8")

    refused = run("pack", "new", folder)

    assert refused.exit_code == 2
    assert (folder / "rules.yaml").read_text(encoding="utf-8") == "rules: []\n"


def test_pack_whose_folder_cannot_be_an_id_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("pack", "new", tmp_path / "示例县").exit_code == 2


def test_pack_does_not_differ_from_itself(run: Run) -> None:
    answer = json.loads(run("pack", "diff", "datong", "datong", "--json").stdout)

    assert answer["result"] == {"items": []}


def _stricter(folder: Path) -> Path:
    """The example county with a smaller share of leavers and another clock of years."""
    example = files("junheng.packs").joinpath("datong-example", "pack.yaml")
    text = example.read_text(encoding="utf-8")
    for old, new in (
        ("id: datong-example", "id: stricter"),
        ("value: 20%, source: ex-plan", "value: 10%, source: ex-plan"),
        ("years-clock: calendar_years", "years-clock: school_years"),
    ):
        assert old in text
        text = text.replace(old, new)
    stricter = folder / "stricter"
    stricter.mkdir()
    (stricter / "pack.yaml").write_text(text, encoding="utf-8")
    return stricter


def test_changed_figure_is_shown_before_and_after(run: Run, tmp_path: Path) -> None:
    stricter = _stricter(tmp_path)

    answer = json.loads(run("pack", "diff", "datong-example", stricter, "--json").stdout)

    changes = {
        (each["id"], each["change"], each["before"], each["after"])
        for each in answer["result"]["items"]
        if each["kind"] != "settings"
    }
    assert ("leavers-share", "changed", "20%", "10%") in changes


def test_differing_packs_name_whose_outcome_changes_and_by_which_rule(
    run: Run, county: Path, tmp_path: Path
) -> None:
    stricter, on = _stricter(tmp_path), QUESTION[-1]

    result = run(
        "pack", "diff", "datong-example", stricter, "--roster", county, "--on", on, "--json"
    )

    outcomes = json.loads(result.stdout)["result"]["outcomes"]
    assert outcomes
    assert all(each["from"] != each["to"] and each["because"] for each in outcomes)


def test_setting_an_unset_figure_screens_even_with_nothing_to_compare(
    run: Run, county: Path
) -> None:
    question = ("--pack", "unset-example", "--on", "2026-08-31", "--set", "teacher-years=6")

    result = run("screen", county, *question, "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["result"]["changes"] == []


DECIDED = {
    "roster-day": "08-31",
    "moving-day": "09-01",
    "age-measure": "completed_years",
    "years-clock": "calendar_years",
    "part-years": "drop",
    "support-time": "counted",
    "leave-time": "counted",
    "same-school": "legal_entity",
    "bridged-gap": "31",
    "leader-years": "6",
    "teacher-years": "6",
    "age-limit": "{男: 50, 女: 45}",
    "yearly-share": "10%",
    "share-base": "due",
    "share-rounding": "up",
    "term": "3",
    "leavers-share": "20%",
    "wish-costs": "[0, 10, 20]",
    "elsewhere-cost": "60",
    "kept-cost": "40",
    "unasked-cost": "30",
    "excluded-ownership": "[民办]",
}


def test_new_pack_makes_an_audited_plan_once_everything_is_decided(
    run: Run, county: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "example-county"
    started = json.loads(run("pack", "new", folder, "--json").stdout)
    settings = [word for each in DECIDED.items() for word in ("--set", "=".join(each))]
    question = ("--pack", folder, "--on", "2026-08-31", *settings)

    planned = run("plan", county, *question, "--seed", "1", "--out", tmp_path)
    audited = run("audit", county, tmp_path / "plan.json", *question)

    of_staffing = {"staffing-rounding", "posts-per-class", "boarding-posts"}
    assert set(started["result"]["unset"]) == {*DECIDED, *of_staffing}
    assert (planned.exit_code, audited.exit_code) == (0, 0), planned.output
