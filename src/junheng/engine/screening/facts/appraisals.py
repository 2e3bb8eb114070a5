"""Facts from appraisals (考核): grades, years that reach one, in a row and in a window."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine import codes
from junheng.engine.screening import days
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths, Words
from junheng.engine.screening.facts.yearly import Result, Yearly, last_complete, yearly
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole

_GRADES = codes.GRADE.codes


def appraised_grade(ground: Ground, measure: Measure) -> Computed:
    """Return the grade of the latest appraisal, or of the last complete year.

    The latest is certain only where the table is declared complete; two different grades in
    one year leave it unknown.
    """
    owner, ago, grade = _rows(ground, measure)
    size = ground.persons.height
    closed = ground.closed("appraisals", measure.words("appraisal"), measure.on)
    asked = np.zeros(size, dtype=np.int64)
    told = np.ones(size, dtype=np.bool_)
    if measure.word("which") == "latest":
        asked = np.full(size, days.FOREVER)
        made = ago >= -1
        np.minimum.at(asked, owner[made], ago[made])
        told = closed
    meant = ago == asked[owner]
    low, high = np.full(size, len(_GRADES) - 1), np.full(size, -1)
    np.minimum.at(low, owner[meant], np.where(grade < 0, 0, grade)[meant])
    np.maximum.at(high, owner[meant], np.where(grade < 0, len(_GRADES) - 1, grade)[meant])
    known = told & (low == high)
    value = Words(np.where(known, low, 0), np.where(known, high, len(_GRADES) - 1), _GRADES)
    return Computed(value, (Gap("appraisals", "grade", ~known),))


def appraisals_all_reach(ground: Ground, measure: Measure) -> Computed:
    """Return whether the appraisal of every year in the window reached one of the grades."""
    window = max(int(measure.figure("window")), 1)
    truth = _yearly(ground, measure, window).taken(measure.word("missing")).every()
    return Computed(Truths(truth), (Gap("appraisals", "grade", truth.unknown),))


def appraisals_reaching(ground: Ground, measure: Measure) -> Computed:
    """Return how many years' appraisals reached one of the grades: ever, lately, on exchange.

    A year that is not on file may have, unless the table is declared complete.
    """
    during = measure.word("during")
    found = _yearly(ground, measure, _span(ground, measure))
    size, span = found.results.shape
    meant = np.ones((size, span), dtype=np.bool_)
    sure = np.ones(size, dtype=np.bool_)
    limit = np.full(size, span if during == "window" else UNBOUNDED)
    if during == "placement":
        years, sure = _years_on_exchange(ground, measure)
        meant = np.arange(span) < years[:, None]
        limit = np.where(sure, years, UNBOUNDED)
    yes = (found.having(Result.YES) & meant).sum(axis=1)
    no = (found.having(Result.NO) & meant).sum(axis=1)
    open_ended = (found.having(Result.UNKNOWN) & meant).sum(axis=1)
    closed = ground.closed("appraisals", measure.words("appraisal"), measure.on) & sure
    most = np.where(limit == UNBOUNDED, limit, np.maximum(limit - no, yes))
    high = np.where(closed, yes + open_ended, most)
    low = np.where(sure, yes, 0)
    gaps = (Gap("appraisals", "", ~closed), Gap("appraisals", "grade", open_ended > 0))
    return Computed(Numbers(low, high), gaps)


def appraisals_in_a_row(ground: Ground, measure: Measure) -> Computed:
    """Return how many appraisals running, back from the last complete year, reached a grade."""
    found = _yearly(ground, measure, _span(ground, measure) + 1)
    results = found.taken(measure.word("missing")).results
    low, _ = _run(results, (Result.YES,))
    high, high_on = _run(results, (Result.YES, Result.UNKNOWN))
    endless = high_on & (measure.word("missing") == "unknown")
    value = Numbers(low, np.where(endless, UNBOUNDED, high))
    return Computed(value, (Gap("appraisals", "grade", value.low != value.high),))


def _run(results: NDArray[np.int8], counted: tuple[Result, ...]) -> tuple[Whole, Mask]:
    """Return how many years count before the first that does not, and who has no such year."""
    counts = np.isin(results, counted)
    goes_on = np.cumprod(counts | (results == Result.MISSING), axis=1).astype(np.bool_)
    found: Whole = (goes_on & counts).sum(axis=1)
    return found, goes_on[:, -1]


def _span(ground: Ground, measure: Measure) -> int:
    """Return how many years back the question reaches."""
    if measure.word("during") == "window":
        return max(int(measure.figure("window")), 1)
    _, ago, _ = _rows(ground, measure)
    return max(int(ago.max(initial=0)) + 1, 1)


def _yearly(ground: Ground, measure: Measure, span: int) -> Yearly:
    owner, ago, grade = _rows(ground, measure)
    wanted = [_GRADES.index(word) for word in measure.words("grades")]
    reached = np.where(np.isin(grade, wanted), int(Result.YES), int(Result.NO))
    results = np.where(grade < 0, int(Result.UNKNOWN), reached)
    return yearly(owner, ago, results, (ground.persons.height, span))


def _rows(ground: Ground, measure: Measure) -> tuple[Whole, Whole, Whole]:
    """Return owner, years ago and grade of the appraisals asked about; grade -1 where blank."""
    frame = ground.roster["appraisals"]
    owner = ground.owners_of("appraisals")
    meant = frame["appraisal"].is_in(measure.words("appraisal")).fill_null(value=False)
    rows = np.flatnonzero(meant.to_numpy() & (owner >= 0))
    some = frame[rows]
    ago = last_complete(measure) - some["appraisal_year"].fill_null(-1).to_numpy()
    grade = some["grade"].cast(pl.Enum(_GRADES)).to_physical().cast(pl.Int64)
    return owner[rows], ago, grade.fill_null(-1).to_numpy()


def _years_on_exchange(ground: Ground, measure: Measure) -> tuple[Whole, Mask]:
    """Return how many complete years the latest exchange reaches back, and who is certain.

    The year in which it began counts. Whoever was never on exchange has none.
    """
    frame = ground.roster["exchanges"]
    owner = ground.owners_of("exchanges")
    since = days.day_numbers(frame["since"], days.NEVER)
    real = frame["exchange_kind"].ne("无").fill_null(value=True).to_numpy()
    begun = (owner >= 0) & (since <= measure.day) & (since > days.NEVER) & real
    size = ground.persons.height
    latest = np.full(size, days.NEVER)
    np.maximum.at(latest, owner[begun], since[begun])
    some = latest > days.NEVER
    months = days.months(np.where(some, latest, 0))
    first = 1970 + months // 12
    if measure.word("year") == "school_year":
        first = 1970 + (months - 8) // 12
    years = np.where(some, np.maximum(last_complete(measure) - first + 1, 0), 0)
    return years, ground.closed("exchanges", (), measure.on)
