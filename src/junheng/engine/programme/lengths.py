"""How long a placement lasts against what its form says: too short, right, too long."""

from __future__ import annotations

from datetime import date

from junheng.engine.policy.conditions import Figure, Unset
from junheng.engine.policy.items import Path
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.deadlines import add_months, service_ends
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Placement, State
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
    least = _end(span.exactly or span.at_least, placement, view, cumulative=span.counted)
    most = _end(span.exactly or span.at_most, placement, view, cumulative=span.counted)
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


def _end(
    figure: Figure | None, placement: Placement, view: View, *, cumulative: str
) -> date | None:
    """Return the day a length ends, earlier spells taken off where they count together."""
    years = view.number(figure) if figure is not None else None
    if years is None:
        return None
    spells = placement.earlier if cumulative == "cumulative" else ()
    return service_ends(placement.since, int((years * 12).limit_denominator(1)), spells)
