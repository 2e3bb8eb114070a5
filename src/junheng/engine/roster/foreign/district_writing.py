"""Filling in the district roster form from a roster."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

from junheng.engine.roster.cells import Written
from junheng.engine.roster.foreign.district_words import DROP_DOWNS, HEADINGS
from junheng.engine.roster.foreign.extracts import (
    Extracts,
    Row,
    last_month_text,
    month_text,
)
from junheng.engine.roster.foreign.sheets import plain
from junheng.engine.roster.layout import Form, open_form, write_cell
from junheng.engine.roster.roster import Roster
from junheng.messages import sentence

DISTRICT_SHEET = "数据表"

_KINDS = MappingProxyType(dict.fromkeys(("中心校", "村小", "教学点"), "小学"))
_IN_POST = MappingProxyType(
    {
        "在岗": "在职在岗",
        "跟岗借调": "区内跟岗或借调(不在一线)",
        "区内交流": "区内交流(在一线)",
        "支教": "外市支教",
        "长期事假": "长期事假(7天以上)",
        "脱产学习": "其他",
        "待岗": "其他",
    }
)
_SUBJECTS = MappingProxyType({"道德与法治": "思想政治"})
_OFFICES = MappingProxyType({"书记": "书记(正校级)", "副书记": "副书记(副校级)"})
_BACKBONE = MappingProxyType({"省级": "省骨干教师", "市级": "市骨干教师", "县级": "区骨干教师"})
_NUMERALS = "零一二三四五六七八九十"
_NONE = "无"


def write(roster: Roster, path: Path, *, on: date) -> None:
    """Write the persons of a roster in the 72-heading form.

    Dates are text such as 1998年9月; columns that the roster has nothing for say 无, except
    where that would be an answer the roster does not give. Words that the form lacks become
    its nearest: a village school is a 小学, 道德与法治 is 思想政治.

    Parameters
    ----------
    roster : id numbers included
    path : the .xlsx to write
    on : the day printed as 填表时间
    """
    with open_form(path) as form:
        _write_rows(form, _rows(roster), on)


def _write_rows(form: Form, rows: list[dict[str, Written]], on: date) -> None:
    sheet = form.sheet(DISTRICT_SHEET)
    completed = f"{on.year}年{on.month}月{on.day}日"
    sheet.write_string(0, 0, sentence("forms.completed-on", on=completed), form.styles.line)
    for index, heading in enumerate(HEADINGS):
        sheet.write_string(1, index, heading, form.styles.header)
        sheet.set_column(index, index, 14, form.styles.text)
        words = DROP_DOWNS.get(plain(heading))
        if words is not None:
            rule = {"validate": "list", "source": form.drop_down(words)}
            sheet.data_validation(2, index, len(rows) + 500, index, rule)
    sheet.freeze_panes(2, 4)
    for number, row in enumerate(rows, start=2):
        for index, heading in enumerate(HEADINGS):
            write_cell(sheet, number, index, row.get(plain(heading), _NONE))


def _rows(roster: Roster) -> list[dict[str, Written]]:
    extracts = Extracts(roster)
    support = extracts.latest_exchanges(support=True)
    others = extracts.latest_exchanges(support=False)
    rows = []
    for person in extracts.persons:
        person_id = str(person["person_id"])
        row = _unit(extracts, person) | _person(person) | _post(person)
        row["进入现单位任教时间"] = extracts.present_since(person)
        row["最高骨干教师级别"] = _backbone(extracts, person)
        row |= _exchange(extracts, support.get(person_id), "支教")
        row |= _exchange(extracts, others.get(person_id), "交流")
        rows.append(row)
    return rows


def _unit(extracts: Extracts, person: Row) -> dict[str, Written]:
    unit = extracts.units.get(str(person["unit_id"]), {})
    kind = _text(unit.get("unit_kind"))
    return {
        "单位全称": extracts.unit_name(person["unit_id"]),
        "学校类型": _KINDS.get(kind, kind),
        "区域": _text(unit.get("zone")),
    }


def _person(person: Row) -> dict[str, Written]:
    subject = _text(person["subject"])
    return {
        "姓名": _text(person["person_name"]),
        "身份证号码": _text(person["id_number"]),
        "性别": _text(person["sex"]),
        "最高学历": _text(person["education"]),
        "任教年级": _text(person["grades_taught"]),
        "主教学科": _SUBJECTS.get(subject, subject),
        "兼教学科": _subjects(person["other_subjects"]),
        "主要任教学段": _text(person["stage"]),
        "在岗状态": _IN_POST.get(_text(person["in_post"]), _text(person["in_post"])),
    }


def _post(person: Row) -> dict[str, Written]:
    titled = month_text(person["title_since"], person["title_since_precision"])
    recruited = month_text(person["recruited_on"], person["recruited_on_precision"])
    outside = person["employment"] not in (None, "在编")
    office = _OFFICES.get(_text(person["role"]), _text(person["office_level"]))
    return {
        "入本区事业编时间": _NONE if outside else recruited,
        "行政职务": office if office in DROP_DOWNS["行政职务"] else "",
        "现聘专业技术职称": _text(person["title"]),
        "现聘职级首次聘用时间": titled,
        "现聘专业技术岗位": _grade(person["post_kind"], person["post_grade"]),
    }


def _grade(kind: object, grade: object) -> str:
    """Write 专业技术八级 or 管理七级; empty where kind or grade is not known."""
    if not isinstance(grade, int) or kind not in ("专业技术", "管理") or not 1 <= grade <= 13:
        return ""
    numeral = _NUMERALS[grade] if grade <= 10 else f"十{_NUMERALS[grade - 10]}"
    return f"{kind}{numeral}级"


def _backbone(extracts: Extracts, person: Row) -> str:
    level = extracts.backbone(person)
    if level is None:
        return _NONE if extracts.declared_backbone(person) else ""
    return _BACKBONE.get(level, "其他")


def _exchange(extracts: Extracts, exchange: Row | None, word: str) -> dict[str, Written]:
    if exchange is None:
        return {}
    host = extracts.unit_name(exchange["host_unit"])
    if not host and word == "交流":
        return {}  # the form has no word for an exchange with an unknown unit
    until = last_month_text(exchange["until"], exchange["until_precision"])
    cells: dict[str, Written] = {
        f"{word}单位全称": host or sentence("forms.unit-outside"),
        f"{word}开始时间": month_text(exchange["since"], exchange["since_precision"]),
        f"{word}结束时间": until or _NONE,
    }
    return cells | ({"支教地域": "区内" if host else "外市"} if word == "支教" else {})


def _subjects(subjects: object) -> str:
    words = subjects if isinstance(subjects, list) else []
    return "，".join(_SUBJECTS.get(word, word) for word in words)


def _text(value: object) -> str:
    return "" if value is None else str(value)
