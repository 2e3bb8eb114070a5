from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from junheng.engine.policy.conditions import All, ClassTest, Literal, Not
from junheng.engine.policy.resolving import unset_for
from tests.engine.policy.small_packs import resolved

_SPLIT = """\
switches:
  - {id: twice, topic: overlap, title: 两类都是的归哪类, unset: 待定}
classes:
  - {id: teacher, of: person, title: 教师, source: sd-1,
     when: {fact: full_time_teacher, is: yes}}
  - {id: group, of: person, title: 比例类别, source: sd-1, parts: [leader, teacher],
     overlap: {switch: twice}, nobody: none}
parameters:
  - {id: shares, title: 各类比例, unit: share, by: group,
     values: [{value: {leader: 30%, teacher: 10%}, source: sd-2}]}
quotas:
  - {id: floors, title: 各类下限, source: sd-2, strength: hard, count: {among: movers},
     at_least: {share: {parameter: shares}, of: {among: due}}, per: county, each: year,
     rounding: up, split_by: group}
"""
_ABOUT = """\
quotas:
  - {id: half, title: 一半左右, source: sd-2, strength: hard, count: {among: movers},
     about: {%s, tolerance: %s}, per: county, each: year, rounding: %s}
"""


def test_quota_split_by_a_class_is_one_quota_for_each_part(tmp_path: Path) -> None:
    quotas = resolved(tmp_path, _SPLIT, twice="first_listed").items.quotas

    found = {
        key: (each.bound.share, each.count.who)
        for key, each in quotas.items()
        if key.startswith("floors")
    }
    assert found == {
        "floors:leader": (Literal((Fraction(3, 10),)), ClassTest("leader")),
        "floors:teacher": (
            Literal((Fraction(1, 10),)),
            All((ClassTest("teacher"), Not(ClassTest("leader")))),
        ),
    }


def test_base_of_a_part_is_the_part_too(tmp_path: Path) -> None:
    quotas = resolved(tmp_path, _SPLIT, twice="each").items.quotas

    of = quotas["floors:teacher"].bound.of
    assert of is not None
    assert of.who == ClassTest("teacher")


def test_quota_is_not_split_while_the_overlap_is_unset_and_planning_is_refused(
    tmp_path: Path,
) -> None:
    pack = resolved(tmp_path, _SPLIT)

    refused = {problem.values.get("id") for problem in unset_for(pack, "planning")}
    assert ("floors" in pack.items.quotas, "twice" in refused) == (True, True)


@pytest.mark.parametrize(
    ("stated", "tolerance", "rounding", "bounds"),
    [
        ("share: 50%, of: {among: due}", "5%", "up", (Fraction(9, 20), Fraction(11, 20))),
        ("number: 6", "2", "none", (Fraction(4), Fraction(8))),
        ("number: 1", "2", "none", (Fraction(0), Fraction(3))),
    ],
)
def test_about_is_a_floor_and_a_cap(
    tmp_path: Path,
    stated: str,
    tolerance: str,
    rounding: str,
    bounds: tuple[Fraction, Fraction],
) -> None:
    quotas = resolved(tmp_path, _ABOUT % (stated, tolerance, rounding)).items.quotas

    least, most = quotas["half:least"], quotas["half:most"]
    figures = tuple(each.bound.share or each.bound.number for each in (least, most))
    assert figures == tuple(Literal((bound,)) for bound in bounds)
    assert (least.relation, most.relation) == ("at_least", "at_most")
