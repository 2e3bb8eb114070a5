"""Facts of a move: what the unit left and the unit joined have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.engine.screening.facts.columns import words_of
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.values import FactValue, Truths, known_truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Whole, some
from junheng.engine.screening.verdicts import Truth

_TEACHER = "教师"
_LEADERS = ("正校级", "副校级")
_ON_ESTABLISHMENT = "在编"


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves of persons from unit to unit, all as positions."""

    person: Whole
    origin: Whole
    destination: Whole


def same_column(column: str) -> MoveFunction:
    """Return the fact that both units have the same word in a column; blank is unknown."""

    def same(ground: Ground, moves: Moves, measure: Measure) -> Truths:
        del measure
        words = ground.units[column].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
        words = np.append(words, 0)  # the last is of no unit
        first, second = words[moves.origin], words[moves.destination]
        known = (first > 0) & (second > 0)
        return Truths(Truth(known & (first == second), ~known))

    return same


def same_unit(ground: Ground, moves: Moves, measure: Measure) -> Truths:
    """Return whether the move leads back to the unit it would leave."""
    del ground, measure
    return known_truths((moves.origin == moves.destination) & (moves.origin >= 0))


def same_stage(ground: Ground, moves: Moves, measure: Measure) -> Truths:
    """Return whether the unit joined has the stage that the person teaches."""
    del measure
    stages = words_of(ground.persons["stage"], "stage")
    known = (stages.low == stages.high)[moves.person]
    answers = []
    for number, stage in enumerate(stages.words):
        has = ground.units["unit_stages"].list.contains(stage)
        teaches = known & (stages.low[moves.person] == number)
        yes = np.append(has.fill_null(value=False).to_numpy(), np.False_)[moves.destination]
        blank = np.append(has.is_null().to_numpy(), np.True_)[moves.destination]
        answers.append(Truth(teaches & yes, teaches & blank))
    answers.append(Truth(np.zeros_like(known), ~known))
    return Truths(some(answers, len(known)))


def paired(ground: Ground, moves: Moves, measure: Measure) -> Truths:
    """Return whether one of the units names the other as its partner."""
    del measure
    partner = np.append(ground.unit_column(ground.units["pair_partner"]), -2)
    yes = (partner[moves.origin] == moves.destination) & (moves.destination >= 0)
    yes |= (partner[moves.destination] == moves.origin) & (moves.origin >= 0)
    return known_truths(yes)


def subject_gap_filled(ground: Ground, moves: Moves, measure: Measure) -> Truths:
    """Return whether the unit joined has fewer teachers than required in stage and subject."""
    del measure
    persons = ground.persons.select(
        "stage", "subject", unit=pl.Series(ground.own_unit), counted=_counted()
    )
    cell = ["unit", "stage", "subject"]
    staff = persons.filter("counted").group_by(cell).agg(staff=pl.len())
    posts = (
        ground.roster["posts"]
        .select("stage", "subject", "role", "required")
        .with_columns(unit=pl.Series(ground.unit_column(ground.roster["posts"]["unit_id"])))
    )
    wanted = (
        posts.filter(pl.col("role") == _TEACHER)
        .group_by(cell)
        .agg(required=pl.col("required").sum(), blank=pl.col("required").is_null().any())
    )
    asked = persons.select("stage", "subject")[moves.person].with_columns(
        unit=pl.Series(moves.destination)
    )
    found = asked.join(wanted, on=cell, how="left", maintain_order="left").join(
        staff, on=cell, how="left", maintain_order="left"
    )
    unknown = (
        found["stage"].is_null()
        | found["subject"].is_null()
        | found["blank"].fill_null(value=False)
    ).to_numpy()
    short = found["staff"].fill_null(0) < found["required"].fill_null(0)
    return Truths(Truth(short.to_numpy() & ~unknown, unknown))


def _counted() -> pl.Expr:
    leads = pl.col("office_level").is_in(_LEADERS).fill_null(value=False)
    return pl.col("employment").eq(_ON_ESTABLISHMENT).fill_null(value=False) & ~leads


MoveFunction = Callable[[Ground, Moves, Measure], FactValue]
"""Computes a fact of moves; one value for each move."""
