import pytest

from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.conditions import Figure
from junheng.engine.policy.items import BalancePart
from junheng.errors import QuestionError
from tests.engine.planning.cast import HILLTOP, choosing, county, person, problem_of
from tests.engine.planning.hand_screening import SENIOR, is_, number, pack_of, planning_item

WOMEN = is_("sex", "女")
STAFF = [
    person("bai", title="高级教师", sex="男"),
    person("lin", title="一级教师", sex="女"),
    person("zhao", title="高级教师", sex="女"),
]
ONE = "balance:seniors"


def _problem(*objectives: str, weights: tuple[Figure | None, Figure | None]) -> Problem:
    parts = (
        BalancePart(id="seniors", title="高级", of=SENIOR, weight=weights[0]),
        BalancePart(id="women", title="女", of=WOMEN, weight=weights[1]),
    )
    planning = planning_item(balances=parts, objectives=objectives)
    return problem_of(county(STAFF), pack_of(planning, transfer=None))


def test_indicators_added_up_are_the_sum_of_each_by_its_weight() -> None:
    problem = _problem("balance", ONE, "balance:women", weights=(number(3), number(2)))
    chosen = choosing(problem, ("bai", HILLTOP))

    seniors, women, both = (
        OBJECTIVES[each].value(problem, chosen) for each in (ONE, "balance:women", "balance")
    )

    assert both == 3 * seniors + 2 * women
    assert seniors != women


def test_rounding_errors_are_halves_by_indicator_and_add_up_by_weight() -> None:
    problem = _problem("balance", ONE, weights=(number(3), number(2)))
    chosen = choosing(problem, ("bai", HILLTOP))

    errors = [OBJECTIVES[each].rounding_error(problem, chosen) for each in (ONE, "balance")]

    assert errors == [1, 3 * 1 + 2 * 1]


def test_one_indicator_by_itself_needs_no_weight_and_no_other() -> None:
    problem = _problem("unmet_obligations", ONE, weights=(None, None))

    assert [schools.indicator for schools in problem.schools] == ["seniors"]


@pytest.mark.parametrize("weight", [None, number(0), number(1, 2), number(-1)])
def test_indicators_are_not_added_up_without_whole_positive_weights(
    weight: Figure | None,
) -> None:
    with pytest.raises(QuestionError) as refused:
        _problem("balance", weights=(number(1), weight))

    assert [each.code for each in refused.value.problems] == ["planning.weight-not-whole"]


def test_an_indicator_the_pack_does_not_have_is_no_objective() -> None:
    with pytest.raises(QuestionError) as refused:
        _problem("balance:men", weights=(number(1), number(1)))

    assert [each.code for each in refused.value.problems] == ["planning.unknown-objective"]
