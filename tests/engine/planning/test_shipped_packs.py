"""Every shipped pack that moves teachers plans a small county, and the audit agrees."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import screen

ON = date(2026, 8, 31)
_EXAMPLES = {"datong": "datong-example", "district-managed": "district-managed-example"}
_COUNTY = """
pack:
  id: county
  title: 试验县
  level: county
  authority: 试验县教育局
  version: "1"
  valid: {{undated: 试验}}
  extends: [{parents}]
sources:
  - id: county-plan
    title: 年度方案
    issuer: 试验县教育局
    number: {{unset: 试验}}
    dated: {{unset: 试验}}
    clauses: [{{id: county-1, at: 一, says: 编制方案的约定}}]
dates:
  - {{id: moving-day, title: 开始日, year: programme, month_day: 09-01, source: county-1}}
parameters:
  - {{id: wish-costs, title: 志愿, unit: cost, values: [{{value: [0, 10], source: county-1}}]}}
  - {{id: other-cost, title: 其他, unit: cost, values: [{{value: 30, source: county-1}}]}}
  - {{id: leavers, title: 流出, unit: share, values: [{{value: 20%, source: county-1}}]}}
planning:
  - id: county-planning
    title: 编制方案的约定
    source: county-1
    start: moving-day
    duties: {{{duties}}}
    in_post: [在岗]
    leavers_at_most: {{share: {{parameter: leavers}}, of: {{among: staff}}}}
    rounding: up
    costs:
      wish: {{parameter: wish-costs}}
      elsewhere: {{parameter: other-cost}}
      kept: {{parameter: other-cost}}
      unasked: {{parameter: other-cost}}
    forms: [{forms}]
    counted_at: origin
    balance_of: {{class: backbone}}
    objectives: [{objectives}]
"""


@dataclass(frozen=True)
class Shipped:
    """A shipped pack, the forms its county uses, and what its text leaves to the county."""

    pack: str
    forms: tuple[str, ...]
    settings: dict[str, object] = field(default_factory=dict)


PACKS = (
    Shipped("paired-schools-lechang", ("paired-swap", "main-and-village", "support")),
    Shipped("support-teaching", ("support",)),
    Shipped(
        "autonomous-county",
        ("leaders-regular", "alliance", "team", "regular"),
        {
            "eligible-base": "due",
            "floor-rounding": "up",
            "affiliated-number": "1",
            "leader-length": "3",
        },
    ),
    Shipped("ruian", ("stand-in", "cooperation")),
    Shipped("wushi", ("tempering-exchange", "activation-exchange", "voluntary-exchange")),
    Shipped("school-partnership-xinmi", ("seconded", "full-time")),
    Shipped("datong", ("cooperative", "optimising")),
    Shipped("district-managed", ("rebalancing", "within-township", "rural-junior")),
)


@cache
def _county() -> Roster:
    return generate(units=8, persons=140, seed=3, on=ON)


def _issuing(roster: Roster, pack: ResolvedPack) -> Roster:
    """Issue one person in the first unit for each quota that is issued by hand."""
    issued = [quota.id for quota in pack.items.quotas.values() if quota.bound.issued]
    if not issued:
        return roster
    unit = roster["units"]["unit_id"][0]
    rows = [{"quota_id": each, "unit_id": unit, "number": 1} for each in issued]
    held = {table: roster[table].drop("source", "row") for table in roster.given}
    return roster_of({**held, "issued_quotas": pl.DataFrame(rows)})


def _text(shipped: Shipped) -> str:
    parent = load(shipped.pack)
    ordered = ["unmet_obligations", "balance", "wishes", "travel"]
    if parent.items.selection:
        ordered.insert(1, "selection")
    extended = ["national"] if shipped.pack != "national" else []
    return _COUNTY.format(
        parents=", ".join(
            f'{{pack: {each}, version: "1"}}' for each in (*extended, shipped.pack)
        ),
        duties=", ".join(f"{track}: quota" for track in parent.header.tracks),
        forms=", ".join(shipped.forms),
        objectives=", ".join(ordered),
    )


def _for_cases(pack: str) -> dict[str, object]:
    """Return the values under which the cases of a pack, or its example county, are worked."""
    example = _EXAMPLES.get(pack)
    settings = load(example or pack).items.settings
    found = settings.get("chosen" if example else "for-cases")
    return {} if found is None else dict(found.values)


@pytest.mark.parametrize("shipped", PACKS, ids=lambda each: each.pack)
def test_a_county_under_a_shipped_pack_gets_a_plan_that_passes_the_audit(
    shipped: Shipped, tmp_path: Path
) -> None:
    (tmp_path / "pack.yaml").write_text(_text(shipped), encoding="utf-8")
    pack = load(tmp_path)
    chosen = _for_cases(shipped.pack) | {"excluded-ownership": ("民办",)}
    resolved = resolve_with(pack, on=ON, settings={**chosen, **shipped.settings})
    roster = _issuing(_county(), resolved)
    screening = screen(roster, resolved)

    outcome = plan(roster, screening, seed=1)

    assert isinstance(outcome, Planned)
    assert all(each.proven for each in outcome.plan.objectives)
    found = audit(roster, screening, outcome.plan)
    assert [violation.code for violation in found.violations if violation.blocks] == []
