"""Decisions on record (决定): who is fixed to a unit, who is kept from one, what is lifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from junheng.engine.planning.findings import Findings, Row, cell_place
from junheng.engine.planning.matrix import Ints, Mask
from junheng.engine.policy.items import (
    Destination,
    Guard,
    KinRule,
    Quota,
    Rule,
    Selection,
    Strength,
)
from junheng.engine.policy.pack import Items
from junheng.engine.roster.roster import Roster

ANY = -1
"""Stands for every person or every unit."""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Person and unit of one decision, as positions; ``ANY`` where the cell is blank."""

    person: int
    unit: int


@dataclass(frozen=True, slots=True)
class Lifted:
    """A recorded override (例外批准) of one rule of strength principle."""

    rule: str
    person: int
    unit: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions; each pin and ban once, in order of person and unit."""

    pins: tuple[Decision, ...] = ()
    bans: tuple[Decision, ...] = ()
    overrides: tuple[Lifted, ...] = ()

    def lifts(self, rule: str, persons: Ints, units: Ints) -> Mask:
        """Return for which moves ``persons[k]`` → ``units[k]`` a rule is lifted."""
        lifted = np.zeros(len(persons), dtype=np.bool_)
        for override in self.overrides:
            if override.rule == rule:
                here = (override.person == ANY) | (persons == override.person)
                lifted |= here & ((override.unit == ANY) | (units == override.unit))
        return lifted

    def lifts_for(self, rule: str, person: int) -> bool:
        """Return whether a rule about relatives is lifted for a person, wherever they go.

        An override for a unit alone names neither relative and lifts nothing.
        """
        return any(
            override.rule == rule
            and (override.person == person or (override.person, override.unit) == (ANY, ANY))
            for override in self.overrides
        )

    def lifts_at(self, rule: str, unit: int) -> bool:
        """Return whether a rule that counts persons is lifted for a whole unit.

        An override for one person lifts no rule about numbers. ``unit`` may be ``ANY`` for
        cells wider than a unit: then only an override for everywhere lifts the rule.
        """
        return any(
            override.rule == rule and override.person == ANY and override.unit in (ANY, unit)
            for override in self.overrides
        )


def read_decisions(
    roster: Roster,
    items: Items,
    *,
    person_of: Mapping[str, int],
    unit_of: Mapping[str, int],
    findings: Findings,
) -> Decisions:
    """Read the table of decisions.

    Noted are unknown ids, and overrides of hard rules or without reason or approver.
    """
    strengths = _strengths(items)
    pins: set[Decision] = set()
    bans: set[Decision] = set()
    overrides: list[Lifted] = []
    for row in roster["decisions"].to_dicts():
        person = _position(roster, row, "person_id", person_of, findings)
        unit = _position(roster, row, "unit_id", unit_of, findings)
        if person is None or unit is None:
            continue
        match row["decision_kind"]:
            case "固定" if ANY in (person, unit):
                column = "person_id" if person == ANY else "unit_id"
                findings.blank_cells(roster, "decisions", column, [row])
            case "固定":
                pins.add(Decision(person, unit))
            case "禁止":
                bans.add(Decision(person, unit))
            case "例外批准":
                if _may_lift(roster, row, strengths, findings):
                    overrides.append(Lifted(row["rule_id"], person, unit))
    return Decisions(tuple(sorted(pins)), tuple(sorted(bans)), tuple(overrides))


def _strengths(items: Items) -> dict[str, Strength]:
    ruled: chain[Quota | Destination | Guard | Rule | KinRule | Selection] = chain(
        items.quotas.values(),
        items.destinations.values(),
        items.guards.values(),
        items.rules.values(),
        items.kin_rules.values(),
        items.selection.values(),
    )
    return {item.id: item.strength for item in ruled}


def _position(
    roster: Roster, row: Row, column: str, known: Mapping[str, int], findings: Findings
) -> int | None:
    if row[column] is None:
        return ANY
    if row[column] not in known:
        findings.add(
            "planning.unknown-id", cell_place(roster, row, column), id=str(row[column])
        )
        return None
    return known[row[column]]


def _may_lift(
    roster: Roster, row: Row, strengths: Mapping[str, Strength], findings: Findings
) -> bool:
    place = cell_place(roster, row, "rule_id")
    strength = strengths.get(row["rule_id"] or "")
    if strength is None:
        findings.add("planning.unknown-rule", place, id=row["rule_id"] or "")
    elif strength is Strength.HARD:
        findings.add("planning.hard-rule-lifted", place, id=row["rule_id"])
    blank = [column for column in ("reason", "approver") if not row[column]]
    for column in blank:
        findings.add("planning.override-unfounded", cell_place(roster, row, column))
    return strength not in (None, Strength.HARD) and not blank
