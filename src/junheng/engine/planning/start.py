"""The start state: who is on the staff when the plan begins, and where everybody counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from junheng.engine.planning.findings import Findings, Row, cell_place
from junheng.engine.planning.matrix import Mask, ints
from junheng.engine.planning.problem import NOWHERE, Staff, Units
from junheng.engine.planning.retirement import Birth, retired_before
from junheng.engine.policy.items import MOVABLE, Outcome, Planning, RetirementSchedule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from junheng.errors import Problem, Severity

ESTABLISHED = "在编"
LEADER_LEVELS = ("正校级", "副校级")
LEADER_ROLES = ("校长", "副校长", "书记", "副书记")
HEAD = "校长"
BANDS = {"正高级教师": "正高级", "高级教师": "高级", "一级教师": "中级"}
"""Title → band; every other title is ``LOWEST_BAND`` (the grades 11 to 13)."""
LOWEST_BAND = "初级"
_SCHEDULE = "retirement-schedule"
_NO_SCHEDULE = RetirementSchedule(())
_RETIREMENT_KIND_BY_SEX = {"男": "男"}
_PERSON_COLUMNS = (
    "person_id",
    "sex",
    "birth",
    "birth_precision",
    "employment",
    "in_post",
    "full_time_teacher",
    "unit_id",
    "establishment_unit",
    "title",
    "subject",
    "stage",
    "office_level",
    "role",
    "retirement_kind",
    "agreed_retirement",
    "source",
    "row",
)


@dataclass(frozen=True, slots=True)
class Stay:
    """Where the exchange record puts somebody at the start.

    Attributes
    ----------
    serving : on an exchange that has not ended
    sent_from : unit a serving person was sent from without a transfer; else empty
    returns_to : unit a person goes back to from a finished exchange; else empty
    """

    serving: bool = False
    sent_from: str = ""
    returns_to: str = ""


def read_units(roster: Roster, unit_ids: Sequence[str], start: date) -> Units:
    """Return the units in the order of the evaluation."""
    rows = roster["units"].sort("unit_id").to_dicts()
    if tuple(row["unit_id"] for row in rows) != tuple(unit_ids):
        raise ValueError("roster and evaluation differ in their units")
    return Units(
        ids=tuple(unit_ids),
        zones=tuple(row["zone"] or "" for row in rows),
        counties=tuple(row["county"] or "" for row in rows),
        open=np.array([_exists(row, start) for row in rows], dtype=np.bool_),
        establishment=ints(
            [NOWHERE if row["establishment"] is None else row["establishment"] for row in rows]
        ),
        latitude=np.array([_degrees(row["latitude"]) for row in rows]),
        longitude=np.array([_degrees(row["longitude"]) for row in rows]),
    )


def read_staff(
    roster: Roster, screening: Screening, planning: Planning, start: date, findings: Findings
) -> Staff:
    """Return every person of the roster with what counts at the start.

    Persons who do not count (out of scope, not on the establishment, in-post status that does
    not count, retired) stay on the axis, unmarked. Blank cells that decide are noted.
    """
    rows = roster["persons"].select(_PERSON_COLUMNS).sort("person_id").to_dicts()
    if tuple(row["person_id"] for row in rows) != screening.evaluation.person_ids:
        raise ValueError("roster and evaluation differ in their persons")
    verdicts = screening.verdicts.sort("person_id").to_dicts()
    in_scope = [verdict["outcome"] != Outcome.OUT_OF_SCOPE for verdict in verdicts]
    for column in ("employment", "in_post"):
        blank = [
            row
            for row, inside in zip(rows, in_scope, strict=True)
            if inside and row[column] is None
        ]
        findings.blank_cells(roster, "persons", column, blank)
    schedule = _schedule(screening.evaluation.pack)
    counted = [
        inside and _present(row, planning, start, schedule)
        for row, inside in zip(rows, in_scope, strict=True)
    ]
    unit_of = {unit: k for k, unit in enumerate(screening.evaluation.unit_ids)}
    at_origin = findings.word(planning.counted_at, planning.id) == "origin"
    stays = stays_at_start(roster, rows, start)
    standings = [
        _standing(row, stay, unit_of, at_origin=at_origin)
        for row, stay in zip(rows, stays, strict=True)
    ]
    staff = _staff(rows, verdicts, np.array(counted, dtype=np.bool_), standings)
    _note_blank_posts(roster, rows, staff, findings)
    return staff


def stays_at_start(roster: Roster, rows: Sequence[Row], start: date) -> tuple[Stay, ...]:
    """Return what the exchange record says of each person on the start date."""
    exchanges: Mapping[str, list[Row]] = defaultdict(list)
    for exchange in roster["exchanges"].to_dicts():
        exchanges[exchange["person_id"]].append(exchange)
    return tuple(
        _stay(
            [x for x in exchanges[row["person_id"]] if x["host_unit"] == row["unit_id"]], start
        )
        if row["person_id"] in exchanges
        else Stay()
        for row in rows
    )


def _stay(at_unit: Sequence[Row], start: date) -> Stay:
    open_since = [
        x["since"]
        for x in at_unit
        if x["since"] <= start and (x["until"] is None or x["until"] > start)
    ]
    if open_since:
        latest = max((x for x in at_unit if x["since"] in open_since), key=lambda x: x["since"])
        sent_from = "" if latest["relation_moved"] else latest["origin_unit"] or ""
        return Stay(serving=True, sent_from=sent_from)
    finished = [
        x
        for x in at_unit
        if x["relation_moved"] is False
        and x["until"] is not None
        and x["until"] <= start
        and x["origin_unit"]
    ]
    if not finished:
        return Stay()
    return Stay(returns_to=max(finished, key=lambda x: (x["until"], x["since"]))["origin_unit"])


def _present(row: Row, planning: Planning, start: date, schedule: RetirementSchedule) -> bool:
    return (
        row["employment"] == ESTABLISHED
        and row["in_post"] in planning.in_post
        and not _retired(row, start, schedule)
    )


def _retired(row: Row, start: date, schedule: RetirementSchedule) -> bool:
    if row["agreed_retirement"] is not None:
        return bool(row["agreed_retirement"] < start)
    kind = row["retirement_kind"] or _RETIREMENT_KIND_BY_SEX.get(row["sex"])
    return retired_before(start, birth=_birth(row), kind=kind, schedule=schedule) is True


def _birth(row: Row) -> Birth | None:
    if row["birth"] is None:
        return None
    return Birth(row["birth"], row["birth_precision"] or "day")


def retirement_notes(
    roster: Roster, pack: ResolvedPack, staff: Staff, start: date
) -> Iterator[Problem]:
    """Yield a note for each counted person who may have reached the statutory age.

    Whoever cannot have, whatever kind of retirement applies to them, is not worth a note.
    """
    schedule = _schedule(pack)
    rows = roster["persons"].sort("person_id").to_dicts()
    for person in np.flatnonzero(staff.counted).tolist():
        row = rows[person]
        if row["agreed_retirement"] is None and _may_be_retired(row, start, schedule):
            place = cell_place(roster, row, "birth")
            values = {"person": row["person_id"]}
            yield Problem("planning.retirement-not-known", Severity.WARNING, place, values)


def _may_be_retired(row: Row, start: date, schedule: RetirementSchedule) -> bool:
    stated = row["retirement_kind"] or _RETIREMENT_KIND_BY_SEX.get(row["sex"])
    kinds = [step.kind for step in schedule.steps if stated in (None, step.kind)]
    if stated is None and row["sex"] is not None:  # a man's kind follows from the sex
        kinds = [kind for kind in kinds if kind not in _RETIREMENT_KIND_BY_SEX.values()]
    return any(
        retired_before(start, birth=_birth(row), kind=kind, schedule=schedule) is not False
        for kind in kinds
    )


def _schedule(pack: ResolvedPack) -> RetirementSchedule:
    if _SCHEDULE not in pack.items.parameters:
        return _NO_SCHEDULE
    value = pack.figure(_SCHEDULE)
    return value if isinstance(value, RetirementSchedule) else _NO_SCHEDULE


def _note_blank_posts(
    roster: Roster, rows: Sequence[Row], staff: Staff, findings: Findings
) -> None:
    """Note what decides the place in which a counted person counts and is blank or unknown."""
    leaders = [rows[k] for k in np.flatnonzero(staff.counted & staff.leader).tolist()]
    others = [rows[k] for k in np.flatnonzero(staff.counted & ~staff.leader).tolist()]
    for column in ("stage", "subject"):
        blank = [row for row in others if row[column] is None]
        findings.blank_cells(roster, "persons", column, blank)
    findings.blank_cells(roster, "persons", "role", [r for r in leaders if r["role"] is None])
    for row in leaders:
        if row["role"] is not None and row["role"] not in LEADER_ROLES:
            findings.add(
                "planning.not-a-leadership-role",
                cell_place(roster, row, "role"),
                role=row["role"],
                expected="、".join(LEADER_ROLES),
            )
    nowhere = (staff.works_at == NOWHERE) | (staff.established_at == NOWHERE)
    for k in np.flatnonzero(staff.counted & nowhere).tolist():
        place = cell_place(roster, rows[k], "unit_id")
        findings.add("planning.unknown-id", place, id=rows[k]["unit_id"] or "")


@dataclass(frozen=True, slots=True)
class _Standing:
    """Positions of the units where one person works, is established and counts for balance."""

    serving: bool
    works_at: int
    established_at: int
    balance_at: int


def _standing(
    row: Row, stay: Stay, unit_of: Mapping[str, int], *, at_origin: bool
) -> _Standing:
    works_at = stay.returns_to or row["unit_id"]
    balance_at = (stay.sent_from if at_origin else "") or works_at
    return _Standing(
        stay.serving,
        unit_of.get(works_at, NOWHERE),
        unit_of.get(row["establishment_unit"] or works_at, NOWHERE),
        unit_of.get(balance_at, NOWHERE),
    )


def _staff(
    rows: Sequence[Row],
    verdicts: Sequence[Row],
    counted: Mask,
    standings: Sequence[_Standing],
) -> Staff:
    serving = counted & np.array([each.serving for each in standings], dtype=np.bool_)
    movable = np.array([v["outcome"] in MOVABLE for v in verdicts], dtype=np.bool_)
    return Staff(
        ids=tuple(row["person_id"] for row in rows),
        outcome=tuple(verdict["outcome"] for verdict in verdicts),
        track=tuple(verdict["track"] for verdict in verdicts),
        because=tuple(tuple(verdict["because"]) for verdict in verdicts),
        stage=tuple(row["stage"] or "" for row in rows),
        subject=tuple(row["subject"] or "" for row in rows),
        role=tuple(row["role"] or "" for row in rows),
        band=tuple(
            "" if row["title"] is None else BANDS.get(row["title"], LOWEST_BAND) for row in rows
        ),
        counted=counted,
        serving=serving,
        leader=np.array([row["office_level"] in LEADER_LEVELS for row in rows], dtype=np.bool_),
        movable=counted & ~serving & movable,
        full_time=np.array([row["full_time_teacher"] is True for row in rows], dtype=np.bool_),
        works_at=ints([each.works_at for each in standings]),
        established_at=ints([each.established_at for each in standings]),
        balance_at=ints([each.balance_at for each in standings]),
    )


def _exists(row: Row, start: date) -> bool:
    opened = row["unit_since"] is None or row["unit_since"] <= start
    return opened and (row["unit_until"] is None or row["unit_until"] > start)


def _degrees(value: float | None) -> float:
    return float("nan") if value is None else float(value)
