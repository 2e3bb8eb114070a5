"""The two programmes a search may run on: over arcs, person by person, or over counts.

Both know all constraints and all rows that keep earlier objectives; they differ in columns.
Limits of columns and duals of rows are told in terms of the model over arcs, so that what is
learnt on one holds on the other. Own columns are the same in both; they may be fixed like
arcs, since under any plan each can take its least value, which is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from junheng.engine.planning.branching import Steps
from junheng.engine.planning.certificate import Kept, Limits
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.model import Model
from junheng.engine.planning.pooling import Pooled
from junheng.engine.planning.solvers.highs import Answer, Session
from junheng.engine.planning.solvers.programmes import Floats

_LARGEST_COEFFICIENT = 1024.0
"""Rows that keep a value are scaled down to this, so that one unit stays above tolerances."""
_SLACK = 1e-6
_LITTLE = 1e-3
"""Costs this small tell best corners apart; one whole unit weighs far more."""
_NEARLY_WHOLE = 1e-4
"""How far from whole counts may be that are worth trying; plans are verified in integers."""


class Level(Protocol):
    """A programme as the search sees it."""

    @property
    def session(self) -> Session:
        """The solver's side."""

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""

    def relax(self, objective: str, limits: Limits, freed: int | None = None) -> Answer:
        """Solve the linear relaxation within limits that hold for this solve alone.

        ``freed`` is the number of a required row that limits nothing in this solve.
        """

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""

    def corner(self, objective: str, limits: Limits, number: int) -> Floats | None:
        """Return one of the best corners of the relaxation, for each number another one.

        None where there are not many, or where there was none in time.
        """

    def rounded(self, columns: Floats) -> Mask | None:
        """Return the arcs next to a solution of a relaxation; None if it is too far off."""

    def halves(self, columns: Floats, limits: Limits) -> tuple[Limits, Limits] | None:
        """Return limits below and above the step that a solution breaks most, if any."""

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""

    def duals(self, relaxed: Answer) -> tuple[Floats, Floats]:
        """Return the duals of the model's rows, and of what was required, in whole units.

        Those of "one place" need not be right.
        """

    def narrow(self, limits: Limits) -> None:
        """Keep limits of arcs and own columns from now on."""

    def solve(
        self, objective: str, hint: Floats | None, limits: Limits, *, exacting: bool = False
    ) -> Answer:
        """Solve in whole columns within limits that hold for this solve alone."""


class ByPerson:
    """The programme over arcs."""

    def __init__(self, model: Model, session: Session) -> None:
        self.session = session
        self._model = model
        self._scales: list[float] = []
        every = np.arange(len(model.names))
        self._steps = Steps(model.stairs, model.programme, every, 0)

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""
        return self._model.costs[objective].astype(np.float64)

    def relax(self, objective: str, limits: Limits, freed: int | None = None) -> Answer:
        """Solve the linear relaxation within limits that hold for this solve alone."""
        lower, upper = limits.lower.astype(np.float64), limits.upper.astype(np.float64)
        return self.session.relax(self.cost(objective), lower=lower, upper=upper, freed=freed)

    def corner(self, objective: str, limits: Limits, number: int) -> Floats | None:
        """Return None: where each move has a cost of its own there is one best corner."""

    def rounded(self, columns: Floats) -> Mask | None:
        """Return the arcs next to a solution of a relaxation; None if it is too far off."""
        return self.chosen(columns)

    def halves(self, columns: Floats, limits: Limits) -> tuple[Limits, Limits] | None:
        """Return limits below and above the step that a solution breaks most, if any."""
        return self._steps.halves(columns, limits)

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""
        return np.asarray(columns[: self._model.n_arcs] > 0.5)

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""
        self._scales.append(_require(self.session, self.cost(objective), value))

    def exclude(self, chosen: Mask) -> Kept:
        """Rule out a choice of arcs from now on; return the row that does."""
        cost = np.zeros(len(self._model.programme.column_lower), dtype=np.int64)
        cost[: self._model.n_arcs] = np.where(chosen, 1, -1)
        row = Kept(cost, int(chosen.sum()) - 1)
        self._scales.append(_require(self.session, cost.astype(np.float64), row.value))
        return row

    def duals(self, relaxed: Answer) -> tuple[Floats, Floats]:
        """Return the duals of the model's rows, and of what was required, in whole units."""
        return _duals(relaxed, len(self._model.names), self._scales)

    def narrow(self, limits: Limits) -> None:
        """Keep limits of arcs and own columns from now on."""
        lower, upper = limits.lower.astype(np.float64), limits.upper.astype(np.float64)
        self.session.bound_columns(lower=lower, upper=upper)

    def solve(
        self, objective: str, hint: Floats | None, limits: Limits, *, exacting: bool = False
    ) -> Answer:
        """Solve in whole columns within limits that hold for this solve alone."""
        lower, upper = limits.lower.astype(np.float64), limits.upper.astype(np.float64)
        return self.session.solve(
            self.cost(objective), hint, lower=lower, upper=upper, exacting=exacting
        )

    def columns(self, chosen: Mask, own: Floats) -> Floats:
        """Return a solution from its arcs and its own columns."""
        return np.concatenate([chosen.astype(np.float64), own])


class ByCount:
    """The programme over counts of interchangeable persons."""

    def __init__(self, model: Model, pool: Pooled, session: Session) -> None:
        self.session = session
        self._model = model
        self._pool = pool
        self._scales: list[float] = []
        number = np.cumsum(pool.shared) - 1
        own = pool.n_counts - model.n_arcs
        self._steps = Steps(model.stairs, pool.programme, number, own)

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""
        return self._pool.costs[objective].astype(np.float64)

    def relax(self, objective: str, limits: Limits, freed: int | None = None) -> Answer:
        """Solve the linear relaxation within limits that hold for this solve alone."""
        lower, upper = self._lower(limits), self._upper(limits)
        return self.session.relax(self.cost(objective), lower=lower, upper=upper, freed=freed)

    def corner(self, objective: str, limits: Limits, number: int) -> Floats | None:
        """Return the best corner that has most or fewest counts, weighed by lot."""
        cost = self.cost(objective)
        lots = np.random.default_rng(number).uniform(0, _LITTLE, self._pool.n_counts)
        cost[: self._pool.n_counts] += lots if number % 2 else -lots
        lower, upper = self._lower(limits), self._upper(limits)
        return self.session.relax(cost, lower=lower, upper=upper).columns

    def rounded(self, columns: Floats) -> Mask | None:
        """Return the arcs next to a solution of a relaxation; None if it is too far off."""
        counts = columns[: self._pool.n_counts]
        if np.abs(counts - np.rint(counts)).max(initial=0) > _NEARLY_WHOLE:
            return None
        return self.chosen(columns)

    def halves(self, columns: Floats, limits: Limits) -> tuple[Limits, Limits] | None:
        """Return limits below and above the step that a solution breaks most, if any."""
        return self._steps.halves(columns, limits)

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""
        return self._pool.chosen(columns)

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""
        self._scales.append(_require(self.session, self.cost(objective), value))

    def duals(self, relaxed: Answer) -> tuple[Floats, Floats]:
        """Return the duals of the model's rows, and of what was required, in whole units."""
        found, kept = _duals(relaxed, len(self._pool.programme.row_lower), self._scales)
        shared = np.zeros(len(self._model.names))
        shared[self._pool.shared] = found[: int(self._pool.shared.sum())]
        return shared, kept

    def narrow(self, limits: Limits) -> None:
        """Keep limits of counts and own columns from now on."""
        self.session.bound_columns(lower=self._lower(limits), upper=self._upper(limits))

    def solve(
        self, objective: str, hint: Floats | None, limits: Limits, *, exacting: bool = False
    ) -> Answer:
        """Solve in whole columns within limits that hold for this solve alone."""
        lower, upper = self._lower(limits), self._upper(limits)
        return self.session.solve(
            self.cost(objective), hint, lower=lower, upper=upper, exacting=exacting
        )

    def own(self, columns: Floats) -> Floats:
        """Return the part of a solution that both programmes share."""
        return columns[self._pool.n_counts :]

    def _lower(self, limits: Limits) -> Floats:
        """Return lower limits: 0 for counts, since nobody in a group is forced by name."""
        own = limits.lower[self._model.n_arcs :].astype(np.float64)
        return np.concatenate([np.zeros(self._pool.n_counts), own])

    def _upper(self, limits: Limits) -> Floats:
        """Return upper limits: 0 for counts behind which no arc is open."""
        n_arcs, n_counts = self._model.n_arcs, self._pool.n_counts
        counts = self._pool.programme.column_upper[:n_counts].copy()
        counts[self._pool.closed(limits.upper[:n_arcs] > 0)] = 0
        return np.concatenate([counts, limits.upper[n_arcs:].astype(np.float64)])


def _require(session: Session, cost: Floats, value: int) -> float:
    """Add the row that keeps a value, scaled down; return the scale."""
    largest = float(np.abs(cost).max(initial=0))
    scale = _LARGEST_COEFFICIENT / max(_LARGEST_COEFFICIENT, largest)
    session.require(cost * scale, lower=-np.inf, upper=value * scale, slack=_SLACK)
    return scale


def _duals(relaxed: Answer, n_rows: int, scales: Sequence[float]) -> tuple[Floats, Floats]:
    if relaxed.duals is None:
        return np.zeros(n_rows), np.zeros(len(scales))
    later = relaxed.duals[n_rows : n_rows + len(scales)]
    return relaxed.duals[:n_rows], later * np.array(scales)
