"""Filling in the provincial return forms from a roster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from junheng.engine.roster.cells import Written
from junheng.engine.roster.foreign.extracts import Extracts, Row, month_text
from junheng.engine.roster.foreign.return_words import (
    PRINCIPAL_HEADINGS,
    PRINCIPALS_SHEET,
    TEACHER_HEADINGS,
    TEACHERS_SHEET,
)
from junheng.engine.roster.layout import Form, open_form, write_cell
from junheng.engine.roster.roster import Roster
from junheng.messages import sentence

_OFFICES = MappingProxyType({"正校级": "校长", "副校级": "副校长"})
_LEADING = frozenset({"校长", "副校长", "书记", "副书记"})


def write(roster: Roster, path: Path, *, on: date) -> None:
    """Write a roster as both return forms: principals on the first sheet, teachers after.

    The planned rotation is left empty, and so are years of rural service, which a roster holds
    as dated stints.

    Parameters
    ----------
    roster : who leads a school is in the first form, everybody else in the second
    path : the .xlsx to write
    on : the day printed as 填表时间
    """
    extracts = Extracts(roster)
    principals = [p for p in extracts.persons if _office(p)]
    teachers = [p for p in extracts.persons if not _office(p)]
    with open_form(path) as form:
        rows = [_principal(extracts, person) for person in principals]
        _write_sheet(form, PRINCIPALS_SHEET, PRINCIPAL_HEADINGS, rows, on)
        rows = [_teacher(extracts, person) for person in teachers]
        _write_sheet(form, TEACHERS_SHEET, TEACHER_HEADINGS, rows, on)


def _write_sheet(
    form: Form,
    name: str,
    headings: Sequence[str],
    rows: Sequence[dict[str, Written]],
    on: date,
) -> None:
    sheet = form.sheet(name)
    completed = f"{on.year}年{on.month}月{on.day}日"
    sheet.write_string(0, 0, name, form.styles.title)
    sheet.write_string(1, 0, sentence("forms.completed-on", on=completed), form.styles.line)
    for index, heading in enumerate(headings):
        sheet.write_string(2, index, heading, form.styles.header)
        sheet.set_column(index, index, 14, form.styles.text)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(0, 2)
    for number, row in enumerate(rows, start=3):
        for index, heading in enumerate(headings):
            write_cell(sheet, number, index, row.get(heading))


def _office(person: Row) -> str:
    """Return the office of somebody who leads a school; empty for everybody else."""
    role = str(person["role"] or "")
    return role if role in _LEADING else _OFFICES.get(str(person["office_level"] or ""), "")


def _person(extracts: Extracts, person: Row) -> dict[str, Written]:
    unit = extracts.units.get(str(person["unit_id"]), {})
    return {
        "市(县、区)": _text(unit.get("county")),
        "姓名": _text(person["person_name"]),
        "性别": _text(person["sex"]),
        "出生年月": month_text(person["birth"], person["birth_precision"]) or None,
        "任教学科": _text(person["subject"]),
        "现聘任专业技术职务": _text(person["title"]),
    }


def _principal(extracts: Extracts, person: Row) -> dict[str, Written]:
    return _person(extracts, person) | {
        "现学校及职务": f"{extracts.unit_name(person['unit_id'])}{_office(person)}",
        "现学校任职时间": extracts.present_since(person) or None,
    }


def _teacher(extracts: Extracts, person: Row) -> dict[str, Written]:
    level = extracts.backbone(person)
    unsaid = "否" if extracts.declared_backbone(person) else None
    return _person(extracts, person) | {
        "现学校": extracts.unit_name(person["unit_id"]),
        "现学校任教时间": extracts.present_since(person) or None,
        "是否骨干教师": unsaid if level is None else "是",
        "骨干教师类型": f"{level}骨干教师" if level else None,
    }


def _text(value: object) -> Written:
    return None if value is None else str(value)
