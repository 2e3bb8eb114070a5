"""The two programmes a search may run on: over arcs, person by person, or over counts.

Both know all constraints and all rows that keep earlier objectives; they differ in columns.
What is learnt on one, the values reached and the arcs that no plan keeping them can use, is
told to the other.
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

    def reduced(self, objective: str, relaxed: Answer, open_arcs: Mask) -> Floats | None:
        """Return the reduced costs of the arcs; None where the relaxation gave none."""

    def narrow(self, open_arcs: Mask, taken: Mask) -> None:
        """Leave out arcs that are not open; those also taken are chosen in every plan."""


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
        """Return the reduced costs of the arcs."""
        return None if relaxed.reduced is None else relaxed.reduced[: self._model.n_arcs]

    def narrow(self, open_arcs: Mask, taken: Mask) -> None:
        """Fix arcs that are not open: at 1 those taken, at 0 all others."""
        arcs = np.flatnonzero(~open_arcs)
        at = taken[arcs].astype(np.float64)
        self.session.bound_columns(arcs, lower=at, upper=at)

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

    def reduced(self, objective: str, relaxed: Answer, open_arcs: Mask) -> Floats | None:
        """Return the reduced costs of the arcs, from the duals of rows alone.

        None is negative but by the solver's tolerance; what that could be worth over all open
        arcs is taken off, so that the bound holds for persons whatever the tolerance did.
        """
        if relaxed.duals is None:  # without arcs there is nothing to solve
            return None
        n_rows = len(self._pool.programme.row_lower)
        cost = self._on_arcs(objective)
        for (kept, scale), dual in zip(self._kept, relaxed.duals[n_rows:], strict=True):
            cost = cost - dual * scale * self._on_arcs(kept)
        found = self._pool.reduced(cost, relaxed.duals)
        doubt = float(-np.minimum(found[open_arcs], 0).sum())
        return np.maximum(found - doubt, 0)

    def narrow(self, open_arcs: Mask, _: Mask) -> None:
        """Close the counts behind which no arc is open; no arc is ever fixed at 1 here."""
        closed: Ints = self._pool.closed(open_arcs)
        nothing = np.zeros(len(closed))
        self.session.bound_columns(closed, lower=nothing, upper=nothing)

    def own(self, columns: Floats) -> Floats:
        """Return the part of a solution that both programmes share."""
        return columns[self._pool.n_counts :]

    def _on_arcs(self, objective: str) -> Floats:
        return self._model.costs[objective][: self._model.n_arcs].astype(np.float64)


def _scale(cost: Floats) -> float:
    largest = float(np.abs(cost).max(initial=0))
    return _LARGEST_COEFFICIENT / max(_LARGEST_COEFFICIENT, largest)
