"""What a rule requires on record, where no ground of a person's stands for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from junheng.engine.roster.roster import roster_of
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import screen
from junheng.engine.screening.explaining import explain
from junheng.engine.screening.screening import evaluate
from tests.engine.screening.asking import asked
from tests.engine.screening.counties import ON, ragged_county

PACK, RULE = "ruian", "experienced"
COUNTY = ragged_county(1, persons=150)
UNDECLARED = roster_of(
    {name: COUNTY[name] for name in COUNTY.given}
    | {"declarations": COUNTY["declarations"].filter(pl.col("table_name") != "决定")}
)


def _decided(person: str, *kinds: str, on: date | None = None, rule: str = RULE) -> Any:
    """Return whether the rule holds of somebody about whom this was decided."""
    rows = [
        {"decision_kind": kind, "person_id": person, "rule_id": rule, "decided_on": on}
        for kind in kinds
    ]
    schema = BY_ID["decisions"].schema
    names = ("decision_kind", "person_id", "rule_id", "decided_on")
    decisions = pl.DataFrame(rows, schema={name: schema[name] for name in names})
    tables = {name: UNDECLARED[name] for name in UNDECLARED.given} | {"decisions": decisions}
    found = screen(roster_of(tables), asked(PACK)).rules
    return found.filter(person_id=person)[RULE].item()


def _qualified() -> str:
    """Return somebody of whom everything but the decision is known to hold."""
    evaluation, judged = evaluate(UNDECLARED, asked(PACK))
    each = judged[RULE]
    assert each.unless is not None
    (found,) = np.nonzero(each.when.yes & each.who.yes & each.unless.no)
    return evaluation.person_ids[int(found[0])]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [((), None), (("认定",), True), (("不予认定",), False), (("认定", "不予认定"), None)],
)
def test_a_required_decision_is_what_the_table_of_decisions_says(
    kinds: tuple[str, ...], expected: object
) -> None:
    assert _decided(_qualified(), *kinds) is expected


def test_no_decision_is_no_where_the_unit_declares_the_decisions_complete() -> None:
    person = _qualified()
    row = {"unit_id": UNDECLARED["persons"].filter(person_id=person)["unit_id"].item()}
    row |= {"table_name": "决定", "complete_as_of": ON}
    declared = pl.DataFrame([row], schema_overrides={"complete_as_of": pl.Date})
    tables = {name: UNDECLARED[name] for name in UNDECLARED.given}
    tables["declarations"] = pl.concat([tables["declarations"], declared], how="diagonal")

    found = screen(roster_of(tables), asked(PACK)).rules

    assert found.filter(person_id=person)[RULE].item() is False


@pytest.mark.parametrize(("late", "expected"), [(0, True), (1, None)])
def test_a_decision_counts_from_the_day_it_is_made(late: int, expected: object) -> None:
    assert _decided(_qualified(), "认定", on=ON + timedelta(late)) is expected


def test_a_decision_under_another_rule_does_not_count() -> None:
    assert _decided(_qualified(), "认定", rule="defer-health") is None


def test_an_approved_application_to_move_is_no_decision_to_defer() -> None:
    person = _qualified()
    wish = {
        "person_id": person,
        "wish_kind": "自愿申请",
        "wished_on": ON,
        "school_approval": "同意",
        "bureau_approval": "同意",
    }
    schema = BY_ID["wishes"].schema
    wishes = pl.DataFrame([wish], schema={name: schema[name] for name in wish})
    tables = {name: UNDECLARED[name] for name in UNDECLARED.given} | {"wishes": wishes}

    found = screen(roster_of(tables), asked(PACK)).rules

    assert found.filter(person_id=person)[RULE].item() is None


def test_somebody_who_waits_for_a_decision_is_told_where_it_is_entered() -> None:
    person = _qualified()

    said = explain(screen(UNDECLARED, asked(PACK)), person)

    assert ("decision", (("decisions", ""),)) in [
        (each.fact, each.cells) for each in said.wanted
    ]
