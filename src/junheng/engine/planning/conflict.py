"""Why there is no plan: the smallest set of rules and decisions that cannot hold together.

A deletion filter over named groups: one group after another is left out for good when the rest
still has no solution. What remains cannot hold together, and without any one of it could.
"""

from __future__ import annotations

from junheng.engine.planning.citing import clauses_of, item_of
from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.lexicographic import Best, Cancelled, best, feasible
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.objectives import UNMET
from junheng.engine.planning.outcome import Conflict, Relaxation
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.shortages import shortages
from junheng.engine.policy.pack import ResolvedPack

_DECISIONS = (Structure.PIN, Structure.BAN, Structure.IMAGINED)


def explain_conflict(
    problem: Problem, pack: ResolvedPack, *, cancelled: Cancelled | None = None
) -> Conflict:
    """Return a smallest conflict of a problem that has no plan.

    Rules are tried before decisions, so that what remains says as much as it can about
    decisions, which are the easiest to reconsider.
    """
    without: frozenset[Name] = frozenset()
    for group in _groups(problem):
        tried = without | {group}
        if feasible(problem, without=tried, cancelled=cancelled) is False:
            without = tried
    clashing = tuple(group for group in _groups(problem) if group not in without)
    items = [(group.rule, item_of(pack, group.rule)) for group in clashing]
    return Conflict(
        groups=clashing,
        relaxations=tuple(_relaxation(problem, group, cancelled) for group in clashing),
        titles=tuple((rule, item.title) for rule, item in items if item is not None),
        clauses=tuple(
            (rule, clauses_of(pack, item)) for rule, item in items if item is not None
        ),
        short=shortages(problem),
    )


def _groups(problem: Problem) -> list[Name]:
    """Return all groups that can be relaxed, decisions last."""
    names = {name.group for constraint in CONSTRAINTS for name in constraint(problem).names}
    found = [name for name in names if name.rule != Structure.ONE_PLACE]
    return sorted(found, key=lambda name: (name.rule in _DECISIONS, name))


def _relaxation(problem: Problem, group: Name, cancelled: Cancelled | None) -> Relaxation:
    outcome = best(
        problem, objectives=(UNMET,), without=frozenset([group]), cancelled=cancelled
    )
    if isinstance(outcome, Best):
        return Relaxation(group, solves=True, unmet=outcome.stages[0].value)
    return Relaxation(group, solves=False)
