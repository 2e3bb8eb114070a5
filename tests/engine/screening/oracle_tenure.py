"""A plain reading of tenure, one person at a time and one dating after the other."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from tests.engine.screening.plain import (
    FAR,
    LONG_AGO,
    add_months,
    begins,
    doings,
    months_between,
    office,
    reach_back,
    told_apart,
    union,
)

INFINITE = 10**9
READINGS = ("shortest", "just begun", "late", "longest")
Row = dict[str, Any]
Settings = dict[str, Any]


def place_of(o: Any, row: Row, settings: Settings) -> Any:
    """Return where a stint is, as far as the pack tells places apart; None if not said."""
    parts: list[Any] = []
    if "unit" in settings["same"]:
        parts.append(o.unit_of(row, settings))
    elif "zone" in settings["same"]:
        parts.append(o.units.get(row["unit_id"], {}).get("zone"))
    if "post" in settings["same"]:
        parts.append(row["post"])
    elif "office" in settings["same"]:
        parts.append(None if row["post"] is None else office(row["post"]))
    elif "band" in settings["same"]:
        parts.append(row["grade_band"])
    return None if None in parts else tuple(parts)


def tenure(o: Any, settings: Settings, person: Row) -> tuple[Any, Any]:
    rows = [row for row in o.rows("stints", person) if begins(row)[0] < (row["until"] or FAR)]
    ways = [told_apart(settings, doings(row)) for row in rows]
    if prod(map(len, ways)) > 16:
        return Fraction(0), Fraction(INFINITE)
    read = (
        [row | {"doing": did} for row, did in zip(rows, way, strict=True)]
        for way in product(*ways)
    )
    ranges = [tenure_of(o, settings, each, person) for each in read]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def tenure_of(o: Any, settings: Settings, rows: list[Row], person: Row) -> tuple[Any, Any]:
    """Return the least and most over four ways of dating what is dated by a year."""
    found: list[Fraction] = []
    lost = False
    for reading in READINGS:
        spells = spells_on(o, settings, rows, reading)
        found += spells
        if spells:
            continue
        found.append(Fraction(0))
        lost |= not any(
            ends(o, row, reading)[1] <= o.on < (row["until"] or FAR)
            for row in kinds(o, settings, rows, {"breaks"})
        )
    if lost and not o.closed("stints", (), person):
        return min(found), Fraction(INFINITE)
    return min(found), max(found)


def ends(o: Any, row: Row, reading: str) -> tuple[date, date]:
    """Return when a stint begins that counts, and when one that does not."""
    first, last = begins(row)
    if reading == "just begun" and first <= o.on:
        return min(last, o.on), first
    started = first if reading == "longest" else last
    return started, last if reading in ("longest", "late") else first


def kinds(o: Any, settings: Settings, rows: list[Row], treatments: set[str]) -> list[Row]:
    return [row for row in rows if settings["spells"].get(row["doing"]) in treatments]


def spells_on(o: Any, settings: Settings, rows: list[Row], reading: str) -> list[Fraction]:
    """Return the years of each spell the day lies in, on one reading of what is vague."""
    cut = LONG_AGO
    for row in kinds(o, settings, rows, {"breaks"}):
        if ends(o, row, reading)[1] <= o.on:
            cut = max(cut, row["until"] or FAR)
    if cut > o.on:
        return []
    base, bridging = sorted_out(o, settings, rows, cut, reading)
    places = {place for place, _, until in base if until > o.on}
    if not places and any(until > o.on for _, until in bridging):
        places = {place for place, _, _ in base}
    found = []
    for each in sorted(places, key=str):
        own = [(since, until) for place, since, until in base if place == each]
        start = reach_back(own, bridging, int(settings["gap"][0]), o.on)
        if start is not None:
            found.append(without_excluded(o, settings, rows, start, reading))
    return found


def sorted_out(
    o: Any, settings: Settings, rows: list[Row], cut: date, reading: str
) -> tuple[list[tuple[Any, date, date]], list[tuple[date, date]]]:
    """Return the base spans with their places, and the bridging ones, from the cut on."""
    longest = reading == "longest"
    blank = any(place_of(o, row, settings) is None for row in rows)
    wanted = set(settings["doing"])
    wanted |= {"teaching", "leading"} if "any" in wanted else set()
    base: list[tuple[Any, date, date]] = []
    bridging: list[tuple[date, date]] = []
    for place_of_blank, row in enumerate(rows):
        begun, until = ends(o, row, reading)[0], row["until"] or FAR
        since = max(begun, cut)
        if begun > o.on or since >= until:
            continue
        place = place_of(o, row, settings)
        if longest and blank:
            place = o.unit_of(row, settings) if "unit" in settings["same"] else ""
        if place is None:
            place = place_of_blank
        if row["doing"] in wanted:
            base.append((place, since, until))
        elif settings["spells"].get(row["doing"]) in {"counted", "excluded"}:
            bridging.append((since, until))
    return base, bridging


def without_excluded(
    o: Any, settings: Settings, rows: list[Row], start: date, reading: str
) -> Fraction:
    spans = []
    for row in kinds(o, settings, rows, {"excluded"}):
        since = max(ends(o, row, reading)[1], start)
        spans.append((since, min(row["until"] or FAR, o.on)))
    months, odd = 0, 0
    for since, until in union(spans):
        whole = months_between(since, until)
        months, odd = months + whole, odd + (until - add_months(since, whole)).days
    counted: Fraction = o.elapsed(settings, add_months(start, months) + timedelta(odd))
    return counted
