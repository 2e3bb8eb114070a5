"""Registers as an Excel workbook, laid out as an office prints and signs it.

A4 landscape, one page wide, the heading repeated on every page, page numbers, and a line for
the unit, the date and the seal. Nothing is written that Excel could run: text that begins like
a formula stays text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from junheng.engine.documents.charts.drawing import PNG_SCALE
from junheng.engine.documents.pictures import Illustration
from junheng.engine.documents.register import Cell, Field, Register
from junheng.messages import sentence

PAPER_A4 = 9  # Excel's number for the paper size
_BODY_FONT, _HEAD_FONT = "宋体", "黑体"
_NUMBER_WIDTH = 6.0
_SHOWN = 72 / 96 / PNG_SCALE  # the PNG says 72 pixels to the inch, the screen has 96
_ROW_POINTS, _PAGE_ROWS, _PAGE_POINTS = 20, 46, 660
"""Of an A4 page with rows of the standard height and one column as wide as the page."""
_MARGIN_INCHES = {"left": 0.5, "right": 0.5, "top": 0.7, "bottom": 0.7}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every sheet: who it is for, and the day and receipt behind it."""

    authority: str
    on: date
    receipt: str


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    line: Format
    head: Format
    text: Format
    number: dict[int, Format]
    note: Format


def write_registers(
    registers: Sequence[Register],
    path: Path,
    *,
    imprint: Imprint,
    pictures: Sequence[Illustration] = (),
) -> None:
    """Write the registers, one sheet each, in the order given; the same bytes on every run.

    Parameters
    ----------
    pictures : put on a last sheet below each other, divided into pages
    """
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    made = datetime(imprint.on.year, imprint.on.month, imprint.on.day)  # noqa: DTZ001 -- no clock
    book.set_properties({"title": imprint.authority, "created": made})
    formats = _formats(book, registers)
    for register in registers:
        _write_sheet(book.add_worksheet(register.name[:31]), register, formats, imprint)
    if pictures:
        _write_pictures(book.add_worksheet(sentence("document.pictures")), pictures, imprint)
    book.close()


def _formats(book: xlsxwriter.Workbook, registers: Sequence[Register]) -> _Formats:
    places = {field.decimals for register in registers for field in register.fields} | {0}
    body = {"font_name": _BODY_FONT, "font_size": 10, "border": 1, "valign": "vcenter"}
    return _Formats(
        title=book.add_format(
            {"font_name": _HEAD_FONT, "font_size": 16, "align": "center", "valign": "vcenter"}
        ),
        line=book.add_format({"font_name": _BODY_FONT, "font_size": 10}),
        head=book.add_format(
            body
            | {
                "font_name": _HEAD_FONT,
                "align": "center",
                "text_wrap": True,
                "bg_color": "#EDEDED",
            }
        ),
        text=book.add_format(body | {"text_wrap": True}),
        number={
            n: book.add_format(
                body | {"align": "center", "num_format": f"0.{'0' * n}" if n else "0"}
            )
            for n in places
        },
        note=book.add_format({"font_name": _BODY_FONT, "font_size": 9, "text_wrap": True}),
    )


def _write_sheet(
    sheet: Worksheet, register: Register, formats: _Formats, imprint: Imprint
) -> None:
    fields = (Field(sentence("document.number"), _NUMBER_WIDTH), *register.fields)
    last = len(fields) - 1
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, register.title, formats.title)
    heading = sentence(
        "document.heading", authority=imprint.authority, on=imprint.on, count=len(register.rows)
    )
    sheet.write_string(1, 0, heading, formats.line)
    sheet.set_row(2, 30)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.width)
        sheet.write_string(2, column, field.title, formats.head)
    for index, cells in enumerate(register.rows):
        _write_row(sheet, 3 + index, (index + 1, *cells), fields, formats)
    _write_foot(sheet, 3 + len(register.rows), last, register, formats)
    _set_up_print(sheet, imprint)
    sheet.freeze_panes(3, min(3, last))
    if register.rows:
        sheet.autofilter(2, 0, 2 + len(register.rows), last)


def _write_row(
    sheet: Worksheet,
    row: int,
    cells: tuple[Cell, ...],
    fields: tuple[Field, ...],
    formats: _Formats,
) -> None:
    for column, (cell, field) in enumerate(zip(cells, fields, strict=True)):
        match cell:
            case None:
                sheet.write_blank(row, column, None, formats.text)
            case str():
                sheet.write_string(row, column, cell, formats.text)
            case _:
                sheet.write_number(row, column, cell, formats.number[field.decimals])


def _write_foot(
    sheet: Worksheet, row: int, last: int, register: Register, formats: _Formats
) -> None:
    if not register.rows:
        sheet.merge_range(row, 0, row, last, sentence("document.nobody"), formats.text)
        row += 1
    if register.note:
        sheet.merge_range(row, 0, row, last, register.note, formats.note)
        sheet.set_row(row, 15.0 * (1 + register.note.count("\n")))
        row += 1
    if register.signed:
        sheet.write_string(row + 1, 0, sentence("document.signatures"), formats.line)


def _set_up_print(sheet: Worksheet, imprint: Imprint) -> None:
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_margins(**_MARGIN_INCHES)
    sheet.center_horizontally()
    sheet.set_footer(f"&L&8{imprint.receipt}&R&9" + sentence("document.pages"))


def _write_pictures(
    sheet: Worksheet, pictures: Sequence[Illustration], imprint: Imprint
) -> None:
    """Put pictures below each other in their natural size, as many to a page as fit."""
    breaks, row, left_on_page = [], 0, _PAGE_ROWS
    for picture in pictures:
        high, wide = picture.drawn.height, picture.drawn.width
        scale = min(1, (_PAGE_ROWS - 1) * _ROW_POINTS / high, _PAGE_POINTS / wide)
        rows = math.ceil(high * scale / _ROW_POINTS) + 1
        if rows > left_on_page and row:
            breaks.append(row)
            left_on_page = _PAGE_ROWS
        shown = {
            "image_data": BytesIO(picture.drawn.png),
            "x_scale": scale * _SHOWN,
            "y_scale": scale * _SHOWN,
            "description": picture.name,
        }
        sheet.insert_image(row, 0, f"{picture.name}.png", shown)
        row, left_on_page = row + rows, left_on_page - rows
    sheet.set_column_pixels(0, 0, _PAGE_POINTS)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row, 0)
    sheet.hide_gridlines(2)
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(**_MARGIN_INCHES)
    sheet.set_footer(f"&L&8{imprint.receipt}&R&9" + sentence("document.pages"))
