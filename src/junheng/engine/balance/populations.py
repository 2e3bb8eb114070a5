"""Whom a quota or rate counts (统计对象): the populations of a pack, person by person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from junheng.engine.balance.staff import Member, Staff
from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Outcome, Population
from junheng.engine.roster.roster import Roster
from junheng.errors import Problem, QuestionError, UnsetFigures

Truth = Callable[[Condition, str], bool | None]
"""Answers a condition for a person, or a mover's move, by id: yes, no, or None for unknown."""

PLAN_POPULATIONS = (
    "movers",
    "movers_and_volunteers",
    "movers_and_serving",
    "movers_and_served",
)
"""Populations that depend on the plan."""

_OF_HORIZONS = ("served", "movers_and_served")

DIMENSIONS = ("county", "unit", "zone", "stage", "subject", "programme")


@dataclass(frozen=True, slots=True)
class Counted:
    """Members of a population: those it surely has, and those it may have."""

    yes: frozenset[str]
    unknown: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Populations:
    """The populations of one plan at its start.

    Attributes
    ----------
    outcomes : outcome of each person
    meeting_conditions : persons for whom some rule of effect due holds, whatever follows
    movers : counted persons moved under a form that counts as exchange → the form's id
    begun : person → first days of their exchanges on record
    transferred : movers whose personnel relation moves
    move : answers conditions about the moves of movers
    """

    staff: Staff
    outcomes: Mapping[str, Outcome]
    meeting_conditions: frozenset[str]
    movers: Mapping[str, str]
    truth: Truth
    begun: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    transferred: frozenset[str] = frozenset()
    move: Truth | None = None

    def of(self, population: Population, since: date | None = None) -> Counted:
        """Return whom a population counts: ``among``, then ``arrangement``, then ``who``.

        Parameters
        ----------
        since : first day of the horizon of the quota, for those who have served within it

        Raises
        ------
        QuestionError
            If those who have served are counted outside a horizon.
        UnsetFigures
            If the pack leaves open among whom.
        """
        among, perhaps = self._among(population, since), self._perhaps(population)
        who = population.who
        answers = {
            person: True if who is None else self.truth(who, person)
            for person in among | perhaps
        }
        return Counted(
            frozenset(p for p, answer in answers.items() if answer is True and p in among),
            frozenset(
                p
                for p, answer in answers.items()
                if answer is None or (answer is True and p in perhaps)
            ),
        )

    def _perhaps(self, population: Population) -> set[str]:
        """Return those of whom the roster does not say whether they teach full time."""
        if population.among != "full_time":
            return set()
        members = self.staff.members.items()
        return {p for p, member in members if member.row["full_time_teacher"] is None}

    def _among(self, population: Population, since: date | None) -> set[str]:
        word = population.among
        if not isinstance(word, str):
            values = {"id": getattr(word, "id", ""), "why": getattr(word, "why", "")}
            raise UnsetFigures([Problem("balance.unset", values=values)])
        groups = self._groups(self._movers(population), since)
        if word in _OF_HORIZONS and since is None:
            raise QuestionError([Problem("balance.no-horizon", values={"population": word})])
        if word not in groups:
            values = {"population": word}
            raise QuestionError([Problem("balance.unknown-population", values=values)])
        return groups[word]

    def _movers(self, population: Population) -> set[str]:
        """Return the movers under a form, with the relation, by a move the population asks for.

        A move of which it is not known whether it is meant does not count.
        """
        forms, wanted = population.arrangement, population.move
        found = {p for p, form in self.movers.items() if not forms or form in forms}
        if population.moved:
            found &= self.transferred
        if wanted is None:
            return found
        if self.move is None:
            values = {"population": str(population.among)}
            raise QuestionError([Problem("balance.unknown-population", values=values)])
        return {person for person in found if self.move(wanted, person) is True}

    def _groups(self, movers: set[str], since: date | None) -> dict[str, set[str]]:
        members = self.staff.members
        serving = {p for p, member in members.items() if member.serving}
        served = set() if since is None else self._served(since)
        return {
            "staff": set(members),
            "full_time": {p for p, m in members.items() if m.row["full_time_teacher"] is True},
            "meeting_conditions": set(self.meeting_conditions & members.keys()),
            "due": self._with_outcome(Outcome.DUE),
            "movers": movers,
            "movers_and_volunteers": movers | self._with_outcome(Outcome.MAY),
            "movers_and_serving": movers | serving,
            "serving": serving,
            "served": served,
            "movers_and_served": movers | served,
        }

    def _served(self, since: date) -> set[str]:
        """Return those with an exchange begun in the horizon, before the plan begins."""
        start = self.staff.start
        return {
            person
            for person in self.staff.members
            if any(since <= day < start for day in self.begun.get(person, ()))
        }

    def _with_outcome(self, outcome: Outcome) -> set[str]:
        return {p for p in self.staff.members if self.outcomes[p] is outcome}


def exchanges_begun(roster: Roster) -> dict[str, tuple[date, ...]]:
    """Return the first days of all exchanges on record, by person."""
    found: dict[str, tuple[date, ...]] = {}
    for row in roster["exchanges"].to_dicts():
        found[row["person_id"]] = (*found.get(row["person_id"], ()), row["since"])
    return found


def cell(staff: Staff, member: Member, per: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cell a person belongs to: from-unit, its county and zone, stage, subject.

    One word for each dimension of ``per``; empty where the roster leaves it blank.

    Raises
    ------
    QuestionError
        If a dimension is not one a cell can be stated for.
    """
    unit = staff.units.get(member.unit)
    words = {
        "unit": member.unit,
        "county": (unit["county"] if unit else None) or "",
        "zone": (unit["zone"] if unit else None) or "",
        "stage": member.stage,
        "subject": member.subject,
        "programme": "",
    }
    unknown = [each for each in per if each not in words]
    if unknown:
        raise QuestionError(
            [Problem("balance.unknown-dimension", values={"dimension": unknown[0]})]
        )
    return tuple(words[each] for each in per)
