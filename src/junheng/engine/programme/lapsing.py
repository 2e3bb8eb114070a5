"""What follows when so long has gone by since something happened (满一年仍未上岗)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from junheng.engine.policy.items.consequences import Consequence, Trigger
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.following import Occasion
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Finding, State
from junheng.engine.programme.timing import spanned
from junheng.engine.programme.working_days import Calendar


def lapsed(
    state: State, pack: ResolvedPack, calendar: Calendar, on: date
) -> Iterator[tuple[str, Occasion]]:
    """Yield for whom a time has gone by on a day without what would have stopped it.

    Raises
    ------
    UnsetFigures
        If a figure of the time is unset for somebody whom it concerns.
    """
    for item in pack.items.consequences.values():
        for trigger in item.on:
            if trigger.lapsed is not None:
                yield from _of_trigger(state, pack, calendar, item, trigger, on)


def _of_trigger(
    state: State,
    pack: ResolvedPack,
    calendar: Calendar,
    item: Consequence,
    trigger: Trigger,
    on: date,
) -> Iterator[tuple[str, Occasion]]:
    for person, findings in sorted(state.findings.items()):
        for begun in findings:
            if begun.event != trigger.event or _stopped(trigger, begun, findings):
                continue
            view = view_of(state, pack, calendar, item, person, on)
            within = trigger.lapsed
            deadline = spanned(within, begun.on, view) if within is not None else None
            if deadline is not None and on > deadline.last:
                yield person, Occasion(on=on, waited=trigger, waited_since=begun.on)


def _stopped(trigger: Trigger, begun: Finding, findings: tuple[Finding, ...]) -> bool:
    return any(each.event in trigger.unless and each.on >= begun.on for each in findings)
