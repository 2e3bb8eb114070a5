"""Gates before titles and posts: passed, not passed, open, not asked yet, refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening import Reader, admission_lines, admissions
from junheng.engine.screening.findings import Answer
from junheng.errors import QuestionError, UnsetFigures
from tests.engine.screening.one_person import ON, Row, day, roster, stint

PACK = load(Path(__file__).parent / "incentives.yaml")
_RURAL = [{"unit_id": "A", "unit_area": "乡村"}, {"unit_id": "B", "unit_area": "城市"}]


def _admitted(matter: str, *stints: Row, on: date = ON, closed: bool = True) -> Answer:
    given = roster(units=_RURAL, stints=list(stints), closed=closed)
    return admissions(given, resolve(PACK, on=on), matter, ("P",)).persons[0].answer


@pytest.mark.parametrize(
    ("until", "answer"), [("2024-09-01", Answer.YES), ("2024-08-01", Answer.NO)]
)
def test_a_year_in_a_rural_school_opens_the_title_and_eleven_months_do_not(
    until: str, answer: Answer
) -> None:
    """Cites A58."""
    assert _admitted("高级教师", stint("A", "2023-09-01", until)) is answer


def test_stints_nobody_declared_complete_leave_the_gate_open() -> None:
    assert _admitted("高级教师", closed=False) is Answer.UNKNOWN


def test_a_gate_asked_only_later_is_passed_until_its_day_and_not_from_it_on() -> None:
    taught = stint("A", "2020-09-01")

    assert _admitted("高级教师", taught, on=day("2026-12-31")) is Answer.YES
    assert _admitted("高级教师", taught, on=day("2027-01-01")) is Answer.UNKNOWN


def test_the_answer_names_clause_and_arithmetic() -> None:
    given = roster(units=_RURAL, stints=[stint("A", "2023-09-01", "2024-08-01")])

    found = admissions(given, resolve(PACK, on=ON), "高级教师", ("P",)).persons[0]

    assert admission_lines(found, "高级教师")[:2] == (
        "P：未具备高级教师的门槛。",
        "不符合一“申报高级教师须有农村任教经历”：农村任教年限：0 年"
        "（2023-09-01 至 2024-07-31），不满 1 年，不符合。",
    )


def test_grounds_are_left_out_for_readers_who_may_not_see_them() -> None:
    given = roster(sanctions=[{"sanction": "记过", "since": day("2026-01-01")}])
    pack = resolve(PACK, on=ON)

    own, other = (
        admission_lines(admissions(given, pack, "校长", ("P",), reader).persons[0], "校长")
        for reader in (Reader.OFFICER, Reader.OTHERS)
    )

    assert "处分期内" in own[1]
    assert other[1] == "不符合一所列条件，详情请向本单位人事干部了解。"


def test_a_gate_whose_first_day_is_not_set_is_refused_by_name() -> None:
    with pytest.raises(UnsetFigures) as refused:
        _admitted("县级荣誉")

    assert [each.values["id"] for each in refused.value.problems] == ["honour-since"]


def test_a_matter_without_gates_is_refused_with_those_there_are() -> None:
    with pytest.raises(QuestionError) as refused:
        _admitted("正高级教师")

    assert refused.value.problems[0].values["known"] == "高级教师、县级荣誉、校长"


def test_everybody_is_checked_where_nobody_is_named() -> None:
    given = roster(
        units=_RURAL,
        persons=[{"person_id": "P", "unit_id": "A"}, {"person_id": "Q", "unit_id": "A"}],
        stints=[stint("A", "2020-09-01")],
    )

    found = admissions(given, resolve(PACK, on=ON), "高级教师").persons

    assert [(each.person_id, each.answer) for each in found] == [
        ("P", Answer.YES),
        ("Q", Answer.NO),
    ]
