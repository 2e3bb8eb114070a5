"""Check the glossary: every name an officer or pack author meets has a row.

Asked are the tables and columns of the roster, the kinds of items of a policy pack, the
registered facts. A row of ``docs/glossary.md`` starts with the term in
backticks; several terms may share a row.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
_TERM = re.compile(r"`([^`]+)`")
_COLUMNS = 3


def glossary_terms(text: str) -> list[str]:
    """Return the terms of all table rows, in order, doubles included."""
    rows = (line for line in text.splitlines() if line.startswith("| `"))
    return [term for row in rows for term in _TERM.findall(row.split("|")[1])]


def incomplete_rows(text: str) -> list[str]:
    """Return the first cell of each row that lacks its Chinese or its meaning."""
    rows = [
        line.strip().strip("|").split("|") for line in text.splitlines() if line[:3] == "| `"
    ]
    return [
        row[0].strip()
        for row in rows
        if len(row) < _COLUMNS or not all(map(str.strip, row[:_COLUMNS]))
    ]


def roster_names() -> set[str]:
    """Return the ids of all tables and columns of the roster."""
    tables = importlib.import_module("junheng.engine.roster.tables").TABLES
    return {table.id for table in tables} | {
        column.id for table in tables for column in table.columns
    }


def pack_names() -> set[str]:
    """Return the kinds of pack items and the outcomes."""
    pack = importlib.import_module("junheng.engine.policy.pack")
    items = importlib.import_module("junheng.engine.policy.items")
    return {each.name for each in fields(pack.Items)} | {each.value for each in items.Outcome}


def fact_names() -> set[str]:
    """Return the names of all registered facts."""
    registry: Iterable[str] = importlib.import_module("junheng.engine.policy.vocabulary").FACTS
    return set(registry)


def faults(text: str, names: set[str]) -> list[str]:
    """Return one line for each name without a row, term given twice, or incomplete row."""
    terms = glossary_terms(text)
    found = [f"no row for {name}" for name in sorted(names - set(terms))]
    found += [f"{term} has two rows" for term in sorted(set(terms)) if terms.count(term) > 1]
    found += [
        f"{cell}: a row needs term, Chinese and meaning" for cell in incomplete_rows(text)
    ]
    return found


def main() -> int:
    """Print the faults of the glossary; 1 when there are any."""
    text = GLOSSARY.read_text(encoding="utf-8")
    found = faults(text, roster_names() | pack_names() | fact_names())
    for fault in found:
        print(f"docs/glossary.md: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
