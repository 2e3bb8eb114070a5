import pytest

from junheng.engine.answers.situation import situation
from junheng.engine.answers.swapping import swap, swap_to
from junheng.engine.planning import Planned, plan
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    asked,
    county,
    head,
    head_post,
    person,
    post,
    unit,
)
from tests.engine.planning.small_counties import SEED, small_county, tried

PUBLISHED = ("unmet_obligations", "balance", "wishes", "travel")


@pytest.mark.parametrize("seed", range(10))
def test_a_swap_is_possible_and_costs_what_trying_every_plan_says(seed: int) -> None:
    found = small_county(seed)
    values = {tuple(sorted(each.moves.items())): each.values for each in tried(found)}
    outcome = plan(found.roster, found.screening, seed=SEED)
    if not isinstance(outcome, Planned):
        assert values == {}
        return
    today = situation(found.roster, found.screening, outcome.plan)
    moves = {move.person_id: move.to_unit for move in outcome.plan.moves}
    now = values[tuple(sorted(moves.items()))]

    for place, arcs in today.arcs_of.items():
        for arc in arcs:
            each = swap(today, place, arc)
            then = {**moves, today.problem.staff.ids[place]: each.unit_id}
            expected = values.get(tuple(sorted(then.items())))
            assert (expected is None) == bool(each.full)
            if expected is not None:
                differs = [k for k in range(len(now)) if now[k] != expected[k]]
                first = PUBLISHED[differs[0]] if differs else None
                assert first == (each.worse.id if each.worse else None)


def test_a_full_place_is_told_with_its_limit_and_what_it_would_have() -> None:
    units = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN))
    posts = (head_post(RIVERSIDE), head_post(HILLTOP), post(NEW_TOWN))
    roster = county([head("he"), head("lin", unit_id=HILLTOP)], units=units, posts=posts)
    screening = asked(roster)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    today = situation(roster, screening, outcome.plan)

    found = swap_to(today, today.person_of["he"], today.unit_of[HILLTOP])

    assert found is not None
    told = {each.name.rule: (each.limit, each.after) for each in found.full}
    assert told == {"leadership-posts": (1, 2), "head-kept": (None, None)}


def test_nothing_is_swapped_where_no_arc_leads() -> None:
    roster = county([person("lin")], posts=(post(RIVERSIDE),))
    screening = asked(roster)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    today = situation(roster, screening, outcome.plan)

    assert swap_to(today, today.person_of["lin"], today.unit_of[NEW_TOWN]) is None
