"""Facts from private records: circumstances, sanctions, incidents, children, kin (§12)."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import polars as pl

from junheng.engine.screening import days
from junheng.engine.screening.facts.clocks import scale_of, total, window
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.records import Records, answered, in_force, marked
from junheng.engine.screening.facts.retirement import SCALE
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Sets, Truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole, negated
from junheng.engine.screening.stints import merged
from junheng.engine.screening.verdicts import Truth

_MONTHS = 12
_GRADES = 12
_SCHOOL_YEAR_OPENS = 9
_NO_FULL_LOAD = "不能满负荷工作"
_BAN = "限制期"
_JOINED = re.compile(r"[、，,;；/\s]+")


def circumstance(ground: Ground, measure: Measure) -> Computed:
    """Return whether one of some circumstances is in force on the day, or was in a window."""
    kinds = measure.words("kinds")
    return _held(ground, measure, "circumstances", "circumstance", kinds)


def full_load(ground: Ground, measure: Measure) -> Computed:
    """Return whether nothing on record keeps somebody from a full load of work."""
    held = _held(ground, measure, "circumstances", "circumstance", (_NO_FULL_LOAD,))
    if not isinstance(held.value, Truths):
        return held
    return Computed(Truths(negated(held.value.truth)), held.gaps)


def sanction_in_force(ground: Ground, measure: Measure) -> Computed:
    """Return whether a sanction, of some kinds if the pack says so, is in force on the day."""
    return _held(ground, measure, "sanctions", "sanction", measure.words("kinds"))


def legal_status(ground: Ground, measure: Measure) -> Computed:
    """Return the audits, inquiries and proceedings that somebody is under on the day."""

    def overlapping(wanted: tuple[str, ...]) -> Truth:
        records = in_force(ground, "circumstances", "circumstance", wanted, measure.on)
        closed = ground.closed("circumstances", wanted, measure.on)
        return answered(records, records.certain, ~records.certain, closed)

    closed = ground.closed("circumstances", (), measure.on)
    return Computed(Sets(len(closed), overlapping), (Gap("circumstances", "", ~closed),))


def incidents(ground: Ground, measure: Measure) -> Computed:
    """Return what a body has found about somebody by the day, in a window if there is one.

    A record without the body that found it is not yet a finding.
    """
    frame = ground.roster["incidents"]
    owner = ground.owners_of("incidents")
    first = days.day_numbers(frame["recorded_on"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_days(np.where(known, first, 0), frame["recorded_on_precision"])
    last = np.where(known, last, days.FOREVER)
    found = frame["decided_by"].is_not_null().to_numpy()
    begin = window(measure)[0] if measure.states("window") else days.NEVER
    sure = (last <= measure.day) & (first >= begin) & found
    may_be = (first <= measure.day) & (last >= begin)

    def overlapping(wanted: tuple[str, ...]) -> Truth:
        meant = frame["incident"].is_in(wanted).fill_null(value=False).to_numpy()
        rows = np.flatnonzero(meant & may_be & (owner >= 0))
        records = Records(rows, owner[rows], sure[rows])
        closed = ground.closed("incidents", wanted, measure.on)
        return answered(records, records.certain, ~records.certain, closed)

    closed = ground.closed("incidents", (), measure.on)
    unsure = marked(owner[may_be & ~sure & (owner >= 0)], len(closed))
    gaps = (Gap("incidents", "", ~closed), Gap("incidents", "decided_by", unsure))
    return Computed(Sets(len(closed), overlapping), gaps)


def circumstance_time(ground: Ground, measure: Measure) -> Computed:
    """Return the years spent in some circumstances by the day, days of two at once once."""
    kinds = measure.words("kinds")
    until = measure.day
    records = in_force(ground, "circumstances", "circumstance", kinds, (days.NEVER, until))
    rows = ground.roster["circumstances"][records.row]
    first = days.day_numbers(rows["since"], days.NEVER)
    last = days.latest_starts(first, rows["since_precision"])
    end = np.minimum(days.day_numbers(rows["until"], days.FOREVER), until)
    size = ground.persons.height
    low, high = (
        _total(measure, records.owner, since, end, size=size) for since in (last, first)
    )
    closed = ground.closed("circumstances", kinds, measure.on)
    gaps = (Gap("circumstances", "", ~closed), Gap("circumstances", "since", low != high))
    high = np.where(closed, np.maximum(low, high), UNBOUNDED)
    return Computed(Numbers(low, high, scale_of(measure)), gaps)


def years_since_sanction(ground: Ground, measure: Measure) -> Computed:
    """Return the span since the last sanction ended; 0 while one is in force.

    Whoever never had one is beyond every limit, where the table is declared complete.
    """
    kinds = measure.words("kinds")
    day = measure.day
    records = in_force(ground, "sanctions", "sanction", kinds or None, (days.NEVER, day))
    until = days.day_numbers(ground.roster["sanctions"]["until"], days.FOREVER)[records.row]
    ago = _ago(until, day)
    closed = ground.closed("sanctions", kinds, measure.on)
    low = np.where(closed, UNBOUNDED, 0)
    high = np.full(len(closed), UNBOUNDED)
    np.minimum.at(low, records.owner, ago)
    sure = records.certain
    np.minimum.at(high, records.owner[sure], ago[sure])
    vague = marked(records.owner[~sure], len(closed))
    gaps = (Gap("sanctions", "", ~closed), Gap("sanctions", "since", vague))
    return Computed(Numbers(low, high, SCALE), gaps)


def years_since_circumstance(ground: Ground, measure: Measure) -> Computed:
    """Return the span since the last of some circumstances began, or since it ended.

    0 while one lasts that must have ended. Whoever never had one is beyond every limit, where
    the table is declared complete.
    """
    kinds = measure.words("kinds")
    day = measure.day
    records = in_force(ground, "circumstances", "circumstance", kinds, (days.NEVER, day))
    rows = ground.roster["circumstances"][records.row]
    if measure.word("from") == "ended":
        first = last = days.day_numbers(rows["until"], days.FOREVER)
    else:
        first = days.day_numbers(rows["since"], days.NEVER)
        known = first != days.NEVER
        last = days.latest_starts(np.where(known, first, 0), rows["since_precision"])
        last = np.where(known, last, days.FOREVER)
    closed = ground.closed("circumstances", kinds, measure.on)
    low, high = np.where(closed, UNBOUNDED, 0), np.full(len(closed), UNBOUNDED)
    np.minimum.at(low, records.owner, _ago(last, day))
    sure = records.certain
    np.minimum.at(high, records.owner[sure], _ago(first[sure], day))
    vague = marked(records.owner[~sure | (first != last)], len(closed))
    gaps = (Gap("circumstances", "", ~closed), Gap("circumstances", "since", vague))
    return Computed(Numbers(low, high, SCALE), gaps)


def _ago(since: Whole, day: int) -> Whole:
    """Return the spans from some days, 0 where the day has not come, without end from none."""
    over = (since <= day) & (since > days.NEVER)
    ago = np.where(since > days.NEVER, 0, UNBOUNDED)
    ago[over] = _elapsed(since[over], day)
    return ago


def ban_in_force(ground: Ground, measure: Measure) -> Computed:
    """Return whether a sanction in force on the day keeps somebody from what is asked about.

    The record says what from (限制事项); one that does not may be from anything.
    """
    asked = {*measure.words("from"), *measure.matters}
    records = in_force(ground, "sanctions", "sanction", None, measure.on)
    rows = ground.roster["sanctions"][records.row]
    barred = rows["barred_from"]
    from_it = {
        cell: not asked or not asked.isdisjoint(_JOINED.split(cell))
        for cell in barred.drop_nulls().unique().to_list()
    }
    meant = barred.replace_strict(from_it, default=None, return_dtype=pl.Boolean)
    blank = meant.is_null()
    if not asked:
        meant = meant | (rows["sanction"] == _BAN).fill_null(value=False)
        blank = blank & meant.fill_null(value=False).not_()
    yes = meant.fill_null(value=False).to_numpy() & records.certain
    may_be = (meant.fill_null(value=False) | blank).to_numpy()
    closed = ground.closed("sanctions", (), measure.on)
    truth = answered(records, yes, may_be & ~yes, closed)
    open_ended = marked(records.owner[blank.to_numpy()], len(closed))
    gaps = (Gap("sanctions", "", ~closed), Gap("sanctions", "barred_from", open_ended))
    return Computed(Truths(truth), gaps)


def child_grade_at_unit(ground: Ground, measure: Measure) -> Computed:
    """Return the grade of the youngest, or oldest, child at the working unit; 0 without one.

    A grade is entered for a school year and goes up by one each year; who has left grade 12 or
    is not yet in school is not at the unit.
    """
    frame = ground.roster["children"]
    owner = ground.owners_of("children")
    unit = ground.unit_column(frame["unit_id"])
    ours = owner >= 0
    own = ground.own_unit[np.where(ours, owner, 0)] if len(ground.own_unit) else unit
    blank_unit = frame["unit_id"].is_null().to_numpy()
    here = ours & (unit == own) & (unit >= 0)
    passed = _school_year(measure.day) - frame["school_year"].fill_null(0).to_numpy()
    grade = frame["grade"]
    blank = grade.is_null().to_numpy()
    now = grade.fill_null(0).to_numpy() + passed
    taught = (now >= 1) & (now <= _GRADES) & (passed >= 0)
    sure = here & taught & ~blank
    may_be = ours & (here | blank_unit) & (passed >= 0) & (taught | blank)
    size = ground.persons.height
    youngest = measure.word("youngest") == "yes"
    ends = (np.where(blank, 1, now), np.where(blank, _GRADES, now))
    closed = ground.closed("children", (), measure.on)
    low, high = _oldest(owner, ends, (sure, may_be), closed)
    if youngest:
        low, high = _youngest(owner, ends, (sure, may_be), closed)
    open_ended = marked(owner[may_be & ~sure], size)
    gaps = (Gap("children", "", ~closed), Gap("children", "grade", open_ended))
    return Computed(Numbers(low, high), gaps)


_Ends = tuple[Whole, Whole]
_Rows = tuple[Mask, Mask]


def _oldest(owner: Whole, ends: _Ends, rows: _Rows, closed: Mask) -> tuple[Whole, Whole]:
    low = np.zeros(len(closed), dtype=np.int64)
    high = np.where(closed, 0, _GRADES)
    sure, may_be = rows
    np.maximum.at(low, owner[sure], ends[0][sure])
    np.maximum.at(high, owner[may_be], ends[1][may_be])
    return low, high


def _youngest(owner: Whole, ends: _Ends, rows: _Rows, closed: Mask) -> tuple[Whole, Whole]:
    sure, may_be = rows
    size = len(closed)
    some = marked(owner[sure], size)
    low = np.where(closed, _GRADES, 1)
    np.minimum.at(low, owner[may_be], ends[0][may_be])
    low = np.where(some, low, 0)
    high = np.full(size, _GRADES)
    np.minimum.at(high, owner[sure], ends[1][sure])
    most = np.where(closed, 0, _GRADES)
    np.maximum.at(most, owner[may_be], ends[1][may_be])
    return low, np.where(some, high, most)


def kin_at_unit(ground: Ground, measure: Measure) -> Computed:
    """Return whether a relative, of some degrees if stated, works at the same unit."""
    frame = ground.roster["kinship"]
    degrees = measure.words("degrees")
    one, other = ground.owners_of("kinship"), ground.owners(frame["relative_id"])
    related = (one >= 0) & (other >= 0) & (one != other)
    if degrees:
        related &= frame["kinship"].is_in(degrees).fill_null(value=False).to_numpy()
    one, other = one[related], other[related]
    unit = ground.own_unit
    together = (unit[one] == unit[other]) & (unit[one] >= 0)
    size = ground.persons.height
    yes = marked(np.concatenate((one[together], other[together])), size)
    closed = ground.closed("kinship", degrees, measure.on)
    return Computed(Truths(Truth(yes, ~closed & ~yes)), (Gap("kinship", "", ~closed),))


def _held(
    ground: Ground, measure: Measure, table: str, column: str, kinds: tuple[str, ...]
) -> Computed:
    """Return whether a record of some kinds is in force on the day, or was in the window."""
    records = in_force(ground, table, column, kinds or None, when_held(measure))
    closed = ground.closed(table, kinds, measure.on)
    truth = answered(records, records.certain, ~records.certain, closed)
    vague = marked(records.owner[~records.certain], len(closed))
    return Computed(Truths(truth), (Gap(table, "", ~closed), Gap(table, "since", vague)))


def when_held(measure: Measure) -> date | tuple[int, int]:
    """Return the day a record must be in force on, or the first and last day of its window."""
    return window(measure) if measure.states("window") else measure.on


def _elapsed(since: Whole, day: int) -> Whole:
    """Return the spans from each day to one day, in whole months and odd days."""
    until = np.full_like(since, day)
    months = days.whole_months(since, until)
    odd = until - days.plus_months(since, months)
    return months * (SCALE // _MONTHS) + odd


def _school_year(day: int) -> int:
    on = days.day_of(day)
    return on.year - (on.month < _SCHOOL_YEAR_OPENS)


def _total(measure: Measure, owner: Whole, since: Whole, until: Whole, *, size: int) -> Whole:
    spells = merged(owner, since, until)
    return total(measure, spells[0], (spells[1], spells[2]), size)
