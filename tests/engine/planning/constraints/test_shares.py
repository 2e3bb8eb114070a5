from fractions import Fraction

import pytest

from junheng.engine.planning.constraints.shares import caps, leavers
from junheng.engine.planning.problem import rounded
from junheng.engine.policy.items import Bound, Population, Quota, Strength
from junheng.engine.policy.pack import ResolvedPack
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
from tests.engine.planning.hand_screening import (
    SENIOR,
    number,
    pack_of,
    planning_item,
    population,
    share,
)

FOUR = [person(p) for p in ("bai", "he", "lin", "zhao")]


def _capped(
    relation: str = "at_most",
    strength: Strength = Strength.HARD,
    rounding: str = "down",
    of: Population | None = None,
    tenths: int = 3,
) -> ResolvedPack:
    """Return a pack that lets at most so many tenths of a unit's staff move."""
    quota = Quota(
        id="team-cap",
        title="上限",
        strength=strength,
        count=population("movers", SENIOR if of else None),
        relation=relation,
        bound=Bound(share=share(tenths, 10), of=of or population("staff")),
        per=("unit",),
        each="year",
        rounding=rounding,
    )
    return pack_of(quotas=(quota,), transfer=None)


def test_caps_of_three_tenths_of_four_let_one_go_and_not_two() -> None:
    problem = problem_of(county(FOUR), _capped())
    one = choosing(problem, ("lin", HILLTOP))
    two = choosing(problem, ("lin", HILLTOP), ("zhao", NEW_TOWN))

    assert caps(problem).broken(one) == ()
    assert [name.rule for name in caps(problem).broken(two)] == ["team-cap"]


@pytest.mark.parametrize(("rounding", "allowed"), [("down", 1), ("nearest", 1), ("up", 2)])
def test_caps_round_as_the_pack_says(rounding: str, allowed: int) -> None:
    problem = problem_of(county(FOUR), _capped(rounding=rounding))
    moves = [(p, HILLTOP) for p in ("bai", "he", "lin")]

    kept = [n for n in range(4) if not caps(problem).broken(choosing(problem, *moves[:n]))]

    assert kept == list(range(allowed + 1))


def test_caps_that_are_only_encouraged_or_lifted_limit_nothing() -> None:
    lifted = county(FOUR, decisions=[decision("例外批准", None, RIVERSIDE, "team-cap")])
    two = (("lin", HILLTOP), ("zhao", NEW_TOWN))
    encouraged = problem_of(county(FOUR), _capped(strength=Strength.ENCOURAGED))
    overridden = problem_of(lifted, _capped(strength=Strength.PRINCIPLE))
    elsewhere = problem_of(county(FOUR), _capped(strength=Strength.PRINCIPLE))

    assert caps(encouraged).broken(choosing(encouraged, *two)) == ()
    assert caps(overridden).broken(choosing(overridden, *two)) == ()
    assert len(caps(elsewhere).broken(choosing(elsewhere, *two))) == 1


def test_caps_of_movers_compare_with_all_who_move() -> None:
    staff = [person("lin", title="高级教师"), person("sun"), person("tang"), person("zhao")]
    problem = problem_of(county(staff), _capped(of=population("movers")))
    alone = choosing(problem, ("lin", HILLTOP))
    of_four = choosing(problem, *((p, HILLTOP) for p in ("lin", "sun", "tang", "zhao")))

    assert [name.rule for name in caps(problem).broken(alone)] == ["team-cap"]
    assert caps(problem).broken(of_four) == ()


@pytest.mark.parametrize("rounding", ["down", "nearest", "up"])
@pytest.mark.parametrize("per_ten", [2, 3, 5])
def test_caps_of_movers_are_broken_exactly_above_the_rounded_bound(
    rounding: str, per_ten: int
) -> None:
    seniors = [person(f"senior-{k}", title="高级教师") for k in range(4)]
    others = [person(f"other-{k}") for k in range(6)]
    pack = _capped(rounding=rounding, of=population("movers"), tenths=per_ten)
    problem = problem_of(county([*seniors, *others]), pack)

    for moved in range(5):
        for beside in range(7):
            names = [p["person_id"] for p in (*seniors[:moved], *others[:beside])]
            chosen = choosing(problem, *((str(name), HILLTOP) for name in names))
            bound = rounded(Fraction(per_ten, 10) * (moved + beside), rounding)
            assert bool(caps(problem).broken(chosen)) == (moved > bound)


def test_caps_that_say_exactly_are_limits_too() -> None:
    problem = problem_of(county(FOUR), _capped(relation="exactly"))
    two = choosing(problem, ("lin", HILLTOP), ("zhao", NEW_TOWN))

    assert [name.rule for name in caps(problem).broken(two)] == ["team-cap"]


def test_leavers_are_limited_unit_by_unit() -> None:
    item = planning_item(leavers_at_most=Bound(number=number(1)))
    staff = [*FOUR, person("sun", unit_id=HILLTOP)]
    problem = problem_of(county(staff), pack_of(item, transfer=None))
    one_each = choosing(problem, ("lin", HILLTOP), ("sun", NEW_TOWN))
    two = choosing(problem, ("lin", HILLTOP), ("zhao", NEW_TOWN))

    assert leavers(problem).broken(one_each) == ()
    assert [name.unit_id for name in leavers(problem).broken(two)] == [RIVERSIDE]
