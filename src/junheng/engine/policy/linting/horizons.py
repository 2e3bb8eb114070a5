"""Quotas over several years, and limits on posts with exceptions."""

from __future__ import annotations

from junheng.engine.policy.conditions import FactTest
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Guard, Quota
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.walking import walk

_SERVED = ("served", "movers_and_served")
_PLANNED = ("movers", "movers_and_serving", "movers_and_volunteers", "movers_and_served")
_STRUCTURE = ("post_structure_after", "post_structure_worsened")


def check_horizons(drafts: list[Draft], findings: Findings) -> None:
    """Check that a quota over years says which, counts those who served, and has a fixed base.

    Also that only a guard over the post structure states an exception.
    """
    for draft in drafts:
        if isinstance(draft.item, Quota):
            _check_quota(draft.item, findings)
        if isinstance(draft.item, Guard) and draft.item.exempt is not None:
            tests = [each for each in walk(draft.item.never) if isinstance(each, FactTest)]
            if not any(test.fact in _STRUCTURE for test in tests):
                findings.wrong("exception-without-structure", draft.place, item=draft.id)


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
