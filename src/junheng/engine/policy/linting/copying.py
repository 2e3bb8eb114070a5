"""Finds wording in a pack that repeats the text it restates (L56)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.engine.policy.items import Document, Item
from junheng.engine.policy.pack import Items
from junheng.errors import Problem, Severity

LONGEST = 20
"""So many characters in a row, punctuation left out, are a copy."""
_MARKS = re.compile(r"[\W_]+")


def copied(items: Items, text: str) -> tuple[Problem, ...]:
    """Return each clause and note that repeats :data:`LONGEST` characters of a text."""
    printed = _MARKS.sub("", text)
    known = {printed[at : at + LONGEST] for at in range(len(printed) - LONGEST + 1)}
    return tuple(
        Problem(
            "pack.copied-wording",
            Severity.WARNING,
            item.place,
            {"item": name, "found": repeated, "limit": str(LONGEST)},
        )
        for item, name, said in _wordings(items)
        for repeated in _repeated(_MARKS.sub("", said), known)
    )


def _wordings(items: Items) -> Iterator[tuple[Item, str, str]]:
    for document in items.sources.values():
        yield from _clauses(document)
    for kind in (items.rules, items.quotas, items.arrangements):
        for item in kind.values():
            yield item, item.id, f"{item.title}{item.note}"


def _clauses(document: Document) -> Iterator[tuple[Item, str, str]]:
    for clause in document.clauses:
        yield document, clause.id, clause.says


def _repeated(said: str, known: set[str]) -> Iterator[str]:
    """Yield the first stretch of a wording that stands in the text."""
    for at in range(len(said) - LONGEST + 1):
        if said[at : at + LONGEST] in known:
            yield said[at : at + LONGEST]
            return
