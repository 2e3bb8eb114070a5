import pytest

from junheng.engine.planning import Conflict, conflict_lines, plan
from junheng.engine.planning.constraints.relatives import kin_kept
from junheng.engine.policy.items import KinRule, Strength
from junheng.engine.policy.pack import ResolvedPack
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    UNITS,
    asked,
    choosing,
    county,
    decision,
    person,
    problem_of,
    unit,
)
from tests.engine.planning.hand_screening import pack_of

COUPLE = [{"person_id": "zhao", "relative_id": "lin", "kinship": "夫妻"}]
AT_HOME = [person("lin"), person("zhao")]
AWAY = [person("lin"), person("zhao", unit_id=NEW_TOWN)]
Moves = tuple[tuple[str, str], ...]


def _rule(rule: str, at: str = "unit", strength: Strength = Strength.HARD) -> ResolvedPack:
    item = KinRule(id="kin", title="亲属", strength=strength, among=("夫妻",), rule=rule, at=at)
    return pack_of(transfer=None, kin_rules=(item,))


@pytest.mark.parametrize(
    ("moves", "kept"),
    [
        ((), True),
        ((("lin", HILLTOP),), True),
        ((("lin", NEW_TOWN),), False),
        ((("lin", HILLTOP), ("zhao", HILLTOP)), False),
        ((("lin", NEW_TOWN), ("zhao", HILLTOP)), True),
        ((("lin", NEW_TOWN), ("zhao", RIVERSIDE)), True),
    ],
)
def test_kin_kept_apart_never_end_in_one_unit_whoever_moved(
    moves: Moves, *, kept: bool
) -> None:
    problem = problem_of(county(AWAY, kinship=COUPLE), _rule("apart"))

    broken = kin_kept(problem).broken(choosing(problem, *moves))

    assert (broken == ()) is kept


@pytest.mark.parametrize(
    ("moves", "kept"),
    [
        ((), True),
        ((("lin", NEW_TOWN),), True),
        ((("lin", HILLTOP),), False),
        ((("lin", HILLTOP), ("zhao", HILLTOP)), False),
        ((("lin", HILLTOP), ("zhao", NEW_TOWN)), True),
    ],
)
def test_kin_kept_apart_may_stay_in_a_common_zone_only_if_neither_moves(
    moves: Moves, *, kept: bool
) -> None:
    units = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, zone="西"))
    problem = problem_of(county(AT_HOME, units=units, kinship=COUPLE), _rule("apart", "zone"))

    broken = kin_kept(problem).broken(choosing(problem, *moves))

    assert (broken == ()) is kept


@pytest.mark.parametrize(
    ("moves", "kept"),
    [
        ((), True),
        ((("lin", HILLTOP),), False),
        ((("lin", HILLTOP), ("zhao", HILLTOP)), True),
        ((("lin", HILLTOP), ("zhao", NEW_TOWN)), False),
    ],
)
def test_kin_kept_together_move_to_one_unit_or_not_at_all(moves: Moves, *, kept: bool) -> None:
    problem = problem_of(county(AT_HOME, kinship=COUPLE), _rule("together"))

    broken = kin_kept(problem).broken(choosing(problem, *moves))

    assert (broken == ()) is kept


def test_kin_kept_together_asks_nothing_of_relatives_who_start_apart() -> None:
    problem = problem_of(county(AWAY, kinship=COUPLE), _rule("together"))

    assert kin_kept(problem).names == ()


def test_kin_kept_apart_takes_units_of_a_blank_township_for_different_places() -> None:
    units = tuple(unit(str(each["unit_id"]), township=None) for each in UNITS)
    named = tuple(unit(str(each["unit_id"]), township="河乡") for each in UNITS)
    moves = (("lin", NEW_TOWN), ("zhao", HILLTOP))
    broken = []
    for each in (units, named):
        problem = problem_of(
            county(AWAY, units=each, kinship=COUPLE), _rule("apart", "township")
        )
        broken.append(bool(kin_kept(problem).broken(choosing(problem, *moves))))

    assert broken == [False, True]


@pytest.mark.parametrize("named", ["lin", "zhao", None])
def test_kin_kept_is_lifted_for_a_pair_by_an_approval_that_names_either(
    named: str | None,
) -> None:
    lifted = [decision("例外批准", named, None, "kin")]
    other = [
        decision("例外批准", "sun", None, "kin"),
        decision("例外批准", None, HILLTOP, "kin"),
    ]
    pack = _rule("apart", strength=Strength.PRINCIPLE)
    staff = [*AWAY, person("sun")]

    free, bound = (
        problem_of(county(staff, kinship=COUPLE, decisions=each), pack)
        for each in (lifted, other)
    )

    assert (len(free.kin), len(bound.kin)) == (0, 1)


@pytest.mark.parametrize(
    ("kinship", "relative", "strength"),
    [
        ("其他", "lin", Strength.HARD),
        ("夫妻", "nobody", Strength.HARD),
        ("夫妻", "lin", Strength.ENCOURAGED),
    ],
)
def test_kin_kept_is_not_about_other_kinship_strangers_or_what_is_encouraged(
    kinship: str, relative: str, strength: Strength
) -> None:
    rows = [{"person_id": "zhao", "relative_id": relative, "kinship": kinship}]

    problem = problem_of(county(AWAY, kinship=rows), _rule("apart", strength=strength))

    assert problem.kin == ()


def test_kin_kept_clashing_with_a_decision_is_a_conflict_that_names_both() -> None:
    pinned = [decision("固定", "lin", NEW_TOWN), decision("固定", "zhao", NEW_TOWN)]
    roster = county(AWAY, kinship=COUPLE, decisions=pinned)

    outcome = plan(roster, asked(roster, _rule("apart")), seed=1)

    assert isinstance(outcome, Conflict)
    assert [group.rule for group in outcome.groups] == ["kin", "pin", "pin"]
    assert dict(outcome.titles) == {"kin": "亲属"}
    assert "亲属" in "".join(conflict_lines(outcome))
