"""Puts the days an item states into lines, with the whole arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from junheng.engine.policy.items.times import Within
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.item_times import Reckoning, Skipped
from junheng.engine.programme.value_words import Speech
from junheng.messages import in_language

_DAY = timedelta(days=1)
_WITHOUT_DAY_COUNT = frozenset({"months", "years"})


def day_lines(days: Iterable[Reckoning], pack: ResolvedPack, speech: Speech) -> Iterator[str]:
    """Yield the lines of every day an item states."""
    for each in days:
        yield from _lines(each, pack, speech)


def _lines(found: Reckoning, pack: ResolvedPack, speech: Speech) -> Iterator[str]:
    if found.what in {"opens", "closes", "round"}:
        yield _fixed(found, speech)
        return
    last = found.deadline
    stated = _span(found, speech)
    if last is None or (last.since is None and found.what != "again"):
        code = "cannot-tell" if found.problems else "needs-since"
        yield speech.say(f"day-{found.what}", stated=stated, result=speech.say(code))
    else:
        since = last.since or ""
        counted = speech.say("counted", since=since, last=last.last) if since else ""
        result = counted or speech.say("comes-round", last=last.last)
        yield speech.say(f"day-{found.what}", stated=stated, result=result)
    if found.what == "notice" and last is not None:
        yield speech.say("after-notice", day=last.last + _DAY)
    if found.unrolled is not None and last is not None:
        yield speech.say("rolled", first=found.unrolled, last=last.last)
    yield from _skipped(found, pack, speech)


def _fixed(found: Reckoning, speech: Speech) -> str:
    """Say a day of the year, or a round."""
    day = found.deadline.last if found.deadline is not None else speech.say("cannot-tell")
    if found.what == "round":
        named = {"period": _period(found, speech), "day": day}
        known = found.deadline is not None or found.problems
        return speech.say("day-round" if known else "day-round-open", **named)
    boundary = ""
    if found.readings:
        pairs = ((speech.title(word), day) for word, day in found.readings)
        day = speech.joined(speech.say("if-read", how=how, day=one) for how, one in pairs)
    if found.boundary:
        boundary = speech.say("boundary", how=speech.title(found.boundary))
    return speech.say(f"day-{found.what}", day=day, boundary=boundary)


def _period(found: Reckoning, speech: Speech) -> str:
    return found.period or speech.say("cannot-tell")


def _span(found: Reckoning, speech: Speech) -> str:
    """Say how many of what are counted, from what and how."""
    begins = speech.say("or").join(speech.named(each) for each in found.begins or ())
    if found.begins is None:
        begins = speech.say("begins-unset")
    unit = found.unit
    if unit == "days" and found.day_count.startswith("working"):
        unit = "working_days"
    amount = speech.figure(found.figure)
    code = f"amount-{unit.replace('_', '-')}"
    count = speech.say("at-once") if amount == "0" else speech.say(code, amount=amount)
    told = "" if unit in _WITHOUT_DAY_COUNT or amount == "0" else _way(found, speech)
    what = begins or speech.say("from-what-precedes")
    return speech.say("span", begins=what, count=count, way=told) + _longer(found, speech)


def _way(found: Reckoning, speech: Speech) -> str:
    how = speech.title(found.day_count) if found.day_count else speech.say("way-unset")
    return speech.say("way", how=how)


def _longer(found: Reckoning, speech: Speech) -> str:
    within: Within | None = found.within
    if within is None or within.extended_by is None:
        return ""
    amount = speech.figure(within.extended_by)
    code = f"amount-{within.unit.replace('_', '-')}"
    by = speech.say(code, amount=amount)
    return speech.say("extended", event=speech.named(within.extended_on), by=by)


def _skipped(found: Reckoning, pack: ResolvedPack, speech: Speech) -> Iterator[str]:
    last = found.deadline
    if last is None or last.since is None or not last.day_count.startswith("working"):
        return
    skipped: Skipped = found.skipped
    parts = [speech.say("weekends", count=skipped.weekends)]
    if skipped.holidays:
        parts.append(speech.say("holidays", days=_days(skipped.holidays, speech)))
    if skipped.worked:
        parts.append(speech.say("worked", days=_days(skipped.worked, speech)))
    yield speech.say("skipped", what=speech.joined(parts))
    years = range(last.since.year, last.last.year + 1)
    for each in pack.items.calendars.values():
        if each.year in years:
            at = speech.say("and").join(one.at for one in pack.clauses(each.source))
            title = in_language(each.title, speech.language)
            yield speech.say(
                "calendar", title=title, clause=speech.say("at", at=at) if at else ""
            )


def _days(days: tuple[date, ...], speech: Speech) -> str:
    return speech.joined(each.isoformat() for each in days)
