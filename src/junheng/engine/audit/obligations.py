"""Obligations that stay unmet (未尽义务) by clause and cell: the first objective again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from junheng.engine.audit.findings import QuotaLine
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Counts, Placement
from junheng.engine.plans.plan import Unmet
from junheng.engine.policy.items import Outcome

_EVERYONE = "everyone"


def unmet_obligations(
    ground: Ground,
    after: Counts,
    placed: Mapping[str, Placement],
    quotas: Sequence[QuotaLine],
) -> tuple[Unmet, ...]:
    """Return every obligation the plan leaves unmet, sorted; each counts its amount once."""
    found = [
        *_staffing(ground, after),
        *_leadership(ground, after),
        *_establishment(ground, after),
        *_floors(quotas),
        *_duties(ground, placed),
    ]
    return tuple(sorted(found))


def _staffing(ground: Ground, after: Counts) -> Iterator[Unmet]:
    for (unit, stage, subject), post in ground.posts.cells.items():
        reached = after.cells[unit, stage, subject]
        here = Unmet(kind="", unit_id=unit, stage=stage, subject=subject, reached=reached)
        if reached < (post.required or 0):
            yield replace(here, kind="shortage", required=post.required or 0)
        if post.established is not None and reached > post.established:
            yield replace(here, kind="surplus", required=post.established)


def _leadership(ground: Ground, after: Counts) -> Iterator[Unmet]:
    for (unit, role), post in ground.posts.leading.items():
        required, reached = post.required or 0, after.leading[unit, role]
        if reached < required:
            yield Unmet(
                kind="shortage", unit_id=unit, role=role, required=required, reached=reached
            )


def _establishment(ground: Ground, after: Counts) -> Iterator[Unmet]:
    for unit, row in ground.staff.units.items():
        approved, reached = row["establishment"], after.established[unit]
        if approved is not None and reached > approved:
            yield Unmet(kind="establishment", unit_id=unit, required=approved, reached=reached)


def _floors(quotas: Sequence[QuotaLine]) -> Iterator[Unmet]:
    for line in quotas:
        if not line.shortfall:
            continue
        place = dict(zip(line.per, line.cell, strict=True))
        yield Unmet(
            kind="quota",
            rule=line.id,
            unit_id=line.unit,
            stage=place.get("stage", ""),
            subject=place.get("subject", ""),
            zone=place.get("zone", ""),
            pair=place.get("pair", ""),
            required=line.owed,
            reached=line.reached,
        )


def _duties(ground: Ground, placed: Mapping[str, Placement]) -> Iterator[Unmet]:
    """Yield the due persons who stay, in tracks where everyone must go."""
    binding = {track for track, duty in ground.planning.duties if duty == _EVERYONE}
    for person, member in ground.staff.members.items():
        verdict = ground.verdicts[person]
        due = verdict.outcome is Outcome.DUE and verdict.track in binding
        if due and person not in placed:
            yield Unmet(
                kind="duty",
                rule="、".join(verdict.because),
                unit_id=member.unit,
                person_id=person,
                required=1,
                reached=0,
            )
