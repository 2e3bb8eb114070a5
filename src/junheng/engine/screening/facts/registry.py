"""The registry: which function computes which registered fact."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine.policy.vocabulary import AFTER_PLAN, FACTS, About
from junheng.engine.screening.facts.ages import age, years_since_recruited
from junheng.engine.screening.facts.areas import years_in_area
from junheng.engine.screening.facts.classified import DATED, dated_column
from junheng.engine.screening.facts.columns import column_fact, subjects
from junheng.engine.screening.facts.measure import FactFunction
from junheng.engine.screening.facts.moves import MOVE_FACTS
from junheng.engine.screening.facts.records import (
    applied,
    backbone_level,
    circumstance,
    cycle_completed,
    honours,
    wishes_to_stay,
)
from junheng.engine.screening.facts.retirement import years_to_retirement
from junheng.engine.screening.facts.tenure import tenure
from junheng.engine.screening.facts.units import county_has_villages, staffing_gap

_DERIVED: Mapping[str, FactFunction] = {
    "age": age,
    "tenure": tenure,
    "years_in_area": years_in_area,
    "years_since_recruited": years_since_recruited,
    "years_to_retirement": years_to_retirement,
    "cycle_completed": cycle_completed,
    "circumstance": circumstance,
    "honours": honours,
    "backbone_level": backbone_level,
    "applied": applied,
    "wishes_to_stay": wishes_to_stay,
    "subjects": subjects,
    "staffing_gap": staffing_gap,
    "county_has_villages": county_has_villages,
    **dict.fromkeys(DATED, dated_column),
}

COLUMN_FACTS = tuple(
    name
    for name, fact in FACTS.items()
    if fact.about is not About.MOVE and name not in {*_DERIVED, *AFTER_PLAN}
)
"""Facts that are a column of the roster under its own name."""

REGISTRY: Mapping[str, FactFunction] = {
    **dict.fromkeys(COLUMN_FACTS, column_fact),
    **_DERIVED,
}
"""Every registered fact of a person or unit; those of moves are in ``MOVE_FACTS``."""

__all__ = ["COLUMN_FACTS", "MOVE_FACTS", "REGISTRY"]
