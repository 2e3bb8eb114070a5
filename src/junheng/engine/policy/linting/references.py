"""Every mention of another item finds one, of the right kind (L05)."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Document, Item
from junheng.engine.policy.pack import Header
from junheng.engine.policy.reader import Scalar, Sequence, Table
from junheng.engine.policy.shapes import Use, nearest
from junheng.engine.policy.vocabulary import FACTS
from junheng.errors import PackPlace, Problem

_TITLES = {
    "clauses": "条款",
    "tracks": "类别",
    "registered": "登记的事实",
}


def check_uses(
    header: Header,
    place: PackPlace,
    drafts: list[Draft],
    merged: Mapping[str, Mapping[str, Item]],
) -> list[Problem]:
    """Return one problem for each mention that finds nothing or another kind of thing."""
    known = _known(header, drafts, merged)
    problems = [
        _unresolved(use, draft.id, known)
        for draft in drafts
        for use in draft.uses
        if use.id and not any(use.id in known.get(kind, ()) for kind in use.kinds)
    ]
    if header.as_of and header.as_of not in known["dates"]:
        use = Use(header.as_of, ("dates",), place)
        problems.append(_unresolved(use, "pack", known))
    return problems


def _known(
    header: Header, drafts: list[Draft], merged: Mapping[str, Mapping[str, Item]]
) -> dict[str, set[str]]:
    known = {kind: set(found) for kind, found in merged.items()}
    for draft in drafts:
        known[draft.kind].add(draft.id)
    known["registered"] = set(FACTS)
    known["tracks"] = set(header.tracks)
    known["clauses"] = {
        clause.id
        for document in merged["sources"].values()
        if isinstance(document, Document)
        for clause in document.clauses
    }
    for draft in drafts:
        if draft.kind == "sources" and draft.item is None:
            known["clauses"] |= _clauses_of(draft.node)
    return known


def _clauses_of(document: Table) -> set[str]:
    """Return the clauses of a document that could not be read; what is wrong was said there."""
    listed = document.entries.get("clauses")
    clauses = listed.parts if isinstance(listed, Sequence) else ()
    named = (each.entries.get("id") for each in clauses if isinstance(each, Table))
    return {each.text for each in named if isinstance(each, Scalar)}


def _unresolved(use: Use, item: str, known: Mapping[str, set[str]]) -> Problem:
    expected = "、".join(_TITLES.get(kind, kind) for kind in use.kinds)
    other = next((kind for kind, ids in known.items() if use.id in ids), "")
    reachable = {identity for kind in use.kinds for identity in known.get(kind, ())}
    values = {
        "item": item,
        "found": use.id,
        "expected": expected,
        "other": _TITLES.get(other, other),
        "nearest": nearest(use.id, reachable),
    }
    code = "pack.other-kind" if other else "pack.unknown-reference"
    return Problem(code, place=use.place, values=values)
