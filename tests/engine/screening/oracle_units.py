"""Plain readings of the facts of units and moves, for the oracle."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from tests.engine.screening.oracle_facts import _recent
from tests.engine.screening.plain import Truth, conj, disj, neg

INFINITE = 10**9
Row = dict[str, Any]
Settings = dict[str, Any]
_BANDS = {"正高级教师": "正高级", "高级教师": "高级", "一级教师": "中级"}
_LEADERS = ("正校级", "副校级")


def _within(value: Any, words: tuple[Any, ...]) -> Truth:
    return None if value is None else value in words


def subject_gap(o: Any, settings: Settings, unit: Row) -> Any:
    posts = [
        row["required"]
        for row in o.posts.get(unit["unit_id"], [])
        if row["role"] == "教师" and row["subject"] in settings["subjects"]
    ]
    if None in posts:
        return -INFINITE, INFINITE
    low = high = 0
    for person in o.people.values():
        if person["unit_id"] != unit["unit_id"]:
            continue
        led = _within(person["office_level"], _LEADERS)
        parts = [
            _within(person["employment"], ("在编",)),
            _within(person["subject"], settings["subjects"]),
            None if led is None else not led,
        ]
        low += all(part is True for part in parts)
        high += False not in parts
    return low - sum(posts), high - sum(posts)


def post_grade_vacancy(o: Any, settings: Settings, unit: Row) -> Any:
    structure = [
        row
        for row in o.posts.get(unit["unit_id"], [])
        if row["grade_band"] is not None and row["subject"] is None
    ]
    posts = [row["established"] for row in structure if row["grade_band"] in settings["grade"]]
    if not structure or None in posts:
        return -INFINITE, INFINITE
    least = most = 0
    for person in o.people.values():
        if o.established_at(person) != unit["unit_id"]:
            continue
        title = person["title"]
        held = None if title is None else _BANDS.get(title, "初级") in settings["grade"]
        parts = [_within(person["employment"], ("在编",)), held]
        least += all(part is True for part in parts)
        most += False not in parts
    return sum(posts) - most, sum(posts) - least


def _taught(unit: Row) -> tuple[int, int] | None:
    total = [0, 0]
    some = False
    for stage, prefix in (("小学", "primary"), ("初中", "junior")):
        pair = (unit[f"{prefix}_pupils"], unit[f"{prefix}_classes"])
        stages = unit["unit_stages"]
        needed = pair != (None, None) if stages is None else stage in stages
        if needed and None in pair:
            return None
        if needed:
            some = True
            total = [total[0] + pair[0], total[1] + pair[1]]
    return (total[0], total[1]) if some else None


def classes(o: Any, settings: Settings, unit: Row) -> Any:
    found = _taught(unit)
    return (0, INFINITE) if found is None else (found[1], found[1])


def class_size(o: Any, settings: Settings, unit: Row) -> Any:
    found = _taught(unit)
    if found is None or found[1] == 0:
        return 0, INFINITE
    return Fraction(*found), Fraction(*found)


def staffing_gap(o: Any, settings: Settings, unit: Row) -> Any:
    if unit["establishment"] is None:
        return -INFINITE, INFINITE
    there = [
        _within(person["employment"], ("在编",))
        for person in o.people.values()
        if o.established_at(person) == unit["unit_id"]
    ]
    approved = unit["establishment"]
    return there.count(True) - approved, len(there) - there.count(False) - approved


def county_has_villages(o: Any, settings: Settings, unit: Row) -> Truth:
    answers: list[Truth] = [False]
    for other in o.units.values():
        counties = [unit["county"], other["county"]]
        near = None if None in counties else counties[0] == counties[1]
        here = True if other["unit_id"] == unit["unit_id"] else near
        answers.append(conj([here, _within(other["unit_kind"], ("村小", "教学点"))]))
    return disj(answers)


def of_unit(name: str) -> Callable[[Any, Settings, Row], Any]:
    """Return the reading of a column of units, dated where the roster dates it."""

    def read(o: Any, settings: Settings, unit: Row) -> Any:
        if name in {"unit_area", "unit_quality"}:
            return o.class_on(unit, name, o.on)
        return unit[name]

    return read


UNIT_FACTS: dict[str, Callable[[Any, Settings, Row], Any]] = {
    "subject_gap": subject_gap,
    "post_grade_vacancy": post_grade_vacancy,
    "classes": classes,
    "class_size": class_size,
    "staffing_gap": staffing_gap,
    "county_has_villages": county_has_villages,
    **{
        name: of_unit(name)
        for name in (
            "unit_area",
            "unit_quality",
            "unit_kind",
            "unit_ownership",
            "unit_system",
            "near_town",
        )
    },
}


def _ways(o: Any, settings: Settings, person: Row, to_unit: str) -> list[Row]:
    if settings["from"] == "home":
        rows = o.rows("travel", person)
    else:
        rows = [r for r in o.roster["travel"].to_dicts() if r["person_id"] not in o.people]
        rows = [row for row in rows if row["from_unit"] == person["unit_id"]]
        if person["unit_id"] not in o.units:
            rows = []
    return [row for row in rows if row["unit_id"] == to_unit]


def travel(o: Any, settings: Settings, person: Row, to_unit: str) -> Any:
    ways = [row[settings["measure"]] for row in _ways(o, settings, person, to_unit)]
    low = min((0 if each is None else each for each in ways), default=0)
    high = max((INFINITE if each is None else each for each in ways), default=INFINITE)
    return Fraction(low), Fraction(high)


def nearby(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
    ways = {row["nearby"] for row in _ways(o, settings, person, to_unit)}
    return ways.pop() if len(ways) == 1 else None


def distance_band(o: Any, settings: Settings, person: Row, to_unit: str) -> set[str] | None:
    ways = {row["distance_band"] for row in _ways(o, settings, person, to_unit)}
    if not ways or None in ways:
        return None
    bands = codes.DISTANCE_BAND.codes
    places = [bands.index(str(each)) for each in ways]
    return {*bands[min(places) : max(places) + 1]}


def zone_repeats(o: Any, settings: Settings, person: Row, to_unit: str) -> Any:
    number = max(int(settings["last_units"][0]), 1)
    sure, every = _recent(o, person, certain=True), _recent(o, person, certain=False)
    zones = [o.units.get(unit, {}).get("zone") for unit in sure[:number]]
    zone = o.units[to_unit]["zone"]
    named = 0 if zone is None else zones.count(zone)
    high = len(zones) if zone is None else named + zones.count(None)
    if len(sure) != len(every) or not o.closed("stints", (), person):
        return 0, number
    return named, high


def same_unit(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
    return bool(person["unit_id"] == to_unit)


def paired(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
    own = o.units.get(person["unit_id"])
    if own is None:
        return False
    names = own["pair_partner"] == to_unit
    return bool(names or o.units[to_unit]["pair_partner"] == person["unit_id"])


def _same(column: str) -> Callable[[Any, Settings, Row, str], Truth]:
    def same(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
        words = [o.units.get(each, {}).get(column) for each in (person["unit_id"], to_unit)]
        return None if None in words else words[0] == words[1]

    return same


def subject_gap_filled(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
    """Answer for each number of teachers and of posts there can be."""
    own = person["stage"], person["subject"]
    if None in own:
        return None
    staff = [
        conj(
            [
                _within(each["employment"], ("在编",)),
                neg(_within(each["office_level"], _LEADERS)),
                *(
                    _within(each[k], (w,))
                    for k, w in zip(("stage", "subject"), own, strict=True)
                ),
            ]
        )
        for each in o.people.values()
        if each["unit_id"] == to_unit
    ]
    least = most = 0
    for row in o.posts.get(to_unit, []):
        if (
            row["role"] == "教师"
            and row["subject"] == own[1]
            and row["stage"] in (None, own[0])
        ):
            least += 0 if row["stage"] is None else row["required"] or 0
            most += INFINITE if row["required"] is None else row["required"]
    if len(staff) - staff.count(False) < least:
        return True
    return False if staff.count(True) >= most else None


def same_stage(o: Any, settings: Settings, person: Row, to_unit: str) -> Truth:
    stages = o.units[to_unit]["unit_stages"]
    if person["stage"] is None or stages is None:
        return None
    return disj([each == person["stage"] for each in stages])


MOVE_FACTS: dict[str, Callable[[Any, Settings, Row, str], Any]] = {
    "travel": travel,
    "nearby": nearby,
    "distance_band": distance_band,
    "zone_repeats": zone_repeats,
    "same_unit": same_unit,
    "same_zone": _same("zone"),
    "same_county": _same("county"),
    "same_township": _same("township"),
    "same_alliance": _same("alliance"),
    "subject_gap_filled": subject_gap_filled,
    "same_stage": same_stage,
    "paired": paired,
}
