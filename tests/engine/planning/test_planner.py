from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from junheng.engine.planning import Conflict, OutOfTime, Planned, conflict_lines, plan
from junheng.engine.planning.shortages import shortage_lines
from junheng.engine.plans import Plan, plan_text
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Destination, Outcome, Strength
from junheng.engine.roster.generator import tiny
from junheng.engine.roster.roster import Roster, roster_of
from junheng.errors import QuestionError, UnsetFigures
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    asked,
    county,
    decision,
    head,
    person,
    post,
    unit,
)
from tests.engine.planning.hand_screening import (
    SAME_ZONE,
    by_lot,
    number,
    pack_of,
    planning_item,
    screened,
)

SHORT = (post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN))
IN_ZONE = Destination(id="in-zone", title="片区内", strength=Strength.HARD, must=SAME_ZONE)


def _planned(roster: Roster, **more: object) -> Plan:
    outcome = plan(roster, asked(roster, **more), seed=1)  # type: ignore[arg-type]  # -- the test needs the wrong type
    assert isinstance(outcome, Planned)
    return outcome.plan


def test_a_move_says_form_dates_relation_and_reason() -> None:
    found = _planned(county([person("lin")], posts=SHORT), pack=pack_of(planning_item()))

    (move,) = found.moves

    assert (move.person_id, move.from_unit, move.to_unit) == ("lin", RIVERSIDE, HILLTOP)
    assert (move.form, move.relation_moved, move.reason) == ("transfer", True, ("teacher-due",))
    assert (move.since, move.until) == (date(2026, 9, 1), None)


def test_a_form_of_exact_length_gives_the_day_it_ends() -> None:
    pack = pack_of(planning_item(forms=("exchange",)))

    (move,) = _planned(county([person("lin")], posts=SHORT), pack=pack).moves

    assert (move.until, move.relation_moved) == (date(2029, 9, 1), False)


@pytest.mark.parametrize(
    ("months", "until"), [(6, date(2027, 3, 1)), (4, date(2027, 1, 1)), (18, date(2028, 3, 1))]
)
def test_a_form_of_some_months_ends_as_many_months_later(months: int, until: date) -> None:
    pack = pack_of(planning_item(forms=("exchange",)))
    form = replace(pack.items.arrangements["exchange"], length=number(months, 12))
    pack = replace(pack, items=replace(pack.items, arrangements={form.id: form}))

    (move,) = _planned(county([person("lin")], posts=SHORT), pack=pack).moves

    assert move.until == until


@pytest.mark.parametrize("outcome", [Outcome.NOT_DUE, Outcome.UNDECIDED, Outcome.DEFERRED])
def test_nobody_is_moved_whose_outcome_does_not_allow_it(outcome: Outcome) -> None:
    roster = county([person("lin")], posts=SHORT)

    found = _planned(roster, sort=lambda _: (outcome, ""))

    assert found.moves == ()
    assert [each.kind for each in found.unmet] == ["shortage"]


@pytest.mark.parametrize(("zone", "moves"), [("东", 1), ("西", 0), (None, 0)])
def test_a_hard_destination_rule_lets_only_a_known_yes_pass(
    zone: str | None, moves: int
) -> None:
    units = (unit(RIVERSIDE), unit(HILLTOP, zone=zone), unit(NEW_TOWN))
    roster = county([person("lin")], units=units, posts=SHORT)

    found = _planned(roster, pack=pack_of(destinations=(IN_ZONE,), transfer=None))

    assert len(found.moves) == moves


def test_somebody_on_exchange_is_counted_at_the_host_and_not_chosen_again() -> None:
    served = {
        "person_id": "lin",
        "exchange_kind": "定期交流",
        "relation_moved": False,
        "since": date(2025, 9, 1),
        "until": date(2028, 9, 1),
        "origin_unit": RIVERSIDE,
        "host_unit": HILLTOP,
    }
    there = person("lin", unit_id=HILLTOP, establishment_unit=RIVERSIDE)
    serving = _planned(county([there], posts=SHORT, exchanges=[served]))
    returning = _planned(
        county([there], posts=SHORT, exchanges=[served | {"until": date(2026, 9, 1)}])
    )

    assert (serving.moves, serving.unmet) == ((), ())
    assert [move.from_unit for move in returning.moves] == [RIVERSIDE]


def test_names_do_not_change_the_plan_and_equal_questions_give_equal_bytes() -> None:
    roster = tiny(5, units=3, persons=8)
    renamed = roster_of(
        {
            table: roster[table].with_columns(pl.lit("别名").alias("person_name"))
            if table == "persons"
            else roster[table]
            for table in roster.given
        }
    )
    texts = {
        plan_text(outcome.plan)
        for each in (roster, roster, renamed)
        if isinstance(
            outcome := plan(each, screened(each, pack_of(), by_lot(5)), seed=9), Planned
        )
    }

    assert len(texts) == 1


def test_a_pin_against_a_rule_is_a_conflict_of_the_two_and_says_what_relaxing_gives() -> None:
    units = (unit(RIVERSIDE), unit(HILLTOP, zone="西"), unit(NEW_TOWN))
    pinned = [decision("固定", "lin", HILLTOP)]
    roster = county([person("lin")], units=units, posts=SHORT, decisions=pinned)
    pack = pack_of(destinations=(IN_ZONE,), transfer=None)

    outcome = plan(roster, asked(roster, pack), seed=1)

    assert isinstance(outcome, Conflict)
    assert [group.rule for group in outcome.groups] == ["in-zone", "pin"]
    assert [(r.solves, r.unmet) for r in outcome.relaxations] == [(True, 0), (True, 1)]
    lines = conflict_lines(outcome)
    assert "片区内" in lines[1]
    assert len(lines) == 8
    assert lines[6:] == shortage_lines(outcome.short)
    assert len(conflict_lines(outcome, Language.EN)) == 8


def test_two_pins_of_one_person_are_a_conflict_of_the_two_decisions() -> None:
    pinned = [decision("固定", "lin", HILLTOP), decision("固定", "lin", NEW_TOWN)]
    roster = county([person("lin")], posts=SHORT, decisions=pinned)

    outcome = plan(roster, asked(roster), seed=1)

    assert isinstance(outcome, Conflict)
    assert sorted(group.unit_id for group in outcome.groups) == [HILLTOP, NEW_TOWN]


def test_no_time_to_fulfil_a_pin_is_out_of_time_and_says_nothing_about_plans() -> None:
    pinned = [decision("固定", "lin", HILLTOP)]
    roster = county([person("lin")], posts=SHORT, decisions=pinned)

    outcome = plan(roster, asked(roster), seed=1, time_limit=0.0)

    assert outcome == OutOfTime(0.0)


def test_blank_cells_that_decide_are_all_listed() -> None:
    staff = [
        person("lin", subject=None),
        person("zhao", employment=None),
        head("yu", role=None),
    ]
    units = (unit(RIVERSIDE, establishment=None), unit(HILLTOP), unit(NEW_TOWN))
    roster = county(staff, units=units, posts=SHORT)

    with pytest.raises(QuestionError) as refused:
        plan(roster, asked(roster), seed=1)

    columns = {problem.values.get("column") for problem in refused.value.problems}
    assert columns == {"主教学科", "用工性质", "现任职务"}


def test_unset_figures_are_refused_by_name() -> None:
    item = replace(planning_item(), kept_cost=Unset("待定", "kept-cost"))
    roster = county([person("lin")], posts=SHORT)

    with pytest.raises(UnsetFigures) as refused:
        plan(roster, asked(roster, pack_of(item)), seed=1)

    assert [problem.values["id"] for problem in refused.value.problems] == ["kept-cost"]


@pytest.mark.parametrize("blank", ["reason", "approver"])
def test_an_override_without_reason_or_approver_is_refused_a118(blank: str) -> None:
    unfounded = dict(decision("例外批准", "lin", None, "in-zone")) | {blank: None}
    roster = county([person("lin")], posts=SHORT, decisions=[unfounded])
    principle = replace(IN_ZONE, strength=Strength.PRINCIPLE)

    with pytest.raises(QuestionError) as refused:
        plan(roster, asked(roster, pack_of(destinations=(principle,))), seed=1)

    assert [problem.code for problem in refused.value.problems] == [
        "planning.override-unfounded"
    ]


def test_an_override_of_a_hard_rule_is_refused() -> None:
    roster = county(
        [person("lin")], posts=SHORT, decisions=[decision("例外批准", "lin", None, "in-zone")]
    )

    with pytest.raises(QuestionError) as refused:
        plan(roster, asked(roster, pack_of(destinations=(IN_ZONE,))), seed=1)

    assert [problem.code for problem in refused.value.problems] == ["planning.hard-rule-lifted"]


def test_an_unknown_backbone_fact_at_a_compared_school_is_refused() -> None:
    roster = county([person("lin", title=None)], posts=SHORT)

    with pytest.raises(QuestionError) as refused:
        plan(roster, asked(roster), seed=1)

    assert [p.code for p in refused.value.problems] == ["planning.balance-undecided"]
