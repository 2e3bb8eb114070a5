"""Exact figures of a resolved pack, for rubrics."""

from __future__ import annotations

from fractions import Fraction

from junheng.engine.policy.conditions import Figure, Literal, Unset
from junheng.errors import EngineBug, Problem, UnsetFigures


def number(figure: Figure) -> Fraction:
    """Return an exact number.

    Raises
    ------
    UnsetFigures
        If the pack leaves it open.
    """
    if isinstance(figure, Unset):
        raise unset(figure)
    if isinstance(figure, Literal) and isinstance(figure.values[0], Fraction):
        return figure.values[0]
    raise EngineBug([Problem("screening.bug", values={"found": type(figure).__name__})])


def number_or(figure: Figure | None, otherwise: Fraction) -> Fraction:
    """Return an exact number, or another where the pack states none."""
    return otherwise if figure is None else number(figure)


def unset(figure: Unset, title: str = "") -> UnsetFigures:
    """Return the refusal of what reads something unset."""
    values = {"id": figure.id, "title": title, "clause": "—", "why": figure.why}
    return UnsetFigures([Problem("pack.unset", values=values)])
