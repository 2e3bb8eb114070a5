"""Relatives whose places depend on each other: the rules of the pack on the roster's table."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.planning.decisions import Decisions
from junheng.engine.planning.matrix import Ints, ints
from junheng.engine.planning.names import Name
from junheng.engine.planning.problem import NOWHERE, Kin, Staff, Units
from junheng.engine.policy.items import KinRule, Strength
from junheng.engine.policy.pack import Items
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, Severity

TABLE = "kinship"


def read_kin(
    roster: Roster, items: Items, units: Units, staff: Staff, decisions: Decisions
) -> tuple[Kin, ...]:
    """Return the pairs of counted relatives that a rule which must be kept is about."""
    rules = [r for r in items.kin_rules.values() if r.strength is not Strength.ENCOURAGED]
    return tuple(kin for rule in rules for kin in _pairs(roster, rule, units, staff, decisions))


def kin_notes(roster: Roster, items: Items) -> Iterator[Problem]:
    """Yield a note where the pack has rules on relatives and nobody has stated any."""
    if items.kin_rules and TABLE not in roster.given:
        rules = "、".join(items.kin_rules)
        yield Problem("planning.kinship-not-stated", Severity.WARNING, None, {"id": rules})


def _pairs(
    roster: Roster, rule: KinRule, units: Units, staff: Staff, decisions: Decisions
) -> Iterator[Kin]:
    place = _places(roster, rule.at, units)
    for first, second in _related(roster, rule, staff):
        lifted = rule.strength is Strength.PRINCIPLE and (
            decisions.lifts_for(rule.id, first) or decisions.lifts_for(rule.id, second)
        )
        apart_at_start = place[staff.works_at[first]] != place[staff.works_at[second]]
        together = rule.rule == "together"
        if lifted or (together and apart_at_start):
            continue
        yield Kin(
            name=Name(rule=rule.id, person_id=staff.ids[first]),
            first=first,
            second=second,
            together=together,
            place=place,
        )


def _related(roster: Roster, rule: KinRule, staff: Staff) -> list[tuple[int, int]]:
    """Return the pairs of counted relatives, each once, whoever of them stated it."""
    person_of = {person: k for k, person in enumerate(staff.ids)}
    found: set[tuple[int, int]] = set()
    for row in roster[TABLE].to_dicts():
        ends = (person_of.get(row["person_id"], NOWHERE), person_of.get(row["relative_id"], -1))
        stated = row["kinship"] in rule.among and NOWHERE not in ends and ends[0] != ends[1]
        if stated and all(staff.counted[k] and staff.works_at[k] != NOWHERE for k in ends):
            found.add((min(ends), max(ends)))
    return sorted(found)


def _places(roster: Roster, at: str, units: Units) -> Ints:
    """Return the place of each unit; a unit whose zone or township is blank is its own."""
    rows = roster["units"].sort("unit_id").to_dicts()
    words = [row["unit_id"] if at == "unit" else row[at] for row in rows]
    keys = [
        ("", unit) if not word else (str(word), "")
        for unit, word in zip(units.ids, words, strict=True)
    ]
    number_of = {key: number for number, key in enumerate(sorted(set(keys)))}
    return ints([number_of[key] for key in keys])
