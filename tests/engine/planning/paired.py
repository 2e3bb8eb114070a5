"""Two paired schools, Riverside and Hilltop, with two teachers each, and a quota of swaps."""

from collections.abc import Sequence

from junheng.engine.planning.problem import Problem
from junheng.engine.policy.items import Bound, Quota, Strength
from junheng.engine.policy.pack import ResolvedPack
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    county,
    person,
    problem_of,
    unit,
)
from tests.engine.planning.hand_screening import number, pack_of, population

PAIR = f"{HILLTOP}–{RIVERSIDE}"
UNITS = (unit(RIVERSIDE, pair_partner=HILLTOP), unit(HILLTOP), unit(NEW_TOWN))
THREE = (
    person("lin"),
    person("zhao"),
    person("wu", unit_id=HILLTOP),
    person("he", unit_id=HILLTOP),
)


def paired_pack(each: int = 1, strength: Strength = Strength.PRINCIPLE) -> ResolvedPack:
    """Return a pack in which paired schools swap so many persons either way."""
    quota = Quota(
        id="swap",
        title="结对互派",
        strength=strength,
        count=population("movers"),
        relation="exactly",
        bound=Bound(number=number(each)),
        per=("pair", "side", "stage"),
        each="programme",
        rounding="none",
        equal_sides=True,
    )
    return pack_of(quotas=(quota,), transfer=None)


def paired_problem(
    each: int = 1, units: Sequence[Row] = UNITS, decisions: Sequence[Row] = ()
) -> Problem:
    """Return the question of two paired schools with two teachers each."""
    return problem_of(county(THREE, units=units, decisions=decisions), paired_pack(each))
