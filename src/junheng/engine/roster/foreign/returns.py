"""The provincial return forms: principals (校长轮岗汇总表) and teachers (教师交流汇总表).

One person a row, under a line with 填报单位 and 填表时间. The planned rotation in the last
columns is a plan, not a fact, and is not read here. 农村工作经历年限 gives a number of years
without saying when: that is no stint, so it stays out and a warning says what to fill in.
Source: return forms of one province, their headings shortened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from junheng.engine.roster.foreign.building import Builder, Register
from junheng.engine.roster.foreign.return_words import (
    PRINCIPAL_HEADINGS,
    PRINCIPAL_MARKS,
    TEACHER_HEADINGS,
    TEACHER_MARKS,
)
from junheng.engine.roster.foreign.return_writing import write
from junheng.engine.roster.foreign.sheets import Cell, Conversion, ForeignSheet, text_of

__all__ = [
    "PRINCIPAL_HEADINGS",
    "PRINCIPAL_MARKS",
    "TEACHER_HEADINGS",
    "TEACHER_MARKS",
    "convert_principals",
    "convert_teachers",
    "name_principal_units",
    "name_teacher_units",
    "write",
]

_OFFICE_LEVELS = MappingProxyType(
    {"校长": "正校级", "书记": "正校级", "副校长": "副校级", "副书记": "副校级"}
)
_OFFICE = re.compile(
    r"(?P<school>.+?)"
    r"(?P<office>(?:党总支|党支部|党委)?副?书记(?:[、兼]?副?校长)?"
    r"|副?校长(?:[、兼](?:党总支|党支部|党委)?副?书记)?)"
)
_LEVELS = MappingProxyType(
    {
        "国家级": "国家级",
        "省级": "省级",
        "省": "省级",
        "市级": "市级",
        "市": "市级",
        "县级": "县级",
        "县": "县级",
        "区级": "县级",
        "区": "县级",
        "校级": "校级",
    }
)
_HONOUR = re.compile(r"(国家级|省级|市级|县级|区级|校级|省|市|县|区)?(.*)")
_PERSON = MappingProxyType(
    {
        "person_id": "人员编号",
        "person_name": "姓名",
        "sex": "性别",
        "birth": "出生年月",
        "id_number": "身份证号码",
        "title": "现聘任专业技术职务",
        "subject": "任教学科",
    }
)
_WORDS = ("subject", "title")


def convert_principals(sheet: ForeignSheet, register: Register) -> Conversion:
    """Turn the return of principals into units, persons and the stint in office."""
    builder = Builder(sheet, register)
    for row, cells in _filled(builder):
        school, office = _school_and_office(text_of(builder.cell(cells, "现学校及职务")))
        if not office:
            builder.refuse(
                "forms.office-not-recognised",
                row,
                "现学校及职务",
                found=text_of(builder.cell(cells, "现学校及职务")),
            )
            continue
        role = _role(office)
        unit_id = _unit(builder, row, cells, school, "现学校及职务")
        person = {"unit_id": unit_id, "role": role, "office_level": _OFFICE_LEVELS[role]}
        origins = dict.fromkeys(person, "现学校及职务")
        person_id = _person(builder, row, cells, person, origins)
        stint = {"unit_id": unit_id, "post": office, "stint_kind": "任职"}
        _stint(builder, row, cells, stint | {"person_id": person_id}, "现学校任职时间")
        _warn_of_rural_years(builder, row, cells)
    return builder.conversion()


def convert_teachers(sheet: ForeignSheet, register: Register) -> Conversion:
    """Turn the return of teachers into units, persons, the present stint and honours."""
    builder = Builder(sheet, register)
    for row, cells in _filled(builder):
        school = text_of(builder.cell(cells, "现学校"))
        unit_id = _unit(builder, row, cells, school, "现学校")
        person_id = _person(builder, row, cells, {"unit_id": unit_id}, {"unit_id": "现学校"})
        stint = {"unit_id": unit_id, "stint_kind": "任教"}
        _stint(builder, row, cells, stint | {"person_id": person_id}, "现学校任教时间")
        _honour(builder, row, cells, person_id)
        _warn_of_rural_years(builder, row, cells)
        builder.answer_about_backbone(unit_id, row, builder.as_written(cells, "是否骨干教师"))
    if builder.has("是否骨干教师"):
        builder.ask_about("honours", ("person_id", "honour", "honour_level"))
    builder.declare_backbone()
    return builder.conversion()


def name_principal_units(sheet: ForeignSheet, register: Register) -> None:
    """Give every school of a principal its id."""
    builder = Builder(sheet, register)
    builder.reserve_persons()
    for _, cells in _filled(builder):
        school, office = _school_and_office(text_of(builder.cell(cells, "现学校及职务")))
        if office:
            register.unit(school, builder.cell(cells, "单位编号"))


def name_teacher_units(sheet: ForeignSheet, register: Register) -> None:
    """Give every school of a teacher its id."""
    builder = Builder(sheet, register)
    builder.reserve_persons()
    for _, cells in _filled(builder):
        school = text_of(builder.cell(cells, "现学校"))
        if school:
            register.unit(school, builder.cell(cells, "单位编号"))


def _filled(builder: Builder) -> list[tuple[int, Sequence[Cell]]]:
    return [
        (row, cells)
        for row, cells in builder.sheet.rows
        if builder.cell(cells, "姓名") is not None
    ]


def _school_and_office(text: str) -> tuple[str, str]:
    """Take 某某小学党支部书记、校长 apart; the office is empty where none is recognised."""
    found = _OFFICE.fullmatch(text)
    return (found["school"].strip(), found["office"]) if found else ("", "")


def _role(office: str) -> str:
    """Return the highest of the offices named; 书记、校长 in one person is a 校长."""
    parts = {re.sub("^(党总支|党支部|党委)", "", part) for part in re.split("[、兼]", office)}
    return next(role for role in _OFFICE_LEVELS if role in parts)


def _unit(builder: Builder, row: int, cells: Sequence[Cell], school: str, heading: str) -> Cell:
    if not school:
        return None
    unit_id = builder.register.unit(school)
    if builder.lists(unit_id):
        values = {
            "unit_id": unit_id,
            "unit_name": school,
            "county": builder.cell(cells, "市"),
        }
        builder.add("units", row, values, {"unit_name": heading, "county": "市"}, heading)
    return unit_id


def _person(
    builder: Builder,
    row: int,
    cells: Sequence[Cell],
    further: dict[str, Cell],
    origins: dict[str, str],
) -> str:
    values = {
        name: (builder.word if name in _WORDS else builder.cell)(cells, heading)
        for name, heading in _PERSON.items()
    }
    person_id = builder.register.person(values["person_id"])
    values = values | further | {"person_id": person_id}
    builder.add("persons", row, values, dict(_PERSON) | origins)
    return person_id


def _stint(
    builder: Builder, row: int, cells: Sequence[Cell], stint: dict[str, Cell], heading: str
) -> None:
    since = builder.cell(cells, heading)
    if since is not None and stint["unit_id"] is not None:
        builder.add("stints", row, stint | {"since": since}, {"since": heading})


def _honour(builder: Builder, row: int, cells: Sequence[Cell], person_id: str) -> None:
    """Add the honour; 是 without a kind is a backbone teacher of unknown level."""
    answer = text_of(builder.cell(cells, "是否骨干教师"))
    kind = text_of(builder.cell(cells, "骨干教师类型"))
    if answer == "否" and kind:
        builder.refuse("forms.backbone-contradiction", row, "骨干教师类型", found=kind)
    if answer != "是" and not kind:
        return
    found = _HONOUR.fullmatch(kind)
    level, honour = (found[1], found[2]) if found else (None, "")
    values = {
        "person_id": person_id,
        "honour": "骨干教师" if honour in ("", "骨干") else honour,
        "honour_level": _LEVELS.get(level or ""),
    }
    builder.add(
        "honours", row, values, dict.fromkeys(("honour", "honour_level"), "骨干教师类型")
    )


def _warn_of_rural_years(builder: Builder, row: int, cells: Sequence[Cell]) -> None:
    years = text_of(builder.cell(cells, "农村工作经历年限"))
    if years and years != "0":
        builder.warn("forms.rural-years-without-dates", row, "农村工作经历年限", found=years)
