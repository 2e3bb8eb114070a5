"""Programmes as arrays, and cutting them down to the columns that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    """A row that came later: ``lower <= value · x[index] <= upper``.

    ``slack`` is how much the upper limit gives way where a solver rounds columns.
    """

    index: Ints
    value: Floats
    lower: float
    upper: float
    slack: float = 0.0

    def within(self, left: Cut) -> Row:
        """Return the row over the columns that are left of a programme."""
        kept = left.number[self.index] >= 0
        taken = float(self.value @ left.fixed[self.index])
        at = left.number[self.index[kept]]
        return Row(at, self.value[kept], self.lower - taken, self.upper - taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A programme cut down: columns whose limits meet are taken out, rows all stay.

    Attributes
    ----------
    columns : the columns that are left, as numbers of the whole programme
    number : for each column of the whole programme its number here; -1 where it is taken out
    fixed : values of all columns of the whole programme; those left stand at 0
    """

    programme: Programme
    columns: Ints
    number: Ints
    fixed: Floats

    def whole(self, columns: Floats) -> Floats:
        """Return a solution of the whole programme."""
        found = self.fixed.copy()
        found[self.columns] = columns
        return found


def whole(programme: Programme) -> Cut:
    """Return a programme of which nothing is taken out."""
    size = len(programme.column_lower)
    every = np.arange(size, dtype=np.int64)
    return Cut(programme=programme, columns=every, number=every, fixed=np.zeros(size))


def cut(base: Cut, further: Sequence[Row], lower: Floats, upper: Floats) -> Cut:
    """Return a programme with further rows, without the columns that cannot move.

    Parameters
    ----------
    base : the programme, of which columns may have been taken out before
    further : rows over the columns of the whole programme
    lower, upper : limits of the columns of the whole programme
    """
    left = lower < upper
    fixed = np.where(left, 0.0, lower)
    number = np.where(left, np.cumsum(left) - 1, -1)
    programme, columns = base.programme, base.columns
    row, index, value = programme.row, programme.index, programme.value
    kept = left[columns][index]
    n_rows = len(programme.row_lower)
    moved = np.where(left[columns], 0.0, lower[columns])
    taken = np.bincount(row, weights=value * moved[index], minlength=n_rows)
    shrunk = Cut(programme=programme, columns=np.flatnonzero(left), number=number, fixed=fixed)
    rows = [each.within(shrunk) for each in further]
    sizes = [*np.bincount(row[kept], minlength=n_rows), *(len(each.index) for each in rows)]
    return replace(
        shrunk,
        programme=Programme(
            column_lower=lower[left],
            column_upper=upper[left],
            row_lower=_with(programme.row_lower - taken, [each.lower for each in rows]),
            row_upper=_with(programme.row_upper - taken, [each.upper for each in rows]),
            start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            index=np.concatenate(
                [number[columns][index[kept]], *(each.index for each in rows)]
            ).astype(np.int64),
            value=np.concatenate([value[kept], *(each.value for each in rows)]),
        ),
    )


def _with(limits: Floats, further: Sequence[float]) -> Floats:
    return np.concatenate([limits, np.array(further, dtype=np.float64)])
