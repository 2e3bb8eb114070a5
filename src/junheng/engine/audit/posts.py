"""The posts of every unit (岗位), summed by cell, leadership post and title band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.balance.staff import LEADER_ROLES, cell_of
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Problem

TEACHER = "教师"
JUNIOR = "初级"
BAND_OF_TITLE = {"正高级教师": "正高级", "高级教师": "高级", "一级教师": "中级"}


@dataclass(frozen=True, slots=True)
class Post:
    """Required and established numbers of one kind of post; None: no such limit is stated."""

    required: int | None
    established: int | None


@dataclass(frozen=True, slots=True)
class Posts:
    """All posts of a roster.

    Attributes
    ----------
    cells : by (unit, stage, subject)
    leading : by (unit, role)
    bands : by (unit, title band)
    problems : blank numbers that a plan or its audit needs, with their cells
    """

    cells: Mapping[tuple[str, str, str], Post]
    leading: Mapping[tuple[str, str], Post]
    bands: Mapping[tuple[str, str], Post]
    problems: tuple[Problem, ...] = ()


def read_posts(roster: Roster) -> Posts:
    """Read the posts; several rows of one cell add up, a blank established number lifts it."""
    cells: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    leading: dict[tuple[str, str], list[dict[str, Any]]] = {}
    bands: dict[tuple[str, str], list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    for row in roster["posts"].to_dicts():
        if row["role"] == TEACHER and row["subject"]:
            key = (row["unit_id"], row["stage"] or "", row["subject"])
            cells.setdefault(key, []).append(row)
            problems.extend(_blank(roster, row, ("stage", "required")))
        elif row["role"] in LEADER_ROLES:
            leading.setdefault((row["unit_id"], row["role"]), []).append(row)
            problems.extend(_blank(roster, row, ("required",)))
        if row["grade_band"] and not row["subject"]:
            bands.setdefault((row["unit_id"], row["grade_band"]), []).append(row)
    return Posts(
        {key: _post(rows) for key, rows in sorted(cells.items())},
        {key: _post(rows) for key, rows in sorted(leading.items())},
        {key: _post(rows) for key, rows in sorted(bands.items())},
        tuple(problems),
    )


def band_of(title: str | None) -> str:
    """Return the title band (岗位层级) a person counts in; without a senior title: junior.

    Source: the order of teachers' titles (正高级, 高级, 一级, 二级, 三级).
    """
    return BAND_OF_TITLE.get(title or "", JUNIOR)


def _post(rows: Iterable[dict[str, Any]]) -> Post:
    rows = list(rows)
    established = [row["established"] for row in rows]
    return Post(
        sum(row["required"] or 0 for row in rows),
        None if None in established else sum(established),
    )


def _blank(roster: Roster, row: dict[str, Any], columns: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(
            "audit.blank-post",
            place=cell_of(roster, row, column),
            values={
                "unit": row["unit_id"],
                "column": BY_ID["posts"].column(column).header,
            },
        )
        for column in columns
        if row[column] is None
    ]
