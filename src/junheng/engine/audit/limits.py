"""Limits of units after a plan: establishment, structure, leadership, heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from junheng.engine.audit.findings import Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Counts, Placement
from junheng.engine.audit.posts import band_of
from junheng.engine.balance.staff import HEAD
from junheng.engine.policy.conditions import All, AnyOf, Condition, FactTest, Not
from junheng.engine.policy.items import Guard, Strength
from junheng.errors import Problem, Severity

STAFFING = ("staffing_after", "staffing_worsened")
STRUCTURE = ("post_structure_after", "post_structure_worsened")


def check_limits(
    ground: Ground, before: Counts, after: Counts, placed: Mapping[str, Placement]
) -> Iterator[Violation]:
    """Yield every unit that a plan brings above a limit, or leaves without a head."""
    yield from _establishment(ground, before, after, placed)
    yield from _structure(ground, before, after, placed)
    yield from _leadership(ground, before, after, placed)


def facts_read(condition: Condition) -> frozenset[str]:
    """Return the facts that a condition names."""
    match condition:
        case FactTest(fact=fact):
            return frozenset({fact})
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(facts_read(part) for part in parts))
        case Not(part):
            return facts_read(part)
        case _:
            return frozenset()


def guards_of(ground: Ground, facts: tuple[str, ...]) -> list[Guard]:
    """Return the guards, encouraged ones left out, that speak of any of these facts."""
    return [
        guard
        for guard in ground.pack.items.guards.values()
        if guard.strength is not Strength.ENCOURAGED and facts_read(guard.never) & set(facts)
    ]


def excepted(
    ground: Ground, placed: Mapping[str, Placement]
) -> dict[tuple[str, str], list[str]]:
    """Return who arrives for good and is certainly excepted by every guard, by (unit, band)."""
    exempt = [guard.exempt for guard in guards_of(ground, STRUCTURE)]
    found: dict[tuple[str, str], list[str]] = {}
    for person, placement in sorted(placed.items()):
        to_unit = placement.move.to_unit
        if not (exempt and placement.transferred and placement.away):
            continue
        if all(each is not None and ground.ask.move(each, person, to_unit) for each in exempt):
            place = (to_unit, band_of(placement.member.row["title"]))
            found.setdefault(place, []).append(person)
    return found


def guard_notes(ground: Ground) -> tuple[Problem, ...]:
    """Name the guards that speak of nothing the auditor counts, so that nobody relies on it."""
    read = {guard.id for guard in guards_of(ground, STAFFING + STRUCTURE)}
    return tuple(
        Problem("audit.guard-not-judged", Severity.WARNING, values={"title": guard.title})
        for guard in ground.pack.items.guards.values()
        if guard.strength is not Strength.ENCOURAGED and guard.id not in read
    )


def _establishment(
    ground: Ground, before: Counts, after: Counts, placed: Mapping[str, Placement]
) -> Iterator[Violation]:
    guards = guards_of(ground, STAFFING)
    for unit, row in ground.staff.units.items():
        approved = row["establishment"]
        counted = after.established[unit]
        if approved is None or counted <= max(before.established[unit], approved):
            continue
        yield Violation(
            code="audit.establishment",
            rule="、".join(guard.id for guard in guards),
            clauses=tuple(clause for guard in guards for clause in guard.source),
            persons=_arrived(placed, unit, transferred_only=True),
            units=(unit,),
            values=_arithmetic(before.established[unit], counted, approved),
        )


def _structure(
    ground: Ground, before: Counts, after: Counts, placed: Mapping[str, Placement]
) -> Iterator[Violation]:
    free = excepted(ground, placed)
    for guard in guards_of(ground, STRUCTURE):
        for (unit, band), post in ground.posts.bands.items():
            counted = after.bands[unit, band] - len(free.get((unit, band), ()))
            limit = post.established
            if limit is None or counted <= max(before.bands[unit, band], limit):
                continue
            lifted = ground.decisions.lifted_at(guard.id, unit)
            yield Violation(
                code="audit.structure",
                strength=guard.strength,
                rule=guard.id,
                clauses=guard.source,
                persons=_arrived(placed, unit, transferred_only=True),
                units=(unit,),
                values={"band": band, **_arithmetic(before.bands[unit, band], counted, limit)},
                overridden=guard.strength is Strength.PRINCIPLE and lifted,
            )


def _leadership(
    ground: Ground, before: Counts, after: Counts, placed: Mapping[str, Placement]
) -> Iterator[Violation]:
    for (unit, role), counted in sorted(after.leading.items()):
        post = ground.posts.leading.get((unit, role))
        limit = post.established if post else None
        if limit is not None and counted > max(before.leading[unit, role], limit):
            arithmetic = _arithmetic(before.leading[unit, role], counted, limit)
            yield Violation(
                code="audit.leaders",
                persons=_arrived(placed, unit, transferred_only=False),
                units=(unit,),
                values={"role": role, **arithmetic},
            )
    for unit, role in sorted(before.leading):
        if role == HEAD and before.leading[unit, role] and not after.leading[unit, role]:
            yield Violation(
                code="audit.no-head",
                persons=tuple(
                    sorted(
                        person
                        for person, placement in placed.items()
                        if (placement.member.unit, placement.member.role) == (unit, HEAD)
                    )
                ),
                units=(unit,),
                values={"before": str(before.leading[unit, role])},
            )


def _arrived(
    placed: Mapping[str, Placement], unit: str, *, transferred_only: bool
) -> tuple[str, ...]:
    return tuple(
        sorted(
            person
            for person, placement in placed.items()
            if placement.move.to_unit == unit
            and (placement.transferred or not transferred_only)
        )
    )


def _arithmetic(before: int, after: int, limit: int) -> dict[str, str]:
    return {"before": str(before), "after": str(after), "limit": str(limit)}
