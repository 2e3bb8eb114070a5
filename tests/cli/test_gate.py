"""``gate`` and ``register`` on the sample county, under a small pack of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import QUESTION, Run

_PACK = Path(__file__).parents[1] / "engine" / "screening" / "incentives.yaml"


@pytest.fixture
def asked(tmp_path: Path) -> tuple[str, ...]:
    """The pack in a folder of its own, and the day."""
    folder = tmp_path / "pack"
    folder.mkdir()
    shutil.copy(_PACK, folder / "pack.yaml")
    return ("--pack", str(folder), "--on", "2026-08-31")


def test_gate_counts_everybody_and_lists_who_does_not_pass(
    run: Run, county: Path, asked: tuple[str, ...]
) -> None:
    result = run("gate", county, "--for", "高级教师", *asked, "--json")

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["result"]
    assert sum(found["counts"].values()) == len(found["persons"]) == 500
    assert min(found["counts"]["yes"], found["counts"]["no"]) > 0
    assert len(found["lines"]) == 500 - found["counts"]["yes"]


def test_gate_ends_with_no_for_a_person_who_does_not_pass(
    run: Run, county: Path, asked: tuple[str, ...]
) -> None:
    everybody = json.loads(run("gate", county, "--for", "高级教师", *asked, "--json").stdout)
    of = {each["answer"]: each["person_id"] for each in everybody["result"]["persons"]}

    codes = [
        run("gate", county, "--for", "高级教师", "--person", of[answer], *asked).exit_code
        for answer in ("yes", "no")
    ]

    assert codes == [0, 1]


def test_gate_refuses_a_matter_that_no_gate_stands_before(
    run: Run, county: Path, asked: tuple[str, ...]
) -> None:
    result = run("gate", county, "--for", "正高级教师", *asked)

    assert result.exit_code == 2
    assert "高级教师、县级荣誉、校长" in result.output


def test_register_writes_who_is_entitled_and_who_owes_service(
    run: Run, county: Path, asked: tuple[str, ...], tmp_path: Path
) -> None:
    result = run("register", county, *asked, "--out", tmp_path / "名册", "--json")

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["result"]
    assert [Path(each).name for each in found["files"]] == ["待遇名册.csv", "服务期名册.csv"]
    assert {"rural-subsidy", "reserved"} <= {each["entitlement"] for each in found["entitled"]}
    assert {each["lock"] for each in found["owed"]} == {"stay-after-title"}


def test_register_lists_by_id_who_of_a_plan_is_hired_above_and_who_is_passed_over(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    plan = json.loads(planned.read_text("utf-8"))
    first, second = plan["moves"][:2]
    first["over_quota"] = "structure"
    plan["passed_over"] = [{"rule": "long-served-first", "person": second["person"]}]
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")

    result = run("register", county, *QUESTION, "--plan", changed, "--json")

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["result"]
    assert [each["person_id"] for each in found["over_quota"]] == [first["person"]]
    assert found["passed_over"] == [
        {"person_id": second["person"], "rule": "long-served-first", "clauses": ""}
    ]
