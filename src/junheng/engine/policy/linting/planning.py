"""The planning item and the forms it may use."""

from __future__ import annotations

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Arrangement, Bound, Planning
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Header, Items


def check_planning(
    header: Header, items: Items, drafts: list[Draft], findings: Findings
) -> None:
    """Check duties, forms, objectives and the limit on leavers; lengths of forms (L38)."""
    own = [draft.item for draft in drafts if isinstance(draft.item, Planning)]
    if own and len(items.planning) > 1:
        findings.wrong("second-planning", own[0].place, item=own[0].id)
    for planning in own:
        _check_duties(header, planning, findings)
        _check_forms(planning, items, findings)
        if len(set(planning.objectives)) < len(planning.objectives):
            findings.wrong("objective-twice", planning.place, item=planning.id)
        if planning.leavers_at_most.issued or planning.leavers_at_most == Bound():
            findings.wrong("leavers-not-a-figure", planning.place, item=planning.id)
    for draft in drafts:
        if isinstance(draft.item, Arrangement) and draft.item.length is None:
            findings.wrong("form-without-length", draft.place, item=draft.id)


def _check_duties(header: Header, planning: Planning, findings: Findings) -> None:
    stated = {track for track, _ in planning.duties}
    for track in sorted(set(header.tracks) ^ stated):
        code = "duty-missing" if track in header.tracks else "duty-of-unknown-track"
        values = {"item": planning.id, "found": track, "expected": "、".join(header.tracks)}
        findings.wrong(code, planning.place, **values)


def _check_forms(planning: Planning, items: Items, findings: Findings) -> None:
    for form in planning.forms:
        arrangement = items.arrangements.get(form)
        if arrangement is not None and not arrangement.full_time:
            findings.wrong("part-time-form", planning.place, item=planning.id, found=form)
