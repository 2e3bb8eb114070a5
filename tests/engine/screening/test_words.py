"""Comparing words: a blank cell of an open list can be a word that nobody in the roster has."""

from __future__ import annotations

import polars as pl
import pytest

from junheng.engine import codes
from junheng.engine.policy.conditions import Comparator, Comparison, Literal
from junheng.engine.screening.facts.columns import words_of


def _answers(fact: str, column: list[str | None], *wanted: str) -> list[bool | None]:
    figure = Literal(wanted)
    truth = words_of(pl.Series(column, dtype=pl.String), fact).compare(
        Comparison(Comparator.AMONG, figure), figure
    )
    return [None if u else bool(y) for y, u in zip(truth.yes, truth.unknown, strict=True)]


@pytest.mark.parametrize("wanted", ["班主任", "管理"])
def test_a_blank_cell_of_an_open_list_may_be_any_word(wanted: str) -> None:
    assert _answers("post_kind", ["管理", "工勤", None], wanted) == [
        wanted == "管理",
        False,
        None,
    ]


def test_a_blank_cell_of_a_closed_list_is_one_of_its_words() -> None:
    column = ["在岗", None]

    assert _answers("sex", ["男", None], "男", "女") == [True, True]
    assert _answers("in_post", column, "在岗") == [True, None]


def test_a_blank_cell_of_an_open_list_is_never_sure_to_be_among_some() -> None:
    assert _answers("post_kind", [None], *codes.POST_KIND.codes, "班主任") == [None]
