"""The worked pack of these tests, and short ways to ask it something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.programme import Member, State, advance, calendar_of, events
from junheng.engine.programme.events import Actor
from junheng.engine.programme.state import FactValue

WORKED = Path(__file__).parent / "worked"


@cache
def worked() -> Pack:
    """Return the worked pack."""
    return load(WORKED)


def resolved(settings: Mapping[str, object] = MappingProxyType({})) -> ResolvedPack:
    """Return the worked pack resolved with the settings of its cases, and others."""
    chosen = {**dict(worked().items.settings["for-cases"].values), **settings}
    return resolve_with(worked(), on=date(2025, 8, 31), settings=chosen)


def expecting(case_id: str, **expected: object) -> Pack:
    """Return the worked pack with one case only, which expects something else."""
    case = worked().items.cases[case_id]
    changed = replace(case, expect=tuple(expected.items()))
    return replace(worked(), items=replace(worked().items, cases={case_id: changed}))


OFFICER = Actor("officer", "unit-group", "U1")
BUREAU = Actor("director", "bureau")


def fresh(*people: str, **facts: FactValue) -> State:
    """Return the beginning of a programme with these persons at U1, and a host U2."""
    known: dict[str, FactValue] = {"office_level": "无", "post_grade": Fraction(9), **facts}
    return State(
        programme="worked-2025",
        year=2025,
        day=date(2025, 5, 1),
        members={each: Member(id=each, unit="U1", facts=known) for each in people or ("P1",)},
        units={"U1": {"unit_system": "政府", "unit_area": "城市"}, "U2": {"unit_area": "乡村"}},
    )


def placed(person: str = "P1", **changes: object) -> events.Placed:
    """Return a placement of one person from U1 to U2 for a year."""
    values: dict[str, Any] = {
        "on": date(2025, 8, 1),
        "by": BUREAU,
        "person": person,
        "origin": "U1",
        "host": "U2",
        "arrangement": "support",
        "since": date(2025, 9, 1),
        "until": date(2026, 9, 1),
        **changes,
    }
    return events.Placed(**values)


def fold(state: State, *happened: events.Event, pack: ResolvedPack | None = None) -> State:
    """Fold events that must all be accepted."""
    asked = pack or resolved()
    for event in happened:
        came = advance(state, event, asked, calendar_of(asked))
        assert came.refusals == (), (event, came.refusals)
        state = came.state
    return state


def gates(state: State, event: events.Event, pack: ResolvedPack | None = None) -> set[str]:
    """Return the gates that refuse an event; empty where it is accepted."""
    asked = pack or resolved()
    came = advance(state, event, asked, calendar_of(asked))
    assert not came.refusals or came.state == state
    return {each.gate for each in came.refusals}
