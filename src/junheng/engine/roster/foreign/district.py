"""The district roster form (区级教职工数据表): 72 headings, one person a row.

Read are the headings that a rotation asks for; nationality, marriage, address, telephone and
contacts are not taken over. Dates are text such as 1998年9月; 无 says that there is nothing.
Source: the form a district used for its school year 2025, its headings shortened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from junheng.engine.roster.foreign.building import Builder, Register
from junheng.engine.roster.foreign.district_words import (
    DROP_DOWNS,
    HEADINGS,
    MARKS,
    STAGES_OF_KIND,
)
from junheng.engine.roster.foreign.district_writing import write
from junheng.engine.roster.foreign.sheets import (
    Cell,
    Conversion,
    ForeignSheet,
    plain,
    text_of,
)

__all__ = ["HEADINGS", "MARKS", "convert", "name_units", "write"]

_UNIT = MappingProxyType(
    {
        "unit_id": "单位编号",
        "unit_name": "单位全称",
        "unit_kind": "学校类型",
        "unit_stages": "学校类型",
        "zone": "区域",
    }
)
_PERSON = MappingProxyType(
    {
        "person_id": "人员编号",
        "person_name": "姓名",
        "sex": "性别",
        "birth": "身份证号码",
        "id_number": "身份证号码",
        "education": "最高学历",
        "employment": "入本区事业编时间",
        "in_post": "在岗状态",
        "unit_id": "单位全称",
        "title": "现聘专业技术职称",
        "title_since": "现聘职级首次聘用时间",
        "post_kind": "现聘专业技术岗位",
        "post_grade": "现聘专业技术岗位",
        "subject": "主教学科",
        "other_subjects": "兼教学科",
        "stage": "主要任教学段",
        "grades_taught": "任教年级",
        "office_level": "行政职务",
        "role": "行政职务",
        "recruited_on": "入本区事业编时间",
    }
)
_WORDS = ("subject", "office_level", "title")
"""Columns whose lists know the word 无: there it is an answer and goes on."""

_ROLES = MappingProxyType(
    {
        "书记(正校级)": "书记",
        "副书记(副校级)": "副书记",
        "中层正职": "中层正职",
        "中层副职": "中层副职",
    }
)
_BACKBONE_LEVELS = MappingProxyType(
    {"省骨干教师": "省级", "市骨干教师": "市级", "区骨干教师": "县级"}
)
_OUTSIDE = frozenset({"外市", "外省"})
_NUMERALS = {word: n for n, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
    "十三": 13,
}
_ESTABLISHED = re.compile(r"入.*事业编制?时间")
_POST = re.compile(r"(专业技术|管理)([一二三四五六七八九十]{1,2})级")
_ID_BIRTH = re.compile(r"\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]")


def convert(sheet: ForeignSheet, register: Register) -> Conversion:
    """Turn a filled district form into units, persons, stints, honours and exchanges.

    A unit whose rows differ in 学校类型 or 区域 is reported, not chosen. Somebody who teaches
    somewhere since 进入现单位任教时间 has that one stint; earlier ones are unknown.
    """
    builder = Builder(_localised(sheet), register)
    seen: dict[str, tuple[str, str]] = {}
    for row, cells in sheet.rows:
        if builder.cell(cells, "姓名") is None and builder.cell(cells, "单位全称") is None:
            continue
        unit_id = _unit(builder, row, cells, seen)
        level = builder.as_written(cells, "最高骨干教师级别")
        builder.answer_about_backbone(unit_id, row, level)
        person_id = register.person(builder.cell(cells, "人员编号"))
        builder.add(
            "persons", row, _person(builder, cells, unit_id) | {"person_id": person_id}, _PERSON
        )
        _present_stint(builder, row, cells, (person_id, unit_id))
        _honour(builder, row, cells, person_id)
        _exchange(builder, row, cells, (person_id, unit_id, "支教"))
        _exchange(builder, row, cells, (person_id, unit_id, "交流"))
    if builder.has("最高骨干教师级别"):
        builder.ask_about("honours", ("person_id", "honour", "honour_level"))
    builder.declare_backbone()
    return builder.conversion()


def name_units(sheet: ForeignSheet, register: Register) -> None:
    """Give every unit that has staff in the sheet its id, before any host is met."""
    builder = Builder(_localised(sheet), register)
    builder.reserve_persons()
    for _, cells in sheet.rows:
        name = text_of(builder.cell(cells, "单位全称"))
        if name:
            register.unit(
                name,
                builder.cell(cells, "单位编号"),
                builder.cell(cells, "统一社会信用代码"),
            )


def _localised(sheet: ForeignSheet) -> ForeignSheet:
    """Give headings that name the district the words used here."""
    headers = (
        "入本区事业编时间" if _ESTABLISHED.fullmatch(plain(header)) else header
        for header in sheet.headers
    )
    return replace(sheet, headers=tuple(headers))


def _unit(
    builder: Builder, row: int, cells: Sequence[Cell], seen: dict[str, tuple[str, str]]
) -> Cell:
    name = text_of(builder.cell(cells, "单位全称"))
    if not name:
        return None
    described = (
        text_of(builder.cell(cells, "学校类型")),
        text_of(builder.cell(cells, "区域")),
    )
    unit_id = builder.register.unit(name)
    if builder.lists(unit_id):
        values = {
            "unit_id": unit_id,
            "unit_name": name,
            "unit_kind": described[0] or None,
            "unit_stages": STAGES_OF_KIND.get(described[0]),
            "zone": described[1] or None,
        }
        builder.add("units", row, values, _UNIT)
    first = seen.setdefault(unit_id, described)
    for heading, here, there in zip(("学校类型", "区域"), described, first, strict=True):
        if here != there:
            builder.refuse(
                "forms.unit-described-twice", row, heading, found=here, expected=there
            )
    return unit_id


def _person(builder: Builder, cells: Sequence[Cell], unit_id: Cell) -> dict[str, Cell]:
    values = {
        name: (builder.word if name in _WORDS else builder.cell)(cells, heading)
        for name, heading in _PERSON.items()
    }
    born = _ID_BIRTH.fullmatch(text_of(values["id_number"]))
    post_kind, post_grade = _post(text_of(values["post_kind"]))
    return values | {
        "unit_id": unit_id,
        "birth": "-".join(born.groups()) if born else None,
        "employment": None if values["recruited_on"] is None else "在编",
        "role": _ROLES.get(_half_width(text_of(values["role"]))),
        "post_kind": post_kind,
        "post_grade": post_grade,
    }


def _post(text: str) -> tuple[Cell, Cell]:
    """Take 专业技术八级(暂聘) apart into its kind and grade; workers have no grade here."""
    found = _POST.match(text)
    if found:
        return found[1], _NUMERALS.get(found[2])
    return ("工勤", None) if text in ("普通工", "中级工", "高级工") else (None, None)


def _half_width(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def _present_stint(
    builder: Builder, row: int, cells: Sequence[Cell], ids: tuple[str, Cell]
) -> None:
    since = builder.cell(cells, "进入现单位任教时间")
    if since is None or ids[1] is None:
        return
    builder.add(
        "stints",
        row,
        {"person_id": ids[0], "unit_id": ids[1], "since": since, "stint_kind": "任教"},
        {"since": "进入现单位任教时间", "unit_id": "单位全称", "person_id": "人员编号"},
        "present",
    )


def _honour(builder: Builder, row: int, cells: Sequence[Cell], person_id: str) -> None:
    level = text_of(builder.cell(cells, "最高骨干教师级别"))
    if not level:
        return
    if level not in _BACKBONE_LEVELS and level != "其他":
        builder.refuse(
            "forms.unknown-backbone-level",
            row,
            "最高骨干教师级别",
            found=level,
            expected="、".join(DROP_DOWNS["最高骨干教师级别"]),
        )
        return
    builder.add(
        "honours",
        row,
        {
            "person_id": person_id,
            "honour": "骨干教师",
            "honour_level": _BACKBONE_LEVELS.get(level),
        },
        dict.fromkeys(("honour", "honour_level"), "最高骨干教师级别"),
    )


def _exchange(
    builder: Builder, row: int, cells: Sequence[Cell], ids: tuple[str, Cell, str]
) -> None:
    """Add 支教 or 交流 as an exchange and, where its unit lies inside, as a stint."""
    person_id, origin, word = ids
    name = text_of(builder.cell(cells, f"{word}单位全称"))
    if not name:
        return
    since = builder.cell(cells, f"{word}开始时间")
    if since is None:
        builder.warn("forms.exchange-without-start", row, f"{word}开始时间", kind=word)
        return
    outside = word == "支教" and text_of(builder.cell(cells, "支教地域")) in _OUTSIDE
    host = None if outside else _host(builder, row, name, f"{word}单位全称")
    headings = {
        "since": f"{word}开始时间",
        "until": f"{word}结束时间",
        "host_unit": f"{word}单位全称",
        "unit_id": f"{word}单位全称",
    }
    dates = {
        "person_id": person_id,
        "since": since,
        "until": builder.cell(cells, f"{word}结束时间"),
    }
    kind = "定期交流" if word == "交流" else word
    ends = {"exchange_kind": kind, "origin_unit": origin, "host_unit": host}
    builder.add("exchanges", row, dates | ends, headings, word)
    if host is not None:
        builder.add(
            "stints", row, dates | {"unit_id": host, "stint_kind": word}, headings, word
        )


def _host(builder: Builder, row: int, name: str, heading: str) -> str:
    """Return the unit's id; one that has no staff in the form is listed, and that is told."""
    known = builder.register.knows(name)
    unit_id = builder.register.unit(name)
    if not known and builder.lists(unit_id):
        builder.warn("forms.unit-only-as-host", row, heading, found=name)
        values = {"unit_id": unit_id, "unit_name": name}
        builder.add("units", row, values, {"unit_name": heading}, heading)
    return unit_id
