"""Quotas: one bound, a rounding that fits it, and no two that cannot both be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.policy.conditions import Figure, Literal, ParameterRef, SwitchRef, Unset
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Quota
from junheng.engine.policy.items.quotas import RELATIONS
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items, ResolvedPack
from junheng.errors import Problem, Severity

_AGAINST = {"at_least": "down", "at_most": "up"}


def check_quotas(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check bounds (L29), roundings (L32), floors against caps (L31), parts (L30)."""
    own = {draft.id for draft in drafts}
    for draft in drafts:
        if isinstance(draft.item, Quota):
            _check_bound(draft, draft.item, findings)
            _check_rounding(draft.item, items, findings)
            _check_split(draft.item, items, findings)
            _check_base(draft.item, items, findings)
    for part, whole in _parts(items):
        if part.id in own:
            _check_part(part, whole, items, findings)
    for floor, cap in _same_population(items):
        if {floor.id, cap.id} & own:
            _check_caps(floor, cap, items, findings)


def _check_bound(draft: Draft, quota: Quota, findings: Findings) -> None:
    given = [key for key in RELATIONS if key in draft.node.places]
    if len(given) != 1:
        found = "、".join(given) or "—"
        findings.wrong("not-one-bound", quota.place, item=quota.id, found=found)


def _check_rounding(quota: Quota, items: Items, findings: Findings) -> None:
    rounding = _word(quota.rounding, items)
    if quota.bound.share is not None and rounding == "none":
        findings.wrong("share-not-rounded", quota.place, item=quota.id)
    if rounding == _AGAINST.get(quota.relation):
        values = {"item": quota.id, "found": rounding, "relation": quota.relation}
        findings.doubtful("rounding-against", quota.place, **values)


def _check_split(quota: Quota, items: Items, findings: Findings) -> None:
    """Check that a split quota is of a class with parts, and has a figure for each part."""
    klass = items.classes.get(quota.split_by)
    if quota.split_by and klass is not None and not klass.parts:
        values = {"item": quota.id, "found": quota.split_by}
        findings.wrong("split-without-parts", quota.place, **values)
    for figure in (quota.bound.share, quota.bound.number):
        parameter = (
            items.parameters.get(figure.parameter) if isinstance(figure, ParameterRef) else None
        )
        if klass is None or parameter is None or parameter.by != klass.id:
            continue
        for value in parameter.values:
            words = (
                {word for word, _ in value.value} if isinstance(value.value, tuple) else set()
            )
            if words and words != set(klass.parts):
                values = {"item": quota.id, "found": "、".join(sorted(words))}
                expected = "、".join(klass.parts)
                findings.wrong("figures-not-by-part", quota.place, **values, expected=expected)


def _check_base(quota: Quota, items: Items, findings: Findings) -> None:
    """Check that a base cannot count a serving exchangee at two schools (L35)."""
    of = quota.bound.of
    if of is None or "unit" not in quota.per:
        return
    if _word(of.among, items) in {"movers_and_serving", "serving"}:
        values = {"item": quota.id, "found": _word(of.among, items)}
        findings.doubtful("base-counts-twice", quota.place, **values)


def _word(setting: object, items: Items) -> str:
    if isinstance(setting, SwitchRef) and setting.switch in items.switches:
        return _word(items.switches[setting.switch].chosen, items)
    return setting if isinstance(setting, str) else ""


def _parts(items: Items) -> Iterator[tuple[Quota, Quota]]:
    for quota in items.quotas.values():
        if quota.part_of in items.quotas:
            yield quota, items.quotas[quota.part_of]


@dataclass(frozen=True, slots=True)
class _Share:
    """A share and the population it is of; ``base`` is empty where a switch leaves it open."""

    share: Fraction
    base: str
    open_base: bool


def _share(quota: Quota, items: Items) -> _Share | None:
    bound = quota.bound
    if bound.share is None or bound.of is None:
        return None
    share = _figure(bound.share, items)
    if share is None:
        return None
    base = _word(bound.of.among, items)
    return _Share(share, base, open_base=not base)


def _figure(figure: Figure, items: Items) -> Fraction | None:
    if isinstance(figure, ParameterRef):
        parameter = items.parameters.get(figure.parameter)
        value = parameter.values[-1].value if parameter and parameter.values else None
        return _figure(value, items) if isinstance(value, Literal) else None
    if isinstance(figure, Literal) and isinstance(figure.values[0], Fraction):
        return figure.values[0]
    return None


def _check_part(part: Quota, whole: Quota, items: Items, findings: Findings) -> None:
    inner, outer = _share(part, items), _share(whole, items)
    if inner is None or outer is None or inner.share <= outer.share:
        return
    if {part.relation, whole.relation} != {"at_least"}:
        return
    same = inner.base == outer.base and not inner.open_base
    if same or inner.open_base or outer.open_base:
        code = "part-above-whole" if same else "part-may-exceed-whole"
        findings.doubtful(code, part.place, **_both(part, inner.share, whole, outer.share))


def _both(part: Quota, inner: Fraction, whole: Quota, outer: Fraction) -> dict[str, str]:
    return {"item": part.id, "found": str(inner), "whole": whole.id, "expected": str(outer)}


def _same_population(items: Items) -> Iterator[tuple[Quota, Quota]]:
    quotas = list(items.quotas.values())
    for floor in quotas:
        for cap in quotas:
            same = (floor.count, floor.per, floor.units) == (cap.count, cap.per, cap.units)
            if floor.relation == "at_least" and cap.relation == "at_most" and same:
                yield floor, cap


def _check_caps(floor: Quota, cap: Quota, items: Items, findings: Findings) -> None:
    wanted, allowed = _share(floor, items), _share(cap, items)
    if wanted and allowed and wanted.base == allowed.base and wanted.share > allowed.share:
        values = {"item": floor.id, "found": str(wanted.share)}
        expected = str(allowed.share)
        findings.wrong("floor-above-cap", floor.place, **values, cap=cap.id, expected=expected)
    low, high = _number(floor, items), _number(cap, items)
    if low is not None and high is not None and low > high:
        values = {"item": floor.id, "found": str(low)}
        findings.wrong("floor-above-cap", floor.place, **values, cap=cap.id, expected=str(high))


def _number(quota: Quota, items: Items) -> Fraction | None:
    return None if quota.bound.number is None else _figure(quota.bound.number, items)


def contradictions(pack: ResolvedPack) -> tuple[Problem, ...]:
    """Return the quotas that cannot both be what they say under the chosen readings (3.8 c).

    A part whose floor is a larger share of the same population than the floor of its whole.

    Returns
    -------
    tuple of Problem
        Warnings ``pack.part-above-whole`` with ``item`` and ``found`` (the part and its
        share), ``whole`` and ``expected`` (the whole and its share).
    """
    found: list[Problem] = []
    for part, whole in _parts(pack.items):
        inner, outer = _resolved_share(part), _resolved_share(whole)
        if inner and outer and inner[1] == outer[1] and inner[0] > outer[0]:
            values = _both(part, inner[0], whole, outer[0])
            code = "pack.part-above-whole"
            found.append(Problem(code, Severity.WARNING, part.place, values))
    return tuple(found)


def _resolved_share(quota: Quota) -> tuple[Fraction, str] | None:
    bound = quota.bound
    share = bound.share
    if quota.relation != "at_least" or bound.of is None or not isinstance(share, Literal):
        return None
    value, base = share.values[0], bound.of.among
    if not isinstance(value, Fraction) or isinstance(base, Unset | SwitchRef):
        return None
    return value, base
