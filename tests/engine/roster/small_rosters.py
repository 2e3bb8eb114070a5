"""A roster of a few invented rows, with values that break careless writers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from junheng.engine.roster.roster import Roster, roster_of

HOSTILE_NAMES = ("=1+1", "𬀩·买买提", "@甲")
ID_NUMBER = "11010519491231002X"  # the worked example of GB 11643


def frames() -> Mapping[str, pl.DataFrame]:
    """Two units, three persons, and a row or two of most other tables."""
    return {
        "units": pl.DataFrame(
            {
                "unit_id": ["U1", "U2"],
                "unit_name": ["=城关/小学", "-河湾中学?"],
                "unit_kind": ["小学", "初中"],
                "unit_stages": [["小学"], ["初中"]],
                "unit_area": ["县镇", None],
            }
        ),
        "persons": pl.DataFrame(
            {
                "person_id": ["0001", "0002", "0003"],
                "person_name": list(HOSTILE_NAMES),
                "id_number": [ID_NUMBER, None, None],
                "sex": ["女", "男", None],
                "birth": [date(1949, 12, 31), date(1990, 3, 1), None],
                "birth_precision": ["day", "month", None],
                "unit_id": ["U1", "U1", "U2"],
                "subject": ["语文", "数学", "语文"],
                "other_subjects": [["数学", "科学"], None, None],
            }
        ),
        "stints": pl.DataFrame(
            {
                "person_id": ["0001", "0002"],
                "unit_id": ["U1", "U1"],
                "since": [date(2010, 9, 1), date(2016, 9, 1)],
                "since_precision": ["month", "day"],
                "until": [date(2019, 9, 1), None],
                "until_precision": ["month", None],
                "stint_kind": ["任教", "任教"],
            }
        ),
        "circumstances": pl.DataFrame(
            {
                "person_id": ["0003"],
                "circumstance": ["重病"],
                "since": [date(2026, 3, 1)],
                "evidence": ["=住院证明"],
            }
        ),
        "decisions": pl.DataFrame(
            {
                "decision_kind": ["固定"],
                "person_id": ["0001"],
                "unit_id": ["U1"],
                "reason": ["-"],
            }
        ),
        "declarations": pl.DataFrame(
            {
                "unit_id": ["U1"],
                "table_name": ["荣誉"],
                "complete_as_of": [date(2026, 8, 31)],
            }
        ),
    }


def small_roster(**changed: pl.DataFrame) -> Roster:
    """Return the roster with some tables replaced."""
    return roster_of({**frames(), **changed})
