"""Is somebody passed over who could have gone instead (被越过)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from junheng.engine.audit.citing import named_unit
from junheng.engine.audit.findings import Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.judging import Judgement, judge
from junheng.engine.audit.moves import allowed
from junheng.engine.audit.order import Group, Order, moving
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.policy.items import Strength


def check_order(
    plan: Plan, ground: Ground, order: Order, judged: Judgement
) -> Iterator[Violation]:
    """Yield who is passed over although they could take the place of one behind them.

    Taking it must be an allowed move, break nothing, leave no more unmet, and lessen the
    number of persons passed over in the group.
    """
    going = moving(judged.placed)
    for group in order.groups:
        if group.rule.strength is Strength.ENCOURAGED:
            continue
        for person in group.passed_over(going):
            behind = _replaceable(person, group, plan, ground, judged)
            if behind is not None:
                yield _violation(person, behind, group, ground)


def check_passed_over(plan: Plan, order: Order, judged: Judgement) -> Iterator[Violation]:
    """Compare with what a plan states; one that states nothing of itself claims nothing."""
    if order.problems or not (plan.objectives or plan.passed_over):
        return
    stated, true = set(plan.passed_over), set(order.passed_over(moving(judged.placed)))
    for each in sorted(stated ^ true):
        values = {"stated": "yes" if each in stated else "no"}
        values |= {"true": "yes" if each in true else "no", "selection": each.rule}
        yield Violation(
            code="audit.claim-passed-over", persons=(each.person_id,), values=values
        )


def _violation(person: str, behind: Move, group: Group, ground: Ground) -> Violation:
    rule, unit = group.rule, behind.to_unit
    return Violation(
        code="audit.passed-over",
        strength=rule.strength,
        rule=rule.id,
        clauses=rule.source,
        persons=(person, behind.person_id),
        units=(unit,),
        values={
            "passed": person,
            "behind": behind.person_id,
            "group": " ".join(named_unit(word, ground) for word in group.cell if word),
        },
        overridden=rule.strength is Strength.PRINCIPLE
        and ground.decisions.lifted(rule.id, person, unit),
    )


def _replaceable(
    person: str, group: Group, plan: Plan, ground: Ground, judged: Judgement
) -> Move | None:
    """Return the move of somebody further down the order that the person could make."""
    going = moving(judged.placed)
    member = ground.staff.members[person]
    passed = len(group.passed_over(going))
    for other in sorted(going & group.tiers.keys(), key=lambda p: (group.tiers[p], p)):
        fewer = len(group.passed_over(going - {other} | {person})) < passed
        if group.tiers[other] <= group.tiers[person] or not fewer:
            continue
        theirs = judged.placed[other].move
        for subject in ("",) if member.leader else ground.subjects(member):
            if not allowed(member, theirs.to_unit, ground, subject):
                continue
            instead = Move(
                person_id=person,
                from_unit=member.unit,
                to_unit=theirs.to_unit,
                stage=member.stage,
                subject=subject,
            )
            moves = tuple(m for m in plan.moves if m.person_id != other)
            if judge(replace(plan, moves=(*moves, instead)), ground).no_worse_than(judged):
                return theirs
    return None
