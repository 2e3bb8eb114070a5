"""Scenarios about whole plans of packs that leave planning to those who adopt them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.engine.audit import Audit, audit, audit_lines
from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from tests.engine.balance.county_of_three import (
    DAY,
    HILLTOP,
    RIVERSIDE,
    county,
    person,
)

Row = dict[str, Any]
_ADOPTED = """\
pack:
  id: adopting
  title: 采用一个办法的年度方案
  level: county
  authority: 示例县教育局
  version: "1"
  valid: {undated: 示例}
  extends:
    - {pack: national, version: "1"}
    - {pack: %s, version: "1"}
sources:
  - id: ad
    title: 年度方案
    issuer: 示例县教育局
    number: {unset: 示例}
    dated: {unset: 示例}
    clauses:
      - {id: ad-1, at: 一, says: 编制方案的约定}
dates:
  - {id: moving-day, title: 交流开始日, year: programme, month_day: 09-01, source: ad-1}
parameters:
  - {id: ad-cost, title: 代价, unit: cost, values: [{value: 1, source: ad-1}]}
  - {id: ad-wishes, title: 志愿的代价, unit: cost, values: [{value: [0, 1], source: ad-1}]}
  - {id: ad-leavers, title: 一校流出上限, unit: share, values: [{value: 100%%, source: ad-1}]}
planning:
  - id: adopting-planning
    title: 编制方案的约定
    source: ad-1
    start: moving-day
    duties: {%s}
    in_post: [在岗]
    leavers_at_most: {share: {parameter: ad-leavers}, of: {among: staff}}
    rounding: down
    costs:
      wish: {parameter: ad-wishes}
      elsewhere: {parameter: ad-cost}
      kept: {parameter: ad-cost}
      unasked: {parameter: ad-cost}
    forms: [%s]
    counted_at: host
    balance_of: {class: backbone}
    objectives: [unmet_obligations, balance, wishes, travel]
settings:
  - id: chosen
    title: 采用者的决定
    values: {excluded-ownership: [民办], roster-day: 08-31, %s}
"""
_YEARS = (
    "years-clock: calendar_years, support-time: counted, leave-time: counted, "
    "same-school: legal_entity, bridged-gap: 31"
)


def _adopted(
    folder: Path,
    pack: str,
    tracks: str,
    forms: str,
    chosen: str,
) -> ResolvedPack:
    """Load a pack that adopts another and says how plans are made."""
    duties = ", ".join(f"{track}: quota" for track in tracks.split())
    path = folder / "adopting.yaml"
    path.write_text(_ADOPTED % (pack, duties, forms, chosen), encoding="utf-8")
    return resolve(load(path), on=DAY)


def _audited(pack: ResolvedPack, roster: Roster, track: str, *moves: tuple[str, str]) -> Audit:
    """Audit moves of persons to units; everybody is due on one track."""
    screening = screen(roster, pack)
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit("due"), track=pl.lit(track), strength=pl.lit("hard")
    )
    screening = replace(screening, verdicts=verdicts)
    programme = f"{pack.header.id}-{pack.year}"
    receipt = PlanReceipt(screening=screening.receipt, solver="", seed=1, programme=programme)
    homes = dict(roster["persons"].select("person_id", "unit_id").iter_rows())
    stages = dict(roster["persons"].select("person_id", "stage").iter_rows())
    made = tuple(
        Move(person_id=who, from_unit=homes[who], to_unit=to, stage=stages[who], subject="")
        for who, to in sorted(moves)
    )
    return audit(roster, screening, Plan(receipt=receipt, moves=made))


def _people(school: str, number: int, **known: Any) -> list[Row]:
    return [person(f"{school}{n}", school, **known) for n in range(number)]


def _posts(*schools: str, stages: Sequence[str] = ("小学",)) -> list[Row]:
    known = {"subject": "语文", "role": "教师", "required": 0, "established": 99}
    return [
        {"unit_id": school, "stage": stage, **known} for school in schools for stage in stages
    ]


def _codes(found: Audit, rule: str) -> list[tuple[str, bool]]:
    return [(each.code, each.blocks) for each in found.violations if each.rule == rule]


def _backbone(people: Sequence[Row]) -> list[Row]:
    held = {"honour": "骨干教师", "honour_level": "县级"}
    return [{"person_id": each["person_id"], **held} for each in people]


def _support(folder: Path, *moves: tuple[str, str]) -> Audit:
    """Audit support teaching between a school two above and one two below its posts."""
    chosen = "one-teacher: illustrative"
    pack = _adopted(folder, "support-teaching", "support", "support", chosen)
    people = _people(RIVERSIDE, 11) + _people(HILLTOP, 7)
    posts = _posts(RIVERSIDE, HILLTOP)
    roster = county(people, posts=posts, honours=_backbone(people))
    return _audited(pack, roster, "support", *moves)


def test_support_teacher_from_a_school_above_its_posts_to_one_below_is_accepted(
    tmp_path: Path,
) -> None:
    """Cites A01."""
    assert _support(tmp_path, (f"{RIVERSIDE}0", HILLTOP)).clean


def test_support_teacher_the_other_way_is_refused_with_the_figures_of_both_schools(
    tmp_path: Path,
) -> None:
    """Cites A02."""
    found = _support(tmp_path, (f"{HILLTOP}0", RIVERSIDE))

    assert _codes(found, "over-to-under") == [("audit.destination", True)]
    assert any("不符合“超编到缺编”（依据四）" in line for line in audit_lines(found))
    figures = {line.unit_id: (line.before, line.approved) for line in found.establishment}
    assert figures == {HILLTOP: (7, 9), RIVERSIDE: (11, 9)}


def test_support_teacher_from_a_school_exactly_at_its_posts_is_refused(tmp_path: Path) -> None:
    """Cites A02."""
    pack = _adopted(
        tmp_path, "support-teaching", "support", "support", "one-teacher: illustrative"
    )
    people = _people(RIVERSIDE, 9) + _people(HILLTOP, 7)
    posts = _posts(RIVERSIDE, HILLTOP)
    roster = county(people, posts=posts, honours=_backbone(people))

    found = _audited(pack, roster, "support", (f"{RIVERSIDE}0", HILLTOP))

    assert _codes(found, "over-to-under") == [("audit.destination", True)]


def _swapped(
    folder: Path, sent: Mapping[tuple[str, str], int], decisions: Sequence[Row] = ()
) -> Audit:
    """Audit so many swapped of a school and stage between two paired nine-year schools."""
    stages = ("小学", "初中")
    pack = _adopted(folder, "paired-schools-lechang", "teacher", "paired-swap", _YEARS)
    people = [
        person(f"{school}{stage}{n}", school, stage=stage)
        for school in (RIVERSIDE, HILLTOP)
        for stage in stages
        for n in range(8)
    ]
    roster = county(
        people, posts=_posts(RIVERSIDE, HILLTOP, stages=stages), honours=_backbone(people)
    )
    units = roster["units"].with_columns(
        unit_stages=pl.lit(list(stages)),
        pair_partner=pl.when(pl.col("unit_id") == HILLTOP).then(pl.lit(RIVERSIDE)),
        establishment=pl.lit(99),
        junior_pupils=pl.lit(100),
    )
    decided = pl.DataFrame(list(decisions), schema=roster["decisions"].schema)
    tables = {**roster.tables, "units": units, "decisions": decided}
    partner = {RIVERSIDE: HILLTOP, HILLTOP: RIVERSIDE}
    moves = [
        (f"{school}{stage}{n}", partner[school])
        for (school, stage), number in sent.items()
        for n in range(number)
    ]
    return _audited(pack, replace(roster, tables=tables), "teacher", *moves)


def test_nine_year_pair_owes_six_for_each_stage_from_either_side(tmp_path: Path) -> None:
    """Cites A29."""
    sides = {(school, stage) for school in (RIVERSIDE, HILLTOP) for stage in ("小学", "初中")}

    found = _swapped(tmp_path, dict.fromkeys(sides, 6))

    pair = "–".join(sorted((RIVERSIDE, HILLTOP)))
    lines = {each.cell: each.reached for each in found.quotas if each.id == "pair-swap"}
    assert lines == {(pair, school, stage): 6 for school, stage in sides}
    assert found.clean


@pytest.mark.parametrize("overridden", [False, True], ids=["as it is", "by a decision"])
def test_six_against_five_is_unequal_until_somebody_decides_with_a_reason(
    tmp_path: Path, *, overridden: bool
) -> None:
    """Cites A28."""
    decision = {
        "decision_kind": "例外批准",
        "rule_id": "pair-swap",
        "unit_id": HILLTOP,
        "reason": "学科不合",
        "approver": "示例县教育局",
    }
    sent = {(RIVERSIDE, "初中"): 6, (HILLTOP, "初中"): 5}

    found = _swapped(tmp_path, sent, [decision] if overridden else [])

    assert _codes(found, "pair-swap") == [("audit.unequal-sides", not overridden)]
    assert found.clean is overridden
