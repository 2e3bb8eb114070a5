"""Trade-offs (取舍): exact points between balance, wishes and travel.

Unmet obligations and selection order always come first: nobody trades them. Of what follows,
every objective is put first once; and between the two first of them, such as balance and
wishes, the one may cost a step more each time while the other is made as small as it can.
Each point is a plan, proven best under its order and ceiling, or with its bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from junheng.engine.answers.pricing import published_objectives
from junheng.engine.answers.replanning import may_lose
from junheng.engine.planning.building import build
from junheng.engine.planning.conflict import explain_conflict
from junheng.engine.planning.lexicographic import Best, NoPlan, NoTime, Progress, best
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.outcome import Conflict, OutOfTime
from junheng.engine.planning.problem import Problem
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

STEPS = 5
TODAY = "today"
FIRST = "first"
AT_MOST = "at-most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One plan of the curve.

    Attributes
    ----------
    label : ``today`` (the pack's order), ``first`` (``objective`` comes first) or ``at-most``
        (``objective`` may reach ``ceiling``, and the next one comes first)
    values, bounds : for each published objective, in units of ``1/scale``; the bounds are
        proven under the point's order and ceiling
    moves : persons who move
    """

    label: str
    objective: str
    ceiling: int | None
    values: Mapping[str, int]
    bounds: Mapping[str, int]
    moves: int

    @property
    def proven(self) -> bool:
        """Whether every objective is proven under the point's order and ceiling."""
        return self.values == self.bounds


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Points by the first objective that is traded; ``scales`` in the pack's order."""

    found: tuple[Point, ...]
    scales: Mapping[str, int]


def trade_off(
    roster: Roster,
    screening: Screening,
    *,
    seed: int,
    steps: int = STEPS,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> TradeOff | Conflict | OutOfTime:
    """Return points of the trade-off between the objectives that may be traded.

    Parameters
    ----------
    steps : parts into which the range of the first objective is cut
    time_limit : seconds of solver time for each point; points not found in time are left out
    progress : told the label of each point as it begins

    Raises
    ------
    QuestionError
        If figures, tables or cells that the question reads are missing.
    """
    problem = build(roster, screening, seed=seed)
    curve = _Curve(problem, time_limit, progress)
    match best(problem, objectives=curve.order(), seconds=time_limit):
        case NoPlan():
            return explain_conflict(problem, screening.evaluation.pack)
        case NoTime(seconds):
            return OutOfTime(seconds)
        case Best() as found:
            scales = {each: OBJECTIVES[each].scale(problem) for each in curve.order()}
            return TradeOff(curve.points(_point(found, TODAY, "", None), steps), scales)


@dataclass(frozen=True, slots=True)
class _Curve:
    """The question whose objectives are put in other orders."""

    problem: Problem
    time_limit: float | None
    progress: Progress | None

    def order(self, *first: str) -> tuple[str, ...]:
        """Return the objectives with some put before all others that may be traded."""
        kept, traded = self._parts()
        return (*kept, *dict.fromkeys((*first, *traded)))

    def points(self, today: Point, steps: int) -> tuple[Point, ...]:
        _, traded = self._parts()
        found = [today]
        for each in traded[1:]:
            found += self._asked(self.problem, self.order(each), FIRST, each, None)
        if len(traded) > 1:
            found += self._between(today, found, traded, steps)
        unlike = {tuple(each.values.values()): each for each in reversed(found)}
        key = traded[0] if traded else ""
        return tuple(sorted(unlike.values(), key=lambda p: (p.values.get(key, 0), p.label)))

    def _between(
        self, today: Point, found: Sequence[Point], traded: Sequence[str], steps: int
    ) -> Iterator[Point]:
        """Yield the points at which the first objective may cost a step more each time."""
        main, other = traded[0], traded[1]
        least = today.values[main]
        most = next((p.values[main] for p in found if p.objective == other), least)
        for step in range(1, steps):
            ceiling = least + (most - least) * step // steps
            if ceiling > least:
                limited = replace(self.problem, ceilings=((main, ceiling),))
                order = self.order(other, main)
                yield from self._asked(limited, order, AT_MOST, main, ceiling)

    def _asked(
        self,
        problem: Problem,
        order: Sequence[str],
        label: str,
        objective: str,
        ceiling: int | None,
    ) -> Iterator[Point]:
        if self.progress is not None:
            self.progress(label)
        found = best(problem, objectives=order, seconds=self.time_limit)
        if isinstance(found, Best):
            yield _point(found, label, objective, ceiling)

    def _parts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the objectives that nobody trades, and those that may be."""
        published = published_objectives(self.problem)
        start = next((k for k, each in enumerate(published) if may_lose(each)), len(published))
        return published[:start], published[start:]


def _point(found: Best, label: str, objective: str, ceiling: int | None) -> Point:
    stages = sorted(found.stages, key=lambda stage: stage.id)
    return Point(
        label=label,
        objective=objective,
        ceiling=ceiling,
        values={stage.id: stage.value for stage in stages},
        bounds={stage.id: stage.bound for stage in stages},
        moves=int(found.chosen.sum()),
    )
