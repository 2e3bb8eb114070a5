"""Steps: no circle, windows that can be kept, boundaries stated, forms that somebody fills."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items.papers import Duty, Paper
from junheng.engine.policy.items.service import Appraisal, Workload
from junheng.engine.policy.items.steps import Step, Vote
from junheng.engine.policy.items.times import Moment
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items

_YEARS = {"previous": 0, "programme": 12, "next": 24}
_THIRDS = {"early": 1, "middle": 11, "late": 21}
_LAST_DAYS = {"early": 10, "middle": 20}
_LONGEST = 12
Place = tuple[int, int]
"""Month counted from January of the year before, and day."""


def check_steps(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check the steps of a pack and the forms they use."""
    for draft in drafts:
        if isinstance(draft.item, Step):
            _check_window(draft.item, items, findings)
            _check_roles(draft.item, findings)
            _check_circle(draft.item, items, findings)
        if isinstance(draft.item, Paper) and draft.id not in set(_filled_in(items)):
            findings.doubtful(
                "nobody-prepares", draft.place, item=draft.id, found=draft.item.title
            )


def _filled_in(items: Items) -> Iterator[str]:
    """Yield the forms that some step, duty, vote, workload or appraisal uses."""
    for step in items.steps.values():
        yield from step.documents
    users: tuple[Duty | Vote | Workload | Appraisal, ...] = (
        *items.duties.values(),
        *items.votes.values(),
        *items.workloads.values(),
        *items.appraisals.values(),
    )
    yield from (each.document for each in users)
    for separation in items.separations.values():
        yield from separation.documents
    yield from (each.id for each in items.documents.values() if each.archive)


def _check_roles(step: Step, findings: Findings) -> None:
    both = sorted(set(step.actor) & set(step.approved_by))
    if both:
        values = {"item": step.id, "found": "、".join(both)}
        findings.wrong("approver-is-proposer", step.place, **values)


def _check_circle(step: Step, items: Items, findings: Findings) -> None:
    ways: list[tuple[str, ...]] = [(step.id, need) for need in step.needs]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == step.id:
            if min(way) == step.id:
                findings.wrong("circle", step.place, item=step.id, found=" → ".join(way))
            return
        needed = items.steps.get(way[-1])
        if needed is not None and way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, need) for need in needed.needs]


def _check_window(step: Step, items: Items, findings: Findings) -> None:
    window = step.window
    if window is None:
        return
    opens, closes = _first(window.opens), _last(window.closes)
    if opens and closes and (closes < opens or closes[0] - opens[0] > _LONGEST):
        values = {"item": step.id, "found": f"{_said(opens)} – {_said(closes)}"}
        findings.wrong("window-backwards", step.place, **values)
    if window.closes is not window.opens and isinstance(window.closes, Moment):
        _check_boundary(step, window.closes, findings)
    if closes is not None:
        _check_needed(step, closes, items, findings)


def _check_boundary(step: Step, moment: Moment, findings: Findings) -> None:
    if (moment.day or moment.date) and moment.boundary is None and not moment.part:
        values = {"item": step.id, "found": moment.date or _said((moment.month, moment.day))}
        findings.doubtful("deadline-without-boundary", step.place, **values)


def _check_needed(step: Step, closes: Place, items: Items, findings: Findings) -> None:
    for need in step.needs:
        needed = items.steps.get(need)
        opens = _first(needed.window.opens) if needed and needed.window else None
        if needed is not None and opens is not None and closes < opens:
            values = {"item": step.id, "found": needed.title, "expected": _said(opens)}
            findings.wrong("closes-before-needs", step.place, **values)


def _first(moment: Moment | Unset | None) -> Place | None:
    if not isinstance(moment, Moment) or not moment.month:
        return None
    day = moment.day or _THIRDS.get(moment.part, 1)
    return moment.month + _YEARS[moment.year], day


def _last(moment: Moment | Unset | None) -> Place | None:
    if not isinstance(moment, Moment) or not moment.month:
        return None
    day = moment.day or _LAST_DAYS.get(moment.part, 31)
    return moment.month + _YEARS[moment.year], day


def _said(place: Place) -> str:
    month, day = place
    return f"{(month - 1) % 12 + 1:02}-{day:02}"
