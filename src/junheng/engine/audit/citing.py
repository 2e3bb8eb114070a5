"""What violations are told with: titles and clauses of rules, names of units, persons counted.

Persons appear by id only; the row of the sheet says the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from junheng.engine.audit.findings import Violation
from junheng.engine.audit.ground import Ground
from junheng.messages import enumerated

_UNIT_VALUES = ("origin", "host", "at")
_TITLED = ("audit.wrong-form", "audit.no-arrangement", "audit.over-quota")
_STATED = frozenset({"stated", "true"})


def cited(violations: Iterable[Violation], ground: Ground) -> tuple[Violation, ...]:
    """Add what the wording names: titles, where clauses stand, names of units and forms."""
    titles = _titles(ground)
    return tuple(_cited(violation, ground, titles) for violation in violations)


def named_unit(unit: str, ground: Ground) -> str:
    """Return a unit as an officer reads it: name and id; a word that is no unit as it is."""
    row = ground.staff.units.get(unit)
    return f"{row['unit_name']}（{unit}）" if row and row["unit_name"] else unit


def _cited(violation: Violation, ground: Ground, titles: dict[str, str]) -> Violation:
    rules = () if violation.private else violation.rule.split("、")
    clauses = ground.pack.clauses(violation.clauses)
    values = {
        "title": enumerated(titles[rule] for rule in rules if rule in titles),
        "cites": "、".join(dict.fromkeys(clause.at for clause in clauses)),
        "unit": "、".join(named_unit(unit, ground) for unit in violation.units),
        **violation.values,
    }
    for key in _UNIT_VALUES:
        if key in values:
            values[key] = named_unit(values[key], ground)
    if violation.code == "audit.wrong-origin":
        values |= {key: named_unit(values[key], ground) for key in _STATED & values.keys()}
    if violation.code in _TITLED:
        values |= {key: titles.get(values[key], values[key]) for key in _STATED & values.keys()}
    return replace(violation, values=values)


def _titles(ground: Ground) -> dict[str, str]:
    items = ground.pack.items
    kinds = (
        items.rules,
        items.quotas,
        items.destinations,
        items.guards,
        items.arrangements,
        items.planning,
        items.kin_rules,
        items.selection,
    )
    return {item.id: item.title for kind in kinds for item in kind.values()}
