"""Each fact at its boundary: the day before and the day itself, one more and one less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.engine.screening.one_person import (
    TENURE,
    YEARS,
    Row,
    day,
    measure,
    roster,
    stint,
    value,
)

_A_YEAR = {**YEARS, "identity": "legal_entity"}
_SERVED = {**_A_YEAR, "each_at_least": 3, "include_present": "no"}
_ELSEWHERE = [stint("B", "2018-09-01", "2021-09-01"), stint("A", "2021-09-01")]
_SHORTER = [stint("B", "2018-09-01", "2021-08-31"), stint("A", "2021-08-31")]
_EXCHANGE = {"exchange_kind": "支教", "since": day("2023-09-01")}
_APPRAISED = {
    "appraisal": ["年度考核"],
    "grades": ["优秀", "合格"],
    "year": "calendar_year",
    "missing": "unknown",
}
_RUN = {
    "from_bottom": 3,
    "window": 1,
    "times": "once",
    "small_group": 4,
    "missing": "unknown",
}
_GAP = {
    "against": "town_average",
    "direction": "below",
    "window": 1,
    "worst": "yes",
    "missing": "unknown",
}
Case = tuple[str, dict[str, Any], dict[str, Any], Any]


def _grade(year: int, grade: str | None) -> Row:
    return {"appraisal": "年度考核", "appraisal_year": year, "grade": grade}


def _test(rank: int | None, entrants: int, **more: Any) -> Row:
    return {"test_year": 2026, "test_rank": rank, "entrants": entrants, **more}


def _gap_of(own: str) -> dict[str, list[Row]]:
    row = {"test_year": 2026, "own_average": Decimal(own), "town_average": Decimal("80.0")}
    return {"test_results": [row]}


def _sanctioned(until: str | None) -> dict[str, list[Row]]:
    ends = day(until) if until else None
    return {"sanctions": [{"sanction": "记过", "since": day("2022-01-01"), "until": ends}]}


def _class_teacher(post: str | None, since: str) -> Row:
    return {**stint("A", since), "post": post}


def _child(born: str) -> dict[str, list[Row]]:
    row = {"circumstance": "子女出生", "since": day(born), "until": None}
    return {"circumstances": [row]}


def _leave(until: str) -> dict[str, list[Row]]:
    row = {"circumstance": "产假", "since": day("2025-03-01"), "until": day(until)}
    return {"circumstances": [row]}


def _backbone(since: str | None) -> dict[str, list[Row]]:
    row = {"honour": "骨干教师", "honour_level": "市级", "confirmed": True}
    return {"honours": [{**row, "since": day(since) if since else None, "until": None}]}


_NEARLY_TWO = Fraction(23 * 32 + 30, 12 * 32)  # 23 months and 30 days
_BORN = {"kinds": ["子女出生"], "from": "began"}
_LEFT = {"kinds": ["产假"], "from": "ended"}
_FIVE = {"kinds": ["骨干教师"], "window": 5}
SERVICE: list[Case] = [
    ("units_served", _SERVED, {"stints": _ELSEWHERE}, (1, 1)),
    ("units_served", _SERVED, {"stints": _SHORTER}, (0, 0)),
    (
        "units_served",
        {**_SERVED, "include_present": "yes"},
        {"stints": _ELSEWHERE},
        (2, 2),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["teaching"], "where": "own_unit"},
        {"stints": [stint("A", "2010-09-01", "2012-09-01"), stint("A", "2023-09-01")]},
        (4, 4),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["teaching"], "where": "own_unit", "window": 14},
        {"stints": [stint("A", "2010-09-01", "2012-08-31"), stint("A", "2023-09-01")]},
        (2, 2),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["teaching"], "where": "own_unit", "window": 14},
        {"stints": [stint("A", "2010-09-01", "2012-09-01"), stint("A", "2023-09-01")]},
        (3, 3),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["teaching"], "where": "anywhere"},
        {"stints": [stint("B", "2010-09-01", "2012-09-02"), stint("A", "2023-09-01")]},
        (5, 5),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["any"], "where": "anywhere", "posts": ["班主任"]},
        {"stints": [_class_teacher("数学教师兼班主任", "2023-08-31")]},
        (3, 3),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["any"], "where": "anywhere", "posts": ["班主任"]},
        {"stints": [_class_teacher("副班主任", "2023-08-31")]},
        (0, 0),
    ),
    (
        "accumulated_years",
        {**_A_YEAR, "doing": ["any"], "where": "anywhere", "posts": ["班主任"]},
        {"stints": [_class_teacher(None, "2023-08-31")]},
        (0, 3),
    ),
    (
        "exchange_experience",
        {**YEARS, "completed": "yes"},
        {"exchanges": [{**_EXCHANGE, "until": day("2026-09-01")}]},
        (0, 0),
    ),
    (
        "exchange_experience",
        {**YEARS, "completed": "no"},
        {"exchanges": [{**_EXCHANGE, "until": day("2026-09-01")}]},
        (2, 2),
    ),
    (
        "exchange_experience",
        {**YEARS, "completed": "yes", "clock": "school_years"},
        {"exchanges": [{**_EXCHANGE, "until": day("2026-09-01")}]},
        (3, 3),
    ),
    (
        "terms_served",
        {k: TENURE[k] for k in ("same", "identity", "spells", "gap")} | {"term_length": 4},
        {"stints": [stint("A", "2018-08-31", stint_kind="任职", post="校长")]},
        (2, 2),
    ),
    (
        "terms_served",
        {k: TENURE[k] for k in ("same", "identity", "spells", "gap")} | {"term_length": 4},
        {"stints": [stint("A", "2018-09-01", stint_kind="任职", post="校长")]},
        (1, 1),
    ),
    (
        "village_service_done",
        {**YEARS, "kinds": ["村小"], "at_least": 1},
        {
            "person": {"transferred_on": day("2024-09-01")},
            "units": [
                {"unit_id": "A", "unit_kind": "中心校"},
                {"unit_id": "B", "unit_kind": "村小"},
            ],
            "stints": [stint("B", "2023-09-01", "2025-09-01")],
        },
        True,
    ),
    (
        "village_service_done",
        {**YEARS, "kinds": ["村小"], "at_least": 1},
        {
            "person": {"transferred_on": day("2024-09-02")},
            "units": [
                {"unit_id": "A", "unit_kind": "中心校"},
                {"unit_id": "B", "unit_kind": "村小"},
            ],
            "stints": [stint("B", "2023-09-01", "2025-09-01")],
        },
        False,
    ),
    (
        "promoted_at_unit",
        {"identity": "legal_entity"},
        {
            "stints": [
                stint("A", "2015-09-01", "2020-09-01"),
                stint("A", "2020-09-01", stint_kind="任职", post="副校长"),
            ]
        },
        True,
    ),
    (
        "promoted_at_unit",
        {"identity": "legal_entity"},
        {
            "stints": [
                stint("B", "2015-09-01", "2020-09-01"),
                stint("A", "2020-09-01", stint_kind="任职", post="副校长"),
            ]
        },
        False,
    ),
    ("title_years", YEARS, {"person": {"title_since": day("2021-08-31")}}, (5, 5)),
    ("title_years", YEARS, {"person": {"title_since": day("2021-09-01")}}, (4, 4)),
    (
        "title_years",
        {**YEARS, "part_year": "round_up", "round_up_from": 6},
        {"person": {"title_since": day("2021-02-28")}},
        (6, 6),
    ),
    (
        "title_years",
        {**YEARS, "part_year": "round_up", "round_up_from": 6},
        {"person": {"title_since": day("2021-03-01")}},
        (5, 5),
    ),
]
RECORDS: list[Case] = [
    ("sanction_in_force", {}, _sanctioned("2026-09-01"), True),
    ("sanction_in_force", {}, _sanctioned("2026-08-31"), False),
    ("years_since_sanction", {}, _sanctioned("2023-08-31"), (3, 3)),
    ("years_since_sanction", {}, _sanctioned(None), (0, 0)),
    ("years_since_sanction", {}, {}, (None, None)),
    ("years_since_circumstance", _BORN, _child("2024-08-31"), (2, 2)),
    ("years_since_circumstance", _BORN, _child("2024-09-01"), (_NEARLY_TWO, _NEARLY_TWO)),
    ("years_since_circumstance", _BORN, _child("2026-08-31"), (0, 0)),
    ("years_since_circumstance", _BORN, _child("2026-09-01"), (None, None)),
    ("years_since_circumstance", _LEFT, _leave("2025-08-31"), (1, 1)),
    ("years_since_circumstance", _LEFT, _leave("2026-09-01"), (0, 0)),
    ("backbone_level", _FIVE, _backbone("2021-09-01"), ["市级"]),
    ("backbone_level", _FIVE, _backbone("2021-08-31"), ["无"]),
    ("backbone_level", _FIVE, _backbone(None), ["无", "校级", "县级", "市级"]),
    ("confirmed_backbone", _FIVE, _backbone("2021-09-01"), True),
    ("confirmed_backbone", _FIVE, _backbone("2021-08-31"), False),
    (
        "full_load",
        {},
        {"circumstances": [{"circumstance": "不能满负荷工作", "since": day("2026-08-31")}]},
        False,
    ),
    (
        "full_load",
        {},
        {"circumstances": [{"circumstance": "不能满负荷工作", "since": day("2026-09-01")}]},
        True,
    ),
    (
        "child_grade_at_unit",
        {"youngest": "yes"},
        {"children": [{"unit_id": "A", "grade": 5, "school_year": 2024}]},
        (6, 6),
    ),
    (
        "child_grade_at_unit",
        {"youngest": "yes"},
        {"children": [{"unit_id": "B", "grade": 5, "school_year": 2024}]},
        (0, 0),
    ),
    (
        "benefit_years",
        {"benefit": ["骨干教师考核奖"], "full": "yes"},
        {
            "benefits": [
                {"benefit": "骨干教师考核奖", "benefit_year": year, "full": year > 2024}
                for year in (2024, 2025, 2026, 2027)
            ]
        },
        (2, 2),
    ),
    (
        "obligation",
        {"state": "met"},
        {
            "obligations": [
                {"obligation": "特岗", "since": day("2023-09-01"), "until": day("2026-08-31")}
            ]
        },
        True,
    ),
    (
        "obligation",
        {"state": "met"},
        {
            "obligations": [
                {"obligation": "特岗", "since": day("2023-09-01"), "until": day("2026-09-01")}
            ]
        },
        False,
    ),
    (
        "seeks_title",
        {},
        {"wishes": [{"wish_kind": "申报职称", "sought": "高级教师"}]},
        ["高级教师"],
    ),
    ("seeks_title", {}, {}, ["不申报"]),
    ("applied", {}, {"wishes": [{"wish_kind": "自愿申请", "matter": "别的"}]}, True),
    (
        "first_wish_repeated",
        {},
        {
            "wishes": [
                {
                    "wish_kind": "志愿",
                    "wish_rank": 1,
                    "unit_id": "B",
                    "wished_on": day(f"{year}-07-01"),
                }
                for year in (2023, 2025, 2026)
            ]
        },
        (2, 2),
    ),
    (
        "commute",
        {"measure": "minutes"},
        {"travel": [{"person_id": "P", "unit_id": "A", "minutes": 45}]},
        (45, 45),
    ),
    (
        "teaches",
        {},
        {"person": {"weekly_lessons": Decimal(0), "full_time_teacher": True}},
        False,
    ),
    ("teaches", {}, {"person": {"full_time_teacher": True}}, True),
]
MARKS: list[Case] = [
    (
        "appraisals_all_reach",
        {**_APPRAISED, "window": 2},
        {"appraisals": [_grade(2024, "合格"), _grade(2025, "优秀")]},
        True,
    ),
    (
        "appraisals_all_reach",
        {**_APPRAISED, "window": 3},
        {"appraisals": [_grade(2024, "合格"), _grade(2025, "优秀")]},
        None,
    ),
    (
        "appraisals_all_reach",
        {**_APPRAISED, "window": 2},
        {"appraisals": [_grade(2024, "基本合格"), _grade(2025, None)]},
        False,
    ),
    (
        "appraisals_in_a_row",
        {**_APPRAISED, "missing": "not_met"},
        {"appraisals": [_grade(year, "优秀") for year in (2022, 2024, 2025, 2026)]},
        (2, 2),
    ),
    (
        "appraisals_reaching",
        {k: v for k, v in _APPRAISED.items() if k != "missing"} | {"during": "ever"},
        {"appraisals": [_grade(2023, "不合格"), _grade(2024, "合格"), _grade(2025, "优秀")]},
        (2, 2),
    ),
    ("test_rank_run", _RUN, {"test_results": [_test(3, 5)]}, True),
    ("test_rank_run", _RUN, {"test_results": [_test(2, 5)]}, False),
    ("test_rank_run", _RUN, {"test_results": [_test(2, 3)]}, None),
    ("test_rank_run", _RUN, {}, None),
    ("test_rank_run", {**_RUN, "missing": "not_met"}, {}, False),
    ("test_gap", _GAP, _gap_of("65.0"), (15, 15)),
    ("test_gap", _GAP, _gap_of("65.1"), (Fraction("14.9"), Fraction("14.9"))),
    ("test_gap", _GAP, _gap_of("95.0"), (-15, -15)),
    ("test_gap", {**_GAP, "direction": "either"}, _gap_of("95.0"), (15, 15)),
    (
        "test_rank_change",
        {},
        {
            "test_results": [
                _test(4, 9, take_over=True, test_term="上学期"),
                _test(2, 9, test_term="下学期"),
            ]
        },
        ["上升"],
    ),
    (
        "score",
        {"rubric": ["r"]},
        {
            "scores": [
                {"rubric_id": "r", "points": Decimal("88.5"), "scored_on": day("2026-08-31")}
            ]
        },
        (Fraction("88.5"), Fraction("88.5")),
    ),
    (
        "score",
        {"rubric": ["r"]},
        {
            "scores": [
                {"rubric_id": "r", "points": Decimal("88.5"), "scored_on": day("2026-09-01")}
            ]
        },
        (None, None),
    ),
]
UNITS: list[Case] = [
    (
        "class_size",
        {},
        {
            "units": [
                {
                    "unit_id": "A",
                    "unit_stages": ["小学"],
                    "primary_pupils": 91,
                    "primary_classes": 2,
                }
            ]
        },
        (Fraction(91, 2), Fraction(91, 2)),
    ),
    (
        "post_grade_vacancy",
        {"grade": ["高级"]},
        {
            "person": {"employment": "在编", "title": "高级教师"},
            "posts": [{"unit_id": "A", "role": "教师", "grade_band": "高级", "established": 1}],
        },
        (0, 0),
    ),
    (
        "post_grade_vacancy",
        {"grade": ["高级"]},
        {
            "person": {"employment": "在编", "title": "一级教师"},
            "posts": [{"unit_id": "A", "role": "教师", "grade_band": "高级", "established": 1}],
        },
        (1, 1),
    ),
    (
        "subject_gap",
        {"subjects": ["音乐"]},
        {
            "person": {"employment": "在编", "subject": "音乐", "office_level": "无"},
            "posts": [{"unit_id": "A", "role": "教师", "subject": "音乐", "required": 2}],
        },
        (-1, -1),
    ),
]


@pytest.mark.parametrize(
    ("fact", "settings", "tables", "expected"), [*SERVICE, *RECORDS, *MARKS, *UNITS]
)
def test_fact_at_its_boundary(
    fact: str, settings: dict[str, Any], tables: dict[str, Any], expected: Any
) -> None:
    found = value(measure(fact, settings), roster(**tables))

    assert found == expected
