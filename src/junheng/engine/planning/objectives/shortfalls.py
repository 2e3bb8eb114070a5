"""Shortfalls of quotas, in rows whose relaxation is as tight as one quota allows.

A floor on a number, or on a share of a base that no move changes, is one row: count + shortfall
≥ bound. A floor on a share of those who move is not: the bound ⌈p·b⌉ grows in steps with the
number b of movers, and the plain row q·count + q·shortfall ≥ p·b lets a relaxation live between
the steps. There each range of b with one bound gets a 0/1 column λ:

    Σ λ = 1,   Σ first·λ ≤ b ≤ Σ last·λ,   count + s ≥ Σ bound·λ,   s ≥ Σ (bound - most)⁺·λ,

with ``most`` the largest count there can be. For each range the choices of (b, count, s) form a
box cut by one row of ones, so its corners are whole; joining the ranges by λ describes the
convex hull of them all. A floor on a plain number that counts some of the same movers binds
here too: with at most b movers it falls short by (bound - b)⁺, so ranges end where it is met,
and its own shortfall is at least Σ (bound - last)⁺·λ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from junheng.engine.planning.matrix import Ints, Rows, Stairs, ints
from junheng.engine.planning.problem import Limit, Problem, whole_factors

_MANY = 400
"""Above this many ranges the steps are too fine to matter, and the plain row does."""


@dataclass(frozen=True, slots=True)
class _Floor:
    """A floor on a number: its bound beyond what is fixed, whom it counts, its shortfall."""

    bound: int
    arcs: frozenset[int]
    column: int


@dataclass(slots=True)
class Shortfalls:
    """Adds the shortfalls of floors to rows.

    Attributes
    ----------
    free : columns added that cost nothing
    """

    rows: Rows
    problem: Problem
    free: list[int] = field(default_factory=list)
    _plain: dict[str, list[_Floor]] = field(default_factory=lambda: defaultdict(list))
    _leavers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read how many may leave each unit at most."""
        for limit in self.problem.leavers:
            if not len(limit.base_arcs):
                left = limit.bound(limit.base_fixed) - limit.fixed
                self._leavers[limit.name.unit_id] = max(0, left)

    def add_all(self, limits: Iterable[Limit]) -> int:
        """Add floors; return the shortfalls that nothing can change."""
        growing = [(bool(len(limit.base_arcs)), limit) for limit in limits]
        return sum(self._add(limit) for _, limit in sorted(growing, key=lambda each: each[0]))

    def _add(self, limit: Limit) -> int:
        if not len(limit.arcs) and not len(limit.base_arcs):
            return max(0, limit.bound(limit.base_fixed) - limit.fixed)
        if limit.share is None or not len(limit.base_arcs):
            self._number(limit)
            return 0
        bounds = _bounds(limit, self._movers(limit.base_arcs))
        floors = self._within(limit)
        ranges = _ranges(bounds, [floor.bound for floor in floors])
        if len(ranges) > _MANY:
            self._slope(limit)
        else:
            self._steps(limit, bounds, ranges, floors)
        return 0

    def _number(self, limit: Limit) -> None:
        bound = limit.bound(limit.base_fixed) - limit.fixed
        row = self.rows.row(limit.name, [(limit.arcs, 1)], lower=bound)
        column = self.rows.column([(row, 1)], upper=max(0, bound))
        floor = _Floor(bound, frozenset(limit.arcs.tolist()), column)
        self._plain[limit.name.unit_id].append(floor)

    def _slope(self, limit: Limit) -> None:
        """Add the row of whole numbers: q·count + q·shortfall ≥ p·base, less the rounding.

        Down: less q - 1; nearest: 2q·count ≥ 2p·base - q, a half going down, or
        ≥ 2p·base - q + 1, a half going up.
        """
        times, per = whole_factors(limit)
        nearest = times // 2 - (0 if limit.halves_down else 1)
        slack = {"up": 0, "down": times - 1, "nearest": nearest}[limit.rounding]
        lower = per * limit.base_fixed - times * limit.fixed - slack
        terms = [(limit.arcs, times), (limit.base_arcs, -per)]
        row = self.rows.row(limit.name, terms, lower=lower)
        most = limit.bound(limit.base_fixed + len(limit.base_arcs))
        self.rows.column([(row, times)], upper=most)

    def _steps(
        self,
        limit: Limit,
        bounds: Sequence[int],
        ranges: Sequence[tuple[int, int]],
        floors: Sequence[_Floor],
    ) -> None:
        """Add the 0/1 column of each range, and the shortfall over all of them."""
        rows, name, base = self.rows, limit.name, [(limit.base_arcs, 1)]
        most = self._persons(limit.arcs)
        one = rows.row(name, [], lower=1, upper=1)
        first, last = rows.row(name, base, lower=0), rows.row(name, base, upper=0)
        reached, least = rows.row(name, [(limit.arcs, 1)], lower=0), rows.row(name, [], lower=0)
        rows.column([(reached, 1), (least, 1)], upper=max(bounds))
        linked = [(rows.row(name, [], lower=0), floor) for floor in floors]
        for row, floor in linked:
            rows.also(row, floor.column, 1)
        for low, high in ranges:
            bound = bounds[low]
            entries = [(one, 1), (first, -low), (last, -high)]
            entries += [(reached, -bound), (least, -max(0, bound - most))]
            entries += [(row, -max(0, floor.bound - high)) for row, floor in linked]
            self.free.append(rows.column(entries, upper=1))
        rows.stairs.append(
            Stairs(
                columns=ints(self.free[-len(ranges) :]),
                first=ints([low for low, _ in ranges]),
                last=ints([high for _, high in ranges]),
                bound=ints([bounds[low] for low, _ in ranges]),
                number=first,
                reached=reached,
            )
        )

    def _within(self, limit: Limit) -> list[_Floor]:
        """Return the floors on a number, at the same place, that count movers of the base."""
        base = frozenset(limit.base_arcs.tolist())
        return [
            each
            for each in self._plain[limit.name.unit_id]
            if each.bound > 0 and each.arcs and each.arcs <= base
        ]

    def _movers(self, arcs: Ints) -> int:
        """Return how many can move at most: of each unit no more than its limit on leavers."""
        persons, staff = np.unique(self.problem.arcs.person[arcs]), self.problem.staff
        found = Counter(self.problem.units.ids[unit] for unit in staff.works_at[persons])
        return sum(min(n, self._leavers.get(unit, n)) for unit, n in found.items())

    def _persons(self, arcs: Ints) -> int:
        return len(np.unique(self.problem.arcs.person[arcs]))


def _bounds(limit: Limit, persons: int) -> list[int]:
    """Return what must be reached beyond what is fixed, for each number of movers."""
    movers = range(persons + 1)
    return [max(0, limit.bound(limit.base_fixed + b) - limit.fixed) for b in movers]


def _ranges(bounds: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Return the ranges of equal bound, cut to single numbers up to the largest end.

    Examples
    --------
    >>> _ranges([0, 1, 1, 1, 2, 2], [1])
    [(0, 0), (1, 1), (2, 3), (4, 5)]
    """
    single = max(ends, default=-1)
    first = [
        b
        for b in range(len(bounds))
        if b == 0 or bounds[b] != bounds[b - 1] or b <= single or b == single + 1
    ]
    return list(zip(first, [b - 1 for b in first[1:]] + [len(bounds) - 1], strict=True))
