"""Who each step is done for, and who does it: read from the pack, never written out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from junheng.engine.policy.items import Item
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.state import State
from junheng.engine.programme.views import Truth, View
from junheng.engine.programme.working_days import Calendar

_OF_ONE_PLACEMENT = frozenset(
    {"talk", "relation", "hand_over", "report_in", "serve", "visit", "appraise", "settle"}
)
"""Kinds of steps that are about one person's placement."""


def done_for(step: Step, pack: ResolvedPack) -> str:
    """Return for whom a step is done each time: ``programme``, ``unit`` or ``person``."""
    if step.per:
        return step.per
    if PERSON_WORD in step.actor or step.kind in _OF_ONE_PLACEMENT:
        return "person"
    bodies = pack.items.bodies
    if any(bodies[each].acts_for for each in step.actor if each in bodies):
        return "unit"
    return "programme"


def view_of(
    state: State, pack: ResolvedPack, calendar: Calendar, reader: Item, subject: str, on: date
) -> View:
    """Return how conditions see a subject: a person with any placement, or a unit."""
    member = state.members.get(subject)
    return View(
        pack=pack,
        state=state,
        calendar=calendar,
        reader=reader,
        on=on,
        member=member,
        placement=state.placements.get(subject),
        unit="" if member else subject,
    )


def concerns(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str
) -> Truth:
    """Return whether a step is about a subject at all."""
    placement = state.placements.get(subject)
    if step.arrangement and (
        placement is None or placement.arrangement not in step.arrangement
    ):
        return False
    return view_of(state, pack, calendar, step, subject, state.day).holds(step.who)


def unit_of(state: State, pack: ResolvedPack, step: Step, subject: str) -> str:
    """Return the unit whose body does a step for a subject; empty where one body does it."""
    if subject in state.units:
        return subject
    sides = {pack.items.bodies[b].acts_for for b in step.actor if b in pack.items.bodies}
    placement = state.placements.get(subject)
    member = state.members.get(subject)
    if "host" in sides and placement is not None:
        return placement.host
    return member.unit if member and sides - {""} else ""


def subjects(state: State, pack: ResolvedPack, calendar: Calendar, step: Step) -> Iterator[str]:
    """Yield all for whom a step is to be done, as far as known now.

    Whoever somebody else has replaced (替换) has nothing more to do in that exchange.
    """
    for subject in sorted(_candidates(state, pack, step)):
        if not subject or concerns(state, pack, calendar, step, subject) is True:
            yield subject


def _candidates(state: State, pack: ResolvedPack, step: Step) -> Collection[str]:
    match done_for(step, pack):
        case "programme":
            return ("",)
        case "unit":
            return state.units
    if not _needs_placement(step):
        return state.members
    return {person: each for person, each in state.placements.items() if not each.successor}


def _needs_placement(step: Step) -> bool:
    return bool(step.arrangement) or step.kind in _OF_ONE_PLACEMENT


def answering(
    state: State,
    pack: ResolvedPack,
    calendar: Calendar,
    needed: Step,
    step: Step,
    subject: str,
) -> tuple[str, ...]:
    """Return the subjects of a needed step that must be done before a step for a subject.

    The same person or unit where both are done for such; a person's unit for a person; all of
    a unit's persons for a unit; everybody for the whole programme.
    """
    theirs = done_for(needed, pack)
    if theirs == "programme" or not subject:
        return tuple(subjects(state, pack, calendar, needed))
    if theirs == "person" and subject in state.units:
        people = _candidates(state, pack, needed)
        near = sorted(each for each in people if _at(state, each, subject))
    else:
        own_unit = theirs == "unit" and subject not in state.units
        near = [_unit(state, pack, needed, subject) if own_unit else subject]
    known = _candidates(state, pack, needed)
    return tuple(
        each
        for each in near
        if each in known and concerns(state, pack, calendar, needed, each) is True
    )


def _unit(state: State, pack: ResolvedPack, needed: Step, person: str) -> str:
    member = state.members.get(person)
    return unit_of(state, pack, needed, person) or (member.unit if member else "")


def _at(state: State, person: str, unit: str) -> bool:
    placement = state.placements.get(person)
    member = state.members.get(person)
    places = {placement.origin, placement.host} if placement else set()
    return unit in places or (member is not None and member.unit == unit)
