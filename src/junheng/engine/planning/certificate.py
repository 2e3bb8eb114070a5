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
from copy import copy
from dataclasses import dataclass
from math import floor, log2
from operator import mul

import numpy as np

from junheng.engine.planning.matrix import Ints
from junheng.engine.planning.model import Model
from junheng.engine.planning.names import Structure
from junheng.engine.planning.solvers.programmes import Floats
from junheng.errors import EngineBug, Problem

_FINEST = 30
_FINE_ENOUGH = 22
_VERY_FINE = 60
"""Duals that 64 bits cannot hold as finely as is enough are rounded as finely as this."""
_ROOM = 60
"""Binary digits of the integers calculated with; the sign and two to spare are left out."""
_FLOAT = 1e-10
"""More than what a sum of floating-point numbers may be off, for each unit that was added."""


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
        self._column = programme.index[shared][order]
        self._start = np.searchsorted(self._column, np.arange(size + 1))
        self._below = np.isfinite(programme.row_lower) & ~places
        self._above = np.isfinite(programme.row_upper) & ~places
        self._lower, self._upper = programme.row_lower, programme.row_upper
        self._n_arcs = model.n_arcs
        self._first = np.flatnonzero(np.diff(person, prepend=-1)) if len(person) else person

    def within(self, limits: Limits) -> Prover:
        """Return a prover that is faster within limits: what is closed is not looked at."""
        usable = (limits.upper > 0) | (limits.lower < 0)
        kept = usable[self._column]
        narrower = copy(self)
        narrower._row, narrower._value = self._row[kept], self._value[kept]
        narrower._column = self._column[kept]
        narrower._start = np.searchsorted(narrower._column, np.arange(len(self._start)))
        return narrower

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
        if digits >= _FINE_ENOUGH:
            return self._proven(cost, limits, duals, kept, digits)
        if digits < 0:
            what = "figures too large to prove a bound"
            raise EngineBug([Problem("planning.internal", values={"what": what})])
        finer = self._proven(cost.astype(object), limits, duals, kept, _VERY_FINE)
        return _coarser(finer, limits, digits)

    def _proven(
        self,
        cost: Ints,
        limits: Limits,
        duals: Floats,
        kept: Sequence[tuple[Kept, float]],
        digits: int,
    ) -> Certificate:
        """Prove a bound in numbers of the cost's kind: of 64 bits, or of any length."""
        y = _whole(np.rint(duals * 2.0**digits), cost)
        later = [(each, round(dual * 2.0**digits)) for each, dual in kept]
        reduced = cost * 2**digits - self._over_columns(y)
        for each, dual in later:
            reduced -= dual * each.cost.astype(cost.dtype)
        at = np.where(duals > 0, self._lower, self._upper)
        used = np.flatnonzero(y)
        scaled = sum(dual * each.value for each, dual in later)
        scaled += sum(map(mul, y[used].tolist(), _whole(at[used], y).tolist()))
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
        running = np.zeros(len(self._row) + 1, dtype=y.dtype)
        np.cumsum(self._value.astype(y.dtype) * y[self._row], out=running[1:])
        return np.asarray(running[self._start[1:]] - running[self._start[:-1]])

    def _floats_over_columns(self, entries: Floats) -> Floats:
        size = len(self._start) - 1
        found = np.bincount(self._column, weights=entries, minlength=size)
        return found.astype(np.float64)

    def _digits(
        self,
        cost: Ints,
        limits: Limits,
        duals: Floats,
        kept: Sequence[tuple[Kept, float]],
    ) -> int:
        """Return how finely duals may be rounded so that no result leaves 64 bits.

        Sums on the way may leave them and come back. What a closed column comes to is never
        looked at.
        """
        part = self._value * duals[self._row]
        reduced = cost - self._floats_over_columns(part)
        passed = self._floats_over_columns(np.abs(part))
        rounding = self._floats_over_columns(np.abs(self._value).astype(np.float64))
        for each, dual in kept:
            reduced -= dual * each.cost
            passed += np.abs(dual * each.cost)
            rounding += np.abs(each.cost)
        most = np.abs(reduced) + _FLOAT * passed + rounding / 2
        still_open = (limits.upper > 0) | (limits.lower < 0)
        total = float(most[still_open] @ np.maximum(1, limits.upper[still_open]))
        largest = float(np.abs(duals).max(initial=max((-dual for _, dual in kept), default=0)))
        return min(_FINEST, floor(_ROOM - log2(max(total, largest) + 1)))


def _whole(values: Floats, like: Ints) -> Ints:
    """Return whole numbers of the kind of others."""
    if like.dtype != object:
        return values.astype(np.int64)
    return np.array([int(each) for each in values.tolist()], dtype=object)


def _coarser(proof: Certificate, limits: Limits, digits: int) -> Certificate:
    """Return a proof in 64 bits; rounding makes it weaker, never wrong."""
    shift = proof.digits - digits
    reduced = np.zeros(len(proof.reduced), dtype=np.int64)
    at = np.flatnonzero(limits.upper > limits.lower)
    exact = proof.reduced[at].tolist()
    reduced[at] = [each >> shift if each > 0 else -(-each >> shift) for each in exact]
    return Certificate(proof.scaled >> shift, reduced, digits)
