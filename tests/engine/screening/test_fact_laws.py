"""Laws of every fact: less known never means something else; others do not matter."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.registry import COLUMN_FACTS, REGISTRY
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Numbers,
    Sets,
    Truths,
    Words,
)
from junheng.engine.screening.ground import Ground
from tests.engine.screening.counties import ON, ragged_county
from tests.engine.screening.random_questions import random_settings

OPEN_WHEN_BLANK = {
    "persons": ("title", "subject", "stage", "office_level", "employment", "title_since"),
    "units": ("unit_area", "unit_kind", "unit_quality", "zone", "primary_pupils"),
    "posts": ("required", "established"),
    "stints": ("post", "stint_kind", "relation_moved", "cycle_completed", "grade_band"),
    "honours": ("honour_level", "confirmed"),
    "sanctions": ("barred_from",),
    "appraisals": ("grade",),
    "test_results": ("test_rank", "entrants", "own_average", "town_average"),
    "benefits": ("full",),
    "incidents": ("decided_by",),
    "children": ("unit_id", "grade"),
    "travel": ("minutes", "kilometres"),
    "scores": ("points",),
    "wishes": ("matter", "partner_id", "sought"),
}
"""Columns that leave something open where they are blank; elsewhere a blank has a meaning."""

_READ = sorted(
    (fact, table, column)
    for fact in REGISTRY
    for table in FACTS[fact].tables
    for column in OPEN_WHEN_BLANK.get(table, ())
    if not FACTS[fact].reads and fact not in COLUMN_FACTS
)
_GROUPED = ("rank_in_group",)
_COUNTY = ragged_county(53, persons=120)


def _blanked(roster: Roster, table: str, column: str, chance: random.Random) -> Roster:
    if table not in roster.given:
        return roster
    frame = roster[table]
    gone = pl.Series([chance.random() < 0.3 for _ in range(frame.height)], dtype=pl.Boolean)
    left = frame.with_columns(pl.when(~gone).then(pl.col(column)).alias(column))
    return roster_of({**{name: roster[name] for name in roster.given}, table: left})


def _value(roster: Roster, fact: str, chance: random.Random) -> FactValue:
    measure = Measure(fact, ON, random_settings(chance, fact))
    return REGISTRY[fact](Ground(roster), measure).value


def _possible(value: FactValue, at: int, fact: str) -> Any:
    """Return what a fact of one subject can still be, as limits or as a set."""
    match value:
        case Numbers():
            low, high, scale = value.at(at)
            ends = (low / scale if low > -UNBOUNDED else low, high / scale)
            return (ends[0], high if high >= UNBOUNDED else ends[1])
        case Words(low, high, words):
            return {words[k] if k < len(words) else "" for k in range(low[at], high[at] + 1)}
        case Truths(truth):
            return {True, False} if truth.unknown[at] else {bool(truth.yes[at])}
        case Sets():
            truth = value.overlapping(FACTS[fact].words[:2])
            return {True, False} if truth.unknown[at] else {bool(truth.yes[at])}


def _holds(narrow: Any, wide: Any) -> bool:
    if isinstance(narrow, tuple):
        return bool(wide[0] <= narrow[0] and narrow[1] <= wide[1])
    return bool(narrow <= wide)


@given(st.sampled_from(_READ), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_a_blank_cell_leaves_more_open_and_never_turns_an_answer_round(
    asked: tuple[str, str, str], seed: int
) -> None:
    fact, table, column = asked
    known = _value(_COUNTY, fact, random.Random(seed))  # noqa: S311 -- picks test inputs
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    emptied = _blanked(_COUNTY, table, column, random.Random(seed + 1))  # noqa: S311 -- picks test inputs
    unknown = _value(emptied, fact, chance)

    size = _COUNTY["units" if FACTS[fact].about is About.UNIT else "persons"].height
    turned = [
        (at, _possible(known, at, fact), _possible(unknown, at, fact))
        for at in range(size)
        if not _holds(_possible(known, at, fact), _possible(unknown, at, fact))
    ]
    assert turned == []


@given(st.sampled_from(sorted({fact for fact, _, _ in _READ})), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_without_declarations_nothing_is_known_to_be_absent(fact: str, seed: int) -> None:
    tables = {name: _COUNTY[name] for name in _COUNTY.given if name != "declarations"}
    known = _value(_COUNTY, fact, random.Random(seed))  # noqa: S311 -- picks test inputs
    unknown = _value(roster_of(tables), fact, random.Random(seed))  # noqa: S311 -- picks test inputs

    size = _COUNTY["units" if FACTS[fact].about is About.UNIT else "persons"].height
    turned = [
        (at, _possible(known, at, fact), _possible(unknown, at, fact))
        for at in range(size)
        if not _holds(_possible(known, at, fact), _possible(unknown, at, fact))
    ]
    assert turned == []


def test_facts_of_one_person_alone_are_those_among_all() -> None:
    alone = {name: _COUNTY[name] for name in _COUNTY.given}
    row = _COUNTY["persons"].sort("person_id")[40]
    alone["persons"] = row
    of_others = {*_GROUPED, "sole_subject_teacher", "kin_at_unit", "agreement_found"}
    facts = [
        fact for fact in REGISTRY if FACTS[fact].about is About.PERSON and not FACTS[fact].reads
    ]

    for fact in sorted({*facts} - of_others):
        among = _value(_COUNTY, fact, random.Random(fact))  # noqa: S311 -- picks test inputs
        by_itself = _value(roster_of(alone), fact, random.Random(fact))  # noqa: S311 -- picks test inputs
        if not isinstance(among, Sets) and fact not in COLUMN_FACTS:
            assert (fact, _possible(by_itself, 0, fact)) == (fact, _possible(among, 40, fact))
    assert np.unique(facts).size > 60
