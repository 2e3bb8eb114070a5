"""Plain readings of the further facts, one person at a time, for the oracle.

``o`` is the oracle, for its rows, declarations and calendar. Ranges are pairs, truths True,
False or None, words a set of those still possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from tests.engine.screening.oracle_marks import MARKS, awarded
from tests.engine.screening.oracle_tenure import tenure
from tests.engine.screening.plain import (
    FAR,
    Truth,
    add_months,
    begins,
    conj,
    disj,
    doings,
    last_day,
    months_between,
    neg,
    union,
    window_start,
)

INFINITE = 10**9
Row = dict[str, Any]
Settings = dict[str, Any]
_WORK = {"teaching", "leading", "support"}
_TITLES = [*codes.TITLE.codes, "不申报"]


def _end(o: Any, settings: Settings) -> date:
    end: date = o.on + timedelta(settings["clock"] == "school_years")
    return end


def _time(
    o: Any, settings: Settings, rows: list[Row], *, late: bool
) -> list[tuple[date, date]]:
    end = _end(o, settings)
    start = window_start(settings, end)
    return [
        (max(begins(row)[int(late)], start), min(row["until"] or FAR, end))
        for row in rows
        if begins(row)[0] <= o.on and (row["until"] or FAR) > start
    ]


def _span(since: date, until: date) -> Fraction:
    """Return the years between two days; a hair more where days are left over."""
    months = months_between(since, until)
    left = (until - add_months(since, months)).days
    return Fraction(months, 12) + Fraction(left, 100_000)


# -- dates of a person


def _since(column: str) -> Callable[[Any, Settings, Row], Any]:
    def years(o: Any, settings: Settings, person: Row) -> Any:
        if person[column] is None:
            return Fraction(0), INFINITE
        row = {"since": person[column], "since_precision": person[f"{column}_precision"]}
        first, last = begins(row)
        return o.elapsed(settings, last), o.elapsed(settings, first)

    return years


def years_to_leaving_office(o: Any, settings: Settings, person: Row) -> Any:
    day = person["leaves_office_on"]
    if day is None:
        return -INFINITE, INFINITE
    last = last_day(day, person["leaves_office_on_precision"])
    return _span(o.on, day), _span(o.on, last)


# -- service


def accumulated_years(o: Any, settings: Settings, person: Row) -> Any:
    wanted = {*settings["doing"]}
    wanted |= _WORK if "any" in wanted else set()
    sure, maybe = [], []
    for row in o.rows("stints", person):
        here = _here(o, settings, row, person)
        here = conj([here, _named(settings, row)])
        if here is True and doings(row) <= wanted:
            sure.append(row)
        if here is not False and doings(row) & wanted:
            maybe.append(row)
    low = o.in_all(settings, union(_time(o, settings, sure, late=True)))
    high = max(low, o.in_all(settings, union(_time(o, settings, maybe, late=False))))
    return low, high if o.closed("stints", (), person) else INFINITE


def _named(settings: Settings, row: Row) -> Truth:
    if "posts" not in settings:
        return True
    if row["post"] is None:
        return None
    return any(each in settings["posts"] for each in re.split(r"[、，,/和兼\s]+", row["post"]))


def _here(o: Any, settings: Settings, row: Row, person: Row) -> Truth:
    if settings["where"] == "anywhere":
        return True
    if settings["where"] == "own_unit":
        return bool(o.unit_of(row, settings) == o.unit_of(person, settings))
    zones = [o.units.get(each["unit_id"], {}).get("zone") for each in (row, person)]
    return None if None in zones else zones[0] == zones[1]


def years_teaching(o: Any, settings: Settings, person: Row) -> Any:
    if person["teaching_since"] is not None:
        return _since("teaching_since")(o, settings, person)
    rows = o.rows("stints", person)
    taught = {"teaching", "support"}
    sure = [row for row in rows if doings(row) <= taught]
    maybe = [row for row in rows if doings(row) & taught]
    low = o.in_all(settings, union(_time(o, settings, sure, late=True)))
    high = max(low, o.in_all(settings, union(_time(o, settings, maybe, late=False))))
    return low, high if o.closed("stints", (), person) else INFINITE


def units_served(o: Any, settings: Settings, person: Row) -> Any:
    counts = []
    for late, certain in ((True, True), (False, False)):
        places: dict[Any, list[Row]] = {}
        for row in o.rows("stints", person):
            done, named = doings(row), _named(settings, row)
            if (done <= _WORK and named) if certain else (done & _WORK and named is not False):
                places.setdefault(o.unit_of(row, settings), []).append(row)
        if settings["include_present"] == "no":
            places.pop(o.unit_of(person, settings), None)
        spells = [union(_time(o, settings, rows, late=late)) for rows in places.values()]
        years = [o.in_all(settings, each) for each in spells if each]
        counts.append(sum(each >= settings["each_at_least"][0] for each in years))
    closed = o.closed("stints", (), person)
    return counts[0], max(counts) if closed else INFINITE


def _recent(o: Any, person: Row, *, certain: bool) -> list[str]:
    """Return the units worked at by the day, the latest first."""
    found = []
    for row in o.rows("stints", person):
        done, since = doings(row), begins(row)[int(certain)]
        until = min(row["until"] or FAR, o.on)
        if ((done <= _WORK) if certain else (done & _WORK)) and since < until:
            unit = row["unit_id"]
            key = (-until.toordinal(), -since.toordinal(), unit not in o.units, unit)
            found.append(key)
    return list(dict.fromkeys(key[3] for key in sorted(found)))


def zones_served(o: Any, settings: Settings, person: Row) -> Any:
    sure, every = _recent(o, person, certain=True), _recent(o, person, certain=False)
    limit = settings.get("within_last", (0,))[0] or INFINITE
    zones = [o.units.get(unit, {}).get("zone") for unit in sure][: int(min(limit, 1000))]
    named, blank = len({*zones} - {None}), zones.count(None)
    low, high = max(named, int(blank > 0)), named + blank
    if len(sure) != len(every):
        low, high = min(low, 1), min(len(every), limit)
    if not o.closed("stints", (), person):
        low = low if limit == INFINITE else min(low, 1)
        high = limit
    return low, high


def exchange_experience(o: Any, settings: Settings, person: Row) -> Any:
    wanted, credit = settings.get("arrangements", ()), settings.get("credit", ())
    rows = [
        row
        for row in o.rows("exchanges", person)
        if (row["exchange_kind"] in wanted if wanted else row["exchange_kind"] != "无")
    ]
    sure = [*rows, *(r for r in o.rows("stints", person) if r["stint_kind"] in credit)]
    maybe = [
        *rows,
        *(
            r
            for r in o.rows("stints", person)
            if credit and (r["stint_kind"] is None or r["stint_kind"] in credit)
        ),
    ]
    if settings["completed"] == "yes":
        end = _end(o, settings)
        sure, maybe = (
            [row for row in each if (row["until"] or FAR) <= end] for each in (sure, maybe)
        )
    low = o.in_all(settings, union(_time(o, settings, sure, late=True)))
    high = max(low, o.in_all(settings, union(_time(o, settings, maybe, late=False))))
    closed = o.closed("exchanges", (), person)
    if credit:
        closed = closed and o.closed("stints", (), person)
    return low, high if closed else INFINITE


def village_service_done(o: Any, settings: Settings, person: Row) -> Truth:
    row = {
        "since": person["transferred_on"],
        "since_precision": person["transferred_on_precision"],
    }
    first, last = begins(row)
    totals = []
    for certain, start in ((True, last), (False, first)):
        spans = o.area_spans({**settings, "spell": "total"}, person, certain=certain)
        cut = [(max(since, start), until) for since, until in spans]
        totals.append(o.in_all(settings, union(cut)))
    low, high = totals[0], max(totals)
    high = high if o.closed("stints", (), person) else INFINITE
    enough = settings["at_least"][0]
    return True if low >= enough else None if high >= enough else False


def terms_served(o: Any, settings: Settings, person: Row) -> Any:
    asked = {**settings, "doing": ("leading",), "clock": "months", "part_year": "drop"}
    low, high = tenure(o, asked, person)
    term = settings["term_length"][0]
    return low // term, INFINITE if high >= INFINITE else high // term


def promoted_at_unit(o: Any, settings: Settings, person: Row) -> Truth:
    if person["unit_id"] not in o.units:
        rows = []
    else:
        rows = [
            row
            for row in o.rows("stints", person)
            if o.unit_of(row, settings) == o.unit_of(person, settings)
            and doings(row) != {"leave"}
            and begins(row)[0] <= o.on
        ]
    known = [
        row
        for row in rows
        if row["post"] is not None and "leave" not in doings(row) and begins(row)[1] <= o.on
    ]
    now = [row for row in known if (row["until"] or FAR) > o.on]
    level = max((o.office(row["post"]) for row in now), default=0)
    held = [begins(row) for row in now if o.office(row["post"]) == level]
    lower = [begins(row) for row in known if o.office(row["post"]) < level]
    first, last = min((h[0] for h in held), default=FAR), min((h[1] for h in held), default=FAR)
    if any(each[1] < first for each in lower):
        return True
    loose = len(known) != len(rows) or any(each[0] < last for each in lower)
    return None if loose or not o.closed("stints", (), person) else False


# -- grounds


def _window(o: Any, settings: Settings) -> date:
    years = settings.get("window", (0,))[0]
    return o.on if not years else add_months(o.on, -int(years * 12)) + timedelta(1)


def _held(
    o: Any, table: str, column: str, kinds: tuple[str, ...], person: Row, begin: date
) -> Truth:
    answers: list[Truth] = []
    for row in o.rows(table, person):
        first, last = begins(row)
        wanted = not kinds or row[column] in kinds
        if wanted and first <= o.on and (row["until"] or FAR) > begin:
            answers.append(True if last <= o.on else None)
    return disj([*answers, False if o.closed(table, kinds, person) else None])


def circumstance(o: Any, settings: Settings, person: Row) -> Truth:
    begin = _window(o, settings)
    return _held(o, "circumstances", "circumstance", settings["kinds"], person, begin)


def full_load(o: Any, settings: Settings, person: Row) -> Truth:
    kinds = ("不能满负荷工作",)
    return neg(_held(o, "circumstances", "circumstance", kinds, person, o.on))


def sanction_in_force(o: Any, settings: Settings, person: Row) -> Truth:
    return _held(o, "sanctions", "sanction", settings.get("kinds", ()), person, o.on)


def obligation(o: Any, settings: Settings, person: Row) -> Truth:
    held = _held(o, "obligations", "obligation", settings.get("kinds", ()), person, o.on)
    return neg(held) if settings["state"] == "met" else held


def circumstance_time(o: Any, settings: Settings, person: Row) -> Any:
    rows = [
        r for r in o.rows("circumstances", person) if r["circumstance"] in settings["kinds"]
    ]
    low, high = (
        o.in_all(
            settings,
            union(
                [
                    (begins(row)[late], min(row["until"] or FAR, o.on))
                    for row in rows
                    if begins(row)[0] <= o.on
                ]
            ),
        )
        for late in (1, 0)
    )
    closed = o.closed("circumstances", settings["kinds"], person)
    return low, max(low, high) if closed else INFINITE


def years_since_sanction(o: Any, settings: Settings, person: Row) -> Any:
    kinds = settings.get("kinds", ())
    closed = o.closed("sanctions", kinds, person)
    low: Fraction | int = INFINITE if closed else 0
    high: Fraction | int = INFINITE
    for row in o.rows("sanctions", person):
        if (kinds and row["sanction"] not in kinds) or begins(row)[0] > o.on:
            continue
        until = row["until"] or FAR
        ago = _span(until, o.on) if until <= o.on else Fraction(0)
        low = min(low, ago)
        if begins(row)[1] <= o.on:
            high = min(high, ago)
    return low, high


def years_since_circumstance(o: Any, settings: Settings, person: Row) -> Any:
    closed = o.closed("circumstances", settings["kinds"], person)
    low: Fraction | int = INFINITE if closed else 0
    high: Fraction | int = INFINITE
    for row in o.rows("circumstances", person):
        first, last = begins(row)
        if row["circumstance"] not in settings["kinds"] or first > o.on:
            continue
        ends = (first, last) if settings["from"] == "began" else (row["until"] or FAR,) * 2
        least, most = (Fraction(0) if each > o.on else _span(each, o.on) for each in ends[::-1])
        low = min(low, least)
        if last <= o.on:
            high = min(high, most)
    return low, high


def ban_in_force(o: Any, settings: Settings, person: Row) -> Truth:
    asked = {*settings.get("from", ()), *settings.get("matters", ())}
    answers: list[Truth] = []
    for row in o.rows("sanctions", person):
        held = o.in_force(row)
        barred = row["barred_from"]
        if barred is None:
            meant: Truth = True if not asked and row["sanction"] == "限制期" else None
        else:
            meant = not asked or bool(asked & {*re.split(r"[、，,;；/\s]+", barred)})
        answers.append(conj([held, meant]))
    return disj([*answers, False if o.closed("sanctions", (), person) else None])


def child_grade_at_unit(o: Any, settings: Settings, person: Row) -> Any:
    year = o.on.year - (o.on.month < 9)
    sure: list[int] = []
    maybe: list[tuple[int, int]] = []
    for row in o.rows("children", person):
        passed = year - row["school_year"]
        here = row["unit_id"] == person["unit_id"] and row["unit_id"] in o.units
        now = None if row["grade"] is None else row["grade"] + passed
        if passed < 0 or (now is not None and not 1 <= now <= 12):
            continue
        if here and now is not None:
            sure.append(now)
        if here or row["unit_id"] is None:
            maybe.append((1, 12) if now is None else (now, now))
    closed = o.closed("children", (), person)
    if not closed:
        maybe.append((1, 12))
    youngest = settings["youngest"] == "yes"
    if not sure:
        return 0, max((high for _, high in maybe), default=0)
    if youngest:
        return min([*sure, *(low for low, _ in maybe)]), min(sure)
    return max(sure), max([*sure, *(high for _, high in maybe)])


def kin_at_unit(o: Any, settings: Settings, person: Row) -> Truth:
    degrees = settings.get("degrees", ())
    for row in o.roster["kinship"].to_dicts():
        ends = {row["person_id"], row["relative_id"]}
        if person["person_id"] not in ends or (degrees and row["kinship"] not in degrees):
            continue
        others = [o.people.get(each) for each in ends - {person["person_id"]}]
        if person["unit_id"] in o.units and any(
            other is not None and other["unit_id"] == person["unit_id"] for other in others
        ):
            return True
    return False if o.closed("kinship", degrees, person) else None


# -- honours and benefits


def confirmed_backbone(o: Any, settings: Settings, person: Row) -> Truth:
    answers: list[Truth] = []
    for row in o.rows("honours", person):
        if row["honour"] in settings["kinds"]:
            held = o.in_force(row) if row["since"] else (row["until"] or FAR) > o.on
            answers.append(conj([held, row["confirmed"], awarded(o, settings, row)]))
    closed = o.closed("honours", settings["kinds"], person)
    return disj([*answers, False if closed else None])


def benefit_years(o: Any, settings: Settings, person: Row) -> Any:
    rows = [
        row
        for row in o.rows("benefits", person)
        if row["benefit"] in settings["benefit"] and row["benefit_year"] <= o.on.year
    ]
    any_part = settings["full"] == "no"
    low = len({r["benefit_year"] for r in rows if any_part or r["full"]})
    high = len({r["benefit_year"] for r in rows if any_part or r["full"] is not False})
    return low, high if o.closed("benefits", settings["benefit"], person) else INFINITE


# -- wishes


def seeks_title(o: Any, settings: Settings, person: Row) -> set[str]:
    rows = o.applications("申报职称", person)
    if not rows:
        return {"不申报"} if o.closed("wishes", ("申报职称",), person) else {*_TITLES}
    if any(row["sought"] is None for row in rows):
        return {*_TITLES}
    places = [_TITLES.index(row["sought"]) for row in rows]
    return {*_TITLES[min(places) : max(places) + 1]}


def first_wish_repeated(o: Any, settings: Settings, person: Row) -> Any:
    first = {}
    for row in o.applications("志愿", person):
        if row["wish_rank"] == 1:
            year = row["wished_on"].year if row["wished_on"] else o.on.year
            first[year] = row["unit_id"]
    run, year = 0, o.on.year
    while first.get(year) is not None and first[year] == first[o.on.year]:
        run, year = run + 1, year - 1
    ended = first.get(year) is not None or o.closed("wishes", ("志愿",), person)
    return run, run if ended else INFINITE


def agreement_found(o: Any, settings: Settings, person: Row) -> Truth:
    answers: list[Truth] = []
    for row in o.applications("对调", person):
        other = o.people.get(row["partner_id"])
        if row["partner_id"] is None:
            answers.append(None)
        elif other is not None:
            theirs = [r["partner_id"] for r in o.applications("对调", other)]
            no = False if o.closed("wishes", ("对调",), other) else None
            answers.append(True if person["person_id"] in theirs else no)
    return disj([*answers, False if o.closed("wishes", ("对调",), person) else None])


def commute(o: Any, settings: Settings, person: Row) -> Any:
    rows = [
        row[settings["measure"]]
        for row in o.rows("travel", person)
        if row["unit_id"] == person["unit_id"] and row["unit_id"] in o.units
    ]
    low = min((0 if each is None else each for each in rows), default=0)
    high = max((INFINITE if each is None else each for each in rows), default=INFINITE)
    return Fraction(low), Fraction(high)


# -- present


def teaches(o: Any, settings: Settings, person: Row) -> Truth:
    lessons = person["weekly_lessons"]
    flag: Truth = person["full_time_teacher"]
    return flag if lessons is None else bool(lessons > 0)


def sole_subject_teacher(o: Any, settings: Settings, person: Row) -> Truth:
    subject = person["subject"]
    if subject is None or person["unit_id"] not in o.units:
        return None
    if subject == "无":
        return False
    answers = [
        conj(
            [
                other["full_time_teacher"],
                None if not other["subject"] else other["subject"] == subject,
            ]
        )
        for other in o.people.values()
        if other["unit_id"] == person["unit_id"] and other["person_id"] != person["person_id"]
    ]
    return neg(disj([*answers, False]))


# -- sets


def honours(o: Any, settings: Settings, words: tuple[Any, ...], person: Row) -> Truth:
    answers: list[Truth] = []
    for row in o.rows("honours", person):
        if row["honour"] not in words:
            continue
        held = o.in_force(row) if row["since"] else (row["until"] or FAR) > o.on
        levels = settings.get("levels")
        level = True if not levels else row["honour_level"] and row["honour_level"] in levels
        if levels and row["honour_level"] is None:
            level = None
        answers.append(conj([held, level, awarded(o, settings, row)]))
    return disj([*answers, False if o.closed("honours", tuple(words), person) else None])


def incidents(o: Any, settings: Settings, words: tuple[Any, ...], person: Row) -> Truth:
    begin = _window(o, settings) if settings.get("window") else None
    answers: list[Truth] = []
    for row in o.rows("incidents", person):
        if row["incident"] not in words:
            continue
        if row["recorded_on"] is None:
            answers.append(None)
            continue
        ends = (row["recorded_on"], last_day(row["recorded_on"], row["recorded_on_precision"]))
        inside = {(begin is None or each >= begin) and each <= o.on for each in ends}
        if ends[0] > o.on or (begin is not None and ends[1] < begin):
            continue
        sure = inside == {True} and row["decided_by"] is not None
        answers.append(True if sure else None)
    return disj([*answers, False if o.closed("incidents", tuple(words), person) else None])


def legal_status(o: Any, settings: Settings, words: tuple[Any, ...], person: Row) -> Truth:
    return _held(o, "circumstances", "circumstance", tuple(words), person, o.on)


def subjects(o: Any, settings: Settings, words: tuple[Any, ...], person: Row) -> Truth:
    held = {person["subject"], *(person["other_subjects"] or ())}
    blank = person["subject"] is None or person["other_subjects"] is None
    return True if held & {*words} else None if blank else False


def grades_taught(o: Any, settings: Settings, words: tuple[Any, ...], person: Row) -> Truth:
    cell = person["grades_taught"]
    return None if cell is None else bool({*re.split(r"[、，,;；/\s]+", cell)} & {*words})


SETS: dict[str, Callable[[Any, Settings, tuple[Any, ...], Row], Truth]] = {
    "honours": honours,
    "incidents": incidents,
    "legal_status": legal_status,
    "subjects": subjects,
    "grades_taught": grades_taught,
}
FURTHER: dict[str, Callable[[Any, Settings, Row], Any]] = {
    "title_years": _since("title_since"),
    "years_to_leaving_office": years_to_leaving_office,
    "accumulated_years": accumulated_years,
    "years_teaching": years_teaching,
    "units_served": units_served,
    "zones_served": zones_served,
    "exchange_experience": exchange_experience,
    "village_service_done": village_service_done,
    "terms_served": terms_served,
    "promoted_at_unit": promoted_at_unit,
    "circumstance": circumstance,
    "full_load": full_load,
    "sanction_in_force": sanction_in_force,
    "obligation": obligation,
    "circumstance_time": circumstance_time,
    "years_since_circumstance": years_since_circumstance,
    "years_since_sanction": years_since_sanction,
    "ban_in_force": ban_in_force,
    "child_grade_at_unit": child_grade_at_unit,
    "kin_at_unit": kin_at_unit,
    "confirmed_backbone": confirmed_backbone,
    "benefit_years": benefit_years,
    "seeks_title": seeks_title,
    "first_wish_repeated": first_wish_repeated,
    "agreement_found": agreement_found,
    "commute": commute,
    "teaches": teaches,
    "sole_subject_teacher": sole_subject_teacher,
    "tenure": tenure,
    **MARKS,
}
