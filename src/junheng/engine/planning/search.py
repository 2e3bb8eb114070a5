"""A running search: objectives one after another over limits that only ever narrow.

Each objective has a bound from its linear relaxation, proven in integers
(:mod:`junheng.engine.planning.certificate`) and rounded up to what its costs can add up to. The
plans that are left lie in one or more *regions*, limits of all columns. A region whose
relaxation breaks a step of a rising bound is parted there
(:mod:`junheng.engine.planning.branching`); where it is nearly whole, it is rounded; what is
still open goes to a mixed-integer solve, which looks first among the columns that a plan at the
bound may use. Regions that no plan of the best value can lie in are dropped, the others are
where the next objective begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from math import ceil, isfinite

import numpy as np

from junheng.engine.planning.certificate import Certificate, Kept, Limits, Prover
from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.levels import ByCount, ByPerson, Level
from junheng.engine.planning.matrix import Block, Ints, Mask
from junheng.engine.planning.model import Model, whole_model
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.pooling import Pooled, pooled
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Answer, Session, Status
from junheng.engine.planning.solvers.programmes import Floats
from junheng.errors import EngineBug
from junheng.errors import Problem as Finding

_MOST_PARTS = 100
"""After so many parts what is left goes to one mixed-integer solve."""
_PLAIN = 3000
"""Persons by name: up to so many columns the solver's presolve takes longer than it saves."""
_CORNERS = 3
"""How many corners of a relaxation are tried before a mixed-integer solve."""
_MOST_REGIONS = 8
"""More regions than that are taken together between two objectives."""
_ROUNDING = 1e-6
"""How far a solver's bound may lie above a whole number and still be that number."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one objective reached: an exact value and a proven bound."""

    id: str
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class NoPlan:
    """No choice of arcs keeps all constraints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a search stands on, made once for a question.

    Attributes
    ----------
    pool : the model over counts; None where every person is named from the beginning
    last : the last objective; nothing after it needs its value kept
    """

    problem: Problem
    model: Model
    pool: Pooled | None
    prover: Prover
    kept: tuple[Block, ...]
    last: str
    without: frozenset[Name]
    cancelled: Callable[[], bool] | None


def ground(
    problem: Problem,
    objectives: Sequence[str],
    *,
    by_count: Sequence[str] = (),
    without: frozenset[Name] = frozenset(),
    cancelled: Callable[[], bool] | None = None,
) -> Ground:
    """Put up the models of a question."""
    limited = tuple(each for each, _ in problem.ceilings)
    model = whole_model(problem, tuple(dict.fromkeys((*objectives, *limited))), without)
    counted = by_count and not any(OBJECTIVES[each].by_person for each in limited)
    early = tuple(dict.fromkeys((*by_count, *limited)))
    return Ground(
        problem=problem,
        model=model,
        pool=pooled(model, problem.arcs, early) if counted else None,
        prover=Prover(model, problem.arcs.person),
        kept=tuple(constraint(problem) for constraint in CONSTRAINTS),
        last=objectives[-1],
        without=without,
        cancelled=cancelled,
    )


@dataclass(frozen=True, slots=True)
class Region:
    """Limits within which no plan has less than a bound, the constant left out.

    Attributes
    ----------
    proof : of the bound; None where the time was up first
    columns : the solution of its relaxation
    """

    bound: int
    limits: Limits
    proof: Certificate | None = None
    columns: Floats | None = None

    def within(self, value: int) -> Limits:
        """Return limits that lose no plan of at most a value."""
        return self.limits if self.proof is None else self.proof.narrowed(self.limits, value)


@dataclass(slots=True, kw_only=True)
class Hunt:
    """The hunt for the best plan under one objective.

    Attributes
    ----------
    known : a value that can be had, or must be beaten, the constant left out
    open : regions that are still to be looked at, those with the least bound first
    closed : regions of which nothing better than their bound is known, nor needed
    parted : how many regions there have been
    """

    objective: str
    known: int | None
    open: list[tuple[int, int, Region]] = field(default_factory=list)
    closed: list[Region] = field(default_factory=list)
    parted: int = 0
    time_up: bool = False

    def add(self, region: Region) -> None:
        """Add a region; of equal bounds the last comes first."""
        self.parted += 1
        heappush(self.open, (region.bound, -self.parted, region))

    def next(self) -> Region | None:
        """Return the region to look at next; None when none can hold anything better."""
        if self.time_up or not self.open or self.beaten(self.open[0][0]):
            return None
        return heappop(self.open)[2]

    def beaten(self, bound: int) -> bool:
        """Return whether nothing better can be had where a bound holds."""
        return self.known is not None and bound >= self.known

    def left(self) -> list[Region]:
        """Return all regions in which a plan with the known value may lie."""
        regions = [*self.closed, *(region for _, _, region in sorted(self.open, key=_order))]
        return [each for each in regions if self.known is None or each.bound <= self.known]


def _order(entry: tuple[int, int, Region]) -> tuple[int, int]:
    return entry[0], entry[1]


@dataclass(slots=True)
class Search:
    """The incumbent, the values reached, and the limits that are left.

    Attributes
    ----------
    regions : limits in one of which each plan lies that keeps what was reached
    chosen, columns : the best plan so far, and the level's columns of it where known
    excluded : choices of arcs that are ruled out
    spare : where time is short, the last plan found beside what is assumed
    spent : seconds of levels that are left behind
    """

    ground: Ground
    seconds: float | None
    level: Level
    regions: list[Limits]
    prover: Prover
    chosen: Mask | None = None
    columns: Floats | None = None
    reached: list[Stage] = field(default_factory=list)
    required: list[Kept] = field(default_factory=list)
    excluded: list[Mask] = field(default_factory=list)
    spare: Mask | None = None
    spent: float = 0.0

    @property
    def total(self) -> float:
        """Seconds spent in the solver so far."""
        return self.spent + self.level.session.spent

    def assume(self, objective: str) -> bool:
        """Take for granted that an objective reaches its bound; what follows must show it.

        Return whether there was a bound in time.
        """
        hunt = Hunt(objective=objective, known=None)
        self._look(hunt)
        if hunt.time_up or not hunt.open:
            return False
        if self.seconds is not None:
            self._spare(hunt.open[0][2])
        self._keep(hunt, min(region.bound for region in hunt.left()))
        return True

    def _spare(self, region: Region) -> None:
        """Keep a plan next to a relaxation, should the time not do for more."""
        chosen = None if region.columns is None else self.level.rounded(region.columns)
        if chosen is not None and not self._wrong(chosen):
            self.spare = chosen

    def stage(self, objective: str) -> NoPlan | None:
        """Prove one objective and keep it; nothing is reached when the time was up first."""
        constant = self.ground.model.constants[objective]
        known = None if self.chosen is None else self.value(objective) - constant
        hunt = Hunt(objective=objective, known=known)
        self._look(hunt)
        if hunt.time_up and hunt.parted <= len(self.regions):
            return None
        self._hunt(hunt)
        if hunt.known is None:
            return None if hunt.time_up else self._none()
        least = min((region.bound for region in hunt.left()), default=hunt.known)
        self._keep(hunt, hunt.known, min(least, hunt.known))
        return None

    def by_person(self) -> None:
        """Go over to the programme over arcs, with all that was learnt on counts."""
        before = self.level
        if not isinstance(before, ByCount):
            return
        self.spent += before.session.spent
        left = None if self.seconds is None else max(0.0, self.seconds - self.spent)
        level = _named(self.ground, left)
        level.narrow(_around(self.regions))
        self.level = level
        self._require_again()
        if self.chosen is not None and self.columns is not None:
            self.columns = level.columns(self.chosen, before.own(self.columns))

    def settle_ties(self) -> bool:
        """Find every other plan with the same values; keep the smallest list of moves.

        Return whether all of them were seen.
        """
        level, found = self.level, self.chosen
        if found is None or not isinstance(level, ByPerson) or not self.ground.model.n_arcs:
            return True
        last, smallest, time_up = self.reached.pop(), found, False
        while found is not None and not time_up:
            self.excluded.append(found)
            self.required.append(level.exclude(found))
            found, time_up = self._another(last)
            if found is not None and self._before(found, smallest):
                smallest = found
        self.chosen = smallest
        self.reached.append(last)
        return not time_up

    def _another(self, last: Stage) -> tuple[Mask | None, bool]:
        """Find a plan that is not excluded and as good; tell also whether the time was up."""
        known = last.value - self.ground.model.constants[last.id] + 1
        self.chosen = self.columns = None
        hunt = Hunt(objective=last.id, known=known)
        self._look(hunt)
        self._hunt(hunt)
        return self.chosen, hunt.time_up

    def _before(self, one: Mask, other: Mask) -> bool:
        problem = self.ground.problem
        return moves_in_order(problem, one) < moves_in_order(problem, other)

    def value(self, objective: str) -> int:
        """Return the incumbent's exact value."""
        if self.chosen is None:
            raise EngineBug([Finding("planning.internal", values={"what": "no incumbent"})])
        return OBJECTIVES[objective].value(self.ground.problem, self.chosen)

    def plain_bound(self, objective: str) -> int:
        """Return a bound without a solver: every column that lowers the cost at its most."""
        model = self.ground.model
        cost = model.costs[objective]
        most = int(np.minimum(cost, 0) @ model.programme.column_upper.astype(np.int64))
        return max(0, model.constants[objective] + most)

    def _look(self, hunt: Hunt) -> None:
        """Begin with all regions that are left."""
        least = self._least(hunt.objective)
        for limits in self.regions:
            self._add(hunt, Region(least, limits))

    def _least(self, objective: str) -> int:
        return self.plain_bound(objective) - self.ground.model.constants[objective]

    def _hunt(self, hunt: Hunt) -> None:
        """Look at regions until none can hold a better plan than the best known."""
        while (region := hunt.next()) is not None:
            self._round(hunt, region)
            if hunt.beaten(region.bound):
                hunt.closed.append(region)
                continue
            if hunt.parted > _MOST_PARTS and hunt.open:
                self._together(hunt, region)
                continue
            parts = None
            if region.columns is not None and hunt.parted <= _MOST_PARTS:
                parts = self.level.halves(region.columns, region.limits)
            if parts is None:
                self._try_corners(hunt, region)
                self._close(hunt, region)
                continue
            for limits in parts:
                self._add(hunt, Region(region.bound, limits))

    def _together(self, hunt: Hunt, region: Region) -> None:
        """Make one region of all that are open: parting them has not helped."""
        limits = _around([region.limits, *(each.limits for _, _, each in hunt.open)])
        hunt.open = []
        self._add(hunt, Region(region.bound, limits))

    def _add(self, hunt: Hunt, region: Region) -> None:
        """Bound a region by its relaxation and add it, unless it is empty."""
        if hunt.time_up:
            hunt.closed.append(region)
            return
        relaxed = self.level.relax(hunt.objective, region.limits)
        if relaxed.status is Status.INFEASIBLE:
            if not self._empty(region.limits, relaxed):
                hunt.add(region)
            return
        if relaxed.status is Status.TIME_UP:
            hunt.time_up = True
            hunt.closed.append(region)
            return
        proof = self._proof(hunt.objective, region.limits, relaxed)
        bound = max(region.bound, self._grained(hunt.objective, proof.bound))
        hunt.add(Region(bound, region.limits, proof, relaxed.columns))

    def _proof(self, objective: str, limits: Limits, relaxed: Answer) -> Certificate:
        duals, later = self.level.duals(relaxed)
        cost = self.ground.model.costs[objective]
        kept = list(zip(self.required, later.tolist(), strict=True))
        return self.prover.certificate(cost, limits, duals, kept)

    def _empty(self, limits: Limits, relaxed: Answer) -> bool:
        """Return whether a ray proves that no plan lies within limits: 0 would be above 0."""
        if relaxed.duals is None:
            return False
        largest = float(np.abs(relaxed.duals).max(initial=0))
        nothing = np.zeros(len(limits.upper), dtype=np.int64)
        for sign in (1.0, -1.0) if largest else ():
            ray = replace(relaxed, duals=relaxed.duals * (sign / largest))
            duals, later = self.level.duals(ray)
            kept = list(zip(self.required, later.tolist(), strict=True))
            if self.prover.certificate(nothing, limits, duals, kept).scaled > 0:
                return True
        return self._dearer(limits)

    def _dearer(self, limits: Limits) -> bool:
        """Return whether every plan within limits is proven to miss the last value kept."""
        stage = next(
            (each for each in reversed(self.reached) if each.id != self.ground.last), None
        )
        if stage is None:
            return False
        number = len(self.required) - len(self.excluded) - 1
        relaxed = self.level.relax(stage.id, limits, freed=number)
        if relaxed.status is not Status.OPTIMAL:
            return False
        proof = self._proof(stage.id, limits, relaxed)
        return proof.bound > self.required[number].value

    def _round(self, hunt: Hunt, region: Region) -> None:
        """Try the plan next to the solution of a relaxation."""
        if region.columns is None:
            return
        chosen = self.level.rounded(region.columns)
        if chosen is not None and not self._wrong(chosen):
            self._offer(hunt, chosen, None)

    def _try_corners(self, hunt: Hunt, region: Region) -> None:
        """Look for a whole plan among the corners of what reaches the bound of a region."""
        within = region.within(region.bound)
        for number in range(_CORNERS if region.columns is not None else 0):
            if hunt.beaten(region.bound):
                return
            columns = self.level.corner(hunt.objective, within, number)
            if columns is None:
                return
            self._round(hunt, replace(region, columns=columns))

    def _close(self, hunt: Hunt, region: Region) -> None:
        """Find the best plan of a region, or that it has none better than known."""
        objective, bound = hunt.objective, region.bound
        target: int | None = bound
        while not hunt.beaten(bound):
            last = target is None or (hunt.known is not None and target >= hunt.known)
            within = region.limits if target is None else region.within(target)
            answer = self._solved(objective, self.columns if last else None, within)
            if answer.status is Status.INFEASIBLE:
                if last or not _narrower(within, region.limits):
                    return
                bound, target = self._grained(objective, bound + 1), hunt.known
                continue
            if answer.columns is not None:
                chosen = self.level.chosen(answer.columns)
                self._verify(chosen)
                self._offer(hunt, chosen, answer.columns)
            shown = self._rounded_up(objective, answer.bound)
            if target is not None:
                shown = min(shown, self._grained(objective, target + 1))
            bound = max(bound, shown)
            if answer.status is Status.TIME_UP:
                hunt.time_up = True
                break
            if last:
                break
            target = hunt.known
        hunt.closed.append(replace(region, bound=bound))

    def _solved(self, objective: str, hint: Floats | None, within: Limits) -> Answer:
        """Solve in whole columns, once more and exactly where rounding breaks a row."""
        answer = self.level.solve(objective, hint, within)
        if answer.columns is None or not self._wrong(self.level.chosen(answer.columns)):
            return answer
        return self.level.solve(objective, hint, within, exacting=True)

    def _keep(self, hunt: Hunt, value: int, bound: int | None = None) -> None:
        """Keep a value from now on, and leave out what no plan keeping it can use."""
        objective = hunt.objective
        constant = self.ground.model.constants[objective]
        least = value if bound is None else bound
        self.reached.append(Stage(objective, value + constant, least + constant))
        if objective == self.ground.last:
            # Ties are found among all plans that came so far: the relaxation of this
            # objective proves that there are none, more surely than a row that keeps it.
            self.regions = [each.limits for each in hunt.left()]
            return
        self.level.require(objective, value)
        self.required.append(Kept(self.ground.model.costs[objective], value))
        self.regions = [each.within(value) for each in hunt.left() if each.bound <= value]
        if len(self.regions) > _MOST_REGIONS:
            self.regions = [_around(self.regions)]
        around = _around(self.regions)
        self.prover = self.prover.within(around)
        self.level.narrow(around)

    def _require_again(self) -> None:
        constants = self.ground.model.constants
        ceilings = self.ground.problem.ceilings
        reached = ((s.id, s.value) for s in self.reached if s.id != self.ground.last)
        for objective, most in (*ceilings, *reached):
            self.level.require(objective, most - constants[objective])

    def _offer(self, hunt: Hunt, chosen: Mask, columns: Floats | None) -> None:
        """Make a plan that keeps everything the incumbent if it is better."""
        value = OBJECTIVES[hunt.objective].value(self.ground.problem, chosen)
        value -= self.ground.model.constants[hunt.objective]
        if hunt.known is None or value < hunt.known:
            hunt.known = value
            self.chosen, self.columns = chosen, columns

    def _wrong(self, chosen: Mask) -> set[str]:
        """Return what a solution breaks, exactly: rules, and values reached before."""
        if any(bool((chosen == each).all()) for each in self.excluded):
            return {"excluded"}
        return broken(self.ground, chosen) | {
            stage.id
            for stage in self.reached
            if OBJECTIVES[stage.id].value(self.ground.problem, chosen) != stage.value
        }

    def _verify(self, chosen: Mask) -> None:
        wrong = self._wrong(chosen)
        if wrong:
            what = ", ".join(sorted(wrong))
            raise EngineBug([Finding("planning.internal", values={"what": what})])

    def _none(self) -> NoPlan:
        """Return that there is no plan; after a plan was found this cannot be."""
        if self.chosen is not None:
            raise EngineBug([Finding("planning.internal", values={"what": "lost the plan"})])
        return NoPlan()

    def _grain(self, objective: str) -> int:
        """Return the number that all costs of an objective are multiples of."""
        return max(1, int(np.gcd.reduce(self.ground.model.costs[objective], initial=0)))

    def _grained(self, objective: str, bound: int) -> int:
        grain = self._grain(objective)
        return -(-bound // grain) * grain

    def _rounded_up(self, objective: str, bound: float) -> int:
        if not isfinite(bound):  # the solver had no time to find any
            return -(2**62)
        whole = ceil(bound - _ROUNDING * max(1.0, abs(bound) * 1e-3))
        return self._grained(objective, whole)


def begin(ground: Ground, seconds: float | None) -> Search:
    """Return a search at its beginning: nothing reached, everything open."""
    level: Level
    if ground.pool is None:
        level = _named(ground, seconds)
    else:
        counts, cancelled = ground.pool.programme, ground.cancelled
        session = Session(counts, seconds=seconds, cancelled=cancelled, compact=True)
        level = ByCount(ground.model, ground.pool, session)
    programme, constants = ground.model.programme, ground.model.constants
    search = Search(
        ground=ground,
        seconds=seconds,
        level=level,
        regions=[Limits(_whole(programme.column_lower), _whole(programme.column_upper))],
        prover=ground.prover,
    )
    for objective, most in ground.problem.ceilings:
        value = most - constants[objective]
        level.require(objective, value)
        search.required.append(Kept(ground.model.costs[objective], value))
    return search


def broken(ground: Ground, chosen: Mask) -> set[str]:
    """Return the rules and ceilings that a choice of arcs does not keep, exactly."""
    rules = {
        name.rule
        for block in ground.kept
        for name in block.broken(chosen)
        if name.group not in ground.without
    }
    return rules | {
        objective
        for objective, most in ground.problem.ceilings
        if OBJECTIVES[objective].value(ground.problem, chosen) > most
    }


def first_plan(ground: Ground) -> Mask | None:
    """Return the first incumbent: the earlier plan, else nobody moves; None if both break."""
    candidates = [np.zeros(ground.model.n_arcs, dtype=np.bool_)]
    if ground.problem.earlier is not None:
        again = candidates[0].copy()
        again[ground.problem.earlier.arcs] = True
        candidates.insert(0, again)
    return next((each for each in candidates if not broken(ground, each)), None)


def moves_in_order(problem: Problem, chosen: Mask) -> list[tuple[int, int, int]]:
    """Return the moves as sorted triples of person, unit and arc; ids are sorted likewise.

    Arcs of one person to one unit stand in the order of what may be taught.
    """
    arcs = problem.arcs
    at = np.flatnonzero(chosen)
    return list(zip(arcs.person[at].tolist(), arcs.unit[at].tolist(), at.tolist(), strict=True))


def _named(ground: Ground, seconds: float | None) -> ByPerson:
    programme = ground.model.programme
    session = Session(programme, seconds=seconds, cancelled=ground.cancelled, plain=_PLAIN)
    return ByPerson(ground.model, session)


def _around(regions: Sequence[Limits]) -> Limits:
    """Return limits that hold in every region."""
    return Limits(
        np.minimum.reduce([each.lower for each in regions]),
        np.maximum.reduce([each.upper for each in regions]),
    )


def _narrower(within: Limits, limits: Limits) -> bool:
    return bool((within.upper < limits.upper).any() or (within.lower > limits.lower).any())


def _whole(limits: Floats) -> Ints:
    return np.rint(limits).astype(np.int64)
