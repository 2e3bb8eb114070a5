"""A running search: objectives one after another over limits that only ever narrow.

Each objective has a bound from its linear relaxation, proven in integers
(:mod:`junheng.engine.planning.certificate`) and rounded up to what its costs can add up to. A
mixed-integer solve looks for a plan at the bound first, among the columns that such a plan may
use: few where the relaxation is tight. If there is none, it looks among all columns that a plan
better than the best known may use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    """

    problem: Problem
    model: Model
    pool: Pooled | None
    prover: Prover
    kept: tuple[Block, ...]
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
        without=without,
        cancelled=cancelled,
    )


@dataclass(slots=True)
class Search:
    """The incumbent, the values reached, and the limits that are left.

    Attributes
    ----------
    chosen, columns : the best plan so far, and the level's columns of it where known
    spent : seconds of levels that are left behind
    """

    ground: Ground
    seconds: float | None
    level: Level
    limits: Limits
    chosen: Mask | None = None
    columns: Floats | None = None
    reached: list[Stage] = field(default_factory=list)
    required: list[Kept] = field(default_factory=list)
    spent: float = 0.0

    @property
    def total(self) -> float:
        """Seconds spent in the solver so far."""
        return self.spent + self.level.session.spent

    def assume(self, objective: str) -> bool:
        """Take for granted that an objective reaches its bound; what follows must show it.

        Return whether there was a bound in time.
        """
        relaxed = self.level.session.relax(self.level.cost(objective))
        if relaxed.status is not Status.OPTIMAL:
            return False
        proof = self._proof(objective, relaxed)
        self._keep(objective, proof, self._grained(objective, proof.bound))
        return True

    def stage(self, objective: str) -> NoPlan | None:
        """Prove one objective and keep it; nothing is reached when the time was up first."""
        relaxed = self.level.session.relax(self.level.cost(objective))
        if relaxed.status is Status.INFEASIBLE:
            return self._none()
        if relaxed.status is Status.TIME_UP:
            return None
        proof = self._proof(objective, relaxed)
        closed = self._close(objective, proof)
        if closed is None or isinstance(closed, NoPlan):
            return closed
        value, bound = closed
        self._keep(objective, proof, value, bound)
        return None

    def by_person(self) -> None:
        """Go over to the programme over arcs, with all that was learnt on counts."""
        before = self.level
        if not isinstance(before, ByCount):
            return
        self.spent += before.session.spent
        left = None if self.seconds is None else max(0.0, self.seconds - self.spent)
        level = _named(self.ground, left)
        level.narrow(self.limits)
        self.level = level
        self._require_again()
        if self.chosen is not None and self.columns is not None:
            self.columns = level.columns(self.chosen, before.own(self.columns))

    def settle_ties(self) -> bool:
        """Find every other plan with the same values; keep the smallest list of moves.

        Return whether all of them were seen.
        """
        nothing = np.zeros(len(self.limits.upper))
        while self.ground.model.n_arcs and self.chosen is not None:
            self._exclude()
            answer = self.level.session.solve(nothing, exacting=True)
            if answer.status is Status.INFEASIBLE:
                return True
            if answer.columns is None:
                return False
            chosen = answer.columns[: self.ground.model.n_arcs] > 0.5
            self._verify(chosen)
            self.columns = answer.columns
            problem = self.ground.problem
            if moves_in_order(problem, chosen) < moves_in_order(problem, self.chosen):
                self.chosen = chosen
        return True

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

    def _proof(self, objective: str, relaxed: Answer) -> Certificate:
        duals, later = self.level.duals(relaxed)
        cost = self.ground.model.costs[objective]
        kept = list(zip(self.required, later.tolist(), strict=True))
        return self.ground.prover.certificate(cost, self.limits, duals, kept)

    def _close(self, objective: str, proof: Certificate) -> tuple[int, int] | NoPlan | None:
        """Find a plan that none can beat; return its value and bound, constants left out."""
        constant = self.ground.model.constants[objective]
        known = None if self.chosen is None else self.value(objective) - constant
        bound = self._grained(objective, proof.bound)
        target: int | None = bound
        while known is None or known > bound:
            last = target is None or (known is not None and target >= known)
            within = self.limits if target is None else proof.narrowed(self.limits, target)
            answer = self._solved(objective, self.columns if last else None, within)
            if answer.status is Status.INFEASIBLE:
                if target is None or not _narrower(within, self.limits):
                    return self._none()
                bound, target = self._grained(objective, target + 1), known
                continue
            known = self._take(objective, answer, known)
            if known is None:
                return None
            shown = self._rounded_up(objective, answer.bound)
            if target is not None:
                shown = min(shown, self._grained(objective, target + 1))
            bound = min(known, max(bound, shown))
            if last or answer.status is Status.TIME_UP:
                break
            target = known
        return known, bound

    def _solved(self, objective: str, hint: Floats | None, within: Limits) -> Answer:
        """Solve in whole columns, once more and exactingly where rounding breaks a row."""
        answer = self.level.solve(objective, hint, within)
        if answer.columns is None or not self._wrong(self.level.chosen(answer.columns)):
            return answer
        return self.level.solve(objective, hint, within, exacting=True)

    def _keep(
        self, objective: str, proof: Certificate, value: int, bound: int | None = None
    ) -> None:
        """Keep a value from now on, and leave out what no plan keeping it can use."""
        constant = self.ground.model.constants[objective]
        least = value if bound is None else bound
        self.reached.append(Stage(objective, value + constant, least + constant))
        self.level.require(objective, value)
        self.required.append(Kept(self.ground.model.costs[objective], value))
        self.limits = proof.narrowed(self.limits, value)
        self.level.narrow(self.limits)

    def _require_again(self) -> None:
        constants = self.ground.model.constants
        ceilings = self.ground.problem.ceilings
        for objective, most in (*ceilings, *((s.id, s.value) for s in self.reached)):
            self.level.require(objective, most - constants[objective])

    def _take(self, objective: str, answer: Answer, known: int | None) -> int | None:
        """Make a solution the incumbent if it is better; return the incumbent's value."""
        if answer.columns is None:
            return known
        chosen = self.level.chosen(answer.columns)
        self._verify(chosen)
        value = OBJECTIVES[objective].value(self.ground.problem, chosen)
        value -= self.ground.model.constants[objective]
        if known is not None and known <= value:
            return known
        self.chosen, self.columns = chosen, answer.columns
        return value

    def _wrong(self, chosen: Mask) -> set[str]:
        """Return what a solution breaks, exactly: rules, and values reached before."""
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

    def _exclude(self) -> None:
        """Rule out the choice of arcs found last."""
        if self.columns is None:
            return
        n_arcs = self.ground.model.n_arcs
        chosen = self.columns[:n_arcs] > 0.5
        row = np.zeros(len(self.columns))
        row[:n_arcs] = np.where(chosen, -1.0, 1.0)
        self.level.session.require(row, lower=1.0 - float(chosen.sum()), upper=np.inf)

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
        session = Session(ground.pool.programme, seconds=seconds, cancelled=ground.cancelled)
        level = ByCount(ground.model, ground.pool, session)
    programme, constants = ground.model.programme, ground.model.constants
    search = Search(
        ground=ground,
        seconds=seconds,
        level=level,
        limits=Limits(_whole(programme.column_lower), _whole(programme.column_upper)),
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
    return ByPerson(
        ground.model, Session(programme, seconds=seconds, cancelled=ground.cancelled)
    )


def _narrower(within: Limits, limits: Limits) -> bool:
    return bool((within.upper < limits.upper).any() or (within.lower > limits.lower).any())


def _whole(limits: Floats) -> Ints:
    return np.rint(limits).astype(np.int64)
