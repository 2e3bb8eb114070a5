"""The planner against two other solvers on the programme that names every person."""

from functools import cache

import pytest

from bench.oracles.questions import Question, ask, question_of
from junheng.engine.planning.lexicographic import Best, best
from junheng.engine.planning.model import whole_model
from junheng.engine.planning.problem import Problem
from tests.engine.planning.test_pooling import EARLY, sample, small


@cache
def _problems() -> tuple[Problem, ...]:
    """Return random counties, then two sample counties, too large for CP-SAT."""
    found = tuple(small(seed) for seed in range(12))
    return (*found, sample("datong-example", 2), sample("district-managed-example", 2))


@cache
def _reached() -> tuple[tuple[int, ...] | None, ...]:
    """Return what the planner reaches with counts, constants left out; None for no plan."""
    found = []
    for problem in _problems():
        constants = whole_model(problem, EARLY).constants
        answer = best(problem, objectives=EARLY)
        values = None
        if isinstance(answer, Best):
            assert all(stage.value == stage.bound for stage in answer.stages)
            values = tuple(stage.value - constants[stage.id] for stage in answer.stages)
        found.append(values)
    return tuple(found)


def _questions() -> list[Question]:
    models = [whole_model(problem, EARLY) for problem in _problems()]
    return [question_of(model.programme, model.costs, EARLY) for model in models]


@pytest.mark.slow
@pytest.mark.parametrize(("oracle", "most"), [("cbc", 14), ("cp_sat", 12)])
def test_another_solver_proves_the_same_values_naming_every_person(
    oracle: str, most: int
) -> None:
    questions = _questions()[:most]

    answers = ask(oracle, questions, seconds=120)

    values = [each.values if each.values else None for each in answers]
    assert values == list(_reached())[:most]
    solved = [(a, q) for a, q in zip(answers, questions, strict=True) if a.values]
    assert all(answer.complete(question) for answer, question in solved)
    assert len(solved) > 8
