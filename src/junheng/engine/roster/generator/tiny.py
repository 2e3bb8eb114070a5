"""Counties so small that every plan can be tried: two to four schools, four to nine persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from junheng.engine import codes
from junheng.engine.roster.generator.draws import Draws
from junheng.engine.roster.roster import Roster, empty_table, roster_of

TINY_DAY = date(2026, 8, 31)
"""The day on which tiny counties are confirmed."""

_AREAS = ("城市", "县镇", "乡村", "山区")
_SUBJECTS = ("语文", "数学")
_BANDS = ("高级", "中级", "初级")
_TITLES = ("高级教师", "一级教师", "二级教师")
_STAGE = "小学"

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Dice:
    """Single draws, for a county whose persons are thrown one by one."""

    draws: Draws

    def number(self, first: int, last: int) -> int:
        """Return a whole number, both ends included."""
        return int(self.draws.between(1, first, last)[0])

    def yes(self, per_mille: int) -> bool:
        """Return yes with the chance given per thousand."""
        return bool(self.draws.chance(1, per_mille)[0])

    def one_of(self, words: tuple[str, ...]) -> str:
        """Return one of the words."""
        return words[self.number(0, len(words) - 1)]


def tiny(seed: int, units: int = 3, persons: int = 8, *, on: date = TINY_DAY) -> Roster:
    """Make a very small county with every cell filled that planning and audit read.

    One stage, one or two subjects, one or two zones; teachers due, not due and volunteering,
    now and then a person on exchange, an illness, a decision; establishment and posts near the
    staff, so that limits bite. Some seeds have no plan that keeps every rule; that is wanted.

    Parameters
    ----------
    seed : 0 or more
    units : number of schools, usually 2 to 4
    persons : number of persons, usually 4 to 9
    on : the day on which the county is confirmed
    """
    dice = _Dice(Draws(seed, "tiny"))
    subjects = _SUBJECTS[: dice.number(1, 2)]
    schools = [f"U{number + 1}" for number in range(units)]
    people = [_person(number, schools, subjects, dice, on) for number in range(persons)]
    heads = _heads(people, schools, dice)
    frames = {
        "units": [_unit(school, number, people, dice) for number, school in enumerate(schools)],
        "posts": [row for school in schools for row in _posts(school, people, subjects, dice)]
        + [_head_post(head) for head in heads],
        "persons": people,
        "stints": [_stint(person, dice, on) for person in people],
        "honours": [_honour(person) for person in people if dice.yes(350)],
        "circumstances": [_illness(person, on) for person in people if dice.yes(60)],
        "exchanges": [],
        "wishes": [row for person in people for row in _wishes(person, schools, dice)],
        "decisions": _decisions(people, schools, dice),
        "issued_quotas": _issued(schools, dice),
        "declarations": _declared(schools, on),
    }
    _send_one(frames, schools, dice, on)
    return roster_of({table: _frame(table, rows) for table, rows in frames.items()})


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None) if rows else empty_table(table)


def _person(
    number: int, schools: list[str], subjects: tuple[str, ...], dice: _Dice, on: date
) -> Row:
    school = schools[number % len(schools) if dice.yes(600) else 0]
    male = dice.yes(400)
    birth = date(on.year - dice.number(30, 52), dice.number(1, 12), dice.number(1, 28))
    return {
        "person_id": f"P{number + 1:02d}",
        "person_name": f"示例{number + 1}",
        "sex": "男" if male else "女",
        "birth": birth,
        "education": "本科",
        "employment": "在编",
        "in_post": "在岗",
        "full_time_teacher": True,
        "unit_id": school,
        "establishment_unit": school,
        "relation_unit": school,
        "title": dice.one_of(_TITLES),
        "subject": dice.one_of(subjects),
        "stage": _STAGE,
        "office_level": "无",
        "role": "教师",
        "recruited_on": date(birth.year + 23, 9, 1),
        "recruited_into": "农村学校" if dice.yes(200) else "城区学校",
        "retirement_kind": "男" if male else "女干部",
        "home_latitude": round(36 + dice.number(0, 300) / 1000, 3),
        "home_longitude": round(103 + dice.number(0, 300) / 1000, 3),
    }


def _heads(people: list[Row], schools: list[str], dice: _Dice) -> list[Row]:
    """Make the first person of each school its head, in a quarter of the counties."""
    if not dice.yes(250):
        return []
    heads = []
    for school in schools:
        staff = [person for person in people if person["unit_id"] == school]
        if len(staff) > 1:
            staff[0] |= {"office_level": "正校级", "role": "校长"}
            heads.append(staff[0])
    return heads


def _head_post(head: Row) -> Row:
    post = _post(str(head["unit_id"]), None, None, 1, 1)
    return post | {"role": "校长"}


def _unit(school: str, number: int, people: list[Row], dice: _Dice) -> Row:
    staff = sum(person["unit_id"] == school for person in people)
    area = _AREAS[0] if number == 0 else dice.one_of(_AREAS)
    return {
        "unit_id": school,
        "unit_name": f"示例{number + 1}号小学",
        "unit_kind": "中心校" if area == "县镇" else "小学",
        "unit_ownership": "公办",
        "county": "示例县",
        "township": "示例镇" if dice.yes(700) else "邻镇",
        "near_town": area == "县镇",
        "unit_stages": [_STAGE],
        "unit_area": area,
        "unit_quality": dice.one_of(("优质", "一般", "薄弱")),
        "zone": "一片区" if dice.yes(750) else "二片区",
        "alliance": "示例联盟",
        "primary_pupils": dice.number(3, 30) * 10,
        "primary_classes": 6,
        "establishment": max(1, staff + dice.number(-1, 2)),
        "latitude": round(36 + dice.number(0, 300) / 1000, 3),
        "longitude": round(103 + dice.number(0, 300) / 1000, 3),
    }


def _posts(school: str, people: list[Row], subjects: tuple[str, ...], dice: _Dice) -> list[Row]:
    rows: list[Row] = []
    staff = [person for person in people if person["unit_id"] == school]
    for subject in subjects:
        present = sum(p["subject"] == subject and p["role"] == "教师" for p in staff)
        required = max(0, present + dice.number(-1, 1))
        upper = None if dice.yes(150) else required + dice.number(0, 1)
        rows.append(_post(school, subject, None, required, upper))
    for band, title in zip(_BANDS, _TITLES, strict=True):
        held = sum(person["title"] == title for person in staff)
        rows.append(_post(school, None, band, None, max(0, held + dice.number(-1, 2))))
    return rows


def _post(
    school: str, subject: str | None, band: str | None, required: int | None, upper: int | None
) -> Row:
    return {
        "unit_id": school,
        "stage": _STAGE if subject else None,
        "subject": subject,
        "role": "教师",
        "grade_band": band,
        "required": required,
        "established": upper,
    }


def _stint(person: Row, dice: _Dice, on: date) -> Row:
    leads = person["role"] == "校长"
    return {
        "person_id": person["person_id"],
        "unit_id": person["unit_id"],
        "post": person["role"],
        "subject": person["subject"],
        "since": date(on.year - dice.number(3, 11), 9, 1),
        "until": None,
        "stint_kind": "任职" if leads else "任教",
        "relation_moved": True,
        "cycle_completed": None if leads else dice.yes(900),
    }


def _honour(person: Row) -> Row:
    return {
        "person_id": person["person_id"],
        "honour": "骨干教师",
        "honour_level": "县级",
        "since": date(2020, 9, 1),
    }


def _illness(person: Row, on: date) -> Row:
    return {
        "person_id": person["person_id"],
        "circumstance": "重病",
        "since": on - timedelta(days=60),
        "until": on + timedelta(days=90),
        "issuer": "示例县人民医院",
        "evidence": "诊断证明",
        "publicised_since": on - timedelta(days=30),
        "publicised_until": on - timedelta(days=20),
        "school_approval": "同意",
        "bureau_approval": "同意",
        "approver": "示例县教育局",
        "approved_on": on - timedelta(days=20),
    }


def _wishes(person: Row, schools: list[str], dice: _Dice) -> list[Row]:
    others = [school for school in schools if school != person["unit_id"]]
    if not others or not dice.yes(400):
        return []
    order = dice.draws.order(len(others)).tolist()
    listed = [others[place] for place in order[: dice.number(1, len(others))]]
    applied = _wish(person, "自愿申请", None, None) | {
        "school_approval": "同意",
        "bureau_approval": "同意",
    }
    ranked = [_wish(person, "志愿", rank, unit) for rank, unit in enumerate(listed, 1)]
    return [applied, *ranked]


def _wish(person: Row, kind: str, rank: int | None, unit: str | None) -> Row:
    return {
        "person_id": person["person_id"],
        "wish_kind": kind,
        "wish_rank": rank,
        "unit_id": unit,
        "school_approval": None,
        "bureau_approval": None,
    }


def _decisions(people: list[Row], schools: list[str], dice: _Dice) -> list[Row]:
    if not dice.yes(300):
        return []
    person = people[dice.number(0, len(people) - 1)]
    kind = dice.one_of(("固定", "禁止"))
    unit = person["unit_id"] if dice.yes(600) else dice.one_of(tuple(schools))
    if kind == "禁止":
        unit = dice.one_of(tuple(schools)) if dice.yes(700) else None
    return [{"decision_kind": kind, "person_id": person["person_id"], "unit_id": unit}]


def _issued(schools: list[str], dice: _Dice) -> list[Row]:
    return [
        {"quota_id": quota, "unit_id": school, "subject": subject, "number": dice.number(0, 1)}
        for quota, subject in (("surplus-quota", None), ("issued-quota", _SUBJECTS[0]))
        for school in schools[:2]
    ]


def _declared(schools: list[str], on: date) -> list[Row]:
    return [
        {"unit_id": school, "table_name": name, "complete_as_of": on - timedelta(days=10)}
        for school in schools
        for name in codes.TABLE_NAME.codes
    ]


def _send_one(frames: dict[str, list[Row]], schools: list[str], dice: _Dice, on: date) -> None:
    """Now and then put the last person on exchange, half of the time ending at the start."""
    if not dice.yes(300) or len(schools) < 2:
        return
    person = frames["persons"][-1]
    if person["role"] != "教师":
        return
    home = person["unit_id"]
    host = next(school for school in reversed(schools) if school != home)
    gone = date(on.year - 2, 9, 1)
    end = date(on.year, 9, 1) if dice.yes(500) else date(on.year + 1, 9, 1)
    person |= {"unit_id": host, "in_post": dice.one_of(("在岗", "区内交流"))}
    frames["stints"][-1]["until"] = gone
    frames["stints"].append(
        frames["stints"][-1]
        | {"unit_id": host, "since": gone, "until": None, "stint_kind": "交流"}
        | {"relation_moved": False, "cycle_completed": None}
    )
    frames["exchanges"].append(
        {
            "person_id": person["person_id"],
            "exchange_kind": "定期交流",
            "relation_moved": False,
            "since": gone,
            "until": end,
            "origin_unit": home,
            "host_unit": host,
        }
    )
