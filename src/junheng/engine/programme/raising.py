"""Events that the record of a placement raises by itself (考勤等认定)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from junheng.engine.policy.conditions import FactTest, Literal
from junheng.engine.policy.items.facts import FactItem
from junheng.engine.policy.items.service import Attendance
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.walking import walk
from junheng.engine.programme.events import Absent, Happened
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.placement_facts import period_start
from junheng.engine.programme.state import Finding, State
from junheng.engine.programme.working_days import Calendar

_DAY = timedelta(days=1)


def raised(
    state: State, pack: ResolvedPack, calendar: Calendar, person: str, event: Happened
) -> tuple[Finding, ...]:
    """Return the events that the record of a placement raises now and had not before.

    What is counted up within a month, term or year is raised once in each of them; an absence
    that is reported after it counts in its own, as of the last day of that.
    """
    if person not in state.placements:
        return ()
    findings = state.findings.get(person, ())
    placement = state.placements[person]
    found: list[Finding] = []
    came = placement.reported_on
    if came is not None and came > (placement.report_by or placement.since):
        late = any((each.event, each.raised_by) == ("late_report_in", "") for each in findings)
        found += [] if late else [Finding(event.on, "late_report_in")]
    for item in pack.items.attendance.values():
        for day in _judged_on(pack, item, event):
            view = view_of(state, pack, calendar, item, person, day)
            reached = [rung.raises for rung in item.ladder if view.holds(rung.when) is True]
            first = _period_began(pack, item, day)
            known = {
                (each.event, each.raised_by)
                for each in findings
                if _period_began(pack, item, each.on) == first
            }
            for word in reached[-1:] if item.highest_only else reached:
                if (word, item.id) not in known:
                    found.append(Finding(day, word, item.id))
    return tuple(found)


def _judged_on(pack: ResolvedPack, item: Attendance, event: Happened) -> Iterator[date]:
    """Yield the days as of which an item is judged: today, and the end of a period gone by."""
    if isinstance(event, Absent):
        first = _period_began(pack, item, event.until - _DAY)
        last = event.on
        while _period_began(pack, item, last) > first:
            last = _period_began(pack, item, last) - _DAY
        if last < event.on:
            yield last
    yield event.on


def _period_began(pack: ResolvedPack, item: Attendance, on: date) -> date:
    """Return the first day of the period that all facts of an item count within."""
    facts = (
        pack.items.facts.get(each.fact) for each in walk(item) if isinstance(each, FactTest)
    )
    words = [str(within) for each in facts for within in _within(each)]
    return min((period_start(word, on) for word in words), default=date.min)


def _within(fact: FactItem | None) -> tuple[object, ...]:
    """Return the word of what a fact counts within; an empty one where it counts all."""
    stated = dict(fact.settings).get("in") if fact is not None else None
    return stated.values if isinstance(stated, Literal) else (stated or "",)
