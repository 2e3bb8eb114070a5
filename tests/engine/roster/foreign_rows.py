"""Sheets of foreign forms, filled in by hand for tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from junheng.engine.roster.foreign import district

DISTRICT_ROW = {
    "单位全称(按照单位公章)": "城关小学",
    "学校类型": "小学",
    "统一社会信用代码": "无",
    "姓名": "=1+1",
    "身份证号码(文本格式)": "11010519491231002X",
    "性别": "女",
    "最高学历": "本科",
    "入本区事业编时间": "1998年9月",
    "进入现单位任教时间": "2010年9月",
    "行政职务": "中层正职",
    "主教学科(只能选一门)": "语文",
    "兼教学科(可多，逗号隔开)": "数学，科学",
    "现聘专业技术职称": "一级教师",
    "现聘专业技术岗位": "专业技术十一级(暂聘)",
    "最高骨干教师级别": "市骨干教师",
    "支教单位全称(只填最近一次)": "河湾小学",
    "支教地域": "区内",
    "支教开始时间": "2018年9月",
    "支教结束时间": "2019年7月",
    "区域(片镇)": "东片",
    "主要任教学段": "小学",
    "在岗状态": "在职在岗",
}


def district_row(**changed: str) -> dict[str, str]:
    """Return another person's row, cells changed by plain heading, e.g. ``姓名="甲"``."""
    row = {**DISTRICT_ROW, "身份证号码(文本格式)": "无"}
    for heading, value in changed.items():
        (full,) = [h for h in district.HEADINGS if h.partition("(")[0] == heading]
        row[full] = value
    return row


def write_district(
    path: Path, rows: Sequence[Mapping[str, str]], *, titles: Sequence[str] = ()
) -> None:
    """Write rows under the 72 headings, 无 in every cell not given."""
    write_sheet(path, "数据表", district.HEADINGS, rows, titles=titles, otherwise="无")


def write_sheet(
    path: Path,
    name: str,
    headings: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    titles: Sequence[str] = (),
    otherwise: str | None = None,
) -> None:
    """Write a sheet with title rows, headings and rows, all cells text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    lines: list[list[str | None]] = [[title] for title in titles]
    lines.append(list(headings))
    lines += [[row.get(heading, otherwise) for heading in headings] for row in rows]
    for r, line in enumerate(lines, start=1):
        for c, value in enumerate(line, start=1):
            if value is not None:
                cell = sheet.cell(r, c, value)
                cell.data_type = "s"
    book.save(path)
