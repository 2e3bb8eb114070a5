"""Facts of units, read by the auditor from the roster itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.engine.audit.posts import Posts
from junheng.engine.balance.staff import ESTABLISHED, Staff, is_leader, working_units
from junheng.engine.roster.roster import Roster

_DATED = ("unit_area", "unit_quality")
_COUNTED = ("staffing_gap", "county_has_villages")
_VILLAGE_KINDS = ("村小", "教学点")
_PERHAPS = (*_VILLAGE_KINDS, None)


@dataclass(frozen=True, slots=True)
class Range:
    """A number of which only the least and the greatest possible value are known."""

    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Facts of every unit of a roster on one day.

    Attributes
    ----------
    rows : unit id → row of the units table, with area and quality as classified that day
    established : persons of the roster on the establishment of each unit
    perhaps : persons there of whom the roster does not say whether they are established
    in_cell : established persons, leaders excepted, by (working unit, stage, subject)
    open_cells : stage and subject of the persons at each working unit who may be established
        and no leaders, but of whom the roster leaves this, stage or subject blank
    """

    rows: Mapping[str, dict[str, Any]]
    established: Counter[str]
    perhaps: Counter[str]
    in_cell: Counter[tuple[str, str, str]]
    open_cells: Mapping[str, list[tuple[str | None, str | None]]]
    posts: Posts

    def tells(self, fact: str) -> bool:
        """Whether a fact is read here; others are asked of the screening."""
        return fact in _COUNTED or any(fact in row for row in self.rows.values())

    def value(self, fact: str, unit: str) -> Any:
        """Return a fact of a unit; None where the roster leaves it blank."""
        if fact == "staffing_gap":
            return self._gap(unit)
        if fact == "county_has_villages":
            return self._has_villages(unit)
        return self.rows[unit][fact]

    def short_of(self, unit: str, stage: str | None, subject: str | None) -> bool | None:
        """Tell whether a unit has fewer staff than required; None where that is open."""
        if stage is None or subject is None:
            return None
        post = self.posts.cells.get((unit, stage, subject))
        missing = ((post.required if post else 0) or 0) - self.in_cell[unit, stage, subject]
        if missing <= 0:
            return False
        perhaps = sum(
            told[0] in (None, stage) and told[1] in (None, subject)
            for told in self.open_cells.get(unit, ())
        )
        return True if perhaps < missing else None

    def _gap(self, unit: str) -> Range | None:
        approved = self.rows[unit]["establishment"]
        if approved is None:
            return None
        surely = self.established[unit] - approved
        return Range(surely, surely + self.perhaps[unit])

    def _has_villages(self, unit: str) -> bool | None:
        county = self.rows[unit]["county"]
        answer: bool | None = False
        for other, row in self.rows.items():
            near = other == unit or (county is not None and row["county"] == county)
            if near and row["unit_kind"] in _VILLAGE_KINDS:
                return True
            if (near or None in (county, row["county"])) and row["unit_kind"] in _PERHAPS:
                answer = None
        return answer


def unit_facts(roster: Roster, staff: Staff, posts: Posts, on: date) -> UnitFacts:
    """Read the facts of all units; classifications are those in force ``on`` the day.

    Staff are counted as the roster stands, whoever is on duty or about to retire.
    """
    established: Counter[str] = Counter()
    perhaps: Counter[str] = Counter()
    in_cell: Counter[tuple[str, str, str]] = Counter()
    open_cells: dict[str, list[tuple[str | None, str | None]]] = {}
    works_at = working_units(roster, staff.start)
    for row in roster["persons"].to_dicts():
        holder = row["establishment_unit"] or works_at[row["person_id"]]
        established[holder] += row["employment"] == ESTABLISHED
        perhaps[holder] += row["employment"] is None
        if row["employment"] not in (ESTABLISHED, None) or is_leader(row):
            continue
        cell = row["stage"], row["subject"]
        if None in (*cell, row["employment"], row["office_level"]):
            open_cells.setdefault(row["unit_id"], []).append(cell)
        else:
            in_cell[row["unit_id"], *cell] += 1
    return UnitFacts(
        rows=_classified(roster, staff, on),
        established=established,
        perhaps=perhaps,
        in_cell=in_cell,
        open_cells=open_cells,
        posts=posts,
    )


def _classified(roster: Roster, staff: Staff, on: date) -> dict[str, dict[str, Any]]:
    """Return the units with the latest dated word in force, else the word of the sheet."""
    rows = {unit: dict(row) for unit, row in staff.units.items()}
    for each in roster["classifications"].sort("unit_id", "since").iter_rows(named=True):
        begun = each["since"] is not None and each["since"] <= on
        if each["unit_id"] in rows and begun and (each["until"] is None or each["until"] > on):
            said = {name: each[name] for name in _DATED if each[name] is not None}
            rows[each["unit_id"]].update(said)
    return rows
