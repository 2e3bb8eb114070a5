"""Relatives who must not work in one place, or must not be separated (亲属)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from junheng.engine.audit.findings import Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Placement
from junheng.engine.policy.items import KinRule, Strength
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Problem, Severity

_APART = "apart"
_TABLE = "kinship"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two relatives, both counted, in order of id, and where they work before and after."""

    persons: tuple[str, str]
    before: tuple[str, str]
    after: tuple[str, str]
    moved: bool


def check_kin(ground: Ground, placed: Mapping[str, Placement]) -> Iterator[Violation]:
    """Yield every pair that a rule about relatives finds in the wrong places.

    Where the roster has no table of relatives nothing is known, and nothing is found.
    """
    for rule in ground.pack.items.kin_rules.values():
        if rule.strength is Strength.ENCOURAGED:
            continue
        for pair in _broken(rule, ground, placed):
            yield Violation(
                code=f"audit.kin-{rule.rule}",
                strength=rule.strength,
                rule=rule.id,
                clauses=rule.source,
                persons=pair.persons,
                units=tuple(dict.fromkeys(pair.after)),
                values={"at": rule.at},
                overridden=rule.strength is Strength.PRINCIPLE
                and ground.decisions.lifted_for(rule.id, pair.persons),
            )


def kin_notes(ground: Ground, placed: Mapping[str, Placement]) -> tuple[Problem, ...]:
    """Say what is only wished for, and that relatives were never declared."""
    rules = ground.pack.items.kin_rules.values()
    if rules and _TABLE not in ground.roster.given:
        table = BY_ID[_TABLE].sheet
        return (Problem("audit.no-kinship", Severity.WARNING, values={"table": table}),)
    return tuple(
        Problem(
            "audit.kin-wished",
            Severity.WARNING,
            values={"rule": rule.id, "person": "、".join(pair.persons)},
        )
        for rule in rules
        if rule.strength is Strength.ENCOURAGED
        for pair in _broken(rule, ground, placed)
    )


def _broken(rule: KinRule, ground: Ground, placed: Mapping[str, Placement]) -> Iterator[_Pair]:
    for pair in _pairs(rule, ground, placed):
        together_before = pair.before[0] == pair.before[1]
        together_after = pair.after[0] == pair.after[1]
        if rule.rule == _APART:
            if together_after and (pair.moved or not together_before):
                yield _named(pair, placed, ground)
        elif together_before and not together_after:
            yield _named(pair, placed, ground)


def _pairs(rule: KinRule, ground: Ground, placed: Mapping[str, Placement]) -> Iterator[_Pair]:
    members = ground.staff.members
    declared = {
        (min(row["person_id"], row["relative_id"]), max(row["person_id"], row["relative_id"]))
        for row in ground.roster[_TABLE].to_dicts()
        if row["kinship"] in rule.among
    }
    for first, second in sorted(declared):
        if first == second or first not in members or second not in members:
            continue
        units = members[first].unit, members[second].unit
        then = _works_at(first, ground, placed), _works_at(second, ground, placed)
        yield _Pair(
            (first, second),
            (_place(units[0], rule.at, ground), _place(units[1], rule.at, ground)),
            (_place(then[0], rule.at, ground), _place(then[1], rule.at, ground)),
            moved=units != then,
        )


def _named(pair: _Pair, placed: Mapping[str, Placement], ground: Ground) -> _Pair:
    """Return the pair with the units instead of the zones or townships of the rule."""
    first, second = pair.persons
    units = _works_at(first, ground, placed), _works_at(second, ground, placed)
    return _Pair(pair.persons, pair.before, units, pair.moved)


def _works_at(person: str, ground: Ground, placed: Mapping[str, Placement]) -> str:
    found = placed.get(person)
    return found.move.to_unit if found else ground.staff.members[person].unit


def _place(unit: str, at: str, ground: Ground) -> str:
    """Return the place of a unit; where none is filled in, each unit is a place of its own."""
    if at == "unit":
        return f"unit {unit}"
    row = ground.staff.units.get(unit)
    word = row[at] if row else None
    return f"{at} {word}" if word else f"unit {unit}"
