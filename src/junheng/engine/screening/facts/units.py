"""Facts of units that are counted: staff over establishment, village schools in the county."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.verdicts import Truth

_ON_ESTABLISHMENT = "在编"
_VILLAGE_KINDS = ("村小", "教学点")


def staffing_gap(ground: Ground, measure: Measure) -> Computed:
    """Return the staff on each unit's establishment less the approved number.

    A person of whom it is not stated whether they are established may be counted or not.
    """
    del measure
    at = ground.establishment_unit
    stated = ground.persons["employment"]
    established = stated.eq(_ON_ESTABLISHMENT).fill_null(value=False).to_numpy() & (at >= 0)
    possible = established | (stated.is_null().to_numpy() & (at >= 0))
    size = ground.units.height
    approved = ground.units["establishment"]
    blank = approved.is_null().to_numpy()
    limit = approved.fill_null(0).to_numpy()
    low = np.bincount(at[established], minlength=size) - limit
    high = np.bincount(at[possible], minlength=size) - limit
    value = Numbers(np.where(blank, -UNBOUNDED, low), np.where(blank, UNBOUNDED, high))
    return Computed(value, (Gap("units", "establishment", blank),))


def county_has_villages(ground: Ground, measure: Measure) -> Computed:
    """Return whether the unit's county has village schools or teaching points."""
    del measure
    frame = ground.units.select(
        "county",
        village=pl.col("unit_kind").is_in(_VILLAGE_KINDS).fill_null(value=False),
        blank=pl.col("unit_kind").is_null(),
    )
    found = frame.select(
        yes=pl.col("village").any().over("county"), blank=pl.col("blank").any().over("county")
    )
    unstated = frame["county"].is_null().to_numpy()
    yes = found["yes"].to_numpy() & ~unstated
    unknown = (found["blank"].to_numpy() | unstated) & ~yes
    gaps = (Gap("units", "county", unstated), Gap("units", "unit_kind", unknown & ~unstated))
    return Computed(Truths(Truth(yes, unknown)), gaps)
