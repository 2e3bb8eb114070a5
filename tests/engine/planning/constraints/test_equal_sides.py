from junheng.engine.planning.constraints.shares import caps, equal_sides
from tests.engine.planning.cast import HILLTOP, RIVERSIDE, choosing
from tests.engine.planning.paired import PAIR, paired_problem


def test_equal_sides_are_broken_by_different_numbers() -> None:
    problem = paired_problem(each=2)
    two_to_one = (("lin", HILLTOP), ("zhao", HILLTOP), ("wu", RIVERSIDE))

    broken = equal_sides(problem).broken(choosing(problem, *two_to_one))

    assert [(name.rule, name.pair, name.equal) for name in broken] == [("swap", PAIR, True)]


def test_more_than_the_number_from_one_side_breaks_the_limit_of_that_side() -> None:
    problem = paired_problem()
    two = (("lin", HILLTOP), ("zhao", HILLTOP))

    assert [name.unit_id for name in caps(problem).broken(choosing(problem, *two))] == [
        RIVERSIDE
    ]
