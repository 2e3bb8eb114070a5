"""Facts from what is on record about a person: circumstances, honours, wishes, cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from junheng.engine import codes
from junheng.engine.screening import days
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import Sets, Truths, Words
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.verdicts import Truth

_NO_LEVEL = "无"
LEVELS = (_NO_LEVEL, *reversed(codes.LEVEL.codes))
"""Levels of honours from the lowest to the highest."""
APPLICATION, STAYING = "自愿申请", "留任意愿"


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
    ground: Ground, table: str, column: str, kinds: tuple[str, ...], on: date
) -> Records:
    """Return the rows of some kinds that hold, or may hold, on a day (§4).

    What began in a month began on its first; what began in a year may begin on any day of it;
    a blank start may be any day.
    """
    frame = ground.roster[table]
    owner = ground.owners_of(table)
    wanted = frame[column].is_in(kinds).fill_null(value=False).to_numpy() & (owner >= 0)
    rows = np.flatnonzero(wanted)
    some = frame[rows]
    first = days.day_numbers(some["since"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_starts(np.where(known, first, 0), some["since_precision"])
    last = np.where(known, last, days.FOREVER)
    until = days.day_numbers(some["until"], days.FOREVER)
    day = days.number(on)
    holds = (first <= day) & (day < until)
    return Records(rows[holds], owner[rows][holds], (last <= day)[holds])


def circumstance(ground: Ground, measure: Measure) -> Computed:
    """Return whether one of some circumstances is in force on the day."""
    kinds = measure.words("kinds")
    records = in_force(ground, "circumstances", "circumstance", kinds, measure.on)
    closed = ground.closed("circumstances", kinds, measure.on)
    truth = answered(records, records.certain, ~records.certain, closed)
    vague = marked(records.owner[~records.certain], len(closed))
    gaps = (Gap("circumstances", "", ~closed), Gap("circumstances", "since", vague))
    return Computed(Truths(truth), gaps)


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
    """Return the honours held on the day, only those of some levels where the pack says so.

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
        closed = ground.closed("honours", wanted, measure.on)
        return answered(records, sure, possible & ~sure, closed)

    closed = ground.closed("honours", (), measure.on)
    return Computed(Sets(size, overlapping), _honour_gaps(ground, closed))


def backbone_level(ground: Ground, measure: Measure) -> Computed:
    """Return the highest level of some honours held on the day; 无 where there is none."""
    kinds = measure.words("kinds")
    records = in_force(ground, "honours", "honour", kinds, measure.on)
    sure = records.certain | _undated(ground, records)
    stated = ground.roster["honours"]["honour_level"][records.row]
    level = stated.cast(pl.Enum(LEVELS)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    closed = ground.closed("honours", kinds, measure.on)
    top = len(LEVELS) - 1
    low = np.zeros(len(closed), dtype=np.int64)
    np.maximum.at(low, records.owner[sure], np.where(level < 0, 1, level)[sure])
    high = np.where(closed, low, top)
    np.maximum.at(high, records.owner, np.where(level < 0, top, level))
    return Computed(Words(low, high, LEVELS), _honour_gaps(ground, closed))


def applied(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody has applied for exchange by the day."""
    return _wished(ground, measure, APPLICATION)


def wishes_to_stay(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody has stated by the day that they wish to stay."""
    return _wished(ground, measure, STAYING)


def wishes(ground: Ground, kind: str, on: date) -> Records:
    """Return the wishes of a kind entered by a day; one without a date has been entered."""
    frame = ground.roster["wishes"]
    owner = ground.owners_of("wishes")
    meant = frame["wish_kind"].eq(kind).fill_null(value=False).to_numpy()
    by_then = days.day_numbers(frame["wished_on"], days.NEVER) <= days.number(on)
    rows = np.flatnonzero(meant & by_then & (owner >= 0))
    return Records(rows, owner[rows], np.ones(len(rows), dtype=np.bool_))


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


def _wished(ground: Ground, measure: Measure, kind: str) -> Computed:
    records = wishes(ground, kind, measure.on)
    closed = ground.closed("wishes", (kind,), measure.on)
    truth = answered(records, records.certain, ~records.certain, closed)
    return Computed(Truths(truth), (Gap("wishes", "", ~closed),))


def _undated(ground: Ground, records: Records) -> Mask:
    undated: Mask = ground.roster["honours"]["since"][records.row].is_null().to_numpy()
    return undated


def _honour_gaps(ground: Ground, closed: Mask) -> tuple[Gap, ...]:
    frame = ground.roster["honours"]
    owner = ground.owners_of("honours")
    blank = frame["honour_level"].is_null().to_numpy() & (owner >= 0)
    without = marked(owner[blank], ground.persons.height)
    return Gap("honours", "", ~closed), Gap("honours", "honour_level", without)
