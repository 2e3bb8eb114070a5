"""The fold of a programme: a state and an event give a state, duties and refusals.

::

    advance(state, event, pack, calendar) -> Advanced(state, duties, refusals)

An event that something refuses leaves the state as it was; what is accepted can be folded
again from the beginning, so a state need not be trusted but can be recomputed
(:func:`replay`). Accepted events of one day about different subjects, and absences, work and
joint signatures among themselves, may come in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import events
from junheng.engine.programme.applying import applied
from junheng.engine.programme.confidence import mixing_refusals, with_people
from junheng.engine.programme.duties import duties_after
from junheng.engine.programme.following import Occasion, proposals
from junheng.engine.programme.gates import step_refusals
from junheng.engine.programme.lengths import extension_refusals
from junheng.engine.programme.raising import raised
from junheng.engine.programme.round_gates import round_refusals
from junheng.engine.programme.service_gates import (
    appraisal_refusals,
    approval_refusals,
    ballot_refusals,
    choice_refusals,
    decision_refusals,
    finding_refusals,
    objection_refusals,
    paper_refusals,
    reply_refusals,
)
from junheng.engine.programme.state import Duty, Refusal, State
from junheng.engine.programme.timing import with_report_day
from junheng.engine.programme.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Advanced:
    """What came of an event.

    Attributes
    ----------
    state : afterwards; the same as before where the event was refused
    duties : what has to be done now because of it
    refusals : why it cannot be now; empty where it was accepted
    """

    state: State
    duties: tuple[Duty, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def advance(
    state: State, event: events.Event, pack: ResolvedPack, calendar: Calendar
) -> Advanced:
    """Take one event into a programme.

    Raises
    ------
    UnsetFigures
        If a figure or switch that the event's items read is not set; all others do not matter.
    QuestionError
        If working days are counted in a year whose arrangement is not announced.
    """
    refusals = tuple(refused(state, event, pack, calendar))
    if refusals:
        return Advanced(state, (), refusals)
    after, occasions = applied(with_people(state, pack, event), event, pack, calendar)
    for person, occasion in occasions:
        after = _followed(after, pack, calendar, person, occasion)
    for person in _touched(after, event):
        after = with_report_day(after, pack, calendar, person)
        for finding in raised(after, pack, calendar, person, event):
            after = after.with_findings(person, [finding])
            occasion = Occasion(on=finding.on, word=finding.event)
            after = _followed(after, pack, calendar, person, occasion)
    return Advanced(after, tuple(duties_after(state, after, event, pack, calendar)), ())


def replay(
    state: State, happened: Iterable[events.Event], pack: ResolvedPack, calendar: Calendar
) -> State:
    """Fold events from a beginning; refused ones leave no trace."""
    for event in happened:
        state = advance(state, event, pack, calendar).state
    return state


def refused(
    state: State, event: events.Event, pack: ResolvedPack, calendar: Calendar
) -> Iterator[Refusal]:
    """Yield why an event cannot be now."""
    unknown = _unknown(state, event, pack)
    if unknown is not None:
        yield unknown
        return
    yield from mixing_refusals(state, pack, event)
    match event:
        case events.Opened() | events.Posted() | events.Done():
            yield from step_refusals(state, pack, calendar, event)
        case events.Objected():
            yield from objection_refusals(state, pack, calendar, event)
        case events.Voted():
            yield from ballot_refusals(state, pack, calendar, event)
        case events.Sent():
            yield from paper_refusals(state, pack, event)
        case events.Approved() | events.Returned():
            yield from approval_refusals(state, pack, event)
        case events.Entered() | events.RoundHeld():
            yield from round_refusals(state, pack, calendar, event)
        case _:
            yield from _service(state, event, pack, calendar)


def _service(
    state: State, event: events.Event, pack: ResolvedPack, calendar: Calendar
) -> Iterator[Refusal]:
    match event:
        case events.Extended():
            yield from extension_refusals(state, pack, calendar, event)
        case events.Replied():
            yield from reply_refusals(state, pack, event)
        case events.Appraised():
            yield from appraisal_refusals(state, pack, event)
        case events.Recorded():
            yield from finding_refusals(pack, event)
        case events.Decided():
            yield from decision_refusals(state, pack, event)
        case events.Chose():
            yield from choice_refusals(state, pack, event)


def _unknown(state: State, event: events.Event, pack: ResolvedPack) -> Refusal | None:
    """Refuse a past day, and what names nothing that exists."""
    if event.on < state.day and isinstance(event, events.DayPassed):
        return Refusal(gate="day-is-past", item="", missing=(str(state.day),))
    named, known = _named(state, event, pack)
    return Refusal(gate="unknown", item=named) if named and named not in known else None


def _named(
    state: State, event: events.Event, pack: ResolvedPack
) -> tuple[str, Collection[str]]:
    """Return what an event names, and among what it must be found."""
    found: tuple[str, Collection[str]] = ("", ())
    match event:
        case events.StepEvent(step=step):
            found = step, pack.items.steps
        case events.Entered() | events.RoundHeld():
            found = _round_named(state, event, pack)
        case events.Replied(objection=objection):
            found = objection, state.objections
        case events.Decided(act=act) | events.Chose(act=act):
            found = act, state.proposals
        case events.Submitted(duty=duty):
            found = duty, pack.items.duties
        case events.PersonEvent():
            found = _person_named(state, event, pack)
    return found


def _round_named(
    state: State, event: events.Entered | events.RoundHeld, pack: ResolvedPack
) -> tuple[str, Collection[str]]:
    if event.step not in pack.items.steps:
        return event.step, ()
    if isinstance(event, events.Entered) and event.person not in state.members:
        return event.person, ()
    return event.round, pack.items.rounds


def _person_named(
    state: State, event: events.PersonEvent, pack: ResolvedPack
) -> tuple[str, Collection[str]]:
    match event:
        case events.Appraised(appraisal=appraisal) if appraisal not in pack.items.appraisals:
            return appraisal, ()
        case events.Placed() | events.Recorded():
            return event.person, state.members
    return event.person, state.placements


def _touched(state: State, event: events.Event) -> tuple[str, ...]:
    match event:
        case events.DayPassed():
            waiting = (p for p in state.placements.values() if p.ended_on is None)
            return tuple(sorted(each.person for each in waiting))
        case events.Done(subject=subject):
            return (subject,) if subject in state.placements else ()
        case events.PersonEvent(person=person):
            return (person,)
    return ()


def _followed(
    state: State,
    pack: ResolvedPack,
    calendar: Calendar,
    person: str,
    occasion: Occasion,
) -> State:
    return state.with_proposals(proposals(state, pack, calendar, person, occasion))
