"""Programmes as arrays, and cutting them down to the columns that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.engine.planning.matrix import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Columns with bounds, and rows ``lower <= A x <= upper``; ``A`` in row-wise sparse form.

    ``start[r]`` to ``start[r + 1]`` are the entries of row ``r`` in ``index`` and ``value``.
    """

    column_lower: Floats
    column_upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: NDArray[np.int64]
    index: NDArray[np.int64]
    value: Floats

    @property
    def row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.start))


@dataclass(frozen=True, slots=True)
class Row:
    """A row that came later: ``lower <= coefficients · x <= upper``."""

    coefficients: Floats
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A programme cut down: columns whose limits meet are taken out, rows all stay.

    Attributes
    ----------
    columns : the columns that are left, as numbers of the whole programme
    fixed : values of all columns of the whole programme; those left stand at 0
    """

    programme: Programme
    columns: Ints
    fixed: Floats

    def whole(self, columns: Floats) -> Floats:
        """Return a solution of the whole programme."""
        found = self.fixed.copy()
        found[self.columns] = columns
        return found


def cut(programme: Programme, further: Sequence[Row], lower: Floats, upper: Floats) -> Cut:
    """Return a programme with further rows, without the columns that cannot move."""
    left = lower < upper
    fixed = np.where(left, 0.0, lower)
    number = np.cumsum(left) - 1
    row, index, value = programme.row, programme.index, programme.value
    kept = left[index]
    n_rows = len(programme.row_lower)
    taken = np.bincount(row, weights=value * fixed[index], minlength=n_rows)
    parts = [np.flatnonzero(each.coefficients * left) for each in further]
    taken = np.concatenate([taken, [float(each.coefficients @ fixed) for each in further]])
    sizes = [*np.bincount(row[kept], minlength=n_rows), *map(len, parts)]
    values = [each.coefficients[part] for each, part in zip(further, parts, strict=True)]
    return Cut(
        programme=Programme(
            column_lower=lower[left],
            column_upper=upper[left],
            row_lower=_with(programme.row_lower, [each.lower for each in further]) - taken,
            row_upper=_with(programme.row_upper, [each.upper for each in further]) - taken,
            start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            index=number[np.concatenate([index[kept], *parts]).astype(np.int64)],
            value=np.concatenate([value[kept], *values]),
        ),
        columns=np.flatnonzero(left),
        fixed=fixed,
    )


def _with(limits: Floats, further: Sequence[float]) -> Floats:
    return np.concatenate([limits, np.array(further, dtype=np.float64)])
