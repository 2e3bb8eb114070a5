"""Branching on the steps of bounds that rise with a number.

A floor such as "three tenths of those who move, rounded up" rises in steps. Its relaxation
lies on the convex hull of the steps, below them where the number of movers lies between two
corners, and what is saved there spreads through the whole programme. So a solution is held
against the steps themselves, and the worst step it breaks parts the plans in two: those with
a number below the step, and those that reach it. In both the hull is tighter; no plan is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from junheng.engine.planning.certificate import Limits
from junheng.engine.planning.matrix import Ints, Stairs
from junheng.engine.planning.solvers.programmes import Floats, Programme

_BROKEN = 1e-4
"""By how much a step must be broken; below this it is the solver's rounding."""
_NUMBER = 1e-6


class Steps:
    """Stairs of a model, as columns and rows of a programme that stands for it.

    Parameters
    ----------
    row : for each row of the model its number in the programme
    shift : how much farther on own columns stand in the programme
    """

    def __init__(
        self, stairs: Sequence[Stairs], programme: Programme, row: Ints, shift: int
    ) -> None:
        self._stairs = stairs
        self._shift = shift
        self._rows = [
            _entries(programme, int(row[at]))
            for each in stairs
            for at in (each.number, each.reached)
        ]

    def halves(self, columns: Floats, limits: Limits) -> tuple[Limits, Limits] | None:
        """Return limits below and above the step that a solution breaks most, if any."""
        worst, found = _BROKEN, None
        for k, stairs in enumerate(self._stairs):
            part = columns[stairs.columns + self._shift]
            number = self._activity(2 * k, columns) + float(stairs.first @ part)
            reached = self._activity(2 * k + 1, columns) + float(stairs.bound @ part)
            step = int(np.searchsorted(stairs.last, number - _NUMBER))
            step = min(step, len(stairs.last) - 1)
            if stairs.bound[step] - reached > worst:
                worst, found = float(stairs.bound[step]) - reached, (stairs, step)
        if found is None:
            return None
        stairs, step = found
        return (
            _closed(limits, stairs.columns[step:]),
            _closed(limits, stairs.columns[:step]),
        )

    def _activity(self, at: int, columns: Floats) -> float:
        index, value = self._rows[at]
        return float(value @ columns[index])


def _entries(programme: Programme, row: int) -> tuple[Ints, Floats]:
    part = slice(int(programme.start[row]), int(programme.start[row + 1]))
    return programme.index[part], programme.value[part]


def _closed(limits: Limits, columns: Ints) -> Limits:
    upper = limits.upper.copy()
    upper[columns] = 0
    return Limits(limits.lower, upper)
