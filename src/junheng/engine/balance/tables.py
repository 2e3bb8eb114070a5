"""The tables of the balance report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from junheng.engine.balance.coefficient import effect_of_one
from junheng.engine.balance.indicators import Indicators, Tally, per_pupils, tally
from junheng.engine.balance.school_rule import Standing, rule_met, standing
from junheng.engine.balance.standards import (
    COMPOSITE_LIMIT,
    CV_LIMIT,
    FLOOR_SHARE,
    INDICATORS,
    LEAST_MET,
    OF_TEACHERS,
    STAGES,
    THRESHOLDS,
    Standards,
)

BEFORE, AFTER = "before", "after"
MISSING_FOR_COMPOSITE = ("computers", "books")
"""Amounts of the 2012 composite that no table of the roster holds."""

INDICATOR_SCHEMA: dict[str, pl.DataType] = {
    "stage": pl.String(),
    "indicator": pl.String(),
    "moment": pl.String(),
    "schools": pl.Int64(),
    "pupils": pl.Int64(),
    "mean": pl.Float64(),
    "deviation": pl.Float64(),
    "cv": pl.Float64(),
    "limit": pl.Float64(),
    "meets": pl.Boolean(),
    "unknown": pl.Int64(),
}
SCHOOL_SCHEMA: dict[str, pl.DataType] = {
    "unit_id": pl.String(),
    "stage": pl.String(),
    "pupils": pl.Int64(),
    "indicator": pl.String(),
    "moment": pl.String(),
    "amount": pl.Float64(),
    "value": pl.Float64(),
    "threshold": pl.Float64(),
    "meets": pl.Boolean(),
}
RULE_SCHEMA: dict[str, pl.DataType] = {
    "unit_id": pl.String(),
    "stage": pl.String(),
    "moment": pl.String(),
    "met": pl.Int64(),
    "failed": pl.List(pl.String()),
    "undecided": pl.List(pl.String()),
    "meets": pl.Boolean(),
}
MOVE_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "stage": pl.String(),
    "indicator": pl.String(),
    "from_unit": pl.String(),
    "to_unit": pl.String(),
    "change": pl.Float64(),
    "exact": pl.String(),
}
OWN_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "title": pl.String(),
    "stage": pl.String(),
    "moment": pl.String(),
    "cv": pl.Float64(),
    "unknown": pl.Int64(),
}
Tallies = Mapping[str, Mapping[tuple[str, str], Tally]]
"""moment → (stage, indicator) → tally."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything the tables are made from.

    Attributes
    ----------
    before, after : person → unit where the person counts, before and after the plan
    moves : person → unit sent to, for every known move
    """

    counted_at: str
    standards: Standards
    given: Indicators
    before: Mapping[str, str]
    after: Mapping[str, str]
    moves: Mapping[str, str]

    def tallies(self, moment: str) -> dict[tuple[str, str], Tally]:
        """Count every indicator of every stage before or after."""
        where = self.before if moment == BEFORE else self.after
        return {
            (stage, indicator): tally(indicator, stage, where, self.given)
            for stage in STAGES
            for indicator in INDICATORS
        }


def indicator_frame(ground: Ground, tallies: Tallies) -> pl.DataFrame:
    """Return mean, deviation and coefficient of each stage, indicator and moment."""
    rows = []
    for stage, indicator in tallies[BEFORE]:
        limit = ground.standards.number(CV_LIMIT, stage)
        for moment, found in tallies.items():
            rows.append(
                _indicator_row(stage, indicator, moment, found[stage, indicator], limit)
            )
    return pl.DataFrame(rows, schema=INDICATOR_SCHEMA)


def own_frame(ground: Ground, titles: Mapping[str, str]) -> pl.DataFrame:
    """Return the coefficient of the pack's own indicators, by id with their titles."""
    rows = []
    for indicator, title in titles.items():
        for stage in STAGES:
            for moment, where in ((BEFORE, ground.before), (AFTER, ground.after)):
                found = tally(indicator, stage, where, ground.given)
                rows.append(
                    {
                        "indicator": indicator,
                        "title": title,
                        "stage": stage,
                        "moment": moment,
                        "cv": None if found.spread is None else found.spread.cv,
                        "unknown": found.unknown,
                    }
                )
    return pl.DataFrame(rows, schema=OWN_SCHEMA)


def _indicator_row(
    stage: str, indicator: str, moment: str, found: Tally, limit: Fraction
) -> dict[str, object]:
    row: dict[str, object] = {
        "stage": stage,
        "indicator": indicator,
        "moment": moment,
        "schools": len(found.amounts),
        "limit": float(limit),
        "unknown": found.unknown,
    }
    if found.spread is None:
        return row
    scale = per_pupils(indicator, Fraction(1), 1)
    return row | {
        "pupils": found.spread.pupils,
        "mean": float(found.spread.mean * scale),
        "deviation": found.spread.deviation * float(scale),
        "cv": found.spread.cv,
        "meets": found.spread.within(limit),
    }


def school_frame(ground: Ground, tallies: Tallies) -> pl.DataFrame:
    """Return amount, value per pupils and threshold of each school, indicator and moment."""
    rows = []
    for school in ground.given.schools:
        thresholds = ground.standards.numbers(THRESHOLDS, school.stage)
        for indicator, threshold in zip(INDICATORS, thresholds, strict=True):
            for moment, found in tallies.items():
                amount = found[school.stage, indicator].amounts[school.unit_id]
                value = None if amount is None else per_pupils(indicator, amount, school.pupils)
                rows.append(
                    {
                        "unit_id": school.unit_id,
                        "stage": school.stage,
                        "pupils": school.pupils,
                        "indicator": indicator,
                        "moment": moment,
                        "amount": None if amount is None else float(amount),
                        "value": None if value is None else float(value),
                        "threshold": float(threshold),
                        "meets": None if value is None else value >= threshold,
                    }
                )
    return pl.DataFrame(rows, schema=SCHOOL_SCHEMA)


def rule_frame(ground: Ground, tallies: Tallies) -> pl.DataFrame:
    """Return the school rule for each school, stage and moment."""
    least = int(ground.standards.number(LEAST_MET))
    share = ground.standards.number(FLOOR_SHARE)
    rows = []
    for school in ground.given.schools:
        thresholds = ground.standards.numbers(THRESHOLDS, school.stage)
        for moment, found in tallies.items():
            standings = {}
            for indicator, threshold in zip(INDICATORS, thresholds, strict=True):
                amount = found[school.stage, indicator].amounts[school.unit_id]
                value = None if amount is None else per_pupils(indicator, amount, school.pupils)
                standings[indicator] = standing(value, threshold, share)
            rows.append(
                {
                    "unit_id": school.unit_id,
                    "stage": school.stage,
                    "moment": moment,
                    **_rule_row(standings, least),
                }
            )
    return pl.DataFrame(rows, schema=RULE_SCHEMA)


def move_frame(ground: Ground) -> pl.DataFrame:
    """Return by how much each move alone changes S² of L1 to L3, from the state before."""
    tallies = ground.tallies(BEFORE)
    rows = []
    for person in ground.moves:
        found = ground.given.marks.get(person)
        origin, host = ground.before[person], ground.after[person]
        if found is None or origin == host:
            continue
        for indicator in OF_TEACHERS:
            tallied = tallies[found.stage, indicator]
            change = _change(tallied, ground, found.stage, (origin, host))
            if found.counts[indicator] and change is not None:
                rows.append(
                    {
                        "person_id": person,
                        "stage": found.stage,
                        "indicator": indicator,
                        "from_unit": origin,
                        "to_unit": host,
                        "change": float(change),
                        "exact": str(change),
                    }
                )
    return pl.DataFrame(rows, schema=MOVE_SCHEMA)


def composite_frame(standards: Standards) -> pl.DataFrame:
    """Return the limit of the 2012 composite per stage and what is missing to compute it."""
    return pl.DataFrame(
        {
            "stage": list(STAGES),
            "limit": [float(standards.number(COMPOSITE_LIMIT, stage)) for stage in STAGES],
            "missing": [list(MISSING_FOR_COMPOSITE) for _ in STAGES],
        }
    )


def _rule_row(standings: Mapping[str, Standing], least: int) -> dict[str, object]:
    named = {
        each: [name for name, found in standings.items() if found is each] for each in Standing
    }
    return {
        "met": len(named[Standing.MET]),
        "failed": named[Standing.NEAR] + named[Standing.FAILED],
        "undecided": named[Standing.UNDECIDED],
        "meets": rule_met(standings, least),
    }


def _change(
    tallied: Tally, ground: Ground, stage: str, units: tuple[str, str]
) -> Fraction | None:
    """Return the change of S², None where a unit is not compared or a count is open."""
    pupils = {s.unit_id: s.pupils for s in ground.given.schools if s.stage == stage}
    if tallied.spread is None or not all(unit in pupils for unit in units):
        return None
    origin, host = units
    amounts = tallied.amounts[origin], tallied.amounts[host]
    if amounts[0] is None or amounts[1] is None:
        return None
    return effect_of_one(
        (int(amounts[0]), int(amounts[1])),
        (pupils[origin], pupils[host]),
        tallied.spread.pupils,
    )
