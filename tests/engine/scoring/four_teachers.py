"""Four teachers and what a rubric may read of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.scoring import Scores, score
from junheng.engine.screening.evaluation import RosterEvaluation
from tests.engine.policy.small_packs import resolved

_RUBRIC = """\
rubrics:
  - id: points
    title: 评分
    source: sd-1
    combine: %s
    items:
"""


def roster() -> Roster:
    """Return A with 20 lessons, B with 8, C with 12 and D of whom nothing is known."""
    people = {
        "person_id": ["A", "B", "C", "D"],
        "unit_id": ["U1", "U1", "U2", "U1"],
        "sex": ["女", "男", "女", None],
        "education": ["硕士研究生", "本科", "专科", None],
        "subject": ["语文", "语文", "数学", "语文"],
        "weekly_lessons": [20, 8, 12, None],
        "full_time_teacher": [True, True, True, None],
    }
    honours = {
        "person_id": ["A", "A", "A", "B", "C"],
        "honour": ["骨干教师", "教学能手", "骨干教师", "骨干教师", "骨干教师"],
        "honour_level": ["市级", "县级", "县级", None, "县级"],
        "since": [
            date(2025, 1, 1),
            date(2024, 1, 1),
            date(2020, 1, 1),
            date(2025, 1, 1),
            None,
        ],
    }
    frames = {
        "units": pl.DataFrame({"unit_id": ["U1", "U2"], "unit_name": ["甲校", "乙校"]}),
        "persons": pl.DataFrame(people),
        "honours": pl.DataFrame(honours),
        "declarations": pl.DataFrame(
            {
                "unit_id": ["U1"],
                "table_name": ["荣誉"],
                "complete_as_of": [date(2026, 1, 1)],
            }
        ),
    }
    return roster_of(frames)


def rubric(folder: Path, items: str, combine: str = "sum", more: str = "") -> ResolvedPack:
    """Return a pack with one rubric, ``points``, of these items."""
    lines = "".join(f"      - {{{line}}}\n" for line in items.strip().splitlines())
    return resolved(folder, _RUBRIC % combine + lines + more)


def scored(folder: Path, items: str, combine: str = "sum", more: str = "") -> Scores:
    """Score the four teachers by one rubric with these items."""
    pack = rubric(folder, items, combine, more)
    return score(RosterEvaluation(roster(), pack), "points")
