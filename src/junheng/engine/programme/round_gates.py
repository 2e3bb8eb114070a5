"""Gates of rounds: why somebody cannot enter one, or why it cannot be held like this."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.asking import Question, refusal
from junheng.engine.programme.events import Entered, Opened, RoundHeld
from junheng.engine.programme.gates import needs_gate
from junheng.engine.programme.matching import Wishes
from junheng.engine.programme.rounds import (
    BY_DECISION,
    Asked,
    asked_of,
    entered_in,
    held_by,
    may_enter,
    rounds_of,
    score_key,
    subjects_of,
    units_of,
    vacant,
)
from junheng.engine.programme.state import Refusal, State
from junheng.engine.programme.working_days import Calendar


def round_refusals(
    state: State, pack: ResolvedPack, calendar: Calendar, event: Entered | RoundHeld
) -> Iterator[Refusal]:
    """Yield why a round cannot be entered, or held, like this."""
    asked = asked_of(state, pack, calendar, event)
    yield from _common_refusals(asked)
    match event:
        case Entered():
            yield from _entry_refusals(asked, event)
        case RoundHeld():
            yield from _holding_refusals(asked, event)


def _open_before(asked: Asked) -> tuple[str, ...]:
    """Return the earlier rounds that are not over for the units of this one."""
    mine = units_of(asked.state, asked.item, asked.subject)
    return tuple(
        earlier.id
        for earlier in rounds_of(asked.pack, asked.step)
        if earlier.order < asked.item.order
        for each in subjects_of(asked.state, earlier)
        if (earlier.id, each) not in asked.state.held
        and mine & units_of(asked.state, earlier, each)
    )


def _common_refusals(asked: Asked) -> Iterator[Refusal]:
    if asked.item.id not in asked.step.rounds:
        yield refusal("not-its-round", asked.step, asked.item.id)
    if (asked.item.id, asked.subject) in asked.state.held:
        yield refusal("round-over", asked.item, asked.subject)
    open_before = tuple(dict.fromkeys(_open_before(asked)))
    if open_before:
        yield refusal("round-turn", asked.item, *open_before)
    opened = Opened(on=asked.event.on, by=asked.event.by, step=asked.step.id)
    yield from needs_gate(
        Question(
            state=asked.state,
            pack=asked.pack,
            calendar=asked.calendar,
            step=asked.step,
            event=opened,
        )
    )


def _entry_refusals(asked: Asked, event: Entered) -> Iterator[Refusal]:
    """Yield why somebody cannot enter a round with these wishes."""
    own = (event.by.body, event.by.person) == (PERSON_WORD, event.person)
    if not own and event.by.body not in asked.step.actor:
        yield refusal("actor", asked.step, event.person)
    may = may_enter(asked, event.person)
    if may is not True:
        gate = "entrant-unknown" if may is None else "not-an-entrant"
        yield refusal(gate, asked.item, event.person)
    known = vacant(asked)
    beyond = tuple(each for each in event.choices if known.get(each, 0) < 1)
    if beyond:
        yield refusal("not-its-post", asked.item, *beyond)
    most = asked.view.number(asked.item.choices) if asked.item.choices is not None else None
    if most is not None and len(event.choices) > most:
        yield refusal("too-many-choices", asked.item, str(most))


def _holding_refusals(asked: Asked, event: RoundHeld) -> Iterator[Refusal]:
    """Yield why a round cannot be held now, or cannot come out like this."""
    item = asked.item
    deciders = held_by(asked.step, item)
    if event.by.body not in deciders:
        yield refusal("actor", item, *deciders)
    body = item.scheme_approved_by
    if body and not _has_agreed(asked.state, body):
        yield refusal("round-scheme", item, body)
    if item.method in BY_DECISION:
        yield from _placing_refusals(asked, event)
    else:
        yield from _ordering_refusals(asked, event)


def _has_agreed(state: State, body: str) -> bool:
    return any(
        record.is_done
        and (record.by.body == body or body in {signed for signed, _, _ in record.signed})
        for record in state.records.values()
    )


def _placing_refusals(asked: Asked, event: RoundHeld) -> Iterator[Refusal]:
    """Refuse places for who may not have them, in posts that are not there, or too many."""
    people = [person for person, _ in event.places]
    wrong = sorted(
        {
            person
            for person in people
            if person not in asked.state.members
            or people.count(person) > 1
            or may_enter(asked, person) is not True
        }
    )
    if wrong:
        yield refusal("not-an-entrant", asked.item, *wrong)
    left, posts = vacant(asked), [post for _, post in event.places]
    full = sorted({post for post in posts if posts.count(post) > left.get(post, 0)})
    if full:
        yield refusal("not-its-post", asked.item, *full)


def _ordering_refusals(asked: Asked, event: RoundHeld) -> Iterator[Refusal]:
    if event.places:
        yield refusal("round-computed", asked.item)
    entered = entered_in(asked)
    scored = {(each.rubric, each.person) for each in event.scores}
    blank = tuple(
        person
        for person in entered
        if any((rubric, person) not in scored for rubric, _ in asked.item.priority)
    )
    if blank:
        yield refusal("scores-blank", asked.item, *blank)
        return
    if asked.item.method == "draw" and not event.seed:
        yield refusal("seed-blank", asked.item)
    if asked.item.priority:
        yield from _tie_refusals(asked, event, entered)


def _tie_refusals(asked: Asked, event: RoundHeld, entered: Wishes) -> Iterator[Refusal]:
    tied = sorted(_tied(asked, event, entered))
    if not tied:
        return
    if asked.item.ties is None:
        yield refusal("ties-open", asked.item, *tied)
        return
    drawn = asked.view.word(asked.item.ties) == "draw"
    if drawn and not event.seed:
        yield refusal("seed-blank", asked.item)
    if not drawn and not set(tied) <= set(event.tie_order):
        yield refusal("ties-open", asked.item, *tied)


def _tied(asked: Asked, event: RoundHeld, entered: Wishes) -> set[str]:
    """Return entrants with equal scores who want a post in common."""
    keys = {person: score_key(asked, event, person) for person in entered}
    return {
        one
        for one in entered
        for other in entered
        if one != other and keys[one] == keys[other] and set(entered[one]) & set(entered[other])
    }
