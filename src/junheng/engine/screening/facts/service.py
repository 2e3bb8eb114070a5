"""How long somebody worked, in all and at how many units (累计年限、工作过的单位)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import or_

import numpy as np
import polars as pl

from junheng.engine.screening import days
from junheng.engine.screening.facts.areas import area_spells
from junheng.engine.screening.facts.clocks import elapsed, from_day, scale_of, total, until_day
from junheng.engine.screening.facts.columns import date_range
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.places import units_as_one, zones
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths, at_least
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import Doing, Stints, holds, merged

_WORK = 1 << Doing.TEACHING | 1 << Doing.LEADING | 1 << Doing.SUPPORT
_WANTED = {
    "teaching": 1 << Doing.TEACHING,
    "leading": 1 << Doing.LEADING,
    "support": 1 << Doing.SUPPORT,
    "any": _WORK,
}


@dataclass(frozen=True, slots=True)
class Worked:
    """Rows of time that certainly count and rows that may, each from its first day on."""

    rows: Whole
    owner: Whole
    since: Whole
    until: Whole


def accumulated_years(ground: Ground, measure: Measure) -> Computed:
    """Return the years of doing what is asked about, in all; days at two places count once.

    Only in posts that name one of ``posts`` where the pack gives some; a blank post may.

    Without a break between them or not: spells are added up. A stint whose kind, post or start
    is open gives a range; stints that nobody declared complete leave the upper end open.
    """
    stints = ground.stints
    bits = reduce(or_, (_WANTED[word] for word in measure.words("doing")))
    here, may_be_here = _where(ground, stints, measure)
    held, may_be_held = _held(stints, measure)
    sure = ((stints.possible & ~bits) == 0) & here & held
    maybe = ((stints.possible & bits) != 0) & may_be_here & may_be_held
    low, high = _years(ground, measure, sure, maybe)
    return _stint_years(ground, measure, low, high)


def years_teaching(ground: Ground, measure: Measure) -> Computed:
    """Return the years since somebody began to teach; by the stints where it is not stated.

    Without a stated start, the stints give the least; where they are declared complete, the
    most as well.
    """
    first, last = date_range(ground.persons, "teaching_since")
    stated = first != days.NEVER
    last = days.latest_starts(
        np.where(stated, first, 0), ground.persons["teaching_since_precision"]
    )
    bits = 1 << Doing.TEACHING | 1 << Doing.SUPPORT
    stints = ground.stints
    sure = (stints.possible & ~bits) == 0
    low, high = _years(ground, measure, sure, (stints.possible & bits) != 0)
    high = np.where(ground.closed("stints", (), measure.on), high, UNBOUNDED)
    low = np.where(stated, elapsed(measure, last), low)
    high = np.where(stated, elapsed(measure, np.where(stated, first, 0)), high)
    gap = Gap("persons", "teaching_since", low != high)
    return Computed(Numbers(low, high, scale_of(measure)), (gap,))


def units_served(ground: Ground, measure: Measure) -> Computed:
    """Return at how many units somebody worked, at each as long as the pack asks.

    Support and exchange count at their unit, leave does not; the present unit counts if the
    pack says so. Only time in posts that name one of ``posts``, where the pack gives some.
    """
    stints = ground.stints
    place = units_as_one(ground, stints.unit, measure)
    present = units_as_one(ground, ground.own_unit, measure)[stints.owner]
    elsewhere = place != present
    counts = elsewhere | (measure.word("include_present") == "yes")
    held, may_be_held = _held(stints, measure)
    sure = ((stints.possible & ~_WORK) == 0) & counts & held
    maybe = ((stints.possible & _WORK) != 0) & counts & may_be_held
    low, high = _range(
        ground,
        measure,
        (sure, maybe),
        lambda worked: _places_served(ground, measure, worked, place),
    )
    return _stint_years(ground, measure, low, high, scale=1)


def zones_served(ground: Ground, measure: Measure) -> Computed:
    """Return in how many zones somebody worked, of the last few units where the pack says so.

    Units stand in the order of the last day worked there. A unit without zone may be in any;
    where it is open at which units somebody worked, only the limits are told.
    """
    counted = recent_units(ground, measure, measure.whole("within_last"))
    size = ground.persons.height
    known = counted.zone > 0
    pairs = np.unique(counted.owner[known] * _SPAN + counted.zone[known])
    named = np.bincount(pairs // _SPAN, minlength=size)
    blank = np.bincount(counted.owner[~known], minlength=size)
    low = np.maximum(named, blank > 0)
    limit = measure.whole("within_last") or UNBOUNDED
    high = np.where(counted.open, np.minimum(counted.most, limit), named + blank)
    low = np.where(counted.open, np.minimum(low, 1), low)
    closed = ground.closed("stints", (), measure.on)
    low = np.where(closed | (limit == UNBOUNDED), low, np.minimum(low, 1))
    high = np.where(closed, high, limit)
    gaps = (
        Gap("stints", "", ~closed),
        Gap("stints", "stint_kind", counted.open),
        Gap("units", "zone", blank > 0),
    )
    return Computed(Numbers(low, high), gaps)


_SPAN = 1 << 32
_Spans = tuple[Whole, Whole, Whole, Whole]


@dataclass(frozen=True, slots=True)
class RecentUnits:
    """The last units of each person, the latest first.

    Attributes
    ----------
    owner, zone : one element for each unit of a person; zone 0 where it is not stated
    open : persons of whom it is not certain which units these are
    most : how many units a person can have worked at
    """

    owner: Whole
    zone: Whole
    open: Mask
    most: Whole


def recent_units(ground: Ground, measure: Measure, number: int) -> RecentUnits:
    """Return the last ``number`` units of each person by the day; all of them for 0."""
    stints = ground.stints
    size = ground.persons.height
    sure = (stints.possible & ~_WORK) == 0
    maybe = (stints.possible & _WORK) != 0
    owner, unit = _in_order(_worked(stints, sure, measure, late=True), stints, number)
    count = np.bincount(owner, minlength=size)

    def units_of(worked: Worked) -> Whole:
        pairs = np.unique(worked.owner * _SPAN + stints.unit[worked.rows])
        return np.bincount(pairs // _SPAN, minlength=size).astype(np.int64)

    _, most = _range(ground, measure, (sure, maybe), units_of)
    first = np.cumsum(count) - count
    kept = np.ones(len(owner), dtype=np.bool_)
    if number:
        kept = np.arange(len(owner)) - first[owner] < number
    return RecentUnits(owner[kept], zones(ground, unit[kept]), count != most, most)


def zone_repeats(ground: Ground, moves: Moves, measure: Measure) -> Numbers:
    """Return how many of the last units a person worked at lie in the zone of the unit joined.

    A unit without zone may lie in it; undeclared stints may hold further units.
    """
    number = max(measure.whole("last_units"), 1)
    recent = recent_units(ground, measure, number)
    size = ground.persons.height
    keys, count = np.unique(recent.owner * _SPAN + recent.zone, return_counts=True)
    zone = zones(ground, moves.destination)
    wanted = moves.person * _SPAN + zone
    place = np.searchsorted(keys, wanted)
    held = np.append(keys, -1)[place] == wanted
    named = np.where(held & (zone > 0), np.append(count, 0)[place], 0)
    blank = np.bincount(recent.owner[recent.zone == 0], minlength=size)[moves.person]
    units = np.bincount(recent.owner, minlength=size)[moves.person]
    high = np.where(zone > 0, named + blank, units)
    loose = (recent.open | ~ground.closed("stints", (), measure.on))[moves.person]
    return Numbers(np.where(loose, 0, named), np.where(loose, number, high))


def _in_order(worked: Worked, stints: Stints, number: int) -> tuple[Whole, Whole]:
    """Return each person's units once; by the last day worked there, where a number counts."""
    unit = stints.unit[worked.rows]
    if not number:
        pairs = np.unique(worked.owner * _SPAN + unit)
        return pairs // _SPAN, pairs % _SPAN
    order = np.lexsort((unit, -worked.since, -worked.until, worked.owner))
    owner, unit = worked.owner[order], unit[order]
    pair = owner * _SPAN + unit
    _, first = np.unique(pair, return_index=True)
    kept = np.sort(first)
    return owner[kept], unit[kept]


def exchange_experience(ground: Ground, measure: Measure) -> Computed:
    """Return the years on exchange, of some kinds and only completed ones if the pack says so.

    Stints of the kinds in ``credit`` count as well.
    """
    frame = ground.roster["exchanges"]
    owner = ground.owners_of("exchanges")
    wanted = measure.words("arrangements")
    kind = frame["exchange_kind"]
    meant = (kind.is_in(wanted) if wanted else kind.ne("无")).fill_null(value=False)
    certain = [_dated(frame, owner, meant.to_numpy() & (owner >= 0), measure)]
    possible = list(certain)
    credit = measure.words("credit")
    if credit:
        stints, whose = ground.roster["stints"], ground.owners_of("stints")
        for spans, blank in ((certain, False), (possible, True)):
            counts = stints["stint_kind"].is_in(credit).fill_null(value=blank).to_numpy()
            spans.append(_dated(stints, whose, counts & (whose >= 0), measure))
    size = ground.persons.height
    low = total(measure, *_two(_joined(certain, start=2)), size)
    high = total(measure, *_two(_joined(possible, start=1)), size)
    closed = ground.closed("exchanges", (), measure.on)
    if credit:
        closed = closed & ground.closed("stints", (), measure.on)
    high = np.where(closed, np.maximum(low, high), UNBOUNDED)
    gaps = (Gap("exchanges", "", ~closed), Gap("exchanges", "since", closed & (low != high)))
    return Computed(Numbers(low, high, scale_of(measure)), gaps)


def village_service_done(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody taught at units of some kinds long enough since the transfer.

    Where the day of transfer is not stated, the time before may or may not count.
    """
    size = ground.persons.height
    asked = measure.with_settings(measure.name, spell="total")
    certain, possible, unclassified = area_spells(ground, asked)
    first, _ = date_range(ground.persons, "transferred_on")
    known = first != days.NEVER
    last = days.latest_starts(
        np.where(known, first, 0), ground.persons["transferred_on_precision"]
    )
    last = np.where(known, last, days.FOREVER)
    low = _since(certain, last, asked, size)
    closed = ground.closed("stints", (), measure.on)
    high = np.maximum(_since(possible, first, asked, size), low)
    years = Numbers(low, np.where(closed, high, UNBOUNDED), scale_of(measure))
    gaps = (
        Gap("stints", "", ~closed),
        Gap("persons", "transferred_on", ~known),
        Gap("units", "unit_kind", unclassified),
    )
    return Computed(Truths(at_least(years, measure.figure("at_least"))), gaps)


def _joined(spans: list[_Spans], *, start: int) -> tuple[Whole, Whole, Whole]:
    """Join spans, each from its first (1) or last (2) possible start."""
    whose, since, until = (
        np.concatenate([each[part] for each in spans]) for part in (0, start, 3)
    )
    return merged(whose, since, until)


def _since(
    spells: tuple[Whole, Whole, Whole], start: Whole, measure: Measure, size: int
) -> Whole:
    owner, since, until = spells
    cut = merged(owner, np.maximum(since, start[owner]), until)
    return total(measure, *_two(cut), size)


def _two(spells: tuple[Whole, Whole, Whole]) -> tuple[Whole, tuple[Whole, Whole]]:
    owner, since, until = spells
    return owner, (since, until)


def _dated(frame: pl.DataFrame, owner: Whole, wanted: Mask, measure: Measure) -> _Spans:
    """Return owner, first and last start and end of the rows wanted, up to the day."""
    rows = np.flatnonzero(wanted)
    some = frame[rows]
    first = days.day_numbers(some["since"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_starts(np.where(known, first, 0), some["since_precision"])
    last = np.where(known, last, days.FOREVER)
    until = days.day_numbers(some["until"], days.FOREVER)
    end = until_day(measure)
    kept = (first <= measure.day) & (until > from_day(measure))
    if measure.word("completed") == "yes":
        kept &= until <= end
    until = np.minimum(until, end)
    first, last = (np.maximum(each, from_day(measure)) for each in (first, last))
    return owner[rows][kept], first[kept], last[kept], until[kept]


def _where(ground: Ground, stints: Stints, measure: Measure) -> tuple[Mask, Mask]:
    """Return the stints certainly at the place asked about, and those that may be."""
    everywhere = np.ones(len(stints.owner), dtype=np.bool_)
    match measure.word("where"):
        case "own_unit":
            present = units_as_one(ground, ground.own_unit, measure)[stints.owner]
            here = units_as_one(ground, stints.unit, measure) == present
            return here, here
        case "own_zone":
            zone = zones(ground, stints.unit)
            own = zones(ground, ground.own_unit)[stints.owner]
            stated = (zone > 0) & (own > 0)
            return stated & (zone == own), ~stated | (zone == own)
        case _:
            return everywhere, everywhere


def _held(stints: Stints, measure: Measure) -> tuple[Mask, Mask]:
    """Return the stints certainly in one of the posts asked about, and those that may be."""
    wanted = measure.words("posts")
    if not wanted:
        everything = np.ones(len(stints.owner), dtype=np.bool_)
        return everything, everything
    named = np.array([holds(post, wanted) for post in (*stints.posts, "")], dtype=np.bool_)
    held = named[stints.post]
    return held, held | (stints.post < 0)


def _worked(stints: Stints, where: Mask, measure: Measure, *, late: bool) -> Worked:
    """Return the time of some stints up to the day, from the last or first day they can."""
    rows = np.flatnonzero(where & (stints.first <= measure.day))
    since = np.maximum((stints.last if late else stints.first)[rows], from_day(measure))
    until = np.minimum(stints.until[rows], until_day(measure))
    real = since < until
    return Worked(rows[real], stints.owner[rows][real], since[real], until[real])


def _years(ground: Ground, measure: Measure, sure: Mask, maybe: Mask) -> tuple[Whole, Whole]:
    """Return the least and the most years of some stints, days counted once."""
    size = ground.persons.height

    def counted(worked: Worked) -> Whole:
        spells = merged(worked.owner, worked.since, worked.until)
        return total(measure, *_two(spells), size)

    return _range(ground, measure, (sure, maybe), counted)


def _range(
    ground: Ground,
    measure: Measure,
    rows: tuple[Mask, Mask],
    counted: Callable[[Worked], Whole],
) -> tuple[Whole, Whole]:
    """Count what certainly holds, and for whom something is open, what may hold as well."""
    stints = ground.stints
    sure, maybe = rows
    low = counted(_worked(stints, sure, measure, late=True))
    loose = np.zeros(ground.persons.height, dtype=np.bool_)
    loose[stints.owner[(sure != maybe) | (maybe & (stints.first != stints.last))]] = True
    if not loose.any():
        return low, low
    most = counted(_worked(stints, maybe & loose[stints.owner], measure, late=False))
    return low, np.where(loose, np.maximum(low, most), low)


def _places_served(ground: Ground, measure: Measure, worked: Worked, place: Whole) -> Whole:
    """Return at how many places each person worked long enough."""
    size = ground.persons.height
    least_place = int(place.min(initial=0))
    pairs, at = np.unique(
        worked.owner * _SPAN + place[worked.rows] - least_place, return_inverse=True
    )
    spells = merged(at, worked.since, worked.until)
    years = total(measure, *_two(spells), len(pairs))
    least = ceil(measure.figure("each_at_least") * scale_of(measure))
    return np.bincount(pairs[years >= least] // _SPAN, minlength=size).astype(np.int64)


def _stint_years(
    ground: Ground, measure: Measure, low: Whole, high: Whole, scale: int | None = None
) -> Computed:
    closed = ground.closed("stints", (), measure.on)
    open_ended = low != high
    gaps = (
        Gap("stints", "", ~closed),
        *(
            Gap("stints", column, open_ended & where)
            for column, where in _causes(ground, measure)
        ),
    )
    value = Numbers(
        low, np.where(closed, high, UNBOUNDED), scale_of(measure) if scale is None else scale
    )
    return Computed(value, gaps)


def _causes(ground: Ground, measure: Measure) -> tuple[tuple[str, Mask], ...]:
    """Return the columns that can leave a count of stints open, and for whom they do."""
    stints = ground.stints
    causes = {
        "since": stints.first != stints.last,
        "stint_kind": stints.without_kind,
        "relation_moved": stints.without_relation,
        "post": ((stints.doing == Doing.UNSTATED) | measure.states("posts"))
        & (stints.post < 0),
    }
    found = []
    for column, rows in causes.items():
        where = np.zeros(ground.persons.height, dtype=np.bool_)
        where[stints.owner[rows]] = True
        found.append((column, where))
    return tuple(found)
