"""What the auditor judges from: roster, pack, outcomes, and the start state of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.audit.conditions import Interpreter
from junheng.engine.audit.decisions import Decisions, read_decisions
from junheng.engine.audit.posts import Posts, read_posts
from junheng.engine.audit.unit_facts import unit_facts
from junheng.engine.balance.asked import outcomes_of
from junheng.engine.balance.staff import (
    Member,
    Staff,
    cell_of,
    exists,
    planning_item,
    staff_at_start,
)
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import MOVABLE, Arrangement, Outcome, Planning, Strength
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.verdicts import Screening
from junheng.errors import Problem, QuestionError


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's outcome, with the rules that decided and their strength."""

    outcome: Outcome
    track: str
    because: tuple[str, ...]
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything a plan is held against."""

    roster: Roster
    pack: ResolvedPack
    screening: Screening
    planning: Planning
    staff: Staff
    posts: Posts
    decisions: Decisions
    ask: Interpreter
    verdicts: Mapping[str, Verdict]

    def movable(self, member: Member) -> bool:
        """Whether a counted person may be moved at all."""
        return not member.serving and self.verdicts[member.person_id].outcome in MOVABLE

    def exists(self, unit: str) -> bool:
        """Whether a unit of the roster exists on the first day of the plan."""
        return exists(self.staff.units[unit], self.staff.start)

    def subjects(self, member: Member) -> tuple[str, ...]:
        """Return what somebody may teach: the own subject, then the neighbouring ones."""
        pairs = self.planning.neighbouring_subjects
        return (member.subject, *(taught for own, taught in pairs if own == member.subject))

    def form_of(self, member: Member, to_unit: str) -> Arrangement | None:
        """Return the first arrangement, by rank, that is surely for a move.

        A person who may not be moved has no track; for them tracks are left aside, so that
        the audit names what is wrong with them and not also this.
        """
        verdict = self.verdicts[member.person_id]
        tracked = verdict.outcome in MOVABLE
        for form_id in self.planning.forms:
            form = self.pack.items.arrangements.get(form_id)
            if form is None:  # not in force
                continue
            if tracked and form.tracks and verdict.track not in form.tracks:
                continue
            if self._is_for(form, member) and self._leads(form, member, to_unit):
                return form
        return None

    def _is_for(self, form: Arrangement, member: Member) -> bool:
        """Whether a form is surely for somebody, tracks aside."""
        if form.subjects and member.subject not in form.subjects:
            return False
        return form.who is None or self.ask.person(form.who, member.person_id) is True

    def _leads(self, form: Arrangement, member: Member, to_unit: str) -> bool:
        """Whether a form surely leads from somebody's unit to another; a new post does not."""
        if form.changes != "unit" or form.within == "own_unit":
            return False
        if form.within:
            origin, host = self.staff.units[member.unit], self.staff.units[to_unit]
            if not origin[form.within] or origin[form.within] != host[form.within]:
                return False
        moves = form.moves
        return moves is None or self.ask.move(moves, member.person_id, to_unit) is True

    def transfers(self, form: Arrangement) -> bool:
        """Whether the personnel relation moves under a form."""
        relation = form.relation if isinstance(form.relation, str) else ""
        return bool(relation) and self.pack.items.relations[relation].personnel == "moves"


def ground_of(roster: Roster, screening: Screening) -> Ground:
    """Gather what plans are held against.

    Raises
    ------
    QuestionError
        If tables or cells are missing without which staffing cannot be counted.
    """
    pack = screening.evaluation.pack
    staff = staff_at_start(roster, pack, outcomes_of(screening))
    posts = read_posts(roster)
    problems = [*posts.problems, *_blank_establishments(roster, staff)]
    if problems:
        raise QuestionError(problems)
    on = pack.dates.get(pack.header.as_of, pack.on)
    facts = unit_facts(roster, staff, posts, pack.on if isinstance(on, Unset) else on)
    members = staff.members.items()
    ask = Interpreter(
        screening,
        facts,
        {person: member.unit for person, member in members},
        {person: member.establishment_unit for person, member in members},
    )
    return Ground(
        roster=roster,
        pack=pack,
        screening=screening,
        planning=planning_item(pack),
        staff=staff,
        posts=posts,
        decisions=read_decisions(roster, pack.items),
        ask=ask,
        verdicts={row["person_id"]: _verdict(row) for row in screening.verdicts.to_dicts()},
    )


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(
        Outcome(row["outcome"]),
        row["track"] or "",
        tuple(row["because"] or ()),
        Strength.PRINCIPLE if row["strength"] == Strength.PRINCIPLE else Strength.HARD,
    )


def _blank_establishments(roster: Roster, staff: Staff) -> list[Problem]:
    used = {member.establishment_unit for member in staff.members.values()}
    header = BY_ID["units"].column("establishment").header
    return [
        Problem(
            "audit.blank-establishment",
            place=cell_of(roster, row, "establishment"),
            values={"unit": unit, "column": header},
        )
        for unit, row in staff.units.items()
        if row["establishment"] is None and unit in used
    ]
