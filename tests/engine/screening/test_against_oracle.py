"""The whole-table evaluation agrees with the plain interpreter, person by person."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import screen
from tests.engine.screening.asking import asked, packs_with_rules
from tests.engine.screening.counties import ON, ragged_county
from tests.engine.screening.oracle import Oracle

WAYS = (None, 1, 2)
"""As the cases of a pack set what it leaves open, and with every choice at random."""


@cache
def _county(seed: int) -> Roster:
    return ragged_county(seed, persons=100)


def _with_decisions(roster: Roster, pack: ResolvedPack, seed: int) -> Roster:
    """Add decisions under the rules of a pack, some of them yet to come."""
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    people = [*roster["persons"]["person_id"], "elsewhere", None]
    rows = [
        {
            "decision_kind": chance.choice(("认定", "不予认定", "例外批准", "固定")),
            "person_id": chance.choice(people),
            "unit_id": chance.choice((None, roster["units"]["unit_id"][0])),
            "rule_id": rule,
            "decided_on": chance.choice((None, ON, ON + timedelta(1))),
        }
        for rule in pack.items.rules
        for _ in range(roster["persons"].height // 3)
    ]
    schema = BY_ID["decisions"].schema
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in rows[0]})
    return roster_of({name: roster[name] for name in roster.given} | {"decisions": frame})


def _verdicts(roster: Roster, pack: ResolvedPack) -> tuple[Any, Any]:
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


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", packs_with_rules())
@pytest.mark.parametrize("seed", [1, 2])
def test_screening_agrees_with_the_plain_interpreter(
    name: str, way: int | None, seed: int
) -> None:
    pack = asked(name, way)

    actual, expected = _verdicts(_with_decisions(_county(seed), pack, seed), pack)

    different = {
        key: (actual[key], expected[key]) for key in expected if actual[key] != expected[key]
    }
    assert different == {}
