"""What stands after ``--set ID=`` may be written as people write it, or as a pack does."""

from __future__ import annotations

import pytest

from junheng.engine.policy.choosing import as_text, parse_argument


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
