"""Every way of filling in what the stints leave open about what was done (§1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import KNOWN, Doing, Stints, taken

MOST_READINGS = 16
"""Somebody whose stints can be read in more ways is not counted out: any number is possible."""


@dataclass(frozen=True, slots=True)
class Openness:
    """What the stints leave open, as far as a measure tells the possibilities apart.

    Attributes
    ----------
    stints : the stints; where all possibilities count alike one of them is written
    options : for each stint its possibilities that count differently, one bit for each
    stint : the stints left open
    person : the persons with such stints
    countless : the persons whose stints can be read in more than ``MOST_READINGS`` ways
    """

    stints: Stints
    options: Whole
    stint: Mask
    person: Mask
    countless: Mask


def role_of(doing: Doing, measure: Measure) -> str:
    """Return how a measure counts what was done; '' where it does not count at all."""
    wanted = set(measure.words("doing"))
    spells = measure.by_kind("spells")
    match doing:
        case Doing.SUPPORT:
            return spells.get("support", "")
        case Doing.LEAVE:
            return spells.get("leave", "")
        case Doing.LEADING:
            return "base" if wanted & {"leading", "any"} else ""
        case _:
            return "base" if wanted & {"teaching", "any"} else ""


def openness(stints: Stints, measure: Measure, size: int) -> Openness:
    """Find whose stints, of ``size`` persons, can be read in several ways."""
    options = _told_apart(stints.possible, measure)
    settled = replace(stints, doing=np.where(_several(options), stints.doing, _option(options)))
    settled = settled if (stints.doing == Doing.UNSTATED).any() else stints
    here = _several(options)
    person = np.zeros(size, dtype=np.bool_)
    person[stints.owner[here]] = True
    _, ways = _digits(stints.owner[here], np.bitwise_count(options[here]), size)
    return Openness(settled, options, here, person, ways > MOST_READINGS)


def completions(found: Openness) -> Iterator[Stints]:
    """Yield the stints of whoever has open ones in every way they can be read.

    Whoever can be read in fewer ways than others is read in the same ones again.
    """
    size = len(found.person)
    wanted = (found.person & ~found.countless)[found.stints.owner]
    stints, options = taken(found.stints, wanted), found.options[wanted]
    rows = np.flatnonzero(found.stint[wanted])
    count = np.bitwise_count(options[rows]).astype(np.int64)
    stride, ways = _digits(stints.owner[rows], count, size)
    for way in range(int(ways.max(initial=1)) if len(rows) else 0):
        doing = stints.doing.copy()
        doing[rows] = _option(options[rows], way // stride % count)
        yield replace(stints, doing=doing)


def _told_apart(possible: Whole, measure: Measure) -> Whole:
    """Keep one possibility out of those that a measure counts alike."""
    kept: dict[str, Doing] = {}
    options = np.zeros_like(possible)
    for doing in KNOWN:
        alike = kept.setdefault(role_of(doing, measure), doing)
        options |= np.where(possible & (1 << doing), 1 << alike, 0)
    return options


def _several(options: Whole) -> Mask:
    found: Mask = (options & (options - 1)) != 0
    return found


def _option(options: Whole, place: Whole | None = None) -> Whole:
    """Return the possibility at a place among those of each stint, the first by default."""
    found = np.zeros_like(options)
    left = np.zeros_like(options) if place is None else place.copy()
    for doing in KNOWN:
        has = (options & (1 << doing)) != 0
        found[has & (left == 0)] = doing
        left[has] -= 1
    return found


def _digits(owner: Whole, count: Whole, size: int) -> tuple[Whole, Whole]:
    """Return each open stint's stride among its person's readings, and how many there are.

    Numbers of readings are only counted up to somewhat more than ``MOST_READINGS``.
    """
    ways = np.ones(size, dtype=np.int64)
    stride = np.ones(len(owner), dtype=np.int64)
    left = np.arange(len(owner))
    while len(left):
        _, first = np.unique(owner[left], return_index=True)
        rows = left[first]
        stride[rows] = ways[owner[rows]]
        ways[owner[rows]] *= count[rows]
        left = np.delete(left, first)
        left = left[ways[owner[left]] <= MOST_READINGS]
    return stride, ways
