"""The seven resource indicators (资源配置) of each school and stage, before and after a plan.

L1 to L3 count teachers where they work and change with a plan; L4 to L7 are amounts of the
units table, the same before and after. Source: 教督[2017]6号.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.balance.coefficient import Dispersion, dispersion
from junheng.engine.balance.staff import Member, Row, Staff, cell_of, exists
from junheng.engine.balance.standards import (
    ARTS_SUBJECTS,
    EXCLUDED_KINDS,
    EXCLUDED_OWNERSHIP,
    QUALIFICATIONS,
    SMALL_PUPILS,
    STAGES,
    TEACHING_POINT,
    Standards,
)
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Problem, QuestionError

PER_HUNDRED = 100
_PREFIX = {"小学": "primary", "初中": "junior"}
_AMOUNTS = {
    "L4": ("rooms_area", 1),
    "L5": ("sports_area", 1),
    "L6": ("equipment_value", 1),
    "L7": ("multimedia_rooms", PER_HUNDRED),
}


@dataclass(frozen=True, slots=True)
class School:
    """One school in one stage; a nine-year school is two of them."""

    unit_id: str
    stage: str
    pupils: int
    row: Row


@dataclass(frozen=True, slots=True)
class Marks:
    """What one counted person adds to L1 to L3 and own indicators; None if not known."""

    stage: str
    counts: Mapping[str, bool | None]


def schools(roster: Roster, staff: Staff, standards: Standards) -> tuple[School, ...]:
    """Return the schools that are compared, by stage then unit.

    Left out are units of the excluded kinds and ownership, units that do not exist on the
    start date, and teaching points below the pack's number of pupils; a school that runs two
    stages counts once in each.

    Raises
    ------
    QuestionError
        If a school's number of pupils is blank; every such cell is named.
    """
    kinds, ownership = standards.words(EXCLUDED_KINDS), standards.words(EXCLUDED_OWNERSHIP)
    found: list[School] = []
    problems: list[Problem] = []
    for stage in STAGES:
        for unit_id, row in staff.units.items():
            if stage not in (row["unit_stages"] or ()) or not exists(row, staff.start):
                continue
            if row["unit_kind"] in kinds or row["unit_ownership"] in ownership:
                continue
            column = f"{_PREFIX[stage]}_pupils"
            if row[column] is None:
                problems.append(_blank(roster, row, column))
            elif row[column] > 0 and not _too_small(row, standards):
                found.append(School(unit_id, stage, row[column], row))
    if problems:
        raise QuestionError(problems)
    return tuple(found)


def marks(
    staff: Staff, standards: Standards, stated: Mapping[str, Mapping[str, bool | None]]
) -> dict[str, Marks]:
    """Say for each counted person in a stage what they add to L1, L2, L3 and own indicators.

    L1: full-time teachers with a qualification above the one required for the stage. L2: the
    pack's class of backbone teachers. L3: full-time teachers of sports and arts.

    Parameters
    ----------
    stated : person → ``L2`` and the ids of the pack's own indicators → whether they count
    """
    subjects = standards.words(ARTS_SUBJECTS)
    above = {stage: standards.words(QUALIFICATIONS, stage) for stage in STAGES}
    return {
        person: Marks(
            member.stage,
            {
                "L1": _full_time(
                    member, answer=_among(member.row["education"], above[member.stage])
                ),
                "L3": _full_time(member, answer=_among(member.row["subject"], subjects)),
                **stated[person],
            },
        )
        for person, member in staff.members.items()
        if member.stage in STAGES
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """One indicator over the schools of one stage.

    Attributes
    ----------
    amounts : unit → amount (persons, m², yuan, rooms); None where it is not known
    unknown : persons or schools whose part is not known
    spread : None where something is not known or there is no school
    """

    amounts: Mapping[str, Fraction | None]
    unknown: int
    spread: Dispersion | None


def tally(
    indicator: str, stage: str, counted_at: Mapping[str, str], given: Indicators
) -> Tally:
    """Count one indicator of one stage, with persons where ``counted_at`` puts them."""
    those = [school for school in given.schools if school.stage == stage]
    if indicator not in _AMOUNTS:
        amounts, unknown = _persons(indicator, stage, counted_at, given)
    else:
        amounts = {school.unit_id: _amount(indicator, school) for school in those}
        unknown = sum(amount is None for amount in amounts.values())
    known = [amount for amount in amounts.values() if amount is not None]
    if unknown or not those:
        return Tally(amounts, unknown, None)
    return Tally(amounts, 0, dispersion(known, [school.pupils for school in those]))


@dataclass(frozen=True, slots=True)
class Indicators:
    """What every tally reads: the schools compared and each person's marks."""

    schools: tuple[School, ...]
    marks: Mapping[str, Marks]


def per_pupils(indicator: str, amount: Fraction, pupils: int) -> Fraction:
    """Return an amount as the standard states it: per pupil, or per hundred pupils."""
    scale = _AMOUNTS[indicator][1] if indicator in _AMOUNTS else PER_HUNDRED
    return amount * scale / pupils


def _persons(
    indicator: str, stage: str, counted_at: Mapping[str, str], given: Indicators
) -> tuple[dict[str, Fraction | None], int]:
    counts = {school.unit_id: 0 for school in given.schools if school.stage == stage}
    doubtful: set[str] = set()
    unknown = 0
    for person, unit in counted_at.items():
        found = given.marks.get(person)
        if found is None or found.stage != stage or unit not in counts:
            continue
        answer = found.counts[indicator]
        counts[unit] += answer is True
        if answer is None:
            unknown += 1
            doubtful.add(unit)
    return {u: None if u in doubtful else Fraction(n) for u, n in counts.items()}, unknown


def _amount(indicator: str, school: School) -> Fraction | None:
    column = f"{_PREFIX[school.stage]}_{_AMOUNTS[indicator][0]}"
    value = school.row[column]
    return None if value is None else Fraction(value)


def _too_small(row: Row, standards: Standards) -> bool:
    pupils = sum(row[f"{prefix}_pupils"] or 0 for prefix in _PREFIX.values())
    small = row["unit_kind"] == TEACHING_POINT
    return small and pupils < standards.number(SMALL_PUPILS)


def _among(word: str | None, words: Iterable[str]) -> bool | None:
    return None if word is None else word in words


def _full_time(member: Member, *, answer: bool | None) -> bool | None:
    answers = (answer, member.row["full_time_teacher"])
    if False in answers:
        return False
    return None if None in answers else True


def _blank(roster: Roster, row: Row, column: str) -> Problem:
    return Problem(
        "balance.blank-pupils",
        place=cell_of(roster, row, column),
        values={"unit": row["unit_id"], "column": BY_ID["units"].column(column).header},
    )
