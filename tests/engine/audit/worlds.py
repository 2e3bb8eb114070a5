"""Counties with a clean plan, to be spoilt in one place at a time.

A world is a generated county, an example pack, its screening and a plan. The plan here is made
by trying moves one after the other and keeping what the auditor lets stand; plans of the
planner are tried elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

import polars as pl

from junheng.engine.audit import Audit, audit
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.audit.placements import placements
from junheng.engine.balance.staff import LEADER_LEVELS, LEADER_ROLES
from junheng.engine.plans.plan import Move, ObjectiveValue, Plan, PlanReceipt
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, empty_table
from junheng.engine.screening.verdicts import Screening
from tests.engine.balance.county_of_three import FOUNDED

DAY = date(2026, 8, 31)
START = date(2026, 9, 1)
MOVABLE = ("due", "may", "supervised")
SEED = 20260901

Screen = Callable[[Roster, ResolvedPack], Screening]
Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A county, its pack and screening, and a plan."""

    roster: Roster
    pack: ResolvedPack
    screen: Screen
    screening: Screening
    plan: Plan

    @cached_property
    def persons(self) -> dict[str, Row]:
        """Rows of persons by id."""
        return {row["person_id"]: row for row in self.roster["persons"].to_dicts()}

    @cached_property
    def units(self) -> dict[str, Row]:
        """Rows of units by id."""
        return {row["unit_id"]: row for row in self.roster["units"].to_dicts()}

    @cached_property
    def verdicts(self) -> dict[str, Row]:
        """Verdicts by person."""
        return {row["person_id"]: row for row in self.screening.verdicts.to_dicts()}

    @cached_property
    def cells(self) -> set[tuple[str, str, str]]:
        """Units, stages and subjects with a teaching post."""
        rows = self.roster["posts"].filter(pl.col("role") == "教师").to_dicts()
        return {(r["unit_id"], r["stage"], r["subject"]) for r in rows if r["subject"]}

    @cached_property
    def leading(self) -> dict[tuple[str, str], int]:
        """Established leadership posts by unit and role; very many where no number is set."""
        rows = self.roster["posts"].filter(pl.col("role").is_in(LEADER_ROLES)).to_dicts()
        return {
            (r["unit_id"], r["role"]): 99 if r["established"] is None else r["established"]
            for r in rows
        }

    @cached_property
    def exchanged(self) -> set[str]:
        """Persons with any row of exchanges."""
        return set(self.roster["exchanges"]["person_id"])

    def leads(self, person: str) -> bool:
        """Whether a person holds school-level office."""
        return self.persons[person]["office_level"] in LEADER_LEVELS

    def open_units(self, person: str) -> list[str]:
        """Units other than the own one that exist and have the person's post."""
        row = self.persons[person]
        found = []
        for unit, known in self.units.items():
            closed = known["unit_until"] is not None and known["unit_until"] <= START
            if unit == row["unit_id"] or closed:
                continue
            cell = (unit, row["stage"], row["subject"])
            has_post = (
                (unit, row["role"]) in self.leading
                if self.leads(person)
                else (cell in self.cells)
            )
            if has_post:
                found.append(unit)
        return found

    def quiet(self, *, movable: bool) -> list[str]:
        """Persons established and in post, never exchanged, of a kind that may move or not."""
        return [
            person
            for person, row in self.persons.items()
            if row["employment"] == "在编"
            and row["in_post"] == "在岗"
            and row["agreed_retirement"] is None
            and person not in self.exchanged
            and (self.verdicts[person]["outcome"] in MOVABLE) is movable
            and self.verdicts[person]["outcome"] != "out_of_scope"
        ]

    @cached_property
    def ground(self) -> Ground:
        """The auditor's start state."""
        return ground_of(self.roster, self.screening)

    def formed(self, person: str, unit: str) -> bool:
        """Whether some form of exchange allows a move."""
        return self.ground.form_of(self.ground.staff.members[person], unit) is not None

    def move(self, person: str, unit: str) -> Move:
        """Return a move as an officer would write it by hand."""
        row = self.persons[person]
        return Move(
            person_id=person,
            from_unit=row["unit_id"],
            to_unit=unit,
            stage=row["stage"] or "",
            subject=row["subject"] or "",
        )

    def with_moves(self, *moves: Move) -> World:
        """Return the world with these moves instead of those of the same persons."""
        mine = {move.person_id for move in moves}
        kept = [move for move in self.plan.moves if move.person_id not in mine]
        return self.silent(tuple(sorted([*kept, *moves])))

    def silent(self, moves: tuple[Move, ...]) -> World:
        """Return the world with a plan that states its moves and nothing of itself."""
        plan = replace(self.plan, moves=moves, objectives=(), unmet=())
        return replace(self, plan=plan)

    def with_table(self, table: str, rows: pl.DataFrame) -> World:
        """Return the world with another table, screened anew, and its receipt."""
        roster = replace(self.roster, tables={**self.roster.tables, table: rows})
        return self._again(roster, self.pack)

    def with_pack(self, pack: ResolvedPack) -> World:
        """Return the world under another pack, screened anew, and its receipt."""
        return self._again(self.roster, pack)

    def _again(self, roster: Roster, pack: ResolvedPack) -> World:
        screening = self.screen(roster, pack)
        receipt = replace(self.plan.receipt, screening=screening.receipt)
        plan = replace(self.plan, receipt=receipt, objectives=(), unmet=())
        return World(roster, pack, self.screen, screening, plan)

    def with_unit(self, unit: str, **changed: Any) -> World:
        """Return the world with some columns of one unit changed."""
        here = pl.col("unit_id") == unit
        frame = self.roster["units"].with_columns(
            pl.when(here)
            .then(pl.lit(value, dtype=self.roster["units"].schema[column]))
            .otherwise(pl.col(column))
            .alias(column)
            for column, value in changed.items()
        )
        return self.with_table("units", frame)

    def with_decision(self, kind: str, **known: str) -> World:
        """Return the world with one more decision, founded unless it says otherwise."""
        frame = self.roster["decisions"]
        given = {**FOUNDED, **known}
        row = pl.DataFrame({"decision_kind": [kind], **{k: [v] for k, v in given.items()}})
        added = pl.concat([frame, row], how="diagonal_relaxed").select(frame.columns)
        return self.with_table("decisions", added.cast(frame.schema))

    def with_verdict(self, person: str, **known: Any) -> World:
        """Return the world with some columns of one person's verdict changed."""
        frame = self.screening.verdicts
        here = pl.col("person_id") == person
        changed = frame.with_columns(
            pl.when(here)
            .then(pl.lit(value, dtype=frame.schema[column]))
            .otherwise(pl.col(column))
            .alias(column)
            for column, value in known.items()
        )
        plan = replace(self.plan, objectives=(), unmet=())
        return replace(self, screening=replace(self.screening, verdicts=changed), plan=plan)

    def audited(self) -> Audit:
        """Audit the plan."""
        return audit(self.roster, self.screening, self.plan)


def world(
    screen: Screen,
    pack_id: str,
    seed: int,
    *,
    settings: Mapping[str, str] | None = None,
    persons: int = 400,
) -> World:
    """Return a county of twenty units with a clean plan of up to a dozen moves."""
    pack = resolve(load(pack_id), on=DAY, settings=settings or {})
    roster = generate(units=20, persons=persons, seed=seed, on=DAY)
    tables = {**roster.tables, "decisions": empty_table("decisions")}
    roster = replace(roster, tables=tables)
    screening = screen(roster, pack)
    programme = f"{pack.header.id}-{pack.year}"
    receipt = PlanReceipt(
        screening=screening.receipt, solver="by hand", seed=SEED, programme=programme
    )
    start = World(roster, pack, screen, screening, Plan(receipt=receipt, moves=()))
    return stated(_filled(start, Random(seed)))  # noqa: S311 -- not for secrets


def _filled(start: World, random: Random) -> World:
    """Try movable persons in a random order and keep every move the auditor lets stand."""
    found = start
    candidates = found.quiet(movable=True)
    random.shuffle(candidates)
    for person in candidates[:40]:
        hosts = found.open_units(person)
        random.shuffle(hosts)
        for host in hosts[:3]:
            tried = found.with_moves(found.move(person, host))
            if tried.audited().clean:
                found = tried
                break
        if len(found.plan.moves) >= 12:
            break
    return found


def stated(found: World) -> World:
    """Return the world with a plan that states forms, periods, objectives and unmet duties."""
    moves = tuple(
        replace(
            placement.move,
            form=placement.form.id if placement.form else "",
            since=START,
            until=placement.until,
            relation_moved=placement.transferred,
        )
        for placement in placements(found.plan, found.ground).values()
    )
    audited = found.audited()
    objectives = tuple(
        ObjectiveValue(id=line.id, value=line.value, bound=line.value)
        for line in audited.objectives
        if line.value is not None
    )
    plan = replace(
        found.plan, moves=tuple(sorted(moves)), objectives=objectives, unmet=audited.unmet
    )
    return replace(found, plan=plan)
