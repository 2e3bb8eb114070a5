"""Two paired town schools under the shipped pack of paired schools."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Plan
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import screen
from tests.engine.planning.cast import decision
from tests.engine.planning.shipped import Shipped, adopted

LEFT, RIGHT = "S1", "S2"
Row = dict[str, object]
PAIRED = Shipped(
    "paired-schools-lechang",
    ("paired-swap",),
    {"leavers": "100%"},
    ("unmet_obligations", "wishes"),
)


def _unit(unit_id: str, stages: Sequence[str], partner: str | None) -> Row:
    return {
        "unit_id": unit_id,
        "unit_name": unit_id,
        "unit_kind": "九年一贯制学校" if len(stages) > 1 else "初中",
        "unit_stages": list(stages),
        "unit_area": "县镇",
        "unit_ownership": "公办",
        "county": "试验县",
        "establishment": 99,
        "primary_pupils": 500,
        "junior_pupils": 500,
        "pair_partner": partner,
    }


def _teacher(number: int, unit_id: str, stage: str) -> Row:
    return {
        "person_id": f"{unit_id}-{stage}-{number}",
        "person_name": "示例",
        "sex": "男",
        "birth": date(1985, 1, 1),
        "employment": "在编",
        "in_post": "在岗",
        "full_time_teacher": True,
        "unit_id": unit_id,
        "establishment_unit": unit_id,
        "title": "一级教师",
        "education": "本科",
        "stage": stage,
        "subject": "数学",
        "office_level": "无",
        "role": "教师",
        "retirement_kind": "男",
    }


def _county(stages: Sequence[str], left: int, right: int, *, lifted: bool = False) -> Roster:
    """Return two paired schools with so many teachers of nine years in each stage."""
    people = [
        _teacher(number, unit, stage)
        for unit, count in ((LEFT, left), (RIGHT, right))
        for stage in stages
        for number in range(count)
    ]
    stint = {"since": date(2015, 9, 1), "stint_kind": "任教"}
    honour = {"honour": "骨干教师", "honour_level": "县级", "since": date(2020, 9, 1)}
    post = {"subject": "数学", "role": "教师", "required": 0}
    rows: dict[str, list[Row]] = {
        "units": [_unit(LEFT, stages, RIGHT), _unit(RIGHT, stages, None)],
        "persons": people,
        "stints": [stint | {k: each[k] for k in ("person_id", "unit_id")} for each in people],
        "honours": [honour | {"person_id": each["person_id"]} for each in people],
        "posts": [
            post | {"unit_id": unit, "stage": stage}
            for unit in (LEFT, RIGHT)
            for stage in stages
        ],
    }
    if lifted:
        approved = {"reason": "初中教师不足", "approver": "市教育局"}
        rows["decisions"] = [dict(decision("例外批准", None, LEFT, "pair-swap")) | approved]
    return roster_of({table: pl.DataFrame(found) for table, found in rows.items()})


def _planned(roster: Roster, folder: Path) -> Plan:
    """Return the plan of a county, after the audit has found nothing against it."""
    screening = screen(roster, adopted(PAIRED, folder))
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    assert audit(roster, screening, outcome.plan).clean
    return outcome.plan


def _sent(found: Plan) -> dict[tuple[str, str], int]:
    sides = [(move.from_unit, move.stage) for move in found.moves]
    return {side: sides.count(side) for side in sorted(set(sides))}


def test_a_pair_of_which_one_side_has_five_sends_five_each_and_says_what_is_short(
    tmp_path: Path,
) -> None:
    found = _planned(_county(["初中"], 8, 5), tmp_path)

    assert _sent(found) == {(LEFT, "初中"): 5, (RIGHT, "初中"): 5}
    assert [(each.pair, each.unit_id, each.amount) for each in found.unmet] == [
        ("S1–S2", LEFT, 1),
        ("S1–S2", RIGHT, 1),
    ]


def test_six_and_five_are_sent_where_an_override_allows_it(tmp_path: Path) -> None:
    found = _planned(_county(["初中"], 6, 5, lifted=True), tmp_path)

    assert _sent(found) == {(LEFT, "初中"): 6, (RIGHT, "初中"): 5}


def test_a_nine_year_pair_sends_six_in_either_stage_from_either_side(tmp_path: Path) -> None:
    found = _planned(_county(["小学", "初中"], 7, 6), tmp_path)

    assert _sent(found) == {(u, s): 6 for u in (LEFT, RIGHT) for s in ("初中", "小学")}
    assert found.unmet == ()
