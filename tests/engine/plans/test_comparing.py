from dataclasses import replace

from junheng.engine.plans import Move, Unmet, compare_plans
from tests.engine.plans.test_plan_json import MOVE, PLAN

OTHER = Move(person_id="P3", from_unit="U1", to_unit="U2", stage="小学", subject="数学")


def test_a_plan_does_not_differ_from_itself() -> None:
    found = compare_plans(PLAN, PLAN)

    assert found.same
    assert found.affected == ()


def test_new_gone_and_changed_moves_are_told_apart() -> None:
    elsewhere = replace(MOVE, to_unit="U9")
    after = replace(PLAN, moves=(elsewhere, OTHER))

    found = compare_plans(PLAN, after)

    assert [each.person_id for each in found.new] == ["P3"]
    assert [each.person_id for each in found.gone] == ["P2"]
    assert [(each.before, each.after) for each in found.changed] == [(MOVE, elsewhere)]
    assert [each.person_id for each in found.affected] == ["P1", "P2", "P3"]


def test_another_form_is_a_change_of_terms_not_of_place() -> None:
    found = compare_plans(PLAN, replace(PLAN, moves=(replace(MOVE, form="transfer"),)))

    (changed,) = found.changed
    assert not changed.placed_otherwise


def test_what_a_hand_made_plan_leaves_open_is_no_difference() -> None:
    bare = Move(person_id="P1", from_unit="U1", to_unit="U2", stage="", subject="")

    found = compare_plans(replace(PLAN, moves=(MOVE,)), replace(PLAN, moves=(bare,)))

    assert (found.new, found.gone, found.changed) == ((), (), ())


def test_another_subject_is_another_place() -> None:
    taught = replace(MOVE, subject="语文")

    found = compare_plans(PLAN, replace(PLAN, moves=(taught, PLAN.moves[1])))

    assert [each.placed_otherwise for each in found.changed] == [True]


def test_objectives_and_unmet_obligations_stand_side_by_side() -> None:
    (short,) = PLAN.unmet
    worse = replace(short, required=2)
    quota = Unmet(kind="quota", rule="ten-percent", required=3, reached=1)
    objective = replace(PLAN.objectives[0], value=4)
    after = replace(PLAN, unmet=(worse, quota), objectives=(objective,))

    found = compare_plans(PLAN, after)

    pairs = [(each.before, each.after) for each in found.unmet]
    assert sorted(pairs, key=str) == sorted([(short, worse), (None, quota)], key=str)
    assert [each.id for each in found.objectives] == ["unmet_obligations", "balance:arts"]
    assert [each.after for each in found.objectives] == [objective, None]
