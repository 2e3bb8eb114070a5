"""Decisions on record (决定) as the auditor reads them: pins, bans and overrides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.engine.balance.staff import cell_of
from junheng.engine.policy.items import Strength
from junheng.engine.policy.pack import Items
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, Severity

PIN, BAN, OVERRIDE = "固定", "禁止", "例外批准"


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Person and unit of one decision; empty stands for every person, or every unit."""

    person: str
    unit: str
    rule: str = ""

    def meets(self, person: str, unit: str) -> bool:
        """Whether the decision speaks of this person and this unit."""
        return self.person in ("", person) and self.unit in ("", unit)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a roster.

    Attributes
    ----------
    notes : decisions that mean nothing: overrides of hard or unknown rules, or without reason
        or approver; blank pins
    """

    pins: tuple[Decision, ...]
    bans: tuple[Decision, ...]
    overrides: tuple[Decision, ...]
    notes: tuple[Problem, ...] = ()

    def lifted(self, rule: str, person: str, unit: str) -> bool:
        """Whether a principle is lifted for a move of this person to this unit."""
        return any(each.rule == rule and each.meets(person, unit) for each in self.overrides)

    def lifted_at(self, rule: str, unit: str) -> bool:
        """Whether a principle about numbers is lifted for a unit; persons do not matter."""
        return any(
            each.rule == rule and not each.person and each.unit in ("", unit)
            for each in self.overrides
        )

    def lifted_for(self, rule: str, persons: tuple[str, ...]) -> bool:
        """Whether a principle is lifted for some of these persons, or for everybody."""
        return any(
            each.rule == rule and (each.person in persons or not (each.person or each.unit))
            for each in self.overrides
        )


def read_decisions(roster: Roster, items: Items) -> Decisions:
    """Read the table of decisions; what cannot take effect becomes a warning."""
    found: dict[str, list[Decision]] = {PIN: [], BAN: [], OVERRIDE: []}
    notes: list[Problem] = []
    for row in roster["decisions"].to_dicts():
        if row["decision_kind"] not in found:
            continue
        decision = Decision(row["person_id"] or "", row["unit_id"] or "", row["rule_id"] or "")
        code = _fault(row["decision_kind"], decision, items) or _unfounded(row)
        if code:
            notes.append(_note(code, roster, row))
        else:
            found[row["decision_kind"]].append(decision)
    return Decisions(
        tuple(sorted(set(found[PIN]))),
        tuple(sorted(set(found[BAN]))),
        tuple(sorted(set(found[OVERRIDE]))),
        tuple(notes),
    )


def _fault(kind: str, decision: Decision, items: Items) -> str:
    if kind == PIN and not (decision.person and decision.unit):
        return "audit.pin-incomplete"
    if kind != OVERRIDE:
        return ""
    ruled = (
        items.rules,
        items.quotas,
        items.destinations,
        items.guards,
        items.kin_rules,
        items.selection,
    )
    strengths = {rule.id: rule.strength for kind_of in ruled for rule in kind_of.values()}
    if decision.rule not in strengths:
        return "audit.override-of-unknown"
    return "audit.override-of-hard" if strengths[decision.rule] is Strength.HARD else ""


def _unfounded(row: dict[str, Any]) -> str:
    """Return the code for an override without a reason or without who approved it."""
    founded = row["decision_kind"] != OVERRIDE or (row["reason"] and row["approver"])
    return "" if founded else "audit.override-unfounded"


def _note(code: str, roster: Roster, row: dict[str, Any]) -> Problem:
    values = {"rule": row["rule_id"] or "", "person": row["person_id"] or ""}
    return Problem(code, Severity.WARNING, cell_of(roster, row, "rule_id"), values)
