"""Quotas over several years or of pairs, and limits on what a plan leaves behind."""

from __future__ import annotations

from junheng.engine.policy.conditions import FactTest
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Guard, Quota, Strength
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.walking import walk

_SERVED = ("served", "movers_and_served")
_PLANNED = ("movers", "movers_and_serving", "movers_and_volunteers", "movers_and_served")
_STRUCTURE = ("post_structure_after", "post_structure_worsened")
_ONLY_REPORTED = "quality_teachers_lost"


def check_horizons(drafts: list[Draft], findings: Findings) -> None:
    """Check that a quota over years says which, counts those who served, and has a fixed base.

    Also that sides are equal only where sides are counted, that only a guard over the post
    structure states an exception, and that what nobody holds a plan to binds nobody.
    """
    for draft in drafts:
        if isinstance(draft.item, Quota):
            _check_quota(draft.item, findings)
            if draft.item.equal_sides and not {"pair", "side"} <= set(draft.item.per):
                findings.wrong("equal-sides-without-side", draft.place, item=draft.id)
        if isinstance(draft.item, Guard):
            _check_guard(draft, draft.item, findings)


def _check_guard(draft: Draft, guard: Guard, findings: Findings) -> None:
    facts = {each.fact for each in walk(guard.never) if isinstance(each, FactTest)}
    if guard.exempt is not None and not facts & set(_STRUCTURE):
        findings.wrong("exception-without-structure", draft.place, item=draft.id)
    if _ONLY_REPORTED in facts and guard.strength is not Strength.ENCOURAGED:
        values = {"item": draft.id, "found": str(guard.strength)}
        findings.wrong("guard-only-reported", draft.place, **values)


def _check_quota(quota: Quota, findings: Findings) -> None:
    counted, of = quota.count.among, quota.bound.of
    base = "" if of is None else of.among
    over_years = quota.each == "horizon"
    if over_years != (quota.over is not None):
        findings.wrong("horizon-without-span", quota.place, item=quota.id, found=quota.each)
    elif over_years and (counted not in _SERVED or base in _PLANNED):
        found = str(counted if counted not in _SERVED else base)
        findings.wrong("horizon-counts-others", quota.place, item=quota.id, found=found)
    elif not over_years and {counted, base} & set(_SERVED):
        findings.wrong("served-without-span", quota.place, item=quota.id)
