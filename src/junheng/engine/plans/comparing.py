"""Two plans side by side (方案对照): who is new, gone or placed otherwise; the price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from junheng.engine.plans.plan import Move, ObjectiveValue, Plan, Unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChange:
    """One person in two plans; None where the plan does not move them."""

    person_id: str
    before: Move | None
    after: Move | None

    @property
    def placed_otherwise(self) -> bool:
        """Whether unit or subject differ, not only form or dates."""
        if self.before is None or self.after is None:
            return True
        subjects = {self.before.subject, self.after.subject} - {""}
        return self.before.to_unit != self.after.to_unit or len(subjects) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveChange:
    """One objective in two plans; None where the plan does not state it."""

    id: str
    before: ObjectiveValue | None
    after: ObjectiveValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetChange:
    """One obligation in two plans; None where the plan meets it."""

    before: Unmet | None
    after: Unmet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """What differs between two plans, each list sorted by id.

    Attributes
    ----------
    new, gone : persons whom only the later, only the earlier plan moves
    changed : persons whom both move, but to another unit or subject, or under other terms
    objectives : all objectives of either plan, in the later one's order
    unmet : obligations whose numbers differ
    """

    new: tuple[MoveChange, ...]
    gone: tuple[MoveChange, ...]
    changed: tuple[MoveChange, ...]
    objectives: tuple[ObjectiveChange, ...]
    unmet: tuple[UnmetChange, ...]

    @property
    def affected(self) -> tuple[MoveChange, ...]:
        """Everybody whom the plans place differently, by id."""
        found = (*self.new, *self.gone, *self.changed)
        return tuple(
            sorted((e for e in found if e.placed_otherwise), key=lambda each: each.person_id)
        )

    @property
    def same(self) -> bool:
        """Whether the plans do not differ in anybody's move, objective or obligation."""
        objectives_differ = any(each.before != each.after for each in self.objectives)
        return not (self.new or self.gone or self.changed or self.unmet or objectives_differ)


def compare_plans(before: Plan, after: Plan) -> PlanChanges:
    """Compare two plans of one roster.

    A hand-made plan may leave subject, form, dates and relation open; what is open in one plan
    differs from nothing.
    """
    old = {move.person_id: move for move in before.moves}
    new = {move.person_id: move for move in after.moves}
    found = [
        MoveChange(person_id=person, before=old.get(person), after=new.get(person))
        for person in sorted(old.keys() | new.keys())
    ]
    return PlanChanges(
        new=tuple(each for each in found if each.before is None),
        gone=tuple(each for each in found if each.after is None),
        changed=tuple(each for each in found if _differs(each)),
        objectives=_objectives(before, after),
        unmet=_unmet(before, after),
    )


def _differs(change: MoveChange) -> bool:
    if change.before is None or change.after is None:
        return False
    if change.placed_otherwise:
        return True
    terms = zip(_terms(change.before), _terms(change.after), strict=True)
    return any(one != other for one, other in terms if None not in (one, other))


def _terms(move: Move) -> tuple[object, ...]:
    """Return what a move says beyond its place; None where it says nothing."""
    until = move.until if move.since is not None else None
    return move.form or None, move.since, until, move.relation_moved


def _objectives(before: Plan, after: Plan) -> tuple[ObjectiveChange, ...]:
    old = {each.id: each for each in before.objectives}
    new = {each.id: each for each in after.objectives}
    return tuple(
        ObjectiveChange(id=each, before=old.get(each), after=new.get(each))
        for each in dict.fromkeys((*new, *old))
    )


def _unmet(before: Plan, after: Plan) -> tuple[UnmetChange, ...]:
    old, new = _by_cell(before), _by_cell(after)
    pairs = ((old.get(cell), new.get(cell)) for cell in sorted(old.keys() | new.keys()))
    return tuple(UnmetChange(before=one, after=other) for one, other in pairs if one != other)


def _by_cell(plan: Plan) -> Mapping[Unmet, Unmet]:
    return {replace(each, required=0, reached=0): each for each in plan.unmet}
