"""Writing a roster as a workbook that has been through many hands, with mistakes planted.

What is only untidy must read as the same roster; what is wrong must be found and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.engine.roster.cells import Written, written_rows
from junheng.engine.roster.columns import Column, Kind, Table
from junheng.engine.roster.generator.draws import Draws
from junheng.engine.roster.generator.planting import Mark, Rows, plant
from junheng.engine.roster.names import plain_word, unbracketed
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES

_TITLE_ROWS = 2
_HINTS = ("", "", "（必填）", "(文本格式)", "【请从下拉列表选择】")
_DOTS = ("·", "•", "・", "‧")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_DAY_FORMS = (
    "{y}-{m:02}-{d:02}",
    "{y}年{m}月{d}日",
    "{y}/{m}/{d}",
    "{y}.{m}.{d}",
    "{y}{m:02}{d:02}",
)
_MONTH_FORMS = ("{y}-{m:02}", "{y}年{m}月", "{y}.{m:02}", "{y}{m:02}", "{y}/{m}")
_YEAR_FORMS = ("{y}", "{y}年")
_YES = {"是": ("是", "√", "有"), "否": ("否", "×", "否")}


@dataclass(frozen=True, slots=True)
class PlantedError:
    """A mistake put into a workbook on purpose.

    Attributes
    ----------
    code : of the problem that ``roster check`` must report
    sheet : name of the sheet
    cell : address such as ``E214``
    """

    code: str
    sheet: str
    cell: str


def write_messy(roster: Roster, path: Path, *, seed: int, on: date) -> tuple[PlantedError, ...]:
    """Write a roster untidily and with mistakes; return the mistakes.

    Title rows, an extra first column, columns in another order, headers by alias and with
    bracketed instructions, dates in every written form, full-width digits in ids, several dots
    in names, padding, 否 and 是 as signs. The same arguments give the same bytes.

    Parameters
    ----------
    roster : written as it is, apart from the mistakes
    path : the .xlsx file
    seed : decides what is written how and which cells are wrong
    on : no date of a mistake lies after this day
    """
    draws = Draws(seed, "mess")
    given = [table for table in TABLES if table.id in roster.given]
    rows: Rows = {
        table.id: _disguised(table, roster, Draws(seed, f"mess-{table.id}")) for table in given
    }
    marks = plant(rows, draws, on)
    planted: list[PlantedError] = []
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001 -- a workbook's own date has no zone
        for table in given:
            order = draws.order(len(table.columns)).tolist()
            sheet = book.add_worksheet(f" {table.sheet}")
            _write_titles(sheet, table, on)
            _write_header(sheet, table, order, draws)
            _write_rows(sheet, rows[table.id], order)
            planted += [_place(mark, table, order) for mark in marks if mark.table == table.id]
    return tuple(planted)


def _place(mark: Mark, table: Table, order: list[int]) -> PlantedError:
    ids = [table.columns[place].id for place in order]
    letter = xl_col_to_name(1 + ids.index(mark.column))
    # Rows count from 1, below the titles and the header.
    return PlantedError(mark.code, f" {table.sheet}", f"{letter}{mark.row + _TITLE_ROWS + 2}")


def _disguised(table: Table, roster: Roster, draws: Draws) -> list[list[Written]]:
    frame = roster[table.id]
    ways = draws.below(frame.height * len(table.columns), 1000)
    ways = ways.reshape(frame.height, len(table.columns))
    return [
        [
            _cell(column, value, int(way))
            for column, value, way in zip(table.columns, row, turn, strict=True)
        ]
        for row, turn in zip(written_rows(table, frame), ways, strict=True)
    ]


def _cell(column: Column, value: Written, way: int) -> Written:
    """Write a cell in another of its accepted forms."""
    if not isinstance(value, str):
        return value
    if column.is_date:
        return _date(value, way)
    return _word(column, value, way)


def _word(column: Column, value: str, way: int) -> str:
    match column.kind:
        case Kind.YES_NO:
            return _YES[value][way % 3]
        case Kind.CODE:
            return _spelling(column, value, way)
        case Kind.ID if way % 20 == 0:
            return value.translate(_WIDE)
        case Kind.TEXT if "·" in value:
            return value.replace("·", _DOTS[way % len(_DOTS)])
        case _:
            return value + " " * (way % 7 // 6)


def _spelling(column: Column, value: str, way: int) -> str:
    others = [s for s, code in column.codes.spellings if code == value] if column.codes else []
    return others[way % len(others)] if others and way % 3 == 0 else value


def _date(value: str, way: int) -> Written:
    parts = [int(part) for part in value.split("-")]
    named = dict(zip("ymd", parts, strict=False))
    forms = (_YEAR_FORMS, _MONTH_FORMS, _DAY_FORMS)[len(parts) - 1]
    if len(parts) == 3 and way % 6 == 5:
        return date(*parts).toordinal() - _SERIAL_ZERO
    return forms[way % len(forms)].format(**named)


def _write_titles(sheet: Worksheet, table: Table, on: date) -> None:
    sheet.merge_range(0, 0, 0, len(table.columns), f"示例县{table.sheet}汇总表（虚构）")
    line = f"填报部门：示例县教育局    填表日：{on.year}年{on.month}月{on.day}日"
    sheet.write_string(1, 0, line)


def _write_header(sheet: Worksheet, table: Table, order: list[int], draws: Draws) -> None:
    sheet.write_string(_TITLE_ROWS, 0, "序号")
    for number, place in enumerate(order, start=1):
        names = (table.columns[place].header, *_own_aliases(table, table.columns[place]))
        name = names[int(draws.below(1, len(names))[0])]
        hint = _HINTS[int(draws.below(1, len(_HINTS))[0])]
        sheet.write_string(_TITLE_ROWS, number, name + hint)


def _own_aliases(table: Table, column: Column) -> list[str]:
    """Return the aliases that mean no other column of the table."""

    def words(other: Column) -> set[str]:
        plain = {plain_word(word) for word in (other.header, *other.aliases)}
        return plain | {unbracketed(word) for word in plain}

    taken = {word for other in table.columns if other is not column for word in words(other)}
    return [
        a for a in column.aliases if not {plain_word(a), unbracketed(plain_word(a))} & taken
    ]


def _write_rows(sheet: Worksheet, rows: list[list[Written]], order: list[int]) -> None:
    for number, row in enumerate(rows, start=_TITLE_ROWS + 1):
        sheet.write_number(number, 0, number - _TITLE_ROWS)
        for index, place in enumerate(order, start=1):
            value = row[place]
            if isinstance(value, str):
                sheet.write_string(number, index, value)
            elif value is not None:
                sheet.write_number(number, index, value)
