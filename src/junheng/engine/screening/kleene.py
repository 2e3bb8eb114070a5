"""Strong Kleene logic on whole columns: yes, no and unknown (§1)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from junheng.engine.screening.verdicts import Truth

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]


def certain(yes: Mask) -> Truth:
    """Return answers that are all known."""
    return Truth(yes, np.zeros(len(yes), dtype=np.bool_))


def all_yes(size: int) -> Truth:
    """Return yes for every subject."""
    return certain(np.ones(size, dtype=np.bool_))


def all_unknown(size: int) -> Truth:
    """Return unknown for every subject."""
    return Truth(np.zeros(size, dtype=np.bool_), np.ones(size, dtype=np.bool_))


def negated(truth: Truth) -> Truth:
    """Swap yes and no; unknown stays unknown."""
    return Truth(truth.no, truth.unknown)


def every(truths: Iterable[Truth], size: int) -> Truth:
    """Answer *all*: no if any part is no, else unknown if any part is unknown."""
    yes = np.ones(size, dtype=np.bool_)
    possible = np.ones(size, dtype=np.bool_)
    for truth in truths:
        yes &= truth.yes
        possible &= truth.yes | truth.unknown
    return Truth(yes, possible & ~yes)


def some(truths: Iterable[Truth], size: int) -> Truth:
    """Answer *any*: yes if any part is yes, else unknown if any part is unknown."""
    yes = np.zeros(size, dtype=np.bool_)
    possible = np.zeros(size, dtype=np.bool_)
    for truth in truths:
        yes |= truth.yes
        possible |= truth.yes | truth.unknown
    return Truth(yes, possible & ~yes)


def gathered(truth: Truth, positions: Whole) -> Truth:
    """Take the answers at some positions; a negative position is unknown."""
    if not len(truth.yes):
        return all_unknown(len(positions))
    found = positions >= 0
    yes = truth.yes[positions] & found
    return Truth(yes, truth.unknown[positions] | ~found)


def selected(truth: Truth, where: Mask, other: Truth) -> Truth:
    """Take ``truth`` where the mask holds, else ``other``."""
    return Truth(
        np.where(where, truth.yes, other.yes), np.where(where, truth.unknown, other.unknown)
    )
