"""What screening answers: truths, outcomes and the evaluation behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Truth:
    """Three-valued answers: ``yes`` and ``unknown`` never both; neither means no (§1).

    Both arrays have one boolean for each subject asked about, in the order asked.
    """

    yes: NDArray[np.bool_]
    unknown: NDArray[np.bool_]

    @property
    def no(self) -> NDArray[np.bool_]:
        """Where the answer is known to be no."""
        return ~(self.yes | self.unknown)


@dataclass(frozen=True, slots=True)
class Levels:
    """Where persons stand in a number or date: known where ``low`` and ``high`` are equal (§1).

    Both arrays have one whole number for each person, larger for more or later.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]


class Evaluation(Protocol):
    """Answers conditions of a resolved pack about persons, units and moves of a roster.

    ``person_ids`` and ``unit_ids`` are sorted; positions below are positions in them.
    """

    @property
    def roster(self) -> Roster:
        """The roster that was screened."""

    @property
    def pack(self) -> ResolvedPack:
        """The pack it was screened under."""

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Ids of all persons."""

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of all units."""

    def persons(self, condition: Condition) -> Truth:
        """Answer a condition for every person; arrays of shape (n_persons,)."""

    def levels(self, fact: str) -> Levels:
        """Return a number or date of every person; ``fact`` is registered or the pack's own."""

    def units(self, condition: Condition) -> Truth:
        """Answer a condition for every unit; arrays of shape (n_units,)."""

    def moves(
        self, condition: Condition, persons: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Truth:
        """Answer a condition for moves ``persons[i]`` → ``units[i]``; shape (n_moves,)."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome of every person, sorted by person id; the same bytes on every run.

    Attributes
    ----------
    verdicts : one row per person: ``person_id``, ``outcome``, ``track`` ('' if none),
        ``also`` (further tracks), ``could_be`` (outcomes still possible; empty unless
        undecided), ``because`` (rules that decided), ``strength`` of the outcome ('' if none)
    rules : ``person_id`` and one nullable boolean column for each rule id: yes, no, unknown
    """

    verdicts: pl.DataFrame
    rules: pl.DataFrame
    evaluation: Evaluation
    receipt: Receipt

    def counts(self) -> Mapping[str, int]:
        """Return the number of persons of each outcome that occurs."""
        counted = self.verdicts.group_by("outcome").len().sort("outcome")
        return dict(counted.iter_rows())

    def track_counts(self) -> Mapping[tuple[str, str], int]:
        """Return the number of persons of each outcome and track that occur together."""
        tracked = self.verdicts.filter(pl.col("track") != "")
        counted = tracked.group_by("outcome", "track").len().sort("outcome", "track")
        return {(outcome, track): count for outcome, track, count in counted.iter_rows()}
