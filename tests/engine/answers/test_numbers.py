"""Answers about quotas and scores: every figure with its clause, what is open by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from junheng.engine.answers.number_words import quota_answer_lines, score_answer_lines
from junheng.engine.answers.quota_answers import quota_answers
from junheng.engine.answers.score_answers import score_answer
from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from junheng.errors import QuestionError
from tests.engine.scoring.four_teachers import roster as four_teachers
from tests.engine.scoring.four_teachers import rubric

_ON = date(2026, 8, 31)
_LOAD = "id: load, kind: per, fact: weekly_lessons, points: 2, each: 4, cap: 8"
_DEGREE = "id: degree, kind: table, fact: education, points: {硕士研究生: 10, 本科: 5}"


@cache
def _county() -> Roster:
    return generate(units=8, persons=140, seed=3, on=_ON)


@pytest.mark.parametrize("pack_id", shipped())
def test_every_quota_of_a_shipped_pack_is_explained_with_its_clause(pack_id: str) -> None:
    pack = resolve(load(pack_id), on=_ON)

    for quota in pack.items.quotas:
        (answer,) = [a for a in quota_answers(_county(), pack, quota) if a.quota.id == quota]
        lines = quota_answer_lines(answer, pack, _county())
        assert sum(line.startswith("依据 ") for line in lines) == len(answer.quota.source)
        assert answer.lines or answer.open or answer.hindered or "没有要计的格" in lines[-1]


def test_a_quota_is_counted_as_the_auditor_counts_it() -> None:
    pack = resolve(load("datong-example"), on=_ON)
    screening = screen(_county(), pack)
    outcome = plan(_county(), screening, seed=1)
    assert isinstance(outcome, Planned)
    audited = audit(_county(), screening, outcome.plan).quotas

    found = [
        line
        for quota in pack.items.quotas
        for answer in quota_answers(_county(), pack, quota, outcome.plan)
        for line in answer.lines
    ]

    assert found == [line for line in audited if line.id in pack.items.quotas]


def test_a_quota_says_share_base_product_and_rounding() -> None:
    pack = resolve(load("datong-example"), on=_ON)
    (answer,) = quota_answers(_county(), pack, "teachers-exchanged")

    lines = quota_answer_lines(answer, pack, _county())

    (line,) = answer.lines
    assert lines[3].startswith("至少 10 %，分母：应交流的人")
    assert lines[-1].endswith(
        f"至少 {line.bound} 人（10% × {line.base} = {float(line.exact):g}，进位），未达到"
    )


def test_a_quota_left_open_names_what_is_undecided_and_shows_the_rest() -> None:
    pack = resolve(load("datong"), on=_ON)
    (answer,) = quota_answers(_county(), pack, "quality-exchanged")

    lines = quota_answer_lines(answer, pack, _county())

    assert {each.values["id"] for each in answer.open} == {"quality-base", "floor-rounding"}
    assert lines[3] == "至少 20 %，分母：（未定），（未定）"


def test_a_quota_that_the_pack_does_not_have_is_refused_with_the_nearest() -> None:
    pack = resolve(load("datong-example"), on=_ON)

    with pytest.raises(QuestionError) as refused:
        quota_answers(_county(), pack, "teacher-exchanged")

    assert refused.value.problems[0].values["nearest"] == "teachers-exchanged"


def test_a_score_says_the_number_read_the_points_and_the_cap(tmp_path: Path) -> None:
    pack = rubric(tmp_path, f"{_LOAD}\n{_DEGREE}", more="    out_of: 20\n    threshold: 12\n")

    lines = score_answer_lines(score_answer(four_teachers(), pack, "points", "A"), pack)

    assert lines[2:] == (
        "· load：周课时 20，得 8 分（上限 8）",
        "· degree：得 10 分",
        "合计 18 分（满分 20）",
        "达到最低分 12。",
    )


def test_a_score_of_somebody_unknown_is_to_be_checked(tmp_path: Path) -> None:
    pack = rubric(tmp_path, f"{_LOAD}\n{_DEGREE}", more="    threshold: 12\n")

    lines = score_answer_lines(score_answer(four_teachers(), pack, "points", "D"), pack)

    assert lines[2] == "· load：周课时 （待核实），得 0 至 8 分（上限 8）"
    assert lines[-1] == "是否达到最低分 12，待核实。"


@pytest.mark.parametrize(("asked", "code"), [("points", "nobody"), ("point", "no-such-rubric")])
def test_nobody_and_no_rubric_are_refused(tmp_path: Path, asked: str, code: str) -> None:
    pack = rubric(tmp_path, _LOAD)

    with pytest.raises(QuestionError) as refused:
        score_answer(four_teachers(), pack, asked, "X")

    assert refused.value.problems[0].code.endswith(code)
