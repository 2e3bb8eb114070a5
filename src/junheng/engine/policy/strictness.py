"""Whether a child's quota only tightens its parent's, which ``open: [stricter]`` allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from junheng.engine.policy.canonical import canonical
from junheng.engine.policy.conditions import Figure, Literal, ParameterRef
from junheng.engine.policy.item import Item
from junheng.engine.policy.items import Bound, Parameter, Quota
from junheng.engine.policy.kind import STRICTER

__all__ = ["STRICTER", "only_tightens"]


def only_tightens(parent: Item, child: Item | None, parameters: Mapping[str, Item]) -> bool:
    """Whether a child's quota says the same as its parent's but for a tighter bound.

    A floor may rise, a cap may fall; whom it counts, by what, and how often stay as they are.
    ``parameters`` are those of both packs. What is unset, or no quota, is never known to
    tighten.
    """
    if not (isinstance(parent, Quota) and isinstance(child, Quota)):
        return False
    stated = (_figure(each.bound, parameters) for each in (parent, child))
    before, after = stated
    if before is None or after is None or not _same_otherwise(parent, child):
        return False
    return after >= before if parent.relation == "at_least" else after <= before


def _same_otherwise(parent: Quota, child: Quota) -> bool:
    if parent.relation not in {"at_least", "at_most"}:
        return False
    return bool(canonical(_bare(parent)) == canonical(_bare(child)))


def _bare(quota: Quota) -> Quota:
    """Return a quota without its figure and without what only people read."""
    bound = replace(quota.bound, share=None, number=None)
    return replace(quota, bound=bound, title="", source=(), note="", open_to=())


def _figure(bound: Bound, parameters: Mapping[str, Item]) -> Fraction | None:
    figure: Figure | None = bound.share if bound.share is not None else bound.number
    if isinstance(figure, ParameterRef):
        item = parameters.get(figure.parameter)
        value = item.values[-1].value if isinstance(item, Parameter) else None
        figure = value if isinstance(value, Literal) else None
    number = figure.values[0] if isinstance(figure, Literal) else None
    return number if isinstance(number, Fraction) else None
