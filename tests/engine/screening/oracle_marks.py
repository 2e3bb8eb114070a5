"""Plain readings of the facts from appraisals, tests and scores, for the oracle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from junheng.engine import codes
from tests.engine.screening.plain import LONG_AGO, Truth, add_months, begins, conj, disj

INFINITE = 10**9
Row = dict[str, Any]
Settings = dict[str, Any]
_CHANGES = ["上升", "持平", "下降"]


def _last_complete(o: Any, settings: Settings) -> int:
    if settings["year"] == "calendar_year":
        return int(o.on.year) - 1
    return int(o.on.year) - (1 if o.on >= date(o.on.year, 8, 31) else 2)


def _appraised(o: Any, settings: Settings, person: Row) -> dict[int, list[str | None]]:
    found: dict[int, list[str | None]] = {}
    for row in o.rows("appraisals", person):
        if row["appraisal"] in settings["appraisal"]:
            ago = _last_complete(o, settings) - row["appraisal_year"]
            found.setdefault(ago, []).append(row["grade"])
    return found


def _reached(grades: list[str | None], settings: Settings) -> Truth:
    return conj([None if each is None else each in settings["grades"] for each in grades])


def _year(
    years: dict[int, list[str | None]], ago: int, settings: Settings, missing: str
) -> Truth | str:
    if ago in years:
        return _reached(years[ago], settings)
    return {"unknown": None, "not_met": False, "skip": "skip"}[missing]


def appraised_grade(o: Any, settings: Settings, person: Row) -> set[str]:
    years = _appraised(o, settings, person)
    asked, told = 0, True
    if settings["which"] == "latest":
        asked = min((ago for ago in years if ago >= -1), default=-99)
        told = o.closed("appraisals", settings["appraisal"], person)
    grades = {*years.get(asked, [None])}
    if not told or len(grades) > 1 or None in grades:
        return {*codes.GRADE.codes}
    return {str(each) for each in grades}


def appraisals_all_reach(o: Any, settings: Settings, person: Row) -> Truth:
    years = _appraised(o, settings, person)
    window = max(int(settings["window"][0]), 1)
    answers = [_year(years, ago, settings, settings["missing"]) for ago in range(window)]
    kept: list[Any] = [each for each in answers if each != "skip"]
    return conj(kept) if kept else None


def appraisals_in_a_row(o: Any, settings: Settings, person: Row) -> Any:
    years = _appraised(o, settings, person)
    ends = []
    for counted in ({True}, {True, None}):
        run = 0
        for ago in range(200):
            answer = _year(years, ago, settings, settings["missing"])
            if answer == "skip":
                continue
            if answer not in counted:
                break
            run += 1
        ends.append(run)
    return ends[0], INFINITE if ends[1] > 100 else ends[1]


def appraisals_reaching(o: Any, settings: Settings, person: Row) -> Any:
    years = {ago: g for ago, g in _appraised(o, settings, person).items() if ago >= 0}
    closed = o.closed("appraisals", settings["appraisal"], person)
    limit, sure = INFINITE, True
    if settings["during"] == "window":
        limit = max(int(settings.get("window", (0,))[0]), 1)
    if settings["during"] == "placement":
        sure = o.closed("exchanges", (), person)
        limit = _years_on_exchange(o, settings, person)
    answers = [_reached(g, settings) for ago, g in years.items() if ago < limit]
    yes, no, unknown = (answers.count(each) for each in (True, False, None))
    most = INFINITE if limit == INFINITE or not sure else max(limit - no, yes)
    return yes if sure else 0, yes + unknown if closed and sure else most


def _years_on_exchange(o: Any, settings: Settings, person: Row) -> int:
    begun = [
        row["since"]
        for row in o.rows("exchanges", person)
        if row["exchange_kind"] != "无" and row["since"] is not None and row["since"] <= o.on
    ]
    if not begun:
        return 0
    start = max(begun)
    first = start.year
    if settings["year"] == "school_year":
        first -= start.month < 9
    return int(max(_last_complete(o, settings) - first + 1, 0))


# -- tests


def _tests(o: Any, person: Row, window: int) -> list[Row]:
    rows = [
        row
        for row in o.rows("test_results", person)
        if 0 <= o.on.year - row["test_year"] < max(window, 1)
    ]
    return sorted(rows, key=lambda row: (row["test_year"], row["test_term"] == "下学期"))


def _in_last_places(row: Row, settings: Settings) -> Truth:
    if row["test_rank"] is None or row["entrants"] is None:
        return None
    if row["entrants"] < settings["small_group"][0]:
        return None
    return bool(row["test_rank"] > row["entrants"] - settings["from_bottom"][0])


def test_rank_run(o: Any, settings: Settings, person: Row) -> Truth:
    window = max(int(settings["window"][0]), 1)
    rows = _tests(o, person, window)
    answers = [_in_last_places(row, settings) for row in rows]
    lacking = len({row["test_year"] for row in rows}) < window
    missing = settings["missing"]
    taken: dict[str, list[Truth]] = {"unknown": [None], "not_met": [False], "skip": []}
    instead = taken[missing] if lacking else []
    match settings["times"]:
        case "once":
            return disj([*answers, *instead, False])
        case "every_test":
            return conj([*answers, *instead]) if rows or instead == [False] else None
        case "every_year":
            years = {row["test_year"] for row in rows}
            each = [
                disj([a for a, row in zip(answers, rows, strict=True) if row["test_year"] == y])
                for y in years
            ]
            return conj([*each, *instead]) if years or instead == [False] else None
    pairs: list[Truth] = []
    for subject in {row["subject"] for row in rows}:
        own = [a for a, row in zip(answers, rows, strict=True) if row["subject"] == subject]
        pairs += [conj([a, b]) for a, b in pairwise(own)]
    return disj([*pairs, *instead, False])


def test_gap(o: Any, settings: Settings, person: Row) -> Any:
    window = max(int(settings["window"][0]), 1)
    rows = _tests(o, person, window)
    years = {row["test_year"] for row in rows}
    missing, worst = settings["missing"], settings["worst"] == "yes"
    lacking = len(years) < window if worst else o.on.year not in years
    if not worst:
        rows = [row for row in rows if row["test_year"] == max(years)]
        if lacking and missing == "unknown":
            return -INFINITE, INFINITE
        if lacking and missing == "not_met":
            return -INFINITE, -INFINITE
    if not rows:
        return -INFINITE, -INFINITE if missing == "not_met" else INFINITE
    gaps = [_gap(row, settings) for row in rows]
    low, high = max(each[0] for each in gaps), max(each[1] for each in gaps)
    return low, INFINITE if lacking and missing == "unknown" else high


def _gap(row: Row, settings: Settings) -> tuple[Any, Any]:
    if row["own_average"] is None or row["town_average"] is None:
        return -INFINITE, INFINITE
    gap = Fraction(row["town_average"]) - Fraction(row["own_average"])
    gap = abs(gap) if settings["direction"] == "either" else gap
    return gap, gap


def test_rank_change(o: Any, settings: Settings, person: Row) -> set[str]:
    rows = _tests(o, person, o.on.year)
    starts = [row for row in rows if row["take_over"]]
    if not starts:
        return {*_CHANGES}
    start = starts[-1]
    end = [row for row in rows if row["subject"] == start["subject"]][-1]
    if end is start or start["test_rank"] is None or end["test_rank"] is None:
        return {*_CHANGES}
    before, after = start["test_rank"], end["test_rank"]
    return {_CHANGES[0 if after < before else 1 if after == before else 2]}


# -- scores


def _points(o: Any, settings: Settings, person: Row) -> tuple[Any, Any] | None:
    rows = [
        row
        for row in o.rows("scores", person)
        if row["rubric_id"] in settings["rubric"] and (row["scored_on"] or LONG_AGO) <= o.on
    ]
    if not rows:
        return None
    latest = max(row["scored_on"] or LONG_AGO for row in rows)
    points = [row["points"] for row in rows if (row["scored_on"] or LONG_AGO) == latest]
    if None in points:
        return -INFINITE, INFINITE
    return Fraction(min(points)), Fraction(max(points))


def score(o: Any, settings: Settings, person: Row) -> Any:
    return _points(o, settings, person) or (-INFINITE, INFINITE)


def _group(o: Any, settings: Settings, person: Row) -> tuple[Any, ...]:
    unit = o.units.get(person["unit_id"], {})
    known = {
        "unit": person["unit_id"] if unit else None,
        "zone": unit.get("zone"),
        "county": unit.get("county"),
    }
    return tuple(known.get(word, person.get(word)) for word in settings["within"])


def rank_in_group(o: Any, settings: Settings, person: Row) -> Any:
    own, group = _points(o, settings, person), _group(o, settings, person)
    if own is None or None in group:
        return 1, INFINITE
    first, last = 1, 1
    for other in o.people.values():
        if other["person_id"] == person["person_id"]:
            continue
        theirs = _points(o, settings, other)
        where = _group(o, settings, other)
        if theirs is None and o.closed("scores", (), other):
            continue
        if None in where:
            last += 1
        elif where == group:
            low, high = theirs or (-INFINITE, INFINITE)
            first += theirs is not None and low > own[1]
            last += high > own[0]
    return first, last


# -- honours


def awarded(o: Any, settings: Settings, row: Row) -> Truth:
    """Return whether an honour was awarded in the time asked about."""
    begin = [each[0] for each in (settings.get("since"),) if each]
    if "window" in settings:
        begin.append(add_months(o.on, -int(settings["window"][0] * 12)) + timedelta(1))
    until = settings.get("until")
    if row["since"] is None and (begin or until):
        return None
    answers = {
        all(each >= one for one in begin) and (not until or each < until[0])
        for each in begins(row)
    }
    return answers.pop() if len(answers) == 1 else None


MARKS: dict[str, Callable[[Any, Settings, Row], Any]] = {
    "appraised_grade": appraised_grade,
    "appraisals_all_reach": appraisals_all_reach,
    "appraisals_in_a_row": appraisals_in_a_row,
    "appraisals_reaching": appraisals_reaching,
    "test_rank_run": test_rank_run,
    "test_gap": test_gap,
    "test_rank_change": test_rank_change,
    "score": score,
    "rank_in_group": rank_in_group,
}
