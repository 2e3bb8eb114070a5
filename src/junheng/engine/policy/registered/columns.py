"""Facts that persons' and units' own columns state."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.codes import CodeList
from junheng.engine.policy.registration import About, Fact, FactType

_ABOUT = {"persons": About.PERSON, "units": About.UNIT}


def _word(table: str, title: str, listed: CodeList) -> Fact:
    return Fact(
        title,
        _ABOUT[table],
        FactType.WORD,
        words=listed.codes,
        open_ended=listed.open_ended,
        tables=(table,),
    )


def _words(table: str, title: str, listed: CodeList) -> Fact:
    return Fact(
        title,
        _ABOUT[table],
        FactType.WORDS,
        words=listed.codes,
        open_ended=listed.open_ended,
        tables=(table,),
    )


def _truth(table: str, title: str) -> Fact:
    return Fact(title, _ABOUT[table], FactType.TRUTH, tables=(table,))


def _number(table: str, title: str, unit: str) -> Fact:
    return Fact(title, _ABOUT[table], FactType.NUMBER, unit=unit, tables=(table,))


def _date(title: str) -> Fact:
    return Fact(title, About.PERSON, FactType.DATE, tables=("persons",))


PERSON_COLUMNS: Mapping[str, Fact] = {
    "sex": _word("persons", "性别", codes.SEX),
    "birth_date": _date("出生日期"),
    "employment": _word("persons", "用工性质", codes.EMPLOYMENT),
    "in_post": _word("persons", "在岗状态", codes.IN_POST),
    "full_time_teacher": _truth("persons", "专任教师"),
    "stage": _word("persons", "任教学段", codes.STAGE),
    "subject": _word("persons", "主教学科", codes.SUBJECT),
    "subjects": _words("persons", "可教学科", codes.SUBJECT),
    "grades_taught": _words("persons", "任教年级", codes.GRADE_TAUGHT),
    "office_level": _word("persons", "行政职务层级", codes.OFFICE_LEVEL),
    "role": _word("persons", "现任职务", codes.ROLE),
    "rank": _word("persons", "职级", codes.RANK),
    "reserve_kind": _word("persons", "后备干部类别", codes.RESERVE_KIND),
    "title": _word("persons", "职称", codes.TITLE),
    "post_grade": _number("persons", "岗位等级", "grade"),
    "education": _word("persons", "最高学历", codes.EDUCATION),
    "paid_as": _word("persons", "享受待遇", codes.PAID_AS),
    "post_kind": _word("persons", "岗位类别", codes.POST_KIND),
    "weekly_lessons": _number("persons", "周课时", "lessons"),
    "recruited_on": _date("招聘日期"),
    "recruited_into": _word("persons", "招聘时分配学校类别", codes.RECRUITED_INTO),
    "transferred_in_by": _word("persons", "调入方式", codes.TRANSFERRED_IN_BY),
}

UNIT_COLUMNS: Mapping[str, Fact] = {
    "unit_ownership": _word("units", "办学性质", codes.OWNERSHIP),
    "unit_kind": _word("units", "单位类别", codes.UNIT_KIND),
    "unit_stages": _words("units", "办学学段", codes.STAGE),
    "unit_area": _word("units", "地域类别", codes.AREA),
    "unit_quality": _word("units", "办学水平", codes.QUALITY),
    "unit_system": _word("units", "系统", codes.SYSTEM),
    "unit_traits": _words("units", "单位标签", codes.TRAIT),
    "near_town": _truth("units", "近集镇"),
    "classes": _number("units", "班级数", "classes"),
}
