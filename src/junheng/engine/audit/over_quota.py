"""Arrivals that a limit of the post structure does not count (超岗聘用)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from junheng.engine.audit.findings import OverQuota, Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.limits import STRUCTURE, excepted, guards_of
from junheng.engine.audit.objectives import draw
from junheng.engine.audit.placements import Counts, Placement
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.items import Guard, Strength

Placed = Mapping[str, Placement]


def over_quota(
    ground: Ground, before: Counts, after: Counts, placed: Placed, seed: int
) -> tuple[OverQuota, ...]:
    """Return who is hired above the posts: of those excepted, the largest draws.

    As many as stand above the greater of the established posts and those there before; among
    equal draws the larger person id. A limit that decisions lift at a unit is none there.
    """
    guards = guards_of(ground, STRUCTURE)
    found: dict[str, OverQuota] = {}
    for (unit, band), persons in sorted(excepted(ground, placed).items()):
        post = ground.posts.bands.get((unit, band))
        lifted = all(_lifted(guard, unit, ground) for guard in guards)
        if lifted or post is None or post.established is None:
            continue
        limit = max(before.bands[unit, band], post.established)
        above = max(0, after.bands[unit, band] - limit)
        for person in _drawn(persons, unit, ground, seed)[:above]:
            hired = OverQuota(guard=guards[0].id, person_id=person, unit_id=unit, band=band)
            found[person] = hired
    return tuple(found[person] for person in sorted(found))


def _lifted(guard: Guard, unit: str, ground: Ground) -> bool:
    in_principle = guard.strength is Strength.PRINCIPLE
    return in_principle and ground.decisions.lifted_at(guard.id, unit)


def check_over_quota(plan: Plan, found: tuple[OverQuota, ...]) -> Iterator[Violation]:
    """Compare with what a plan states; one that states nothing of itself claims nothing."""
    stated = {move.person_id: move.over_quota for move in plan.moves if move.over_quota}
    true = {each.person_id: each.guard for each in found}
    if not (plan.objectives or stated):
        return
    for person in sorted(stated.keys() | true.keys()):
        said, is_so = stated.get(person, ""), true.get(person, "")
        if said != is_so:
            values = {"stated": said or "-", "true": is_so or "-"}
            yield Violation(code="audit.over-quota", persons=(person,), values=values)


def _drawn(persons: list[str], unit: str, ground: Ground, seed: int) -> list[str]:
    programme = f"{ground.pack.header.id}-{ground.pack.year}"
    return sorted(persons, key=lambda p: (draw(seed, programme, p, unit), p), reverse=True)
