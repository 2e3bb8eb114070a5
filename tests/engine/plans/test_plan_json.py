import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import jsonschema
import pytest

from junheng.engine.plans import (
    Move,
    ObjectiveValue,
    PassedOver,
    Plan,
    PlanReceipt,
    Unmet,
    plan_of_text,
    plan_text,
    plan_values,
)
from junheng.engine.screening.receipt import Receipt
from junheng.errors import RosterError

RECEIPT = PlanReceipt(
    screening=Receipt(
        roster="r" * 64,
        pack_id="by-hand",
        pack_version="1",
        pack="p" * 64,
        settings={"b": "2", "a": "1"},
        engine="0.1.0",
        on=date(2026, 8, 31),
        year=2026,
    ),
    solver="HiGHS",
    seed=7,
    programme="by-hand-2026",
)
MOVE = Move(
    person_id="P1",
    from_unit="U1",
    to_unit="U2",
    stage="小学",
    subject="数学",
    form="exchange",
    since=date(2026, 9, 1),
    until=date(2029, 9, 1),
    relation_moved=False,
    reason=("teacher-due",),
    over_quota="no-over-structure",
)
PLAN = Plan(
    receipt=RECEIPT,
    moves=(MOVE, Move(person_id="P2", from_unit="U2", to_unit="U1", stage="", subject="")),
    objectives=(
        ObjectiveValue(id="unmet_obligations", value=3, bound=2),
        ObjectiveValue(id="balance:arts", value=9, bound=9, scale=1_000_000, rounding_error=4),
    ),
    unmet=(Unmet(kind="shortage", unit_id="U2", stage="小学", subject="数学", required=1),),
    passed_over=(PassedOver(rule="long-served-first", person_id="P3"),),
)


def _schema() -> dict[str, object]:
    text = files("junheng.engine.plans").joinpath("plan.schema.json").read_text("utf-8")
    found: dict[str, object] = json.loads(text)
    return found


def _changed(**changes: object) -> str:
    return json.dumps(plan_values(PLAN) | changes, ensure_ascii=False)


def test_plan_json_reads_back_as_the_same_plan() -> None:
    assert plan_of_text(plan_text(PLAN)) == PLAN


def test_plan_json_is_the_same_text_for_the_same_plan() -> None:
    again = plan_of_text(plan_text(PLAN))

    assert plan_text(again) == plan_text(PLAN)
    assert plan_text(PLAN).endswith("}\n")


def test_plan_json_keeps_to_the_shipped_schema() -> None:
    jsonschema.validate(plan_values(PLAN), _schema())


def test_the_schema_names_every_value_that_is_written() -> None:
    schema = _schema()
    extra = plan_values(PLAN) | {"surplus": 1}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(extra, schema)


def test_plan_json_states_bound_proof_and_exact_gap() -> None:
    first, second = json.loads(plan_text(PLAN))["objectives"]

    assert (first["proven"], first["gap"]) == (False, "1/3")
    assert (second["proven"], second["gap"]) == (True, "0")


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(RosterError) as refused:
        plan_of_text('{\n"format": ')

    (problem,) = refused.value.problems
    assert (problem.code, str(problem.place)) == ("plans.not-json", "plan.json:2")


def test_a_plan_of_an_earlier_version_is_read_with_what_came_later_empty() -> None:
    older = plan_values(replace(PLAN, moves=(replace(MOVE, over_quota=""),), passed_over=()))
    older = json.loads(json.dumps(older))
    del older["passed_over"]
    del older["moves"][0]["over_quota"]
    del older["unmet"][0]["zone"]
    del older["unmet"][0]["role"]

    read = plan_of_text(json.dumps(older, ensure_ascii=False))

    assert read == replace(PLAN, moves=(replace(MOVE, over_quota=""),), passed_over=())


def test_another_format_is_refused() -> None:
    with pytest.raises(RosterError) as refused:
        plan_of_text(_changed(format="junheng-plan/2"))

    assert [problem.code for problem in refused.value.problems] == ["plans.other-format"]


def test_every_wrong_value_is_listed_with_its_path() -> None:
    move = json.loads(plan_text(PLAN))["moves"][0]
    wrong = move | {"to": None, "since": "1 September", "relation_moved": "no", "reason": [1]}

    with pytest.raises(RosterError) as refused:
        plan_of_text(_changed(moves=[wrong], unmet={}, objectives=[7]))

    places = {str(problem.place).split()[-1] for problem in refused.value.problems}
    assert places == {
        "moves[0].to",
        "moves[0].since",
        "moves[0].relation_moved",
        "moves[0].reason",
        "unmet",
        "objectives[0]",
        *(
            f"objectives[0].{key}"
            for key in ("id", "value", "bound", "scale", "rounding_error")
        ),
    }


def test_a_truth_is_not_taken_for_a_number() -> None:
    receipt = json.loads(plan_text(PLAN))["receipt"] | {"seed": True}

    with pytest.raises(RosterError) as refused:
        plan_of_text(_changed(receipt=receipt))

    assert [str(p.place) for p in refused.value.problems] == ["plan.json receipt.seed"]


def test_a_file_that_names_no_format_is_said_to_be_no_plan() -> None:
    with pytest.raises(RosterError) as refused:
        plan_of_text('{"moves": []}')

    assert [problem.code for problem in refused.value.problems] == ["plans.no-format"]


@pytest.mark.parametrize(
    ("to", "code"), [(None, "plans.value-missing"), (7, "plans.wrong-value")]
)
def test_a_value_that_is_missing_is_told_from_one_that_cannot_be_read(
    to: object, code: str
) -> None:
    move = json.loads(plan_text(PLAN))["moves"][0]

    with pytest.raises(RosterError) as refused:
        plan_of_text(_changed(moves=[move | {"to": to}]))

    found = [(each.code, dict(each.values)) for each in refused.value.problems]
    assert found == [(code, {"item": "moves[0].to"})]
