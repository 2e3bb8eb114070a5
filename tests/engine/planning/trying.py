"""Every choice of a very small county, and the best of those that keep the rules."""

from dataclasses import dataclass
from itertools import product

from tests.engine.planning.brute_force import County


@dataclass(frozen=True)
class Verdict:
    """The best plan: values in the pack's order, the draw last, and its moves.

    A move is (person, unit, place of the subject taught in the order of preference).
    """

    values: tuple[int, ...]
    moves: tuple[tuple[str, str, int], ...]
    over_quota: frozenset[str] = frozenset()
    passed_over: tuple[tuple[str, str], ...] = ()


def combinations(county: County) -> int:
    """Return how many choices there are before any limit is looked at."""
    total = 1
    for person in county.staff:
        total *= len(county.options(person))
    return total


def best_by_trying(county: County) -> Verdict | None:
    """Try every plan; None if none keeps the rules."""
    persons = sorted(county.staff)
    best: Verdict | None = None
    for choice in product(*(county.options(person) for person in persons)):
        moves = tuple(
            (person, *to) for person, to in zip(persons, choice, strict=True) if to is not None
        )
        if county.too_many_leave(moves) or not county.keeps_the_rules(moves):
            continue
        placed = tuple((p, u, preference(county, p, subject)) for p, u, _, subject in moves)
        found = Verdict(
            county.values(moves), placed, county.over_quota(moves), county.passed_over(moves)
        )
        if best is None or (found.values, found.moves) < (best.values, best.moves):
            best = found
    return best


def preference(county: County, person: str, subject: str) -> int:
    """Return the place of a subject among those a person may teach, 0 for the own."""
    if county.staff[person]["leads"]:
        return 0
    return county.subjects(person).index(subject)
