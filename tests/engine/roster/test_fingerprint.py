"""The fingerprint depends on content alone."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

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


def _roster(frame: pl.DataFrame = PERSONS) -> Roster:
    return roster_of({"persons": frame})


def test_a_fingerprint_is_sha_256_and_pinned_to_its_format() -> None:
    empty = roster_of({})

    assert (
        fingerprint(empty) == "d7bc92c5e7151adfc8247c70c4255c0676b2a58ba63fb0c2e204d5cc680c99a7"
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
    ],
)
def test_any_change_of_content_changes_the_fingerprint(change: pl.Expr) -> None:
    assert fingerprint(_roster(PERSONS.with_columns(change))) != fingerprint(_roster())


def test_a_tab_in_a_cell_cannot_imitate_two_cells() -> None:
    one = pl.DataFrame({"unit_id": ["a"], "table_name": ["b\tc"], "kind": ["d"]})
    two = pl.DataFrame({"unit_id": ["a\tb"], "table_name": ["c"], "kind": ["d"]})

    prints = {fingerprint(roster_of({"declarations": frame})) for frame in (one, two)}

    assert len(prints) == 2


def test_a_table_given_but_empty_differs_from_one_not_given() -> None:
    empty = PERSONS.clear().select("person_id")

    assert fingerprint(roster_of({"persons": empty})) != fingerprint(roster_of({}))
