"""Figures, bands and distances as a reader of the rules would work them out."""

from fractions import Fraction
from math import asin, cos, floor, radians, sin, sqrt

from junheng.engine.policy.conditions import Literal


def figure(figure: object) -> Fraction:
    """Return the only number of a figure."""
    assert isinstance(figure, Literal)
    assert isinstance(figure.values[0], Fraction)
    return figure.values[0]


def band(title: str | None) -> str:
    """Return the band of a title."""
    return {"正高级教师": "正高级", "高级教师": "高级", "一级教师": "中级"}.get(
        title or "", "初级"
    )


def metres(start: tuple[float, float], end: tuple[float, float]) -> int:
    """Return the great-circle distance, rounded half up."""
    north_a, east_a, north_b, east_b = map(radians, (*start, *end))
    half = (
        sin((north_b - north_a) / 2) ** 2
        + cos(north_a) * cos(north_b) * sin((east_b - east_a) / 2) ** 2
    )
    return floor(Fraction(2 * 6_371_008.8 * asin(sqrt(half))) + Fraction(1, 2))
