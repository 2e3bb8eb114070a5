"""Shares of a number of persons: the exact product and what it is rounded to (§5)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from junheng.errors import Problem, QuestionError


def bound(share: Fraction, base: int, rounding: str) -> tuple[int, Fraction]:
    """Return how many persons a share of ``base`` is, rounded and exact.

    Parameters
    ----------
    share : from 0 to 1
    base : number of persons, at least 0
    rounding : ``up``, ``down``, ``nearest`` (halves up) or ``exact``

    Returns
    -------
    tuple of int and Fraction
        The rounded number, for comparison, and the exact product, for the report.

    Raises
    ------
    QuestionError
        If ``exact`` meets a product that is not whole.
    ValueError
        If ``rounding`` is none of the four words.
    """
    product = share * base
    if rounding == "exact" and product.denominator != 1:
        values = {"share": str(share), "base": str(base), "found": str(product)}
        raise QuestionError([Problem("pack.not-exact", values=values)])
    return rounded(product, rounding), product


def rounded(product: Fraction, rounding: str) -> int:
    """Round an exact number of persons or posts.

    Raises
    ------
    QuestionError
        If ``exact`` meets a number that is not whole.
    ValueError
        If ``rounding`` is none of the four words.
    """
    match rounding:
        case "up":
            return ceil(product)
        case "down":
            return floor(product)
        case "nearest":
            return floor(product + Fraction(1, 2))
        case "exact":
            return _whole(product)
    raise ValueError(f"no such rounding: {rounding}")


def _whole(product: Fraction) -> int:
    if product.denominator != 1:
        raise QuestionError([Problem("staffing.not-whole", values={"found": str(product)})])
    return int(product)
