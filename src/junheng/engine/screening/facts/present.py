"""Facts of what somebody does today: teaching, and being the only teacher of a subject."""

from __future__ import annotations

import numpy as np
import polars as pl

from junheng.engine.screening.facts.columns import truths_of, whole_numbers
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.values import Truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.verdicts import Truth

_NO_SUBJECT = "无"


def teaches(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody teaches: by the weekly lessons, else as a full-time teacher."""
    del measure
    lessons = ground.persons["weekly_lessons"]
    stated = lessons.is_not_null().to_numpy()
    stated_post = truths_of(ground.persons["full_time_teacher"]).truth
    yes = np.where(stated, whole_numbers(lessons) > 0, stated_post.yes)
    unknown = ~stated & stated_post.unknown
    return Computed(Truths(Truth(yes, unknown)), (Gap("persons", "weekly_lessons", unknown),))


def sole_subject_teacher(ground: Ground, measure: Measure) -> Computed:
    """Return whether nobody else at the unit teaches the same main subject full time.

    A colleague whose subject, or whose teaching, is not stated may.
    """
    del measure
    frame = pl.DataFrame(
        {
            "unit": ground.own_unit,
            "subject": ground.persons["subject"],
            "teacher": ground.persons["full_time_teacher"],
        }
    )
    sure = pl.col("teacher").fill_null(value=False)
    may_be = pl.col("teacher").fill_null(value=True)
    stated = pl.col("subject").is_not_null()
    counted = frame.select(
        "unit",
        "subject",
        others=sure.sum().over("unit", "subject") - sure,
        perhaps=may_be.sum().over("unit", "subject") - may_be,
        floating=(may_be & ~stated).sum().over("unit"),
    )
    asked = (frame["subject"].is_not_null() & (frame["subject"] != _NO_SUBJECT)).to_numpy()
    placed = ground.own_unit >= 0
    blank = frame["subject"].is_null().to_numpy() | ~placed
    alone = (counted["perhaps"] + counted["floating"] == 0).to_numpy()
    shared = (counted["others"] > 0).to_numpy()
    yes = asked & placed & alone
    unknown = blank | (asked & placed & ~alone & ~shared)
    truth = Truth(yes & ~unknown, unknown)
    return Computed(Truths(truth), (Gap("persons", "subject", unknown),))
