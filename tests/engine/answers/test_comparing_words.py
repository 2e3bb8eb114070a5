from dataclasses import replace

from junheng.engine.answers.comparing_words import change_lines
from junheng.engine.answers.situation import evaluated, situation
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Plan, compare_plans
from junheng.engine.screening import Screening
from junheng.messages import Language
from tests.engine.planning.cast import HILLTOP, NEW_TOWN, asked, county, person, post

POSTS = (post("riverside"), post(HILLTOP, required=1), post(NEW_TOWN))


def _planned() -> tuple[Plan, Screening]:
    roster = county([person("lin"), person("zhao")], posts=POSTS)
    screening = asked(roster)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    return outcome.plan, screening


def _by_hand(made: Plan, screening: Screening) -> Plan:
    """Return the plan that moves nobody, as an office would hand it in, worked out."""
    bare = replace(made, moves=(), objectives=(), unmet=())
    return evaluated(situation(screening.evaluation.roster, screening, bare))


def test_a_hand_made_plan_is_worked_out_to_the_values_the_planner_reports() -> None:
    made, screening = _planned()
    bare = replace(made, objectives=(), unmet=())

    found = evaluated(situation(screening.evaluation.roster, screening, bare))

    assert {e.id: e.value for e in found.objectives} == {e.id: e.value for e in made.objectives}
    assert found.unmet == made.unmet


def test_a_plan_with_a_move_that_is_not_allowed_is_not_worked_out() -> None:
    made, screening = _planned()
    (move,) = made.moves
    wrong = replace(made, moves=(replace(move, to_unit="riverside"),), objectives=())

    assert evaluated(situation(screening.evaluation.roster, screening, wrong)) == wrong


def test_differences_read_as_lines_in_both_languages() -> None:
    made, screening = _planned()
    found = compare_plans(_by_hand(made, screening), made)

    lines = {each: change_lines(found, screening, each) for each in Language}

    assert len(lines[Language.ZH]) == len(lines[Language.EN])
    assert lines[Language.ZH][0] == "新增 1 人："
    assert "  未尽义务：1 → 0" in lines[Language.ZH]
    assert f"  {HILLTOP}小学数学：缺 1 → 0" in lines[Language.ZH]


def test_equal_plans_are_said_to_be_equal() -> None:
    made, screening = _planned()

    assert change_lines(compare_plans(made, made), screening) == ("两份方案没有不同。",)
