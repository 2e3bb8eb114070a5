"""The parts of the objectives that stand alone: draw, distance, rounding."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

import pytest

from junheng.engine.audit.objectives import draw, great_circle_metres, half_up


def test_draw_is_twenty_bits_of_the_digest_plus_one() -> None:
    digest = sha256("7:县-2026:T1:S1".encode()).hexdigest()

    assert draw(7, "县-2026", "T1", "S1") == int(digest[:5], 16) + 1


def test_draw_differs_by_unit() -> None:
    assert draw(7, "县-2026", "T1", "S1") != draw(7, "县-2026", "T1", "S2")


def test_one_degree_of_a_meridian_is_its_arc() -> None:
    # 2 pi 6,371,008.8 m / 360 = 111,195.08 m
    assert great_circle_metres((0.0, 100.0), (1.0, 100.0)) == 111_195


def test_place_is_at_no_distance_from_itself() -> None:
    assert great_circle_metres((40.1, 113.3), (40.1, 113.3)) == 0


@pytest.mark.parametrize(("number", "whole"), [("5/2", 3), ("249/100", 2), ("7/2", 4)])
def test_halves_round_up(number: str, whole: int) -> None:
    assert half_up(Fraction(number)) == whole
