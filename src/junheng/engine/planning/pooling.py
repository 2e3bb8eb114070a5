"""Persons only where persons matter: a programme over counts, equal to the one over arcs.

Two persons are *interchangeable* for some objectives when their arcs lead to the same units and
have, unit by unit, the same coefficient in every row of the model but the one that sends each
to one place, and the same cost in every one of these objectives. That is read off the finished
matrix, so a new constraint or objective can only split groups, never be overlooked.

Why counts are exact
--------------------
*Groups.* Let x[g, u] be how many of group g go to u. All rows but "one place" see only these
counts; "one place" becomes Σ_u x[g, u] ≤ size of g, and whoever keeps that can be given to
persons one by one. So both programmes have the same values, whole or relaxed.

*Hubs.* Where groups have the same arrivals, x[g, u] is replaced by n[g] and in[u]; Hall's
condition (:mod:`junheng.engine.planning.hubs`) says which counts come from some x[g, u].

*Columns of their own.* In a hub, a move of g costs the most that any of its moves costs. A move
that costs less, such as a wish granted, has a column of its own beside the hub. The hub may
then send somebody there at too high a cost, but the real plan is as good in all rows and better
in costs, so no optimum changes, whole or relaxed.

Why duals come back to persons
------------------------------
The duals of the shared rows are duals of the programme over arcs, and whatever numbers one
takes for them, :mod:`junheng.engine.planning.certificate` proves a bound from them there: what
the pooling did to columns never enters a proof.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from junheng.engine.planning.hubs import Coefficients, Hub, hubs_of, matched
from junheng.engine.planning.matrix import Entries, Ints, Mask, ints
from junheng.engine.planning.model import Model, row_wise
from junheng.engine.planning.names import Structure
from junheng.engine.planning.problem import Arcs
from junheng.engine.planning.solvers.programmes import Floats, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Interchangeable persons.

    Attributes
    ----------
    arcs : arcs of its persons, one row for each person, one column for each unit
    units : units, in order
    rows, costs : for each unit, the coefficients and the costs of a move there
    leaving : what a move does to the rows wherever it leads
    arriving : what else a move does to the rows, for each unit; empty for a single unit
    highest : the most a move costs, for each objective
    """

    arcs: Ints
    units: tuple[int, ...]
    rows: tuple[Coefficients, ...]
    costs: tuple[tuple[int, ...], ...]
    leaving: Coefficients
    arriving: Mapping[int, Coefficients]
    highest: tuple[int, ...]


def _group(
    members: Ints,
    units: tuple[int, ...],
    rows: tuple[Coefficients, ...],
    costs: tuple[tuple[int, ...], ...],
) -> Group:
    """Return a group with what all of its moves have in common."""
    always = set(rows[0]).intersection(*rows[1:])
    parts = [tuple(each for each in arc if each not in always) for arc in rows]
    return Group(
        arcs=members,
        units=units,
        rows=rows,
        costs=costs,
        leaving=tuple(sorted(always)),
        arriving=dict(zip(units, parts, strict=True)) if len(units) > 1 else {},
        highest=tuple(map(max, zip(*costs, strict=True))),
    )


@dataclass(slots=True)
class _Drawn:
    """Columns and rows as they are drawn up; row numbers start after the shared rows."""

    n_shared: int
    upper: list[int] = field(default_factory=list)
    costs: list[tuple[int, ...]] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, int]] = field(default_factory=list)

    def row(self, upper: float, lower: float = -np.inf) -> int:
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return self.n_shared + len(self.row_upper) - 1

    def column(self, rows: Coefficients, costs: tuple[int, ...], upper: int) -> int:
        """Add a count; its limit is one more than rows allow, so that it never binds."""
        column = len(self.upper)
        self.upper.append(upper + 1)
        self.costs.append(costs)
        self.entries += [(row, column, value) for row, value in rows]
        return column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """A model over counts.

    Attributes
    ----------
    programme, costs : as in the model over arcs; own columns follow the counts
    groups : interchangeable persons
    direct : column of the count of a group that goes to a unit
    hubs : each hub with the columns of its groups and of its units
    shared : for each row of the model, whether it is one of the first rows here too
    uses : pairs (arc, column) in ``row`` and ``column``: counts that the arc stands behind
    n_counts : the first columns are counts
    """

    programme: Programme
    costs: Mapping[str, Ints]
    groups: tuple[Group, ...]
    direct: Mapping[tuple[int, int], int]
    hubs: tuple[tuple[Hub, Mapping[int, int], Mapping[int, int]], ...]
    shared: Mask
    n_arcs: int
    uses: Entries
    n_counts: int

    def chosen(self, columns: Floats) -> Mask:
        """Give counts to persons: in each group the first by id go to the first units."""
        counts = np.rint(columns).astype(np.int64)
        taken = Counter({move: int(counts[at]) for move, at in self.direct.items()})
        for hub, leaving, arriving in self.hubs:
            leave = {group: int(counts[at]) for group, at in leaving.items() if counts[at]}
            arrive = {unit: int(counts[at]) for unit, at in arriving.items() if counts[at]}
            taken += matched(hub, leave, arrive)
        chosen = np.zeros(self.n_arcs, dtype=np.bool_)
        used: Counter[int] = Counter()
        for (group, unit), count in sorted(taken.items()):
            arcs = self.groups[group].arcs[:, self.groups[group].units.index(unit)]
            chosen[arcs[used[group] : used[group] + count]] = True
            used[group] += count
        return chosen

    def closed(self, open_arcs: Mask) -> Ints:
        """Return the counts behind which no arc is open any more."""
        behind = np.zeros(self.n_counts, dtype=np.bool_)
        behind[self.uses.column[open_arcs[self.uses.row]]] = True
        return np.flatnonzero(~behind)


def pooled(model: Model, arcs: Arcs, objectives: Sequence[str]) -> Pooled:
    """Pool the persons of a model who are interchangeable for some of its objectives."""
    shared = np.array([n.rule != Structure.ONE_PLACE for n in model.names], dtype=np.bool_)
    on_arcs, on_own = _shared_entries(model, shared)
    groups = _groups(model, arcs, objectives, on_arcs)
    found = hubs_of([group.arriving for group in groups])
    drawn = _Drawn(int(shared.sum()))
    count_rows = [drawn.row(len(group.arcs)) for group in groups]
    in_hub = {group: hub.arriving for hub in found for group in hub.forbidden}
    direct: dict[tuple[int, int], int] = {}
    uses: list[tuple[Ints, Ints]] = []
    for number, group in enumerate(groups):
        own = [
            k
            for k, costs in enumerate(group.costs)
            if number not in in_hub or costs != group.highest
        ]
        for k in own:
            rows = (*group.rows[k], (count_rows[number], 1))
            at = drawn.column(rows, group.costs[k], len(group.arcs))
            direct[number, group.units[k]] = at
        columns = ints([direct[number, group.units[k]] for k in own])
        uses.append(_behind(group, own, columns))
    hubs = tuple(_hub_columns(drawn, hub, groups, count_rows, direct, uses) for hub in found)
    n_counts = len(drawn.upper)
    return Pooled(
        programme=_programme(model, shared, on_own, drawn),
        costs=_costs(model, objectives, drawn),
        groups=groups,
        direct=direct,
        hubs=hubs,
        shared=shared,
        n_arcs=model.n_arcs,
        uses=_uses(uses),
        n_counts=n_counts,
    )


def _groups(
    model: Model, arcs: Arcs, objectives: Sequence[str], on_arcs: Entries
) -> tuple[Group, ...]:
    """Group persons by everything that the model knows of their arcs."""
    parts = _by_arc(on_arcs, model.n_arcs)
    costs = np.zeros((model.n_arcs, len(objectives)), dtype=np.int64)
    for k, each in enumerate(objectives):
        costs[:, k] = model.costs[each][: model.n_arcs]
    starts = np.flatnonzero(np.diff(arcs.person, prepend=-1)).tolist()
    alike: dict[tuple[bytes, ...], list[Ints]] = defaultdict(list)
    for first, end in pairwise([*starts, model.n_arcs]):
        same = (arcs.place[first:end], costs[first:end], *parts.between(first, end))
        alike[tuple(each.tobytes() for each in same)].append(np.arange(first, end))
    return tuple(
        _group(
            np.array(members),
            tuple(arcs.place[members[0]].tolist()),
            parts.of(members[0][0], members[0][-1] + 1),
            tuple(map(tuple, costs[members[0]].tolist())),
        )
        for members in alike.values()
    )


@dataclass(frozen=True, slots=True)
class _ByArc:
    """Coefficients arc by arc: those of arc ``a`` are from ``start[a]`` to ``start[a + 1]``."""

    start: Ints
    row: Ints
    value: Ints

    def between(self, first: int, end: int) -> tuple[Ints, Ints, Ints]:
        """Return all that tells the coefficients of some arcs, in order, from others."""
        start = self.start[first : end + 1]
        inside = slice(start[0], start[-1])
        return start - start[0], self.row[inside], self.value[inside]

    def of(self, first: int, end: int) -> tuple[Coefficients, ...]:
        """Return for each of some arcs its rows with their coefficients."""
        start, rows, values = (each.tolist() for each in self.between(first, end))
        pairs = list(zip(rows, values, strict=True))
        return tuple(tuple(pairs[a:b]) for a, b in pairwise(start))


def _by_arc(entries: Entries, size: int) -> _ByArc:
    order = np.argsort(entries.column, kind="stable")  # by row before
    start = np.searchsorted(entries.column[order], np.arange(size + 1))
    return _ByArc(start, entries.row[order], entries.value[order])


def _shared_entries(model: Model, shared: Mask) -> tuple[Entries, Entries]:
    """Return the shared rows, numbered anew, over the arcs and over the own columns."""
    programme = model.programme
    row = np.repeat(np.arange(len(shared)), np.diff(programme.start))
    number = (np.cumsum(shared) - 1)[row]
    column = programme.index
    value = np.rint(programme.value).astype(np.int64)
    arcs = shared[row] & (column < model.n_arcs)
    own = shared[row] & (column >= model.n_arcs)
    return (
        Entries(number[arcs], column[arcs], value[arcs]),
        Entries(number[own], column[own] - model.n_arcs, value[own]),
    )


def _hub_columns(
    drawn: _Drawn,
    hub: Hub,
    groups: Sequence[Group],
    count_rows: Sequence[int],
    direct: Mapping[tuple[int, int], int],
    uses: list[tuple[Ints, Ints]],
) -> tuple[Hub, Mapping[int, int], Mapping[int, int]]:
    """Draw up n, in and T of a hub: Σ n = T = Σ in, and T as the limit of each class."""
    left, came = drawn.row(0, 0), drawn.row(0, 0)
    of_class = {units: drawn.row(0) for units in hub.classes()}
    everybody = sum(len(groups[group].arcs) for group in hub.forbidden)
    nothing = (0,) * len(groups[0].costs[0])
    total = ((left, -1), (came, -1), *((row, -1) for row in of_class.values()))
    in_all = drawn.column(total, nothing, everybody)
    leaving, arriving = {}, {}
    for number, units in hub.forbidden.items():
        group = groups[number]
        own = ((of_class[units], 1),) if units else ()
        rows = (*group.leaving, (count_rows[number], 1), (left, 1), *own)
        leaving[number] = drawn.column(rows, group.highest, len(group.arcs))
    class_of = {unit: row for units, row in of_class.items() for unit in units}
    for unit, rows in hub.arriving.items():
        own = ((class_of[unit], 1),) if unit in class_of else ()
        arriving[unit] = drawn.column((*rows, (came, 1), *own), nothing, everybody)
    for number in hub.forbidden:
        group = groups[number]
        shared = [k for k, unit in enumerate(group.units) if (number, unit) not in direct]
        at = ints([arriving[group.units[k]] for k in shared])
        behind = (at, np.full_like(at, leaving[number]), np.full_like(at, in_all))
        uses += [_behind(group, shared, columns) for columns in behind]
    return hub, leaving, arriving


def _behind(group: Group, units: Sequence[int], columns: Ints) -> tuple[Ints, Ints]:
    """Pair the arcs of all persons of a group to some units with a column for each unit."""
    return group.arcs[:, units].ravel(), np.tile(columns, len(group.arcs))


def _uses(parts: Sequence[tuple[Ints, Ints]]) -> Entries:
    arcs = np.concatenate([ints([]), *(arcs for arcs, _ in parts)])
    columns = np.concatenate([ints([]), *(columns for _, columns in parts)])
    return Entries(arcs, columns, np.ones(len(arcs), dtype=np.int64))


def _programme(model: Model, shared: Mask, on_own: Entries, drawn: _Drawn) -> Programme:
    whole = model.programme
    n_counts, n_arcs = len(drawn.upper), model.n_arcs
    added = np.array(drawn.entries, dtype=np.int64).reshape(-1, 3)
    start, index, value = row_wise(
        Entries(
            np.concatenate([on_own.row, added[:, 0]]),
            np.concatenate([on_own.column + n_counts, added[:, 1]]),
            np.concatenate([on_own.value, added[:, 2]]),
        ),
        drawn.n_shared + len(drawn.row_upper),
    )
    counts = np.array(drawn.upper, dtype=np.float64)
    return Programme(
        column_lower=np.concatenate([np.zeros(n_counts), whole.column_lower[n_arcs:]]),
        column_upper=np.concatenate([counts, whole.column_upper[n_arcs:]]),
        row_lower=np.concatenate([whole.row_lower[shared], drawn.row_lower]),
        row_upper=np.concatenate([whole.row_upper[shared], drawn.row_upper]),
        start=start,
        index=index,
        value=value,
    )


def _costs(model: Model, objectives: Sequence[str], drawn: _Drawn) -> dict[str, Ints]:
    return {
        each: np.concatenate(
            [ints([costs[k] for costs in drawn.costs]), model.costs[each][model.n_arcs :]]
        )
        for k, each in enumerate(objectives)
    }
