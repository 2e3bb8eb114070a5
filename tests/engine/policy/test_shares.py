from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.policy.shares import bound
from junheng.errors import QuestionError

_SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1000)
_BASES = st.integers(min_value=0, max_value=100_000)


@pytest.mark.parametrize(
    ("rounding", "number"), [("up", 4), ("down", 3), ("nearest", 3)], ids=str
)
def test_tenth_of_thirty_three_is_rounded_as_the_pack_says(rounding: str, number: int) -> None:
    assert bound(Fraction(1, 10), 33, rounding) == (number, Fraction(33, 10))


def test_nearest_rounds_a_half_up() -> None:
    assert bound(Fraction(3, 10), 5, "nearest") == (2, Fraction(3, 2))


@pytest.mark.parametrize("rounding", ["up", "down", "nearest", "exact"])
def test_whole_product_is_kept_by_every_rounding(rounding: str) -> None:
    assert bound(Fraction(7, 100), 100, rounding) == (7, Fraction(7))


def test_exact_refuses_a_product_that_is_not_whole() -> None:
    with pytest.raises(QuestionError) as refused:
        bound(Fraction(1, 10), 33, "exact")

    assert [problem.code for problem in refused.value.problems] == ["pack.not-exact"]


def test_unknown_rounding_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="upwards"):
        bound(Fraction(1, 10), 33, "upwards")


@given(_SHARES, _BASES)
def test_floor_rounded_up_is_the_least_number_that_reaches_the_share(
    share: Fraction, base: int
) -> None:
    number, exact = bound(share, base, "up")

    assert number - 1 < exact <= number


@given(_SHARES, _BASES)
def test_cap_rounded_down_is_the_greatest_number_that_keeps_the_share(
    share: Fraction, base: int
) -> None:
    number, exact = bound(share, base, "down")

    assert number <= exact < number + 1


@given(_SHARES, _BASES)
def test_nearest_is_never_further_than_a_half(share: Fraction, base: int) -> None:
    number, exact = bound(share, base, "nearest")

    assert exact - Fraction(1, 2) < number <= exact + Fraction(1, 2)


@given(_SHARES, _BASES, st.sampled_from(["up", "down", "nearest"]))
def test_larger_base_never_gives_a_smaller_number(
    share: Fraction, base: int, rounding: str
) -> None:
    assert bound(share, base, rounding)[0] <= bound(share, base + 1, rounding)[0]
