"""What the balance report reads of a screening and of a plan, whatever types they have.

Screening and plans are other parts of the engine; these are the few attributes read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.pack import ResolvedPack


class Answers(Protocol):
    """Three-valued answers, one for each person (see ``screening.Truth``)."""

    @property
    def yes(self) -> NDArray[np.bool_]:
        """Where the answer is yes."""

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Where the answer is not known."""


class Asked(Protocol):
    """What answers conditions of a resolved pack about persons (see ``Evaluation``)."""

    @property
    def pack(self) -> ResolvedPack:
        """The resolved pack."""

    @property
    def person_ids(self) -> Sequence[str]:
        """The persons, in the order of the answers."""

    @property
    def unit_ids(self) -> Sequence[str]:
        """The units, in the order of their positions."""

    def persons(self, condition: Condition) -> Answers:
        """Answer a condition for every person."""

    def moves(
        self, condition: Condition, persons: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Answers:
        """Answer a condition for moves from positions of persons to positions of units."""


class Screened(Protocol):
    """What balance reads of a screening: outcomes, truths of rules, answers."""

    @property
    def verdicts(self) -> pl.DataFrame:
        """One row per person with ``person_id`` and ``outcome``."""

    @property
    def rules(self) -> pl.DataFrame:
        """``person_id`` and one nullable boolean column for each rule."""

    @property
    def evaluation(self) -> Asked:
        """The evaluation behind the outcomes."""


class Moved(Protocol):
    """What balance reads of a move."""

    @property
    def person_id(self) -> str:
        """Who moves."""

    @property
    def to_unit(self) -> str:
        """Where to."""

    @property
    def form(self) -> str:
        """Id of the arrangement; empty where the plan does not say."""

    @property
    def relation_moved(self) -> bool | None:
        """Whether the personnel relation moves too; None where the plan does not say."""


class Planned(Protocol):
    """What balance reads of a plan."""

    @property
    def moves(self) -> Sequence[Moved]:
        """The moves."""


def outcomes_of(screening: Screened) -> dict[str, Outcome]:
    """Return each person's outcome."""
    pairs = screening.verdicts.select("person_id", "outcome").iter_rows()
    return {person: Outcome(outcome) for person, outcome in pairs}


def meeting_conditions(screening: Screened, pack: ResolvedPack) -> frozenset[str]:
    """Return the persons for whom some rule of effect *due* holds, whatever follows from it."""
    due = [rule.id for rule in pack.items.rules.values() if rule.effect is Outcome.DUE]
    if not due:
        return frozenset()
    return frozenset(screening.rules.filter(pl.any_horizontal(due))["person_id"])


class Truths:
    """Answers for one person out of the answers for all, each condition asked once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._position = {person: n for n, person in enumerate(asked.person_ids)}
        self._known: dict[Condition, Answers] = {}

    def __call__(self, condition: Condition, person: str) -> bool | None:
        """Answer a condition for one person by id; None for unknown."""
        if condition not in self._known:
            self._known[condition] = self._asked.persons(condition)
        answers, position = self._known[condition], self._position[person]
        if answers.unknown[position]:
            return None
        return bool(answers.yes[position])


class MoveTruths:
    """Answers for one person's move out of the answers of the screening."""

    def __init__(self, asked: Asked, to_units: Mapping[str, str]) -> None:
        self._asked = asked
        self._person = {person: n for n, person in enumerate(asked.person_ids)}
        self._unit = {unit: n for n, unit in enumerate(asked.unit_ids)}
        self._to_units = to_units

    def __call__(self, condition: Condition, person: str) -> bool | None:
        """Answer a condition for the move of one person by id; None for unknown."""
        at = np.array([self._person[person]])
        to = np.array([self._unit[self._to_units[person]]])
        answers = self._asked.moves(condition, at, to)
        return None if answers.unknown[0] else bool(answers.yes[0])
