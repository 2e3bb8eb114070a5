"""The records behind a fact of one person: values, arithmetic and where they stand.

The facts are computed again by the same functions on a roster of this person alone, which also
tells the days a spell began and what was not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.roster.columns import Table
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import days
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.areas import area_spells
from junheng.engine.screening.facts.clocks import lengths
from junheng.engine.screening.facts.measure import Measure, measure_of
from junheng.engine.screening.facts.records import APPLICATION, STAYING
from junheng.engine.screening.facts.retirement import retirement_range
from junheng.engine.screening.facts.tenure import bridged_gaps, shortest_spells
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Numbers,
    Sets,
    Truths,
    Words,
)
from junheng.engine.screening.findings import Answer, Detail, Listed, Note, Range, Shown, Source
from junheng.engine.screening.ground import Ground

_HISTORY: Mapping[str, tuple[str, str]] = {
    "tenure": ("stints", ""),
    "years_in_area": ("stints", ""),
    "cycle_completed": ("stints", "cycle_completed"),
    "circumstance": ("circumstances", "circumstance"),
    "honours": ("honours", "honour"),
    "backbone_level": ("honours", "honour_level"),
    "applied": ("wishes", "wish_kind"),
    "wishes_to_stay": ("wishes", "wish_kind"),
}
_WISHES = {"applied": APPLICATION, "wishes_to_stay": STAYING}
_COLUMNS = {
    "age": "birth",
    "years_to_retirement": "birth",
    "birth_date": "birth",
    "years_since_recruited": "recruited_on",
    "subjects": "subject",
    "staffing_gap": "establishment",
    "county_has_villages": "county",
}
_UNITS = {"age": "age", "years_to_retirement": "span"}  # how a number of years is worded


def detail_of(evaluation: RosterEvaluation, fact: str, place: int, title: str) -> Detail:
    """Return a fact of the person at a place, with arithmetic and sources."""
    measure = measure_of(evaluation.pack, fact)
    registered = FACTS[measure.name]
    at = place
    if registered.about is About.UNIT and fact not in evaluation.given:
        at = int(evaluation.ground.own_unit[place])
    value = evaluation.value(fact)
    given = fact in evaluation.given or measure.name in evaluation.given
    alone = Ground(_alone(evaluation, place), evaluation.ground.start)
    return Detail(
        fact=fact,
        title=registered.title if title == fact else title,
        unit=_UNITS.get(measure.name, registered.unit),
        value=_shown(value, at, measure, alone),
        notes=() if given else tuple(_NOTES.get(measure.name, _no_notes)(alone, measure)),
        sources=() if given else tuple(_sources(alone, measure)),
    )


def _alone(evaluation: RosterEvaluation, place: int) -> Roster:
    """Return the roster with nobody but one person."""
    roster = evaluation.roster
    person = evaluation.person_ids[place]
    tables = {
        name: frame.filter(pl.col("person_id") == person)
        if "person_id" in frame.columns
        else frame
        for name, frame in roster.tables.items()
    }
    return Roster(tables, roster.given, roster.sheets)


def _shown(value: FactValue, at: int, measure: Measure, alone: Ground) -> Shown:
    if at < 0:
        return Answer.UNKNOWN
    match value:
        case Numbers(low, high, scale):
            bounds = (int(low[at]), int(high[at]))
            is_date = FACTS[measure.name].type == "date"
            limits = [_limit(each, scale, is_date=is_date) for each in bounds]
            return Range(limits[0], limits[1])
        case Words(low, high, listed):
            several = slice(int(low[at]), int(high[at]) + 1)
            known = int(high[at]) < len(listed)
            return Listed(listed[several], complete=known)
        case Truths(truth):
            if truth.unknown[at]:
                return Answer.UNKNOWN
            return Answer.YES if truth.yes[at] else Answer.NO
        case Sets():
            return _members(measure, alone)


def _limit(value: int, scale: int, *, is_date: bool) -> Fraction | date | None:
    if abs(value) >= (days.FOREVER if is_date else UNBOUNDED):
        return None
    return days.day_of(value) if is_date else Fraction(value, scale)


def _members(measure: Measure, alone: Ground) -> Listed:
    """Return the words of a set that stand in the roster."""
    if measure.name == "honours":
        words = alone.roster["honours"]["honour"].drop_nulls().to_list()
        return Listed(
            tuple(dict.fromkeys(words)),
            complete=bool(alone.closed("honours", (), measure.on).all()),
        )
    if measure.name == "subjects":
        row = alone.persons.row(0, named=True)
        subjects = [row["subject"], *(row["other_subjects"] or ())]
        complete = None not in (row["subject"], row["other_subjects"])
        return Listed(tuple(each for each in subjects if each), complete=complete)
    unit = int(alone.own_unit[0])
    found = alone.units[measure.name][unit] if unit >= 0 else None
    return Listed(() if found is None else tuple(found), complete=found is not None)


def _birth(alone: Ground, measure: Measure) -> Iterator[Note]:
    yield from _since_column(alone, measure, "birth", "screening.note-birth")


def _recruited(alone: Ground, measure: Measure) -> Iterator[Note]:
    yield from _since_column(alone, measure, "recruited_on", "screening.note-recruited")


def _retirement(alone: Ground, measure: Measure) -> Iterator[Note]:
    """Tell the birth and the statutory date, or the first and the last it can be."""
    yield from _since_column(alone, measure, "birth", "screening.note-birth")
    first, last = (int(each[0]) for each in retirement_range(alone, measure))
    if first != days.NEVER:
        ends = dict.fromkeys(str(days.day_of(each)) for each in (first, last))
        code = "screening.note-retires" if len(ends) == 1 else "screening.note-retires-between"
        yield Note(code, {"first": min(ends), "last": max(ends)})


def _since_column(alone: Ground, measure: Measure, column: str, code: str) -> Iterator[Note]:
    day, precision = alone.persons.select(column, f"{column}_precision").row(0)
    if day is not None:
        yield Note(code, {"day": _written(day, precision), "on": str(measure.on)})


def _tenure(alone: Ground, measure: Measure) -> Iterator[Note]:
    spells = shortest_spells(alone, alone.stints, measure)
    if not len(spells.owner):
        return
    since = spells.since[:1]
    start = str(days.day_of(int(since[0])))
    yield Note("screening.note-spell", {"since": start, "on": str(measure.on)})
    months, odd = lengths(since, spells.counts_from[:1])
    if months[0] or odd[0]:
        yield Note("screening.note-excluded", {"length": _length(int(months[0]), int(odd[0]))})
    for begin, end in bridged_gaps(alone, measure, int(since[0])):
        values = {
            "since": str(days.day_of(begin)),
            "last": str(days.day_of(end - 1)),
            "days": str(end - begin),
        }
        yield Note("screening.note-gap", values)


def _areas(alone: Ground, measure: Measure) -> Iterator[Note]:
    certain, _, _ = area_spells(alone, measure)
    for since, until in zip(certain[1], certain[2], strict=True):
        begun = str(days.day_of(int(since)))
        if until >= measure.day:
            yield Note("screening.note-spell", {"since": begun, "on": str(measure.on)})
        else:
            last = str(days.day_of(int(until) - 1))
            yield Note("screening.note-period", {"since": begun, "last": last})


def _no_notes(alone: Ground, measure: Measure) -> Iterator[Note]:
    del alone, measure
    yield from ()


_NOTES: Mapping[str, Callable[[Ground, Measure], Iterator[Note]]] = {
    "age": _birth,
    "years_since_recruited": _recruited,
    "years_to_retirement": _retirement,
    "tenure": _tenure,
    "years_in_area": _areas,
}


def _sources(alone: Ground, measure: Measure) -> Iterator[Source]:
    history = _HISTORY.get(measure.name)
    if history is None:
        yield from _cell(alone, measure)
        return
    table, column = history
    frame = alone.roster[table]
    if measure.name in _WISHES:
        frame = frame.filter(pl.col("wish_kind") == _WISHES[measure.name])
    if measure.name in {"circumstance", "backbone_level"}:
        kind = "circumstance" if measure.name == "circumstance" else "honour"
        frame = frame.filter(pl.col(kind).is_in(measure.words("kinds")))
    yield from (_source(alone, BY_ID[table], row, column) for row in _rows(frame))


def _cell(alone: Ground, measure: Measure) -> Iterator[Source]:
    column = _COLUMNS.get(measure.name, measure.name)
    if FACTS[measure.name].about is About.PERSON:
        for row in _rows(alone.persons):
            yield _source(alone, BY_ID["persons"], row, column)
        return
    unit = int(alone.own_unit[0])
    if unit >= 0:
        yield _source(alone, BY_ID["units"], _rows(alone.units[[unit]])[0], column)


def _rows(frame: pl.DataFrame) -> list[tuple[int | None, int | None]]:
    return frame.select("source", "row").rows()


def _source(
    alone: Ground, table: Table, row: tuple[int | None, int | None], column: str
) -> Source:
    sheet, number = row
    if sheet is None or number is None:
        return Source(table.sheet, "", table=table.id)
    place = alone.roster.sheets[sheet].place(number, column)
    return Source(place.sheet, place.cell, place.file, table.id)


def _written(day: date, precision: str | None) -> str:
    """Write a day as exactly as it is known."""
    return str(day)[: {"month": 7, "year": 4}.get(precision or "", 10)]


def _length(months: int, odd: int) -> str:
    """Write a length as years, months and days, which the wording puts into words."""
    return f"{months // 12}-{months % 12}-{odd}"
