"""The planning item and the forms it may use."""

from __future__ import annotations

from fractions import Fraction

from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Arrangement, Bound, Planning, Span, Strength
from junheng.engine.policy.items.planning import BALANCE, BALANCE_PART
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
        _check_objectives(planning, items, findings)
        if any(
            len(set(pair)) != 2 or len(pair) != 2 for pair in planning.neighbouring_subjects
        ):
            findings.wrong("neighbours-not-pairs", planning.place, item=planning.id)
        if planning.leavers_at_most.issued or planning.leavers_at_most == Bound():
            findings.wrong("leavers-not-a-figure", planning.place, item=planning.id)
    for draft in drafts:
        if isinstance(draft.item, Arrangement) and _says_nothing(draft.item.span):
            findings.wrong("form-without-length", draft.place, item=draft.id)


def _says_nothing(span: Span | Unset | None) -> bool:
    if not isinstance(span, Span):
        return span is None
    figures = (span.exactly, span.at_least, span.at_most)
    return not span.open_ended and span.until is None and figures == (None, None, None)


def _check_duties(header: Header, planning: Planning, findings: Findings) -> None:
    stated = {track for track, _ in planning.duties}
    for track in sorted(set(header.tracks) ^ stated):
        code = "duty-missing" if track in header.tracks else "duty-of-unknown-track"
        values = {"item": planning.id, "found": track, "expected": "、".join(header.tracks)}
        findings.wrong(code, planning.place, **values)


def _check_objectives(planning: Planning, items: Items, findings: Findings) -> None:
    """Check that each objective is there once, and can be computed and kept as it is meant."""
    at, own = planning.place, {"item": planning.id}
    if len(set(planning.objectives)) < len(planning.objectives):
        findings.wrong("objective-twice", at, **own)
    named = [part.id for part in planning.balances]
    if len(set(named)) < len(named):
        findings.wrong("balance-twice", at, **own)
    for objective in planning.objectives:
        part = objective.removeprefix(BALANCE_PART)
        if part != objective and part not in named:
            expected = "、".join(named)
            findings.wrong("unknown-balance", at, **own, found=objective, expected=expected)
    if BALANCE in planning.objectives:
        _check_weights(planning, findings)
    hard = [each.id for each in items.selection.values() if each.strength is Strength.HARD]
    if hard and planning.objectives[:2] != ("unmet_obligations", "selection"):
        findings.wrong("selection-not-second", at, **own, found="、".join(hard))


def _check_weights(planning: Planning, findings: Findings) -> None:
    for part in planning.balances:
        figure = part.weight
        plain = figure.values[0] if isinstance(figure, Literal) else None
        if figure is None or (isinstance(plain, Fraction) and plain <= 0):
            at = planning.place
            findings.wrong("balance-without-weights", at, item=planning.id, found=part.id)


def _check_forms(planning: Planning, items: Items, findings: Findings) -> None:
    for form in planning.forms:
        arrangement = items.arrangements.get(form)
        if arrangement is not None and not arrangement.relation:
            values = {"item": planning.id, "found": form}
            findings.wrong("form-without-relation", arrangement.place, **values)
        if arrangement is not None and not arrangement.full_time:
            findings.wrong("part-time-form", planning.place, item=planning.id, found=form)
