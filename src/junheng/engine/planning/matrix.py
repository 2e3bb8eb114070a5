"""Blocks of rows and columns: what constraints and objectives are made of.

All figures are integers. The first columns of every model are the arcs (one for each allowed
move, 0 or 1); a block may bring further columns of its own, such as a shortage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from junheng.engine.planning.names import Name

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

NO_LIMIT = np.int64(2**62)
"""Stands for no upper (or, negated, no lower) limit."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Coefficients of a block: ``value[k]`` in row ``row[k]`` and column ``column[k]``."""

    row: Ints
    column: Ints
    value: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Stairs:
    """A bound that rises in steps with a number: one 0/1 column for each range of the number.

    Attributes
    ----------
    columns : the columns, in order of their ranges; exactly one is 1
    first, last, bound : for each column its range, and what must be reached in it
    number : the row number - Σ first·column ≥ 0
    reached : the row reached - Σ bound·column ≥ 0
    """

    columns: Ints
    first: Ints
    last: Ints
    bound: Ints
    number: int
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows over the arcs and over the block's own columns.

    Attributes
    ----------
    names, lower, upper : one for each row; ``lower <= row <= upper``
    on_arcs : coefficients of the arcs
    on_own : coefficients of the own columns, numbered from 0
    own_upper : upper limit of each own column, finite; the lower is 0, and it must be whole
    stairs : bounds that rise in steps, in own columns and rows of the block
    """

    names: tuple[Name, ...]
    lower: Ints
    upper: Ints
    on_arcs: Entries
    on_own: Entries
    own_upper: Ints
    stairs: tuple[Stairs, ...] = ()

    def broken(self, chosen: Mask) -> tuple[Name, ...]:
        """Return the names of the rows that a choice of arcs breaks, exactly.

        Only for blocks without columns of their own.
        """
        totals = np.zeros(len(self.names), dtype=np.int64)
        taken = chosen[self.on_arcs.column]
        np.add.at(totals, self.on_arcs.row[taken], self.on_arcs.value[taken])
        wrong = (totals < self.lower) | (totals > self.upper)
        return tuple(self.names[row] for row in np.flatnonzero(wrong))


@dataclass(slots=True)
class Rows:
    """Collects rows one by one and turns them into a block."""

    names: list[Name] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    arc_parts: list[tuple[int, Ints, Ints]] = field(default_factory=list)
    own_parts: list[tuple[int, int, int]] = field(default_factory=list)
    own_upper: list[int] = field(default_factory=list)
    stairs: list[Stairs] = field(default_factory=list)

    def row(
        self,
        name: Name,
        terms: Iterable[tuple[Ints, int]],
        *,
        lower: int = -int(NO_LIMIT),
        upper: int = int(NO_LIMIT),
    ) -> int:
        """Add a row; each term is some arcs and the coefficient they all have."""
        number = len(self.names)
        self.names.append(name)
        self.lower.append(lower)
        self.upper.append(upper)
        for arcs, value in terms:
            self.arc_parts.append((number, arcs, np.full(len(arcs), value, dtype=np.int64)))
        return number

    def own(self, row: int, value: int, *, upper: int) -> int:
        """Add a column of the block's own that stands in one row; return its number."""
        return self.column([(row, value)], upper=upper)

    def column(self, entries: Iterable[tuple[int, int]], *, upper: int) -> int:
        """Add a column of the block's own with its rows and coefficients; return its number."""
        number = len(self.own_upper)
        self.own_parts += [(row, number, value) for row, value in entries if value]
        self.own_upper.append(upper)
        return number

    def also(self, row: int, own: int, value: int) -> None:
        """Let a column of the block's own stand in a further row."""
        self.own_parts.append((row, own, value))

    def block(self) -> Block:
        """Return everything collected."""
        return Block(
            names=tuple(self.names),
            lower=ints(self.lower),
            upper=ints(self.upper),
            on_arcs=_joined(self.arc_parts),
            on_own=Entries(*(ints([part[k] for part in self.own_parts]) for k in range(3))),
            own_upper=ints(self.own_upper),
            stairs=tuple(self.stairs),
        )


def ints(values: Sequence[int]) -> Ints:
    """Return an integer array."""
    return np.array(values, dtype=np.int64)


def _joined(parts: Sequence[tuple[int, Ints, Ints]]) -> Entries:
    if not parts:
        return Entries(ints([]), ints([]), ints([]))
    rows = np.repeat(ints([p[0] for p in parts]), [len(p[1]) for p in parts])
    columns = np.concatenate([p[1] for p in parts]).astype(np.int64)
    return Entries(rows, columns, np.concatenate([p[2] for p in parts]))
