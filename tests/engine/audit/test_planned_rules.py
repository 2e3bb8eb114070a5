"""Planner and auditor read the same page on further rules, and never disagree."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.roster.generator import tiny
from junheng.engine.screening import screen
from tests.engine.audit.rules import peopled, ruled
from tests.engine.audit.test_planned import KINDS, pack_of

PLANS = 200
SEEN = ("moves", "passed over", "above the posts", "neighbouring subject", "several indicators")


def _tally(seed: int) -> Counter[str] | None:
    """Plan and audit a tiny county; count what was at work; None where there is no plan."""
    random = Random(seed)  # noqa: S311 -- not for secrets
    pack = ruled(pack_of(KINDS[seed % len(KINDS)]), random)
    roster = peopled(tiny(seed, 2 + seed % 3, 4 + seed % 6), random)
    screening = screen(roster, pack)
    found = plan(roster, screening, seed=seed)
    if not isinstance(found, Planned):
        return None
    audited = audit(roster, screening, found.plan)
    own = {row["person_id"]: row["subject"] for row in roster["persons"].to_dicts()}
    taught = [m for m in found.plan.moves if m.subject not in ("", own[m.person_id])]
    parts = [line for line in audited.objectives if line.id.startswith("balance:")]
    counts = (found.plan.moves, audited.passed_over, audited.over_quota, taught, parts)
    tally = Counter(dict(zip(SEEN, map(len, counts), strict=True)))
    tally["violations"] = len(audited.violations)
    tally["other values"] = sum(line.stated != line.value for line in audited.objectives)
    return tally


@pytest.mark.slow
def test_nothing_is_invented_about_two_hundred_plans_under_further_rules() -> None:
    tallies: dict[int, Counter[str]] = {}
    seed = 0
    while len(tallies) < PLANS:
        tally = _tally(seed)
        if tally is not None:
            tallies[seed] = tally
        seed += 1

    blamed = [s for s, tally in tallies.items() if tally["violations"] or tally["other values"]]
    total = sum(tallies.values(), Counter[str]())
    assert blamed == []
    assert [each for each in SEEN if not total[each]] == []
