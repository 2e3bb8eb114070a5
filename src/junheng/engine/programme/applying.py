"""What an accepted event changes in the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from junheng.engine.policy.items.steps import Step, Vote
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import events
from junheng.engine.programme.deadlines import add_years
from junheng.engine.programme.following import Occasion
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.gates import undone
from junheng.engine.programme.lapsing import lapsed
from junheng.engine.programme.rounds import (
    after_entry,
    after_holding,
    asked_of,
    without_place,
)
from junheng.engine.programme.state import (
    Absence,
    Effect,
    Finding,
    Grade,
    Objection,
    Placement,
    Post,
    Proposal,
    Record,
    SentCopy,
    Standing,
    State,
    Work,
)
from junheng.engine.programme.timing import times_of
from junheng.engine.programme.working_days import Calendar

Changed = tuple[State, tuple[tuple[str, Occasion], ...]]
"""The new state, and for whom something happened that may have consequences."""


def applied(
    state: State, event: events.Event, pack: ResolvedPack, calendar: Calendar
) -> Changed:
    """Return the state after an event that nothing refuses."""
    today = replace(state, day=max(state.day, event.on))
    if isinstance(event, events.DayPassed):
        return _day_passed(today, event, pack, calendar)
    if isinstance(event, events.PersonEvent):
        return _of_person(today, event, pack)
    if isinstance(event, events.StepEvent):
        return _step(today, event, pack, calendar), ()
    if isinstance(event, events.Entered):
        return after_entry(today, event), ()
    if isinstance(event, events.RoundHeld):
        return after_holding(asked_of(today, pack, calendar, event), event), ()
    return _of_programme(today, event), ()


def _of_programme(state: State, event: events.Event) -> State:
    after = state
    match event:
        case events.Replied():
            after = _replied(state, event)
        case events.Composed(body=body, unit=unit, members=members):
            after = replace(state, composed={**state.composed, (body, unit): members})
        case events.Submitted(duty=duty, subject=subject, period=period):
            after = replace(state, submitted=state.submitted | {(duty, subject, period)})
        case events.Decided():
            after = _decided(state, event)
        case events.Chose(act=act, option=option):
            after = state.with_proposals([replace(state.proposals[act], chosen=option)])
    return after


def _step(
    state: State, event: events.StepEvent, pack: ResolvedPack, calendar: Calendar
) -> State:
    step = pack.items.steps[event.step]
    record = state.record(event.step, event.subject)
    match event:
        case events.Objected():
            return _objected(state, event)
        case events.Sent(document=document, to=to, copies=copies):
            found = record or Record(standing=Standing.OPEN, on=event.on, by=event.by)
            sent = tuple(sorted((*found.copies, SentCopy(document, to, copies))))
            return state.with_record(event.step, event.subject, replace(found, copies=sent))
        case events.Voted():
            vote = pack.items.votes[event.vote]
            found = record or Record(standing=Standing.OPEN, on=event.on, by=event.by)
            passed = (
                (*found.passed, event.vote)
                if _passes(state, vote, event, pack, calendar)
                else (found.passed)
            )
            kept = tuple(sorted(set(passed)))
            return state.with_record(event.step, event.subject, replace(found, passed=kept))
        case events.Approved():
            return _approved(state, event, step)
        case events.Returned():
            found = (
                replace(record, standing=Standing.RETURNED, on=event.on, signed=())
                if (record)
                else Record(standing=Standing.RETURNED, on=event.on, by=event.by)
            )
            return state.with_record(event.step, event.subject, found)
    return _stood(state, event, step, pack, calendar)


def _stood(
    state: State, event: events.StepEvent, step: Step, pack: ResolvedPack, calendar: Calendar
) -> State:
    """Put down that a step was opened, posted or done."""
    found = state.record(step.id, event.subject)
    closes = times_of(state, pack, calendar, step, event.subject).closes
    record = replace(
        found or Record(standing=Standing.OPEN, on=event.on, by=event.by),
        standing=_standing(event, step),
        on=event.on,
        by=event.by,
        late=closes is not None and event.on > closes.last,
        states=getattr(event, "states", ()),
        together_with=getattr(event, "together_with", ()),
        issued=getattr(event, "issued", ()),
    )
    if record.standing is Standing.SUBMITTED and event.by.body in step.joint:
        record = _signed(record, step, event)
    after = state.with_record(step.id, event.subject, record)
    offered = {each.post: Post(each.unit, each.number) for each in getattr(event, "offers", ())}
    after = replace(after, posts={**after.posts, **offered}) if offered else after
    placement = state.placements.get(event.subject)
    if step.kind == "report_in" and placement is not None and isinstance(event, events.Done):
        return after.with_placement(replace(placement, reported_on=event.on))
    return after


def _standing(event: events.StepEvent, step: Step) -> Standing:
    match event:
        case events.Opened():
            return Standing.OPEN
        case events.Posted():
            return Standing.POSTED
    return Standing.SUBMITTED if step.joint or step.approved_by else Standing.DONE


def _signed(record: Record, step: Step, event: events.StepEvent) -> Record:
    signed = tuple(sorted((*record.signed, (event.by.body, event.on, event.by.person))))
    bodies = {body for body, _, _ in signed}
    everybody = bodies >= {*step.joint, *step.approved_by}
    if not everybody:
        return replace(record, signed=signed)
    last = max(on for _, on, _ in signed)
    return replace(record, signed=signed, standing=Standing.DONE, on=last)


def _approved(state: State, event: events.Approved, step: Step) -> State:
    record = state.records[event.step, event.subject]
    return state.with_record(event.step, event.subject, _signed(record, step, event))


def _passes(
    state: State, vote: Vote, event: events.Voted, pack: ResolvedPack, calendar: Calendar
) -> bool:
    """Whether a vote is quorate and its share reached; ballots that name posts just count."""
    view = view_of(state, pack, calendar, vote, event.subject, event.on)
    if vote.quorum is not None:
        quorum = view.number(vote.quorum) or Fraction(0)
        if not event.entitled or Fraction(event.present, event.entitled) < quorum:
            return False
    if vote.pass_share is None:
        return True
    share = view.number(vote.pass_share) or Fraction(0)
    whole = {
        "ballots": sum(number for _, number in event.grades),
        "present": event.present,
        "entitled": event.entitled,
    }[view.word(vote.share_of)]
    reached = sum(number for grade, number in event.grades if grade in vote.pass_grades)
    if whole == 0:
        return False
    part = Fraction(reached, whole)
    return part > share or (part == share and not vote.pass_beyond)


def _objected(state: State, event: events.Objected) -> State:
    made = Objection(step=event.step, subject=event.subject, on=event.on)
    return replace(state, objections={**state.objections, event.objection: made})


def _replied(state: State, event: events.Replied) -> State:
    answered = replace(
        state.objections[event.objection], answered=event.on, upheld=event.upheld
    )
    after = replace(state, objections={**state.objections, event.objection: answered})
    record = after.record(answered.step, answered.subject)
    if not event.upheld or record is None:
        return after
    returned = replace(record, standing=Standing.RETURNED, on=event.on)
    return after.with_record(answered.step, answered.subject, returned)


def _of_person(state: State, event: events.PersonEvent, pack: ResolvedPack) -> Changed:
    person = event.person
    if isinstance(event, events.Placed):
        return state.with_placement(_placed(event)), ()
    if isinstance(event, events.Recorded):
        found = state.with_findings(person, [Finding(event.on, event.event)])
        occasion = Occasion(on=event.on, word=event.event, reason=event.reason)
        return without_place(found, pack, person, event.event), ((person, occasion),)
    placement = state.placements[person]
    if isinstance(event, events.Appraised):
        after, occasion = _appraised(placement, event)
        return state.with_placement(after), ((person, occasion),)
    if isinstance(event, events.Ended):
        ended = placement.ended_on if event.year else event.on
        after = replace(placement, ended_on=ended)
        end = "year" if event.year else "service"
        occasion = Occasion(on=event.on, end_of=end, number=event.year)
        return state.with_placement(after), ((person, occasion),)
    return state.with_placement(_served(placement, event)), ()


def _placed(event: events.Placed) -> Placement:
    return Placement(
        person=event.person,
        origin=event.origin,
        host=event.host,
        arrangement=event.arrangement,
        since=event.since,
        until=event.until,
        report_by=event.report_by,
        earlier=event.earlier,
    )


def _served(placement: Placement, event: events.PersonEvent) -> Placement:
    after = placement
    match event:
        case events.ReportedIn(on=on):
            after = replace(placement, reported_on=on)
        case events.Absent(since=since, until=until, excused=excused, kind=kind):
            absence = Absence(since, until, excused, kind)
            after = replace(placement, absences=tuple(sorted((*placement.absences, absence))))
        case events.Worked(on=on, kind=kind, times=times):
            work = tuple(sorted((*placement.work, Work(on, kind, times))))
            after = replace(placement, work=work)
        case events.Observed():
            after = _observed(placement, event)
        case events.Extended(until=until):
            after = replace(placement, until=until, ended_on=None)
        case events.Replaced(on=on, successor=successor):
            after = replace(placement, successor=successor, ended_on=on)
    return after


def _observed(placement: Placement, event: events.Observed) -> Placement:
    key = (event.fact, event.on)
    kept = [each for each in placement.observed if each[:2] != key]
    observed = sorted((*kept, (*key, event.value)), key=lambda each: each[:2])
    return replace(placement, observed=tuple(observed))


def _appraised(placement: Placement, event: events.Appraised) -> tuple[Placement, Occasion]:
    given = Grade(event.since, event.appraisal, event.grade, event.on, event.by.body)
    kept = [
        each
        for each in placement.grades
        if (each.since, each.appraisal) != (event.since, event.appraisal)
    ]
    occasion = Occasion(
        on=event.on, appraisal=event.appraisal, grade=event.grade, period=event.since
    )
    return replace(placement, grades=tuple(sorted((*kept, given)))), occasion


_ENDING = frozenset(
    {"return", "settle", "complete", "continue_as", "end_contract", "automatic_resignation"}
)


def _decided(state: State, event: events.Decided) -> State:
    proposal = state.proposals[event.act]
    effect = Effect.EFFECTIVE if event.agreed else Effect.DECLINED
    decided = replace(proposal, effect=effect, decider=event.by.person)
    if event.agreed and proposal.starts == "decision" and proposal.since is not None:
        decided = _from_decision(decided, event.on)
    if event.agreed and event.until is not None:
        decided = replace(decided, until=event.until)
    after = state.with_proposals([decided])
    placement = state.placements.get(proposal.person)
    if not event.agreed or placement is None:
        return after
    return after.with_placement(_carried_out(placement, decided, event.on))


def _from_decision(proposal: Proposal, on: date) -> Proposal:
    years = dict(proposal.figures).get("years")
    start = max(on, proposal.since or on)
    until = add_years(start, years) if years is not None else proposal.until
    return replace(proposal, since=start, until=until)


def _carried_out(placement: Placement, proposal: Proposal, on: date) -> Placement:
    if proposal.act in {"extend", "repeat"} and proposal.until is not None:
        return replace(placement, until=proposal.until, ended_on=None)
    if proposal.act == "automatic_grade":
        appraisal, grade = proposal.of
        given = Grade(proposal.on, appraisal, grade, on, proposal.decided_by)
        return replace(placement, grades=tuple(sorted((*placement.grades, given))))
    if proposal.act in _ENDING and placement.ended_on is None:
        return replace(placement, ended_on=on)
    return placement


def _day_passed(
    state: State, event: events.DayPassed, pack: ResolvedPack, calendar: Calendar
) -> Changed:
    """Find those who let the last day of a step go by that everyone must do."""
    occasions: list[tuple[str, Occasion]] = []
    for step in pack.items.steps.values():
        if step.everyone is None or not step.breach:
            continue
        closes = times_of(state, pack, calendar, step, "").closes
        if closes is None or event.on < closes.last:
            continue
        for person in undone(state, pack, calendar, step):
            known = {(each.event, each.raised_by) for each in state.findings.get(person, ())}
            if (step.breach, step.id) not in known:
                state = state.with_findings(person, [Finding(event.on, step.breach, step.id)])
                occasions.append((person, Occasion(on=event.on, word=step.breach)))
    return state, (*occasions, *lapsed(state, pack, calendar, event.on))
