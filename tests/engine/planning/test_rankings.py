from collections.abc import Mapping, Sequence

import pytest

from junheng.engine.planning import Planned, plan
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.objectives.selection import passed_over
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.conditions import ClassTest, Condition, TrackTest
from junheng.engine.policy.items import ClassItem, Outcome, Selection, SelectionKey, Strength
from junheng.engine.policy.pack import ResolvedPack
from junheng.errors import QuestionError
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    asked,
    choosing,
    county,
    decision,
    person,
    post,
    problem_of,
)
from tests.engine.planning.hand_screening import SENIOR, is_, pack_of, planning_item

GRADE = SelectionKey(fact="post_grade", order="highest")
WOMEN, MEN = is_("sex", "女"), is_("sex", "男")
STAFF = [
    person(name, post_grade=grade) for name, grade in (("bai", 3), ("lin", 2), ("zhao", 2))
]


def _order(
    keys: Sequence[SelectionKey] = (GRADE,),
    *,
    who: Condition | None = None,
    within: tuple[str, ...] = (),
    waves: tuple[Condition, ...] = (),
) -> Selection:
    return Selection(
        id="order",
        title="次序",
        strength=Strength.HARD,
        who=who,
        within=within,
        waves=waves,
        keys=tuple(keys),
    )


def _pack(order: Selection) -> ResolvedPack:
    objectives = ("unmet_obligations", "selection", "travel")
    return pack_of(planning_item(objectives=objectives), transfer=None, selection=(order,))


def _tiers(problem: Problem) -> list[list[list[str]]]:
    ids = problem.staff.ids
    return [[[ids[p] for p in tier] for tier in each.tiers] for each in problem.rankings]


@pytest.mark.parametrize(
    ("moves", "passed"),
    [
        ((), []),
        (("bai",), []),
        (("lin",), ["bai"]),
        (("lin", "zhao"), ["bai"]),
        (("bai", "lin"), []),
    ],
)
def test_whoever_stays_while_a_later_tier_moves_is_passed_over_and_equals_are_not(
    moves: tuple[str, ...], passed: list[str]
) -> None:
    problem = problem_of(county(STAFF), _pack(_order()))

    chosen = choosing(problem, *((who, HILLTOP) for who in moves))

    assert [each.person_id for each in passed_over(problem, chosen)] == passed
    assert OBJECTIVES["selection"].value(problem, chosen) == len(passed)


@pytest.mark.parametrize(
    ("order", "first"),
    [("highest", "bai"), ("longest", "bai"), ("lowest", "sun"), ("shortest", "sun")],
)
def test_the_order_says_whether_the_largest_or_the_smallest_goes_first(
    order: str, first: str
) -> None:
    staff = [person("bai", post_grade=3), person("sun", post_grade=1)]

    problem = problem_of(
        county(staff), _pack(_order([SelectionKey(fact="post_grade", order=order)]))
    )

    assert _tiers(problem)[0][0] == [first]


def test_waves_come_before_keys_and_those_in_no_wave_come_last() -> None:
    staff = [
        person("bai", post_grade=9, title="二级教师", sex="男"),
        person("lin", post_grade=1, title="高级教师", sex="男"),
        person("sun", post_grade=2, sex="女"),
        person("zhao", post_grade=5, title="高级教师", sex="女"),
    ]

    problem = problem_of(county(staff), _pack(_order(waves=(SENIOR, WOMEN))))

    assert _tiers(problem) == [[["zhao"], ["lin"], ["sun"], ["bai"]]]


def test_a_preferred_person_goes_before_the_next_key_is_looked_at() -> None:
    staff = [person("bai", post_grade=9, sex="男"), person("sun", post_grade=1, sex="女")]

    problem = problem_of(county(staff), _pack(_order([SelectionKey(prefer=WOMEN), GRADE])))

    assert _tiers(problem) == [[["sun"], ["bai"]]]


def test_only_persons_of_one_group_are_compared() -> None:
    staff = [*STAFF, person("sun", post_grade=1, unit_id=HILLTOP)]

    alone = problem_of(county(staff), _pack(_order(within=("unit",))))
    together = problem_of(county(staff), _pack(_order()))

    assert _tiers(alone) == [[["bai"], ["lin", "zhao"]]]
    assert _tiers(together) == [[["bai"], ["lin", "zhao"], ["sun"]]]


def test_whom_nothing_is_open_to_is_no_candidate() -> None:
    kept = [decision("禁止", "bai", None)]

    problem = problem_of(county(STAFF, decisions=kept), _pack(_order(within=("stage",))))

    assert _tiers(problem) == []


def _some_volunteer(row: Mapping[str, object]) -> tuple[Outcome, str]:
    if row["person_id"] == "bai":
        return Outcome.MAY, "volunteer"
    return Outcome.DUE, "teacher"


VOLUNTEERS = ClassItem(
    id="willing", title="志愿者", of="person", when=TrackTest(("teacher", "volunteer"))
)


@pytest.mark.parametrize(
    ("who", "tiers"),
    [
        (WOMEN, []),
        (TrackTest(("teacher",)), []),
        (TrackTest(("teacher", "volunteer")), [[["bai"], ["lin", "zhao"]]]),
        (ClassTest("willing"), [[["bai"], ["lin", "zhao"]]]),
    ],
)
def test_volunteers_are_in_an_order_only_if_it_is_about_their_track(
    who: Condition, tiers: list[list[list[str]]]
) -> None:
    pack = pack_of(
        planning_item(objectives=("unmet_obligations", "selection")),
        transfer=None,
        selection=(_order(who=who),),
        classes=(VOLUNTEERS,),
    )

    problem = problem_of(county(STAFF), pack, _some_volunteer)

    assert _tiers(problem) == tiers


@pytest.mark.parametrize(("missing", "what"), [("post_grade", "岗位等级"), ("sex", "性别")])
def test_a_candidate_of_whom_a_key_is_unknown_is_refused_by_id_and_key(
    missing: str, what: str
) -> None:
    keys = [SelectionKey(prefer=WOMEN), GRADE]
    staff = [*STAFF, person("sun", **({"post_grade": 1} | {missing: None}))]

    with pytest.raises(QuestionError) as refused:
        problem_of(county(staff), _pack(_order(keys)))

    (found,) = refused.value.problems
    values = {"title": "次序", "what": what, "count": "1", "persons": "sun"}
    assert (found.code, found.values) == ("planning.order-undecided", values)


def test_an_unknown_later_wave_of_somebody_in_an_earlier_one_does_not_matter() -> None:
    staff = [*STAFF, person("sun", post_grade=1, title="高级教师", sex=None)]

    problem = problem_of(county(staff), _pack(_order(waves=(SENIOR, MEN))))

    assert _tiers(problem)[0][0] == ["sun"]


def test_the_first_in_order_is_sent_though_another_would_travel_less() -> None:
    near = {"home_latitude": 36.0, "home_longitude": 103.1}
    staff = [person("bai", post_grade=3), person("lin", post_grade=2, **near)]
    posts: list[Row] = [post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN)]
    roster = county(staff, posts=posts)

    outcome = plan(roster, asked(roster, _pack(_order())), seed=1)

    assert isinstance(outcome, Planned)
    assert [move.person_id for move in outcome.plan.moves] == ["bai"]
    assert outcome.plan.passed_over == ()


def test_a_plan_names_who_is_passed_over_where_a_decision_asks_for_it() -> None:
    fixed = [decision("固定", "lin", HILLTOP)]
    posts: list[Row] = [post(RIVERSIDE, required=2), post(HILLTOP), post(NEW_TOWN)]
    roster = county(STAFF, posts=posts, decisions=fixed)

    outcome = plan(roster, asked(roster, _pack(_order())), seed=1)

    assert isinstance(outcome, Planned)
    assert [(p.rule, p.person_id) for p in outcome.plan.passed_over] == [("order", "bai")]
