from junheng.engine.planning.shortages import Shortage, shortage_lines, shortages
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    county,
    head_post,
    person,
    post,
    problem_of,
    unit,
)

UNITS = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, zone="西"))


def _found(*posts: dict[str, object]) -> tuple[Shortage, ...]:
    """Return what is short with three teachers of mathematics at Riverside, in the east."""
    staff = [person(each) for each in ("bai", "lin", "zhao")]
    return shortages(problem_of(county(staff, units=UNITS, posts=posts)))


def test_a_zone_with_enough_persons_is_not_short_however_they_are_spread() -> None:
    assert _found(dict(post(RIVERSIDE)), dict(post(HILLTOP, required=3))) == ()


def test_a_zone_with_one_person_too_few_is_short_by_one() -> None:
    (found,) = _found(dict(post(RIVERSIDE)), dict(post(HILLTOP, required=4)))

    assert (found.zone, found.stage, found.subject) == ("东", "小学", "数学")
    assert (found.required, found.staff, found.short, found.vacant) == (4, 3, 1, 4)
    assert found.elsewhere == 0


def test_what_other_zones_have_to_spare_is_told() -> None:
    (found,) = _found(dict(post(RIVERSIDE, required=1)), dict(post(NEW_TOWN, required=1)))

    assert (found.zone, found.short, found.elsewhere) == ("西", 1, 2)
    assert "别的片区共多出 2 人" in shortage_lines((found,))[1]


def test_leaders_are_counted_by_role() -> None:
    (found,) = _found(dict(post(RIVERSIDE)), dict(head_post(HILLTOP)))

    assert (found.role, found.subject, found.short) == ("校长", "", 1)


def test_shortages_read_in_both_languages_and_nothing_is_said_of_none() -> None:
    found = _found(dict(post(RIVERSIDE)), dict(post(HILLTOP, required=4)))

    assert [len(shortage_lines(found, each)) for each in Language] == [2, 2]
    assert shortage_lines(()) == ()
