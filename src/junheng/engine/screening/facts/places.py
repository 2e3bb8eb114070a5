"""Which units a pack sees as one and the same (同一单位的认定), and their zones."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.screening.facts.measure import Measure, bug
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Whole


def units_as_one(ground: Ground, units: Whole, measure: Measure) -> Whole:
    """Return a number for each unit: equal where the pack's ``identity`` sees the same one.

    ``campus``: each unit by itself; ``legal_entity``: a unit merged into another is that one;
    ``group``: so are all units of an alliance. Units the roster does not have keep their own.
    """
    known = (units >= 0) & (units < ground.units.height)
    match measure.word("identity"):
        case "campus":
            return units
        case "legal_entity":
            one = ground.successors
        case "group":
            alliance = ground.units["alliance"].rank("dense").fill_null(0).to_numpy()
            one = np.where(alliance > 0, -1 - alliance.astype(np.int64), ground.successors)
        case other:
            raise bug(other)
    found: Whole = units.copy()
    found[known] = one[units[known]]
    return found


def zones(ground: Ground, units: Whole) -> Whole:
    """Return the zone of each unit as a number from 1; 0 where it is not stated."""
    numbered = ground.units["zone"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
    numbered = np.append(numbered, 0)
    known = (units >= 0) & (units < ground.units.height)
    found: Whole = numbered[np.where(known, units, len(numbered) - 1)]
    return found
