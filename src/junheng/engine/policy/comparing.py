"""Compares two packs item by item: what was added, withdrawn or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from junheng.engine.policy.canonical import canonical
from junheng.engine.policy.describing import Row, describe
from junheng.engine.policy.extending import held
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.item import Item
from junheng.engine.policy.pack import Pack
from junheng.messages import Bilingual, Language, in_language

ADDED, WITHDRAWN, CHANGED = "added", "withdrawn", "changed"
_NOT_COMPARED = ("cast", "cases")
_HEADER = (
    "as_of",
    "precedence",
    "otherwise",
    "titled_tracks",
    "kind",
    "higher_documents",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """One item that two packs do not share.

    Attributes
    ----------
    change : ``added``, ``withdrawn`` or ``changed``
    kind, id, title : of the item; kind ``pack`` for the packs' own description
    keys : names of what differs; empty unless ``changed``
    before, after : its figure or option in words, where it has one
    """

    change: str
    kind: str
    id: str
    title: str
    keys: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


def compare_packs(
    one: Pack, other: Pack, language: Language = Language.ZH
) -> tuple[ItemChange, ...]:
    """Return the items in which two packs differ, in the order of the kinds.

    Examples of use in cases are left out: they change no outcome.
    """
    return (*_headers(one, other), *_items(one, other, language))


def _headers(one: Pack, other: Pack) -> Iterator[ItemChange]:
    for name in _HEADER:
        before, after = getattr(one.header, name), getattr(other.header, name)
        if before != after:
            yield ItemChange(
                change=CHANGED,
                kind="pack",
                id=name,
                title=other.header.title,
                before=_text(before),
                after=_text(after),
            )


def _text(value: object) -> str:
    match value:
        case (str() as track, Bilingual() as title):
            return f"{title}（{track}）"
        case tuple():
            return "、".join(map(_text, value))
    return str(value)


def _items(one: Pack, other: Pack, language: Language) -> Iterator[ItemChange]:
    old, new = _rows(one, language), _rows(other, language)
    for kind in KINDS:
        if kind in _NOT_COMPARED:
            continue
        before, after = held(one.items, kind), held(other.items, kind)
        for identity in dict.fromkeys((*before, *after)):
            change = _change(before.get(identity), after.get(identity))
            if change is None:
                continue
            word, keys = change
            item = after.get(identity) or before[identity]
            yield ItemChange(
                change=word,
                kind=kind,
                id=identity,
                title=in_language(item.title, language),
                keys=keys,
                before=_said(old.get(identity)),
                after=_said(new.get(identity)),
            )


def _change(before: Item | None, after: Item | None) -> tuple[str, tuple[str, ...]] | None:
    if before is None or after is None:
        return (ADDED if before is None else WITHDRAWN), ()
    if canonical(before) == canonical(after):
        return None
    keys = (each.name for each in fields(after) if each.name != "place")
    differing = (key for key in keys if _differs(before, after, key))
    return CHANGED, tuple(differing)


def _differs(before: Item, after: Item, key: str) -> bool:
    return bool(canonical(getattr(before, key, None)) != canonical(getattr(after, key, None)))


def _rows(pack: Pack, language: Language) -> Mapping[str, Row]:
    return {row.id: row for row in describe(pack, language).rows}


def _said(row: Row | None) -> str:
    if row is None:
        return ""
    return row.figure or (f"（{row.unset}）" if row.unset else "")
