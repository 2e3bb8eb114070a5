"""Who is missing on the books (缺额汇总): posts against persons, by zone, stage and subject.

Moves only spread persons. Where a zone has fewer of a subject than its posts require, posts
stay vacant whatever the plan, unless somebody comes from outside the zone or is recruited.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from junheng.engine.planning.names import Name
from junheng.engine.planning.problem import Problem
from junheng.messages import Language, sentence


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Shortage:
    """Posts of one kind in one zone.

    Attributes
    ----------
    subject, role : one of them is empty: a subject of teachers, or a role of leaders
    required, staff : posts required and persons who fill such posts at the start
    vacant : posts vacant at the start, unit by unit
    elsewhere : persons of this kind above what is required, in other zones
    """

    zone: str
    stage: str
    subject: str
    role: str
    required: int
    staff: int
    vacant: int
    elsewhere: int

    @property
    def short(self) -> int:
        """Persons missing in the zone as a whole: no move inside it can help."""
        return max(0, self.required - self.staff)


def shortages(problem: Problem) -> tuple[Shortage, ...]:
    """Return every kind of post of which a zone has fewer persons than it requires, sorted."""
    zone_of = dict(zip(problem.units.ids, problem.units.zones, strict=True))
    counted: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for stock in (problem.cells, problem.leadership):
        for place, name in enumerate(stock.names):
            total = counted[_key(name, zone_of)]
            required, before = int(stock.required[place]), int(stock.before[place])
            total[0] += required
            total[1] += before
            total[2] += max(0, required - before)
    spare: dict[tuple[str, ...], int] = defaultdict(int)
    for key, (required, staff, _) in counted.items():
        spare[key[1:]] += max(0, staff - required)
    found = (
        Shortage(
            zone=key[0],
            stage=key[1],
            subject=key[2],
            role=key[3],
            required=required,
            staff=staff,
            vacant=vacant,
            elsewhere=spare[key[1:]],
        )
        for key, (required, staff, vacant) in counted.items()
    )
    return tuple(sorted(each for each in found if each.short))


def _key(name: Name, zone_of: dict[str, str]) -> tuple[str, ...]:
    return zone_of.get(name.unit_id, ""), name.stage, name.subject, name.role


def shortage_lines(
    found: tuple[Shortage, ...], language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put shortages into lines, the largest first; none where nobody is missing."""
    if not found:
        return ()
    ordered = sorted(found, key=lambda each: (-each.short, each))
    total = sum(each.short for each in found)
    return (
        sentence("explaining.short-title", language, count=len(found), total=total),
        *(_line(each, language) for each in ordered),
    )


def _line(each: Shortage, language: Language) -> str:
    code = "explaining.short-elsewhere" if each.elsewhere else "explaining.short-nowhere"
    return sentence(
        "explaining.short",
        language,
        zone=each.zone or sentence("explaining.short-no-zone", language),
        what=f"{each.stage}{each.subject}{each.role}",
        required=each.required,
        staff=each.staff,
        short=each.short,
        remedy=sentence(code, language, count=each.elsewhere),
    )
