"""What is dated by the year of the question may have begun by the day, or not yet (§1)."""

from tests.engine.screening.one_person import TENURE, measure, roster, stint, value

_HERE = stint("A", "2018-09-01")
_LEAVE = {"stint_kind": "病休", "post": None}


def test_a_second_place_begun_this_year_may_take_tenure_down_to_nothing() -> None:
    given = roster(stints=[_HERE, stint("B", "2026")])

    assert value(measure("tenure", TENURE), given) == (0, 7)


def test_a_second_place_begun_last_year_has_begun() -> None:
    given = roster(stints=[_HERE, stint("B", "2025")])

    assert value(measure("tenure", TENURE), given) == (0, 7)
    assert value(measure("tenure", TENURE), roster(stints=[_HERE])) == (7, 7)


def test_a_place_begun_this_year_at_the_same_unit_changes_nothing() -> None:
    given = roster(stints=[_HERE, stint("A", "2026")])

    assert value(measure("tenure", TENURE), given) == (7, 7)


def test_a_break_begun_this_year_asks_for_its_day_and_not_for_a_declaration() -> None:
    open_break = stint("A", "2026", **_LEAVE)
    given = roster(stints=[_HERE, open_break], closed=False)

    assert value(measure("tenure", TENURE), given) == (0, 7)


def test_work_and_a_break_begun_this_year_leave_open_whether_anything_was_known() -> None:
    given = roster(stints=[stint("A", "2026"), stint("A", "2026", **_LEAVE)], closed=False)

    assert value(measure("tenure", TENURE), given) == (0, None)


def test_a_break_before_the_year_of_the_question_is_certain() -> None:
    given = roster(stints=[_HERE, stint("A", "2025", **_LEAVE)], closed=False)

    assert value(measure("tenure", TENURE), given) == (0, 0)
