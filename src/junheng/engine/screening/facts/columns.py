"""Facts that are columns of the roster: persons' and units' own words, numbers and dates."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.roster.columns import Column, Kind
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import days
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    Numbers,
    Sets,
    Truths,
    Words,
    known_words,
)
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask
from junheng.engine.screening.verdicts import Truth

_COLUMN_OF = {"birth_date": "birth"}
SCALE = 10_000
"""Numbers of the roster have four decimals."""
_JOINED = r"[、，,;；/\s]+"


def column_fact(ground: Ground, measure: Measure) -> Computed:
    """Return a column under its own name; blank is unknown."""
    fact = FACTS[measure.name]
    table = "units" if fact.about is About.UNIT else "persons"
    name = _COLUMN_OF.get(measure.name, measure.name)
    frame = ground.units if fact.about is About.UNIT else ground.persons
    column = BY_ID[table].column(name)
    series = frame[name]
    gaps = (Gap(table, name, series.is_null().to_numpy()),)
    match fact.type:
        case FactType.WORD:
            return Computed(words_of(series, measure.name), gaps)
        case FactType.WORDS:
            return Computed(sets_of(series), gaps)
        case FactType.TRUTH:
            return Computed(truths_of(series), gaps)
        case FactType.NUMBER:
            return Computed(_numbers(series, column), gaps)
        case FactType.DATE:
            low, high = date_range(frame, name)
            return Computed(Numbers(low, high), (Gap(table, name, low != high),))


def words_of(series: pl.Series, fact: str) -> Words:
    """Return a column of words; words of a closed list are the only ones possible."""
    registered = FACTS[fact]
    listed = registered.words
    further = sorted(set(series.drop_nulls().unique().to_list()) - set(listed))
    words = (*listed, *further)
    codes = series.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    return known_words(codes, words, open_ended=registered.open_ended or not listed)


def truths_of(series: pl.Series) -> Truths:
    """Return a column of yes and no."""
    unknown = series.is_null().to_numpy()
    return Truths(Truth(series.fill_null(value=False).to_numpy() & ~unknown, unknown))


def sets_of(series: pl.Series) -> Sets:
    """Return a column of lists of words; a blank cell may hold any."""
    blank = series.is_null().to_numpy()

    def overlapping(words: tuple[str, ...]) -> Truth:
        return Truth(_shares(series, words), blank)

    return Sets(series.len(), overlapping)


def subjects(ground: Ground, measure: Measure) -> Computed:
    """Return the subjects a person can teach: the main one and the others."""
    main, others = ground.persons["subject"], ground.persons["other_subjects"]
    blank = (main.is_null() | others.is_null()).to_numpy()

    def overlapping(words: tuple[str, ...]) -> Truth:
        yes = main.is_in(words).fill_null(value=False).to_numpy() | _shares(others, words)
        return Truth(yes, blank & ~yes)

    gaps = (
        Gap("persons", "subject", main.is_null().to_numpy()),
        Gap("persons", "other_subjects", others.is_null().to_numpy()),
    )
    return Computed(Sets(main.len(), overlapping), gaps)


def date_range(frame: pl.DataFrame, name: str) -> tuple[days.Whole, days.Whole]:
    """Return the first and last day each date of a column can have been."""
    first = days.day_numbers(frame[name], 0)
    last = days.latest_days(first, frame[f"{name}_precision"])
    blank = frame[name].is_null().to_numpy()
    return np.where(blank, days.NEVER, first), np.where(blank, days.FOREVER, last)


def grades_taught(ground: Ground, measure: Measure) -> Computed:
    """Return the grades a person teaches, as listed in the cell."""
    del measure
    column = ground.persons["grades_taught"]
    found = column.str.replace_all(_JOINED, "、").str.strip_chars("、").str.split("、")
    gap = Gap("persons", "grades_taught", column.is_null().to_numpy())
    return Computed(sets_of(found), (gap,))


def whole_numbers(series: pl.Series, scale: int = SCALE) -> days.Whole:
    """Return a column of numbers in whole steps of ``1/scale``; 0 where blank."""
    steps: days.Whole = (
        (series.cast(pl.Decimal(30, 4)) * scale).cast(pl.Int64).fill_null(0).to_numpy()
    )
    return steps


def _numbers(series: pl.Series, column: Column) -> Numbers:
    scale = SCALE if column.kind is Kind.NUMBER else 1
    blank = series.is_null().to_numpy()
    known = whole_numbers(series, scale)
    return Numbers(np.where(blank, -UNBOUNDED, known), np.where(blank, UNBOUNDED, known), scale)


def _shares(series: pl.Series, words: tuple[str, ...]) -> Mask:
    """Return where a list shares a word with the words; a blank list shares none."""
    wanted = pl.Series(words, dtype=pl.String)
    frame = pl.DataFrame({"list": series})
    shared = frame.select(
        pl.col("list").list.eval(pl.element().is_in(wanted.implode())).list.any()
    )
    found: Mask = shared["list"].fill_null(value=False).to_numpy()
    return found
