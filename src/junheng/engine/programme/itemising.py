"""One item of a pack explained for a day: clauses, days, acts, figures, and what is unset.

No roster is needed. What a programme would work out for somebody is worked out here by the same
functions, for nobody in particular; whatever is unset is listed beside the rest (§2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from junheng.engine.policy.conditions import ParameterRef, SwitchRef, SwitchTest, Unset
from junheng.engine.policy.extending import held
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items import Clause, Document, Item, Lock, Parameter
from junheng.engine.policy.items.consequences import Act, Consequence
from junheng.engine.policy.items.papers import Duty
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.pack import Items, Pack, ResolvedPack
from junheng.engine.policy.shapes import nearest
from junheng.engine.policy.unset import unset_in
from junheng.engine.policy.walking import walk
from junheng.engine.programme.following import Occasion, proposal_of
from junheng.engine.programme.item_times import Reckoning, duty_days, span_days, step_days
from junheng.engine.programme.state import Proposal, State
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import calendar_of
from junheng.errors import Problem, QuestionError

_KINDS = tuple(kind for kind in KINDS if kind not in {"settings", "cast", "cases"})
_DAY = timedelta(days=1)
_OWN_WORDS = frozenset(
    {"id", "title", "source", "place", "note", "kind", "act", "topic", "unit", "year", "at"}
)
"""Attributes whose words never mention another item."""


@dataclass(frozen=True, slots=True)
class ActAccount:
    """One act that follows; ``proposal`` is it worked out for the day given, where that can be.

    ``otherwise`` is true of an act that follows where the condition does not hold.
    """

    act: Act
    otherwise: bool
    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAccount:
    """What there is to say of one item on a day.

    Attributes
    ----------
    stands : whether it exists on the day, under the readings chosen; else it is told as written
    clauses : those it cites, each with its document
    reads : ids of the parameters, switches and dates that it reads
    used_by : kind and item that mention it
    unset : what is unset in it
    problems : why a day could not be told, beside what is unset
    """

    kind: str
    item: Item
    stands: bool
    clauses: tuple[tuple[Document, Clause], ...]
    days: tuple[Reckoning, ...] = ()
    acts: tuple[ActAccount, ...] = ()
    reads: tuple[str, ...] = ()
    used_by: tuple[tuple[str, Item], ...] = ()
    unset: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def itemised(
    pack: Pack, resolved: ResolvedPack, identity: str, *, since: date | None = None
) -> ItemAccount:
    """Explain one item of a pack.

    Parameters
    ----------
    pack, resolved : the pack, and the same with date and settings applied
    since : the day of the step, event or decision that its days count from

    Raises
    ------
    QuestionError
        If the pack has no such item; what is unset is no error.
    """
    kind, written = _found(pack.items, identity)
    item = held(resolved.items, kind).get(identity)
    account = ItemAccount(
        kind=kind,
        item=item or written,
        stands=item is not None,
        clauses=_clauses(resolved, written),
        reads=_reads(written, pack.items),
        used_by=tuple(_users(pack.items, identity)),
    )
    return account if item is None else _worked_out(account, resolved, item, since)


def _found(items: Items, identity: str) -> tuple[str, Item]:
    for kind in _KINDS:
        found = held(items, kind).get(identity)
        if found is not None:
            return kind, found
    known = [each for kind in _KINDS for each in held(items, kind)]
    values = {"found": identity, "nearest": nearest(identity, known)}
    raise QuestionError([Problem("item.unknown", values=values)])


def _worked_out(
    account: ItemAccount, pack: ResolvedPack, item: Item, since: date | None
) -> ItemAccount:
    state = State(programme="", year=pack.year, day=since or pack.on)
    view = View(pack=pack, state=state, calendar=calendar_of(pack), reader=item, on=state.day)
    days = tuple(_days(item, view, since))
    acts = tuple(_acts(item, view, _occasion(item, days, since)))
    stopped = [each for day in days for each in day.problems]
    stopped += [each for act in acts for each in act.problems]
    found = (*unset_in(pack, item), *(each for each in stopped if _is_unset(each)))
    unset = {(str(each.values.get("id")), str(each.values.get("why"))): each for each in found}
    return replace(
        account,
        days=days,
        acts=acts,
        unset=tuple(unset.values()),
        problems=tuple(each for each in stopped if not _is_unset(each)),
    )


def _is_unset(problem: Problem) -> bool:
    return problem.code.startswith("pack.")


def _days(item: Item, view: View, since: date | None) -> Iterator[Reckoning]:
    match item:
        case Step():
            yield from step_days(item, view, since)
        case Duty():
            yield from duty_days(item, view, since)
        case Consequence():
            for each in item.on:
                if each.lapsed is not None:
                    yield from span_days("lapsed", each.lapsed, (each.event,), view, since)


def _occasion(item: Item, days: tuple[Reckoning, ...], since: date | None) -> Occasion | None:
    """Return what sets the acts off; where a time lapses first, on the day after it."""
    lapsed = isinstance(item, Consequence) and all(each.lapsed for each in item.on)
    if since is None or not lapsed:
        return None if since is None else Occasion(on=since)
    ends = [each.deadline.last for each in days if each.deadline is not None]
    return Occasion(on=max(ends) + _DAY) if ends else None


def _acts(item: Item, view: View, occasion: Occasion | None) -> Iterator[ActAccount]:
    match item:
        case Consequence(then=then, otherwise=otherwise):
            for act in then:
                yield _act(item, act, view, occasion)
            for act in otherwise:
                yield replace(_act(item, act, view, occasion), otherwise=True)
        case Duty(then=then):
            for act in then:
                yield _act(item, act, view, occasion)
        case Lock(breach=breach):
            for act in breach:
                yield _act(item, act, view, occasion)


def _act(
    item: Consequence | Duty | Lock, act: Act, view: View, occasion: Occasion | None
) -> ActAccount:
    """Work an act out as the programme does for somebody of whom its condition holds."""
    if occasion is None:
        return ActAccount(act, otherwise=False)
    then = replace(view, on=occasion.on)
    try:
        found = proposal_of(item, replace(act, when=None), then, occasion, "", 0)
    except QuestionError as error:
        return ActAccount(act, otherwise=False, problems=error.problems)
    return ActAccount(act, otherwise=False, proposal=found)


def _clauses(pack: ResolvedPack, item: Item) -> tuple[tuple[Document, Clause], ...]:
    """Return the clauses of an item; of a figure also those of its dated values."""
    if isinstance(item, Document):
        return tuple((item, each) for each in item.clauses)
    dated = item.values if isinstance(item, Parameter) else ()
    cited = dict.fromkeys([*item.source, *(each for one in dated for each in one.source)])
    documents = pack.items.sources
    return tuple((documents[each.document], each) for each in pack.clauses(tuple(cited)))


def _reads(item: Item, items: Items) -> tuple[str, ...]:
    """Return the parameters, switches and dates an item reads, in the order it names them."""
    found = [each for value in walk(item) for each in _named(value)]
    kinds = (items.parameters, items.switches, items.dates)
    return tuple(
        each
        for each in dict.fromkeys(found)
        if each != item.id and any(each in kind for kind in kinds)
    )


def _users(items: Items, identity: str) -> Iterator[tuple[str, Item]]:
    for kind in _KINDS:
        for item in held(items, kind).values():
            named = (each for value in walk(item) for each in _named(value))
            if item.id != identity and identity in named:
                yield kind, item


def _named(value: Any) -> Iterator[str]:
    """Yield the words in a value that can mention an item."""
    match value:
        case ParameterRef(parameter=name) | SwitchRef(switch=name) | SwitchTest(switch=name):
            yield name
        case Unset():
            return
        case _ if is_dataclass(value):
            for each in fields(value):
                if each.name not in _OWN_WORDS:
                    yield from _words(getattr(value, each.name))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value if isinstance(value, tuple) else ():
        yield from _words(each)


Known = Mapping[str, Item]
"""Items of a pack by id, of whatever kind."""


def known_items(items: Items) -> Known:
    """Return every item of a pack by its id."""
    return {key: each for kind in _KINDS for key, each in held(items, kind).items()}
