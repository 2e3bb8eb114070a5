"""Puts the account of one item of a pack into lines: clauses, days with arithmetic, acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from junheng.engine.policy.describing import Row, describe
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items.consequences import Consequence, Trigger
from junheng.engine.policy.items.papers import Due, Duty
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.programme.act_words import act_lines
from junheng.engine.programme.item_days import day_lines
from junheng.engine.programme.itemising import ItemAccount, known_items
from junheng.engine.programme.value_words import Speech
from junheng.errors import Problem
from junheng.messages import Language, in_language, sentence, word

_ANYWHERE = frozenset({"strength"})
_TOLD_APART: Mapping[str, frozenset[str]] = {
    "steps": frozenset({"kind", "window", "within", "publicity", "each"}),
    "duties": frozenset({"due", "then"}),
    "consequences": frozenset({"on", "when", "then", "otherwise", "decided_by"}),
    "locks": frozenset({"breach"}),
    "sources": frozenset({"clauses"}),
}
"""Keys of each kind that have lines of their own."""
_FIGURES = frozenset({"parameters", "switches", "dates"})
_MOST_USERS = 8


def item_lines(
    account: ItemAccount,
    pack: Pack,
    resolved: ResolvedPack,
    language: Language = Language.ZH,
) -> Iterator[str]:
    """Yield the account of an item as lines of text."""
    speech = Speech(resolved, known_items(pack.items), language)
    rows = {row.id: row for row in describe(pack, language).rows}
    yield _headline(account, speech)
    if not account.stands:
        yield speech.say("not-standing", on=resolved.on)
    yield from _clauses(account, speech)
    yield from _own_figure(account, rows, resolved, speech)
    yield from _triggers(account, speech)
    yield from _stated(account, speech)
    yield from day_lines(account.days, resolved, speech)
    yield from act_lines(account, speech)
    yield from _reads(account, rows, resolved, speech)
    yield from _users(account, speech)
    yield from _unset(account.unset, speech)
    for problem in dict.fromkeys(str(word(each, language)) for each in account.problems):
        yield speech.say("not-told", why=problem)


def _headline(account: ItemAccount, speech: Speech) -> str:
    item = account.item
    kind = KINDS[account.kind].title if speech.language is Language.ZH else account.kind
    sort = getattr(item, "kind", "")
    strength = getattr(item, "strength", "")
    words = [kind, speech.title(f"step-{sort}") if account.kind == "steps" else ""]
    words.append(sentence(f"pack.strength-{strength}", speech.language) if strength else "")
    title = in_language(item.title, speech.language)
    return speech.say("headline", title=title, id=item.id, words=speech.joined(words))


def _clauses(account: ItemAccount, speech: Speech) -> Iterator[str]:
    for document, clause in account.clauses:
        title = in_language(document.title, speech.language)
        yield speech.say("clause", document=title, at=clause.at, says=clause.says)
    if not account.clauses:
        yield speech.say("no-clause")


def _own_figure(
    account: ItemAccount, rows: dict[str, Row], pack: ResolvedPack, speech: Speech
) -> Iterator[str]:
    """Yield the figure or choice of an item that is one."""
    if account.kind in _FIGURES:
        yield _figure(account.item.id, rows, pack, speech)


def _figure(identity: str, rows: dict[str, Row], pack: ResolvedPack, speech: Speech) -> str:
    row = rows[identity]
    chosen = pack.settings.get(identity)
    shown = row.figure or speech.say("open", why=row.unset)
    if chosen is not None:
        shown = speech.say("chosen", value=speech.title(chosen))
    elif identity in pack.dates and not row.unset:
        shown = speech.say("day", day=pack.dates[identity], stated=shown)
    clause = speech.say("at", at=row.clause) if row.clause else ""
    return speech.say("figure", title=row.title, id=identity, figure=shown, clause=clause)


def _triggers(account: ItemAccount, speech: Speech) -> Iterator[str]:
    item = account.item
    if isinstance(item, Consequence):
        causes = speech.say("or").join(_trigger(each, speech) for each in item.on)
        yield speech.say("set-off", what=causes)
    if isinstance(item, Duty):
        yield speech.say("due", when=speech.joined(_due(item.due, speech)))


def _trigger(trigger: Trigger, speech: Speech) -> str:
    if trigger.appraisal:
        grades = speech.joined(map(speech.title, trigger.grades))
        named = {"title": speech.title(trigger.appraisal), "grades": grades}
        if trigger.in_a_row == 1:
            return speech.say("on-grade-once", **named)
        return speech.say("on-grade", **named, times=trigger.in_a_row)
    if trigger.end_of:
        number = trigger.number or ""
        return speech.say(f"end-of-{trigger.end_of}", number=number)
    event = speech.named(trigger.event)
    if trigger.lapsed is not None:
        unless = speech.say("or").join(speech.title(each) for each in trigger.unless)
        without = speech.say("without", what=unless) if unless else ""
        return speech.say("on-lapse", event=event, without=without)
    if trigger.times == 1:
        return event
    during = speech.figure(trigger.during)
    return speech.say("on-times", event=event, times=trigger.times, during=during)


def _due(due: Due, speech: Speech) -> Iterator[str]:
    if due.every:
        at = speech.joined(map(speech.title, due.at))
        yield speech.say("every", period=speech.title(f"each-{due.every}"), at=at)
    if due.by_day:
        yield speech.say("by-day", day=due.by_day)
    if due.dates:
        yield speech.joined(map(speech.named, due.dates))
    if due.after:
        events = speech.say("or").join(map(speech.named, due.after))
        yield speech.say("after", what=events)
    if due.before:
        yield speech.say("before", what=speech.named(due.before))


def _stated(account: ItemAccount, speech: Speech) -> Iterator[str]:
    """Yield what else an item states, key by key as the grammar calls them."""
    if account.kind in _FIGURES:
        return
    usual = {each.name: each.default for each in fields(account.item)}
    for key, field in KINDS[account.kind].fields.items():
        if key in _ANYWHERE | _TOLD_APART.get(account.kind, frozenset()):
            continue
        attribute = field.attribute or key
        value = getattr(account.item, attribute, None)
        said = speech.value(value) if value != usual.get(attribute) else ""
        if said:
            says = field.says.partition("，不写")[0]
            called = says if speech.language is Language.ZH and says else key
            yield speech.say("stated", key=called, value=said)
    notice = getattr(account.item, "publicity", None)
    if notice is not None:
        where = speech.value(notice.where)
        yield speech.say("notice-where", where=where, detail=speech.figure(notice.detail))
        if notice.handled_by:
            yield speech.say("notice-handled", body=speech.title(notice.handled_by))


def _reads(
    account: ItemAccount, rows: dict[str, Row], pack: ResolvedPack, speech: Speech
) -> Iterator[str]:
    if account.reads:
        yield speech.say("reads")
    for identity in account.reads:
        yield "  " + _figure(identity, rows, pack, speech)


def _users(account: ItemAccount, speech: Speech) -> Iterator[str]:
    found = [speech.named(item.id) for _, item in account.used_by]
    if found:
        more = len(found) - _MOST_USERS
        rest = speech.say("and-more", count=len(found)) if more > 0 else ""
        yield speech.say("used-by", items=speech.joined(found[:_MOST_USERS]) + rest)


def _unset(unset: tuple[Problem, ...], speech: Speech) -> Iterator[str]:
    if unset:
        yield speech.say("unset", count=len(unset))
    for problem in unset:
        values = {**dict.fromkeys(("options",), ""), **problem.values}
        title = in_language(values["title"], speech.language)
        yield speech.say("unset-one", id=values["id"], title=title, why=values["why"])
        if values["options"]:
            options = in_language(values["options"], speech.language)
            yield speech.say("unset-options", options=options)
