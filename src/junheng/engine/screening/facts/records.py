"""Facts from what is on record about a person: honours, benefits, obligations, cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from junheng.engine import codes
from junheng.engine.screening import days
from junheng.engine.screening.facts.clocks import window
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Sets, Truths, Words
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole, negated
from junheng.engine.screening.verdicts import Truth

_NO_LEVEL = "无"
LEVELS = (_NO_LEVEL, *reversed(codes.LEVEL.codes))
"""Levels of honours from the lowest to the highest."""


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a table that concern a question.

    Attributes
    ----------
    row : position of each row in the roster's table
    owner : position of the person
    certain : whether it is certain that the row holds on the day; else it may
    """

    row: Whole
    owner: Whole
    certain: Mask


def in_force(
    ground: Ground,
    table: str,
    column: str,
    kinds: tuple[str, ...] | None,
    on: date | tuple[int, int],
) -> Records:
    """Return the rows of some kinds that hold, or may hold, on a day (§4).

    What began in a month began on its first; what began in a year may begin on any day of it;
    a blank start may be any day. ``kinds`` None means any kind; two days instead of one, what
    holds on some day from the first to the second.
    """
    day, after = (days.number(on), days.number(on)) if isinstance(on, date) else (on[1], on[0])
    frame = ground.roster[table]
    owner = ground.owners_of(table)
    wanted = owner >= 0
    if kinds is not None:
        wanted &= frame[column].is_in(kinds).fill_null(value=False).to_numpy()
    rows = np.flatnonzero(wanted)
    some = frame[rows]
    first = days.day_numbers(some["since"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_starts(np.where(known, first, 0), some["since_precision"])
    last = np.where(known, last, days.FOREVER)
    until = days.day_numbers(some["until"], days.FOREVER)
    holds = (first <= day) & (after < until)
    return Records(rows[holds], owner[rows][holds], (last <= day)[holds])


def answered(records: Records, yes: Mask, unknown: Mask, closed: Mask) -> Truth:
    """Answer whether some record of a person says yes; no only where the table is closed."""
    size = len(closed)
    found = marked(records.owner[yes], size)
    return Truth(found, (marked(records.owner[unknown], size) | ~closed) & ~found)


def marked(owner: Whole, size: int) -> Mask:
    """Return a mask over persons that holds for some of them."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[owner] = True
    return mask


def honours(ground: Ground, measure: Measure) -> Computed:
    """Return the honours held on the day; only those of some levels or awarded in some time.

    An honour without a date of award is held; one without a level may be of any. A blank end
    means that it lasts.
    """
    levels = measure.words("levels")
    size = ground.persons.height

    def overlapping(wanted: tuple[str, ...]) -> Truth:
        records = in_force(ground, "honours", "honour", wanted, measure.on)
        sure = records.certain | _undated(ground, records)
        possible = np.ones(len(sure), dtype=np.bool_)
        if levels:
            stated = ground.roster["honours"]["honour_level"][records.row]
            sure &= stated.is_in(levels).fill_null(value=False).to_numpy()
            possible = stated.is_in(levels).fill_null(value=True).to_numpy()
        awarded, may_be = _awarded(ground, records, measure)
        closed = ground.closed("honours", wanted, measure.on)
        return answered(records, sure & awarded, possible & may_be & ~(sure & awarded), closed)

    closed = ground.closed("honours", (), measure.on)
    gaps = _honour_gaps(ground, closed)
    if any(measure.states(each) for each in ("since", "until", "window")):
        gaps = (*gaps, Gap("honours", "since", _undated_honours(ground)))
    return Computed(Sets(size, overlapping), gaps)


def _awarded(ground: Ground, records: Records, measure: Measure) -> tuple[Mask, Mask]:
    """Return which honours were certainly awarded in the time asked about, and which may be."""
    rows = ground.roster["honours"][records.row]
    first = days.day_numbers(rows["since"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_starts(np.where(known, first, 0), rows["since_precision"])
    last = np.where(known, last, days.FOREVER)
    since, until = measure.date("since"), measure.date("until")
    begin = days.NEVER if since is None else days.number(since)
    if measure.states("window"):
        begin = max(begin, window(measure)[0])
    end = days.FOREVER + 1 if until is None else days.number(until)
    return (first >= begin) & (last < end), (last >= begin) & (first < end)


def _undated_honours(ground: Ground) -> Mask:
    frame = ground.roster["honours"]
    owner = ground.owners_of("honours")
    blank = frame["since"].is_null().to_numpy() & (owner >= 0)
    return marked(owner[blank], ground.persons.height)


def confirmed_backbone(ground: Ground, measure: Measure) -> Computed:
    """Return whether the authority has confirmed an honour of some kinds held on the day."""
    kinds = measure.words("kinds")
    records = in_force(ground, "honours", "honour", kinds, measure.on)
    stated = ground.roster["honours"]["confirmed"][records.row]
    awarded, may_be_awarded = _awarded(ground, records, measure)
    held = (records.certain | _undated(ground, records)) & awarded
    yes = held & stated.fill_null(value=False).to_numpy()
    may_be = stated.fill_null(value=True).to_numpy() & may_be_awarded
    closed = ground.closed("honours", kinds, measure.on)
    truth = answered(records, yes, may_be & ~yes, closed)
    size = len(closed)
    gaps = (
        Gap("honours", "", ~closed),
        Gap("honours", "confirmed", marked(records.owner[may_be & ~yes], size)),
    )
    return Computed(Truths(truth), gaps)


def benefit_years(ground: Ground, measure: Measure) -> Computed:
    """Return in how many years up to the day's somebody drew a benefit, in full if asked."""
    frame = ground.roster["benefits"]
    owner = ground.owners_of("benefits")
    kinds = measure.words("benefit")
    drawn = frame["benefit"].is_in(kinds).fill_null(value=False).to_numpy() & (owner >= 0)
    drawn &= (frame["benefit_year"] <= measure.on.year).fill_null(value=False).to_numpy()
    full, may_be = drawn, drawn
    if measure.word("full") == "yes":
        full = drawn & frame["full"].fill_null(value=False).to_numpy()
        may_be = drawn & frame["full"].fill_null(value=True).to_numpy()
    size = ground.persons.height
    year = frame["benefit_year"].fill_null(0).to_numpy()
    low, high = (_years_of(owner[rows], year[rows], size) for rows in (full, may_be))
    closed = ground.closed("benefits", kinds, measure.on)
    gaps = (Gap("benefits", "", ~closed), Gap("benefits", "full", closed & (low != high)))
    return Computed(Numbers(low, np.where(closed, high, UNBOUNDED)), gaps)


def _years_of(owner: Whole, year: Whole, size: int) -> Whole:
    pairs = np.unique(np.stack((owner, year), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=size).astype(np.int64)


def obligation(ground: Ground, measure: Measure) -> Computed:
    """Return whether a term of service is in force on the day, or whether all are met."""
    kinds = measure.words("kinds")
    records = in_force(ground, "obligations", "obligation", kinds or None, measure.on)
    closed = ground.closed("obligations", kinds, measure.on)
    truth = answered(records, records.certain, ~records.certain, closed)
    vague = marked(records.owner[~records.certain], len(closed))
    gaps = (Gap("obligations", "", ~closed), Gap("obligations", "since", vague))
    met = measure.word("state") == "met"
    return Computed(Truths(negated(truth) if met else truth), gaps)


def backbone_level(ground: Ground, measure: Measure) -> Computed:
    """Return the highest level of some honours held on the day; 无 where there is none.

    Only of those awarded in a window of years, where the pack gives one.
    """
    kinds = measure.words("kinds")
    records = in_force(ground, "honours", "honour", kinds, measure.on)
    awarded, may_be = _awarded(ground, records, measure)
    sure = (records.certain | _undated(ground, records)) & awarded
    stated = ground.roster["honours"]["honour_level"][records.row]
    level = stated.cast(pl.Enum(LEVELS)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    closed = ground.closed("honours", kinds, measure.on)
    top = len(LEVELS) - 1
    low = np.zeros(len(closed), dtype=np.int64)
    np.maximum.at(low, records.owner[sure], np.where(level < 0, 1, level)[sure])
    high = np.where(closed, low, top)
    np.maximum.at(high, records.owner[may_be], np.where(level < 0, top, level)[may_be])
    return Computed(Words(low, high, LEVELS), _honour_gaps(ground, closed))


def cycle_completed(ground: Ground, measure: Measure) -> Computed:
    """Return whether a cycle of teaching was completed at the present school.

    Yes where a stint there says so, no where all say no, else unknown; a school that was merged
    into the present one is the same.
    """
    stints, frame = ground.roster["stints"], ground.stints
    owner = ground.owners_of("stints")
    stated = stints["cycle_completed"].filter(pl.Series(owner >= 0))
    present = ground.own_unit[frame.owner]
    carried = np.concatenate((ground.successors, [-1]))
    unit = np.where(frame.unit < ground.units.height, frame.unit, -1)
    here = (carried[unit] == carried[present]) & (unit >= 0) & (frame.first <= measure.day)
    size = ground.persons.height
    yes = marked(frame.owner[here & stated.fill_null(value=False).to_numpy()], size)
    blank = marked(frame.owner[here & stated.is_null().to_numpy()], size)
    nothing = ~marked(frame.owner[here], size)
    truth = Truth(yes, (blank | nothing) & ~yes)
    return Computed(Truths(truth), (Gap("stints", "cycle_completed", truth.unknown),))


def _undated(ground: Ground, records: Records) -> Mask:
    undated: Mask = ground.roster["honours"]["since"][records.row].is_null().to_numpy()
    return undated


def _honour_gaps(ground: Ground, closed: Mask) -> tuple[Gap, ...]:
    frame = ground.roster["honours"]
    owner = ground.owners_of("honours")
    blank = frame["honour_level"].is_null().to_numpy() & (owner >= 0)
    without = marked(owner[blank], ground.persons.height)
    return Gap("honours", "", ~closed), Gap("honours", "honour_level", without)
