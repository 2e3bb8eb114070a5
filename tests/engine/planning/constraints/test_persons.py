from junheng.engine.planning.constraints.persons import one_place
from tests.engine.planning.cast import HILLTOP, NEW_TOWN, choosing, county, person, problem_of


def test_one_place_is_broken_when_somebody_goes_to_two_units() -> None:
    problem = problem_of(county([person("lin"), person("zhao")]))
    twice = choosing(problem, ("lin", HILLTOP), ("lin", NEW_TOWN), ("zhao", HILLTOP))

    assert [name.person_id for name in one_place(problem).broken(twice)] == ["lin"]


def test_one_place_is_kept_when_each_goes_once() -> None:
    problem = problem_of(county([person("lin"), person("zhao")]))

    once = choosing(problem, ("lin", HILLTOP), ("zhao", HILLTOP))

    assert one_place(problem).broken(once) == ()
