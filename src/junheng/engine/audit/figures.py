"""Figures of the pack, as the numbers they must be by now (§2)."""

from __future__ import annotations

from fractions import Fraction

from junheng.engine.policy.conditions import Figure, Literal, Unset
from junheng.errors import Problem, QuestionError, UnsetFigures


def numbers(figure: Figure, item: str) -> tuple[Fraction, ...]:
    """Return the numbers of a figure.

    Parameters
    ----------
    item : id of the item that states the figure, for the message

    Raises
    ------
    QuestionError
        If the figure is not a number.
    UnsetFigures
        If the pack leaves it open.
    """
    if isinstance(figure, Unset):
        values = {"id": figure.id or item, "why": figure.why}
        raise UnsetFigures([Problem("balance.unset", values=values)])
    stated = figure.values if isinstance(figure, Literal) else ()
    found = tuple(value for value in stated if isinstance(value, Fraction))
    if not found or len(found) != len(stated):
        raise QuestionError([Problem("audit.no-number", values={"found": item})])
    return found


def number(figure: Figure, item: str) -> Fraction:
    """Return the one number of a figure; see :func:`numbers`."""
    return numbers(figure, item)[0]


def whole(figure: Figure, item: str) -> int:
    """Return a figure that must be a whole number above 0; see :func:`numbers`."""
    found = number(figure, item)
    if found.denominator != 1 or found <= 0:
        raise QuestionError([Problem("audit.no-number", values={"found": str(found)})])
    return int(found)
