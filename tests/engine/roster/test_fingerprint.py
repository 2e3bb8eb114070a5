"""The fingerprint depends on content alone."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster import fingerprint, read_roster
from junheng.engine.roster.roster import Roster, roster_of
from tests.engine.roster.officers_files import (
    HILLTOP,
    LIN,
    RIVERSIDE,
    ZHAO,
    rows_of,
    write_xlsx,
)

PERSONS = pl.DataFrame(
    {
        "person_id": ["P1", "P2"],
        "person_name": ["林静", "赵刚"],
        "unit_id": ["S1", "S1"],
        "birth": [date(1987, 3, 1), None],
        "other_subjects": [["数学", "科学"], None],
        "home_latitude": [27.5, None],
    }
)


_CELLS = st.tuples(*[st.none() | st.text(alphabet="a\\N\t\n、", max_size=2) for _ in range(3)])


def _texts(rows: list[tuple[str | None, ...]]) -> str:
    schema = dict.fromkeys(("unit_id", "table_name", "kind"), pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return fingerprint(roster_of({"declarations": frame}))


def _roster(frame: pl.DataFrame = PERSONS) -> Roster:
    return roster_of({"persons": frame})


def test_a_fingerprint_is_sha_256_and_pinned_to_its_format() -> None:
    empty = roster_of({})

    assert (
        fingerprint(empty) == "d917a4b73fd9c43251208fc675b52b368ac9195a548fb62606b9627e0cd6bdae"
    )


def test_order_of_rows_columns_and_words_does_not_matter(tmp_path: Path) -> None:
    forward = {"单位": rows_of(RIVERSIDE, HILLTOP), "人员": rows_of(LIN, ZHAO)}
    person = {"工作单位编号": "S1", "姓名": "赵刚", "人员编号": "P2"}
    backward = {
        "persons": [["某县名册"], *rows_of(person, LIN)],
        "units": rows_of(HILLTOP, RIVERSIDE),
    }

    one = read_roster(write_xlsx(tmp_path / "a.xlsx", forward))
    other = read_roster(write_xlsx(tmp_path / "b.xlsx", backward))

    assert fingerprint(one) == fingerprint(other)


def test_codes_in_another_order_within_a_cell_are_the_same() -> None:
    turned = PERSONS.with_columns(pl.Series("other_subjects", [["科学", "数学"], None]))

    assert fingerprint(_roster(turned)) == fingerprint(_roster())


@pytest.mark.parametrize(
    "change",
    [
        pl.lit("李静").alias("person_name"),
        pl.lit(date(1987, 3, 2)).alias("birth"),
        pl.lit("month").alias("birth_precision"),
        pl.lit(27.500001).alias("home_latitude"),
        pl.lit(None, pl.Float64).alias("home_latitude"),
        pl.lit("").alias("grades_taught"),
        pl.lit("\\N").alias("grades_taught"),
        pl.lit([]).cast(pl.List(pl.String)).alias("other_subjects"),
        pl.lit([""]).alias("other_subjects"),
    ],
)
def test_any_change_of_content_changes_the_fingerprint(change: pl.Expr) -> None:
    assert fingerprint(_roster(PERSONS.with_columns(change))) != fingerprint(_roster())


def test_a_tab_in_a_cell_cannot_imitate_two_cells() -> None:
    one = pl.DataFrame({"unit_id": ["a"], "table_name": ["b\tc"], "kind": ["d"]})
    two = pl.DataFrame({"unit_id": ["a\tb"], "table_name": ["c"], "kind": ["d"]})

    prints = {fingerprint(roster_of({"declarations": frame})) for frame in (one, two)}

    assert len(prints) == 2


@given(st.lists(_CELLS, min_size=1, max_size=3), st.lists(_CELLS, min_size=1, max_size=3))
def test_rows_have_one_fingerprint_exactly_when_they_are_the_same_rows(
    some: list[tuple[str | None, ...]], others: list[tuple[str | None, ...]]
) -> None:
    same = sorted(some, key=repr) == sorted(others, key=repr)

    assert (_texts(some) == _texts(others)) == same


def test_words_of_a_list_cannot_run_into_each_other() -> None:
    lists = (["a、b", "c"], ["a", "b、c"], ["a", "b", "c"], ["a\\", "b"], ["a\\、b"])

    prints = {
        fingerprint(
            roster_of({"units": pl.DataFrame({"unit_id": ["S"], "unit_traits": [words]})})
        )
        for words in lists
    }

    assert len(prints) == len(lists)


def test_rows_that_are_blank_throughout_are_counted() -> None:
    one, two = (pl.DataFrame({"unit_id": [None] * n}) for n in (1, 2))

    assert fingerprint(roster_of({"units": one})) != fingerprint(roster_of({"units": two}))


def test_the_order_of_more_rows_than_are_hashed_at_once_does_not_matter() -> None:
    ids = pl.DataFrame({"unit_id": [f"S{n}" for n in range(70_000)]})
    fewer = ids.head(69_999)

    turned = fingerprint(roster_of({"units": ids.reverse()}))

    assert turned == fingerprint(roster_of({"units": ids}))
    assert turned != fingerprint(roster_of({"units": fewer}))


def test_a_table_given_but_empty_differs_from_one_not_given() -> None:
    empty = PERSONS.clear().select("person_id")

    assert fingerprint(roster_of({"persons": empty})) != fingerprint(roster_of({}))
