"""Facts from tests across a town (统考): last places, gaps to the mean, changes of rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.screening.facts.columns import SCALE, whole_numbers
from junheng.engine.screening.facts.measure import Computed, Gap, Measure, bug
from junheng.engine.screening.facts.records import marked
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths, Words
from junheng.engine.screening.facts.yearly import Result, yearly
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.verdicts import Truth

_CHANGES = ("上升", "持平", "下降")
_BLANK = -1
_LATER_TERM = "下学期"


@dataclass(frozen=True, slots=True)
class Tests:
    """Tests up to the day's year, by person, year and term.

    Attributes
    ----------
    row : position in the roster's table
    owner, subject : whose, and in what; subjects as numbers
    ago : how many years ago, 0 for the day's year
    """

    row: Whole
    owner: Whole
    subject: Whole
    ago: Whole


def test_rank_run(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody's classes came in the last places, as often as the pack asks.

    Fewer entrants than the pack takes for a group leave it unknown; a year without a test is
    unknown, skipped or not met, as the pack says.
    """
    tests = _tests(ground, measure, int(measure.figure("window")))
    last, unknown = _in_last_places(ground, measure, tests)
    size = ground.persons.height
    match measure.word("times"):
        case "once":
            truth = _some(tests, last, unknown, size)
        case "every_year":
            return _every_year(ground, measure, tests, (last, unknown))
        case "every_test":
            truth = _each(tests, last, unknown, size)
        case "twice_running":
            truth = _twice(tests, last, unknown, size)
        case other:
            raise bug(other)
    missing = np.logical_or.reduce(_missing_years(ground, measure, tests), axis=1)
    every = measure.word("times") == "every_test"
    truth = _with_missing(truth, missing, measure.word("missing"), every=every)
    if every:
        none = ~marked(tests.owner, size)
        truth = Truth(truth.yes & ~none, truth.unknown | (none & ~truth.no))
    return Computed(Truths(truth), (Gap("test_results", "test_rank", truth.unknown),))


def _with_missing(truth: Truth, missing: Mask, taken: str, *, every: bool) -> Truth:
    """Answer with missing years: of every test all must hold, else one is enough."""
    if taken == "skip":
        return truth
    if taken == "not_met":
        return Truth(truth.yes & ~missing, truth.unknown & ~missing) if every else truth
    if every:
        return Truth(truth.yes & ~missing, truth.unknown | (truth.yes & missing))
    return Truth(truth.yes, truth.unknown | (missing & ~truth.yes))


def test_gap(ground: Ground, measure: Measure) -> Computed:
    """Return how many points the mean of somebody's classes lies below, or off, the town's.

    The worst of the window, or that of the last year with tests in it.
    """
    window = max(int(measure.figure("window")), 1)
    tests = _tests(ground, measure, window)
    frame = ground.roster["test_results"][tests.row]
    blank = (frame["own_average"].is_null() | frame["town_average"].is_null()).to_numpy()
    gap = whole_numbers(frame["town_average"]) - whole_numbers(frame["own_average"])
    if measure.word("direction") == "either":
        gap = np.abs(gap)
    missing = _missing_years(ground, measure, tests)
    meant = np.ones(len(tests.row), dtype=np.bool_)
    if measure.word("worst") == "no":
        latest = np.full(ground.persons.height, window)
        np.minimum.at(latest, tests.owner, tests.ago)
        meant = tests.ago == latest[tests.owner]
        missing = missing[:, :1]
    size = ground.persons.height
    low, high = np.full(size, -UNBOUNDED), np.full(size, -UNBOUNDED)
    np.maximum.at(low, tests.owner[meant], np.where(blank, -UNBOUNDED, gap)[meant])
    np.maximum.at(high, tests.owner[meant], np.where(blank, UNBOUNDED, gap)[meant])
    taken = measure.word("missing")
    none = ~marked(tests.owner[meant], size)
    if taken == "unknown":
        high[missing.any(axis=1)] = UNBOUNDED
        if measure.word("worst") == "no":
            low[missing.any(axis=1)] = -UNBOUNDED
    if taken == "not_met" and measure.word("worst") == "no":
        low[missing.any(axis=1)] = high[missing.any(axis=1)] = -UNBOUNDED
    if taken == "skip":
        high[none] = UNBOUNDED
    unsure = low != high
    return Computed(Numbers(low, high, SCALE), (Gap("test_results", "own_average", unsure),))


def test_rank_change(ground: Ground, measure: Measure) -> Computed:
    """Return how the rank has changed since the class was taken over, in the same subject."""
    tests = _tests(ground, measure, measure.on.year)
    frame = ground.roster["test_results"][tests.row]
    taken = frame["take_over"].fill_null(value=False).to_numpy()
    rank = frame["test_rank"].fill_null(_BLANK).to_numpy()
    size = ground.persons.height
    start = _latest(tests, taken, size)
    subject = np.where(start >= 0, tests.subject[start] if len(taken) else -1, -1)
    end = _latest(tests, tests.subject == subject[tests.owner], size)
    known = (start >= 0) & (end != start)
    before, after = (rank[each] if len(rank) else np.zeros(size) for each in (start, end))
    known &= (before > _BLANK) & (after > _BLANK)
    change = np.where(after < before, 0, np.where(after == before, 1, 2))
    low = np.where(known, change, 0)
    high = np.where(known, change, len(_CHANGES) - 1)
    gap = Gap("test_results", "take_over", ~known)
    return Computed(Words(low.astype(np.int64), high.astype(np.int64), _CHANGES), (gap,))


def _latest(tests: Tests, where: Mask, size: int) -> Whole:
    """Return the position among the tests of each person's latest one; -1 without any."""
    found = np.full(size, -1)
    rows = np.flatnonzero(where)
    found[tests.owner[rows]] = rows  # in order of year and term: the latest is written last
    return found


def _tests(ground: Ground, measure: Measure, window: int) -> Tests:
    """Return the tests of a window of years that ends with the day's, oldest first."""
    frame = ground.roster["test_results"]
    owner = ground.owners_of("test_results")
    ago = measure.on.year - frame["test_year"].fill_null(0).to_numpy()
    rows = np.flatnonzero((owner >= 0) & (ago >= 0) & (ago < max(window, 1)))
    term = frame["test_term"].eq(_LATER_TERM).fill_null(value=False).to_numpy()
    subject = frame["subject"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
    rows = rows[np.lexsort((rows, term[rows], -ago[rows], owner[rows]))]
    return Tests(rows, owner[rows], subject[rows], ago[rows])


def _missing_years(ground: Ground, measure: Measure, tests: Tests) -> NDArray[np.bool_]:
    """Return which years of the window each person has no test in; the day's year first."""
    shape = (ground.persons.height, max(int(measure.figure("window")), 1))
    missing = np.ones(shape, dtype=np.bool_)
    missing[tests.owner, tests.ago] = False
    return missing


def _in_last_places(ground: Ground, measure: Measure, tests: Tests) -> tuple[Mask, Mask]:
    """Return which tests were in the last places, and of which that is not known."""
    frame = ground.roster["test_results"][tests.row]
    unknown = (frame["test_rank"].is_null() | frame["entrants"].is_null()).to_numpy()
    entrants = frame["entrants"].fill_null(0).to_numpy()
    unknown |= entrants < measure.figure("small_group")
    rank = frame["test_rank"].fill_null(0).to_numpy()
    last = rank > entrants - int(measure.figure("from_bottom"))
    return last & ~unknown, unknown


def _some(tests: Tests, yes: Mask, unknown: Mask, size: int) -> Truth:
    found = marked(tests.owner[yes], size)
    return Truth(found, marked(tests.owner[unknown], size) & ~found)


def _each(tests: Tests, yes: Mask, unknown: Mask, size: int) -> Truth:
    no = marked(tests.owner[~yes & ~unknown], size)
    open_ended = marked(tests.owner[unknown], size) & ~no
    return Truth(~no & ~open_ended, open_ended)


def _twice(tests: Tests, yes: Mask, unknown: Mask, size: int) -> Truth:
    """Answer whether two tests running in one subject were both in the last places."""
    order = np.lexsort((np.arange(len(tests.row)), tests.subject, tests.owner))
    first, second = order[:-1], order[1:]
    running = tests.owner[first] == tests.owner[second]
    running &= tests.subject[first] == tests.subject[second]
    both = running & yes[first] & yes[second]
    may_be = running & (yes | unknown)[first] & (yes | unknown)[second]
    found = marked(tests.owner[first][both], size)
    return Truth(found, marked(tests.owner[first][may_be], size) & ~found)


def _every_year(
    ground: Ground, measure: Measure, tests: Tests, answers: tuple[Mask, Mask]
) -> Computed:
    """Answer whether in each year of the window some test was in the last places."""
    last, unknown = answers
    results = np.where(last, int(Result.YES), np.where(unknown, int(Result.UNKNOWN), 0))
    shape = (ground.persons.height, max(int(measure.figure("window")), 1))
    found = yearly(tests.owner, tests.ago, results, shape, best=True)
    truth = found.taken(measure.word("missing")).every()
    return Computed(Truths(truth), (Gap("test_results", "test_rank", truth.unknown),))
