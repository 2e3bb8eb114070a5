"""The schools compared by the balance objective, and who counts in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.engine.planning.findings import Findings, Row, cell_place
from junheng.engine.planning.matrix import NO_LIMIT, Ints, Mask, ints
from junheng.engine.planning.names import Name
from junheng.engine.planning.problem import NOWHERE, Arcs, Schools, Staff, Stock, Units
from junheng.engine.policy.items import BalancePart, Planning
from junheng.engine.policy.items.planning import BALANCE, BALANCE_PART
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

STAGES = {"小学": "primary_pupils", "初中": "junior_pupils"}
"""Stages whose balance is compared, with the column of their pupils."""
EXCLUDED_KINDS = "excluded-unit-kinds"
EXCLUDED_OWNERSHIP = "excluded-ownership"
SMALL_PUPILS = "least-pupils-of-teaching-point"
TEACHING_POINT = "教学点"

_SHOWN = 10
"""Persons named in a message that is about many."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which units the scheme of the pack leaves out.

    Attributes
    ----------
    excluded : kinds of units that are never compared
    ownership : ownership of units that are never compared
    least_pupils : teaching points with fewer pupils are left out
    """

    excluded: frozenset[str]
    ownership: frozenset[str]
    least_pupils: Fraction

    def leaves_out(self, unit: Row) -> bool:
        """Whether a unit is not compared."""
        pupils = sum(unit[column] or 0 for column in STAGES.values())
        small = unit["unit_kind"] == TEACHING_POINT and pupils < self.least_pupils
        return (
            unit["unit_kind"] in self.excluded
            or unit["unit_ownership"] in self.ownership
            or small
        )


def read_comparison(pack: ResolvedPack, findings: Findings) -> Comparison:
    """Read from the pack which units are compared; what is missing or unset is noted (§2)."""
    wanted = (EXCLUDED_KINDS, EXCLUDED_OWNERSHIP, SMALL_PUPILS)
    lacking = [each for each in wanted if each not in pack.items.parameters]
    for each in lacking:
        findings.add("planning.no-parameter", None, id=each)
    if lacking:
        return Comparison(frozenset(), frozenset(), Fraction(0))
    return Comparison(
        findings.words(pack.figure(EXCLUDED_KINDS), EXCLUDED_KINDS),
        findings.words(pack.figure(EXCLUDED_OWNERSHIP), EXCLUDED_OWNERSHIP),
        findings.number(pack.figure(SMALL_PUPILS), SMALL_PUPILS) or Fraction(0),
    )


def read_schools(
    screening: Screening,
    planning: Planning,
    *,
    units: Units,
    staff: Staff,
    arcs: Arcs,
    findings: Findings,
) -> tuple[Schools, ...]:
    """Return for each indicator the schools of each stage with the persons it counts.

    A person of whom it is unknown whether the balance counts them, at a school that takes
    part, is noted. A stage in which nobody counts is left out.
    """
    roster = screening.evaluation.roster
    at_origin = findings.word(planning.counted_at, planning.id) == "origin"
    comparison = read_comparison(screening.evaluation.pack, findings)
    compared = {
        stage: _taking_part(roster, units, stage, comparison, findings) for stage in STAGES
    }
    found = []
    for part, weight in _indicators(planning, findings):
        truth = screening.evaluation.persons(part.of)
        for stage, (taking_part, pupils) in compared.items():
            of_stage = staff.counted & np.array([s == stage for s in staff.stage], np.bool_)
            here = np.isin(staff.balance_at, taking_part)
            _note_undecided(roster, of_stage & here & truth.unknown, findings)
            stock = _balance_stock(
                units, staff, arcs, taking_part, of_stage & truth.yes, at_origin=at_origin
            )
            total = int(stock.before.sum())
            if total:
                found.append(
                    Schools(
                        indicator=part.id,
                        weight=weight,
                        stage=stage,
                        stock=stock,
                        pupils=pupils,
                        total=total,
                    )
                )
    return tuple(found)


def _indicators(planning: Planning, findings: Findings) -> Iterator[tuple[BalancePart, int]]:
    """Yield the indicators that the objectives ask for, with their weights."""
    added = BALANCE in planning.objectives
    for part in planning.balances:
        if added:
            yield part, _weight(part, planning, findings)
        elif f"{BALANCE_PART}{part.id}" in planning.objectives:
            yield part, 1


def _weight(part: BalancePart, planning: Planning, findings: Findings) -> int:
    weight = None if part.weight is None else findings.number(part.weight, planning.id)
    if weight is not None and weight > 0 and weight.denominator == 1:
        return int(weight)
    if weight is not None or part.weight is None:
        found = "" if weight is None else str(weight)
        findings.add("planning.weight-not-whole", None, id=part.id, found=found)
    return 1


def _taking_part(
    roster: Roster, units: Units, stage: str, comparison: Comparison, findings: Findings
) -> tuple[Ints, Ints]:
    """Return the units compared in a stage and their pupils; a blank number is noted.

    A unit that does not exist on the start date is no school of the balance.
    """
    column = STAGES[stage]
    rows = roster["units"].sort("unit_id").to_dicts()
    of_stage = [
        (unit, row)
        for unit, row in enumerate(rows)
        if units.open[unit]
        and stage in (row["unit_stages"] or ())
        and not comparison.leaves_out(row)
    ]
    findings.blank_cells(
        roster, "units", column, [row for _, row in of_stage if row[column] is None]
    )
    taking_part = [(unit, row[column]) for unit, row in of_stage if (row[column] or 0) > 0]
    return ints([unit for unit, _ in taking_part]), ints([n for _, n in taking_part])


def _balance_stock(
    units: Units, staff: Staff, arcs: Arcs, taking_part: Ints, counted: Mask, *, at_origin: bool
) -> Stock:
    place = np.full(len(units.ids) + 1, NOWHERE, dtype=np.int64)  # the last: no unit
    place[taking_part] = np.arange(len(taking_part))
    held = place[staff.balance_at[counted]]
    changes = counted[arcs.person]
    if at_origin:
        changes = changes & arcs.relation_moved
    return Stock(
        names=tuple(Name(rule="", unit_id=units.ids[unit]) for unit in taking_part),
        required=np.zeros(len(taking_part), dtype=np.int64),
        established=np.full(len(taking_part), NO_LIMIT, dtype=np.int64),
        before=np.bincount(held[held != NOWHERE], minlength=len(taking_part)),
        leaving=np.where(changes, place[staff.balance_at[arcs.person]], NOWHERE),
        arriving=np.where(changes, place[arcs.unit], NOWHERE),
    )


def _note_undecided(roster: Roster, undecided: Mask, findings: Findings) -> None:
    if not undecided.any():
        return
    rows = roster["persons"].sort("person_id").to_dicts()
    found = [rows[person] for person in np.flatnonzero(undecided).tolist()]
    shown = "、".join(row["person_id"] for row in found[:_SHOWN])
    findings.add(
        "planning.balance-undecided",
        cell_place(roster, found[0], "person_id"),
        persons=shown + ("…" if len(found) > _SHOWN else ""),
        count=str(len(found)),
    )
