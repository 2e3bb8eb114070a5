"""The tables beside the violations: staffing, establishment, structure, burden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from junheng.engine.audit.findings import BurdenLine, EstablishmentLine, StaffingLine
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Counts, Placement
from junheng.engine.balance.staff import Member

_DECADE = 10


def staffing(ground: Ground, before: Counts, after: Counts) -> tuple[StaffingLine, ...]:
    """Return every cell and leadership post with staff or posts, by unit."""
    posts = ground.posts
    cells = before.cells.keys() | after.cells.keys() | posts.cells.keys()
    leading = before.leading.keys() | after.leading.keys() | posts.leading.keys()
    lines = [
        StaffingLine(
            unit_id=unit,
            stage=stage,
            subject=subject,
            role="",
            required=post.required if post else None,
            established=post.established if post else None,
            before=before.cells[unit, stage, subject],
            after=after.cells[unit, stage, subject],
        )
        for unit, stage, subject in sorted(cells)
        for post in [posts.cells.get((unit, stage, subject))]
    ]
    lines += [
        StaffingLine(
            unit_id=unit,
            stage="",
            subject="",
            role=role,
            required=post.required if post else None,
            established=post.established if post else None,
            before=before.leading[unit, role],
            after=after.leading[unit, role],
        )
        for unit, role in sorted(leading)
        for post in [posts.leading.get((unit, role))]
    ]
    return tuple(sorted(lines, key=lambda x: (x.unit_id, x.role, x.stage, x.subject)))


def establishment(
    ground: Ground, before: Counts, after: Counts
) -> tuple[EstablishmentLine, ...]:
    """Return the establishment of every unit before and after."""
    return tuple(
        EstablishmentLine(
            unit_id=unit,
            band="",
            approved=row["establishment"],
            before=before.established[unit],
            after=after.established[unit],
        )
        for unit, row in ground.staff.units.items()
    )


def structure(ground: Ground, before: Counts, after: Counts) -> tuple[EstablishmentLine, ...]:
    """Return the title bands of every unit that has posts stated for them."""
    return tuple(
        EstablishmentLine(
            unit_id=unit,
            band=band,
            approved=post.established,
            before=before.bands[unit, band],
            after=after.bands[unit, band],
        )
        for (unit, band), post in sorted(ground.posts.bands.items())
    )


def burden(ground: Ground, placed: Mapping[str, Placement]) -> tuple[BurdenLine, ...]:
    """Return staff, movable and moved by age, sex, unit and title; no grounds (§12)."""
    staff: Counter[tuple[str, str]] = Counter()
    movable: Counter[tuple[str, str]] = Counter()
    moved: Counter[tuple[str, str]] = Counter()
    for person, member in ground.staff.members.items():
        for group in _groups(member, ground.staff.start):
            staff[group] += 1
            movable[group] += ground.movable(member)
            moved[group] += person in placed
    return tuple(
        BurdenLine(
            kind=kind,
            group=group,
            staff=staff[kind, group],
            movable=movable[kind, group],
            moved=moved[kind, group],
        )
        for kind, group in sorted(staff)
    )


def _groups(member: Member, on: date) -> Iterator[tuple[str, str]]:
    yield "age", decade(member.row["birth"], on)
    yield "sex", member.row["sex"] or ""
    yield "unit", member.unit
    yield "title", member.row["title"] or ""


def decade(birth: date | None, on: date) -> str:
    """Return the decade of age such as ``40-49``; empty where the birth is not known."""
    if birth is None:
        return ""
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    first = age // _DECADE * _DECADE
    return f"{first}-{first + _DECADE - 1}"
