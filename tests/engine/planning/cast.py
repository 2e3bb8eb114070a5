"""A county one can hold in the head: three schools and the persons a test asks for.

Riverside is well staffed, Hilltop short, New Town near. Whoever is not said otherwise teaches
mathematics at Riverside, is due, and stands on its establishment.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from junheng.engine.planning.building import build
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening.verdicts import Screening
from tests.engine.balance.county_of_three import FOUNDED
from tests.engine.planning.hand_screening import Sorter, everyone_due, pack_of, screened

RIVERSIDE, HILLTOP, NEW_TOWN = "riverside", "hilltop", "newtown"
Row = Mapping[str, object]

_PLACES = {RIVERSIDE: (36.0, 103.0), HILLTOP: (36.0, 103.1), NEW_TOWN: (36.1, 103.0)}


def unit(unit_id: str, **changes: object) -> Row:
    """Return a school: rural, 100 pupils, establishment of nine."""
    latitude, longitude = _PLACES[unit_id]
    return {
        "unit_id": unit_id,
        "unit_name": unit_id,
        "unit_kind": "小学",
        "unit_stages": ["小学"],
        "county": "示例县",
        "zone": "东",
        "unit_area": "乡村",
        "primary_pupils": 100,
        "establishment": 9,
        "latitude": latitude,
        "longitude": longitude,
    } | changes


def person(person_id: str, **changes: object) -> Row:
    """Return a teacher of mathematics at Riverside."""
    at = changes.get("unit_id", RIVERSIDE)
    return {
        "person_id": person_id,
        "person_name": "示例",
        "sex": "女",
        "employment": "在编",
        "in_post": "在岗",
        "full_time_teacher": True,
        "unit_id": at,
        "establishment_unit": at,
        "title": "一级教师",
        "stage": "小学",
        "subject": "数学",
        "office_level": "无",
        "role": "教师",
    } | changes


def head(person_id: str, **changes: object) -> Row:
    """Return a head of a school."""
    leads: dict[str, object] = {"office_level": "正校级", "role": "校长"}
    return person(person_id, **(leads | changes))


def post(unit_id: str, **changes: object) -> Row:
    """Return a post for mathematics: nothing required, no upper limit."""
    return {
        "unit_id": unit_id,
        "stage": "小学",
        "subject": "数学",
        "role": "教师",
        "required": 0,
        "established": None,
    } | changes


def head_post(unit_id: str, **changes: object) -> Row:
    """Return the post of a head."""
    leading = {"role": "校长", "subject": None, "required": 1, "established": 1}
    return post(unit_id, **(leading | changes))


def band_post(unit_id: str, band: str, established: int) -> Row:
    """Return the number of posts of a title band."""
    return post(unit_id, subject=None, grade_band=band, required=None, established=established)


def decision(kind: str, person_id: str | None, unit_id: str | None, rule: str = "") -> Row:
    """Return a decision on record."""
    return {
        "decision_kind": kind,
        "person_id": person_id,
        "unit_id": unit_id,
        "rule_id": rule or None,
        **FOUNDED,
    }


UNITS = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN))
POSTS = (post(RIVERSIDE), post(HILLTOP), post(NEW_TOWN))


def county(
    persons: Sequence[Row],
    *,
    units: Sequence[Row] = UNITS,
    posts: Sequence[Row] = POSTS,
    **tables: Sequence[Row],
) -> Roster:
    """Return a roster of these rows."""
    given = {"persons": persons, "units": units, "posts": posts, **tables}
    return roster_of(
        {
            table: pl.DataFrame([dict(row) for row in rows], infer_schema_length=None)
            for table, rows in given.items()
            if rows
        }
    )


def asked(
    roster: Roster, pack: ResolvedPack | None = None, sort: Sorter = everyone_due
) -> Screening:
    """Return the screening of a county."""
    return screened(roster, pack or pack_of(transfer=None), sort)


def problem_of(
    roster: Roster, pack: ResolvedPack | None = None, sort: Sorter = everyone_due
) -> Problem:
    """Return the planning question of a county; every move is a transfer by default."""
    return build(roster, asked(roster, pack, sort), seed=1)


def choosing(problem: Problem, *moves: tuple[str, str]) -> Mask:
    """Return the choice of the arcs person → unit; each must be allowed."""
    arcs = {
        (problem.staff.ids[p], problem.units.ids[u]): k
        for k, (p, u) in enumerate(zip(problem.arcs.person, problem.arcs.unit, strict=True))
    }
    chosen = np.zeros(len(problem.arcs), dtype=np.bool_)
    for move in moves:
        chosen[arcs[move]] = True
    return chosen
