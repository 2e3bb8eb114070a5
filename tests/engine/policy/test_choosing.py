"""What stands after ``--set ID=`` may be written as people write it, or as a pack does."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.engine.policy.choosing import as_text, parse_argument
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.errors import QuestionError
from junheng.messages import word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6", "6"),
        (" 6 ", "6"),
        ("", ""),
        ("语文,数学", ("语文", "数学")),
        ("语文、数学", ("语文", "数学")),
        ("[语文, 数学]", ("语文", "数学")),
        ("[民办]", ("民办",)),
        ("男=52,女=47", {"男": "52", "女": "47"}),
        ("{男: 52, 女: 47}", {"男": "52", "女": "47"}),
        ("{男：52，女：47}", {"男": "52", "女": "47"}),
    ],
)
def test_value_list_and_table_are_told_apart(text: str, value: object) -> None:
    assert parse_argument(text) == value


@pytest.mark.parametrize("text", ["6", "语文,数学", "男=52,女=47"])
def test_what_a_receipt_writes_is_read_as_it_was(text: str) -> None:
    assert as_text(parse_argument(text)) == text


def _refused(pack: str, **settings: str) -> list[tuple[str, str]]:
    with pytest.raises(QuestionError) as refusal:
        resolve(load(pack), on=date(2026, 8, 31), settings=settings)
    return [(each.code, str(word(each))) for each in refusal.value.problems]


def test_figure_for_one_sex_only_is_refused_naming_the_other() -> None:
    ((code, said),) = _refused("ruian", **{"age-limit": "男=52"})

    assert code == "pack.decided-in-part"
    assert "缺 女" in said
    assert "age-limit=男=…,女=…" in said


def test_unknown_option_is_answered_with_all_options_and_what_they_mean() -> None:
    ((code, said),) = _refused("datong", **{"years-clock": "yearly"})

    assert code == "pack.unknown-option"
    assert "calendar_years（按周年）、school_years（按学年）、months（按月）" in said


def test_everything_wrong_with_several_settings_is_said_at_once() -> None:
    found = _refused("datong", **{"teacher-year": "5", "teacher-years": "5年"})

    assert [code for code, _ in found] == ["pack.unknown-setting", "pack.not-a-number"]
    assert "相近的：teacher-years" in found[0][1]
