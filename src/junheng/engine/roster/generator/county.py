"""Make a whole synthetic county (样例县): all tables, from one seed and shares."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from junheng.engine.roster.generator.further import (
    confirmed,
    further,
    with_dates,
    with_grades,
)
from junheng.engine.roster.generator.histories import histories
from junheng.engine.roster.generator.persons import person_ids, persons_frame
from junheng.engine.roster.generator.places import lay_out
from junheng.engine.roster.generator.posts import headcount, posts_frame
from junheng.engine.roster.generator.records import records
from junheng.engine.roster.generator.staff import staff_of
from junheng.engine.roster.generator.units import (
    classifications_frame,
    establishment,
    units_frame,
)
from junheng.engine.roster.generator.year import year_tables
from junheng.engine.roster.roster import Roster, roster_of


def generate(*, units: int, persons: int, seed: int, on: date, counties: int = 1) -> Roster:
    """Make a synthetic county, or several side by side, as a roster in memory.

    The same arguments give the same roster on every machine. Nobody in it exists: names are
    drawn from lists and identity numbers begin with digits that are never issued.

    Parameters
    ----------
    units : number of units in all, at least 2 for each county
    persons : number of persons in all, at least 5 for each unit
    seed : 0 or more
    on : the day on which the county is confirmed; histories end around it
    counties : number of counties, each with its own zones, towns and numbers

    Raises
    ------
    ValueError
        If there are too few units or persons, or the seed is negative.
    """
    if counties < 1 or units < 2 * counties or persons < 5 * units or seed < 0:
        raise ValueError(
            "a county needs 2 units, a unit 5 persons, a seed must not be negative"
        )
    sites = lay_out(units, counties, seed, on)
    counts = headcount(sites, persons, seed)
    staff = staff_of(sites, counts, seed, on)
    ids = person_ids(sites, staff)
    persons_sheet = persons_frame(sites, staff, ids, seed, on)
    unit_ids = pl.Series([site.unit_id for site in sites])
    approved = establishment(counts, persons_sheet, unit_ids, seed)
    unit_sheet = units_frame(sites, counts, approved, seed)
    schools = np.array([site.in_scope for site in sites])
    persons_sheet = with_dates(persons_sheet, staff, seed, on)
    persons_sheet = with_grades(persons_sheet, staff, seed)
    frames = {
        "units": unit_sheet,
        "classifications": classifications_frame(sites, seed, on),
        "posts": posts_frame(counts, unit_ids, schools, approved, seed),
        "persons": persons_sheet,
        **histories(sites, staff, ids, seed, on),
        **records(sites, staff, ids, seed, on),
        **year_tables(sites, staff, counts, ids, seed, on),
        **further(sites, staff, ids, seed, on),
    }
    frames["honours"] = confirmed(frames["honours"], seed)
    return roster_of(frames)
