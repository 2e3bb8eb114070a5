"""Who bears the burden, and whose wishes are granted (负担与志愿), group by group.

Nothing here speaks of grounds (§12), and nothing of one or two persons: groups with fewer than
:data:`LEAST` movable persons are put together, and what a group's movers wished, how far they
go and whether they went before is told only where at least so many move, and cannot be had by
subtraction either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from junheng.engine.audit.findings import FairnessLine, Granted
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.audit.objectives import great_circle_metres, move_ends, ranked_wishes
from junheng.engine.audit.placements import Placement, placements
from junheng.engine.audit.tables import decade
from junheng.engine.balance.populations import exchanges_begun
from junheng.engine.balance.staff import Member
from junheng.engine.plans.plan import Plan
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

LEAST = 3
"""Fewer movable persons, or movers, are never told apart; decision 0014 says why."""

ALL, KINDS = "all", ("age", "sex", "unit", "title", "office", "subject")


def fairness(roster: Roster, screening: Screening, plan: Plan) -> tuple[FairnessLine, ...]:
    """Say how the burden and the wishes granted are spread; the whole county comes first.

    Raises
    ------
    QuestionError
        As :func:`~junheng.engine.audit.audit` does.
    """
    ground = ground_of(roster, screening)
    return fairness_of(ground, placements(plan, ground))


def fairness_of(ground: Ground, placed: Mapping[str, Placement]) -> tuple[FairnessLine, ...]:
    """Return the lines of :func:`fairness` for moves that are already placed."""
    teller = _Teller(ground, placed)
    everybody = tuple(ground.staff.members.values())
    lines = [teller.line(ALL, (), everybody)]
    for kind in KINDS:
        found: dict[str, list[Member]] = defaultdict(list)
        for member in everybody:
            found[_group(kind, member, ground)].append(member)
        lines += _covered(
            [
                teller.line(kind, groups, members)
                for groups, members in _merged(found, teller.movable)
            ]
        )
    return tuple(lines)


def _covered(lines: list[FairnessLine]) -> list[FairnessLine]:
    """Withhold one group more where the withheld ones could be had by subtraction."""
    withheld = sum(line.moved for line in lines if line.granted is None)
    told = [line for line in lines if line.granted is not None]
    if not (0 < withheld < LEAST and told):
        return lines
    least = min(told, key=lambda line: (line.moved, line.groups))
    return [replace(line, granted=None) if line is least else line for line in lines]


def _merged(
    found: Mapping[str, list[Member]], movable: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], list[Member]]]:
    """Yield the groups, those with one or two movable persons put together.

    Where those together are still too few, the smallest other group joins them.
    """
    sizes = {
        group: sum(each.person_id in movable for each in members)
        for group, members in found.items()
    }
    small = sorted(group for group, size in sizes.items() if 0 < size < LEAST)
    others = sorted(
        (g for g in sizes if sizes[g] >= LEAST), key=lambda group: (sizes[group], group)
    )
    if small and sum(sizes[group] for group in small) < LEAST and others:
        small = sorted([*small, others.pop(0)])
    for group in sorted(found.keys() - set(small)):
        yield (group,), found[group]
    if small:
        yield tuple(small), [member for group in small for member in found[group]]


class _Teller:
    """Counts groups of persons of one plan."""

    def __init__(self, ground: Ground, placed: Mapping[str, Placement]) -> None:
        members = ground.staff.members.items()
        self.movable = frozenset(p for p, member in members if ground.movable(member))
        self._placed = {p: each for p, each in placed.items() if each.away}
        self._wishes = ranked_wishes(ground)
        self._before = frozenset(
            person
            for person, days in exchanges_begun(ground.roster).items()
            if any(day < ground.staff.start for day in days)
        )
        self._ground = ground

    def line(
        self, kind: str, groups: tuple[str, ...], members: Iterable[Member]
    ) -> FairnessLine:
        """Count one group."""
        persons = [member.person_id for member in members]
        movable = [person for person in persons if person in self.movable]
        moved = [person for person in persons if person in self._placed]
        return FairnessLine(
            kind=kind,
            groups=groups,
            staff=len(persons),
            movable=len(movable),
            moved=len(moved),
            applied=sum(person in self._wishes for person in movable),
            granted=self._granted(moved) if len(moved) >= LEAST else None,
        )

    def _granted(self, moved: list[str]) -> Granted:
        ranks = [
            self._wishes[person].get(self._placed[person].move.to_unit)
            for person in moved
            if person in self._wishes
        ]
        met = [rank for rank in ranks if rank is not None]
        return Granted(
            ranks=tuple(met.count(rank) for rank in range(1, max(met, default=0) + 1)),
            elsewhere=len(ranks) - len(met),
            unasked=len(moved) - len(ranks),
            before=sum(person in self._before for person in moved),
            metres=self._metres(moved),
        )

    def _metres(self, moved: list[str]) -> Fraction | None:
        total = 0
        for person in moved:
            origin, host = move_ends(self._placed[person], self._ground)
            if origin is None or host is None:
                return None
            total += great_circle_metres(origin, host)
        return Fraction(total, len(moved))


def _group(kind: str, member: Member, ground: Ground) -> str:
    match kind:
        case "age":
            return decade(member.row["birth"], ground.staff.start)
        case "unit":
            return member.unit
        case "office":
            return str(member.row["office_level"] or "")
        case "subject":
            return member.subject
        case _:
            return str(member.row[kind] or "")
