"""Checks of a whole pack: everything that can be wrong is found when it is loaded.

What one line shows by itself is checked while it is read (:mod:`~junheng.engine.policy.shapes`
and its neighbours); here are the checks that need the other items.
"""

from __future__ import annotations

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.linting.conditions import check_conditions
from junheng.engine.policy.linting.consequences import check_consequences
from junheng.engine.policy.linting.cycles import check_cycles
from junheng.engine.policy.linting.examples import check_examples
from junheng.engine.policy.linting.figures import check_figures
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.linting.grades import check_grades
from junheng.engine.policy.linting.horizons import check_horizons
from junheng.engine.policy.linting.incentives import check_incentives
from junheng.engine.policy.linting.planning import check_planning
from junheng.engine.policy.linting.quotas import check_quotas, contradictions
from junheng.engine.policy.linting.rules import check_rules
from junheng.engine.policy.linting.scoring import check_rubrics
from junheng.engine.policy.linting.steps import check_steps
from junheng.engine.policy.linting.usage import check_usage
from junheng.engine.policy.pack import Header, Items
from junheng.errors import PackPlace, Problem


def lint(header: Header, place: PackPlace, items: Items, drafts: list[Draft]) -> list[Problem]:
    """Return what is wrong or doubtful in a pack whose items could be read.

    Parameters
    ----------
    place : where ``pack:`` stands
    items : own items and those of parents
    drafts : the pack's own items, also those that could not be typed; where there are such,
        what follows from them alone (an item that nothing seems to use) is not reported
    """
    findings = Findings()
    if all(draft.item is not None for draft in drafts):
        check_usage(header, drafts, findings)
        check_examples(items, drafts, findings)
    check_cycles(drafts, findings)
    check_figures(header, items, drafts, findings)
    check_rules(header, place, items, drafts, findings)
    check_conditions(header, items, drafts, findings)
    check_quotas(items, drafts, findings)
    check_horizons(drafts, findings)
    check_planning(header, items, drafts, findings)
    check_steps(items, drafts, findings)
    check_consequences(items, drafts, findings)
    check_grades(items, drafts, findings)
    check_rubrics(items, drafts, findings)
    check_incentives(items, drafts, findings)
    return findings.problems


__all__ = ["contradictions", "lint"]
