"""A county that adopts a shipped pack and says of planning what its text leaves open."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve_with

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
    objectives: tuple[str, ...] = ()


def adopted(shipped: Shipped, folder: Path) -> ResolvedPack:
    """Write the county's pack into a folder and resolve it under the values of its cases."""
    (folder / "pack.yaml").write_text(_text(shipped), encoding="utf-8")
    chosen = _for_cases(shipped.pack) | {"excluded-ownership": ("民办",)}
    return resolve_with(load(folder), on=ON, settings={**chosen, **shipped.settings})


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
        objectives=", ".join(shipped.objectives or ordered),
    )


def _for_cases(pack: str) -> dict[str, object]:
    """Return the values under which the cases of a pack, or its example county, are worked."""
    example = _EXAMPLES.get(pack)
    settings = load(example or pack).items.settings
    found = settings.get("chosen" if example else "for-cases")
    return {} if found is None else dict(found.values)
