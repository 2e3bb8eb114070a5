"""Facts from scores (评分): the points of a rubric, and the place among others."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.screening import days
from junheng.engine.screening.facts.columns import SCALE, whole_numbers
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole

_OF_UNITS = ("zone", "county")


def score(ground: Ground, measure: Measure) -> Computed:
    """Return the points by a rubric on the latest day of scoring; unknown before that."""
    low, high, _ = _points(ground, measure)
    return Computed(Numbers(low, high, SCALE), (Gap("scores", "points", low != high),))


def rank_in_group(ground: Ground, measure: Measure) -> Computed:
    """Return the place by points among everybody of the same group, the highest being first.

    Equal points share a place. Whoever may yet be scored, or may belong to the group, leaves it
    open; of people whose table is declared complete only those with a score count.
    """
    low, high, entered = _points(ground, measure)
    closed = ground.closed("scores", (), measure.on)
    group, blank = _groups(ground, measure)
    takes_part = entered | ~closed
    certain = entered & ~blank
    above_low = _above(group[certain], low[certain], group, high)
    possible = takes_part & ~blank
    above_high = _above(group[possible], high[possible], group, low)
    floating = np.flatnonzero(takes_part & blank)
    above_high += len(floating)
    known = entered & ~blank
    first = np.where(known, above_low + 1, 1)
    own_counted = possible & (high > low)
    last = np.where(known, above_high + 1 - own_counted, UNBOUNDED)
    gaps = (Gap("scores", "points", first != last),)
    return Computed(Numbers(first, last), gaps)


def _points(ground: Ground, measure: Measure) -> tuple[Whole, Whole, Mask]:
    """Return the least and most points of each person, and who has an entry at all."""
    frame = ground.roster["scores"]
    owner = ground.owners_of("scores")
    meant = frame["rubric_id"].is_in(measure.words("rubric")).fill_null(value=False).to_numpy()
    day = days.day_numbers(frame["scored_on"], days.NEVER)
    rows = np.flatnonzero(meant & (owner >= 0) & (day <= measure.day))
    owner, day = owner[rows], day[rows]
    size = ground.persons.height
    latest = np.full(size, days.NEVER)
    np.maximum.at(latest, owner, day)
    rows, owner = rows[day == latest[owner]], owner[day == latest[owner]]
    points = frame["points"][rows]
    blank = points.is_null().to_numpy()
    stated = whole_numbers(points)
    low, high = np.full(size, UNBOUNDED), np.full(size, -UNBOUNDED)
    np.minimum.at(low, owner, np.where(blank, -UNBOUNDED, stated))
    np.maximum.at(high, owner, np.where(blank, UNBOUNDED, stated))
    entered = np.zeros(size, dtype=np.bool_)
    entered[owner] = True
    return (
        np.where(entered, low, -UNBOUNDED),
        np.where(entered, high, UNBOUNDED),
        entered,
    )


def _groups(ground: Ground, measure: Measure) -> tuple[Whole, Mask]:
    """Return each person's group as a number, and whose group is not stated."""
    at = np.where(ground.own_unit >= 0, ground.own_unit, ground.units.height)
    columns = {}
    for word in measure.words("within"):
        if word == "unit":
            columns[word] = pl.Series(word, ground.own_unit).replace(-1, None).cast(pl.String)
        elif word in _OF_UNITS:
            stated = ground.units[word].extend_constant(None, 1)
            columns[word] = stated.gather(at)
        else:
            columns[word] = ground.persons[word]
    frame = pl.DataFrame(columns)
    blank = frame.select(pl.any_horizontal(pl.all().is_null())).to_series().to_numpy()
    key = frame.select(pl.concat_str(pl.all(), separator="\x1f").rank("dense").fill_null(0))
    return key.to_series().cast(pl.Int64).to_numpy(), blank


def _above(group: Whole, points: Whole, asked: Whole, own: Whole) -> Whole:
    """Return how many of some have more points than each asked about, in the same group."""
    order = np.lexsort((points, group))
    group, points = group[order], points[order]
    span = np.unique(np.concatenate((points, own)))
    width = len(span) + 1
    keys = group * width + np.searchsorted(span, points)
    mine = asked * width + np.searchsorted(span, own)
    upto = np.searchsorted(keys, mine, side="right")
    end = np.searchsorted(keys, asked * width + width - 1, side="right")
    return end - upto
