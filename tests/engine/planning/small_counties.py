"""Small random counties with every plan that keeps their rules, found without the planner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from junheng.engine.policy.items import Bound, Quota, Strength
from junheng.engine.roster.generator import tiny
from tests.engine.planning.brute_force import County, Moves
from tests.engine.planning.hand_screening import (
    by_lot,
    number,
    pack_of,
    planning_item,
    population,
    screened,
)
from tests.engine.planning.trying import combinations

SEED = 20260901
_TOO_MANY = 1500


@dataclass(frozen=True)
class Tried:
    """One plan that keeps the rules: its moves and values, the draw left out."""

    moves: dict[str, str]
    values: tuple[int, ...]


def small_county(seed: int) -> County:
    """Return a county of a seed in which no quota is a share, with few enough plans."""
    dice = Random(seed)  # noqa: S311 -- not for security
    quota = Quota(
        id="a-number",
        title="指标",
        strength=Strength.HARD,
        count=population("movers"),
        relation=dice.choice(["at_least", "at_most"]),
        bound=Bound(number=number(dice.randint(0, 2))),
        per=("county",),
        each="year",
        rounding="none",
    )
    leavers = Bound(number=number(dice.randint(1, 2)))
    pack = pack_of(planning_item(leavers_at_most=leavers), quotas=(quota,))
    for persons in range(8, 2, -1):
        roster = tiny(seed, units=dice.randint(3, 4), persons=persons)
        found = County(roster, screened(roster, pack, by_lot(seed)), SEED)
        if 1 < combinations(found) <= _TOO_MANY:
            return found
    return small_county(seed + 1000)


def tried(county: County) -> list[Tried]:
    """Return every plan that keeps the rules."""
    return [
        Tried({p: u for p, u, *_ in moves}, county.values(moves)[:-1])
        for moves in _choices(county)
        if not county.too_many_leave(moves) and county.keeps_the_rules(moves)
    ]


def _choices(county: County) -> Iterator[Moves]:
    persons = sorted(county.staff)
    for choice in product(*(county.options(person) for person in persons)):
        yield tuple((p, *to) for p, to in zip(persons, choice, strict=True) if to is not None)


def changes(one: dict[str, str], other: dict[str, str]) -> int:
    """Count the persons whom two plans place differently."""
    return sum(one.get(p) != other.get(p) for p in one.keys() | other.keys())
