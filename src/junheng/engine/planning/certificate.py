"""Bounds proven in whole numbers, whatever a floating-point solver says.

A relaxation's duals y, any numbers with the right signs, bound every plan: with d = c - Aᵀy,

    c·x ≥ Σ y·(row limits) + Σ d·x  ≥  Σ y·(row limits) + Σ min over the limits of d·x.

So the solver's duals are rounded to multiples of 2⁻ˢ, and everything else is done in integers
over the programme that names every person. "One place" needs no dual of the solver's: for each
person the best one is the least reduced cost among the open arcs, where that is negative. A
plan of at most some value leaves every column at its limit whose reduced cost is larger than
what lies between bound and value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log2

import numpy as np

from junheng.engine.planning.matrix import Ints
from junheng.engine.planning.model import Model
from junheng.engine.planning.names import Structure
from junheng.engine.planning.solvers.programmes import Floats
from junheng.errors import EngineBug, Problem

_FINEST = 30
_ROOM = 61
"""Binary digits of the integers calculated with; the sign and one to spare are left out."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limits of the columns of a model, as they have been narrowed."""

    lower: Ints
    upper: Ints


@dataclass(frozen=True, slots=True)
class Kept:
    """An objective that must stay at or below a value, the constant left out of both."""

    cost: Ints
    value: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proven bound, and what each column adds to it, both times ``2**digits``."""

    scaled: int
    reduced: Ints
    digits: int

    @property
    def bound(self) -> int:
        """The least whole number not below the bound."""
        return -(-self.scaled >> self.digits)

    def narrowed(self, limits: Limits, value: int) -> Limits:
        """Return limits that lose no plan of at most a value."""
        room = (value << self.digits) - self.scaled
        low, high = limits.lower, limits.upper
        if room >= 2**62:
            return limits
        return Limits(
            lower=np.where(self.reduced < -max(room, 0), high, low),
            upper=np.where(self.reduced > max(room, 0), low, high),
        )


class Prover:
    """Proves bounds for one model."""

    def __init__(self, model: Model, person: Ints) -> None:
        programme = model.programme
        places = np.array([n.rule == Structure.ONE_PLACE for n in model.names], dtype=np.bool_)
        shared = ~places[programme.row]
        order = np.argsort(programme.index[shared], kind="stable")
        self._row = programme.row[shared][order]
        self._value = np.rint(programme.value[shared][order]).astype(np.int64)
        size = len(programme.column_lower)
        self._start = np.searchsorted(programme.index[shared][order], np.arange(size + 1))
        self._below = np.isfinite(programme.row_lower) & ~places
        self._above = np.isfinite(programme.row_upper) & ~places
        self._lower, self._upper = programme.row_lower, programme.row_upper
        self._n_arcs = model.n_arcs
        self._first = np.flatnonzero(np.diff(person, prepend=-1)) if len(person) else person

    def certificate(
        self,
        cost: Ints,
        limits: Limits,
        duals: Floats,
        kept: Sequence[tuple[Kept, float]],
    ) -> Certificate:
        """Prove a bound of a cost.

        Parameters
        ----------
        duals : one for each row of the model; those of "one place" are not looked at
        kept : objectives kept so far, with the dual of each in whole units
        """
        duals = np.where(duals > 0, duals * self._below, duals * self._above)
        kept = [(each, min(dual, 0.0)) for each, dual in kept]
        digits = self._digits(cost, limits, duals, kept)
        y = np.rint(duals * 2.0**digits).astype(np.int64)
        later = [(each, round(dual * 2.0**digits)) for each, dual in kept]
        reduced = (cost << digits) - self._over_columns(y)
        for each, dual in later:
            reduced -= dual * each.cost
        at = np.where(y > 0, self._lower, self._upper)
        used = y != 0
        scaled = sum(dual * each.value for each, dual in later)
        scaled += int(y[used] @ at[used].astype(np.int64))
        arcs, own = reduced[: self._n_arcs], reduced[self._n_arcs :]
        scaled += self._one_place(arcs, limits)
        low, high = limits.lower[self._n_arcs :], limits.upper[self._n_arcs :]
        scaled += int(np.minimum(own * low, own * high).sum())
        return Certificate(scaled, reduced, digits)

    def _one_place(self, arcs: Ints, limits: Limits) -> int:
        """Lower the reduced costs of arcs by the best dual of each person; return their sum."""
        if not self._n_arcs:
            return 0
        forced = limits.lower[: self._n_arcs] > 0
        usable = limits.upper[: self._n_arcs] > 0
        worth = np.where(usable, arcs, 0)
        best = np.minimum(np.minimum.reduceat(worth, self._first), 0)
        arcs -= np.repeat(best, np.diff(np.append(self._first, self._n_arcs)))
        return int(best.sum()) + int(arcs[forced].sum())

    def _over_columns(self, y: Ints) -> Ints:
        """Return Aᵀy, exactly: differences of a running sum, which may wrap but not lie."""
        running = np.concatenate([[0], np.cumsum(self._value * y[self._row])])
        return np.asarray(running[self._start[1:]] - running[self._start[:-1]])

    def _digits(
        self,
        cost: Ints,
        limits: Limits,
        duals: Floats,
        kept: Sequence[tuple[Kept, float]],
    ) -> int:
        """Return how finely duals can be rounded without leaving 64 bits."""
        most = np.abs(cost).astype(np.float64)
        part = np.abs(self._value * duals[self._row])
        running = np.concatenate([[0.0], np.cumsum(part)])
        most += running[self._start[1:]] - running[self._start[:-1]]
        for each, dual in kept:
            most += abs(dual) * np.abs(each.cost)
        total = float(most @ np.maximum(1, limits.upper)) if len(most) else 0.0
        at = np.where(duals > 0, self._lower, self._upper)
        total += float(np.abs(duals[duals != 0] * at[duals != 0]).sum())
        digits = min(_FINEST, floor(_ROOM - log2(total + 1)))
        if digits < 0:
            what = "figures too large to prove a bound"
            raise EngineBug([Problem("planning.internal", values={"what": what})])
        return digits
