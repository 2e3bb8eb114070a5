"""The quota table (指标表), counted again by the auditor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from junheng.engine.audit.citing import named_unit
from junheng.engine.audit.figures import number
from junheng.engine.audit.findings import QuotaLine, Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.horizons import Horizon, horizon_of
from junheng.engine.audit.pairs import Pairs, is_paired
from junheng.engine.audit.placements import Placement
from junheng.engine.balance.populations import (
    PLAN_POPULATIONS,
    Counted,
    Populations,
    cell,
)
from junheng.engine.policy.conditions import Setting
from junheng.engine.policy.items import Bound, Population, Quota, Strength
from junheng.errors import Problem, QuestionError, UnsetFigures

LEAST, MOST = "at_least", "at_most"
_HALF = Fraction(1, 2)


def quota_lines(
    ground: Ground, populations: Populations, placed: Mapping[str, Placement]
) -> tuple[QuotaLine, ...]:
    """Count every quota of the pack in each of its cells, in the pack's order.

    What the steps of a programme settle, such as who applied, no plan answers for.
    """
    return tuple(
        line
        for quota in ground.pack.items.quotas.values()
        if quota.count.planned and (quota.bound.of is None or quota.bound.of.planned)
        for line in _lines(_Asked.of(quota, ground, placed), ground, populations)
    )


def leavers_lines(
    ground: Ground, populations: Populations, placed: Mapping[str, Placement]
) -> tuple[QuotaLine, ...]:
    """Count who leaves each unit against the pack's upper limit, whatever the form."""
    planning = ground.planning
    asked = _Asked(
        id=planning.id,
        title=planning.title,
        strength=Strength.HARD,
        relation=MOST,
        per=("unit",),
        bound=planning.leavers_at_most,
        rounding=planning.leavers_rounding,
        count=None,
    )
    leavers = Counted(frozenset(placed), frozenset())
    return tuple(_cells(asked, ground, populations, leavers))


def check_quotas(
    lines: Iterable[QuotaLine],
    ground: Ground,
    populations: Populations,
    placed: Mapping[str, Placement],
) -> Iterator[Violation]:
    """Yield the caps that are passed; floors are obligations and never violations (§7)."""
    for line in lines:
        if line.strength is Strength.ENCOURAGED or not line.excess:
            continue
        leaving = line.id == ground.planning.id
        unit = line.unit
        item = ground.planning if leaving else ground.pack.items.quotas[line.id]
        lifted = ground.decisions.lifted_at(line.id, unit)
        counted = placed.keys() if leaving else _counted(line, ground, populations, placed)
        yield Violation(
            code="audit.leavers" if leaving else "audit.cap",
            strength=line.strength,
            rule=line.id,
            clauses=item.source,
            persons=tuple(person for person in sorted(counted) if _in(line, person, ground)),
            units=(unit,) if unit else (),
            values=_arithmetic(line, ground),
            overridden=line.strength is Strength.PRINCIPLE and lifted,
        )


def _counted(
    line: QuotaLine,
    ground: Ground,
    populations: Populations,
    placed: Mapping[str, Placement],
) -> frozenset[str]:
    asked = _Asked.of(ground.pack.items.quotas[line.id], ground, placed)
    return frozenset() if asked.count is None else asked.members(asked.count, populations).yes


def _in(line: QuotaLine, person: str, ground: Ground) -> bool:
    pairs = Pairs.of(ground) if is_paired(line.per) else None
    return _place(person, line.per, ground, pairs) == line.cell


def _place(
    person: str, per: tuple[str, ...], ground: Ground, pairs: Pairs | None
) -> tuple[str, ...] | None:
    if pairs is not None:
        return pairs.place(person, per)
    return cell(ground.staff, ground.staff.members[person], per)


def _arithmetic(line: QuotaLine, ground: Ground) -> dict[str, str]:
    return {
        "title": line.title,
        "cell": " ".join(named_unit(word, ground) for word in line.cell if word),
        "reached": str(line.reached),
        "bound": str(line.bound),
        "exact": str(line.exact),
        "base": "-" if line.base is None else str(line.base),
        "share": "-" if line.share is None else str(line.share),
        "rounding": line.rounding,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is the same in every cell of a quota."""

    id: str
    title: str
    strength: Strength
    relation: str
    per: tuple[str, ...]
    bound: Bound
    rounding: Setting
    count: Population | None
    quota: Quota | None = None
    horizon: Horizon | None = None
    pairs: Pairs | None = None
    placed: Mapping[str, Placement] = field(default_factory=dict)

    @staticmethod
    def of(quota: Quota, ground: Ground, placed: Mapping[str, Placement]) -> _Asked:
        """Read a quota of the pack."""
        return _Asked(
            id=quota.id,
            title=quota.title,
            strength=quota.strength,
            relation=quota.relation,
            per=quota.per,
            bound=quota.bound,
            rounding=quota.rounding,
            count=quota.count,
            quota=quota,
            horizon=horizon_of(quota, ground),
            pairs=Pairs.of(ground) if is_paired(quota.per) else None,
            placed=placed,
        )

    def members(self, population: Population, populations: Populations) -> Counted:
        """Return whom a population of this quota counts."""
        if self.pairs is not None:
            populations = self.pairs.between(populations, self.placed)
        return populations.of(population, self.horizon.since if self.horizon else None)


def _lines(asked: _Asked, ground: Ground, populations: Populations) -> Iterator[QuotaLine]:
    if asked.count is None:
        return
    counted = asked.members(asked.count, populations)
    if asked.bound.issued:
        yield from _issued(asked, ground, counted)
    else:
        yield from _cells(asked, ground, populations, counted)


def _cells(
    asked: _Asked, ground: Ground, populations: Populations, counted: Counted
) -> Iterator[QuotaLine]:
    bound = asked.bound
    base = Counted(frozenset(), frozenset())
    if bound.of is not None:
        base = asked.members(bound.of, populations)
    elif asked.count is not None and asked.relation != MOST:
        # A floor stated as a number also binds the cells from which nobody goes.
        base = populations.of(Population(among="staff", who=asked.count.who))
    places = _places(asked, ground, counted, base)
    persons: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for person, place in places.items():
        persons[place].add(person)
    for unit, place in asked.pairs.cells(asked.per) if asked.pairs else ():
        if _open(asked, ground, unit):
            persons.setdefault(place, set())
    for place, here in sorted(persons.items()):
        yield _line(asked, place, _within(counted, here), _within(base, here))


def _issued(asked: _Asked, ground: Ground, counted: Counted) -> Iterator[QuotaLine]:
    issued: Counter[tuple[str, str]] = Counter()
    for row in ground.roster["issued_quotas"].to_dicts():
        if row["quota_id"] == asked.id:
            issued[row["unit_id"], row["subject"] or ""] += row["number"]
    if not issued:
        raise QuestionError([Problem("audit.quota-not-issued", values={"id": asked.id})])
    members = ground.staff.members
    for (unit, subject), issued_number in sorted(issued.items()):
        if not _open(asked, ground, unit):
            continue
        here = {
            person
            for person in counted.yes | counted.unknown
            if members[person].unit == unit and subject in ("", members[person].subject)
        }
        found = _within(counted, here)
        yield QuotaLine(
            id=asked.id,
            title=asked.title,
            strength=asked.strength,
            relation=asked.relation,
            per=("unit", "subject") if subject else ("unit",),
            cell=(unit, subject) if subject else (unit,),
            share=None,
            base=None,
            exact=Fraction(issued_number),
            rounding="none",
            bound=issued_number,
            reached=len(found.yes),
            unknown=len(found.unknown),
            unknown_base=0,
            **_owed(asked, issued_number),
        )


def _places(asked: _Asked, ground: Ground, *groups: Counted) -> dict[str, tuple[str, ...]]:
    members = ground.staff.members
    persons = {person for each in groups for person in each.yes | each.unknown}
    places = {
        person: _place(person, asked.per, ground, asked.pairs)
        for person in sorted(persons)
        if _open(asked, ground, members[person].unit)
    }
    return {person: place for person, place in places.items() if place is not None}


def _open(asked: _Asked, ground: Ground, unit: str) -> bool:
    """Whether the quota is stated for cells of this unit."""
    units = asked.quota.units if asked.quota else None
    return units is None or ground.ask.unit(units, unit) is True


def _within(counted: Counted, persons: set[str]) -> Counted:
    return Counted(counted.yes & persons, counted.unknown & persons)


def _line(asked: _Asked, place: tuple[str, ...], counted: Counted, base: Counted) -> QuotaLine:
    bound, reached = asked.bound, len(counted.yes)
    share = None if bound.share is None else number(bound.share, asked.id)
    fixed = None if bound.number is None else number(bound.number, asked.id)
    exact = share * len(base.yes) if share is not None else fixed or Fraction(0)
    rounding = _word(asked.rounding) if share is not None else "none"
    limit = rounded(exact, rounding, halves_down=_lenient(asked))
    return QuotaLine(
        id=asked.id,
        title=asked.title,
        strength=asked.strength,
        relation=asked.relation,
        per=asked.per,
        cell=place,
        share=share,
        base=None if share is None else len(base.yes),
        exact=exact,
        rounding=rounding,
        bound=limit,
        reached=reached,
        unknown=len(counted.unknown),
        unknown_base=0 if share is None else len(base.unknown),
        **_owed(asked, limit),
    )


def _lenient(asked: _Asked) -> bool:
    """Whether a half rounds in favour: a floor whose base itself grows with the movers."""
    of = asked.bound.of
    return of is not None and of.among in PLAN_POPULATIONS and asked.relation == LEAST


def rounded(exact: Fraction, rounding: str, *, halves_down: bool = False) -> int:
    """Round an exact bound as the pack says.

    ``nearest`` rounds halves up; with ``halves_down`` down, which is what the floor
    2q·count ≥ 2p·base - q means. ``exact`` and ``none`` refuse what is not whole.

    Raises
    ------
    QuestionError
        If the bound is not whole and the pack allows no rounding.
    """
    whole, rest = divmod(exact, 1)
    match rounding:
        case "up":
            return int(whole) + (rest > 0)
        case "down":
            return int(whole)
        case "nearest":
            up = rest > _HALF or (rest == _HALF and not halves_down)
            return int(whole) + up
    if rest:
        raise QuestionError([Problem("audit.not-whole", values={"exact": str(exact)})])
    return int(whole)


def _owed(asked: _Asked, bound: int) -> dict[str, Any]:
    if asked.horizon is None:
        return {"owed": bound}
    return {"owed": asked.horizon.owed(bound), "phase": asked.horizon.phase}


def _word(setting: Setting) -> str:
    if isinstance(setting, str):
        return setting
    values = {"id": getattr(setting, "id", ""), "why": getattr(setting, "why", "")}
    raise UnsetFigures([Problem("balance.unset", values=values)])
