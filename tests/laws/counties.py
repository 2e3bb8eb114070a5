"""Random counties for laws: very small ones that can go wrong, and small whole ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache, cached_property

import polars as pl
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st

from junheng.engine import codes
from junheng.engine.planning import Planned, plan
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import TINY_DAY, generate, tiny
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import Screening, screen

ON = TINY_DAY
PACKS = ("datong-example", "district-managed-example")
TRANSFERS = "datong-example, exchange-relation=relation-moves"
QUESTIONS = (*PACKS, TRANSFERS)
"""Packs, and one with a setting under which establishments change too."""

Row = Mapping[str, object]


class County:
    """A roster and the question that is asked of it; shows only what made it.

    Not a dataclass: of those the tests would print every table when a law fails.
    """

    def __init__(self, made_by: str, roster: Roster, pack_id: str, seed: int) -> None:
        self.made_by = made_by
        self.roster = roster
        self.pack_id = pack_id
        self.seed = seed

    def __repr__(self) -> str:
        return f"{self.made_by} under {self.pack_id}, drawn with {self.seed}"

    @cached_property
    def screening(self) -> Screening:
        return screen(self.roster, pack_of(self.pack_id))

    def having(self, roster: Roster) -> County:
        """Return the same question of another roster."""
        return County(f"{self.made_by}, changed,", roster, self.pack_id, self.seed)


@cache
def pack_of(question: str) -> ResolvedPack:
    pack_id, _, setting = question.partition(", ")
    return resolve(load(pack_id), on=ON, settings=dict([setting.split("=")] if setting else []))


def tried(times: int) -> settings:
    """Return how often a law is tried; the same counties on every run.

    Failing counties are not made smaller: most are tiny, and planning each costs time.
    """
    return settings(
        max_examples=times,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@st.composite
def tiny_counties(draw: st.DrawFn) -> County:
    """Two to four schools, four to nine persons, every cell filled."""
    seed = draw(st.integers(0, 9999))
    units, persons = draw(st.integers(2, 4)), draw(st.integers(4, 9))
    made_by = f"tiny({seed}, {units}, {persons})"
    return County(made_by, tiny(seed, units, persons), draw(st.sampled_from(QUESTIONS)), seed)


@st.composite
def small_counties(draw: st.DrawFn) -> County:
    """Four to eight units, forty to eighty persons, with what is usually missing."""
    seed = draw(st.integers(0, 9999))
    units, persons = draw(st.integers(4, 8)), draw(st.integers(40, 80))
    made_by = f"generate(units={units}, persons={persons}, seed={seed})"
    roster = generate(units=units, persons=persons, seed=seed, on=ON)
    unit = roster["units"]["unit_id"].min()
    issued = {"quota_id": "issued-quota", "unit_id": unit, "number": 1}
    roster = with_rows(roster, "issued_quotas", issued)
    return County(made_by, roster, draw(st.sampled_from(QUESTIONS)), seed)


def counties() -> st.SearchStrategy[County]:
    """Return both kinds, the very small ones more often."""
    return st.one_of(tiny_counties(), tiny_counties(), small_counties())


def planned(county: County) -> Plan:
    """Return the plan; counties without one do not count as tried."""
    found = plan_if_any(county)
    assume(found is not None)
    assert found is not None
    return found


def plan_if_any(county: County) -> Plan | None:
    found = plan(county.roster, county.screening, seed=county.seed)
    return found.plan if isinstance(found, Planned) else None


def values_of(plan: Plan) -> dict[str, int]:
    return {each.id: each.value for each in plan.objectives}


def with_table(roster: Roster, table: str, frame: pl.DataFrame) -> Roster:
    """Return the roster with another frame in the place of one table."""
    return roster_of({name: roster[name] for name in roster.given} | {table: frame})


def with_rows(roster: Roster, table: str, *rows: Row) -> Roster:
    """Return the roster with rows added at the end of one table."""
    schema = BY_ID[table].schema
    added = pl.DataFrame(
        [dict(row) for row in rows], schema={name: schema[name] for name in rows[0]}
    )
    return with_table(roster, table, pl.concat([roster[table], added], how="diagonal"))


def all_declared(roster: Roster) -> Roster:
    """Return the roster in which every unit has declared every table complete."""
    units = pl.DataFrame({"unit_id": roster["units"]["unit_id"]})
    names = pl.DataFrame({"table_name": codes.TABLE_NAME.codes})
    declared = units.join(names, how="cross").with_columns(complete_as_of=pl.lit(ON))
    return roster_of({name: roster[name] for name in roster.given} | {"declarations": declared})


def shuffled(roster: Roster, seed: int) -> Roster:
    """Return the roster with the rows of every table in another order."""
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    return roster_of(
        {
            name: roster[name][chance.sample(range(roster[name].height), roster[name].height)]
            for name in roster.given
        }
    )
