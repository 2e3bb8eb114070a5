"""Facts of units that are counted: staff over establishment, village schools in the county."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine import codes
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.verdicts import Truth

_ON_ESTABLISHMENT = "在编"
_TEACHER = "教师"
_LEADERS = ("正校级", "副校级")
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


def subject_gap(ground: Ground, measure: Measure) -> Computed:
    """Return the established teachers of some subjects at each unit less those required.

    Leaders do not count. Somebody of whom it is not stated whether they count may.
    """
    subjects = measure.words("subjects")
    persons = ground.persons
    established = persons["employment"].eq(_ON_ESTABLISHMENT)
    led = persons["office_level"].is_in(_LEADERS)
    teaches = persons["subject"].is_in(subjects)
    sure = [(each.fill_null(value=False)).to_numpy() for each in (established, teaches)]
    may_be = [(each.fill_null(value=True)).to_numpy() for each in (established, teaches)]
    at = ground.own_unit
    leads, may_lead = (led.fill_null(value=v).to_numpy() for v in (False, True))
    here = at >= 0
    size = ground.units.height
    low = np.bincount(at[sure[0] & sure[1] & ~may_lead & here], minlength=size)
    high = np.bincount(at[may_be[0] & may_be[1] & ~leads & here], minlength=size)
    posts = ground.roster["posts"]
    wanted = (posts["role"] == _TEACHER) & posts["subject"].is_in(subjects)
    required, blank = _posted(ground, wanted.fill_null(value=False), "required")
    return _against(low, high, required, (blank, Gap("posts", "required", blank)))


def post_grade_vacancy(ground: Ground, measure: Measure) -> Computed:
    """Return the posts established at each unit in some bands less the people who fill them.

    Counted at the unit of establishment; a unit of which no band is established at all leaves
    it unknown, as does a title that is not stated.
    """
    bands = measure.words("grade")
    bands_of = {t: codes.BAND_OF_TITLE.get(t, codes.LOWEST_BAND) for t in codes.TITLE.codes}
    titles = [title for title, band in bands_of.items() if band in bands]
    persons = ground.persons
    established = persons["employment"].eq(_ON_ESTABLISHMENT)
    held = persons["title"].is_in(titles)
    at = ground.establishment_unit
    size = ground.units.height
    taken = []
    for blank in (False, True):
        counts = established.fill_null(value=blank) & held.fill_null(value=blank)
        taken.append(np.bincount(at[counts.to_numpy() & (at >= 0)], minlength=size))
    posts = ground.roster["posts"]
    structured = posts["grade_band"].is_not_null() & posts["subject"].is_null()
    wanted = posts["grade_band"].is_in(bands).fill_null(value=False) & structured
    total, blank_here = _posted(ground, wanted, "established")
    units = ground.unit_column(posts["unit_id"].filter(structured))
    none = ~np.isin(np.arange(size), units)
    unknown = blank_here | none
    gap = Gap("posts", "established", unknown)
    return _against(-taken[1], -taken[0], -total, (unknown, gap))


def classes(ground: Ground, measure: Measure) -> Computed:
    """Return the classes of all compulsory stages of each unit."""
    del measure
    _, count, blank = _taught(ground)
    value = Numbers(np.where(blank, 0, count), np.where(blank, UNBOUNDED, count))
    return Computed(value, (Gap("units", "primary_classes", blank),))


def class_size(ground: Ground, measure: Measure) -> Computed:
    """Return the pupils to a class of all compulsory stages of each unit, as exact shares."""
    del measure
    pupils, count, blank = _taught(ground)
    unknown = blank | (count == 0)
    value = Numbers(
        np.where(unknown, 0, pupils),
        np.where(unknown, UNBOUNDED, pupils),
        np.where(unknown, 1, count),
    )
    return Computed(value, (Gap("units", "primary_pupils", unknown),))


def _taught(ground: Ground) -> tuple[Whole, Whole, Mask]:
    """Return pupils and classes of each unit, and where a stage it has does not state them."""
    units = ground.units
    size = units.height
    pupils, count = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    blank, some = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    for stage, prefix in (("小学", "primary"), ("初中", "junior")):
        roll, rooms = units[f"{prefix}_pupils"], units[f"{prefix}_classes"]
        entered = (roll.is_not_null() | rooms.is_not_null()).to_numpy()
        has = units["unit_stages"].list.contains(stage).to_numpy(allow_copy=True)
        unstated = units["unit_stages"].is_null().to_numpy()
        needed = np.where(unstated, entered, has.astype(np.bool_))
        some |= needed
        blank |= needed & (roll.is_null() | rooms.is_null()).to_numpy()
        pupils += np.where(needed, roll.fill_null(0).to_numpy(), 0)
        count += np.where(needed, rooms.fill_null(0).to_numpy(), 0)
    return pupils, count, blank | ~some


def _posted(ground: Ground, wanted: pl.Series, column: str) -> tuple[Whole, Mask]:
    """Return the sum of a column of some posts for each unit, and where one is blank."""
    posts = ground.roster["posts"].filter(wanted)
    at = ground.unit_column(posts["unit_id"])
    number = posts[column].fill_null(0).to_numpy()
    lacking = posts[column].is_null().to_numpy()
    size = ground.units.height
    total = np.bincount(at[at >= 0], number[at >= 0], size).astype(np.int64)
    blank = np.zeros(size, dtype=np.bool_)
    blank[at[lacking & (at >= 0)]] = True
    return total, blank


def _against(low: Whole, high: Whole, limit: Whole, unknown: tuple[Mask, Gap]) -> Computed:
    blank, gap = unknown
    value = Numbers(
        np.where(blank, -UNBOUNDED, low - limit), np.where(blank, UNBOUNDED, high - limit)
    )
    return Computed(value, (gap,))


def county_has_villages(ground: Ground, measure: Measure) -> Computed:
    """Return whether the unit's county has village schools or teaching points.

    A unit of which no county is stated may lie in any.
    """
    del measure
    village = pl.col("unit_kind").is_in(_VILLAGE_KINDS)
    frame = ground.units.select(
        "county",
        sure=village.fill_null(value=False),
        may=village.fill_null(value=True),
    )
    stated = frame["county"].is_not_null().to_numpy()
    sure, may = frame["sure"].to_numpy(), frame["may"].to_numpy()
    there = frame.select(pl.col("sure", "may").any().over("county"))
    yes = np.where(stated, there["sure"].to_numpy(), sure)
    anywhere = bool(may.any()), bool(may[~stated].any())
    open_ = np.where(stated, there["may"].to_numpy() | anywhere[1], anywhere[0])
    unknown = open_ & ~yes
    gaps = (
        Gap("units", "county", ~stated & unknown),
        Gap("units", "unit_kind", stated & unknown),
    )
    return Computed(Truths(Truth(yes, unknown)), gaps)
