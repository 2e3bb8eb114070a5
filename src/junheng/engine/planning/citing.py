"""What in a pack an id of the model stands for, and where it is written."""

from __future__ import annotations

from junheng.engine.policy.items import Item
from junheng.engine.policy.pack import ResolvedPack


def item_of(pack: ResolvedPack, rule: str) -> Item | None:
    """Return the pack's item of an id; None for structural truths and decisions."""
    items = pack.items
    kinds = (items.quotas, items.guards, items.destinations, items.kin_rules, items.selection)
    for kind in kinds:
        if rule in kind:
            found: Item = kind[rule]
            return found
    return items.rules.get(rule) or items.planning.get(rule)


def clauses_of(pack: ResolvedPack, item: Item) -> str:
    """Return the clauses of an item, each once, as an office writes them."""
    return "、".join(dict.fromkeys(clause.at for clause in pack.clauses(item.source)))
