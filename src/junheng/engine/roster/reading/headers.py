"""Finding the header row and which column of the sheet is which column of the table."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from junheng.engine.roster.columns import Column, Table
from junheng.engine.roster.names import plain_word, unbracketed
from junheng.engine.roster.reading.workbooks import RawSheet, Row
from junheng.engine.roster.tables import BY_ID

_SEARCHED_ROWS = 20  # titles, dates and stamps stand above the header; more do not
_NEAR = 0.6  # share of common characters from which a header is offered as the one meant


@dataclass(frozen=True, slots=True)
class Headers:
    """The header of a sheet.

    Attributes
    ----------
    last_row : index in the sheet's rows of the last header row; rows after it are content
    columns : index within a row -> column of the table
    doubled : column id -> further indices that carry the same header; not read
    unknown : index within a row -> header that is no column of the table
    """

    last_row: int
    columns: Mapping[int, Column]
    doubled: Mapping[str, tuple[int, ...]]
    unknown: Mapping[int, str]

    @property
    def present(self) -> frozenset[str]:
        """Ids of the columns found."""
        return frozenset(column.id for column in self.columns.values())


@cache
def known_headers(table_id: str) -> dict[str, Column]:
    """Return every accepted header of a table as a plain word, with and without brackets."""
    known: dict[str, Column] = {}
    columns = BY_ID[table_id].columns
    for column in columns:
        known.setdefault(column.id, column)
        known.setdefault(plain_word(column.header), column)
    for column in columns:
        for alias in column.aliases:
            known.setdefault(plain_word(alias), column)
            known.setdefault(unbracketed(plain_word(alias)), column)
    return known


def find_headers(sheet: RawSheet, table: Table) -> Headers | None:
    """Find the header row of a table under title rows; None if no row looks like one.

    The row with most known headers wins, the first of equals. A row beside it that fills its
    gaps belongs to the header too (headers over two merged rows).
    """
    known = known_headers(table.id)
    rows = [list(map(_word, row)) for row in sheet.rows[:_SEARCHED_ROWS]]
    scores = [len({c.id for w in row if (c := _column(w, known))}) for row in rows]
    if not scores or max(scores) < min(2, len(table.columns)):
        return None
    best = scores.index(max(scores))
    words, last = rows[best], best
    if best + 1 < len(rows) and _fills_gaps(rows[best + 1], words, known):
        words, last = _joined(words, rows[best + 1], known), best + 1
    elif best and _fills_gaps(rows[best - 1], words, known):
        words = _joined(words, rows[best - 1], known)
    return _assigned(words, last, known)


def nearest_header(word: str, table: Table, present: frozenset[str]) -> Column | None:
    """Return the column not yet found whose header is most like ``word``."""
    open_words = {
        each: column
        for each, column in known_headers(table.id).items()
        if column.id not in present and not each.isascii()
    }
    near = difflib.get_close_matches(unbracketed(word), open_words, n=1, cutoff=_NEAR)
    return open_words[near[0]] if near else None


def matches(row: Row, table: Table) -> int:
    """Return how many different columns of a table a row names."""
    known = known_headers(table.id)
    return len({column.id for cell in row if (column := _column(_word(cell), known))})


def _word(cell: object) -> str:
    return plain_word(cell) if isinstance(cell, str) else ("" if cell is None else str(cell))


def _column(word: str, known: Mapping[str, Column]) -> Column | None:
    return known.get(word) or known.get(unbracketed(word)) or known.get(word.lower())


def _fills_gaps(other: list[str], words: list[str], known: Mapping[str, Column]) -> bool:
    """Say whether a row names columns only where the header row names none."""
    named = [i for i, word in enumerate(other) if _column(word, known)]
    clear = all(not (other[i] and _column(words[i], known)) for i in range(len(words)))
    return bool(named) and clear


def _joined(words: list[str], other: list[str], known: Mapping[str, Column]) -> list[str]:
    return [
        word if _column(word, known) or not extra else extra
        for word, extra in zip(words, other, strict=True)
    ]


def _assigned(words: list[str], last_row: int, known: Mapping[str, Column]) -> Headers:
    columns: dict[int, Column] = {}
    doubled: dict[str, tuple[int, ...]] = {}
    unknown: dict[int, str] = {}
    taken: set[str] = set()
    for index, word in enumerate(words):
        column = _column(word, known)
        if column is None:
            if word:
                unknown[index] = word
        elif column.id in taken:
            doubled[column.id] = (*doubled.get(column.id, ()), index)
        else:
            columns[index] = column
            taken.add(column.id)
    return Headers(last_row, columns, doubled, unknown)
