from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening.roster_checks import check_with_roster
from tests.engine.policy.small_packs import resolved

_DUE = """\
rules:
  - {id: everyone, title: 全部, source: sd-1, effect: due, track: teacher, strength: hard,
     when: {fact: full_time_teacher, is: yes}, if_unknown: ask}
"""
_QUOTA = """\
quotas:
  - {id: asked, title: 指标, source: sd-2, strength: hard, count: {among: movers%s},
     %s: {share: %s, of: {among: %s%s}}, per: %s, each: year, rounding: %s%s}
"""


def _county() -> Roster:
    """Five teachers at one school, three at another; two of the five are leaders."""
    people = {
        "person_id": [f"P{n}" for n in range(8)],
        "unit_id": ["U1"] * 5 + ["U2"] * 3,
        "full_time_teacher": [True] * 8,
        "office_level": ["正校级", "副校级", *["无"] * 6],
    }
    units = {
        "unit_id": ["U1", "U2"],
        "unit_ownership": ["公办", "公办"],
        "unit_area": ["城市", "城市"],
    }
    return roster_of({"units": pl.DataFrame(units), "persons": pl.DataFrame(people)})


def _found(folder: Path, items: str) -> list[tuple[str, str]]:
    # The parent's own rule needs the clock; nobody of this county was recruited on a known day.
    pack = resolved(folder, _DUE + items, clock="calendar_years", route="separate", base="due")
    return [
        (problem.code.removeprefix("pack."), problem.values["item"])
        for problem in check_with_roster(_county(), pack)
        if problem.values["item"] != "part-time"
    ]


def _quota(relation: str, share: str, base: str, per: str, rounding: str) -> str:
    return _QUOTA % ("", relation, share, base, "", per, rounding, "")


@pytest.mark.parametrize(
    ("share", "found"), [("1/3", []), ("33%", [("cap-of-nobody", "asked")])]
)
def test_cap_below_one_person_at_a_unit_is_pointed_out(
    tmp_path: Path, share: str, found: list[tuple[str, str]]
) -> None:
    cap = _quota("at_most", share, "staff", "unit", "down")

    assert _found(tmp_path, cap) == found


@pytest.mark.parametrize(
    ("share", "found"), [("1/4", []), ("3/8", [("floor-above-pool", "asked")])]
)
def test_floor_above_the_number_who_may_move_is_pointed_out(
    tmp_path: Path, share: str, found: list[tuple[str, str]]
) -> None:
    floor = _quota("at_least", share, "staff", "county", "up").replace(
        "count: {among: movers}", "count: {among: movers, who: {class: leader}}"
    )

    assert _found(tmp_path, floor) == found


_PARTS = """\
classes:
  - {id: teacher, of: person, title: 教师, source: sd-1,
     when: {fact: full_time_teacher, is: yes}}
  - {id: group, of: person, title: 类别, source: sd-1, parts: [leader, %s],
     overlap: {unset: 待定}, nobody: refuse}
  - {id: head, of: person, title: 正职, source: sd-1, when: {fact: office_level, is: 正校级}}
"""


@pytest.mark.parametrize(
    ("part", "found"),
    [("teacher", ["parts-overlap"]), ("head", ["parts-overlap", "in-no-part"])],
)
def test_parts_that_overlap_or_leave_somebody_out_are_counted(
    tmp_path: Path, part: str, found: list[str]
) -> None:
    users = """\
  - {id: users, of: person, title: 用到, source: sd-1,
     when: {any: [{class: teacher}, {class: head}, {class: group}]}}
"""
    rule = """\
  - {id: users-rule, title: 用到, source: sd-1, effect: deferred, strength: hard,
     when: {class: users}, if_unknown: ask}
"""

    checked = _found(tmp_path, rule + _PARTS % part + users)

    assert [code for code, item in checked if item == "group"] == found


def test_flow_from_a_class_without_units_is_pointed_out(tmp_path: Path) -> None:
    flow = """\
classes:
  - {id: urban, of: unit, title: 城区学校, source: sd-1, when: {fact: unit_area, is: 城市}}
destinations:
  - {id: towards, title: 城乡之间, source: sd-1, strength: encouraged,
     prefer: {flow: [[rural, urban]]}}
"""

    assert _found(tmp_path, flow) == [("flow-without-units", "towards")]


def test_part_that_needs_more_persons_than_its_whole_is_shown_with_both_figures(
    tmp_path: Path,
) -> None:
    whole = _quota("at_least", "1/8", "due", "county", "up")
    part = whole.replace("id: asked", "id: of-them").replace("1/8", "1/4")
    items = whole + part.removeprefix("quotas:\n").replace(
        "rounding: up", "rounding: up, part_of: asked"
    )

    pack = resolved(
        tmp_path, _DUE + items, clock="calendar_years", route="separate", base="due"
    )
    found = [
        problem.values
        for problem in check_with_roster(_county(), pack)
        if problem.code == "pack.part-needs-more"
    ]

    figures = {"item": "of-them", "found": "2", "whole": "asked", "expected": "1"}
    assert found == [figures]
