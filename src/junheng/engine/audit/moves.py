"""Is each move allowed: the structural truths, the forms, the destinations, the decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from junheng.engine.audit.findings import Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Placement
from junheng.engine.balance.staff import Member
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.policy.items import MOVABLE, Arrangement, Destination, Outcome, Strength
from junheng.engine.roster.names import plain_word, unbracketed

_CLOSED = (Outcome.UNDECIDED, Outcome.NOT_DUE)
"""Outcomes that no rule decided: moving such a person is always a hard violation."""


def check_moves(
    plan: Plan, ground: Ground, placed: Mapping[str, Placement]
) -> Iterator[Violation]:
    """Yield what is wrong with single moves, then with decisions that the plan leaves out."""
    times = Counter(move.person_id for move in plan.moves)
    for person in sorted(person for person, number in times.items() if number > 1):
        units = tuple(m.to_unit for m in plan.moves if m.person_id == person)
        yield Violation(
            code="audit.person-twice",
            persons=(person,),
            units=units,
            values={"count": str(times[person])},
        )
    for move in plan.moves:
        yield from _check(move, ground)
    yield from _pins(ground, placed)


def check_blank_days(plan: Plan, placed: Mapping[str, Placement]) -> Iterator[Violation]:
    """Yield the moves that leave a day open which their form fixes, in a plan of a planner.

    A list made by hand may leave the days blank; a plan that states its objectives states
    them too, and one without an end would let an exchange go on for ever.
    """
    if not plan.objectives:
        return
    for found in placed.values():
        endless = found.move.until is None and found.until is not None
        if found.form is not None and found.away and (found.move.since is None or endless):
            yield _period_violation(found, found.form)


def allowed(member: Member, to_unit: str, ground: Ground, subject: str = "") -> bool:
    """Whether a move is allowed, by itself: post, form, destination rules, bans.

    Parameters
    ----------
    subject : what is taught; if empty, the own subject or the first neighbouring one
    """
    move = Move(
        person_id=member.person_id,
        from_unit=member.unit,
        to_unit=to_unit,
        stage=member.stage,
        subject=subject,
    )
    found = Placement.of(move, member, ground)
    against = (_host, _form, _destinations, _bans)
    return not any(violation.blocks for check in against for violation in check(found, ground))


def _check(move: Move, ground: Ground) -> Iterator[Violation]:
    unknown = list(_unknown(move, ground))
    yield from unknown
    member = ground.staff.members.get(move.person_id)
    if unknown or member is None:
        return
    found = Placement.of(move, member, ground)
    yield from _person(found, ground)
    yield from _stated(found, ground)
    yield from _host(found, ground)
    if move.to_unit != member.unit:
        yield from _form(found, ground)
        yield from _destinations(found, ground)
    yield from _bans(found, ground)


def _unknown(move: Move, ground: Ground) -> Iterator[Violation]:
    who, where = (move.person_id,), (move.to_unit,)
    if move.person_id not in ground.verdicts:
        yield Violation(code="audit.unknown-person", persons=who)
    elif move.person_id not in ground.staff.members:
        verdict = ground.verdicts[move.person_id]
        if verdict.outcome in MOVABLE or verdict.outcome in _CLOSED:
            yield Violation(code="audit.not-on-staff", persons=who)
        else:
            yield _not_movable(move.person_id, move.to_unit, ground)
    if move.to_unit not in ground.staff.units:
        yield Violation(code="audit.unknown-unit", persons=who, units=where)


def _person(found: Placement, ground: Ground) -> Iterator[Violation]:
    person = found.move.person_id
    if found.member.serving:
        yield Violation(code="audit.serving", persons=(person,))
    elif ground.verdicts[person].outcome not in MOVABLE:
        yield _not_movable(person, found.move.to_unit, ground)


def _not_movable(person: str, unit: str, ground: Ground) -> Violation:
    """Name the outcome and the rules that decided it, never the grounds (§12)."""
    verdict = ground.verdicts[person]
    closed = verdict.outcome in _CLOSED or not verdict.because
    strength = Strength.HARD if closed else verdict.strength
    lifted = strength is Strength.PRINCIPLE and all(
        ground.decisions.lifted(rule, person, unit) for rule in verdict.because
    )
    rules = [ground.pack.items.rules[rule] for rule in verdict.because]
    return Violation(
        code="audit.not-movable",
        strength=strength,
        rule="、".join(verdict.because),
        clauses=tuple(dict.fromkeys(clause for rule in rules for clause in rule.source)),
        persons=(person,),
        values={"outcome": verdict.outcome.value},
        overridden=lifted,
        private=any(rule.private for rule in rules),
    )


def _stated(found: Placement, ground: Ground) -> Iterator[Violation]:
    """Compare what the plan states about the person with the start state."""
    move, member = found.move, found.member
    own = member.row["subject"] or "" if member.leader else member.subject
    subjects = (own,) if member.leader else ground.subjects(member)
    stated = {
        "audit.wrong-origin": (move.from_unit, (member.unit,)),
        "audit.wrong-stage": (move.stage, (member.stage,)),
        "audit.wrong-subject": (move.subject, subjects),
    }
    for code, (said, true) in stated.items():
        if said and said not in true:
            values = {"stated": said, "true": "、".join(each for each in true if each) or "-"}
            yield Violation(code=code, persons=(move.person_id,), values=values)


def _host(found: Placement, ground: Ground) -> Iterator[Violation]:
    move, member = found.move, found.member
    here = Violation(code="", persons=(move.person_id,), units=(move.to_unit,))
    if move.to_unit == member.unit:
        yield replace(here, code="audit.own-unit")
        return
    if not ground.exists(move.to_unit):
        start = ground.staff.start.isoformat()
        yield replace(here, code="audit.unit-gone", values={"start": start})
    if member.leader:
        has_post = (move.to_unit, member.role) in ground.posts.leading
    else:
        has_post = (move.to_unit, member.stage, found.taught) in ground.posts.cells
    if not has_post:
        values = {"stage": member.stage, "subject": found.taught or member.role}
        yield replace(here, code="audit.no-post", values=values)


def _form(found: Placement, ground: Ground) -> Iterator[Violation]:
    move, form = found.move, found.form
    here = Violation(code="", persons=(move.person_id,), units=(move.to_unit,))
    if form is None:
        yield replace(here, code="audit.no-arrangement", values={"stated": move.form})
        return
    here = replace(here, rule=form.id, clauses=form.source)
    if move.form and not _is_called(form, move.form):
        values = {"stated": move.form, "true": form.id}
        yield replace(here, code="audit.wrong-form", values=values)
    start = ground.staff.start
    if not (_is_unsaid_or(move.since, start) and _is_unsaid_or(move.until, found.until)):
        yield _period_violation(found, form)
    if move.relation_moved is not None and move.relation_moved is not found.transferred:
        values = {"stated": _yes_no(move), "true": "yes" if found.transferred else "no"}
        yield replace(here, code="audit.wrong-relation", values=values)


def _period_violation(found: Placement, form: Arrangement) -> Violation:
    move = found.move
    return Violation(
        code="audit.wrong-period",
        rule=form.id,
        clauses=form.source,
        persons=(move.person_id,),
        units=(move.to_unit,),
        values={
            "stated": _period(move.since, move.until),
            "true": _period(found.since, found.until),
        },
    )


def _is_unsaid_or(written: date | None, true: date | None) -> bool:
    """Whether a day is left blank, or is the true one; what is not written is not checked."""
    return written in (None, true)


def _is_called(form: Arrangement, written: str) -> bool:
    """Whether a form is meant: by its id, or by its title with or without its brackets."""
    title = plain_word(form.title)
    return written == form.id or plain_word(written) in (title, unbracketed(title))


def _period(since: date | None, until: date | None) -> str:
    """Write a period as an office does: the last day is the last one served."""
    last = None if until is None else until - timedelta(days=1)
    return f"{since or '-'} ~ {last or '-'}"


def _yes_no(move: Move) -> str:
    return "yes" if move.relation_moved else "no"


def _destinations(found: Placement, ground: Ground) -> Iterator[Violation]:
    for rule in ground.pack.items.destinations.values():
        if rule.strength is Strength.ENCOURAGED:
            continue
        broken = _breach(rule, found, ground)
        if broken:
            person, unit = found.move.person_id, found.move.to_unit
            lifted = ground.decisions.lifted(rule.id, person, unit)
            yield Violation(
                code=broken,
                strength=rule.strength,
                rule=rule.id,
                clauses=rule.source,
                persons=(person,),
                units=(found.member.unit, unit),
                values={"origin": found.member.unit, "host": unit},
                overridden=rule.strength is Strength.PRINCIPLE and lifted,
            )


def _breach(rule: Destination, found: Placement, ground: Ground) -> str:
    """Return the code of what a destination rule finds wrong, or nothing.

    Unknown forbids: nobody is sent where a rule may forbid it.
    """
    person, unit = found.move.person_id, found.move.to_unit
    for applies in (rule.who, rule.where):
        if applies is not None and ground.ask.move(applies, person, unit) is False:
            return ""
    wanted = None if rule.must is None else ground.ask.move(rule.must, person, unit)
    if rule.must is not None and wanted is not True:
        return "audit.destination-unknown" if wanted is None else "audit.destination"
    shunned = None if rule.must_not is None else ground.ask.move(rule.must_not, person, unit)
    if rule.must_not is not None and shunned is not False:
        return "audit.destination-unknown" if shunned is None else "audit.destination"
    return ""


def _bans(found: Placement, ground: Ground) -> Iterator[Violation]:
    person, unit = found.move.person_id, found.move.to_unit
    if any(ban.meets(person, unit) for ban in ground.decisions.bans):
        yield Violation(code="audit.banned", persons=(person,), units=(unit,))


def _pins(ground: Ground, placed: Mapping[str, Placement]) -> Iterator[Violation]:
    for pin in ground.decisions.pins:
        placement = placed.get(pin.person)
        at = placement.move.to_unit if placement else _stays_at(pin.person, ground)
        if at != pin.unit:
            yield Violation(
                code="audit.pin-broken",
                persons=(pin.person,),
                units=(pin.unit,),
                values={"at": at or "-"},
            )


def _stays_at(person: str, ground: Ground) -> str:
    """Return where somebody is who does not move, on the staff or not; empty if unknown."""
    if person in ground.staff.members:
        return ground.staff.members[person].unit
    return str(ground.ask.row(person)["unit_id"]) if person in ground.verdicts else ""
