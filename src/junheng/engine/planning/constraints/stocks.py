"""Places that a plan must not overfill or empty: establishment, structure, leadership."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from junheng.engine.planning.matrix import NO_LIMIT, Block, Ints, Rows, ints
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.problem import NOWHERE, Problem, Stock
from junheng.engine.planning.start import HEAD


def establishment(problem: Problem) -> Block:
    """Keep the persons on each establishment within max(before, approved)."""
    return _not_worse(problem.establishment)


def post_structure(problem: Problem) -> Block:
    """Keep each title band of each unit within max(before, established).

    There are such places only where a guard of the pack limits them. An arrival that the guard
    exempts does not count there; whoever leaves still frees a place.
    """
    rows = Rows()
    stock = problem.structure
    arrivals = np.where(problem.exempt, NOWHERE, stock.arriving)
    for place, came, left in flows(replace(stock, arriving=arrivals)):
        if len(came):
            room = limit_of(stock, place) - int(stock.before[place])
            rows.row(stock.names[place], [(came, 1), (left, -1)], upper=room)
    return rows.block()


def limit_of(stock: Stock, place: int) -> int:
    """Return how many may be in a place: what is established, or who was there before."""
    return max(int(stock.before[place]), int(stock.established[place]))


def leadership_posts(problem: Problem) -> Block:
    """Keep the leaders of each role in each unit within max(before, established)."""
    return _not_worse(problem.leadership)


def heads_kept(problem: Problem) -> Block:
    """Leave no unit that had a head (校长) without one; a secretary is no head."""
    rows = Rows()
    stock = problem.leadership
    for place, came, left in flows(stock):
        name = stock.names[place]
        if name.role == HEAD and stock.before[place] > 0 and len(left):
            kept = Name(rule=Structure.HEAD, unit_id=name.unit_id, role=HEAD)
            rows.row(kept, [(came, 1), (left, -1)], lower=1 - int(stock.before[place]))
    return rows.block()


def _not_worse(stock: Stock) -> Block:
    rows = Rows()
    for place, came, left in flows(stock):
        if stock.established[place] == NO_LIMIT or not len(came):
            continue
        room = limit_of(stock, place) - int(stock.before[place])
        rows.row(stock.names[place], [(came, 1), (left, -1)], upper=room)
    return rows.block()


def flows(stock: Stock) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield each place that some arc changes, with the arcs that fill and that empty it."""
    changes = stock.leaving != stock.arriving
    came, left = _by_place(stock.arriving, changes), _by_place(stock.leaving, changes)
    nothing = ints([])
    for place in sorted(came.keys() | left.keys()):
        yield place, came.get(place, nothing), left.get(place, nothing)


def _by_place(
    places: Ints, changes: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> dict[int, Ints]:
    arcs = np.flatnonzero(changes & (places != NOWHERE))
    ordered = arcs[np.argsort(places[arcs], kind="stable")]
    found, first = np.unique(places[ordered], return_index=True)
    parts = np.split(ordered, first[1:]) if len(found) else []
    return {int(place): part for place, part in zip(found, parts, strict=True)}
