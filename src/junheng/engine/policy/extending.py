"""How a pack extends others: its items added to theirs, within what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items import Item
from junheng.engine.policy.pack import Header, Items, Pack
from junheng.engine.policy.strictness import STRICTER, only_tightens
from junheng.errors import Problem, Severity

Merged = dict[str, dict[str, Item]]
Report = Callable[[Problem], None]

_PER_PACK = ("settings", "cases")
"""Kinds that speak for their own pack only and are not inherited."""


def held(items: Items, kind: str) -> Mapping[str, Item]:
    """Return the items of one kind."""
    found: Mapping[str, Item] = getattr(items, kind)
    return found


def merge(
    header: Header,
    parents: tuple[tuple[Pack, tuple[str, ...]], ...],
    drafts: list[Draft],
    report: Report,
) -> Merged:
    """Put the items of parents and child together.

    A child may add items, and override or withdraw those whose ``open`` names its level. The
    decisions and cases of a parent stay with the parent.
    """
    merged: Merged = {kind: {} for kind in KINDS}
    owners: dict[str, Item] = {}
    for pack, withdraws in parents:
        for kind in KINDS:
            inherited = {} if kind in _PER_PACK else held(pack.items, kind)
            for identity, item in inherited.items():
                merged[kind][identity] = item
                owners[identity] = item
        _withdraw(header, pack, withdraws, merged, report)
    _add(header, drafts, merged, owners, report)
    return merged


def _withdraw(
    header: Header, pack: Pack, withdraws: tuple[str, ...], merged: Merged, report: Report
) -> None:
    for identity in withdraws:
        kind = next((each for each, found in merged.items() if identity in found), "")
        values = {"found": identity, "pack": pack.header.id, "level": header.level}
        if not kind:
            report(Problem("pack.withdraws-unknown", values=values))
        elif header.level not in merged[kind][identity].open_to:
            report(Problem("pack.not-open", place=merged[kind][identity].place, values=values))
        else:
            del merged[kind][identity]


def _add(
    header: Header,
    drafts: list[Draft],
    merged: Merged,
    owners: Mapping[str, Item],
    report: Report,
) -> None:
    seen: dict[str, Draft] = {}
    figures = {**merged["parameters"]}
    figures |= {
        each.id: each.item for each in drafts if each.item and each.kind == "parameters"
    }
    for draft in drafts:
        values = {"found": draft.id, "level": header.level, "pack": "、".join(header.extends)}
        if draft.id in seen:
            first = {**values, "first": str(seen[draft.id].place)}
            report(Problem("pack.repeated-id", place=draft.place, values=first))
            continue
        seen[draft.id] = draft
        owner = owners.get(draft.id)
        if owner is None:
            refusal = None
        elif draft.id not in merged[draft.kind]:
            refusal = Problem("pack.reused-id", place=draft.place, values=values)
        else:
            refusal = _closed(header, owner, draft, figures)
        if refusal is not None:
            report(refusal)
        elif draft.item is not None:
            merged[draft.kind][draft.id] = draft.item


def _closed(
    header: Header, owner: Item, draft: Draft, figures: Mapping[str, Item]
) -> Problem | None:
    """Return why a child may not say this differently; None where it may.

    Where the child's own text says that higher documents prevail, the parent's item stands and
    that is only pointed out.
    """
    if header.level in owner.open_to:
        return None
    values = {"found": draft.id, "level": header.level, "pack": "、".join(header.extends)}
    if "conflict" in header.higher_documents:
        values["because"] = "、".join(header.higher_source)
        return Problem("pack.parent-stands", Severity.WARNING, draft.place, values)
    if STRICTER not in owner.open_to:
        return Problem("pack.not-open", place=draft.place, values=values)
    if draft.item is None or only_tightens(owner, draft.item, figures):
        return None
    return Problem("pack.not-stricter", place=draft.place, values=values)
