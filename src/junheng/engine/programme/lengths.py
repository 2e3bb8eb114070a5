"""How long a placement lasts against what its form says: too short, right, too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from junheng.engine.policy.conditions import Figure, Unset
from junheng.engine.policy.items import Path
from junheng.engine.policy.items.arrangements import Extension, Span
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.asking import refusal
from junheng.engine.programme.deadlines import add_months, add_years, service_ends
from junheng.engine.programme.events import Extended
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Placement, Refusal, State
from junheng.engine.programme.views import View, refuse_unset
from junheng.engine.programme.working_days import Calendar


def judged_length(state: State, pack: ResolvedPack, calendar: Calendar, person: str) -> str:
    """Judge the planned length of a placement by its form.

    Returns
    -------
    str
        ``too_short``, ``too_long``, ``needs_extension`` where the form may be extended by a
        decision, ``open`` where the placement states no end, else ``ok``.

    Raises
    ------
    UnsetFigures
        If the length of the form is not set.
    """
    placement = state.placements[person]
    form = pack.items.arrangements[placement.arrangement]
    view = view_of(state, pack, calendar, form, person, state.day)
    if form.path is not None and placement.until is not None:
        return _along(form.path, placement, view)
    span = form.span
    if isinstance(span, Unset):
        raise refuse_unset(pack, span, form)
    if placement.until is None or span is None or span.open_ended:
        return "open"
    least = _end(span, span.exactly or span.at_least, placement, view)
    most = _end(span, span.exactly or span.at_most, placement, view)
    if least is not None and placement.until < least:
        return "too_short"
    if most is not None and placement.until > most:
        return "needs_extension" if span.extension is not None else "too_long"
    return "ok"


def _along(path: Path, placement: Placement, view: View) -> str:
    """Judge the posts of a path: each by its longest time, all by theirs together."""
    posts = [*placement.earlier, (placement.since, placement.until or placement.since)]
    whole = [(posts[0][0], posts[-1][1])]
    measured = view.word(path.measured) if path.measured else "each"
    limits = ((path.each, whole if measured == "total" else posts), (path.all, whole))
    return "too_long" if any(_beyond(*each, view) for each in limits) else "ok"


def _beyond(limit: Figure | None, spells: list[tuple[date, date]], view: View) -> bool:
    """Whether one of these spells is longer than so many months."""
    months = view.number(limit) if limit is not None else None
    return months is not None and any(
        end > add_months(since, int(months)) for since, end in spells
    )


def _end(span: Span, figure: Figure | None, placement: Placement, view: View) -> date | None:
    """Return the day a length ends, earlier spells taken off where they count together."""
    amount = view.number(figure) if figure is not None else None
    if amount is None:
        return None
    spells = placement.earlier if span.counted == "cumulative" else ()
    months = amount if span.unit == "months" else amount * 12
    since = _counted_from(span, placement, view)
    return service_ends(since, int(months.limit_denominator(1)), spells)


def _counted_from(span: Span, placement: Placement, view: View) -> date:
    """Return the day a length counts from: the exchange's own, or the one the form names."""
    named = view.word(span.starts)
    if not named:
        return placement.since
    day = view.pack.dates[named]
    if isinstance(day, Unset):
        raise refuse_unset(view.pack, day, view.reader)
    return day


def extension_refusals(
    state: State, pack: ResolvedPack, calendar: Calendar, event: Extended
) -> Iterator[Refusal]:
    """Yield why a placement cannot last so long: its form has an end, or another decides."""
    placement = state.placements[event.person]
    form = pack.items.arrangements.get(placement.arrangement)
    span = form.span if form is not None else None
    if form is None or not isinstance(span, Span):
        return
    view = view_of(state, pack, calendar, form, event.person, event.on)
    most = _end(span, span.exactly or span.at_most, placement, view)
    if most is None or event.until <= most:
        return
    may = span.extension
    if may is None or event.until > _longest(may, most, view):
        longest = most if may is None else _longest(may, most, view)
        yield refusal("too-long", form, str(longest))
    elif may.decided_by and event.by.body not in may.decided_by:
        yield refusal("decider", form, *may.decided_by)
    elif may.units is not None and _at_host(view, placement).holds(may.units) is not True:
        yield refusal("not-extended-there", form, placement.host)


def _longest(may: Extension, most: date, view: View) -> date:
    """Return the last end that an extension allows."""
    years = view.number(may.at_most) if may.at_most is not None else None
    return date.max if years is None else add_years(most, years)


def _at_host(view: View, placement: Placement) -> View:
    return replace(view, member=None, placement=None, unit=placement.host)
