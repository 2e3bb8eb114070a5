"""Three-valued logic and calendar for the oracle, one value at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from junheng.engine.policy import conditions as c
from junheng.engine.policy.items import RetirementSchedule, RetirementStep

FAR, LONG_AGO = date(2300, 1, 1), date(1800, 1, 1)
Truth = bool | None
SUPPORT = {"支教", "轮岗", "交流", "跟岗", "挂职", "走教", "借调"}
LEAVE = {"病休", "产假", "脱产学习", "长期事假"}
ALL_KINDS = {"任教", "任职"} | SUPPORT | LEAVE
LED = {"校长", "副校长", "书记", "副书记"} | {
    f"党{body}{post}" for body in ("支部", "总支", "委") for post in ("书记", "副书记")
}


def conj(parts: list[Truth]) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True


def disj(parts: list[Truth]) -> Truth:
    if True in parts:
        return True
    return None if None in parts else False


def neg(truth: Truth) -> Truth:
    return None if truth is None else not truth


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


def months_between(since: date, until: date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def statutory(birth: date, step: RetirementStep) -> date:
    """Return the day of the statutory age: one month later per step begun since a month."""
    later = 0
    if step.first_birth is not None:
        cohort = date(*step.first_birth, 1)
        while later < step.cap_months and cohort <= birth:
            later, cohort = later + 1, add_months(cohort, step.step_months)
    return add_months(birth, step.base_years * 12 + later)


def until_day(since: date, until: date) -> Fraction:
    """Return the years up to a later or earlier day; a hair more where days are left over."""
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    while add_months(since, months) > until:
        months -= 1
    left = (until - add_months(since, months)).days
    return Fraction(months, 12) + Fraction(left, 100_000)


def spans_to_retirement(
    person: dict[str, Any], ages: RetirementSchedule, on: date
) -> list[Fraction]:
    """Return the spans of all births and retirement kinds still possible."""
    birth, kind = person["birth"], person["retirement_kind"]
    by_sex = {"男": ["男"], "女": ["女干部", "女工人"], None: ["男", "女干部", "女工人"]}
    return [
        until_day(on, statutory(day, step))
        for step in ages.steps
        if step.kind in ([kind] if kind else by_sex[person["sex"]])
        for day in ({birth, last_day(birth, person["birth_precision"])} if birth else ())
    ]


def septembers(since: date, until: date) -> int:
    """Count whole school years in [since, until) by looking at each."""
    years = range(since.year - 1, until.year + 1)
    return sum(since <= date(y, 9, 1) and date(y + 1, 9, 1) <= until for y in years)


def school_years(settings: dict[str, Any], since: date, until: date) -> int:
    """Count school years in [since, until), parts of them as the pack takes them."""
    part, whole = settings["part_year"], septembers(since, until)
    if since >= until or part == "drop":
        return whole
    if part == "count":
        years = range(since.year - 1, until.year + 1)
        return sum(date(y, 9, 1) < until and since < date(y + 1, 9, 1) for y in years)
    cuts = [date(y, 9, 1) for y in range(since.year, until.year + 1)]
    cuts = [since, *(cut for cut in cuts if since < cut < until), until]
    months = [months_between(a, b) for a, b in pairwise(cuts)]
    full = [
        a.month == 9 and a.day == 1 and b == date(a.year + 1, 9, 1) for a, b in pairwise(cuts)
    ]
    enough = settings["round_up_from"][0]
    return sum(f or m >= enough for f, m in zip(full, months, strict=True))


def last_day(day: date, precision: str | None) -> date:
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return add_months(day.replace(day=1), 1) - timedelta(1)
    return day


def begins(row: dict[str, Any]) -> tuple[date, date]:
    if row["since"] is None:
        return LONG_AGO, FAR
    year = row["since_precision"] == "year"
    return row["since"], date(row["since"].year, 12, 31) if year else row["since"]


def window_start(settings: Mapping[str, Any], end: date) -> date:
    """Return the first day that counts: so many years before the end, or any day."""
    if "window" not in settings:
        return LONG_AGO
    return add_months(end, -int(settings["window"][0] * 12))


def union(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join spans that overlap or touch."""
    found: list[tuple[date, date]] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def number(figure: Any) -> Fraction:
    """Return the number a figure is."""
    value = figure.values[0]
    assert isinstance(value, Fraction)
    return value


def opinion(row: dict[str, Any], body: str) -> Truth:
    said = row["school_approval" if body == "own-unit" else "bureau_approval"]
    return None if said is None else said == "同意"


def ordered(value: Any, comparison: c.Comparison, figure: Any) -> bool:
    inclusive = comparison.reading == "inclusive"
    match comparison.comparator:
        case c.Comparator.AT_LEAST:
            return bool(value >= figure)
        case c.Comparator.AT_MOST:
            return bool(value <= figure)
        case c.Comparator.MORE_THAN:
            return bool(value > figure)
        case c.Comparator.LESS_THAN:
            return bool(value < figure)
        case c.Comparator.UP_TO:
            return bool(value <= figure if inclusive else value < figure)
        case _:
            return bool(value >= figure if inclusive else value > figure)


def doings(row: dict[str, Any]) -> set[str]:
    """Return everything that may have been done, whatever the blank cells hold."""
    kind, post = row["stint_kind"], row["post"]
    if kind is None:
        return set[str]().union(*(doings(row | {"stint_kind": k}) for k in ALL_KINDS))
    if kind == "任教":
        return {"teaching"}
    if kind in LEAVE:
        return {"leave"}
    if kind in SUPPORT and row["relation_moved"] is False:
        return {"support"}
    led = post is not None and any(p in LED for p in re.split(r"[、，,/和兼\s]+", post))
    office = {"teaching", "leading"} if post is None else {"leading" if led else "teaching"}
    return office | ({"support"} if kind in SUPPORT and not row["relation_moved"] else set())


def office(post: str) -> int:
    """Return 2 for who leads a school, 1 for who is deputy, else 0."""
    parts = {p for p in re.split(r"[、，,/和兼\s]+", post) if p in LED}
    return 0 if not parts else 1 if all("副" in p for p in parts) else 2


def told_apart(settings: dict[str, Any], possible: set[str]) -> list[str]:
    """Keep one of those that count alike."""
    wanted = set(settings["doing"])
    roles = {
        "base"
        if each in wanted or ("any" in wanted and each in {"teaching", "leading"})
        else settings["spells"].get(each, ""): each
        for each in sorted(possible)
    }
    return list(roles.values())


def reach_back(
    own: list[tuple[date, date]], bridging: list[tuple[date, date]], gap: int, on: date
) -> date | None:
    spans = [*own, *bridging]
    covered = min(since for since, until in spans if until > on)
    grown = True
    while grown:
        grown = False
        for since, until in spans:
            if since < covered <= until + timedelta(gap):
                covered, grown = since, True
    starts = [since for since, _ in own if since >= covered]
    return min(starts) if starts else None
