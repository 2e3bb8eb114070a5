"""Where everybody is after a plan, as the auditor counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from junheng.engine.audit.ground import Ground
from junheng.engine.audit.posts import band_of
from junheng.engine.balance.staff import Member
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items import Arrangement
from junheng.errors import EngineBug, Problem

_EXACTLY = "exactly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One move of a counted person to a unit of the roster, with what it should be.

    Attributes
    ----------
    form : the arrangement the move falls under; None where none allows it
    transferred : whether the establishment goes along (by the form; without one, as stated)
    since : the start of the plan
    until : the end the form gives; None where it has no fixed end
    taught : the subject of the post filled; empty for leaders
    """

    move: Move
    member: Member
    form: Arrangement | None
    transferred: bool
    since: date
    until: date | None
    taught: str = ""

    @classmethod
    def of(cls, move: Move, member: Member, ground: Ground) -> Placement:
        """Work out under which form a move falls and what follows from it."""
        form = ground.form_of(member, move.to_unit)
        return cls(
            move=move,
            member=member,
            form=form,
            transferred=ground.transfers(form) if form else bool(move.relation_moved),
            since=ground.staff.start,
            until=end_of(form, ground.staff.start) if form else None,
            taught=taught_at(move, member, ground),
        )

    @property
    def away(self) -> bool:
        """Whether the person leaves the unit of the start at all."""
        return self.move.to_unit != self.member.unit


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons by place: subject cells, leadership posts, establishments, title bands."""

    cells: Counter[tuple[str, str, str]]
    leading: Counter[tuple[str, str]]
    established: Counter[str]
    bands: Counter[tuple[str, str]]


def placements(plan: Plan, ground: Ground) -> dict[str, Placement]:
    """Return the first move of each counted person to a unit that the roster knows."""
    found: dict[str, Placement] = {}
    for move in plan.moves:
        member = ground.staff.members.get(move.person_id)
        if member and move.to_unit in ground.staff.units and move.person_id not in found:
            found[move.person_id] = Placement.of(move, member, ground)
    return found


def taught_at(move: Move, member: Member, ground: Ground) -> str:
    """Return the subject a person teaches after a move, as far as it may be taught.

    What the plan states, if it is the own subject or a neighbouring one; else the own where
    the unit has such a post, else the first neighbouring subject for which it has one.
    """
    if member.leader:
        return ""
    subjects = ground.subjects(member)
    if move.subject in subjects:
        return move.subject
    posts = ground.posts.cells
    with_post = (s for s in subjects if (move.to_unit, member.stage, s) in posts)
    return next(with_post, member.subject)


def end_of(form: Arrangement, start: date) -> date | None:
    """Return the day after the last of a move; None where the form fixes no end.

    Whole years are added to the date, other lengths in whole months.
    """
    if form.length_relation != _EXACTLY or not isinstance(form.length, Literal):
        return None
    years = form.length.values[0]
    if isinstance(years, str | date | bool):
        raise EngineBug([Problem("audit.bug", values={"condition": form.id})])
    year, month = divmod(start.year * 12 + start.month - 1 + int(years * 12), 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:  # a month without that day: the period ends when the month does
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def counts(ground: Ground, placed: Mapping[str, Placement]) -> Counts:
    """Count everybody, with these moves made; without moves: the start."""
    found = Counts(Counter(), Counter(), Counter(), Counter())
    for person, member in ground.staff.members.items():
        placement = placed.get(person)
        unit = placement.move.to_unit if placement else member.unit
        transferred = placement is not None and placement.transferred
        established = unit if transferred else member.establishment_unit
        if member.leader:
            found.leading[unit, member.role] += 1
        else:
            subject = placement.taught if placement else member.subject
            found.cells[unit, member.stage, subject] += 1
        found.established[established] += 1
        found.bands[established, band_of(member.row["title"])] += 1
    return found
