"""What explain and plan answer about a plan: prices, few changes, one unit, wrong use."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import QUESTION, Run


def _moves(planned: Path) -> list[dict[str, Any]]:
    moves: list[dict[str, Any]] = json.loads(planned.read_text("utf-8"))["moves"]
    return moves


def _result(output: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(output)["result"]
    return result


def test_what_the_plan_does_already_is_priced_at_nothing(
    run: Run, county: Path, planned: Path
) -> None:
    move = _moves(planned)[0]
    what_if = f"{move['person']}=>{move['to']}"

    result = run("plan", county, *QUESTION, "--from", planned, "--what-if", what_if, "--json")

    answer = _result(result.stdout)
    assert (result.exit_code, answer["tie"], answer["changes"]) == (0, True, 0)


def test_a_forbidden_move_ends_with_one_and_names_the_rule(
    run: Run, county: Path, planned: Path
) -> None:
    move = _moves(planned)[0]
    words = f"{move['person']}=>没有这个单位"

    unknown = run("plan", county, *QUESTION, "--from", planned, "--what-if", words)

    assert unknown.exit_code == 2
    assert "没有这个单位" in unknown.stderr


def test_planning_again_without_a_change_keeps_everybody(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    out = ("--out", tmp_path)
    result = run("plan", county, *QUESTION, "--from", planned, "--max-changes", "0", *out)

    again = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert result.exit_code == 0
    assert again["moves"] == _moves(planned)
    assert again["receipt"]["terms"] == "at most 0 changes"
    assert len(again["receipt"]["parent"]) == 64


def test_a_plan_made_by_hand_needs_a_seed_to_plan_again(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    plan = json.loads(planned.read_text("utf-8"))
    plan["receipt"]["solver"] = ""
    by_hand = tmp_path / "手工.json"
    by_hand.write_text(json.dumps(plan), "utf-8")
    words = ("plan", county, *QUESTION, "--from", by_hand, "--max-changes", "0")

    without, with_seed = run(*words), run(*words, "--seed", "7")

    assert (without.exit_code, with_seed.exit_code) == (2, 0)
    assert "没有抽签种子" in without.stderr


def test_the_mover_and_the_unit_are_explained(run: Run, county: Path, planned: Path) -> None:
    move = _moves(planned)[0]
    about = (county, *QUESTION, "--plan", planned)

    person = run("explain", *about, "--person", move["person"], "--quick")
    unit = run("explain", *about, "--unit", move["from"])

    assert (person.exit_code, unit.exit_code) == (0, 0)
    assert "安排到" in person.stdout
    assert move["person"] in unit.stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("plan",), "没有抽签种子"),
        (("plan", "--seed", "1", "--max-changes", "1"), "没有原方案"),
        (("plan", "--seed", "1", "--trade-off", "--what-if", "keep"), "一次只能问一件事"),
        (("explain",), "不知道要说明谁"),
        (("explain", "--person", "甲", "--unit", "乙"), "不知道要说明谁"),
        (("explain", "--unit", "乙"), "说明单位须有方案"),
    ],
)
def test_options_that_say_nothing_together_end_with_two(
    words: tuple[str, ...], found: str, run: Run, county: Path
) -> None:
    verb, *options = words

    result = run(verb, county, *QUESTION, *options)

    assert result.exit_code == 2
    assert found in result.stderr


@pytest.mark.slow
def test_trade_offs_are_printed_point_by_point(run: Run, county: Path) -> None:
    result = run("plan", county, *QUESTION, "--seed", "7", "--trade-off", "--json")

    points = _result(result.stdout)["points"]
    balance = [each["values"]["balance"] for each in points]
    assert balance == sorted(balance)
    assert len(points) > 3
    assert all(each["proven"] for each in points)


def test_two_plans_stand_side_by_side_on_screen_and_on_a_sheet(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    fewer = tmp_path / "少一人.json"
    plan = json.loads(planned.read_text("utf-8"))
    gone = plan["moves"].pop(0)["person"]
    fewer.write_text(json.dumps(plan), "utf-8")
    about = (county, planned, fewer, *QUESTION)

    said = run("plan-diff", *about, "--out", tmp_path)
    told = run("plan-diff", *about, "--json")

    assert (said.exit_code, told.exit_code) == (0, 0)
    assert "取消 1 人" in said.stdout
    assert (tmp_path / "方案对照.xlsx").is_file()
    assert [each["person"] for each in _result(told.stdout)["gone"]] == [gone]


def test_a_plan_says_what_was_taken_for_granted(run: Run, county: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    example = files("junheng.packs") / "datong-example" / "pack.yaml"
    rule = "{id: parents, title: 父母子女不在一校, source: ex-plan, strength: hard,"
    rule += " among: [父母子女], rule: apart, at: unit}"
    text = example.read_text("utf-8") + f"\nkin_rules:\n  - {rule}\n"
    (pack / "pack.yaml").write_text(text, "utf-8")
    book = load_workbook(county)
    del book["亲属"]
    book.save(tmp_path / "county.xlsx")

    on = ("--pack", str(pack), "--on", "2026-08-31", "--seed", "7")
    result = run("plan", tmp_path / "county.xlsx", *on)

    assert result.exit_code == 0, result.output
    assert "parents" in result.stderr
