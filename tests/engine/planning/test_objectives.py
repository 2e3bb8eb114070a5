"""Each objective's cost over columns must equal its exact value, whatever is chosen."""

from fractions import Fraction

import numpy as np
import pytest

from junheng.engine.planning.building import build
from junheng.engine.planning.costs import metres_between
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.model import whole_model
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.objectives.balance import SCALE
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Session, Status
from junheng.engine.policy.items import Bound, Quota, Strength
from junheng.engine.roster.generator import tiny
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    POSTS,
    RIVERSIDE,
    choosing,
    county,
    person,
    post,
    problem_of,
)
from tests.engine.planning.hand_screening import (
    SENIOR,
    by_lot,
    number,
    pack_of,
    planning_item,
    population,
    screened,
    share,
)


def _quota(rounding: str, among: str) -> Quota:
    return Quota(
        id=f"floor-{rounding}-{among}",
        title="指标",
        strength=Strength.HARD,
        count=population("movers", SENIOR),
        relation="at_least",
        bound=Bound(share=share(3, 10), of=population(among)),
        per=("unit",),
        each="year",
        rounding=rounding,
    )


QUOTAS = tuple(_quota(r, a) for r in ("up", "down", "nearest") for a in ("movers", "staff"))


def _least_cost(problem: Problem, objective: str, chosen: Mask) -> int | None:
    """Return the least cost over the own columns for fixed arcs; None if rules forbid them."""
    model = whole_model(problem, (objective,))
    session = Session(model.programme)
    fixed = chosen.astype(np.float64)
    n_arcs = len(chosen)
    session.bound_columns(
        lower=np.concatenate([fixed, model.programme.column_lower[n_arcs:]]),
        upper=np.concatenate([fixed, model.programme.column_upper[n_arcs:]]),
    )
    answer = session.solve(model.costs[objective].astype(np.float64))
    if answer.status is Status.INFEASIBLE:
        return None
    return round(answer.cost) + model.constants[objective]


@pytest.mark.parametrize("objective", sorted(OBJECTIVES))
def test_cost_over_columns_equals_the_exact_value_of_any_choice(objective: str) -> None:
    compared = 0
    for seed in range(12):
        roster = tiny(seed, units=3, persons=8)
        item = planning_item(duties=(("teacher", "everyone"),))
        pack = pack_of(item, quotas=QUOTAS)
        problem = build(roster, screened(roster, pack, by_lot(seed)), seed=3)
        dice = np.random.default_rng(seed)
        for _ in range(4):
            chosen = dice.random(len(problem.arcs)) < 0.2
            cost = _least_cost(problem, objective, chosen)
            if cost is not None:
                compared += 1
                assert cost == OBJECTIVES[objective].value(problem, chosen)

    assert compared > 8


def test_unmet_lists_each_missing_post_with_its_cell() -> None:
    posts = [post(RIVERSIDE), post(HILLTOP, required=2), post(NEW_TOWN)]
    problem = problem_of(county([person("lin")], posts=posts))

    (short,) = unmet(problem, choosing(problem, ("lin", HILLTOP)))

    assert (short.kind, short.unit_id, short.subject) == ("shortage", HILLTOP, "数学")
    assert (short.required, short.reached, short.amount) == (2, 1, 1)


def test_unmet_of_a_quota_states_the_rounded_bound_and_what_is_reached() -> None:
    floor = Quota(
        id="yearly-floor",
        title="指标",
        strength=Strength.PRINCIPLE,
        count=population("movers"),
        relation="at_least",
        bound=Bound(share=share(1, 10), of=population("staff")),
        per=("county",),
        each="year",
        rounding="up",
    )
    problem = problem_of(county([person("lin")]), pack_of(quotas=(floor,), transfer=None))

    (owed,) = unmet(problem, choosing(problem))

    assert (owed.kind, owed.rule, owed.required, owed.reached) == (
        "quota",
        "yearly-floor",
        1,
        0,
    )


def test_balance_is_the_sum_of_cv_squared_plus_one_within_its_stated_error() -> None:
    staff = [person(p, title="高级教师") for p in ("bai", "he", "lin")]
    problem = problem_of(county([*staff, person("zhao", unit_id=HILLTOP)]))
    chosen = choosing(problem, ("lin", HILLTOP))
    counts, pupils = (2, 1, 0), 100
    mean = Fraction(sum(counts), 3 * pupils)
    variance = sum((Fraction(x, pupils) - mean) ** 2 for x in counts) / 3

    value = OBJECTIVES["balance"].value(problem, chosen)
    error = OBJECTIVES["balance"].rounding_error(problem, chosen)

    assert abs(Fraction(value) - SCALE * (variance / mean**2 + 1)) <= error


@pytest.mark.parametrize(("counted_at", "at_hilltop"), [("host", 1), ("origin", 0)])
def test_balance_counts_a_temporary_move_where_the_pack_says(
    counted_at: str, at_hilltop: int
) -> None:
    item = planning_item(counted_at=counted_at, forms=("exchange",))
    roster = county([person("lin", title="高级教师")])
    problem = problem_of(roster, pack_of(item))
    (schools,) = problem.schools

    after = schools.stock.after(choosing(problem, ("lin", HILLTOP)))

    by_unit = dict(zip((n.unit_id for n in schools.stock.names), after.tolist(), strict=True))
    assert by_unit == {RIVERSIDE: 1 - at_hilltop, HILLTOP: at_hilltop, NEW_TOWN: 0}


def test_wishes_cost_by_rank_elsewhere_kept_and_unasked() -> None:
    wishes = [
        {"person_id": "lin", "wish_kind": "志愿", "wish_rank": rank, "unit_id": u}
        for rank, u in ((1, HILLTOP), (3, NEW_TOWN))
    ]
    problem = problem_of(county([person("lin"), person("zhao")], wishes=wishes))
    moves = [(), (("lin", HILLTOP),), (("lin", NEW_TOWN),), (("zhao", HILLTOP),)]

    values = [OBJECTIVES["wishes"].value(problem, choosing(problem, *each)) for each in moves]

    assert values == [4, 0, 6, 4 + 3]


def test_travel_starts_at_home_and_else_at_the_present_school() -> None:
    at_hilltop = {"home_latitude": 36.0, "home_longitude": 103.1}
    problem = problem_of(county([person("lin"), person("zhao", **at_hilltop)]))

    metres = [
        OBJECTIVES["travel"].value(problem, choosing(problem, (who, HILLTOP)))
        for who in ("lin", "zhao")
    ]

    assert metres == [metres_between((36.0, 103.0), (36.0, 103.1)), 0]


def test_costs_that_are_fractions_are_scaled_to_whole_numbers() -> None:
    item = planning_item(unasked_cost=number(3, 2))
    problem = problem_of(county([person("lin")], posts=POSTS), pack_of(item, transfer=None))
    chosen = choosing(problem, ("lin", HILLTOP))

    value = OBJECTIVES["wishes"].value(problem, chosen)

    assert Fraction(value, OBJECTIVES["wishes"].scale(problem)) == Fraction(3, 2)
