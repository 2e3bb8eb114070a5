"""What holds for any county: unknown stays honest, one and all agree, others do not matter."""

import polars as pl
import pytest

from junheng.engine.policy.items import Outcome
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import screen
from tests.engine.screening.counties import ON, ragged_county

PACKS = ("datong-example", "district-managed-example")
CELLS = [
    ("persons", "birth"),
    ("persons", "sex"),
    ("persons", "office_level"),
    ("persons", "full_time_teacher"),
    ("stints", "cycle_completed"),
    ("units", "unit_stages"),
    ("circumstances", "issuer"),
    ("circumstances", "publicised_since"),
    ("wishes", "bureau_approval"),
]


def _rules(roster: Roster, pack_id: str) -> list[dict[str, bool | None]]:
    return screen(roster, resolve(load(pack_id), on=ON)).rules.to_dicts()


def _changed(roster: Roster, table: str, frame: pl.DataFrame) -> Roster:
    tables = {name: roster[name] for name in roster.given}
    return roster_of({**tables, table: frame})


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_blank_cell_never_turns_a_known_answer_into_the_other(
    pack_id: str, table: str, column: str
) -> None:
    roster = ragged_county(11, persons=120)
    blank = roster[table].with_columns(pl.lit(None, roster[table].schema[column]).alias(column))

    before, after = _rules(roster, pack_id), _rules(_changed(roster, table, blank), pack_id)

    flipped = [
        (row["person_id"], rule)
        for row, emptied in zip(before, after, strict=True)
        for rule, answer in emptied.items()
        if answer is not None and row[rule] is not None and row[rule] != answer
    ]
    assert flipped == []


@pytest.mark.parametrize("pack_id", PACKS)
def test_one_person_alone_gets_the_same_answers_as_among_all(pack_id: str) -> None:
    roster = ragged_county(12, persons=120)
    everybody = _rules(roster, pack_id)

    for row in everybody[::30]:
        alone = roster["persons"].filter(pl.col("person_id") == row["person_id"])
        assert _rules(_changed(roster, "persons", alone), pack_id) == [row]


@pytest.mark.parametrize("pack_id", PACKS)
def test_an_outcome_is_one_of_those_it_could_be_before_a_cell_was_known(pack_id: str) -> None:
    roster = ragged_county(13, persons=120)
    blank = roster["persons"].with_columns(birth=pl.lit(None, pl.Date))
    pack = resolve(load(pack_id), on=ON)

    known = screen(roster, pack).verdicts.to_dicts()
    unknown = screen(_changed(roster, "persons", blank), pack).verdicts.to_dicts()

    lost = [
        before["person_id"]
        for before, after in zip(known, unknown, strict=True)
        if before["outcome"] != Outcome.UNDECIDED
        and before["outcome"] not in (after["could_be"] or [after["outcome"]])
    ]
    assert lost == []
