"""What commands write about the golden county has the published form and is the plan itself."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from junheng.cli.main import junheng
from junheng.engine.plans import plan_text
from junheng.engine.roster.writing import write_workbook
from tests.golden.county import DRAW_SEED, ON, PACKS, golden_roster, solved

PLAN = json.loads((files("junheng.engine.plans") / "plan.schema.json").read_text("utf-8"))
ANSWER = json.loads((files("junheng.cli") / "schema/answer.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "县.xlsx"
    write_workbook(golden_roster(), path, on=ON)
    return path


def _asked(*words: str | Path) -> dict[str, Any]:
    result = CliRunner().invoke(junheng, [*map(str, words), "--on", str(ON), "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def _faults(schema: dict[str, Any], found: object) -> list[str]:
    return [
        f"{each.json_path}: {each.message}" for each in _validator(schema).iter_errors(found)
    ]


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_plan_written_is_the_plan_of_the_library_in_the_published_form(
    pack_id: str, county: Path, tmp_path: Path
) -> None:
    seed = str(DRAW_SEED)

    answer = _asked("plan", county, "--pack", pack_id, "--seed", seed, "--out", tmp_path)

    written = (tmp_path / "plan.json").read_text("utf-8")
    assert _faults(ANSWER, answer) + _faults(PLAN, json.loads(written)) == []
    assert answer["result"] == json.loads(written)
    assert written == plan_text(solved(pack_id)[1])


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_answer_about_the_golden_county_has_the_published_form(
    pack_id: str, county: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(plan_text(solved(pack_id)[1]), "utf-8")
    asked = ("--pack", pack_id)

    answers = [
        _asked("screen", county, *asked),
        _asked("screen", county, *asked, "--set", "teacher-years=5"),
        _asked("explain", county, *asked, "--person", "T01000001"),
        _asked("audit", county, plan, *asked),
        _asked("balance", county, plan, *asked),
    ]

    assert [fault for each in answers for fault in _faults(ANSWER, each)] == []
    assert {each["receipt"]["roster"] for each in answers} == {
        json.loads(plan.read_text("utf-8"))["receipt"]["roster"]
    }


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("moves", 0, "since"), "soon"),
        (("objectives", 0, "value"), 1.5),
        (("unmet", 0, "kind"), 3),
    ],
)
def test_the_published_form_refuses_a_plan_that_is_not_in_it(
    place: tuple[str, int, str], wrong: object
) -> None:
    values = json.loads(plan_text(solved(PACKS[0])[1]))
    table, row, key = place
    values[table][row][key] = wrong

    assert [fault.split(":")[0] for fault in _faults(PLAN, values)] == [
        f"$.{table}[{row}].{key}"
    ]
