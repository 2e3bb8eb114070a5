"""The whole-table evaluation agrees with the plain interpreter, person by person."""

from typing import Any

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening import screen
from tests.engine.screening.counties import ON, ragged_county
from tests.engine.screening.oracle import Oracle

PACKS = ("datong-example", "district-managed-example")
READINGS = {
    "as chosen": {},
    "school years, excluded support": {
        "years-clock": "school_years",
        "support-time": "excluded",
        "leave-time": "breaks",
        "same-school": "campus",
    },
    "months, breaking support": {
        "years-clock": "months",
        "support-time": "breaks",
        "leave-time": "excluded",
        "same-school": "group",
        "age-measure": "not_past_birthday",
    },
    "all excluded": {"support-time": "excluded", "leave-time": "excluded", "bridged-gap": "0"},
}


def _verdicts(seed: int, pack_id: str, reading: str) -> tuple[Any, Any]:
    roster = ragged_county(seed)
    pack = resolve(load(pack_id), on=ON, settings=READINGS[reading])
    found = screen(roster, pack)
    oracle = Oracle(roster, pack)
    persons = roster["persons"].sort("person_id").to_dicts()
    expected = {row["person_id"]: oracle.verdict(row) for row in persons}
    rules = found.rules.drop("person_id").to_dicts()
    actual = {
        row["person_id"]: (row["outcome"], row["track"], sorted(row["could_be"]), truths)
        for row, truths in zip(found.verdicts.to_dicts(), rules, strict=True)
    }
    return actual, expected


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize("seed", [1, 2])
def test_screening_agrees_with_the_plain_interpreter(
    pack_id: str, reading: str, seed: int
) -> None:
    actual, expected = _verdicts(seed, pack_id, reading)

    different = {
        key: (actual[key], expected[key]) for key in expected if actual[key] != expected[key]
    }
    assert different == {}
