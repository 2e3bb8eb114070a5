"""Facts of units that are counted, and of units after a plan."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.policy.registration import About, Fact, FactType, Setting, listed


def _number(
    title: str, unit: str, unknown_when: str, *tables: str, **settings: Setting
) -> Fact:
    return Fact(
        title,
        About.UNIT,
        FactType.NUMBER,
        unit,
        settings=settings,
        tables=tables,
        unknown_when=unknown_when,
    )


def _truth(title: str, unknown_when: str, *tables: str) -> Fact:
    return Fact(title, About.UNIT, FactType.TRUTH, tables=tables, unknown_when=unknown_when)


UNIT_FIGURES: Mapping[str, Fact] = {
    "staffing_gap": _number(
        "超缺编人数", "persons", "核定编制未填，或有人用工性质未填", "units", "persons"
    ),
    "subject_gap": _number(
        "学科余缺人数",
        "persons",
        "需要人数未填，或有人学科未填",
        "posts",
        "persons",
        subjects=listed(codes.SUBJECT),
    ),
    "post_grade_vacancy": _number(
        "岗位等级空额",
        "posts",
        "核定岗数未填，或有人职称未填",
        "posts",
        "persons",
        grade=listed(codes.GRADE_BAND),
    ),
    "class_size": _number("平均班额", "pupils", "学生数或班级数未填", "units"),
    "county_has_villages": _truth("县域内有村校", "县区或单位类别未填", "units"),
}

AFTER_PLAN: Mapping[str, Fact] = {
    "staffing_after": _number(
        "调整后超缺编人数", "persons", "核定编制未填", "units", "persons"
    ),
    "staffing_worsened": _truth("因交流加重超编", "核定编制未填", "units", "persons"),
    "post_structure_after": _number(
        "调整后超岗位结构数", "posts", "核定岗数未填", "posts", "persons"
    ),
    "post_structure_worsened": _truth(
        "因交流加重超岗位结构", "核定岗数未填", "posts", "persons"
    ),
    "quality_teachers_lost": _number("流出骨干净额", "persons", "荣誉表未确认填全", "persons"),
}
"""Facts that exist only once there is a plan: for guards; the planner and auditor know them."""
