"""How long somebody worked at units of some area, kind or quality (农村、边远任教年限)."""

from __future__ import annotations

import numpy as np

from junheng.engine.screening import days
from junheng.engine.screening.facts.classified import Pieces, pieces
from junheng.engine.screening.facts.clocks import elapsed, from_day, scale_of, total, until_day
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import Doing, merged

Spells = tuple[Whole, Whole, Whole]


def years_in_area(ground: Ground, measure: Measure) -> Computed:
    """Return the years worked at units while they were classified as the pack asks.

    Every stint counts at its unit, support and exchange too, leave does not; days at two units
    at once count once. Units of which the classification is not known give a range; so do
    stints of a blank kind, which may be leave, and stints that nobody declared complete, since
    there may have been more.
    """
    size = ground.persons.height
    certain, possible, unclassified = area_spells(ground, measure)
    low = _years(certain, measure, size)
    high = np.maximum(_years(possible, measure, size), low)
    closed = ground.closed("stints", (), measure.on)
    vague = np.zeros(size, dtype=np.bool_)
    stints = ground.stints
    vague[stints.owner[stints.first != stints.last]] = True
    kindless = np.zeros(size, dtype=np.bool_)
    kindless[stints.owner[stints.without_kind]] = True
    gaps = (
        Gap("stints", "", ~closed),
        Gap("stints", "since", vague & (low != high)),
        Gap("stints", "stint_kind", kindless & (low != high)),
        Gap("units", _column(measure), unclassified & (low != high)),
    )
    return Computed(Numbers(low, np.where(closed, high, UNBOUNDED), scale_of(measure)), gaps)


def area_spells(ground: Ground, measure: Measure) -> tuple[Spells, Spells, Mask]:
    """Return the spells that certainly count, those that may, and who has unclassified ones.

    Spells are owner, first day and the day after, up to the day of the measure.
    """
    where = pieces(ground, measure)
    stints = ground.stints
    working = (stints.doing != Doing.LEAVE) & (stints.first <= measure.day)
    rows = np.flatnonzero(working)
    stint, piece = _at(where, stints.unit[rows], ground.units.height)
    row = rows[stint]
    unclassified = np.zeros(ground.persons.height, dtype=np.bool_)
    known = piece >= 0
    certain = known & where.certain[piece] if len(where.unit) else known
    unclassified[stints.owner[row[~certain]]] = True
    certain &= (stints.possible[row] & (1 << Doing.LEAVE)) == 0
    begins = np.where(known, where.since[piece], days.NEVER) if len(where.unit) else None
    first = np.full(len(row), days.NEVER) if begins is None else begins
    ends = np.where(known, where.until[piece], days.FOREVER) if len(where.unit) else None
    last = np.full(len(row), days.FOREVER) if ends is None else ends
    owner = stints.owner[row]
    until = np.minimum(np.minimum(stints.until[row], last), until_day(measure))
    first = np.maximum(first, from_day(measure))
    possible = merged(owner, np.maximum(stints.first[row], first), until)
    latest = np.maximum(stints.last[row], first)
    return (
        merged(owner[certain], latest[certain], until[certain]),
        possible,
        unclassified,
    )


def _at(where: Pieces, unit: Whole, units: int) -> tuple[Whole, Whole]:
    """Pair stints with the periods of their units; -1 for units the roster does not have."""
    first = np.searchsorted(where.unit, unit, side="left")
    count = np.searchsorted(where.unit, unit, side="right") - first
    foreign = unit >= units
    count = np.where(foreign, 1, count)
    ahead = np.cumsum(count) - count
    stint = np.repeat(np.arange(len(unit)), count)
    piece = np.repeat(first, count) + np.arange(len(stint)) - np.repeat(ahead, count)
    return stint, np.where(foreign[stint], -1, piece)


def _years(spells: Spells, measure: Measure, size: int) -> Whole:
    owner, since, until = spells
    if measure.word("spell") == "total":
        return total(measure, owner, (since, until), size)
    now = until >= until_day(measure)
    found = np.zeros(size, dtype=np.int64)
    found[owner[now]] = elapsed(measure, since[now])
    return found


def _column(measure: Measure) -> str:
    """Return the column that would say how a unit is classified."""
    asked = {
        "areas": "unit_area",
        "quality": "unit_quality",
        "kinds": "unit_kind",
        "traits": "unit_traits",
    }
    return next(column for setting, column in asked.items() if measure.words(setting))
