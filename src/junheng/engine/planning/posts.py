"""Posts, leadership, establishment and structure as stocks: places, and how many are filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.engine.planning.decisions import Decisions
from junheng.engine.planning.findings import Findings, Row
from junheng.engine.planning.matrix import NO_LIMIT, Mask, ints
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.problem import NOWHERE, Arcs, Staff, Stock, Units
from junheng.engine.planning.start import HEAD, LEADER_ROLES
from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    Condition,
    FactTest,
    Not,
)
from junheng.engine.policy.items import Guard, Strength
from junheng.engine.roster.roster import Roster

TEACHER = "教师"
_STRUCTURE_FACTS = ("post_structure_after", "post_structure_worsened")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Posts of one kind by key: required and established numbers, summed over rows."""

    required: Mapping[Key, int]
    established: Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of the roster.

    ``cells`` by (unit, stage, subject), ``leadership`` by (unit, role), ``structure`` by
    (unit, band).
    """

    cells: Places
    leadership: Places
    structure: Places


def read_posts(
    roster: Roster, units: Units, *, with_structure: bool, findings: Findings
) -> Posts:
    """Read the table of posts; blank numbers that a plan needs are noted."""
    rows = roster["posts"].to_dicts()
    known = frozenset(units.ids)
    for row in (r for r in rows if r["unit_id"] not in known):
        findings.add("planning.unknown-id", None, id=row["unit_id"])
    rows = [r for r in rows if r["unit_id"] in known]
    cells = [r for r in rows if r["role"] == TEACHER and r["subject"]]
    leading = [r for r in rows if r["role"] in LEADER_ROLES]
    banded = [r for r in rows if r["grade_band"] and not r["subject"]] if with_structure else []
    findings.blank_cells(roster, "posts", "stage", [r for r in cells if not r["stage"]])
    for group in (cells, leading):
        blank = [r for r in group if r["required"] is None]
        findings.blank_cells(roster, "posts", "required", blank)
    blank = [r for r in banded if r["established"] is None]
    findings.blank_cells(roster, "posts", "established", blank)
    return Posts(
        _summed(cells, ("unit_id", "stage", "subject")),
        _summed(leading, ("unit_id", "role")),
        _summed(banded, ("unit_id", "grade_band")),
    )


def _summed(rows: Sequence[Row], columns: tuple[str, ...]) -> Places:
    required: Counter[Key] = Counter()
    established: defaultdict[Key, int] = defaultdict(int)
    for row in rows:
        key = tuple(row[column] or "" for column in columns)
        required[key] += row["required"] or 0
        if row["established"] is None:
            established[key] = int(NO_LIMIT)
        else:
            established[key] = min(int(NO_LIMIT), established[key] + row["established"])
    return Places(required, established)


def structure_guards(guards: Mapping[str, Guard]) -> tuple[Guard, ...]:
    """Return the guards over the post structure that a plan must keep, in the pack's order."""
    return tuple(
        guard
        for guard in guards.values()
        if guard.strength is not Strength.ENCOURAGED
        and set(_facts(guard.never)) & set(_STRUCTURE_FACTS)
    )


def _facts(condition: Condition) -> Iterator[str]:
    match condition:
        case FactTest(fact=fact):
            yield fact
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _facts(part)
        case Not(part=part):
            yield from _facts(part)
        case _:
            return


def cell_stock(posts: Posts, units: Units, staff: Staff, arcs: Arcs) -> Stock:
    """Return the subject cells: everyone counts where they work, leaders excepted.

    A move leaves the cell of the main subject and fills that of the subject taught.
    """

    def key(person: int, unit: int, subject: str) -> Key | None:
        if staff.leader[person]:
            return None
        return (units.ids[unit], staff.stage[person], subject)

    return _stock(
        posts.cells,
        lambda k: Name(rule="", unit_id=k[0], stage=k[1], subject=k[2]),
        staff.counted,
        _Places(key, staff.works_at, np.ones(len(arcs), dtype=np.bool_), staff.subject),
        arcs,
    )


def leadership_stock(posts: Posts, units: Units, staff: Staff, arcs: Arcs) -> Stock:
    """Return the leadership posts, by unit and role.

    A head (校长) in office has a place even where the table of posts names none, so that the
    unit is not left without one.
    """
    in_office = {
        (units.ids[staff.works_at[k]], HEAD)
        for k in np.flatnonzero(staff.counted & staff.leader & (staff.works_at != NOWHERE))
        if staff.role[k] == HEAD
    }
    unnamed = in_office - posts.leadership.established.keys()
    places = Places(
        {**posts.leadership.required, **dict.fromkeys(unnamed, 0)},
        {**posts.leadership.established, **dict.fromkeys(unnamed, int(NO_LIMIT))},
    )

    def key(person: int, unit: int, _: str) -> Key | None:
        return (units.ids[unit], staff.role[person]) if staff.leader[person] else None

    return _stock(
        places,
        lambda k: Name(rule=Structure.LEADERSHIP, unit_id=k[0], role=k[1]),
        staff.counted,
        _Places(key, staff.works_at, np.ones(len(arcs), dtype=np.bool_)),
        arcs,
    )


def establishment_stock(units: Units, staff: Staff, arcs: Arcs) -> Stock:
    """Return the establishment of each unit; only transfers change who stands on it."""
    approved: dict[Key, int] = {
        (unit,): int(number)
        for unit, number in zip(units.ids, units.establishment, strict=True)
        if number != NOWHERE
    }
    return _stock(
        Places(dict.fromkeys(approved, 0), approved),
        lambda k: Name(rule=Structure.ESTABLISHMENT, unit_id=k[0]),
        staff.counted,
        _Places(
            lambda _, unit, __: (units.ids[unit],), staff.established_at, arcs.relation_moved
        ),
        arcs,
    )


def structure_stock(
    posts: Posts,
    guards: Sequence[Guard],
    units: Units,
    staff: Staff,
    arcs: Arcs,
    lifted: Decisions,
) -> Stock:
    """Return the post structure by unit and title band, where a guard limits it."""
    rule = guards[0].id if guards else ""
    where = {
        unit
        for k, unit in enumerate(units.ids)
        if not all(lifted.lifts_at(guard.id, k) for guard in guards)
    }
    kept = {
        key: number for key, number in posts.structure.established.items() if key[0] in where
    }
    return _stock(
        Places(dict.fromkeys(kept, 0), kept),
        lambda k: Name(rule=rule, unit_id=k[0], band=k[1]),
        staff.counted,
        _Places(
            lambda person, unit, _: (units.ids[unit], staff.band[person]),
            staff.established_at,
            arcs.relation_moved,
        ),
        arcs,
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """How persons fall into places.

    Attributes
    ----------
    key : the place of a person at a unit, teaching a subject
    at_start : unit of each person at the start
    moved_by : which arcs change it
    subjects : main subject of each person
    """

    key: Callable[[int, int, str], Key | None]
    at_start: np.ndarray[tuple[int], np.dtype[np.int64]]
    moved_by: Mask
    subjects: tuple[str, ...] = ()

    def start(self, person: int) -> Key | None:
        """Return the place of a person at the start."""
        own = self.subjects[person] if self.subjects else ""
        return self.key(person, int(self.at_start[person]), own)


def _stock(
    places: Places, name: Callable[[Key], Name], counted: Mask, where: _Places, arcs: Arcs
) -> Stock:
    keys = sorted(places.established)
    number_of: dict[Key | None, int] = {key: k for k, key in enumerate(keys)}
    place_at_start = {
        int(person): number_of.get(where.start(int(person)), NOWHERE)
        for person in np.flatnonzero(counted & (where.at_start != NOWHERE))
    }
    before = Counter(place_at_start.values())
    leaving, arriving = [], []
    for person, unit, subject, moves in zip(
        arcs.person, arcs.unit, arcs.subject, where.moved_by, strict=True
    ):
        key = where.key(int(person), int(unit), subject)
        leaving.append(place_at_start.get(int(person), NOWHERE) if moves else NOWHERE)
        arriving.append(number_of.get(key, NOWHERE) if moves else NOWHERE)
    return Stock(
        names=tuple(name(key) for key in keys),
        required=ints([places.required[key] for key in keys]),
        established=ints([places.established[key] for key in keys]),
        before=ints([before[k] for k in range(len(keys))]),
        leaving=ints(leaving),
        arriving=ints(arriving),
    )
