"""Scales: every grade compared is on its scale, and equal grades are matched whole (L48)."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.policy.conditions import FactTest, Literal
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Scale
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items
from junheng.engine.policy.walking import walk


def check_grades(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check grades against their scales, and the matching of scales with one another."""
    for draft in drafts:
        if isinstance(draft.item, Scale):
            _check_scale(draft.item, items, findings)
        if draft.item is None:
            continue
        for test in walk(draft.item):
            if isinstance(test, FactTest) and test.scale in items.scales:
                for word in _strange(test, items.scales[test.scale]):
                    values = {"item": draft.id, "found": word, "scale": test.scale}
                    expected = "、".join(items.scales[test.scale].grades)
                    findings.wrong(
                        "grade-not-on-scale", draft.place, **values, expected=expected
                    )


def _strange(test: FactTest, scale: Scale) -> Iterator[str]:
    for comparison in test.comparisons:
        figure = comparison.figure
        for word in figure.values if isinstance(figure, Literal) else ():
            if word not in scale.grades:
                yield str(word)


def _check_scale(scale: Scale, items: Items, findings: Findings) -> None:
    if len(set(scale.grades)) < len(scale.grades):
        findings.wrong("grade-twice", scale.place, item=scale.id)
    for other, pairs in scale.equals:
        known = items.scales.get(other)
        if known is None:
            findings.wrong("unknown-scale", scale.place, item=scale.id, found=other)
            continue
        for theirs, mine in pairs:
            if theirs not in known.grades or mine not in scale.grades:
                values = {"item": scale.id, "found": f"{theirs} = {mine}", "scale": other}
                expected = "、".join((*known.grades, "=", *scale.grades))
                findings.wrong("grade-not-on-scale", scale.place, **values, expected=expected)
        left = [grade for grade in known.grades if grade not in dict(pairs)]
        if left:
            values = {"item": scale.id, "found": "、".join(left), "scale": other}
            findings.wrong("grade-without-equal", scale.place, **values)
