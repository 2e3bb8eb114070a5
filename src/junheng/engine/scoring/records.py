"""Points for records of the roster, and marks that somebody gave (table ``scores``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from junheng.engine.policy.items import Rubric, RubricItem, Window
from junheng.engine.scoring.figures import number, number_or
from junheng.engine.scoring.ranges import NOTHING, ZERO, Range, exactly, largest, spanning
from junheng.engine.screening.days import day_of as calendar_day
from junheng.engine.screening.days import number as day_number
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.measure import day_of

SCORES = "scores"
UNKNOWN = Range(None, None)
_SCHOOL_YEAR_OPENS = (9, 1)
_ONE = Fraction(1)


def record_points(
    evaluation: RosterEvaluation, rubric: Rubric, item: RubricItem
) -> list[Range]:
    """Return the points of each person's records, summed or the highest of them."""
    on = day_of(evaluation.pack, "")
    opens = window_start(item.window or rubric.window, on)
    points = {path: number(figure) for path, figure in item.table}
    found: defaultdict[int, list[Range]] = defaultdict(list)
    owners = evaluation.ground.owners_of(item.records).tolist()
    rows = evaluation.roster[item.records].to_dicts()
    for owner, row in zip(owners, rows, strict=True):
        if owner >= 0 and _counts(row, opens, on) is not False:
            worth = _worth(row, item.by, points)
            dated = _counts(row, opens, on) is True
            found[owner].append(worth if dated else worth.or_nothing())
    closed = evaluation.ground.closed(item.records, (), on).tolist()
    most = max(points.values(), default=ZERO) if item.combine == "highest" else None
    return [
        _summed(found[n], highest=item.combine == "highest", closed=closed[n], most=most)
        for n in range(len(evaluation.person_ids))
    ]


def window_start(window: Window | None, on: date) -> date | None:
    """Return the first day of a window of records; None where there is none."""
    if window is None or window.years is None:
        return None
    years = int(number(window.years))
    if window.whole_school_years:
        year = on.year if (on.month, on.day) >= _SCHOOL_YEAR_OPENS else on.year - 1
        return date(year - years + 1, *_SCHOOL_YEAR_OPENS)
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return calendar_day(day_number(date(on.year - years, 3, 1)))


def _counts(row: Mapping[str, object], opens: date | None, on: date) -> bool | None:
    """Whether a record lies in the window on the day; None where it is not dated."""
    since, until = row.get("since"), row.get("until")
    year = row.get("appraisal_year")
    if since is None and isinstance(year, int):
        since = date(year, 12, 31)
    if isinstance(until, date) and until <= on:
        return False
    if not isinstance(since, date):
        return None if opens is not None or since is None else True
    return since <= on and (opens is None or since >= opens)


def _worth(
    row: Mapping[str, object], by: tuple[str, ...], points: Mapping[tuple[str, ...], Fraction]
) -> Range:
    """Return what a record is worth; of a blank word, whatever it may still be."""
    words = tuple(row.get(column) for column in by)
    fitting = [
        worth
        for path, worth in points.items()
        if all(word is None or word == step for word, step in zip(words, path, strict=False))
    ]
    if None in words:
        return spanning([NOTHING, *map(exactly, fitting)])
    return exactly(fitting[0]) if fitting else NOTHING


def _summed(
    ranges: list[Range], *, highest: bool, closed: bool, most: Fraction | None
) -> Range:
    found = largest(ranges) if highest else sum(ranges, NOTHING)
    if closed:
        return found
    return Range(found.low, most)


def given_marks(evaluation: RosterEvaluation, item: RubricItem) -> list[Range]:
    """Return the mark entered for a line; the latest, where there are several."""
    price = number_or(item.points, _ONE)
    return [
        exactly(marks[-1] * price) if marks else _not_given(item).times(price)
        for marks in _marks(evaluation, item.id)
    ]


def panel_marks(evaluation: RosterEvaluation, item: RubricItem) -> list[Range]:
    """Return what the marks of several graders come to."""
    trim = int(number_or(item.trim, _ONE))
    return [
        exactly(_combined(marks, item.combine, trim)) if marks else _not_given(item)
        for marks in _marks(evaluation, item.id)
    ]


def _not_given(item: RubricItem) -> Range:
    return Range(ZERO, number(item.out_of)) if item.out_of is not None else UNKNOWN


def _combined(marks: list[Fraction], combine: str, trim: int) -> Fraction:
    ranked = sorted(marks)
    if combine == "highest":
        return ranked[-1]
    if combine == "median":
        half = len(ranked) // 2
        return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
    if combine == "trimmed_mean" and len(ranked) > 2 * trim:
        ranked = ranked[trim : len(ranked) - trim]
    return sum(ranked, ZERO) / (1 if combine == "sum" else len(ranked))


def _marks(evaluation: RosterEvaluation, rubric_id: str) -> Iterator[list[Fraction]]:
    """Yield the marks of each person, in the order of their days."""
    on = day_of(evaluation.pack, "")
    rows = evaluation.roster[SCORES].filter(
        pl.col("rubric_id") == rubric_id,
        pl.col("points").is_not_null(),
        pl.col("scored_on").is_null() | (pl.col("scored_on") <= on),
    )
    owners = evaluation.ground.owners(rows["person_id"]).tolist()
    found: defaultdict[int, list[tuple[date, Fraction]]] = defaultdict(list)
    for owner, row in zip(owners, rows.to_dicts(), strict=True):
        found[owner].append((row["scored_on"] or date.min, Fraction(str(row["points"]))))
    for n in range(len(evaluation.person_ids)):
        yield [mark for _, mark in sorted(found[n], key=lambda each: each[0])]
