"""Workloads and presence: what a placement has done of what its form asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.policy.items.service import Workload
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.placement_facts import period_start
from junheng.engine.programme.state import Placement, State
from junheng.engine.programme.views import Truth
from junheng.engine.programme.working_days import Calendar

_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One workload of a placement: what is asked, what is done, whether it is met.

    ``met`` is None where it is unknown; ``asked`` and ``done`` are None for conditions.
    """

    item: Workload
    met: Truth
    asked: Fraction | None = None
    done: Fraction | None = None


def loads(
    state: State, pack: ResolvedPack, calendar: Calendar, person: str, on: date
) -> Iterator[Load]:
    """Yield every workload that the form of a placement asks, in the order of the pack."""
    placement = state.placements[person]
    for item in pack.items.workloads.values():
        if item.arrangement and placement.arrangement not in item.arrangement:
            continue
        view = view_of(state, pack, calendar, item, person, on)
        if item.must is not None:
            yield Load(item=item, met=view.holds(item.must))
            continue
        asked = view.number(item.number) if item.number is not None else None
        done = _done(state, item, placement, on)
        met = (
            None
            if asked is None
            else (done == asked if item.relation == "exactly" else done >= asked)
        )
        yield Load(item=item, met=met, asked=asked, done=done)


def _done(state: State, item: Workload, placement: Placement, on: date) -> Fraction:
    sharing = [placement]
    if item.per == "subject":
        sharing = [
            each for each in state.placements.values() if _shares(state, each, placement)
        ]
    since = _since(item, on)
    return Fraction(
        sum(
            work.times
            for each in sharing
            for work in each.work
            if work.kind in item.tasks and since <= work.on <= on
        )
    )


def _since(item: Workload, on: date) -> date:
    if item.each == "quarter":
        return date(on.year, (on.month - 1) // _QUARTER * _QUARTER + 1, 1)
    return period_start(item.each, on)


def _shares(state: State, other: Placement, own: Placement) -> bool:
    """Whether two placements at one host are of one subject; unknown subjects share nothing."""
    if other.person == own.person:
        return True
    subject = state.members[own.person].facts.get("subject")
    theirs = state.members[other.person].facts.get("subject")
    same_form = (other.host, other.arrangement) == (own.host, own.arrangement)
    return same_form and subject is not None and subject == theirs
