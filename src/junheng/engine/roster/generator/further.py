"""Records that only some policies read: benefits, incidents, children, travel, scores.

Each table draws from a stream of its own, so that nothing else of a county depends on it.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from junheng.engine import codes
from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.staff import Staff, autumn, school_year

_RUBRIC = "exchange-score"
_NEAR, _FAR = 30, 60  # minutes: up to here near, beyond that far
_TENTHS = 10
_GRADES = {"小学": codes.GRADE_TAUGHT.codes[:6], "初中": codes.GRADE_TAUGHT.codes[6:9]}


def further(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, seed: int, on: date
) -> dict[str, pl.DataFrame]:
    """Return the further tables."""
    return {
        "benefits": _benefits(staff, ids, Draws(seed, "benefits"), on),
        "incidents": _incidents(staff, ids, Draws(seed, "incidents"), on),
        "children": _children(sites, staff, ids, Draws(seed, "children"), on),
        "travel": _travel(sites, staff, ids, Draws(seed, "travel")),
        "scores": _scores(staff, ids, Draws(seed, "scores"), on),
    }


def with_dates(frame: pl.DataFrame, staff: Staff, seed: int, on: date) -> pl.DataFrame:
    """Add when persons began to teach, came to the unit, and leave office."""
    draws = Draws(seed, "further dates")
    years = draws.between(staff.size, 1, 8)
    columns = {
        "teaching_since": (autumn(staff.career), staff.teaches),
        "transferred_on": (autumn(staff.start), staff.start > staff.career),
        "leaves_office_on": (autumn(on.year + years), staff.leads),
    }
    for name, (days, known) in columns.items():
        day = pl.Series(name, days).cast(pl.Date)
        where = pl.Series(known)
        frame = frame.with_columns(
            pl.when(where).then(day).alias(name),
            pl.when(where).then(pl.lit("month")).alias(f"{name}_precision"),
        )
    return frame


def with_grades(frame: pl.DataFrame, staff: Staff, seed: int) -> pl.DataFrame:
    """Add which grades teachers teach: one, or two next to each other; of a few it is blank."""
    draws = Draws(seed, "grades taught")
    size = staff.size
    first, more = draws.between(size, 0, 8), draws.between(size, 0, 1)
    known = ~draws.chance(size, shares.GRADES_BLANK) & staff.teaches
    cells = [
        _grades(_GRADES.get(stage or "", ()), int(at), int(count)) if stated else None
        for stage, at, count, stated in zip(frame["stage"], first, more, known, strict=True)
    ]
    return frame.with_columns(grades_taught=pl.Series(cells, dtype=pl.String))


def _grades(grades: tuple[str, ...], first: int, more: int) -> str | None:
    begin = first % len(grades) if grades else 0
    return "、".join(grades[begin : begin + 1 + more]) or None


def confirmed(honours: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Say of each honour whether the authority has confirmed it; of some it is not known."""
    draws = Draws(seed, "confirmed honours")
    size = honours.height
    yes = pl.Series(draws.chance(size, shares.CONFIRMED))
    known = pl.Series(~draws.chance(size, shares.CONFIRMED_BLANK))
    return honours.with_columns(confirmed=pl.when(known).then(yes))


def _benefits(staff: Staff, ids: pl.Series, draws: Draws, on: date) -> pl.DataFrame:
    who = np.flatnonzero(draws.chance(staff.size, shares.DRAWS_BENEFIT) & staff.teaches)
    count = draws.between(len(who), 1, 6)
    owner = np.repeat(who, count)
    first = np.cumsum(count) - count
    ago = 1 + np.arange(len(owner)) - np.repeat(first, count)
    return pl.DataFrame(
        {
            "person_id": ids.gather(owner),
            "benefit": pl.repeat("骨干教师考核奖", len(owner), dtype=pl.String, eager=True),
            "benefit_year": on.year - ago,
            "full": draws.chance(len(owner), shares.BENEFIT_FULL),
        }
    ).sort("person_id", "benefit_year")


def _incidents(staff: Staff, ids: pl.Series, draws: Draws, on: date) -> pl.DataFrame:
    who = np.flatnonzero(draws.chance(staff.size, shares.INCIDENTS))
    words = pl.Series(shares.INCIDENT_KINDS.words)
    days = np.datetime64(on, "D") - draws.between(len(who), 10, 900)
    return pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "incident": words.gather(draws.pick(len(who), shares.INCIDENT_KINDS.weights)),
            "recorded_on": pl.Series(days).cast(pl.Date),
            "decided_by": pl.repeat("示例县教育局", len(who), dtype=pl.String, eager=True),
        }
    ).sort("person_id", "recorded_on")


def _children(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    parents: Truth = (staff.age >= 30) & (staff.age <= 45)
    who = np.flatnonzero(draws.chance(staff.size, shares.CHILD_AT_SCHOOL) & parents)
    junior = np.array([site.school.stages == ("初中",) for site in sites])[staff.home[who]]
    grade = draws.between(len(who), 1, 6)
    return pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "unit_id": pl.Series([site.unit_id for site in sites]).gather(staff.home[who]),
            "grade": np.where(junior, 7 + grade % 3, grade),
            "school_year": np.full(len(who), school_year(on)),
        }
    ).sort("person_id")


def _travel(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws
) -> pl.DataFrame:
    """Return ways from some homes to the unit, and between the units of each zone."""
    units = pl.Series([site.unit_id for site in sites])
    who = np.flatnonzero(draws.chance(staff.size, shares.WAY_FROM_HOME))
    homes = pl.DataFrame(
        {"person_id": ids.gather(who), "unit_id": units.gather(staff.home[who])},
        schema_overrides={"person_id": pl.String},
    )
    first, second = _neighbours(sites)
    between = pl.DataFrame(
        {"from_unit": units.gather(first), "unit_id": units.gather(second)},
        schema_overrides={"from_unit": pl.String},
    )
    ways = pl.concat([homes, between], how="diagonal")
    minutes = draws.between(ways.height, 5, 90)
    band = np.select([minutes <= _NEAR, minutes <= _FAR], [0, 1], 3)
    return ways.with_columns(
        minutes=minutes,
        kilometres=(pl.Series(minutes * 5) / pl.lit(_TENTHS)).cast(pl.Decimal(20, 4)),
        nearby=minutes <= _NEAR,
        distance_band=pl.Series(("近", "较近", "较远", "远")).gather(band),
    )


def _neighbours(sites: tuple[Site, ...]) -> tuple[Whole, Whole]:
    """Return all ordered pairs of schools in one zone."""
    zones: dict[tuple[int, int], list[int]] = {}
    for position, site in enumerate(sites):
        if site.in_scope:
            zones.setdefault((site.county, site.zone), []).append(position)
    pairs = [(a, b) for held in zones.values() for a in held for b in held if a != b]
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _scores(staff: Staff, ids: pl.Series, draws: Draws, on: date) -> pl.DataFrame:
    who = np.flatnonzero(draws.chance(staff.size, shares.SCORED) & staff.teaches)
    tenths = pl.Series("points", draws.between(len(who), 600, 1000)).cast(pl.Decimal(20, 4))
    day = on - timedelta(days=20)
    return pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "rubric_id": pl.repeat(_RUBRIC, len(who), dtype=pl.String, eager=True),
            "points": tenths / _TENTHS,
            "scored_on": pl.repeat(day, len(who), dtype=pl.Date, eager=True),
        }
    ).sort("person_id")
