"""Stopping a planning run from outside, also inside a long solve."""

from collections.abc import Callable
from datetime import date

import pytest

from junheng.engine.planning import Stopped, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen

ON = date(2026, 8, 31)


def _county() -> tuple[Roster, Screening]:
    roster = generate(units=20, persons=500, seed=1, on=ON)
    return roster, screen(roster, resolve(load("district-managed-example"), on=ON))


def _after(calls: int, asked: list[int]) -> Callable[[], bool]:
    """Return a question that is answered with yes from some call on."""

    def cancelled() -> bool:
        asked.append(len(asked))
        return len(asked) > calls

    return cancelled


def test_planning_that_is_stopped_before_it_begins_says_so() -> None:
    with pytest.raises(Stopped):
        plan(*_county(), seed=1, cancelled=lambda: True)


def test_the_solver_asks_while_it_works_and_stops_at_once() -> None:
    never: list[int] = []
    plan(*_county(), seed=1, cancelled=_after(10**9, never))
    asked: list[int] = []

    with pytest.raises(Stopped):
        plan(*_county(), seed=1, cancelled=_after(len(never) // 2, asked))

    assert len(never) > 100
    assert len(asked) <= len(never) // 2 + 20


def test_an_exception_of_the_question_comes_through() -> None:
    calls: list[int] = []

    def cancelled() -> bool:
        calls.append(1)
        if len(calls) > 50:
            raise KeyError("gone")
        return False

    with pytest.raises(KeyError, match="gone"):
        plan(*_county(), seed=1, cancelled=cancelled)
