"""The records behind a fact of one person: values, arithmetic and where they stand.

The facts are computed again by the same functions on a roster of this person alone, which also
tells the days a spell began and what was not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
import polars as pl

from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.roster.columns import Table
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import days
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.clocks import lengths
from junheng.engine.screening.facts.measure import Measure, measure_of
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
from junheng.engine.screening.kleene import Whole
from junheng.engine.screening.stints import taken

_KIND_COLUMNS: Mapping[str, str] = {
    "stints": "",
    "circumstances": "circumstance",
    "honours": "honour",
    "sanctions": "sanction",
    "appraisals": "grade",
    "test_results": "test_rank",
    "kinship": "kinship",
    "obligations": "obligation",
    "exchanges": "exchange_kind",
    "wishes": "wish_kind",
    "benefits": "benefit",
    "incidents": "incident",
    "children": "grade",
    "travel": "",
    "scores": "points",
}
"""Where the rows of each table of a person tell what they are."""
_CELLS = {"cycle_completed": "cycle_completed", "backbone_level": "honour_level"}
_KINDS: Mapping[str, tuple[str, str]] = {
    "circumstance": ("circumstance", "kinds"),
    "circumstance_time": ("circumstance", "kinds"),
    "years_since_circumstance": ("circumstance", "kinds"),
    "backbone_level": ("honour", "kinds"),
    "confirmed_backbone": ("honour", "kinds"),
    "sanction_in_force": ("sanction", "kinds"),
    "years_since_sanction": ("sanction", "kinds"),
    "obligation": ("obligation", "kinds"),
    "benefit_years": ("benefit", "benefit"),
    "kin_at_unit": ("kinship", "degrees"),
    "score": ("rubric_id", "rubric"),
    "rank_in_group": ("rubric_id", "rubric"),
    **dict.fromkeys(
        (
            "appraised_grade",
            "appraisals_all_reach",
            "appraisals_reaching",
            "appraisals_in_a_row",
        ),
        ("appraisal", "appraisal"),
    ),
}
"""Column and setting that say which rows a fact reads."""
_WISHES = {
    "applied": "自愿申请",
    "wishes_to_stay": "留任意愿",
    "seeks_title": "申报职称",
    "first_wish_repeated": "志愿",
    "agreement_found": "对调",
}
_COLUMNS = {
    "age": "birth",
    "years_to_retirement": "birth",
    "birth_date": "birth",
    "years_since_recruited": "recruited_on",
    "subjects": "subject",
    "title_years": "title_since",
    "years_to_leaving_office": "leaves_office_on",
    "years_teaching": "teaching_since",
    "teaches": "weekly_lessons",
    "sole_subject_teacher": "subject",
    "subject_gap": "unit_id",
    "post_grade_vacancy": "unit_id",
    "classes": "primary_classes",
    "class_size": "primary_pupils",
    "staffing_gap": "establishment",
    "county_has_villages": "county",
}
_UNITS = {
    "age": "age",
    "years_to_retirement": "span",
    "years_to_leaving_office": "span",
    "years_since_sanction": "span",
    "years_since_circumstance": "span",
}  # how a number of years is worded


@dataclass(frozen=True)
class Records:
    """The roster cut up by person, so that each one's records are found at once."""

    evaluation: RosterEvaluation

    def of(self, person_id: str) -> Ground:
        """Return the roster with nobody but one person, laid out for questions."""
        roster = self.evaluation.roster
        tables = {
            name: self._by_person[name].get(person_id, self._none[name])
            if name in self._by_person
            else frame
            for name, frame in roster.tables.items()
        }
        alone = Roster(tables, roster.given, roster.sheets)
        among = self.evaluation.ground
        ground = Ground(alone, among.start)
        place = self._places.get(person_id)
        if place is not None:  # what is sorted out for everybody need not be once more
            order, begins = self._stint_rows
            own = taken(among.stints, order[begins[place] : begins[place + 1]])
            stints = replace(own, owner=np.zeros_like(own.owner))
            vars(ground).update(units=among.units, successors=among.successors, stints=stints)
        return ground

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {each: n for n, each in enumerate(self.evaluation.person_ids)}

    @cached_property
    def _stint_rows(self) -> tuple[Whole, Whole]:
        """Return the stints in the order of their persons, and where each person's begin."""
        owner = self.evaluation.ground.stints.owner
        order = np.argsort(owner, kind="stable")
        return order, np.searchsorted(owner[order], np.arange(len(self._places) + 1))

    @cached_property
    def _by_person(self) -> Mapping[str, Mapping[str, pl.DataFrame]]:
        return {
            name: {
                str(key[0]): part
                for key, part in frame.partition_by(
                    "person_id", as_dict=True, maintain_order=True
                ).items()
            }
            for name, frame in self.evaluation.roster.tables.items()
            if "person_id" in frame.columns
        }

    @cached_property
    def _none(self) -> Mapping[str, pl.DataFrame]:
        return {name: frame.clear() for name, frame in self.evaluation.roster.tables.items()}


def detail_of(
    evaluation: RosterEvaluation, fact: str, place: int, title: str, alone: Ground
) -> Detail:
    """Return a fact of the person at a place, with arithmetic and sources.

    ``alone`` is the roster with nobody but this person.
    """
    measure = measure_of(evaluation.pack, fact)
    registered = FACTS[measure.name]
    at = place
    if registered.about is About.UNIT and fact not in evaluation.given:
        at = int(evaluation.ground.own_unit[place])
    value = evaluation.value(fact)
    given = fact in evaluation.given or measure.name in evaluation.given
    return Detail(
        fact=fact,
        title=registered.title if title == fact else title,
        unit=_UNITS.get(measure.name, registered.unit),
        value=_shown(value, at, measure, alone),
        notes=() if given else tuple(_notes(evaluation, place, measure, alone)),
        sources=() if given else tuple(_sources(alone, measure)),
    )


def _shown(value: FactValue, at: int, measure: Measure, alone: Ground) -> Shown:
    if at < 0:
        return Answer.UNKNOWN
    match value:
        case Numbers():
            return _range(value, at, measure)
        case Words(low, high, listed):
            several = slice(int(low[at]), int(high[at]) + 1)
            return Listed(listed[several], complete=int(high[at]) < len(listed))
        case Truths(truth):
            known = Answer.YES if truth.yes[at] else Answer.NO
            return Answer.UNKNOWN if truth.unknown[at] else known
        case Sets():
            return _members(measure, alone, value, at)


def _range(value: Numbers, at: int, measure: Measure) -> Shown:
    """Return the limits of a number; nothing where it is known to be beyond every limit."""
    low, high, scale = value.at(at)
    if low == UNBOUNDED:
        return Listed((), complete=True)
    is_date = FACTS[measure.name].type == "date"
    limits = [_limit(each, scale, is_date=is_date) for each in (low, high)]
    return Range(limits[0], limits[1])


def _limit(value: int, scale: int, *, is_date: bool) -> Fraction | date | None:
    if abs(value) >= (days.FOREVER if is_date else UNBOUNDED):
        return None
    return days.day_of(value) if is_date else Fraction(value, scale)


def _members(measure: Measure, alone: Ground, value: Sets, at: int) -> Listed:
    """Return the words of a set that stand in the roster."""
    if measure.name in {"unit_stages", "unit_traits"}:
        unit = int(alone.own_unit[0])
        found = alone.units[measure.name][unit] if unit >= 0 else None
        return Listed(() if found is None else tuple(found), complete=found is not None)
    candidates = tuple(
        dict.fromkeys((*FACTS[measure.name].words, *_written_words(measure, alone)))
    )
    held = tuple(word for word in candidates if value.overlapping((word,)).yes[at])
    return Listed(held, complete=not value.overlapping(("",)).unknown[at])


_WORDS_IN = {
    "honours": ("honours", "honour"),
    "incidents": ("incidents", "incident"),
    "legal_status": ("circumstances", "circumstance"),
}


def _written_words(measure: Measure, alone: Ground) -> list[str]:
    """Return local words that the person's own rows hold."""
    if measure.name not in _WORDS_IN:
        return []
    table, column = _WORDS_IN[measure.name]
    return alone.roster[table][column].drop_nulls().to_list()


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


def _areas(evaluation: RosterEvaluation, place: int, measure: Measure) -> Iterator[Note]:
    owner, begins, ends = evaluation.spells_in_areas(measure)
    own = owner == place
    for since, until in zip(begins[own], ends[own], strict=True):
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
}


def _notes(
    evaluation: RosterEvaluation, place: int, measure: Measure, alone: Ground
) -> Iterator[Note]:
    if measure.name == "years_in_area":  # reads all units: looked up for everybody at once
        return _areas(evaluation, place, measure)
    return _NOTES.get(measure.name, _no_notes)(alone, measure)


def _sources(alone: Ground, measure: Measure) -> Iterator[Source]:
    """Tell the rows of histories that a fact reads, else the cell of the person or unit."""
    histories = [t for t in FACTS[measure.name].tables if t in _KIND_COLUMNS]
    rows = [row for table in histories for row in _history(alone, measure, table)]
    yield from rows
    if not histories or (not rows and "persons" in FACTS[measure.name].tables):
        yield from _cell(alone, measure)


def _history(alone: Ground, measure: Measure, table: str) -> Iterator[Source]:
    frame = alone.roster[table]
    if measure.name in _WISHES:
        frame = frame.filter(pl.col("wish_kind") == _WISHES[measure.name])
    column, setting = _KINDS.get(measure.name, ("", ""))
    kinds = measure.words(setting) if setting else ()
    if kinds and column in frame.columns:
        frame = frame.filter(pl.col(column).is_in(kinds))
    column = _CELLS.get(measure.name, _KIND_COLUMNS[table])
    yield from (_source(alone, BY_ID[table], row, column) for row in _rows(frame))


def _cell(alone: Ground, measure: Measure) -> Iterator[Source]:
    column = _COLUMNS.get(measure.name, measure.name)
    if FACTS[measure.name].about is About.PERSON:
        known = {each.id for each in BY_ID["persons"].columns}
        for row in _rows(alone.persons):
            yield _source(alone, BY_ID["persons"], row, column if column in known else "")
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
