"""The shape of an objective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from junheng.engine.planning.matrix import Block, Ints, Mask
from junheng.engine.planning.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """An objective as the solver sees it, in whole units.

    Attributes
    ----------
    constant : cost of the plan that moves nobody and has all own columns at 0
    arcs : cost of each arc; may be negative
    own : cost of each own column of ``block``
    block : rows that give the own columns their meaning
    """

    constant: int
    arcs: Ints
    own: Ints
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective, to be made as small as possible.

    Attributes
    ----------
    cost : the cost over columns; at its least over the own columns it equals ``value``
    value : the exact value of a choice of arcs, computed without the columns
    scale : how many units make one unit of the quantity
    rounding_error : largest error, in units, that scaling can have caused
    by_person : whether nearly every move has a figure of its own, so that pooling persons
        saves nothing; it decides how fast a stage is, never what it finds
    """

    id: str
    cost: Callable[[Problem], Cost]
    value: Callable[[Problem, Mask], int]
    scale: Callable[[Problem], int] = lambda _: 1
    rounding_error: Callable[[Problem, Mask], int] = lambda _, __: 0
    by_person: bool = False
