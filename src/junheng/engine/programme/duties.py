"""What has to be done, by whom and by when: derived from where a programme stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from junheng.engine.policy.items import papers
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import events
from junheng.engine.programme.asking import Question
from junheng.engine.programme.deadlines import Deadline
from junheng.engine.programme.frame import done_for, subjects, view_of
from junheng.engine.programme.gates import needs_gate
from junheng.engine.programme.grounds import ground_of
from junheng.engine.programme.recurring import coming_round
from junheng.engine.programme.rounds import held_by, waiting
from junheng.engine.programme.state import (
    Duty,
    Effect,
    Objection,
    Proposal,
    Record,
    Standing,
    State,
)
from junheng.engine.programme.timing import spanned, times_of
from junheng.engine.programme.working_days import Calendar


def duties_after(
    before: State,
    after: State,
    event: events.Event,
    pack: ResolvedPack,
    calendar: Calendar,
) -> Iterator[Duty]:
    """Yield what has to be done because of an event."""
    if isinstance(event, events.StepEvent):
        yield from _of_step(after, event, pack, calendar)
    if isinstance(event, events.Objected):
        yield from _to_reply(after, event.objection, pack, calendar)
    for person, findings in after.findings.items():
        for finding in findings:
            if finding not in before.findings.get(person, ()):
                yield from _after_event(after, pack, calendar, person, finding.event, event.on)
    for number, proposal in after.proposals.items():
        if number not in before.proposals:
            yield to_decide(pack, proposal)


def open_duties(
    state: State, pack: ResolvedPack, calendar: Calendar, on: date
) -> tuple[Duty, ...]:
    """Return everything that is to be done as of a day.

    Steps whose needs are met, approvals, answers to objections, decisions on proposed acts, and
    duties that come round each month, term or year during service.
    """
    found: list[Duty] = []
    for step in pack.items.steps.values():
        for subject in () if step.optional else subjects(state, pack, calendar, step):
            found += _of_one(state, pack, calendar, step, subject, on)
    for number, objection in sorted(state.objections.items()):
        if objection.answered is None:
            found += _to_reply(state, number, pack, calendar)
    for proposal in state.proposals.values():
        if proposal.effect is Effect.PROPOSED:
            found.append(to_decide(pack, proposal))
    found += coming_round(state, pack, calendar, on)
    return tuple(found)


def _of_one(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str, on: date
) -> Iterator[Duty]:
    record = state.record(step.id, subject)
    if record is not None and record.standing is Standing.SUBMITTED:
        yield from _to_approve(step, record, subject)
    elif _is_ready(state, pack, calendar, step, subject, on) and _is_undone(record):
        rounds = tuple(_rounds(state, pack, step))
        yield from rounds or (_step_duty(state, pack, calendar, step, subject),)


def _rounds(state: State, pack: ResolvedPack, step: Step) -> Iterator[Duty]:
    for item, subject in waiting(state, pack, step):
        yield Duty(
            item=item.id,
            title=item.title,
            who=held_by(step, item),
            subject=subject,
            source=item.source,
        )


def _is_undone(record: Record | None) -> bool:
    return record is None or record.standing in {Standing.OPEN, Standing.RETURNED}


def _is_ready(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str, on: date
) -> bool:
    event = events.Opened(
        on=on, by=events.Actor("", step.actor[0]), step=step.id, subject=subject
    )
    question = Question(state=state, pack=pack, calendar=calendar, step=step, event=event)
    return not any(needs_gate(question))


def _step_duty(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str
) -> Duty:
    return Duty(
        item=step.id,
        title=step.title,
        who=step.actor,
        subject=subject,
        by=times_of(state, pack, calendar, step, subject).closes,
        source=step.source,
    )


def _of_step(
    state: State, event: events.StepEvent, pack: ResolvedPack, calendar: Calendar
) -> Iterator[Duty]:
    step = pack.items.steps[event.step]
    record = state.record(event.step, event.subject)
    if record is None:
        return
    match record.standing:
        case Standing.SUBMITTED:
            yield from _to_approve(step, record, event.subject)
        case Standing.RETURNED:
            yield _step_duty(state, pack, calendar, step, event.subject)
        case Standing.DONE:
            for later in pack.items.steps.values():
                if step.id in later.needs and not later.optional:
                    yield from _of_later(state, event, later, pack, calendar)


def _of_later(
    state: State, event: events.StepEvent, later: Step, pack: ResolvedPack, calendar: Calendar
) -> Iterator[Duty]:
    for subject in subjects(state, pack, calendar, later):
        same_kind = done_for(later, pack) == done_for(pack.items.steps[event.step], pack)
        if same_kind and subject != event.subject:
            continue
        if _is_ready(state, pack, calendar, later, subject, event.on) and _is_undone(
            state.record(later.id, subject)
        ):
            yield _step_duty(state, pack, calendar, later, subject)


def _to_approve(step: Step, record: Record, subject: str) -> Iterator[Duty]:
    signed = {body for body, _, _ in record.signed}
    waiting = [body for body in step.joint if body not in signed]
    in_turn = [body for body in step.approved_by if body not in signed]
    next_ones = tuple(waiting) or tuple(in_turn[:1])
    if next_ones:
        yield Duty(
            item=step.id, title=step.title, who=next_ones, subject=subject, source=step.source
        )


def _to_reply(
    state: State, number: str, pack: ResolvedPack, calendar: Calendar
) -> Iterator[Duty]:
    objection: Objection = state.objections[number]
    step = pack.items.steps[objection.step]
    if step.publicity is None:
        return
    view = view_of(state, pack, calendar, step, objection.subject, objection.on)
    within = step.publicity.reply_within
    yield Duty(
        item=step.id,
        title=step.title,
        who=(step.publicity.handled_by,) if step.publicity.handled_by else (),
        subject=number,
        by=spanned(within, objection.on, view) if within is not None else None,
        source=step.source,
    )


def _after_event(
    state: State,
    pack: ResolvedPack,
    calendar: Calendar,
    person: str,
    word: str,
    on: date,
) -> Iterator[Duty]:
    for item in pack.items.duties.values():
        view = view_of(state, pack, calendar, item, person, on)
        if word not in item.due.after or view.holds(item.who) is False:
            continue
        by = spanned(item.due.within, on, view) if item.due.within is not None else None
        yield _of_duty(item, person, by)


def _of_duty(item: papers.Duty, person: str, by: Deadline | None, period: str = "") -> Duty:
    return Duty(
        item=item.id,
        title=item.title,
        who=item.by,
        subject=person,
        by=by,
        period=period,
        source=item.source,
    )


def to_decide(pack: ResolvedPack, proposal: Proposal) -> Duty:
    """Return the duty to decide a proposed act."""
    item = ground_of(pack, proposal)
    return Duty(
        item=proposal.id,
        title=item.title,
        who=(proposal.decided_by,) if proposal.decided_by else (),
        subject=proposal.person,
        source=item.source,
    )
