"""Facts of a placement are those registered, and computed from its history alone."""

from dataclasses import replace
from datetime import date

import pytest

from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.programme import calendar_of, events
from junheng.engine.programme.placement_facts import PLACEMENT_FACTS
from junheng.engine.programme.workloads import loads
from tests.engine.programme.scenes import BUREAU, fold, fresh, placed, resolved


def test_every_registered_fact_of_a_placement_is_computed() -> None:
    registered = {name for name, fact in FACTS.items() if fact.about is About.PLACEMENT}

    assert set(PLACEMENT_FACTS) == registered


@pytest.mark.parametrize(
    ("each", "counted"),
    [("month", 1), ("quarter", 2), ("term", 3), ("school_year", 4), ("service", 5)],
)
def test_work_counts_from_the_beginning_of_what_it_is_asked_for(
    each: str, counted: int
) -> None:
    pack = resolved()
    item = replace(pack.items.workloads["observe"], each=each, arrangement=("one-year",))
    pack = replace(pack, items=replace(pack.items, workloads={"observe": item}))
    days = (date(2025, 8, 31), date(2025, 9, 1), date(2026, 3, 31), date(2026, 4, 1))
    done = [
        events.Worked(on=day, by=BUREAU, person="P1", kind="听评课")
        for day in (*days, date(2026, 5, 1))
    ]
    state = fold(fresh(), placed(arrangement="one-year"), *done)

    (load,) = loads(state, pack, calendar_of(pack), "P1", date(2026, 5, 20))

    assert load.done == counted
