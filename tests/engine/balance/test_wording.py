"""How shares are written for people."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.engine.balance.wording import percent


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(52, 112), "46.43%"),
        (Fraction(12_344, 100_000), "12.34%"),
        (Fraction(12_345, 100_000), "12.35%"),
        (Fraction(0), "0.00%"),
        (Fraction(1), "100.00%"),
    ],
)
def test_percent_is_rounded_half_up_to_two_places(share: Fraction, written: str) -> None:
    assert percent(share) == written
