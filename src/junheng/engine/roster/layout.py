"""Laying out the workbooks that go to officers: forms with drop-downs, hints and print set-up.

Text is always written as text: a name that begins with ``=`` stays a name, and an id keeps all
its digits. The same contents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.engine.roster.cells import Written
from junheng.engine.roster.columns import Column, Kind, Table
from junheng.messages import sentence

GUIDE_SHEET = "填报说明"
CODES_SHEET = "代码"
PROBLEMS_SHEET = "问题清单"
AUXILIARY_SHEETS = frozenset(
    {GUIDE_SHEET, CODES_SHEET, PROBLEMS_SHEET, "填表说明", "下拉列表信息", "公式表"}
)
"""Sheets that go with a form and hold no rows of the roster."""

LAST_ROW = 100_000
"""Drop-downs reach down to this row."""

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDEST, _NARROWEST = 36, 11
_WIDTHS = {Kind.ID_NUMBER: 21, Kind.ID: 14, Kind.DATE: 14, Kind.UNTIL: 14}
_A3, _A4 = 8, 9
_WIDE_FORM = 14  # columns on one A3 page; from here on a form is printed on A3
_TEXT_KINDS = frozenset(Kind) - {Kind.WHOLE, Kind.NUMBER, Kind.DEGREES}


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell formats of our forms."""

    title: Format
    line: Format
    header: Format
    required: Format
    text: Format
    number: Format
    cell: Format
    figure: Format
    wanted: Format
    note: Format


class Form:
    """A workbook being written, with its formats and the hidden sheet of drop-down words."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.styles = _styles(book)
        self._lists: dict[tuple[str, ...], str] = {}

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet, printed landscape, fitted to the width, pages numbered."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&C&A")
        sheet.set_footer("&C第 &P 页 共 &N 页")
        return sheet

    def drop_down(self, words: Sequence[str]) -> str:
        """Return the range on the hidden sheet 代码 that lists the words."""
        key = tuple(words)
        if key not in self._lists:
            name = xlsxwriter.utility.xl_col_to_name(len(self._lists))
            self._lists[key] = f"='{CODES_SHEET}'!${name}$1:${name}${len(key)}"
        return self._lists[key]

    def write_codes(self) -> None:
        """Add the hidden sheet with the words of all drop-downs, as the last one."""
        if not self._lists:
            return
        sheet = self.book.add_worksheet(CODES_SHEET)
        sheet.hide()
        for column, words in enumerate(self._lists):
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)


@contextmanager
def open_form(path: Path) -> Iterator[Form]:
    """Write a workbook; it is complete when the block ends."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(path), options | {"strings_to_numbers": False})
    book.set_properties({"created": _MADE})
    form = Form(book)
    yield form
    form.write_codes()
    book.close()


def write_table(
    form: Form,
    table: Table,
    rows: Iterable[Sequence[Written]] = (),
    *,
    lines: Sequence[str] = (),
    columns: Sequence[Column] | None = None,
    wanted: frozenset[str] = frozenset(),
) -> Worksheet:
    """Write a sheet of a table: lines above, headers with hints, rows, drop-downs.

    Parameters
    ----------
    form : the workbook
    table : gives the sheet its name
    rows : cells in the order of the columns
    lines : text rows above the headers, such as 填报单位
    columns : those to show; all of the table's where None
    wanted : ids of columns whose empty cells are to be filled; they are coloured
    """
    shown = tuple(table.columns if columns is None else columns)
    sheet = form.sheet(table.sheet)
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, form.styles.line)
    head = len(lines)
    write_header(form, sheet, shown, head)
    number = head
    for number, row in enumerate(rows, start=head + 1):
        for index, (column, value) in enumerate(zip(shown, row, strict=True)):
            write_cell(sheet, number, index, value, _cell_style(form, column, value, wanted))
    if number > head:
        sheet.autofilter(head, 0, number, len(shown) - 1)
    if len(shown) >= _WIDE_FORM:
        sheet.set_paper(_A3)
        sheet.fit_to_pages(-(-len(shown) // _WIDE_FORM), 0)
        sheet.repeat_columns(0, 1)
    return sheet


def _cell_style(form: Form, column: Column, value: Written, wanted: frozenset[str]) -> Format:
    if value is None and column.id in wanted:
        return form.styles.wanted
    return form.styles.cell if column.kind in _TEXT_KINDS else form.styles.figure


def write_header(form: Form, sheet: Worksheet, columns: Sequence[Column], row: int) -> None:
    """Write the headers of columns with hints, comments, widths and drop-downs."""
    for index, column in enumerate(columns):
        text = header_text(column)
        style = form.styles.required if column.required else form.styles.header
        sheet.write_string(row, index, text, style)
        sheet.write_comment(row, index, comment_text(column), {"x_scale": 1.6, "author": ""})
        usual = _WIDTHS.get(column.kind, _NARROWEST)
        width = min(_WIDEST, max(usual, 2 * len(column.header) + 2))
        cells = form.styles.text if column.kind in _TEXT_KINDS else form.styles.number
        sheet.set_column(index, index, width, cells)
        rule = _validation(form, column)
        if rule is not None:
            sheet.data_validation(row + 1, index, LAST_ROW, index, rule)
    sheet.set_row(row, 58)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(0, row)


def write_cell(
    sheet: Worksheet, row: int, index: int, value: Written, style: Format | None = None
) -> None:
    """Write a value; text as text whatever it begins with, nothing as an empty cell."""
    if value is None:
        if style is not None:
            sheet.write_blank(row, index, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, index, value, style)
    else:
        sheet.write_number(row, index, value, style)


def header_text(column: Column) -> str:
    """Return the header with its bracketed hint; reading drops the hint again."""
    hint = sentence(f"forms.hint-{column.kind.value}".replace("_", "-"))
    return f"{column.header}\n{hint}" if hint else column.header


def comment_text(column: Column) -> str:
    """Return what the officer should know about a column."""
    kind = sentence(f"forms.about-{column.kind.value}".replace("_", "-"))
    parts = [sentence("forms.about-required")] if column.required else []
    parts.append(kind)
    if column.codes is not None:
        words = "、".join(column.codes.codes)
        parts.append(sentence("forms.about-choices", words=words))
        if column.codes.open_ended:
            parts.append(sentence("forms.about-open-list"))
    return "\n".join(parts)


def _validation(form: Form, column: Column) -> dict[str, object] | None:
    if column.kind is Kind.CODE and column.codes is not None:
        strict = "warning" if column.codes.open_ended else "stop"
        return _list_rule(form.drop_down(column.codes.codes), strict)
    if column.kind is Kind.YES_NO:
        return _list_rule(form.drop_down(("是", "否")), "stop")
    if column.kind in (Kind.WHOLE, Kind.NUMBER):
        kind = "integer" if column.kind is Kind.WHOLE else "decimal"
        return _rule({"validate": kind, "criteria": ">=", "value": 0}, "stop")
    if column.kind is Kind.ID_NUMBER:
        return _rule({"validate": "length", "criteria": "==", "value": 18}, "warning")
    return None


def _list_rule(source: str, strictness: str) -> dict[str, object]:
    return _rule({"validate": "list", "source": source}, strictness)


def _rule(rule: dict[str, object], strictness: str) -> dict[str, object]:
    message = sentence("forms.not-allowed" if strictness == "stop" else "forms.unusual")
    return rule | {
        "error_type": strictness,
        "error_title": sentence("forms.please-check"),
        "error_message": message,
    }


def _styles(book: Workbook) -> Styles:
    font = {"font_name": "宋体", "font_size": 11}
    cell = font | {"num_format": "@", "border": 1, "valign": "vcenter"}
    header = font | {
        "bold": True,
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "num_format": "@",
    }
    return Styles(
        title=book.add_format({"font_name": "黑体", "font_size": 16, "bold": True}),
        line=book.add_format(font | {"num_format": "@"}),
        header=book.add_format(header | {"bg_color": "#E8EEF4"}),
        required=book.add_format(header | {"bg_color": "#FBE5CF"}),
        text=book.add_format(font | {"num_format": "@", "valign": "vcenter"}),
        number=book.add_format(font | {"valign": "vcenter"}),
        cell=book.add_format(cell),
        figure=book.add_format(font | {"border": 1, "valign": "vcenter"}),
        wanted=book.add_format(cell | {"bg_color": "#FFF7C2"}),
        note=book.add_format(font | {"num_format": "@", "text_wrap": True, "valign": "top"}),
    )
