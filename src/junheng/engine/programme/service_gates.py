"""Gates of everything that is no step: placements, appraisals, objections, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from junheng.engine.policy.items.steps import Step, Vote
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import events
from junheng.engine.programme.asking import refusal
from junheng.engine.programme.confidence import reading_refusals
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.gates import kept_apart
from junheng.engine.programme.grounds import contradicting, ground_of
from junheng.engine.programme.state import Effect, Proposal, Refusal, Standing, State
from junheng.engine.programme.timing import notice_ends
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import Calendar


def paper_refusals(state: State, pack: ResolvedPack, event: events.Sent) -> Iterator[Refusal]:
    """Yield why copies cannot go out: another's document or recipient, or incomplete."""
    step = pack.items.steps[event.step]
    document = pack.items.documents.get(event.document)
    if document is None or event.document not in step.documents:
        yield refusal("not-its-document", step, event.document)
        return
    named = {to for copy in document.copies for to in (copy.to, *copy.one_of) if to}
    known = named | set(step.to)
    if event.to not in known:
        yield refusal("recipient", document, *sorted(known - {"routed"}))
    yield from reading_refusals(pack, event)
    missing = tuple(each for each in document.states if each not in event.states)
    if missing:
        yield refusal("fields", document, *missing)


def approval_refusals(
    state: State, pack: ResolvedPack, event: events.Approved | events.Returned
) -> Iterator[Refusal]:
    """Yield why a body cannot sign, approve or send back now."""
    step = pack.items.steps[event.step]
    record = state.record(event.step, event.subject)
    if record is None or record.standing is not Standing.SUBMITTED:
        yield refusal("nothing-submitted", step)
        return
    if event.by.body not in (*step.joint, *step.approved_by):
        yield refusal("actor", step, *step.joint, *step.approved_by)
        return
    if event.by.person in {record.by.person, record.by.delegated_by}:
        yield refusal("own-proposal", step)
    yield from kept_apart(pack, step.id, event.by)
    if isinstance(event, events.Approved):
        yield from _out_of_turn(step, {body for body, _, _ in record.signed}, event.by.body)


def _out_of_turn(step: Step, signed: set[str], body: str) -> Iterator[Refusal]:
    if body in signed:
        yield refusal("already-done", step, body)
    elif body in step.approved_by:
        before = (*step.joint, *step.approved_by[: step.approved_by.index(body)])
        missing = tuple(each for each in before if each not in signed)
        if missing:
            yield refusal("turn", step, *missing)


def objection_refusals(
    state: State, pack: ResolvedPack, calendar: Calendar, event: events.Objected
) -> Iterator[Refusal]:
    """Yield why nobody can object: nothing posted, or its days are over."""
    step = pack.items.steps[event.step]
    record = state.record(event.step, event.subject)
    if record is None or record.standing is not Standing.POSTED or step.publicity is None:
        yield refusal("nothing-posted", step)
        return
    view = view_of(state, pack, calendar, step, event.subject, event.on)
    last = notice_ends(step.publicity, record, view).last
    if event.on > last:
        yield refusal("closed", step, str(last))
    if event.objection in state.objections:
        yield refusal("already-done", step, event.objection)


def reply_refusals(
    state: State, pack: ResolvedPack, event: events.Replied
) -> Iterator[Refusal]:
    """Yield why an objection cannot be answered by this actor: the decider never handles it."""
    objection = state.objections[event.objection]
    step = pack.items.steps[objection.step]
    record = state.record(objection.step, objection.subject)
    if objection.answered is not None:
        yield refusal("already-done", step, str(objection.answered))
    handler = step.publicity.handled_by if step.publicity else ""
    if handler and event.by.body != handler:
        yield refusal("handler", step, handler)
    people = {event.by.person, event.by.delegated_by} - {""}
    deciders = {record.by.person, record.by.delegated_by} if record else set()
    same_body = record is not None and (
        (record.by.body, record.by.unit) == (event.by.body, event.by.unit)
    )
    if people & deciders or (same_body and not handler):
        yield refusal("handler-is-decider", step)


def ballot_refusals(
    state: State, pack: ResolvedPack, calendar: Calendar, event: events.Voted
) -> Iterator[Refusal]:
    """Yield why a ballot or count cannot be taken in."""
    step = pack.items.steps[event.step]
    vote = pack.items.votes.get(event.vote)
    if vote is None or event.vote not in step.votes:
        yield refusal("not-its-vote", step, event.vote)
        return
    view = view_of(state, pack, calendar, vote, event.subject, event.on)
    if vote.choices is not None:
        wanted = view.number(vote.choices)
        if wanted is not None and event.choices != wanted:
            yield refusal("ballot-choices", vote, str(wanted))
    yield from _ballot_manner(vote, event, view)
    unknown = tuple(grade for grade, _ in event.grades if grade not in vote.grades)
    if unknown:
        yield refusal("ballot-grades", vote, *unknown)
    if event.subject and view.holds(vote.voters) is False:
        yield refusal("not-concerned", vote)


def _ballot_manner(vote: Vote, event: events.Voted, view: View) -> Iterator[Refusal]:
    if vote.signed and not event.signed:
        yield refusal("ballot-unsigned", vote)
    if vote.secret is not None and view.word(vote.secret) == "yes" and event.signed:
        yield refusal("ballot-signed", vote)
    if event.own and vote.own is not None and view.word(vote.own) == "excluded":
        yield refusal("ballot-own", vote)


def appraisal_refusals(
    state: State, pack: ResolvedPack, event: events.Appraised
) -> Iterator[Refusal]:
    """Yield why a grade cannot be given: by whom, on which scale, against what is automatic."""
    appraisal = pack.items.appraisals[event.appraisal]
    apart = tuple(kept_apart(pack, appraisal.id, event.by))
    yield from apart
    if not apart and event.by.body != appraisal.by:
        yield refusal("actor", appraisal, appraisal.by)
    scale = pack.items.scales[appraisal.scale]
    if event.grade not in scale.grades:
        yield refusal("grade", scale, *scale.grades)
        return
    found = {each.event for each in state.findings.get(event.person, ())}
    for automatic in appraisal.automatic:
        if found & set(automatic.on) and event.grade != automatic.grade:
            yield refusal("automatic-grade", appraisal, automatic.grade)
    capped = [
        each
        for each in state.proposals.values()
        if each.person == event.person
        and each.act == "cap_appraisal"
        and each.effect is Effect.EFFECTIVE
        and each.of[:1] == (appraisal.id,)
    ]
    for cap in capped:
        highest = cap.of[1]
        if scale.grades.index(event.grade) < scale.grades.index(highest):
            yield refusal("capped", appraisal, highest)


def finding_refusals(pack: ResolvedPack, event: events.Recorded) -> Iterator[Refusal]:
    """Yield why a body cannot record that something happened."""
    declared = pack.items.events.get(event.event)
    if (
        declared is not None
        and declared.recorded_by
        and (event.by.body not in declared.recorded_by)
    ):
        yield refusal("actor", declared, *declared.recorded_by)
    for separation in pack.items.separations.values():
        if separation.event == event.event and event.by.body not in separation.handled_by:
            yield refusal("separation", separation, *separation.handled_by)


def decision_refusals(
    state: State, pack: ResolvedPack, event: events.Decided
) -> Iterator[Refusal]:
    """Yield why an act cannot be decided by this actor now."""
    proposal = state.proposals[event.act]
    reader = ground_of(pack, proposal)
    if proposal.effect is not Effect.PROPOSED:
        yield refusal("already-done", reader, proposal.act)
    if proposal.decided_by and event.by.body != proposal.decided_by:
        yield refusal("decider", reader, proposal.decided_by)
    if event.by.person == proposal.person:
        yield refusal("own-matter", reader)
    if event.agreed:
        yield from _contradicted(state, pack, proposal)


def _contradicted(state: State, pack: ResolvedPack, proposal: Proposal) -> Iterator[Refusal]:
    """Refuse what cannot stand beside an act in effect, citing the clauses of both."""
    reader = ground_of(pack, proposal)
    for other in contradicting(state, proposal):
        if other.effect is Effect.EFFECTIVE:
            sources = dict.fromkeys((*reader.source, *ground_of(pack, other).source))
            found = refusal("contradicts", reader, proposal.act, other.act, other.consequence)
            yield replace(found, source=tuple(sources))


def choice_refusals(state: State, pack: ResolvedPack, event: events.Chose) -> Iterator[Refusal]:
    """Yield why the person cannot choose this."""
    proposal = state.proposals[event.act]
    item = ground_of(pack, proposal)
    if proposal.effect is not Effect.EFFECTIVE:
        yield refusal("not-effective", item, proposal.act)
    if event.by.person != proposal.person:
        yield refusal("actor", item, proposal.person)
    if event.option not in proposal.matters:
        yield refusal("option", item, *proposal.matters)
