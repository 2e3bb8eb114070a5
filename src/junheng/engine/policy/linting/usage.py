"""What is cited and used: sources, clauses, and everything that could be left lying."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items import Body, Document
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Header
from junheng.engine.policy.unset import ENGINE_CLASSES, ENGINE_PARAMETERS

_MUST_BE_USED = (
    "switches",
    "parameters",
    "facts",
    "classes",
    "dates",
    "bodies",
    "relations",
    "scales",
)
_BY_NAME = (*ENGINE_PARAMETERS, *ENGINE_CLASSES)


def check_usage(header: Header, drafts: list[Draft], findings: Findings) -> None:
    """Find clauses nothing cites (L14) and items nothing uses (L15)."""
    used = {use.id for draft in drafts for use in draft.uses if use.id != draft.id}
    for draft in drafts:
        needed = draft.kind in _MUST_BE_USED and not _says_something(draft.item)
        if needed and draft.id not in {*used, *_BY_NAME, header.as_of}:
            title = KINDS[draft.kind].title
            findings.wrong("unused", draft.place, item=draft.id, kind=title)
        if isinstance(draft.item, Document):
            for clause in _uncited(draft.item, used | set(header.higher_source)):
                findings.doubtful("uncited-clause", draft.place, item=draft.id, found=clause)


def _says_something(item: object) -> bool:
    """Whether an item is a statement of the text even if nothing mentions it."""
    return isinstance(item, Body) and bool(item.task or item.must_include or item.groups)


def _uncited(document: Document, used: set[str]) -> Iterator[str]:
    for clause in document.clauses:
        if clause.id not in used and not clause.because:
            yield f"{clause.id} {clause.at}"
