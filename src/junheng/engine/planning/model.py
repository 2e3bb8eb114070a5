"""From constraints and objectives to one programme with named rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.matrix import NO_LIMIT, Block, Entries, Ints, Stairs
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES, Cost
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.programmes import Floats, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A programme over arcs and own columns.

    Attributes
    ----------
    names : one for each row
    costs, constants : for each objective, its cost of every column and its constant
    n_arcs : the first columns are the arcs
    stairs : bounds that rise in steps, in columns and rows of the programme
    """

    programme: Programme
    names: tuple[Name, ...]
    costs: Mapping[str, Ints]
    constants: Mapping[str, int]
    n_arcs: int
    stairs: tuple[Stairs, ...]


def whole_model(
    problem: Problem, objectives: Sequence[str], without: frozenset[Name] = frozenset()
) -> Model:
    """Return the programme of all constraints with the rows of some objectives.

    Rows of the groups in ``without`` limit nothing, nor do objectives count on them.
    """
    leavers = tuple(each for each in problem.leavers if each.name.group not in without)
    unlimited = replace(problem, leavers=leavers)
    costs = {each: OBJECTIVES[each].cost(unlimited) for each in objectives}
    kept = [_freed(constraint(problem), without) for constraint in CONSTRAINTS]
    return _joined(problem, kept, costs)


def _freed(block: Block, without: frozenset[Name]) -> Block:
    if not without:
        return block
    free = np.array([name.group in without for name in block.names], dtype=np.bool_)
    return replace(
        block,
        lower=np.where(free, -NO_LIMIT, block.lower),
        upper=np.where(free, NO_LIMIT, block.upper),
    )


def _joined(problem: Problem, kept: Sequence[Block], costs: Mapping[str, Cost]) -> Model:
    blocks = [*kept, *(cost.block for cost in costs.values())]
    n_arcs = len(problem.arcs)
    own_sizes = [len(block.own_upper) for block in blocks]
    own_starts = n_arcs + np.concatenate(([0], np.cumsum(own_sizes)))[:-1].astype(np.int64)
    return Model(
        programme=_programme(n_arcs, blocks, own_starts),
        names=tuple(name for block in blocks for name in block.names),
        costs={
            each: _spread(cost, n_arcs, int(start), n_arcs + sum(own_sizes))
            for (each, cost), start in zip(costs.items(), own_starts[len(kept) :], strict=True)
        },
        constants={each: cost.constant for each, cost in costs.items()},
        n_arcs=n_arcs,
        stairs=_stairs(blocks, own_starts),
    )


def _stairs(blocks: Sequence[Block], own_starts: Ints) -> tuple[Stairs, ...]:
    found: list[Stairs] = []
    row_start = 0
    for block, own_start in zip(blocks, own_starts.tolist(), strict=True):
        for each in block.stairs:
            moved = replace(
                each,
                columns=each.columns + own_start,
                number=each.number + row_start,
                reached=each.reached + row_start,
            )
            found.append(moved)
        row_start += len(block.names)
    return tuple(found)


def _spread(cost: Cost, n_arcs: int, own_start: int, size: int) -> Ints:
    spread = np.zeros(size, dtype=np.int64)
    spread[:n_arcs] = cost.arcs
    spread[own_start : own_start + len(cost.own)] = cost.own
    return spread


def _programme(n_arcs: int, blocks: Sequence[Block], own_starts: Ints) -> Programme:
    row_starts = np.concatenate(([0], np.cumsum([len(block.names) for block in blocks])))
    parts = []
    for block, row_start, own_start in zip(blocks, row_starts[:-1], own_starts, strict=True):
        arcs, own = block.on_arcs, block.on_own
        parts.append((arcs.row + row_start, arcs.column, arcs.value))
        parts.append((own.row + row_start, own.column + own_start, own.value))
    row, column, value = (np.concatenate([part[k] for part in parts]) for k in range(3))
    n_rows = int(row_starts[-1])
    own_upper = [block.own_upper for block in blocks]
    n_own = sum(len(each) for each in own_upper)
    start, index, values = row_wise(Entries(row, column, value), n_rows)
    return Programme(
        column_lower=np.zeros(n_arcs + n_own),
        column_upper=np.concatenate([np.ones(n_arcs), *own_upper]).astype(np.float64),
        row_lower=_limits(np.concatenate([block.lower for block in blocks])),
        row_upper=_limits(np.concatenate([block.upper for block in blocks])),
        start=start,
        index=index,
        value=values,
    )


def row_wise(entries: Entries, n_rows: int) -> tuple[Ints, Ints, Floats]:
    """Return start, index and value of a matrix by rows; what stands twice is added up."""
    order = np.lexsort((entries.column, entries.row))
    row, column, value = (each[order] for each in (entries.row, entries.column, entries.value))
    first = np.ones(len(row), dtype=np.bool_)  # an arc may stand in a row twice: add up
    first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    at = np.flatnonzero(first)
    value = np.add.reduceat(value, at) if len(at) else value
    start = np.searchsorted(row[at], np.arange(n_rows + 1)).astype(np.int64)
    return start, column[at], value.astype(np.float64)


def _limits(limits: Ints) -> Floats:
    found = limits.astype(np.float64)
    found[limits >= NO_LIMIT] = np.inf
    found[limits <= -NO_LIMIT] = -np.inf
    return found
