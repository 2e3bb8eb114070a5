"""Events are raised and answered, grades stand on their scale, acts do not contradict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items.consequences import CONTRADICTORY, Act, Consequence
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
        yield from (trigger.event for trigger in consequence.on)
    for appraisal in items.appraisals.values():
        yield from (word for each in appraisal.automatic for word in each.on)
    for duty in items.duties.values():
        yield from duty.due.after
    yield from (each.event for each in items.separations.values())


def _check_acts(consequence: Consequence, findings: Findings) -> None:
    for acts in (consequence.then, consequence.otherwise):
        plain = [act for act in acts if act.when is None]
        for one, other in combinations(plain, 2):
            if frozenset({one.act, other.act}) in CONTRADICTORY:
                values = {"item": consequence.id, "found": f"{one.act}、{other.act}"}
                findings.wrong("acts-contradict", consequence.place, **values)


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
