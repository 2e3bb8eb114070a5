"""The way to a unit (路程): from somebody's home, or from the unit that a move leaves."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.screening.facts.columns import SCALE, whole_numbers, words_of
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths, Words
from junheng.engine.screening.ground import NOBODY, Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.verdicts import Truth

_DESTINATIONS = 1 << 32


def commute(ground: Ground, measure: Measure) -> Computed:
    """Return the way from home to the working unit; the range of several entries."""
    size = ground.persons.height
    home = Moves(np.arange(size), ground.own_unit, ground.own_unit)
    value = _distance(ground, home, measure, from_home=True)
    unknown = value.low != value.high
    return Computed(value, (Gap("travel", measure.word("measure"), unknown),))


def travel(ground: Ground, moves: Moves, measure: Measure) -> Numbers:
    """Return the way to the unit joined, from home or from the unit left."""
    return _distance(ground, moves, measure, from_home=measure.word("from") == "home")


def nearby(ground: Ground, moves: Moves, measure: Measure) -> Truths:
    """Return whether the way is entered as near; of several entries all must agree."""
    stated = ground.roster["travel"]["nearby"]
    codes = stated.cast(pl.Int64).fill_null(-1).to_numpy()
    low, high = _entered(ground, moves, measure, (codes, codes < 0, 0, 1))
    return Truths(Truth((low == 1) & (high == 1), low != high))


def distance_band(ground: Ground, moves: Moves, measure: Measure) -> Words:
    """Return the band of distance that the way is entered in."""
    bands = words_of(ground.roster["travel"]["distance_band"], "distance_band")
    blank = bands.low != bands.high
    low, high = _entered(ground, moves, measure, (bands.low, blank, 0, len(bands.words)))
    return Words(low, high, bands.words)


def _distance(ground: Ground, moves: Moves, measure: Measure, *, from_home: bool) -> Numbers:
    column = ground.roster["travel"][measure.word("measure")]
    blank = column.is_null().to_numpy()
    start = "home" if from_home else "origin"
    asked = measure.with_settings("travel", **{"from": start})
    low, high = _entered(ground, moves, asked, (whole_numbers(column), blank, 0, UNBOUNDED))
    return Numbers(low, high, SCALE)


def _entered(
    ground: Ground, moves: Moves, measure: Measure, column: tuple[Whole, Mask, int, int]
) -> tuple[Whole, Whole]:
    """Return the least and most of what is entered for each way; the whole range if nothing.

    ``column`` holds the value of each row, where it is blank, and the least and most possible.
    """
    values, blank, least, most = column
    frame = ground.roster["travel"]
    person = ground.owners(frame["person_id"])
    start, asked = person, moves.person
    if dict(measure.settings)["from"] == "origin":
        start = np.where(person < 0, ground.unit_column(frame["from_unit"]), NOBODY)
        asked = moves.origin
    there = ground.unit_column(frame["unit_id"])
    rows = np.flatnonzero((start >= 0) & (there >= 0))
    keys, at = np.unique(start[rows] * _DESTINATIONS + there[rows], return_inverse=True)
    low, high = np.full(len(keys) + 1, most), np.full(len(keys) + 1, least)
    np.minimum.at(low, at, np.where(blank, least, values)[rows])
    np.maximum.at(high, at, np.where(blank, most, values)[rows])
    low[-1], high[-1] = least, most
    wanted = asked * _DESTINATIONS + moves.destination
    place = np.searchsorted(keys, wanted)
    found = (asked >= 0) & (moves.destination >= 0)
    found &= np.append(keys, -1)[place] == wanted
    place = np.where(found, place, len(keys))
    return low[place], high[place]
