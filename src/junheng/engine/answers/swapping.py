"""One person placed otherwise and all else kept: what breaks, and what gets worse, exactly.

No solver is asked. What such a swap costs is the most that the change can cost: a plan made
anew may do better. If nothing breaks and no objective changes, an equally good plan exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.engine.answers.pricing import Compared, published_objectives
from junheng.engine.answers.situation import Situation
from junheng.engine.planning.constraints.stocks import limit_of
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES, UNMET
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.plans.plan import Unmet


@dataclass(frozen=True, slots=True)
class Full:
    """A place or a number that does not take one more.

    ``limit`` and ``after`` are None where a rule, not a number, stands against it.
    """

    name: Name
    limit: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Swap:
    """One person placed otherwise, all else as planned.

    Attributes
    ----------
    unit_id : where to; empty for staying
    full : what does not allow it
    worse : the first published objective that changes; None where none does
    unmet : obligations that would be unmet, or unmet by more
    """

    unit_id: str
    full: tuple[Full, ...]
    worse: Compared | None
    unmet: tuple[Unmet, ...] = ()

    @property
    def tie(self) -> bool:
        """Whether the plan would be as good, so that only the draw decided."""
        return not self.full and self.worse is None


def swap(situation: Situation, person: int, arc: int | None) -> Swap:
    """Return what placing one person otherwise would do to the plan."""
    problem = situation.problem
    chosen = situation.instead(person, arc)
    unit = "" if arc is None else problem.units.ids[problem.arcs.unit[arc]]
    full = tuple(_full(problem, name, chosen) for name in situation.broken(chosen))
    worse = None if full else next(_changes(situation, chosen), None)
    more: tuple[Unmet, ...] = ()
    if worse is not None and worse.id == UNMET:
        now = set(situation.unmet)
        more = tuple(each for each in unmet(problem, chosen) if each not in now)
    return Swap(unit, full, worse, more)


def swap_to(situation: Situation, person: int, unit: int) -> Swap | None:
    """Return the swap to a unit that is cheapest; None where no arc leads there."""
    swaps = [swap(situation, person, arc) for arc in situation.arcs_to(person, unit)]
    return min(swaps, key=lambda each: order_of(situation, each), default=None)


def order_of(situation: Situation, each: Swap) -> tuple[bool, int, int]:
    """Return what makes a swap cheaper: possible, late in the objectives, little."""
    published = published_objectives(situation.problem)
    if each.worse is None:
        return bool(each.full), -len(published), 0
    return bool(each.full), -published.index(each.worse.id), each.worse.difference


def _changes(situation: Situation, chosen: Mask) -> Iterator[Compared]:
    for each in published_objectives(situation.problem):
        then = situation.value(each, chosen)
        if then != situation.values[each]:
            yield Compared(
                id=each,
                now=situation.values[each],
                then=then,
                bound=then,
                scale=OBJECTIVES[each].scale(situation.problem),
            )


def _full(problem: Problem, name: Name, chosen: Mask) -> Full:
    for stock in (problem.establishment, problem.leadership, problem.structure):
        if name in stock.names:
            place = stock.names.index(name)
            return Full(name, limit_of(stock, place), int(stock.after(chosen)[place]))
    for limit in (*problem.leavers, *problem.quotas):
        if limit.cap and limit.name == name:
            count, base = limit.reached(chosen)
            return Full(name, limit.bound(base), count)
    return Full(name, None, None)
