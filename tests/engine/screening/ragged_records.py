"""Random rows for the further tables of a ragged county, holes included."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from junheng.engine import codes

ON = date(2026, 8, 31)
ANSWERS = (True, False, None)
Row = dict[str, Any]


def near_day(chance: random.Random) -> date:
    """Return a day near one of those where rules turn, or any other."""
    if chance.random() < 0.5:
        anniversary = date(2026 - chance.randint(0, 14), 8, 31)
        return anniversary + timedelta(chance.choice((-1, 0, 1, 2)))
    return date(2005, 1, 1) + timedelta(chance.randint(0, 7900))


def dated(chance: random.Random, column: str) -> Row:
    """Return a day written to the day, the month or the year."""
    day = near_day(chance)
    precision = chance.choice(("day", "day", "month", "year"))
    if precision != "day":
        day = day.replace(day=1)
    if precision == "year":
        day = day.replace(month=1)
    return {column: day, f"{column}_precision": precision}


def span(chance: random.Random) -> Row:
    """Return when something began and ended, or goes on."""
    begun = dated(chance, "since")
    until = begun["since"] + timedelta(chance.choice((30, 200, 365, 366, 1461, 3000)))
    return {**begun, "until": chance.choice((None, until)), "until_precision": "day"}


def _some(chance: random.Random, *values: Any) -> Any:
    return chance.choice((*values, None))


def _sanction(chance: random.Random, units: list[str]) -> Row:
    barred = _some(chance, "评优评先", "校际交流、评优评先", "校际交流")
    return {
        "sanction": chance.choice(codes.SANCTION.codes),
        "barred_from": barred,
        **span(chance),
    }


def _appraisal(chance: random.Random, units: list[str]) -> Row:
    return {
        "appraisal": chance.choice(("年度考核", "学年考核")),
        "appraisal_year": chance.randint(2020, 2026),
        "grade": _some(chance, "优秀", "合格", "合格", "不合格"),
    }


def _test(chance: random.Random, units: list[str]) -> Row:
    entrants = chance.choice((2, 5, 9, None))
    return {
        "test_year": chance.randint(2022, 2027),
        "subject": chance.choice(("语文", "数学", None)),
        "own_average": _some(chance, Decimal("70.5"), Decimal(80), Decimal(85)),
        "town_average": _some(chance, Decimal(80), Decimal("85.25")),
        "test_rank": _some(chance, *range(1, (entrants or 5) + 1)),
        "entrants": entrants,
        "test_term": _some(chance, "上学期", "下学期"),
        "take_over": chance.choice(ANSWERS),
    }


def _obligation(chance: random.Random, units: list[str]) -> Row:
    return {"obligation": chance.choice(codes.OBLIGATION.codes), **span(chance)}


def _exchange(chance: random.Random, units: list[str]) -> Row:
    return {
        "exchange_kind": chance.choice(("定期交流", "支教", "无")),
        "relation_moved": chance.choice(ANSWERS),
        "origin_unit": chance.choice(units),
        "host_unit": chance.choice(units),
        **span(chance),
    }


def _benefit(chance: random.Random, units: list[str]) -> Row:
    return {
        "benefit": chance.choice(codes.BENEFIT.codes),
        "benefit_year": chance.randint(2020, 2027),
        "full": chance.choice(ANSWERS),
    }


def _incident(chance: random.Random, units: list[str]) -> Row:
    found = {"incident": chance.choice(("违背师德", "旷工")), "decided_by": _some(chance, "局")}
    return found | dated(chance, "recorded_on")


def _child(chance: random.Random, units: list[str]) -> Row:
    return {
        "unit_id": _some(chance, *units[:3]),
        "grade": _some(chance, *range(1, 10)),
        "school_year": chance.randint(2019, 2026),
    }


def way(chance: random.Random, people: list[str], units: list[str]) -> Row:
    """Return a way from somebody's home or from a unit, to a unit."""
    home = chance.random() < 0.5
    return {
        "person_id": chance.choice(people) if home else None,
        "from_unit": None if home else chance.choice(units),
        "unit_id": chance.choice(units[:4]),
        "minutes": _some(chance, 20, 60),
        "kilometres": _some(chance, Decimal("3.5"), Decimal(12)),
        "nearby": chance.choice(ANSWERS),
        "distance_band": _some(chance, "近", "远"),
    }


def _score(chance: random.Random, units: list[str]) -> Row:
    return {
        "rubric_id": chance.choice(("for-title", "for-post")),
        "points": _some(chance, Decimal("80.5"), Decimal(90), Decimal(95)),
        "scored_on": _some(chance, date(2026, 6, 1), date(2026, 7, 1), date(2026, 9, 2)),
    }


def _kin(chance: random.Random, people: list[str]) -> Row:
    return {
        "relative_id": chance.choice([*people, "elsewhere"]),
        "kinship": chance.choice(codes.KINSHIP.codes),
    }


def wish(chance: random.Random, people: list[str], units: list[str]) -> Row:
    """Return a wish of any kind."""
    kind = chance.choice((*codes.WISH_KIND.codes, "志愿", "对调"))
    entered = {"自愿申请": ON + timedelta(chance.randint(-30, 3))}
    return {
        "person_id": chance.choice(people),
        "wish_kind": kind,
        "wished_on": entered.get(kind, date(chance.randint(2023, 2026), 7, 1)),
        "wish_rank": chance.choice((1, 1, 2)) if kind == "志愿" else None,
        "unit_id": chance.choice(units[:2]) if kind == "志愿" else None,
        "school_approval": _some(chance, "同意", "不同意"),
        "bureau_approval": _some(chance, "同意", "不同意"),
        "matter": _some(chance, "reward-exchange", "别的"),
        "sought": _some(chance, "一级教师", "高级教师") if kind == "申报职称" else None,
        "partner_id": _some(chance, *people[:20]) if kind == "对调" else None,
    }


MADE: dict[str, Callable[[random.Random, list[str]], Row]] = {
    "sanctions": _sanction,
    "appraisals": _appraisal,
    "test_results": _test,
    "obligations": _obligation,
    "exchanges": _exchange,
    "benefits": _benefit,
    "incidents": _incident,
    "children": _child,
    "scores": _score,
}


def further(chance: random.Random, people: list[str], units: list[str]) -> dict[str, list[Row]]:
    """Return rows of every further table; each person has about one in each."""
    size = len(people)
    found = {
        name: [{"person_id": chance.choice(people), **make(chance, units)} for _ in range(size)]
        for name, make in MADE.items()
    }
    found["kinship"] = [
        {"person_id": chance.choice(people), **_kin(chance, people)} for _ in range(size // 3)
    ]
    found["travel"] = [way(chance, people, units) for _ in range(2 * size)]
    found["wishes"] = [wish(chance, people, units) for _ in range(size)]
    swaps = [row for row in found["wishes"] if row["partner_id"]]
    found["wishes"] += [
        {**row, "person_id": row["partner_id"], "partner_id": row["person_id"]}
        for row in swaps[::2]
    ]
    return found
