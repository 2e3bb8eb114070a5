"""The school rule of 2017 on both sides of each of its boundaries."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.engine.balance.school_rule import Standing, rule_met, standing

SHARE = Fraction(85, 100)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", Standing.MET),
        ("0.9999999999", Standing.NEAR),
        ("0.85", Standing.NEAR),
        ("0.8499999999", Standing.FAILED),
    ],
)
def test_standing_compares_unrounded(value: str, expected: Standing) -> None:
    assert standing(Fraction(value), Fraction(1), SHARE) is expected


def test_standing_of_a_missing_amount_is_undecided() -> None:
    assert standing(None, Fraction(1), SHARE) is Standing.UNDECIDED


def _seven(near: int = 0, failed: int = 0, undecided: int = 0) -> dict[str, Standing]:
    found = [Standing.NEAR] * near + [Standing.FAILED] * failed
    found += [Standing.UNDECIDED] * undecided
    found += [Standing.MET] * (7 - len(found))
    return {f"L{n}": each for n, each in enumerate(found, 1)}


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (_seven(), True),
        (_seven(near=1), True),
        (_seven(near=2), False),
        (_seven(failed=1), False),
        (_seven(undecided=1), None),
        (_seven(near=1, undecided=1), None),
        (_seven(near=2, undecided=1), False),
        (_seven(failed=1, undecided=4), False),
        (_seven(undecided=7), None),
    ],
)
def test_school_rule_needs_six_of_seven_and_the_floor_for_the_other(
    standings: dict[str, Standing], *, expected: bool | None
) -> None:
    assert rule_met(standings, 6) is expected
