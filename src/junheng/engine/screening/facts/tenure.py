"""How long somebody has been at the same unit or post without a break (连续任职年限).

A spell is made of *base* stints (what is asked about, at one place) and of *bridging* ones
(support and leave that do not break it). Stints join where they overlap, touch, or lie no
further apart than the gap the pack allows; the spell begins with its first base stint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from junheng.engine.screening import days
from junheng.engine.screening.facts.clocks import elapsed, lengths, scale_of
from junheng.engine.screening.facts.completions import (
    Openness,
    completions,
    openness,
    role_of,
)
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.places import units_as_one, zones
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import Doing, Stints, joined, merged, taken

_KINDS = {"support": Doing.SUPPORT, "leave": Doing.LEAVE}
_ANY = "any"
_FAR = 1 << 24  # below the numbers of alliances, so that places of their own never meet them


@dataclass(frozen=True, slots=True)
class Spells:
    """The unbroken spells that reach the day, at most one for each person and place.

    Attributes
    ----------
    owner : position of the person
    since : first day
    counts_from : ``since`` moved on by as many months and days as were excluded
    """

    owner: Whole
    since: Whole
    counts_from: Whole


@dataclass(frozen=True, slots=True)
class _Reading:
    """Stints read one way: as short, or as long, as what is not stated allows."""

    stints: Stints
    place: Whole
    base: Mask
    since: Whole
    excluded_since: Whole


@dataclass(frozen=True, slots=True)
class _Range:
    """The years of each person; ``lost`` where some reading has no spell, nor a break.

    ``somewhere`` is where some reading has a spell.
    """

    low: Whole
    high: Whole
    lost: Mask
    somewhere: Mask


def tenure(ground: Ground, measure: Measure) -> Computed:
    """Return the years of the spell that the day lies in, as the pack counts them.

    A start known by year or a blank post gives a range from the shortest to the longest
    reading; a blank kind, or one that the blank moving of relations leaves open, the range over
    every way of filling it in; two places at once the range of both. Without a spell it is 0
    where the unit declared the stints complete or the day lies in a break, else unknown.
    """
    size = ground.persons.height
    found = openness(ground.stints, measure, size)
    stints = found.stints
    years = _ranged(ground, stints, measure)
    if found.person.any():
        years = _over_completions(ground, measure, found, years)
    closed = ground.closed("stints", (), measure.on)
    lost = years.lost & ~closed
    somewhere = years.somewhere
    high = np.where(lost, UNBOUNDED, years.high)
    unsure = somewhere & (years.low != high)
    gaps = (Gap("stints", "", lost), *_vague_gaps(found, measure, unsure))
    return Computed(Numbers(years.low, high, scale_of(measure)), gaps)


def _ranged(ground: Ground, stints: Stints, measure: Measure) -> _Range:
    """Return the range over the readings of starts and posts that are not stated."""
    size = ground.persons.height
    vague = (stints.first != stints.last) | _nowhere(ground, stints, measure)
    low, high = _years(shortest_spells(ground, stints, measure), measure, size)
    lost = (high < 0) & ~_in_break(stints, stints.first, measure, size)
    if not vague.any():
        return _Range(np.maximum(low, 0), np.maximum(high, 0), lost, high >= 0)
    open_ended = np.zeros(size, dtype=np.bool_)
    open_ended[stints.owner[vague]] = True
    some = taken(stints, open_ended[stints.owner])
    further = (
        (just_begun_spells(ground, some, measure), some.first),
        (never_begun_spells(ground, some, measure), some.last),
        (longest_spells(ground, some, measure), some.last),
    )
    for spells, breaks in further:
        least, most = _years(spells, measure, size)
        low = np.where(open_ended, np.minimum(low, least), low)
        high = np.maximum(high, most)
        lost |= open_ended & (most < 0) & ~_in_break(some, breaks, measure, size)
    return _Range(np.maximum(low, 0), np.maximum(high, 0), lost, high >= 0)


def _over_completions(
    ground: Ground, measure: Measure, found: Openness, years: _Range
) -> _Range:
    """Widen the ranges of whoever has open stints to those of every way of reading them."""
    person = found.person
    low = np.where(found.countless, 0, np.where(person, UNBOUNDED, years.low))
    high = np.where(found.countless, UNBOUNDED, np.where(person, 0, years.high))
    lost = np.where(person, found.countless, years.lost)
    somewhere = np.where(person, found.countless, years.somewhere)
    read = person & ~found.countless
    for stints in completions(found):
        one = _ranged(ground, stints, measure)
        low = np.where(read, np.minimum(low, one.low), low)
        high = np.where(read, np.maximum(high, one.high), high)
        lost |= read & one.lost
        somewhere |= read & one.somewhere
    return _Range(low, high, lost, somewhere)


def shortest_spells(ground: Ground, stints: Stints, measure: Measure) -> Spells:
    """Return the spells if whatever is not stated were as short as it can be."""
    return _apart(ground, stints, measure, (stints.last, stints.first))


def just_begun_spells(ground: Ground, stints: Stints, measure: Measure) -> Spells:
    """Return them if whatever may have begun by the day had, as late as it can."""
    day = measure.day
    since = np.where(stints.first <= day, np.minimum(stints.last, day), stints.last)
    return _apart(ground, stints, measure, (since, stints.first))


def never_begun_spells(ground: Ground, stints: Stints, measure: Measure) -> Spells:
    """Return them if everything, also what does not count, began as late as it can."""
    return _apart(ground, stints, measure, (stints.last, stints.last))


def longest_spells(ground: Ground, stints: Stints, measure: Measure) -> Spells:
    """Return the spells if whatever is not stated were as long as it can be."""
    place = _places(ground, stints, measure)
    nowhere = _nowhere(ground, stints, measure)
    blank = np.zeros(ground.persons.height, dtype=np.bool_)
    blank[stints.owner[nowhere]] = True
    anywhere = _units_alone(ground, stints, measure)
    if "unit" not in measure.words("same"):
        anywhere = np.zeros_like(place)
    place = np.where(blank[stints.owner], anywhere, place)
    base = _base(stints, measure)
    return _spells(_Reading(stints, place, base, stints.first, stints.last), measure)


def _apart(
    ground: Ground, stints: Stints, measure: Measure, starts: tuple[Whole, Whole]
) -> Spells:
    """Return the spells if every stint at a place not stated were at one of its own."""
    place = _places(ground, stints, measure)
    nowhere = _nowhere(ground, stints, measure)
    place = np.where(nowhere, -_FAR - np.arange(len(place)), place)
    base = _base(stints, measure) & (stints.doing != Doing.UNSTATED)
    return _spells(_Reading(stints, place, base, *starts), measure)


def _years(spells: Spells, measure: Measure, size: int) -> tuple[Whole, Whole]:
    """Return the least and most of each person's spells; -1 where there is none."""
    low = np.full(size, UNBOUNDED)
    high = np.full(size, -1)
    found = elapsed(measure, spells.counts_from)
    np.minimum.at(low, spells.owner, found)
    np.maximum.at(high, spells.owner, found)
    return np.where(high < 0, -1, low), high


def _spells(reading: _Reading, measure: Measure) -> Spells:
    """Join stints into spells and keep those that the day lies in."""
    day, stints = measure.day, reading.stints
    bridging = _spell_kinds(stints, measure, "counted", "excluded")
    cut = _cut(reading, measure)
    since = np.maximum(reading.since, cut[stints.owner])
    begun = (reading.since <= day) & (since < stints.until)
    base, bridging = reading.base & begun, bridging & begun
    owners, places = _candidates(reading, (base, bridging), day)
    pair, rows = _rows_of(owners, places, reading, (base, bridging))
    found = _first_base(
        pair, since[rows], stints.until[rows], (base[rows], measure.whole("gap"), len(owners))
    )
    reaches = found < days.FOREVER
    owner, start = owners[reaches], found[reaches]
    return Spells(owner, start, _without_excluded(reading, measure, owner, start))


def _candidates(reading: _Reading, kinds: tuple[Mask, Mask], day: int) -> tuple[Whole, Whole]:
    """Return persons with the places a spell that reaches the day can be at.

    Those of the base stints that the day lies in; for somebody only bridging that day, those
    of all base stints.
    """
    stints = reading.stints
    base, bridging = kinds
    lasts = stints.until > day
    size = int(stints.owner.max(initial=-1)) + 1
    now = np.zeros(size, dtype=np.bool_)
    now[stints.owner[base & lasts]] = True
    away = np.zeros(size, dtype=np.bool_)
    away[stints.owner[bridging & lasts]] = True
    away &= ~now
    chosen = base & (lasts | away[stints.owner])
    paired = _paired(stints.owner[chosen], reading.place[chosen], reading.place)
    paired.sort(kind="stable")  # stints stand by person almost always: nearly in order
    pairs = paired[np.diff(paired, prepend=-1) > 0]
    span = _span(reading.place)
    return pairs // span, pairs % span + int(reading.place.min(initial=0))


def _rows_of(
    owners: Whole, places: Whole, reading: _Reading, kinds: tuple[Mask, Mask]
) -> tuple[Whole, Whole]:
    """Return, for each candidate, its base stints and all bridging ones of the person."""
    stints = reading.stints
    base, bridging = kinds
    candidates = _paired(owners, places, reading.place)
    based = np.flatnonzero(base)
    wanted = _paired(stints.owner[based], reading.place[based], reading.place)
    at = np.minimum(np.searchsorted(candidates, wanted), max(len(candidates) - 1, 0))
    meant = candidates[at] == wanted if len(candidates) else np.zeros(len(at), dtype=np.bool_)
    spans = np.flatnonzero(bridging)
    first = np.searchsorted(owners, stints.owner[spans], side="left")
    count = np.searchsorted(owners, stints.owner[spans], side="right") - first
    ahead = np.cumsum(count) - count
    each = np.arange(int(count.sum())) - np.repeat(ahead, count)
    pair = np.concatenate((at[meant], np.repeat(first, count) + each))
    return pair, np.concatenate((based[meant], np.repeat(spans, count)))


def _first_base(pair: Whole, since: Whole, until: Whole, more: tuple[Mask, int, int]) -> Whole:
    """Return for each candidate where the last run's first base stint begins."""
    base, gap, size = more
    found = np.full(size, days.FOREVER)
    if not len(pair):
        return found
    order, opens = joined(pair, since, until, gap)
    run = np.cumsum(opens) - 1
    last = np.zeros(size, dtype=np.int64)
    last[pair[order]] = run  # the last of a person's runs is written last
    kept = base[order] & (run == last[pair[order]])
    rows = order[kept]
    np.minimum.at(found, pair[rows], since[rows])
    return found


def _without_excluded(reading: _Reading, measure: Measure, owner: Whole, start: Whole) -> Whole:
    """Move each start on by the months and days that do not count."""
    stints, day = reading.stints, measure.day
    excluded = _spell_kinds(stints, measure, "excluded") & (reading.excluded_since <= day)
    if not excluded.any() or not len(owner):
        return start
    rows = np.flatnonzero(excluded)
    first = np.searchsorted(owner, stints.owner[rows], side="left")
    count = np.searchsorted(owner, stints.owner[rows], side="right") - first
    ahead = np.cumsum(count) - count
    each = np.arange(int(count.sum())) - np.repeat(ahead, count)
    pair, rows = np.repeat(first, count) + each, np.repeat(rows, count)
    since = np.maximum(reading.excluded_since[rows], start[pair])
    until = np.minimum(stints.until[rows], day)
    pair, since, until = merged(pair, since, until)
    months, odd = lengths(since, until)
    whole = np.bincount(pair, months, len(owner)).astype(np.int64)
    further = np.bincount(pair, odd, len(owner)).astype(np.int64)
    return days.plus_months(start, whole) + further


def _cut(reading: _Reading, measure: Measure) -> Whole:
    """Return the day before which nothing counts for each person, because of breaks."""
    stints = reading.stints
    size = int(stints.owner.max(initial=-1)) + 1
    cut = np.full(size, days.NEVER)
    breaks = _spell_kinds(stints, measure, "breaks") & (reading.excluded_since <= measure.day)
    np.maximum.at(cut, stints.owner[breaks], stints.until[breaks])
    return np.where(cut > measure.day, days.FOREVER, cut)


def _in_break(stints: Stints, since: Whole, measure: Measure, size: int) -> Mask:
    """Return who is in a break on the day, if breaks begin on the days given."""
    breaks = _spell_kinds(stints, measure, "breaks")
    now = breaks & (since <= measure.day) & (stints.until > measure.day)
    found = np.zeros(size, dtype=np.bool_)
    found[stints.owner[now]] = True
    return found


def _spell_kinds(stints: Stints, measure: Measure, *treatments: str) -> Mask:
    """Return the stints of support and leave that the pack treats in one of these ways."""
    found = np.zeros(len(stints.owner), dtype=np.bool_)
    for kind, treatment in measure.by_kind("spells").items():
        if treatment in treatments:
            found |= stints.doing == _KINDS[kind]
    return found


def _base(stints: Stints, measure: Measure) -> Mask:
    """Return the stints of what is asked about, unstated ones included."""
    wanted = set(measure.words("doing"))
    found: Mask = stints.doing == Doing.UNSTATED
    if wanted & {"teaching", _ANY}:
        found |= stints.doing == Doing.TEACHING
    if wanted & {"leading", _ANY}:
        found |= stints.doing == Doing.LEADING
    return found


def _places(ground: Ground, stints: Stints, measure: Measure) -> Whole:
    """Return a number for each stint's place: equal where the pack sees the same one."""
    place = _units_alone(ground, stints, measure)
    offices = _offices(stints, measure)
    if offices is not None:
        place = place * (int(offices.max(initial=-1)) + 1) + np.maximum(offices, 0)
    return place


def _units_alone(ground: Ground, stints: Stints, measure: Measure) -> Whole:
    """Return the unit or zone each stint is at, as the pack tells them apart."""
    same = measure.words("same")
    if "unit" in same:
        return units_as_one(ground, stints.unit, measure)
    if "zone" in same:
        return zones(ground, stints.unit)
    return np.zeros(len(stints.unit), dtype=np.int64)


def _offices(stints: Stints, measure: Measure) -> Whole | None:
    """Return what tells posts apart: words, level of office or band; -1 where blank."""
    same = measure.words("same")
    told = {"post": stints.post, "office": stints.level, "band": stints.band}
    return next((told[word] for word in told if word in same), None)


def _asked(measure: Measure, *words: str) -> bool:
    return not set(words).isdisjoint(measure.words("same"))


def _nowhere(ground: Ground, stints: Stints, measure: Measure) -> Mask:
    """Return the stints of which it is not stated at which place they are."""
    offices = _offices(stints, measure)
    blank = np.zeros(len(stints.owner), dtype=np.bool_) if offices is None else offices < 0
    if "zone" in measure.words("same") and "unit" not in measure.words("same"):
        blank |= zones(ground, stints.unit) == 0
    return blank


def _paired(owner: Whole, place: Whole, places: Whole) -> Whole:
    """Return one number for each person and place, in the order of persons."""
    return owner * _span(places) + place - int(places.min(initial=0))


def _span(places: Whole) -> int:
    return int(places.max(initial=0)) - int(places.min(initial=0)) + 1


def _vague_gaps(found: Openness, measure: Measure, unsure: Mask) -> tuple[Gap, ...]:
    stints = found.stints
    offices = {role_of(each, measure) for each in (Doing.TEACHING, Doing.LEADING)}
    by_office = found.stint & (len(offices) > 1)
    causes = {
        "since": stints.first != stints.last,
        "stint_kind": found.stint & stints.without_kind,
        "relation_moved": found.stint & stints.without_relation,
        "post": (by_office | _asked(measure, "post", "office")) & (stints.post < 0),
        "grade_band": _asked(measure, "band") & (stints.band < 0),
    }
    gaps = []
    for column, rows in causes.items():
        where = np.zeros(len(unsure), dtype=np.bool_)
        where[stints.owner[rows]] = True
        gaps.append(Gap("stints", column, where & unsure))
    return tuple(gaps)


def bridged_gaps(ground: Ground, measure: Measure, since: int) -> list[tuple[int, int]]:
    """Return the gaps in a single person's spell that the pack reads as continuous.

    Each is its first day and the day after its last; ``since`` is where the spell began.
    """
    stints = ground.stints
    kinds = _base(stints, measure) | _spell_kinds(stints, measure, "counted", "excluded")
    rows = kinds & (stints.until > since) & (stints.first <= measure.day)
    begin = np.maximum(stints.last[rows], since)
    _, begins, ends = merged(np.zeros(len(begin), np.int64), begin, stints.until[rows])
    inner = zip(ends[:-1], begins[1:], strict=True)
    limit = measure.whole("gap")
    return [(int(end), int(start)) for end, start in inner if start - end <= limit]
