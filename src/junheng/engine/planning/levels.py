"""The two programmes a search may run on: over arcs, person by person, or over counts.

Both know all constraints and all rows that keep earlier objectives; they differ in columns.
What is learnt on one, the values reached and the arcs that no plan keeping them can use, is
told to the other. Own columns are the same in both; they may be fixed like arcs, since under
any plan each can take its least value, which is whole.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from junheng.engine.planning.matrix import Ints, Mask
from junheng.engine.planning.model import Model
from junheng.engine.planning.pooling import Pooled
from junheng.engine.planning.solvers.highs import Answer, Floats, Session

_LARGEST_COEFFICIENT = 1024.0
"""Rows that keep a value are scaled down to this, so that one unit stays above tolerances."""
_SLACK = 1e-6


class Level(Protocol):
    """A programme as the search sees it."""

    @property
    def session(self) -> Session:
        """The solver's side."""

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""

    def reduced(self, objective: str, relaxed: Answer, still: Mask) -> Floats | None:
        """Return the reduced costs of arcs and own columns, of which some are ``still`` open.

        None where the relaxation gave none.
        """

    def narrow(self, still: Mask, full: Mask) -> None:
        """Fix arcs and own columns that are not open, at the upper limit where ``full``."""


class ByPerson:
    """The programme over arcs."""

    def __init__(self, model: Model, *, seconds: float | None) -> None:
        self.session = Session(model.programme, seconds=seconds)
        self._model = model

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""
        return self._model.costs[objective].astype(np.float64)

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""
        return np.asarray(columns[: self._model.n_arcs] > 0.5)

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""
        cost = self.cost(objective)
        scale = _scale(cost)
        self.session.require(cost * scale, lower=-np.inf, upper=value * scale + _SLACK)

    def reduced(self, _: str, relaxed: Answer, __: Mask) -> Floats | None:
        """Return the reduced costs of arcs and own columns."""
        return relaxed.reduced

    def narrow(self, still: Mask, full: Mask) -> None:
        """Fix arcs and own columns that are not open."""
        columns = np.flatnonzero(~still)
        at = np.where(full, self._model.programme.column_upper, 0.0)[columns]
        self.session.bound_columns(columns, lower=at, upper=at)

    def columns(self, chosen: Mask, own: Floats) -> Floats:
        """Return a solution from its arcs and its own columns."""
        return np.concatenate([chosen.astype(np.float64), own])


class ByCount:
    """The programme over counts of interchangeable persons."""

    def __init__(self, model: Model, pool: Pooled, *, seconds: float | None) -> None:
        self.session = Session(pool.programme, seconds=seconds)
        self._model = model
        self._pool = pool
        self._kept: list[tuple[str, float]] = []

    def cost(self, objective: str) -> Floats:
        """Return the cost of every column."""
        return self._pool.costs[objective].astype(np.float64)

    def chosen(self, columns: Floats) -> Mask:
        """Return the arcs that a whole solution chooses."""
        return self._pool.chosen(columns)

    def require(self, objective: str, value: int) -> None:
        """Keep an objective at or below a value, its constant left out."""
        cost = self.cost(objective)
        scale = _scale(cost)
        self._kept.append((objective, scale))
        self.session.require(cost * scale, lower=-np.inf, upper=value * scale + _SLACK)

    def reduced(self, objective: str, relaxed: Answer, still: Mask) -> Floats | None:
        """Return the reduced costs, those of arcs from the duals of rows alone.

        No arc's is negative but by the solver's tolerance; what that could be worth over all
        open arcs is taken off, so that the bound holds for persons whatever the tolerance did.
        """
        if (
            relaxed.duals is None or relaxed.reduced is None
        ):  # without arcs there is nothing to solve
            return None
        n_rows = len(self._pool.programme.row_lower)
        cost = self._on_arcs(objective)
        for (kept, scale), dual in zip(self._kept, relaxed.duals[n_rows:], strict=True):
            cost = cost - dual * scale * self._on_arcs(kept)
        found = self._pool.reduced(cost, relaxed.duals)
        doubt = float(-np.minimum(found[still[: len(found)]], 0).sum())
        own = self.own(relaxed.reduced)
        certain = np.sign(own) * np.maximum(np.abs(own) - doubt, 0)
        return np.concatenate([np.maximum(found - doubt, 0), certain])

    def narrow(self, still: Mask, full: Mask) -> None:
        """Close the counts behind which no arc is open, and fix own columns.

        No arc is ever fixed at 1 here.
        """
        n_arcs, n_counts = self._model.n_arcs, self._pool.n_counts
        closed: Ints = self._pool.closed(still[:n_arcs])
        nothing = np.zeros(len(closed))
        self.session.bound_columns(closed, lower=nothing, upper=nothing)
        own = np.flatnonzero(~still[n_arcs:])
        at = np.where(full, self._model.programme.column_upper, 0.0)[n_arcs + own]
        self.session.bound_columns(n_counts + own, lower=at, upper=at)

    def own(self, columns: Floats) -> Floats:
        """Return the part of a solution that both programmes share."""
        return columns[self._pool.n_counts :]

    def _on_arcs(self, objective: str) -> Floats:
        return self._model.costs[objective][: self._model.n_arcs].astype(np.float64)


def _scale(cost: Floats) -> float:
    largest = float(np.abs(cost).max(initial=0))
    return _LARGEST_COEFFICIENT / max(_LARGEST_COEFFICIENT, largest)
