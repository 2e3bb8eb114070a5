"""Rounding of bounds, boundaries in pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.audit.quotas import rounded
from junheng.errors import QuestionError


@pytest.mark.parametrize(
    ("exact", "rounding", "bound"),
    [
        ("33/10", "up", 4),
        ("3", "up", 3),
        ("6/5", "down", 1),
        ("5/2", "nearest", 3),
        ("249/100", "nearest", 2),
        ("4", "exact", 4),
        ("4", "none", 4),
    ],
)
def test_bound_is_rounded_as_the_pack_says(exact: str, rounding: str, bound: int) -> None:
    assert rounded(Fraction(exact), rounding) == bound


def test_bound_that_is_not_whole_is_refused_without_rounding() -> None:
    with pytest.raises(QuestionError, match=r"audit.not-whole"):
        rounded(Fraction(33, 10), "exact")


@given(st.fractions(0, 1), st.integers(0, 500), st.integers(0, 500))
def test_rounded_floor_is_the_linear_row_of_the_planner(
    share: Fraction, base: int, count: int
) -> None:
    p, q = share.numerator, share.denominator
    exact = share * base

    assert (count >= rounded(exact, "up")) == (count * q >= p * base)
    assert (count >= rounded(exact, "down")) == (count * q >= p * base - (q - 1))
    halves = rounded(exact, "nearest", halves_down=True)
    assert (count >= halves) == (2 * q * count >= 2 * p * base - q)
