"""Facts of a move: what the unit left and the unit joined have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.engine.screening.facts.columns import words_of
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Truths,
    known_truths,
)
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Whole, some
from junheng.engine.screening.verdicts import Truth

_TEACHER = "教师"
_LEADERS = ("正校级", "副校级")
_ON_ESTABLISHMENT = "在编"
_CELL = ("unit", "stage", "subject")


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
    """Return whether the unit joined has fewer teachers than required in stage and subject.

    Leaders do not count. Somebody of whom it is not stated whether they count there, or in
    which stage and subject, may; so may posts that state no number or no stage.
    """
    del measure
    asked = ground.persons.select("stage", "subject")[moves.person].with_columns(
        unit=pl.Series(moves.destination)
    )
    cells = asked.drop_nulls().unique()
    staff = _in_cells(_teachers(ground), cells)
    required = _in_cells(_required(ground), cells, prefix="required_")
    found = asked.join(
        staff.join(required, on=_CELL), on=_CELL, how="left", maintain_order="left"
    )
    short = found["most"] < found["required_least"]
    enough = found["least"] >= found["required_most"]
    yes = short.fill_null(value=False).to_numpy()
    return Truths(Truth(yes, ~yes & ~enough.fill_null(value=False).to_numpy()))


def _teachers(ground: Ground) -> pl.DataFrame:
    """Return who teaches, or may teach, at which unit in which stage and subject."""
    on_staff = pl.col("employment").eq(_ON_ESTABLISHMENT)
    leads = pl.col("office_level").is_in(_LEADERS)
    sure = on_staff.fill_null(value=False) & ~leads.fill_null(value=True)
    may = on_staff.fill_null(value=True) & ~leads.fill_null(value=False)
    return ground.persons.select(
        "stage",
        "subject",
        unit=pl.Series(ground.own_unit),
        least=sure.cast(pl.Int64),
        most=may.cast(pl.Int64),
    ).filter(pl.col("most") > 0)


def _required(ground: Ground) -> pl.DataFrame:
    """Return the teachers that each row of posts requires in a stage and subject."""
    posts = ground.roster["posts"]
    number = pl.col("required").cast(pl.Int64)
    return posts.select(
        "stage",
        "subject",
        "role",
        unit=pl.Series(ground.unit_column(posts["unit_id"])),
        least=number.fill_null(0),
        most=number.fill_null(UNBOUNDED),
    ).filter(pl.col("role") == _TEACHER, pl.col("subject").is_not_null())


def _in_cells(rows: pl.DataFrame, cells: pl.DataFrame, prefix: str = "") -> pl.DataFrame:
    """Sum rows in each cell: at least those that state it, at most all that may be of it."""
    stated = pl.col("stage").is_not_null() & pl.col("subject").is_not_null()
    certain = rows.filter(stated).group_by(_CELL).agg(pl.col("least", "most").sum())
    fits = [
        pl.col(f"{name}_told").is_null() | pl.col(f"{name}_told").eq(pl.col(name))
        for name in ("stage", "subject")
    ]
    vague = (
        cells.join(rows.filter(~stated), on="unit", suffix="_told")
        .filter(*fits)
        .group_by(_CELL)
        .agg(vague=pl.col("most").sum())
    )
    found = cells.join(certain, on=_CELL, how="left").join(vague, on=_CELL, how="left")
    counts = found.with_columns(pl.col("least", "most", "vague").fill_null(0))
    return counts.select(
        *_CELL,
        pl.col("least").alias(f"{prefix}least"),
        (pl.col("most") + pl.col("vague")).alias(f"{prefix}most"),
    )


MoveFunction = Callable[[Ground, Moves, Measure], FactValue]
"""Computes a fact of moves; one value for each move."""
