"""Units as they were classified on a day (地域类别、办学水平), from table or unit sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from junheng.engine.screening import days
from junheng.engine.screening.facts.columns import sets_of, words_of
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole

DATED = ("unit_area", "unit_quality")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Periods in which a unit counts, or may count, as one of those asked about.

    Several periods of one unit do not overlap; ``certain`` is False where it only may.
    """

    unit: Whole
    since: Whole
    until: Whole
    certain: Mask


def dated_column(ground: Ground, measure: Measure) -> Computed:
    """Return the classification of units on a day."""
    series = classified(ground, measure.name, measure.on)
    gap = Gap("units", measure.name, series.is_null().to_numpy())
    return Computed(words_of(series, measure.name), (gap,))


def classified(ground: Ground, name: str, on: date) -> pl.Series:
    """Return a unit's word in force on a day: of the dated table, else of the unit sheet."""
    rows = ground.roster["classifications"].filter(
        pl.col("since") <= on,
        pl.col("until").is_null() | (pl.col("until") > on),
        pl.col(name).is_not_null(),
    )
    newest = rows.sort("unit_id", "since", maintain_order=True).unique(
        "unit_id", keep="last", maintain_order=True
    )
    stated = ground.units.select("unit_id", own=name).join(
        newest.select("unit_id", name), on="unit_id", how="left", maintain_order="left"
    )
    return stated.select(pl.coalesce(name, "own").alias(name)).to_series()


def pieces(ground: Ground, measure: Measure) -> Pieces:
    """Return when each unit was of an area, kind, quality or trait asked for; one suffices."""
    unit, since, until = _periods(ground)
    yes = np.zeros(len(unit), dtype=np.bool_)
    unknown = np.zeros(len(unit), dtype=np.bool_)
    for name, setting in (("unit_area", "areas"), ("unit_quality", "quality")):
        wanted = measure.words(setting)
        if wanted:
            words = _words_in(ground, name, unit, since)
            yes |= words.is_in(wanted).fill_null(value=False).to_numpy()
            unknown |= words.is_null().to_numpy()
    kinds = measure.words("kinds")
    if kinds:
        words = ground.units["unit_kind"]
        yes |= words.is_in(kinds).fill_null(value=False).to_numpy()[unit]
        unknown |= words.is_null().to_numpy()[unit]
    traits = measure.words("traits")
    if traits:
        words = ground.units["unit_traits"]
        held = sets_of(words).overlapping(traits)
        yes |= held.yes[unit]
        unknown |= held.unknown[unit]
    kept = yes | unknown
    return Pieces(unit[kept], since[kept], until[kept], yes[kept])


def _periods(ground: Ground) -> tuple[Whole, Whole, Whole]:
    """Cut the time of each unit wherever a classification begins or ends."""
    rows = ground.roster["classifications"]
    at = ground.unit_column(rows["unit_id"])
    since = days.day_numbers(rows["since"], days.NEVER)
    until = days.day_numbers(rows["until"], days.FOREVER)
    here = at >= 0
    every = np.arange(ground.units.height)
    unit = np.concatenate((every, at[here], at[here]))
    day = np.concatenate((np.full(len(every), days.NEVER), since[here], until[here]))
    cuts = np.unique(np.stack((unit, day), axis=1)[day < days.FOREVER], axis=0)
    unit, begin = cuts[:, 0], cuts[:, 1]
    end = np.full(len(unit), days.FOREVER)
    same = unit[1:] == unit[:-1]
    end[:-1][same] = begin[1:][same]
    return unit, begin, end


def _words_in(ground: Ground, name: str, unit: Whole, since: Whole) -> pl.Series:
    """Return the word in force at the beginning of each period."""
    rows = ground.roster["classifications"].filter(pl.col(name).is_not_null())
    at = ground.unit_column(rows["unit_id"])
    begin = days.day_numbers(rows["since"], days.NEVER)
    end = days.day_numbers(rows["until"], days.FOREVER)
    words = ground.units[name].to_list()
    found = [words[u] for u in unit]
    newest = np.full(len(unit), days.NEVER - 1)
    for row, word in enumerate(rows[name]):
        inside = (unit == at[row]) & (begin[row] <= since) & (since < end[row])
        for place in np.flatnonzero(inside & (begin[row] >= newest)):
            found[place], newest[place] = word, begin[row]
    return pl.Series(found, dtype=pl.String)
