import pytest

from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.items import Bound, Population, Quota, Strength
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    choosing,
    county,
    person,
    problem_of,
    unit,
)
from tests.engine.planning.hand_screening import SENIOR, TO_COUNTRYSIDE, number, pack_of

STAFF = [person("lin", title="高级教师"), person("zhao")]
UNITS = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, unit_area="城市"))


def _problem(population: Population) -> Problem:
    quota = Quota(
        id="one",
        title="一人",
        strength=Strength.HARD,
        count=population,
        relation="at_least",
        bound=Bound(number=number(1)),
        per=("county",),
        each="year",
        rounding="none",
    )
    pack = pack_of(quotas=(quota,), transfer=SENIOR)
    return problem_of(county(STAFF, units=UNITS), pack)


def _missing(problem: Problem, *moves: tuple[str, str]) -> int:
    chosen = choosing(problem, *moves)
    return sum(each.amount for each in unmet(problem, chosen) if each.kind == "quota")


@pytest.mark.parametrize(("host", "missing"), [(HILLTOP, 0), (NEW_TOWN, 1)])
def test_a_population_of_certain_moves_counts_only_these(host: str, missing: int) -> None:
    problem = _problem(Population(among="movers", move=TO_COUNTRYSIDE))

    assert _missing(problem, ("zhao", host)) == missing


@pytest.mark.parametrize(("who", "missing"), [("lin", 0), ("zhao", 1)])
def test_a_population_of_moved_relations_counts_no_temporary_exchange(
    who: str, missing: int
) -> None:
    problem = _problem(Population(among="movers", moved=True))

    assert _missing(problem, (who, HILLTOP)) == missing


@pytest.mark.parametrize(("among", "limits"), [("movers", 1), ("applicants", 0)])
def test_a_quota_of_those_a_step_makes_is_no_matter_of_the_plan(
    among: str, limits: int
) -> None:
    assert len(_problem(Population(among=among)).quotas) == limits
