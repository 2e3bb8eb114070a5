"""Reading columns of words: texts, ids, codes, yes and no."""

from __future__ import annotations

import difflib
import re
from functools import cache

import polars as pl

from junheng.engine.codes import NONE_OF_THEM, CodeList
from junheng.engine.roster.columns import Column, Kind
from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.names import narrow, normalised_name, plain_word
from junheng.engine.roster.reading.cells import (
    ColumnCells,
    by_distinct,
    gathered,
    report_where,
    shown,
)

_NOTHING_SAID = frozenset({"无", "/", "-", "—", "——", "空"})
_YES = frozenset({"是", "有", "Y", "YES", "1", "√", "✓", "TRUE", "对", "T"})
_NO = frozenset({"否", "无", "N", "NO", "0", "×", "FALSE", "F", "没有"})
_SEPARATORS = re.compile(r"[,，、;；/\s]+")
_NEAR = 0.5
_SCIENTIFIC = r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$"
_TO_NARROW = r"[\uFF01-\uFF5E\x{3000}]"
_PRIVATE_USE = r"[\x{E000}-\x{F8FF}]"  # shown only where the same font is installed
_NAME_TO_CHANGE = (
    r"[\x{2022}\x{2027}\x{2219}\x{22c5}\x{2024}\x{25cf}\x{30fb}\x{ff65}\x{b0}\x{387}.\x{ff0e}。"
    r"\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}\s]"
)


def read_text(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read a text column; names of persons get one kind of dot and no padding."""
    text = cells.as_text
    if cells.column.id != "person_name":
        return text
    private = text.str.contains(_PRIVATE_USE).fill_null(value=False)
    report_where(cells, private, Fault("roster.private-character", severity=WARNING), findings)
    return _changed_where(cells, text, _NAME_TO_CHANGE, normalised_name, findings)


def read_id(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read an id column; a number cell is refused, as its leading zeros are lost."""
    refuse_numbers(cells, findings)
    text = cells.text.fill_null(cells.day.cast(pl.String))
    text = text.set(text.is_in(list(_NOTHING_SAID)), None)
    return _changed_where(cells, text, _TO_NARROW, narrow, findings)


def refuse_numbers(cells: ColumnCells, findings: Findings) -> None:
    """Report number cells, and texts such as 1.1E+17, where an id must be text."""
    lost = cells.text.str.contains(_SCIENTIFIC).fill_null(value=False)
    wrong = cells.number.is_not_null() | lost
    if wrong.any():
        example = cells.number.drop_nulls()
        found = f"{example[0]:.15g}" if len(example) else cells.text.filter(lost)[0]
        report_where(
            cells,
            wrong,
            Fault("roster.numeric-id", {"found": shown(cells.column, found)}),
            findings,
        )


def read_codes(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read a column of one code or of several per cell."""
    column = cells.column
    several = column.kind is Kind.CODES

    def parse(content: str) -> tuple[object, Fault | None]:
        if not several:
            return _code(column, content)
        parts = [part for part in _SEPARATORS.split(content) if part]
        if parts == [NONE_OF_THEM]:
            return [], None
        read = [_code(column, part) for part in parts]
        codes = [code for code, _ in read if code is not None]
        return codes or None, next((fault for _, fault in read if fault), None)

    parsed, index = by_distinct(cells, cells.as_text, parse, findings)
    return gathered(parsed, index, pl.List(pl.String()) if several else pl.String())


def read_yes_no(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read a column of 是 and 否 and their other spellings."""

    def parse(content: str) -> tuple[object, Fault | None]:
        word = plain_word(content).upper()
        if word in _YES or word in _NO:
            return word in _YES, None
        return None, Fault("roster.not-yes-or-no", {"found": shown(cells.column, content)})

    parsed, index = by_distinct(cells, cells.as_text, parse, findings)
    return gathered(parsed, index, pl.Boolean())


def _code(column: Column, content: str) -> tuple[str | None, Fault | None]:
    codes = column.codes
    if codes is None:
        return content, None
    word = plain_word(content)
    known = _spellings(codes)
    if word in known:
        return known[word], None
    if word in _NOTHING_SAID:
        return None, None
    # What a private word resembles would tell it (§12).
    near = [] if column.private else difflib.get_close_matches(word, known, n=1, cutoff=_NEAR)
    nearest = known[near[0]] if near else ""
    found = shown(column, content)
    values = {"found": found, "nearest": nearest, "expected": "、".join(codes.codes)}
    group = content
    if codes.open_ended:
        return content.strip(), Fault("roster.unlisted-code", values, WARNING, group)
    code = "roster.unknown-code-near" if nearest else "roster.unknown-code"
    return None, Fault(code, values, group=group)


@cache
def _spellings(codes: CodeList) -> dict[str, str]:
    listed = {plain_word(code): code for code in codes.codes}
    return {plain_word(spelling): code for spelling, code in codes.spellings} | listed


def _changed_where(
    cells: ColumnCells,
    text: pl.Series,
    pattern: str,
    change: object,
    findings: Findings,
) -> pl.Series:
    """Apply ``change`` to the cells that match, and warn where something became different."""
    suspects = text.str.contains(pattern).fill_null(value=False).arg_true()
    if not len(suspects) or not callable(change):
        return text
    new = pl.Series([change(each) for each in text.gather(suspects)], dtype=pl.String)
    changed = text.clone().scatter(suspects, new)
    code = "roster.name-normalised" if change is normalised_name else "roster.text-narrowed"
    report_where(cells, changed.ne_missing(text), Fault(code, severity=WARNING), findings)
    return changed
