"""Who is on the staff, and where, when a plan begins (起始状态).

Counted is who is in scope, in the establishment (在编), in a post that counts and not retired.
Finished exchanges have returned; persons on exchange are where they serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from junheng.engine.balance.retirement import retired_before
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Outcome, Planning, RetirementSchedule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Problem, QuestionError, Severity, SheetPlace, UnsetFigures

LEADER_LEVELS = ("正校级", "副校级")
LEADER_ROLES = ("校长", "副校长", "书记", "副书记")
HEAD = "校长"
ESTABLISHED = "在编"
SCHEDULE = "retirement-schedule"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One counted person at the start.

    Attributes
    ----------
    unit : where the person works when the plan begins
    establishment_unit : where the establishment is held
    role : the leadership post filled; empty for everyone who is no leader
    subject : main subject; empty for leaders
    serving_at_origin : the unit a person now on a temporary exchange was sent from; empty for
        all who are not on one (or whose personnel relation went with them)
    serving : on an exchange at the start, never chosen again
    returned : back from an exchange that ended on or before the start
    row : the person's row of the roster
    """

    person_id: str
    unit: str
    establishment_unit: str
    stage: str
    subject: str
    role: str = ""
    serving: bool = False
    serving_at_origin: str = ""
    returned: bool = False
    row: Row

    @property
    def leader(self) -> bool:
        """Whether the person fills a leadership post and no subject cell."""
        return bool(self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The start state.

    Attributes
    ----------
    members : counted persons by id, in order of id
    units : all units of the roster by id, in order of id
    start : first day of the plan
    notes : what could not be computed and was read as stated (warnings)
    """

    members: Mapping[str, Member]
    units: Mapping[str, Row]
    start: date
    notes: tuple[Problem, ...] = ()


def planning_item(pack: ResolvedPack) -> Planning:
    """Return the pack's one planning item.

    Raises
    ------
    QuestionError
        If the pack has none, or several.
    """
    found = list(pack.items.planning.values())
    if len(found) != 1:
        values = {"pack": pack.header.id, "count": str(len(found))}
        raise QuestionError([Problem("balance.no-planning-item", values=values)])
    return found[0]


def start_date(pack: ResolvedPack) -> date:
    """Return the first day of the plan; ``UnsetFigures`` where the pack leaves it open."""
    found = pack.dates[planning_item(pack).start]
    if isinstance(found, Unset):
        values = {"id": planning_item(pack).start, "why": found.why}
        raise UnsetFigures([Problem("balance.unset", values=values)])
    return found


def staff_at_start(
    roster: Roster, pack: ResolvedPack, outcomes: Mapping[str, Outcome]
) -> Staff:
    """Compute who counts where on the first day of the plan.

    Parameters
    ----------
    outcomes : outcome of every person of the roster

    Raises
    ------
    QuestionError
        If a table is missing or a cell that decides where somebody counts is blank; all
        such cells are named.
    """
    problems = [
        Problem("balance.missing-table", values={"table": BY_ID[each].sheet})
        for each in ("units", "persons", "posts")
        if each not in roster.given
    ]
    if problems:
        raise QuestionError(problems)
    planning, start = planning_item(pack), start_date(pack)
    exchanges = _exchanges_by_person(roster)
    members: dict[str, Member] = {}
    notes: list[Problem] = []
    for row in roster["persons"].sort("person_id").iter_rows(named=True):
        if outcomes[row["person_id"]] is Outcome.OUT_OF_SCOPE:
            continue
        problems.extend(_blank(roster, row, ("employment", "in_post")))
        if row["employment"] != ESTABLISHED or row["in_post"] not in planning.in_post:
            continue
        retired = retired_before(row, start, _schedule(pack))
        if retired:
            continue
        if retired is None:
            notes.append(_note(roster, row))
        problems.extend(_blank(roster, row, _needed(row)))
        members[row["person_id"]] = _member(row, exchanges.get(row["person_id"], ()), start)
    if problems:
        raise QuestionError(problems)
    units = {row["unit_id"]: row for row in roster["units"].sort("unit_id").to_dicts()}
    return Staff(members=members, units=units, start=start, notes=tuple(notes))


def working_units(roster: Roster, start: date) -> dict[str, str]:
    """Return where every person of the roster, counted or not, works when a plan begins."""
    exchanges = _exchanges_by_person(roster)
    rows = roster["persons"].to_dicts()
    return {
        row["person_id"]: _member(row, exchanges.get(row["person_id"], ()), start).unit
        for row in rows
    }


def exists(unit: Row, start: date) -> bool:
    """Whether a unit, a row of the units table, exists on a day."""
    opened = unit["unit_since"] is None or unit["unit_since"] <= start
    return opened and (unit["unit_until"] is None or unit["unit_until"] > start)


def cell_of(roster: Roster, row: Row, column_id: str) -> SheetPlace | None:
    """Return the place of a cell of a row, None for rows that no file holds."""
    if row["source"] is None or row["row"] is None or row["source"] >= len(roster.sheets):
        return None
    return roster.sheets[row["source"]].place(row["row"], column_id)


def is_leader(row: Row) -> bool:
    """Whether a person of the roster holds school-level office (校级干部)."""
    return row["office_level"] in LEADER_LEVELS


def _needed(row: Row) -> tuple[str, ...]:
    return ("role",) if is_leader(row) else ("stage", "subject")


def _blank(roster: Roster, row: Row, columns: tuple[str, ...]) -> Iterator[Problem]:
    for column_id in columns:
        missing = row[column_id] is None
        unusable = column_id == "role" and row["role"] not in LEADER_ROLES
        if missing or unusable:
            yield Problem(
                "balance.blank-cell",
                place=cell_of(roster, row, column_id),
                values={
                    "person": row["person_id"],
                    "column": BY_ID["persons"].column(column_id).header,
                },
            )


def _note(roster: Roster, row: Row) -> Problem:
    return Problem(
        "balance.retirement-unknown",
        Severity.WARNING,
        cell_of(roster, row, "birth"),
        {"person": row["person_id"]},
    )


def _schedule(pack: ResolvedPack) -> RetirementSchedule | None:
    if SCHEDULE not in pack.items.parameters:
        return None
    value = pack.items.parameters[SCHEDULE].values[0].value
    return value if isinstance(value, RetirementSchedule) else None


def _exchanges_by_person(roster: Roster) -> dict[str, tuple[Row, ...]]:
    rows = roster["exchanges"].sort("person_id", "since", "until", nulls_last=True).to_dicts()
    return {
        person: tuple(group) for person, group in groupby(rows, lambda row: row["person_id"])
    }


def _member(row: Row, exchanges: tuple[Row, ...], start: date) -> Member:
    here = [each for each in exchanges if each["host_unit"] == row["unit_id"]]
    serving = [
        each
        for each in here
        if each["since"] <= start and (each["until"] is None or each["until"] > start)
    ]
    finished = [
        each
        for each in here
        if each["relation_moved"] is False
        and each["until"] is not None
        and each["until"] <= start
        and each["origin_unit"] is not None
    ]
    back_to = "" if serving or not finished else _latest(finished)["origin_unit"]
    unit = back_to or row["unit_id"]
    temporary = bool(serving) and serving[-1]["relation_moved"] is not True
    return Member(
        person_id=row["person_id"],
        unit=unit,
        establishment_unit=row["establishment_unit"] or unit,
        stage=row["stage"] or "",
        subject="" if is_leader(row) else row["subject"] or "",
        role=row["role"] or "" if is_leader(row) else "",
        serving=bool(serving),
        serving_at_origin=(serving[-1]["origin_unit"] or "") if temporary else "",
        returned=bool(back_to),
        row=row,
    )


def _latest(finished: list[Row]) -> Row:
    return max(finished, key=lambda each: (each["until"], each["since"]))
