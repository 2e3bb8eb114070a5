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
    match rounding:
        case "up":
            return ceil(product), product
        case "down":
            return floor(product), product
        case "nearest":
            return floor(product + Fraction(1, 2)), product
        case "exact":
            return _whole(product, share, base), product
    raise ValueError(f"no such rounding: {rounding}")


def _whole(product: Fraction, share: Fraction, base: int) -> int:
    if product.denominator != 1:
        values = {"share": str(share), "base": str(base), "found": str(product)}
        raise QuestionError([Problem("pack.not-exact", values=values)])
    return int(product)
