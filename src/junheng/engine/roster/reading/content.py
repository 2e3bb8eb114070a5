"""The rows below a header: merged cells spread, blank rows and footers left out."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import polars as pl

from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.names import plain_word
from junheng.engine.roster.reading.extents import letters_of
from junheng.engine.roster.reading.headers import Headers
from junheng.engine.roster.reading.workbooks import RawSheet, Row
from junheng.errors import SheetPlace

_FOOTERS = (
    "填表",
    "填报",
    "制表",
    "审核",
    "负责人",
    "经办",
    "备注",
    "说明",
    "注:",
    "注1",
    "盖章",
    "合计",
)
"""How lines below a table begin; only such lines with an empty required cell are left out."""

_SHOWN_RANGES = 5


def content_rows(
    sheet: RawSheet,
    headers: Headers,
    findings: Findings,
    *,
    prefilled: frozenset[str] = frozenset(),
) -> tuple[Sequence[Row], pl.Series]:
    """Return the rows that hold anything, and their numbers as the officer counts.

    Parameters
    ----------
    prefilled : columns whose content alone does not make a row
    """
    below = _spread(sheet, headers, findings)
    first = sheet.first_row + headers.last_row + 1
    below = below[: len(below) - _footers(sheet, headers, below, findings)]
    wanted = [i for i, column in headers.columns.items() if column.id not in prefilled]
    if wanted and not any(map(_is_blank, map(itemgetter(wanted[0]), below))):
        numbers = pl.int_range(first, first + len(below), dtype=pl.UInt32, eager=True)
        return below, numbers
    kept = [
        (number, row)
        for number, row in enumerate(below, first)
        if not all(_is_blank(row[index]) for index in wanted)
    ]
    return [row for _, row in kept], pl.Series([n for n, _ in kept], dtype=pl.UInt32)


def _spread(sheet: RawSheet, headers: Headers, findings: Findings) -> Sequence[Row]:
    """Return the rows below the header with every merged cell in each row it covers."""
    start = headers.last_row + 1
    below = sheet.rows[start:]
    top = sheet.first_row - 1 + start
    left = sheet.first_column - 1
    spans = [
        (span, span[0][1] - left)
        for span in sheet.merged
        if span[0][0] >= top
        and span[1][0] > span[0][0]
        and span[0][1] - left in headers.columns
    ]
    if not spans:
        return below
    rows = list(map(list, below))
    for ((first, _), (last, _)), index in spans:
        for number in range(first - top + 1, min(last - top + 1, len(rows))):
            rows[number][index] = rows[first - top][index]
    names = [
        f"{letters_of(a[1] + 1)}{a[0] + 1}:{letters_of(b[1] + 1)}{b[0] + 1}"
        for (a, b), _ in spans
    ]
    found = "、".join(names[:_SHOWN_RANGES]) + ("…" if len(names) > _SHOWN_RANGES else "")
    place = SheetPlace(sheet.path.name, sheet.sheet_name, names[0].partition(":")[0])
    findings.add(Fault("roster.merged-cells", {"found": found}, WARNING), place)
    return rows


def _footers(
    sheet: RawSheet,
    headers: Headers,
    below: Sequence[Row],
    findings: Findings,
) -> int:
    """Return how many lines at the end are notes or signatures, with a warning for each."""
    required = [i for i, column in headers.columns.items() if column.required]
    count = 0
    for row in reversed(below):
        texts = [plain_word(str(cell)) for cell in row if not _is_blank(cell)]
        gaps = any(_is_blank(row[index]) for index in required)
        if texts and not (gaps and texts[0].startswith(_FOOTERS)):
            break
        if texts:
            number = sheet.first_row + headers.last_row + len(below) - count
            place = SheetPlace(sheet.path.name, sheet.sheet_name, str(number))
            findings.add(Fault("roster.footer-ignored", severity=WARNING), place)
        count += 1
    return count


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
