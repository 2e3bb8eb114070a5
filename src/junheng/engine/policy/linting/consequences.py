"""Events are raised and answered, grades stand on their scale, acts do not contradict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items.consequences import CONTRADICTORY, Act, Consequence, Trigger
from junheng.engine.policy.items.service import Appraisal, EventWord
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items
from junheng.errors import PackPlace


def check_consequences(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check events, appraisals and consequences against each other."""
    raised, answered = set(_raised(items)), set(_answered(items))
    for draft in drafts:
        match draft.item:
            case EventWord(id=word, recorded_by=recorded_by):
                if not recorded_by and word not in raised:
                    findings.doubtful("event-never-raised", draft.place, item=word, found=word)
                if word not in answered:
                    findings.doubtful("event-unanswered", draft.place, item=word, found=word)
            case Consequence():
                _check_acts(draft.item, findings)
                _check_pairs(items, draft.item, findings)
                _check_grades(draft.item, items, findings)
            case Appraisal():
                for automatic in draft.item.automatic:
                    _on_scale(draft.id, draft.place, draft.id, automatic.grade, items, findings)
            case _:
                pass


def _raised(items: Items) -> Iterator[str]:
    for attendance in items.attendance.values():
        yield from (rung.raises for rung in attendance.ladder)
    yield from (step.breach for step in items.steps.values())
    yield from (each.refusal for each in items.rounds.values())


def _answered(items: Items) -> Iterator[str]:
    for consequence in items.consequences.values():
        for trigger in consequence.on:
            yield from (trigger.event, *trigger.unless)
    for appraisal in items.appraisals.values():
        yield from (word for each in appraisal.automatic for word in each.on)
    for duty in items.duties.values():
        yield from duty.due.after
    yield from (each.refusal for each in items.rounds.values())
    for step in items.steps.values():
        within = step.within
        if within is not None:
            begun = within.after if isinstance(within.after, str) else ""
            yield from (begun, within.extended_on)
    yield from (each.event for each in items.separations.values())


def _check_acts(consequence: Consequence, findings: Findings) -> None:
    for acts in (consequence.then, consequence.otherwise):
        plain = [act for act in acts if act.when is None]
        for one, other in combinations(plain, 2):
            if frozenset({one.act, other.act}) in CONTRADICTORY:
                values = {"item": consequence.id, "found": f"{one.act}、{other.act}"}
                findings.wrong("acts-contradict", consequence.place, **values)


def _check_pairs(items: Items, own: Consequence, findings: Findings) -> None:
    """Find another consequence of the same trigger and condition whose acts exclude these."""
    for other in items.consequences.values():
        if other.id == own.id or not _together(own, other):
            continue
        clash = sorted(
            f"{one.act}（{own.id}）、{two.act}（{other.id}）"
            for one in own.then
            for two in other.then
            if one.when is None
            and two.when is None
            and frozenset({one.act, two.act}) in CONTRADICTORY
        )
        if clash:
            clauses = "、".join(_clauses(items, (*own.source, *other.source)))
            values = {"item": own.id, "found": clash[0], "expected": clauses}
            findings.wrong("consequences-contradict", own.place, **values)


def _together(one: Consequence, other: Consequence) -> bool:
    """Whether two consequences follow from one trigger whatever else holds."""
    free = (one.who, one.when) == (other.who, other.when)
    return free and any(_same(a, b) for a in one.on for b in other.on)


def _same(one: Trigger, other: Trigger) -> bool:
    if one.event or other.event:
        return (one.event, one.lapsed) == (other.event, other.lapsed)
    if one.appraisal or other.appraisal:
        same = (one.appraisal, one.in_a_row) == (other.appraisal, other.in_a_row)
        return same and bool(set(one.grades) & set(other.grades))
    return one.end_of == other.end_of and (
        one.number == other.number or 0 in {one.number, other.number}
    )


def _clauses(items: Items, ids: tuple[str, ...]) -> Iterator[str]:
    for document in items.sources.values():
        yield from (each.at for each in document.clauses if each.id in ids)


def _check_grades(consequence: Consequence, items: Items, findings: Findings) -> None:
    for trigger in consequence.on:
        for grade in trigger.grades:
            _on_scale(
                consequence.id,
                consequence.place,
                trigger.appraisal,
                grade,
                items,
                findings,
            )
    acts: tuple[Act, ...] = (*consequence.then, *consequence.otherwise)
    for act in acts:
        if act.highest:
            _on_scale(
                consequence.id, consequence.place, act.appraisal, act.highest, items, findings
            )


def _on_scale(
    item: str, place: PackPlace, appraisal: str, grade: str, items: Items, findings: Findings
) -> None:
    held = items.appraisals.get(appraisal)
    scale = items.scales.get(held.scale) if held is not None else None
    if scale is not None and grade not in scale.grades:
        values = {"item": item, "found": grade, "expected": "、".join(scale.grades)}
        findings.wrong("grade-not-on-scale", place, **values)
