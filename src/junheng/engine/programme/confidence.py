"""Who must not act together, and who alone may read what (回避与保密)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from junheng.engine.policy.items.bodies import Body
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import events
from junheng.engine.programme.asking import refusal
from junheng.engine.programme.state import Refusal, State


def readers_of(pack: ResolvedPack, document: str) -> frozenset[str] | None:
    """Return the bodies that alone may read a document; None where nothing restricts it."""
    lists = [
        frozenset(each.readers)
        for each in pack.items.separations.values()
        if document in each.documents
    ]
    return frozenset.intersection(*lists) if lists else None


def reading_refusals(pack: ResolvedPack, event: events.Sent) -> Iterator[Refusal]:
    """Yield why a document must not go to somebody: others alone may read it."""
    for separation in pack.items.separations.values():
        if event.document in separation.documents and event.to not in separation.readers:
            yield refusal("confidential", separation, *separation.readers)


def mixing_refusals(state: State, pack: ResolvedPack, event: events.Event) -> Iterator[Refusal]:
    """Yield bodies whose people must not act in each other's place, and would.

    Somebody belongs to a body who is on record as one of its people or has acted for it.
    """
    body, people = _acting(event)
    for one, other in _apart(pack, body):
        barred = state.people.get(other, frozenset())
        if barred & set(people):
            yield refusal("never-with", one, other)


def with_people(state: State, pack: ResolvedPack, event: events.Event) -> State:
    """Return the state that remembers who belongs to bodies that must not mix."""
    body, people = _acting(event)
    if not any(_apart(pack, body)):
        return state
    known = state.people.get(body, frozenset()) | set(people)
    return replace(state, people={**state.people, body: known})


def _acting(event: events.Event) -> tuple[str, Collection[str]]:
    if isinstance(event, events.Composed):
        return event.body, event.people
    return event.by.body, {event.by.person, event.by.delegated_by} - {""}


def _apart(pack: ResolvedPack, body: str) -> Iterator[tuple[Body, str]]:
    """Yield each body that a body must not mix with, after the item that says so."""
    for each in pack.items.bodies.values():
        if each.id == body:
            yield from ((each, other) for other in each.never_with)
        elif body in each.never_with:
            yield each, each.id
