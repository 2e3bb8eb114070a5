"""What a case states of its person: every value is one that the fact can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table, written
from junheng.engine.policy.registration import Fact, FactType
from junheng.engine.policy.shapes import listing, nearest
from junheng.engine.policy.vocabulary import FACTS

_NOT_STATED = ("null", "from_roster")
"""Blank, hence unknown; or to be computed from the rows of the case."""


def check_stated(name: str, node: Node, item: str, items: Items, findings: Findings) -> None:
    """Report a value that its fact cannot have, where it stands.

    Parameters
    ----------
    name : a registered fact or one of the pack; anything else is left alone
    item : the case, or the person of the cast
    """
    own = items.facts.get(name)
    fact = FACTS.get(own.origin if own else name)
    if fact is None or _is_rows(node):
        return
    parts = node.parts if isinstance(node, Sequence) else (node,)
    for part in parts:
        if not isinstance(part, Scalar) or not _can_be(part.text, fact):
            found = part.text if isinstance(part, Scalar) else written(part)
            values = {
                "item": item,
                "fact": name,
                "found": found,
                "expected": _expected(fact),
                "nearest": nearest(found, fact.words),
            }
            findings.wrong("value-of-other-type", part.place, **values)


def _is_rows(node: Node) -> bool:
    return isinstance(node, Sequence) and all(isinstance(part, Table) for part in node.parts)


def _can_be(text: str, fact: Fact) -> bool:
    if text in _NOT_STATED:
        return True
    if fact.type in {FactType.WORD, FactType.WORDS}:
        return not fact.words or fact.open_ended or text in fact.words
    if fact.type is FactType.TRUTH:
        return text in {"yes", "no"}
    return _reads(text, _READ_BY[fact.type])


def _reads(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


_READ_BY: Mapping[FactType, Callable[[str], object]] = {
    FactType.NUMBER: Fraction,
    FactType.DATE: date.fromisoformat,
}
_EXAMPLES: Mapping[FactType, str] = {
    FactType.TRUTH: "yes / no",
    FactType.NUMBER: "6 / 4.5 / 1/2",
    FactType.DATE: "2025-09-01",
}


def _expected(fact: Fact) -> str:
    return _EXAMPLES.get(fact.type) or listing(fact.words)
