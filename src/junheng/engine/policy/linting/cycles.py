"""Items may mention others of their kind, but never in a circle (L06)."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.linting.findings import Findings

_CONDITIONS = ("classes", "rules", "quotas", "rubrics")


def check_cycles(drafts: list[Draft], findings: Findings) -> None:
    """Find each circle once, at the first of its items in the pack."""
    graph = {
        draft.id: tuple(use.id for use in draft.uses if set(use.kinds) & set(_CONDITIONS))
        for draft in drafts
        if draft.kind in _CONDITIONS
    }
    reported: set[str] = set()
    for draft in drafts:
        if draft.id in graph and draft.id not in reported:
            circle = _circle(draft.id, graph)
            if circle:
                reported |= set(circle)
                path = " → ".join((*circle, draft.id))
                findings.wrong("circle", draft.place, item=draft.id, found=path)


def _circle(start: str, graph: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the shortest way from an item back to itself; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for mentioned in graph.get(way[-1], ()):
            if mentioned == start:
                return way
            if mentioned not in seen:
                seen.add(mentioned)
                ways.append((*way, mentioned))
    return ()
