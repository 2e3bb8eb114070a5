"""A look into an OpenDocument sheet before the parser expands its repetitions."""

from __future__ import annotations

import html
import re
import zipfile

from junheng.engine.roster.reading.extents import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    Look,
    letters_of,
)

_TOKEN = re.compile(
    rb"<table:table\s[^>]*?table:name=\"([^\"]*)\""
    rb"|<(table:table-row)\b([^>]*)>"
    rb"|<(?:table:table-cell|table:covered-table-cell)\b([^>]*?)(/?)>"
)
_ROWS = re.compile(rb'table:number-rows-repeated="(\d+)"')
_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d+)"')


def look_into_ods(archive: zipfile.ZipFile) -> dict[str, Look]:
    """Find in each sheet a value beyond the limits, counting repeated rows and cells.

    Raises
    ------
    zipfile.BadZipFile, zlib.error, KeyError
        If the archive is damaged.
    """
    looks: dict[str, Look] = {}
    look = Look()
    row, next_row, column = 0, 1, 1
    for match in _TOKEN.finditer(archive.read("content.xml")):
        name, row_tag, row_attributes, cell_attributes, closed = match.groups()
        if name is not None:
            look = looks.setdefault(html.unescape(name.decode()), Look())
            next_row = 1
        elif row_tag is not None:
            row, column = next_row, 1
            next_row += _count(_ROWS, row_attributes)
        else:
            column += _count(_COLUMNS, cell_attributes)
            has_value = not closed or b"office:value" in cell_attributes
            if has_value and (column - 1 > COLUMN_LIMIT or next_row - 1 > ROW_LIMIT):
                look.far_cell = f"{letters_of(column - 1)}{max(row, next_row - 1)}"
    return looks


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match.group(1)) if match else 1
