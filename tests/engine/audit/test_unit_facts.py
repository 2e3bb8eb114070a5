"""The auditor's own count of units: what is not stated of somebody leaves it open."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from junheng.engine.audit.posts import read_posts
from junheng.engine.audit.unit_facts import UnitFacts, unit_facts
from junheng.engine.balance.staff import Staff
from junheng.engine.roster.roster import roster_of
from junheng.engine.roster.tables import BY_ID

Row = dict[str, Any]
DAY = date(2026, 8, 31)
MATHS = {"employment": "在编", "office_level": "无", "stage": "初中", "subject": "数学"}
REQUIRED = {"role": "教师", "stage": "初中", "subject": "数学", "required": 3}


def _facts(colleagues: list[Row], units: list[Row]) -> UnitFacts:
    """Return the facts of units, the first of which has these colleagues and needs three."""
    first = units[0]["unit_id"]
    people = [
        {"person_id": f"P{n}", "unit_id": first, **MATHS, **each}
        for n, each in enumerate(colleagues)
    ]
    rows = {
        "units": units,
        "persons": people,
        "posts": [{"unit_id": first, **REQUIRED}],
        "exchanges": [],
        "classifications": [],
    }
    roster = roster_of({name: _frame(name, each) for name, each in rows.items()})
    staff = Staff(
        members={},
        units={row["unit_id"]: row for row in roster["units"].to_dicts()},
        start=DAY,
    )
    return unit_facts(roster, staff, read_posts(roster), DAY)


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    schema = BY_ID[name].schema
    keys = {key for row in rows for key in row} or {next(iter(schema))}
    return pl.DataFrame(rows, schema={key: schema[key] for key in schema if key in keys})


def _short(*colleagues: Row) -> bool | None:
    return _facts([*colleagues], [{"unit_id": "A"}]).short_of("A", "初中", "数学")


def test_a_unit_is_short_of_a_subject_below_what_it_requires_and_not_at_it() -> None:
    assert [_short({}, {}), _short({}, {}, {})] == [True, False]


@pytest.mark.parametrize("blank", [*MATHS])
def test_a_blank_cell_of_a_colleague_matters_just_where_that_colleague_decides(
    blank: str,
) -> None:
    perhaps = {blank: None}

    found = [_short({}, perhaps), _short({}, {}, perhaps), _short({}, {}, {}, perhaps)]

    assert found == [True, None, False]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"employment": "聘用", "subject": None},
        {"office_level": "正校级", "subject": None},
        {"stage": "小学", "subject": None},
        {"subject": "语文", "employment": None},
    ],
)
def test_a_colleague_who_cannot_count_leaves_nothing_open(elsewhere: Row) -> None:
    assert _short({}, {}, elsewhere) is True


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ({"county": "甲", "unit_kind": "初中"}, {"county": "甲", "unit_kind": "村小"}, True),
        ({"county": "甲", "unit_kind": "初中"}, {"county": "乙", "unit_kind": "村小"}, False),
        ({"county": "甲", "unit_kind": "初中"}, {"county": None, "unit_kind": "村小"}, None),
        ({"county": "甲", "unit_kind": "初中"}, {"county": "甲", "unit_kind": None}, None),
        ({"county": "甲", "unit_kind": "初中"}, {"county": "乙", "unit_kind": None}, False),
        ({"county": "甲", "unit_kind": "初中"}, {"county": None, "unit_kind": "初中"}, False),
        ({"county": None, "unit_kind": "初中"}, {"county": "乙", "unit_kind": "教学点"}, None),
        ({"county": None, "unit_kind": "教学点"}, {"county": "乙", "unit_kind": None}, True),
        ({"county": None, "unit_kind": "初中"}, {"county": None, "unit_kind": "初中"}, False),
    ],
)
def test_a_county_has_villages_as_far_as_units_tell_where_they_lie(
    own: Row, other: Row, expected: object
) -> None:
    units = [{"unit_id": "A", **own}, {"unit_id": "B", **other}]

    assert _facts([], units).value("county_has_villages", "A") is expected
