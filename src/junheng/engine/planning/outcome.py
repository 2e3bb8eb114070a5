"""What planning answers: a plan, a conflict, or that the time was up."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.engine.planning.names import Name
from junheng.engine.planning.shortages import Shortage
from junheng.engine.plans.plan import Plan
from junheng.errors import Problem


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that keeps every hard rule; its objectives say what is proven about it.

    ``notes`` say what was taken for granted because the roster does not say; ``short`` of
    which posts a zone has fewer persons than it requires, whoever moves.
    """

    plan: Plan
    notes: tuple[Problem, ...] = ()
    short: tuple[Shortage, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What relaxing one side of a conflict, and nothing else, would give.

    Attributes
    ----------
    group : the rule or decision relaxed
    solves : whether there is a plan then
    unmet : least number of unmet obligations of such a plan; None where not known
    """

    group: Name
    solves: bool
    unmet: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Proof that no plan exists.

    Attributes
    ----------
    groups : rules and decisions that cannot hold together; without any one of them they can
    relaxations : one for each group, in the same order
    titles : Chinese title of each pack item among the groups, by id
    clauses : where each pack item stands (第×条), by id
    short : kinds of posts of which a zone has fewer persons than it requires; no part of the
        clash, but what a plan could not have mended either
    """

    groups: tuple[Name, ...]
    relaxations: tuple[Relaxation, ...]
    titles: tuple[tuple[str, str], ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
    short: tuple[Shortage, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """The time was up first. Says nothing about whether a plan exists."""

    seconds: float


Outcome = Planned | Conflict | OutOfTime
