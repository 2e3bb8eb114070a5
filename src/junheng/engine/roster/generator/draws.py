"""Seeded chance that gives the same county on every machine.

Everything comes from 53-bit draws of PCG64 and whole-number arithmetic; neither the version
of numpy's samplers nor the processor can change a county.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

_THOUSAND = 1000


class Draws:
    """One stream of chance for one theme, so that themes do not disturb one another."""

    def __init__(self, seed: int, theme: str) -> None:
        words = [seed, *theme.encode("ascii")]
        self._random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))

    def below(self, size: int, bound: int | Whole) -> Whole:
        """Return ``size`` whole numbers from 0 up to, not including, the bound (or bounds)."""
        drawn: Whole = np.floor(self._random.random(size) * bound).astype(np.int64)
        return drawn

    def between(self, size: int, first: int | Whole, last: int | Whole) -> Whole:
        """Return whole numbers from ``first`` to ``last``, both included."""
        return first + self.below(size, last - first + 1)

    def chance(self, size: int, per_mille: int | Whole) -> Truth:
        """Return yes with the chance given per thousand."""
        return self.below(size, _THOUSAND) < per_mille

    def pick(self, size: int, weights: Sequence[int]) -> Whole:
        """Return positions from 0 drawn with whole-number weights."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        drawn: Whole = np.searchsorted(edges, self.below(size, int(edges[-1])), side="right")
        return drawn.astype(np.int64)

    def order(self, size: int) -> Whole:
        """Return a random order of the numbers below ``size``."""
        return np.argsort(self._random.random(size), kind="stable").astype(np.int64)


def apportion(totals: Whole, weights: Whole) -> Whole:
    """Divide whole totals by weights, largest remainder first, ties to the left.

    Parameters
    ----------
    totals : shape (n,)
    weights : shape (n, k), whole numbers ≥ 0, each row with a positive sum

    Returns
    -------
    Shape (n, k); each row sums to its total.
    """
    product = totals[:, None] * weights
    whole, rest = np.divmod(product, weights.sum(axis=1)[:, None])
    left = totals - whole.sum(axis=1)
    rank = np.argsort(np.argsort(-rest, axis=1, kind="stable"), axis=1, kind="stable")
    shared: Whole = whole + (rank < left[:, None])
    return shared
