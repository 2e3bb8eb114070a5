"""Gates of steps: why a step cannot be done now. Derived from the pack, never written in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items.papers import Copy
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.asking import Gate, Question, refusal
from junheng.engine.programme.contents import (
    amounts_gate,
    fields_gate,
    list_gate,
    totals_gate,
)
from junheng.engine.programme.events import Actor, Done, Opened, Posted
from junheng.engine.programme.frame import answering, concerns, subjects, unit_of, view_of
from junheng.engine.programme.rounds import waiting
from junheng.engine.programme.state import Refusal, Standing, State
from junheng.engine.programme.timing import notice_ends, times_of
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import Calendar

_DAY = timedelta(days=1)
_RIGHTS = frozenset({"apply", "nominate", "object"})
"""Kinds of steps that are a right with a last day; other steps are done late, but done."""


def actor_gate(question: Question) -> Iterator[Refusal]:
    """Refuse whoever is not the actor of the step, or acts for another unit or person."""
    step, event = question.step, question.event
    if event.by.body in step.never_actor or event.by.body not in step.actor:
        yield refusal("actor", step, *step.actor)
    elif event.by.body == PERSON_WORD:
        if event.subject and event.by.person != event.subject:
            yield refusal("actor", step, event.subject)
    else:
        unit = unit_of(question.state, question.pack, step, event.subject)
        if unit and event.by.unit != unit:
            yield refusal("actor", step, unit)


def separation_gate(question: Question) -> Iterator[Refusal]:
    """Refuse an actor whom a separation forbids."""
    yield from kept_apart(question.pack, question.step.id, question.event.by)


def kept_apart(pack: ResolvedPack, item: str, by: Actor) -> Iterator[Refusal]:
    """Refuse an actor of a step or appraisal whom a separation forbids."""
    for separation in pack.items.separations.values():
        if separation.actor_of != item:
            continue
        wrong = separation.must_be and by.body not in separation.must_be
        if wrong or by.body in separation.never:
            yield refusal("separation", separation, *separation.must_be)


def composition_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a body that lacks members it must include, or that was never recorded."""
    body = question.pack.items.bodies.get(question.event.by.body)
    if body is None or not body.must_include:
        return
    members = question.state.composed.get((body.id, question.event.by.unit), ())
    missing = tuple(each for each in body.must_include if each not in members)
    if missing:
        yield refusal("composition", body, *missing)


def concern_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step for somebody whom it is not about."""
    subject = question.event.subject
    found = concerns(question.state, question.pack, question.calendar, question.step, subject)
    if subject and found is False:
        yield refusal("not-concerned", question.step, subject)


def needs_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step before those it needs are done: notices full, objections answered."""
    state, pack, calendar = question.state, question.pack, question.calendar
    for need in question.step.needs:
        needed = pack.items.steps.get(need)
        if needed is None:
            continue
        for subject in answering(
            state, pack, calendar, needed, question.step, question.event.subject
        ):
            yield from _unfinished(question, needed, subject)


def _unfinished(question: Question, needed: Step, subject: str) -> Iterator[Refusal]:
    record = question.state.record(needed.id, subject)
    if record is not None and record.is_done:
        return
    if needed.optional and record is None and subject != question.event.subject:
        return
    if record is None or record.standing is not Standing.POSTED or needed.publicity is None:
        yield refusal("needs", needed, *((subject,) if subject else ()))
        return
    view = view_of(
        question.state, question.pack, question.calendar, needed, subject, question.event.on
    )
    last = notice_ends(needed.publicity, record, view).last
    if question.event.on <= last:
        yield refusal("publicity", needed, possible_from=last + _DAY)
    pending = [
        number
        for number, each in sorted(question.state.objections.items())
        if (each.step, each.subject) == (needed.id, subject) and each.answered is None
    ]
    if pending:
        yield refusal("objections", needed, *pending)


def window_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step before it opens; a right, after it has closed."""
    times = times_of(
        question.state, question.pack, question.calendar, question.step, question.event.subject
    )
    if times.opens is not None and question.event.on < times.opens:
        yield refusal("too-early", question.step, possible_from=times.opens)
    late = times.closes is not None and question.event.on > times.closes.last
    if late and question.step.kind in _RIGHTS:
        yield refusal("closed", question.step, str(times.closes.last if times.closes else ""))


def copies_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step whose documents have not all gone to all who are to have them.

    Where the text states no number of copies, one on record is enough.
    """
    record = question.record
    sent = record.copies if record is not None else ()
    for name in question.step.documents:
        document = question.pack.items.documents[name]
        for copy in document.copies:
            for any_of in recipients(copy, question.step):
                found = [
                    sum(each.copies for each in sent if (each.document, each.to) == (name, to))
                    for to in any_of
                ]
                if max(found) < _demanded(copy, question.view):
                    yield refusal("copies", document, *any_of)


def recipients(copy: Copy, step: Step) -> tuple[tuple[str, ...], ...]:
    """Return to whom a copy goes, each time any one of those listed together.

    ``routed`` means to all whom the step says.
    """
    if copy.one_of:
        return (copy.one_of,)
    return tuple((to,) for to in step.to) if copy.to == "routed" else ((copy.to,),)


def _demanded(copy: Copy, view: View) -> int:
    if isinstance(copy.number, Unset):
        return 1
    number = view.number(copy.number)
    return 1 if number is None else int(number)


def votes_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step before its votes have passed."""
    passed = question.record.passed if question.record is not None else ()
    for vote in question.step.votes:
        if vote not in passed:
            yield refusal("votes", question.pack.items.votes[vote])


def rounds_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step whose rounds are not all over."""
    left = waiting(question.state, question.pack, question.step)
    missing = tuple(dict.fromkeys(item.id for item, _ in left))
    if missing:
        yield refusal("rounds-left", question.step, *missing)


def company_gate(question: Question) -> Iterator[Refusal]:
    """Refuse one meeting for what must be apart, and a report-in without its companions."""
    event, step = question.event, question.step
    if not isinstance(event, Done):
        return
    together = tuple(each for each in step.apart_from if each in event.together_with)
    if together:
        yield refusal("apart", step, *together)
    if step.accompanied_by is not None:
        wanted = question.view.number(step.accompanied_by.number)
        found = event.accompanied_by.count(step.accompanied_by.body)
        if wanted is not None and found < wanted:
            yield refusal("accompanied", step, step.accompanied_by.body)


def again_gate(question: Question) -> Iterator[Refusal]:
    """Refuse to do again what is done, submitted or posted."""
    record = question.record
    open_again = {Standing.OPEN, Standing.RETURNED}
    if record is not None and record.standing not in open_again:
        yield refusal("already-done", question.step, str(record.on))


_BEGINNING: tuple[Gate, ...] = (
    again_gate,
    actor_gate,
    separation_gate,
    composition_gate,
    concern_gate,
    needs_gate,
    window_gate,
)
_SAYING: tuple[Gate, ...] = (fields_gate, list_gate)
_FINISHING: tuple[Gate, ...] = (
    *_SAYING,
    amounts_gate,
    totals_gate,
    copies_gate,
    votes_gate,
    rounds_gate,
    company_gate,
)


def step_refusals(
    state: State, pack: ResolvedPack, calendar: Calendar, event: Opened | Done | Posted
) -> Iterator[Refusal]:
    """Yield why a step cannot be opened, posted or done now.

    Raises
    ------
    UnsetFigures
        If the step is there in one reading of the text only, and none is chosen.
    """
    question = Question(
        state=state,
        pack=pack,
        calendar=calendar,
        step=pack.items.steps[event.step],
        event=event,
    )
    question.view.settled(question.step)
    match event:
        case Opened():
            gates = _BEGINNING
        case Posted():
            gates = (*_BEGINNING, *_SAYING)
        case Done():
            gates = (*_BEGINNING, *_FINISHING)
    for gate in gates:
        yield from gate(question)


def undone(state: State, pack: ResolvedPack, calendar: Calendar, step: Step) -> tuple[str, ...]:
    """Return those who must do a step and have not, sorted."""
    if step.everyone is None:
        return ()
    asked = replace(step, who=step.everyone)
    return tuple(
        each
        for each in subjects(state, pack, calendar, asked)
        if (record := state.record(step.id, each)) is None or not record.is_done
    )
