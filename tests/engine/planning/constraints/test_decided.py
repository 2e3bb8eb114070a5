from junheng.engine.planning.constraints.decided import bans_and_rules, pins
from junheng.engine.planning.names import Structure
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    choosing,
    county,
    decision,
    person,
    problem_of,
)


def test_pins_send_a_person_to_the_unit_and_nowhere_else() -> None:
    pinned = county([person("lin")], decisions=[decision("固定", "lin", HILLTOP)])
    problem = problem_of(pinned)

    assert len(pins(problem).broken(choosing(problem))) == 1
    assert len(pins(problem).broken(choosing(problem, ("lin", NEW_TOWN)))) == 1
    assert pins(problem).broken(choosing(problem, ("lin", HILLTOP))) == ()


def test_pins_to_the_own_unit_keep_a_person() -> None:
    problem = problem_of(
        county([person("lin")], decisions=[decision("固定", "lin", RIVERSIDE)])
    )

    assert pins(problem).broken(choosing(problem)) == ()
    assert len(pins(problem).broken(choosing(problem, ("lin", HILLTOP)))) == 1


def test_bans_and_rules_stand_against_a_pinned_move_by_name() -> None:
    decisions = [decision("固定", "lin", HILLTOP), decision("禁止", "lin", HILLTOP)]
    problem = problem_of(county([person("lin")], decisions=decisions))

    broken = bans_and_rules(problem).broken(choosing(problem, ("lin", HILLTOP)))

    assert [(name.rule, name.unit_id) for name in broken] == [(Structure.BAN, HILLTOP)]


def test_bans_and_rules_have_no_row_where_no_pin_asks_for_a_forbidden_move() -> None:
    problem = problem_of(county([person("lin")], decisions=[decision("禁止", "lin", HILLTOP)]))

    assert bans_and_rules(problem).names == ()
    assert [problem.units.ids[u] for u in problem.arcs.unit] == [NEW_TOWN]
