"""Two rosters compared: new, gone, changed from → to."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.cells import MASK
from junheng.engine.roster.changes import ChangeKind, compare
from tests.engine.roster.small_rosters import ID_NUMBER, frames, small_roster


def test_compare_finds_nothing_between_equal_rosters() -> None:
    assert compare(small_roster(), small_roster()).changes == ()


def test_compare_gives_a_changed_cell_from_and_to() -> None:
    persons = frames()["persons"].with_columns(subject=pl.Series(["语文", "英语", "语文"]))
    changes = compare(small_roster(), small_roster(persons=persons))
    assert changes.frame.rows() == [("persons", "0002", "changed", "subject", "数学", "英语")]


def test_compare_tells_a_new_and_a_gone_person_by_id_and_name() -> None:
    persons = frames()["persons"]
    one, other = small_roster(persons=persons[:2]), small_roster(persons=persons[1:])
    assert compare(one, other).frame.rows() == [
        ("persons", "0001", "gone", "", "=1+1", ""),
        ("persons", "0003", "new", "", "", "@甲"),
    ]


def test_compare_tells_a_date_known_more_exactly_from_the_same_date() -> None:
    exact = frames()["persons"].with_columns(birth_precision=pl.Series(["day", "day", None]))
    changes = compare(small_roster(), small_roster(persons=exact))
    assert changes.frame.rows() == [
        ("persons", "0002", "changed", "birth", "1990-03", "1990-03-01")
    ]


def test_compare_masks_id_numbers_on_both_sides() -> None:
    numbers = pl.Series([None, ID_NUMBER, None], dtype=pl.String)
    persons = frames()["persons"].with_columns(id_number=numbers)
    changes = compare(small_roster(), small_roster(persons=persons))
    assert changes.frame.rows() == [
        ("persons", "0001", "changed", "id_number", MASK, ""),
        ("persons", "0002", "changed", "id_number", "", MASK),
    ]


def test_compare_masks_grounds_in_a_row_that_is_gone() -> None:
    none = frames()["circumstances"].clear()
    (change,) = compare(small_roster(), small_roster(circumstances=none)).changes
    assert change.kind is ChangeKind.GONE
    assert change.before == (
        f"人员编号 0003；情形类别 {MASK}；开始时间 2026-03-01；证明材料 {MASK}"
    )


def test_compare_matches_histories_by_content_not_by_place() -> None:
    reordered = frames()["stints"].reverse()
    assert compare(small_roster(), small_roster(stints=reordered)).changes == ()


def test_compare_counts_a_row_that_stands_twice_once_more() -> None:
    stints = frames()["stints"]
    twice = pl.concat([stints, stints[:1]])
    changes = compare(small_roster(), small_roster(stints=twice))
    assert changes.counts() == {("stints", ChangeKind.NEW): 1}


def test_compare_prints_an_end_as_its_last_month() -> None:
    until = pl.Series([date(2020, 9, 1), None])
    stints = frames()["stints"].with_columns(until=until)
    changes = compare(small_roster(), small_roster(stints=stints)).changes
    assert [("2019-08" in c.before, "2020-08" in c.after) for c in changes] == [
        (True, False),
        (False, True),
    ]


@given(st.permutations(range(3)), st.permutations(range(2)))
def test_compare_does_not_depend_on_the_order_of_rows(
    persons: list[int], stints: list[int]
) -> None:
    other = frames()["persons"].with_columns(sex=pl.lit("女"))
    shuffled = small_roster(persons=other[persons], stints=frames()["stints"][stints])
    expected = compare(small_roster(), small_roster(persons=other))
    assert compare(small_roster(), shuffled) == expected
