"""Facts of units, read by the auditor from the roster itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.engine.audit.posts import Posts
from junheng.engine.balance.staff import Staff
from junheng.engine.roster.roster import Roster

_DATED = ("unit_area", "unit_quality")
_VILLAGE_KINDS = ("村小", "教学点")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Facts of every unit of a roster on one day.

    Attributes
    ----------
    rows : unit id → row of the units table, with area and quality as classified that day
    on_establishment : counted persons on the establishment of each unit at the start
    in_cell : counted persons, leaders excepted, by (unit, stage, subject) at the start
    """

    rows: Mapping[str, dict[str, Any]]
    on_establishment: Counter[str]
    in_cell: Counter[tuple[str, str, str]]
    posts: Posts

    def value(self, fact: str, unit: str) -> Any:
        """Return a fact of a unit; None where the roster leaves it blank."""
        if fact == "staffing_gap":
            approved = self.rows[unit]["establishment"]
            return None if approved is None else self.on_establishment[unit] - approved
        if fact == "county_has_villages":
            return self._has_villages(self.rows[unit]["county"])
        return self.rows[unit][fact]

    def short_of(self, unit: str, stage: str | None, subject: str | None) -> bool | None:
        """Tell whether a unit has fewer staff than required in a stage and subject."""
        if stage is None or subject is None:
            return None
        post = self.posts.cells.get((unit, stage, subject))
        if post is None:
            return False
        if post.required is None:
            return None
        return self.in_cell[unit, stage, subject] < post.required

    def _has_villages(self, county: str | None) -> bool | None:
        kinds = [r["unit_kind"] for r in self.rows.values() if r["county"] == county]
        if any(kind in _VILLAGE_KINDS for kind in kinds):
            return True
        return None if county is None or None in kinds else False


def unit_facts(roster: Roster, staff: Staff, posts: Posts, on: date) -> UnitFacts:
    """Read the facts of all units; classifications are those in force ``on`` the day."""
    rows = {unit: dict(row) for unit, row in staff.units.items()}
    for each in roster["classifications"].sort("unit_id", "since").iter_rows(named=True):
        begun = each["since"] is not None and each["since"] <= on
        if each["unit_id"] in rows and begun and (each["until"] is None or each["until"] > on):
            rows[each["unit_id"]].update({name: each[name] for name in _DATED})
    members = staff.members.values()
    return UnitFacts(
        rows=rows,
        on_establishment=Counter(m.establishment_unit for m in members),
        in_cell=Counter((m.unit, m.stage, m.subject) for m in members if not m.leader),
        posts=posts,
    )
