from junheng.engine.answers import stay_lines
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.answers.staying import Cause, Stay, stay_of
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.items import Bound, Destination, Outcome, Strength
from junheng.engine.roster.roster import Roster
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    asked,
    county,
    decision,
    person,
    post,
    unit,
)
from tests.engine.planning.hand_screening import (
    SAME_ZONE,
    Sorter,
    everyone_due,
    number,
    pack_of,
    planning_item,
)

IN_ZONE = Destination(
    id="in-zone", title="片区内", source=("c-1",), strength=Strength.HARD, must=SAME_ZONE
)
ONE_SHORT = (post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN))


def _stay(
    *others: Row, posts: tuple[Row, ...] = ONE_SHORT, zone: str = "东", **tables: list[Row]
) -> tuple[Stay, Situation]:
    """Return why Zhao stays in a county of Zhao and others."""
    units = (unit(RIVERSIDE), unit(HILLTOP, zone=zone), unit(NEW_TOWN, zone=zone))
    staff = [person("zhao", title="二级教师"), *others]
    roster = county(staff, units=units, posts=posts, **tables)
    return _of(roster, everyone_due)


def _of(roster: Roster, sort: Sorter, leavers: int = 9) -> tuple[Stay, Situation]:
    item = planning_item(leavers_at_most=Bound(number=number(leavers)))
    pack = pack_of(item, destinations=(IN_ZONE,))
    screening = asked(roster, pack, sort)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    standing = situation(roster, screening, outcome.plan)
    assert "zhao" not in standing.move_of
    return stay_of(standing, "zhao", {}), standing


def test_somebody_who_may_not_be_chosen_stays_for_their_outcome() -> None:
    roster = county([person("zhao")], posts=ONE_SHORT)

    found, _ = _of(roster, lambda _: (Outcome.NOT_DUE, ""))

    assert (found.cause, found.outcome) == (Cause.OUTCOME, "not_due")


def test_somebody_who_is_not_counted_is_no_part_of_the_plan() -> None:
    found, _ = _of(county([person("zhao", employment="编外")]), everyone_due)

    assert found.cause is Cause.NOT_COUNTED


def test_a_decision_to_stay_is_the_reason_to_stay() -> None:
    found, _ = _stay(decisions=[decision("固定", "zhao", RIVERSIDE)])

    assert found.cause is Cause.DECIDED


def test_where_rules_forbid_every_unit_with_a_post_they_are_counted() -> None:
    found, standing = _stay(zone="西")

    assert (found.cause, found.hosts, found.against) == (Cause.NOWHERE, 2, (("in-zone", 2),))
    assert "片区内" in stay_lines(found, standing.screening)[0]


def test_where_no_other_unit_has_a_post_this_is_said() -> None:
    found, standing = _stay(posts=(post(RIVERSIDE),))

    assert (found.cause, found.hosts) == (Cause.NOWHERE, 0)
    assert "都没有" in stay_lines(found, standing.screening)[0]


def test_when_somebody_else_fills_the_only_gap_no_unit_lacks_anybody() -> None:
    nearer = person("bai", title="二级教师", home_latitude=36.0, home_longitude=103.1)

    found, standing = _stay(nearer)

    assert (found.cause, found.allowed, found.short) == (Cause.NOT_CHOSEN, 2, 0)
    assert found.cheapest is not None
    assert found.cheapest.worse is not None
    assert found.cheapest.worse.id == "wishes"
    said = {each: stay_lines(found, standing.screening, each) for each in Language}
    assert len(said[Language.ZH]) == len(said[Language.EN])


def test_the_limit_on_leavers_is_named_with_its_numbers() -> None:
    nearer = person("bai", title="二级教师", home_latitude=36.0, home_longitude=103.1)
    zhao = person("zhao", title="二级教师")

    found, standing = _of(county([zhao, nearer], posts=ONE_SHORT), everyone_due, leavers=1)

    assert found.leavers is not None
    assert (found.leavers.limit, found.leavers.after) == (1, 1)
    assert "所在单位今年至多流出 1 人，已安排 1 人。" in stay_lines(found, standing.screening)
