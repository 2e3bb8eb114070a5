"""Which rules rest on a private ground (不公开的事由), whether or not they say so (§12)."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.policy.conditions import ClassTest, FactTest, Literal, RuleTest
from junheng.engine.policy.items import Item, Rule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import CIRCUMSTANCE_PRIVACY, FACTS
from junheng.engine.policy.walking import walk

PRIVATE_TABLES = frozenset({"circumstances", "sanctions", "incidents", "children", "kinship"})
"""Tables in which a row is itself a ground; where it stands is nobody's business but theirs."""


_BY_KIND = ("circumstance", "circumstance_time")
"""Facts that are a private ground only of some kinds."""


def rests_on_ground(pack: ResolvedPack, rule: Item) -> bool:
    """Return whether a rule is private or reaches a private ground through what it mentions.

    A class of persons, or another rule, carries the grounds that it tests itself.
    """
    seen: set[tuple[type[Item], str]] = set()
    waiting: list[Item] = [rule]
    while waiting:
        item = waiting.pop()
        if (type(item), item.id) in seen:
            continue
        seen.add((type(item), item.id))
        if isinstance(item, Rule) and item.private:
            return True
        for value in walk(item):
            if isinstance(value, FactTest) and _is_ground(pack, value.fact):
                return True
            waiting += _mentioned(pack, value)
    return False


def _mentioned(pack: ResolvedPack, value: object) -> Iterator[Item]:
    match value:
        case ClassTest(klass):
            yield pack.items.classes[klass]
        case RuleTest(rule):
            yield pack.items.rules[rule]


def _is_ground(pack: ResolvedPack, fact: str) -> bool:
    """Return whether a fact tells a private ground; one that lists no kinds tells any."""
    item = pack.items.facts.get(fact)
    origin = fact if item is None else item.origin
    if not FACTS[origin].private or item is None or origin not in _BY_KIND:
        return bool(FACTS[origin].private)
    kinds = dict(item.settings).get("kinds")
    words = kinds.values if isinstance(kinds, Literal) else (kinds,)
    return any(str(word) in CIRCUMSTANCE_PRIVACY for word in words)
