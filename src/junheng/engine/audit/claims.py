"""What a plan says of itself, held against what the auditor counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from junheng.engine.audit.findings import ObjectiveLine, Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.plans.plan import Plan, Unmet


def objective_lines(plan: Plan, values: Mapping[str, int | None]) -> tuple[ObjectiveLine, ...]:
    """Set each recomputed objective beside what the plan states."""
    stated = {each.id: each.value for each in plan.objectives}
    return tuple(
        ObjectiveLine(id=name, value=value, stated=stated.get(name))
        for name, value in values.items()
    )


def check_claims(
    plan: Plan, lines: Sequence[ObjectiveLine], unmet: Sequence[Unmet]
) -> Iterator[Violation]:
    """Yield wrong statements; a plan that states nothing of itself claims nothing."""
    scales = {each.id: each.scale for each in plan.objectives}
    for line in lines:
        if line.value is None or line.stated is None or line.stated == line.value:
            continue
        scale = scales[line.id]
        values = {"stated": _places(line.stated, scale), "true": _places(line.value, scale)}
        yield Violation(code="audit.claim-objective", values={"id": line.id, **values})
    for each in plan.objectives:
        if each.bound > each.value:
            bound, value = _places(each.bound, each.scale), _places(each.value, each.scale)
            values = {"id": each.id, "stated": bound, "true": value}
            yield Violation(code="audit.claim-bound", values=values)
    if plan.objectives or plan.unmet:
        yield from _unmet(plan.unmet, unmet)


def _places(value: int, scale: int) -> str:
    """Write a value in whole ones, with as many places as its scale has noughts."""
    return f"{Decimal(value) / scale:f}" if scale > 1 else str(value)


def _unmet(stated: Sequence[Unmet], true: Sequence[Unmet]) -> Iterator[Violation]:
    said, counted = _by_place(stated), _by_place(true)
    for kind, unit in sorted(said.keys() | counted.keys()):
        if said[kind, unit] != counted[kind, unit]:
            yield Violation(
                code="audit.claim-unmet",
                units=(unit,) if unit else (),
                values={
                    "kind": kind,
                    "stated": str(said[kind, unit]),
                    "true": str(counted[kind, unit]),
                },
            )


def _by_place(unmet: Sequence[Unmet]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for each in unmet:
        found[each.kind, each.unit_id] += each.amount
    return found


def check_receipt(plan: Plan, ground: Ground) -> Iterator[Violation]:
    """Yield what of a plan's receipt is not of this roster, pack, date or settings (§3).

    A plan made by hand names no pack and so claims nothing but its roster.
    """
    said, true = plan.receipt.screening, ground.screening.receipt
    compared = {
        "audit.receipt-roster": (said.roster, true.roster),
        "audit.receipt-pack": (
            f"{said.pack_id} {said.pack_version} {said.pack}",
            f"{true.pack_id} {true.pack_version} {true.pack}",
        ),
        "audit.receipt-settings": (
            str(sorted(said.settings.items())),
            str(sorted(true.settings.items())),
        ),
        "audit.receipt-date": (f"{said.on} {said.year}", f"{true.on} {true.year}"),
        "audit.receipt-programme": (
            plan.receipt.programme,
            f"{ground.pack.header.id}-{ground.pack.year}",
        ),
    }
    by_hand = not said.pack_id
    for code, (stated, found) in compared.items():
        if stated != found and not (by_hand and code != "audit.receipt-roster"):
            yield Violation(code=code, values={"stated": stated, "true": found})
