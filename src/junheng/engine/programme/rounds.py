"""Rounds of a staged matching (竞聘轮次): who may enter, who gets which post, who is left.

A round is held once for each unit, each zone, or for all, as its scope says; one after the
other. What the pack gives the means for is computed (scores, draws, wishes of both sides); what
somebody decides (直聘、调剂) is only checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items.steps import Round, Step
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.events import Entered, RoundHeld
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.matching import Wishes, stable, stable_for_posts
from junheng.engine.programme.state import Hired, Post, Proposal, State
from junheng.engine.programme.views import View, refuse_unset
from junheng.engine.programme.working_days import Calendar

BY_DECISION = frozenset({"appoint", "planned"})
"""Methods by which somebody decides who gets what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A round of a step, and what is asked of it."""

    state: State
    pack: ResolvedPack
    calendar: Calendar
    step: Step
    item: Round
    event: Entered | RoundHeld

    @property
    def view(self) -> View:
        """How figures and settings of the round are read."""
        return self.of(getattr(self.event, "person", ""))

    def of(self, person: str) -> View:
        """How conditions of the round see a person."""
        return view_of(self.state, self.pack, self.calendar, self.item, person, self.event.on)

    @property
    def subject(self) -> str:
        """Return the unit or zone for which the round is held; empty: for all."""
        if isinstance(self.event, RoundHeld):
            return self.event.subject
        return subject_of(self.state, self.item, self.state.members[self.event.person].unit)


def asked_of(
    state: State, pack: ResolvedPack, calendar: Calendar, event: Entered | RoundHeld
) -> Asked:
    """Return the question that an event puts to its round."""
    return Asked(
        state=state,
        pack=pack,
        calendar=calendar,
        step=pack.items.steps[event.step],
        item=pack.items.rounds[event.round],
        event=event,
    )


def rounds_of(pack: ResolvedPack, step: Step) -> tuple[Round, ...]:
    """Return the rounds of a step in their order; those of other readings are gone."""
    known = (pack.items.rounds.get(each) for each in step.rounds)
    return tuple(sorted((each for each in known if each), key=lambda each: each.order))


def subject_of(state: State, item: Round, unit: str) -> str:
    """Return the unit or zone for which a round is held where a unit takes part."""
    match item.scope:
        case "unit":
            return unit
        case "zone":
            return state.zones.get(unit, "")
    return ""


def subjects_of(state: State, item: Round) -> tuple[str, ...]:
    """Return the units or zones for which a round is held, those with posts or entries."""
    if item.scope not in {"unit", "zone"}:
        return ("",)
    units = {post.unit for post in state.posts.values()}
    units |= {state.members[who].unit for name, who in state.entries if name == item.id}
    return tuple(sorted({subject_of(state, item, unit) for unit in units} - {""}))


def held_by(step: Step, item: Round) -> tuple[str, ...]:
    """Return the bodies of which one holds a round."""
    return (item.decided_by,) if item.decided_by else step.actor


def units_of(state: State, item: Round, subject: str) -> set[str]:
    """Return the units that take part where a round is held for a unit or zone."""
    return {unit for unit in state.units if subject_of(state, item, unit) == subject}


def waiting(state: State, pack: ResolvedPack, step: Step) -> Iterator[tuple[Round, str]]:
    """Yield the rounds of a step that are to be held next, with unit or zone."""
    for item in rounds_of(pack, step):
        left = [each for each in subjects_of(state, item) if (item.id, each) not in state.held]
        if left:
            yield from ((item, each) for each in left)
            return


def vacant(asked: Asked) -> dict[str, int]:
    """Return the posts of a round with the places that are left of each."""
    taken = [each.post for each in asked.state.hired.values()]
    return {
        name: post.number - taken.count(name)
        for name, post in asked.state.posts.items()
        if subject_of(asked.state, asked.item, post.unit) == asked.subject
        and (asked.item.posts != "own_unit" or _is_own(asked, post))
    }


def _is_own(asked: Asked, post: Post) -> bool:
    if isinstance(asked.event, RoundHeld):
        return True
    return post.unit == asked.state.members[asked.event.person].unit


def may_enter(asked: Asked, person: str) -> bool | None:
    """Whether a person may enter the round; None where it is not known (§1)."""
    if person in asked.state.hired or person in asked.state.left:
        return False
    unit = asked.state.members[person].unit
    if asked.item.scope == "zone" and unit not in asked.state.zones:
        return None
    if isinstance(asked.item.entrants, str):
        return True
    return asked.of(person).holds(asked.item.entrants)


def entered_in(asked: Asked) -> dict[str, tuple[str, ...]]:
    """Return the wishes of those who entered for this unit or zone."""
    state = asked.state
    return {
        person: choices
        for (name, person), choices in sorted(state.entries.items())
        if name == asked.item.id
        and subject_of(state, asked.item, state.members[person].unit) == asked.subject
    }


def score_key(asked: Asked, event: RoundHeld, person: str) -> tuple[Fraction, ...]:
    """Return the scores so that the better one is the smaller."""
    found = {(each.rubric, each.person): each.points for each in event.scores}
    return tuple(
        found[rubric, person] * (-1 if order == "highest" else 1)
        for rubric, order in asked.item.priority
    )


def _order(asked: Asked, event: RoundHeld, entered: Wishes) -> list[str]:
    """Return the entrants, first first: by scores, then as ties are broken."""
    decided = {person: n for n, person in enumerate(event.tie_order)}
    return sorted(
        entered,
        key=lambda who: (
            score_key(asked, event, who) if asked.item.priority else (),
            decided.get(who, len(decided)),
            lot(event.seed, asked.item.id, who),
        ),
    )


def lot(seed: str, item: str, person: str) -> str:
    """Return the lot of a person; the smallest comes first (§9)."""
    return sha256(f"{seed}:{item}:{person}".encode()).hexdigest()


def placed(asked: Asked, event: RoundHeld) -> dict[str, str]:
    """Return who gets which post in a round, by the method of the pack."""
    if asked.item.method in BY_DECISION:
        return dict(event.places)
    match = stable_for_posts if asked.item.proposing == "units" else stable
    return match(entered_in(asked), _orders(asked, event), vacant(asked))


def _orders(asked: Asked, event: RoundHeld) -> Mapping[str, tuple[str, ...]]:
    """Return for each post whom it takes first: as it says itself, else by scores and lots."""
    if asked.item.priority or asked.item.method != "stable_matching":
        return dict.fromkeys(vacant(asked), tuple(_order(asked, event, entered_in(asked))))
    return dict(event.orders)


def _reserves(
    asked: Asked, event: RoundHeld, found: Mapping[str, Hired]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return for each post who wished for it and did not get it, first first."""
    if asked.item.method in BY_DECISION:
        return {}
    wishes = entered_in(asked)
    return {
        (asked.item.id, post): tuple(
            who for who in order if post in wishes.get(who, ()) and who not in found
        )
        for post, order in _orders(asked, event).items()
    }


def after_entry(state: State, event: Entered) -> State:
    """Return the state with somebody's wishes for a round; the last ones count."""
    entries = {**state.entries, (event.round, event.person): event.choices}
    return replace(state, entries=entries)


def after_holding(asked: Asked, event: RoundHeld) -> State:
    """Return the state after a round: posts taken, and what becomes of those left over."""
    state = asked.state
    found = {who: Hired(asked.item.id, post) for who, post in placed(asked, event).items()}
    after = replace(
        state,
        hired={**state.hired, **found},
        held={**state.held, (asked.item.id, event.subject): event.on},
        reserves={**state.reserves, **_reserves(asked, event, found)},
    )
    return _with_left(asked, after, event)


def _with_left(asked: Asked, after: State, event: RoundHeld) -> State:
    entered = [
        person
        for (name, person) in after.entries
        if name in asked.step.rounds
        and subject_of(after, asked.item, after.members[person].unit) == event.subject
    ]
    over = sorted({each for each in entered if each not in after.hired} - set(after.left))
    word = asked.view.word(asked.item.unplaced) if over else "next"
    if word == "next":
        return after
    after = replace(after, left={**after.left, **dict.fromkeys(over, word)})
    if word == "stay":
        return after
    return after.with_proposals(_waits(asked, event, person) for person in over)


def _waits(asked: Asked, event: RoundHeld, person: str) -> Proposal:
    trigger = f"{asked.item.id}@{event.on}"
    return Proposal(
        id=f"{asked.item.id}:{person}:{trigger}:0",
        consequence=asked.item.id,
        act="wait_and_train",
        person=person,
        on=event.on,
        trigger=trigger,
        source=asked.item.source,
        decided_by=held_by(asked.step, asked.item)[0],
    )


def without_place(state: State, pack: ResolvedPack, person: str, word: str) -> State:
    """Return the state after somebody refused a place: vacant again, or the next one's.

    Raises
    ------
    UnsetFigures
        If it is not set whether the next in order gets it (递补).
    """
    hired = state.hired.get(person)
    if hired is None or pack.items.rounds[hired.round].refusal != word:
        return state
    others = {who: each for who, each in state.hired.items() if who != person}
    after = replace(state, hired=others)
    item = pack.items.rounds[hired.round]
    if isinstance(item.substitutes, Unset):
        raise refuse_unset(pack, item.substitutes, item)
    return _with_next(after, hired, word) if item.substitutes == "yes" else after


def _with_next(state: State, place: Hired, word: str) -> State:
    """Give a place to the next in order who has none and refused none."""
    for person in state.reserves.get((place.round, place.post), ()):
        refused = any(each.event == word for each in state.findings.get(person, ()))
        if person not in state.hired and not refused:
            left = {who: each for who, each in state.left.items() if who != person}
            return replace(state, hired={**state.hired, person: place}, left=left)
    return state
