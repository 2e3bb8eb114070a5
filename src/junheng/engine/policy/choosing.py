"""Applies local decisions to a pack: switches, parameters, dates and bodies by id.

Decisions come from the pack's own ``settings`` item ``chosen``, from a case, or from the
person who asks (``--set ID=VALUE``). What is decided replaces what the pack left unset, or,
for a what-if, what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from junheng.engine.policy import literals
from junheng.engine.policy.conditions import Literal, Value
from junheng.engine.policy.items import Body, DatedValue, DateItem, Parameter, Switch
from junheng.engine.policy.items.figures import read_value
from junheng.engine.policy.literals import plain
from junheng.engine.policy.pack import Items
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table
from junheng.engine.policy.shapes import Reading, nearest
from junheng.engine.policy.topics import TITLES, TOPICS
from junheng.engine.policy.vocabulary import FACTS
from junheng.errors import PackPlace, Problem
from junheng.messages import Bilingual, Language, enumerated, in_language

Chosen = Mapping[str, object]
CHOSEN = "chosen"
"""Id of the settings item that always applies."""
_BOTH = 2
_KINDS = ("switches", "parameters", "dates", "bodies")


_ANYWHERE: Mapping[str, PackPlace] = MappingProxyType({})


def parse_argument(text: str) -> object:
    """Read the text after ``ID=``: a value, a list ``a,b``, or by word ``男=52,女=47``.

    A list or table may also stand in brackets, as it does in a pack.
    """
    text = text.strip()
    opened, closed = text[:1], text[-1:]
    if opened + closed == "{}":
        text = text[1:-1].replace("：", "=").replace(":", "=")
    if opened + closed == "[]":
        text = text[1:-1]
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    if all("=" in part for part in parts):
        return {key.strip(): value.strip() for key, value in (p.split("=", 1) for p in parts)}
    return tuple(parts) if len(parts) > 1 or opened == "[" else parts[0]


def as_text(value: object) -> str:
    """Write a decision the way :func:`parse_argument` reads it, for receipts."""
    match value:
        case Mapping():
            return ",".join(f"{key}={as_text(each)}" for key, each in value.items())
        case tuple():
            return ",".join(as_text(each) for each in value)
        case _:
            return str(value)


def choose(
    items: Items,
    chosen: Chosen,
    place: PackPlace,
    places: Mapping[str, PackPlace] = _ANYWHERE,
) -> tuple[Items, list[Problem]]:
    """Return the items with decisions applied, and what is wrong with the decisions.

    Parameters
    ----------
    chosen : id → value as plain text, list (tuple) or table (mapping)
    place : where the decisions are written, for messages
    places : where single decisions are written, by id, if that is known better
    """
    reading = Reading({}, {}, {}, {})
    changed: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    for identity, value in chosen.items():
        kind = next((each for each in _KINDS if identity in getattr(items, each)), "")
        if not kind:
            reading.wrong(
                "unknown-setting",
                places.get(identity, place),
                found=identity,
                nearest=nearest(identity, _settable(items)),
            )
            continue
        reading.item = identity
        own = replace(place, key=f"{place.key}.{identity}".strip("."))
        node = as_node(value, places.get(identity, own))
        item = getattr(items, kind)[identity]
        changed[kind][identity] = _apply(item, node, reading)
    merged = {kind: {**getattr(items, kind), **each} for kind, each in changed.items() if each}
    return replace(items, **merged), reading.problems


def _settable(items: Items) -> tuple[str, ...]:
    return tuple(identity for kind in _KINDS for identity in getattr(items, kind))


def as_node(value: object, place: PackPlace) -> Node:
    """Return a plain value as the node it would have been read from."""
    match value:
        case Mapping():
            entries = {str(key): as_node(each, place) for key, each in value.items()}
            return Table(entries, dict.fromkeys(entries, place), place)
        case tuple():
            return Sequence(tuple(as_node(each, place) for each in value), place)
        case _:
            return Scalar(str(value), place)


def _apply(item: object, node: Node, reading: Reading) -> object:
    match item:
        case Switch():
            return _switch(item, node, reading)
        case Parameter():
            return _figure(item, node, reading)
        case DateItem():
            return _date(item, node, reading)
        case Body():
            names = node.parts if isinstance(node, Sequence) else (node,)
            listed = tuple(each.text for each in names if isinstance(each, Scalar))
            return replace(item, members=listed)
    return item


def _figure(item: Parameter, node: Node, reading: Reading) -> Parameter:
    if isinstance(node, Table) and set(node.entries) == {"since"}:
        return _started(item, node.entries["since"], reading)
    value = read_value(node, item.unit, item.by, reading)
    if item.by and isinstance(node, Table):
        _check_whole(item, node, reading)
    low, high = item.values[0].within or (None, None)
    for each in value.values if isinstance(value, Literal) else ():
        below = low is not None and _below(each, low.values[0])
        if below or (high is not None and _below(high.values[0], each)):
            ends = ("" if end is None else plain(end.values[0]) for end in (low, high))
            reading.wrong(
                "outside-range", node.place, found=plain(each), expected="–".join(ends)
            )
    return replace(item, values=(DatedValue(since=None, value=value, source=item.source),))


def _check_whole(item: Parameter, node: Table, reading: Reading) -> None:
    """Refuse a decision for some words only: whoever has another could not be judged."""
    stated = item.values[-1].value
    words = [word for word, _ in stated] if isinstance(stated, tuple) else _all_words(item.by)
    missing = [word for word in words if word not in node.entries]
    if missing and node.entries:
        example = ",".join(f"{word}=…" for word in words)
        values = {"found": "、".join(node.entries), "missing": "、".join(missing)}
        reading.wrong("decided-in-part", node.place, **values, example=f"{item.id}={example}")


def _all_words(by: str) -> tuple[str, ...]:
    """Return the words of a fact that has two; of longer lists a pack need not name all."""
    fact = FACTS.get(by)
    return fact.words if fact is not None and len(fact.words) == _BOTH else ()


def _below(one: Value, other: Value) -> bool:
    return isinstance(one, Fraction) and isinstance(other, Fraction) and one < other


def _started(item: Parameter, node: Node, reading: Reading) -> Parameter:
    """Give only the day from which a printed figure holds, where the text hides it."""
    text = node.text if isinstance(node, Scalar) else ""
    found = literals.day(text)
    if isinstance(found, literals.Fault):
        reading.wrong(found.code, node.place, found=text, expected=found.expected)
        return item
    first, *later = item.values
    return replace(item, values=(replace(first, since=found), *later))


def options_of(switch: Switch) -> tuple[str, ...]:
    """Return what may be chosen for a switch."""
    return tuple(option for option, _ in switch.options) or TOPICS.get(switch.topic, ())


def titled_options(switch: Switch) -> Bilingual:
    """Return what may be chosen for a switch, each with what it means."""
    titles = {**TITLES[switch.topic].options, **dict(switch.options)}
    return enumerated(
        _titled(option, titles.get(option, option)) for option in options_of(switch)
    )


def _titled(option: str, title: str) -> Bilingual:
    """Return an option with its title, in both languages."""
    chinese, english = (str(in_language(title, each)) for each in Language)
    return Bilingual(f"{option}（{chinese}）", f"{option} ({english})")


def _switch(item: Switch, node: Node, reading: Reading) -> Switch:
    options = options_of(item)
    if isinstance(node, Scalar) and node.text in options:
        return replace(item, chosen=node.text)
    found = node if isinstance(node, Scalar) else Scalar("[…]", node.place)
    values = {"found": found.text, "nearest": nearest(found.text, options)}
    expected = titled_options(item)
    reading.wrong("unknown-option", found.place, **values, expected=expected, switch=item.id)
    return item


def _date(item: DateItem, node: Node, reading: Reading) -> DateItem:
    text = node.text if isinstance(node, Scalar) else ""
    found = literals.month_day(text)
    if isinstance(found, literals.Fault):
        reading.wrong(found.code, node.place, found=text, expected=found.expected)
        return item
    return replace(item, month_day=found)
