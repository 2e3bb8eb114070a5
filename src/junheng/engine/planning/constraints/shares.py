"""Limits on numbers: quotas that say at most or exactly, equal sides, and those who leave."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.engine.planning.matrix import Block, Rows
from junheng.engine.planning.problem import Limit, Problem, whole_factors


def caps(problem: Problem) -> Block:
    """Keep every quota that limits a number, in each of its cells."""
    return _at_most(limit for limit in problem.quotas if limit.cap)


def leavers(problem: Problem) -> Block:
    """Keep those who leave a unit within the pack's limit."""
    return _at_most(problem.leavers)


def equal_sides(problem: Problem) -> Block:
    """Let either side of a pair send as many as the other, where a quota wants it."""
    rows = Rows()
    for sides in problem.equal_sides:
        (first, second), gap = sides.arcs, sides.fixed[1] - sides.fixed[0]
        if len(first) or len(second):
            rows.row(sides.name, [(first, 1), (second, -1)], lower=gap, upper=gap)
    return rows.block()


def _at_most(limits: Iterable[Limit]) -> Block:
    """Write ``count <= rounded(share * base)`` in whole numbers.

    With share p/q: down q·count ≤ p·base; up q·count ≤ p·base + q - 1; nearest
    2q·count ≤ 2p·base + q. A base that no move changes gives a plain number.
    """
    rows = Rows()
    for limit in limits:
        if limit.share is None or not len(limit.base_arcs):
            upper = limit.bound(limit.base_fixed) - limit.fixed
            rows.row(limit.name, [(limit.arcs, 1)], upper=upper)
            continue
        times, per = whole_factors(limit)
        slack = {"down": 0, "up": times - 1, "nearest": times // 2}[limit.rounding]
        upper = per * limit.base_fixed - times * limit.fixed + slack
        rows.row(limit.name, [(limit.arcs, times), (limit.base_arcs, -per)], upper=upper)
    return rows.block()
