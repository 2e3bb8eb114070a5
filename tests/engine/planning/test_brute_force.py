"""The planner against every plan tried one by one: same optimum, same verdict."""

from random import Random

import pytest

from junheng.engine.planning import Conflict, Planned, plan
from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Bound, Destination, Guard, Planning, Quota, Strength
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.generator import tiny
from tests.engine.planning.brute_force import County
from tests.engine.planning.hand_screening import (
    FULL_TIME,
    SAME_ZONE,
    SENIOR,
    TO_COUNTRYSIDE,
    by_lot,
    is_,
    number,
    pack_of,
    planning_item,
    population,
    screened,
    share,
)
from tests.engine.planning.trying import best_by_trying, combinations, preference

DRAW_SEED = 20260901
_TOO_MANY = 3000
_FEW = range(40)
_MANY = range(40, 260)


def test_planner_finds_the_same_best_plan_as_trying_all_of_them() -> None:
    assert [seed for seed in _FEW if not _agrees(seed)] == []


@pytest.mark.slow
def test_planner_finds_the_same_best_plan_as_trying_all_in_two_hundred_counties() -> None:
    assert [seed for seed in _MANY if not _agrees(seed)] == []


def test_random_counties_have_plans_conflicts_and_every_kind_of_limit() -> None:
    packs = [_random_pack(_dice(seed)) for seed in _FEW]
    outcomes = [_outcome(seed) for seed in _FEW]

    kinds = {type(outcome) for outcome in outcomes}
    relations = {quota.relation for pack in packs for quota in pack.items.quotas.values()}
    assert kinds == {Planned, Conflict}
    assert relations == {"at_least", "at_most", "exactly"}


def _agrees(seed: int) -> bool:
    county = _county(seed)
    outcome = plan(county.roster, county.screening, seed=DRAW_SEED)
    expected = best_by_trying(county)
    if expected is None:
        return isinstance(outcome, Conflict)
    if not isinstance(outcome, Planned):
        return False
    found = outcome.plan
    proven = all(each.proven for each in found.objectives)
    values = tuple(each.value for each in found.objectives)
    moves = tuple(
        (move.person_id, move.to_unit, preference(county, move.person_id, move.subject))
        for move in found.moves
    )
    return proven and (values, moves) == (expected.values, expected.moves)


def _outcome(seed: int) -> object:
    county = _county(seed)
    return plan(county.roster, county.screening, seed=DRAW_SEED)


def _county(seed: int) -> County:
    """Return the county of a seed, smaller where there would be too much to try."""
    random = _dice(seed)
    pack = _random_pack(random)
    units = random.randint(2, 4)
    for persons in range(random.randint(5, 9), 2, -1):
        roster = tiny(seed, units=units, persons=persons)
        county = County(roster, screened(roster, pack, by_lot(seed)), DRAW_SEED)
        if combinations(county) <= _TOO_MANY:
            return county
    raise AssertionError("no county small enough")


def _dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- not for security


def _random_pack(random: Random) -> ResolvedPack:
    return pack_of(
        _random_planning(random),
        quotas=tuple(_random_quota(random, k) for k in range(random.randint(0, 3))),
        destinations=tuple(_random_destination(random) for _ in range(random.randint(0, 1))),
        guards=_random_guards(random),
        transfer=random.choice([None, TO_COUNTRYSIDE, SENIOR]),
    )


def _random_planning(random: Random) -> Planning:
    leavers = random.choice(
        [Bound(number=number(1)), Bound(share=share(1, 3), of=population("staff"))]
    )
    objectives = ["unmet_obligations", "balance", "wishes", "travel"]
    if random.random() < 0.3:
        random.shuffle(objectives)
    return planning_item(
        duties=(("teacher", random.choice(["everyone", "quota"])),),
        leavers_at_most=leavers,
        leavers_rounding=random.choice(["up", "down", "nearest"]),
        counted_at=random.choice(["host", "origin"]),
        forms=random.choice([("transfer", "exchange"), ("exchange",), ("transfer",)]),
        objectives=tuple(objectives),
    )


def _random_quota(random: Random, number_of: int) -> Quota:
    moving = random.choice(["movers", "movers_and_serving", "movers_and_volunteers"])
    base = random.choice(["due", "staff", "movers", "movers_and_volunteers", "full_time"])
    bound = random.choice(
        [Bound(number=number(random.randint(0, 2)))]
        + [Bound(share=share(random.randint(1, 3), random.randint(3, 5)), of=population(base))]
        * 3
    )
    who: Condition | None = random.choice([None, SENIOR, FULL_TIME, is_("sex", "女")])
    return Quota(
        id=f"quota-{number_of}",
        title="指标",
        strength=random.choice([Strength.HARD, Strength.PRINCIPLE]),
        count=population(moving, who),
        relation=random.choice(["at_least", "at_least", "at_most", "exactly"]),
        bound=bound,
        per=random.choice([("county",), ("unit",), ("zone",), ("unit", "subject")]),
        each="year",
        rounding=random.choice(["up", "down", "nearest"]),
    )


def _random_destination(random: Random) -> Destination:
    return Destination(
        id="in-zone",
        title="片区内",
        strength=random.choice(list(Strength)),
        who=random.choice([None, SENIOR]),
        must=SAME_ZONE if random.random() < 0.7 else None,
    )


def _random_guards(random: Random) -> tuple[Guard, ...]:
    if random.random() < 0.5:
        return ()
    never = is_("post_structure_worsened", True)
    strength = random.choice([Strength.HARD, Strength.PRINCIPLE])
    return (Guard(id="no-over-structure", title="结构", strength=strength, never=never),)
