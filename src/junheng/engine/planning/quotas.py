"""Quotas and the limit on leavers: populations of the pack counted cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from junheng.engine.planning.decisions import ANY, Decisions
from junheng.engine.planning.findings import Findings
from junheng.engine.planning.horizons import SERVED, Horizons, Span
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.names import Name
from junheng.engine.planning.pairs import PAIR, SIDE, Pairs
from junheng.engine.planning.problem import (
    NOWHERE,
    Arcs,
    EqualSides,
    Form,
    Limit,
    Staff,
    Units,
)
from junheng.engine.policy.conditions import Condition, Figure, Setting, Unset
from junheng.engine.policy.items import (
    Bound,
    Horizon,
    Outcome,
    Planning,
    Population,
    Quota,
    Strength,
)
from junheng.engine.screening.verdicts import Screening

Cell = tuple[str, ...]
"""Words of the dimensions of ``per``, in its order."""

DIMENSIONS = ("county", "unit", "zone", "stage", "subject", PAIR, SIDE, "programme")
_GROWING = ("movers", "movers_and_serving", "movers_and_volunteers", "movers_and_served")
ROUNDINGS = ("up", "down", "nearest")


@dataclass(frozen=True, slots=True)
class Members:
    """A population at the start: persons who count whatever is planned, and arcs that count.

    ``unknown`` marks persons of whom it is not known whether they count.
    """

    persons: Mask
    arcs: Mask
    unknown: Mask


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the quotas of a pack ask of a plan."""

    limits: tuple[Limit, ...]
    equal_sides: tuple[EqualSides, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """All that is needed to count the populations of quotas."""

    screening: Screening
    units: Units
    staff: Staff
    arcs: Arcs
    forms: tuple[Form, ...]
    decisions: Decisions
    findings: Findings
    horizons: Horizons
    pairs: Pairs | None

    def quotas(self) -> Numbers:
        """Return every quota of the pack, cell by cell, and the sides that must be equal."""
        limits: list[Limit] = []
        sides: list[EqualSides] = []
        for quota in self.screening.evaluation.pack.items.quotas.values():
            if not of_a_plan(quota) or not self._can_be_counted(quota):
                continue
            span = self.horizons.span(quota)
            if span is None and isinstance(quota.over, Unset | Horizon):
                continue  # what is missing was noted
            terms = self._terms(quota)
            members = self.members(quota.count, quota.id, span)
            limits.extend(self._bounded(terms, members, span))
            if quota.equal_sides and quota.strength is not Strength.ENCOURAGED:
                sides.extend(self._sides(terms, members))
        return Numbers(tuple(limits), tuple(sides))

    def _can_be_counted(self, quota: Quota) -> bool:
        """Whether a plan can be counted by the dimensions of a quota; notes which it cannot."""
        unknown = [dimension for dimension in quota.per if dimension not in DIMENSIONS]
        for dimension in unknown:
            self.findings.add("planning.unknown-dimension", None, id=quota.id, found=dimension)
        return not unknown

    def leavers(self, planning: Planning) -> tuple[Limit, ...]:
        """Return the limit on those who leave a unit, whatever their form."""
        everyone = np.ones(len(self.arcs), dtype=np.bool_)
        nobody = np.zeros(len(self.staff.ids), dtype=np.bool_)
        quota = _Terms(
            rule=planning.id,
            per=("unit",),
            floor=False,
            cap=True,
            bound=planning.leavers_at_most,
            rounding=planning.leavers_rounding,
            where=np.ones(len(self.units.ids), dtype=np.bool_),
        )
        return tuple(self._limits(quota, Members(nobody, everyone, nobody)))

    def _terms(self, quota: Quota) -> _Terms:
        where = np.ones(len(self.units.ids), dtype=np.bool_)
        if quota.units is not None:
            where = self.screening.evaluation.units(quota.units).yes
        return _Terms(
            rule=quota.id,
            per=quota.per,
            floor=quota.relation in ("at_least", "exactly"),
            cap=quota.relation in ("at_most", "exactly")
            and quota.strength is not Strength.ENCOURAGED,
            exactly=quota.relation == "exactly",
            bound=quota.bound,
            rounding=quota.rounding,
            where=where,
            who=quota.count.who,
            may_be_lifted=quota.strength is Strength.PRINCIPLE,
        )

    def _bounded(self, terms: _Terms, members: Members, span: Span | None) -> Iterator[Limit]:
        """Yield the limits of one quota."""
        if terms.bound.issued:
            yield from self._issued(terms, members)
        elif span is not None:
            yield from self._over_years(terms, members, span)
        else:
            yield from self._limits(terms, members)

    def _sides(self, terms: _Terms, members: Members) -> Iterator[EqualSides]:
        """Yield, for each pair, the two sides that must count alike."""
        if self.pairs is None or not {PAIR, SIDE} <= set(terms.per):
            return  # the linter refuses equal sides without cells by side
        at = terms.per.index(SIDE)
        counted: defaultdict[Cell, dict[str, _Count]] = defaultdict(dict)
        for cell, count in self._by_cell(members, terms).items():
            counted[(*cell[:at], *cell[at + 1 :])][cell[at]] = count
        for cell, by_side in sorted(counted.items()):
            words = dict(zip((each for each in terms.per if each != SIDE), cell, strict=True))
            sides = self.pairs.both(min(by_side))
            if any(self._lifted(terms, unit) for unit in sides):
                continue
            first, second = (by_side.get(self.units.ids[unit], _NOBODY) for unit in sides)
            yield EqualSides(
                name=_name(terms.rule, words, equal=True),
                fixed=(first.fixed, second.fixed),
                arcs=(first.arcs, second.arcs),
            )

    def _lifted(self, terms: _Terms, unit: int) -> bool:
        """Whether what a quota says of a unit, or of cells wider than one, is lifted."""
        return terms.may_be_lifted and self.decisions.lifts_at(terms.rule, unit)

    def _over_years(self, terms: _Terms, members: Members, span: Span) -> Iterator[Limit]:
        """Yield the caps of the whole span, and as floors what is owed of it by this year."""
        for limit in self._limits(terms, members):
            if len(limit.base_arcs):
                self.findings.add("planning.horizon-base-moves", None, id=terms.rule)
            whole = replace(
                limit,
                share=None,
                number=limit.bound(limit.base_fixed),
                base_fixed=0,
                base_arcs=ints([]),
                rounding="up",
            )
            if limit.cap:
                yield replace(whole, floor=False)
            if limit.floor:
                owed = span.owed(whole.number or 0)
                yield replace(whole, cap=False, number=owed)

    def members(
        self, population: Population, item_id: str, span: Span | None = None
    ) -> Members:
        """Return whom a population counts; of ``who`` only *yes* counts."""
        n_persons = len(self.staff.ids)
        counts = np.ones(n_persons, dtype=np.bool_)
        unknown = np.zeros(n_persons, dtype=np.bool_)
        if population.who is not None:
            truth = self.screening.evaluation.persons(population.who)
            counts, unknown = truth.yes, truth.unknown
        among = self.findings.word(population.among, item_id)
        if among in SERVED and span is None:
            self.findings.add("planning.served-without-span", None, id=item_id)
        served = self.horizons.served(span) & self.staff.counted
        fixed, moving = self._among(among, population.arrangement, item_id, served)
        moving &= self._moves_meant(population, item_id)
        maybe = fixed.copy()
        maybe[self.arcs.person[moving]] = True
        return Members(fixed & counts, moving & counts[self.arcs.person], maybe & unknown)

    def _moves_meant(self, population: Population, item_id: str) -> Mask:
        """Return the arcs whose move a population is about; an assignment is a person here."""
        if population.counting:
            self.findings.word(population.counting, item_id)
        meant = np.ones(len(self.arcs), dtype=np.bool_)
        if population.moved:
            meant &= self.arcs.relation_moved
        if population.move is not None:
            evaluation, arcs = self.screening.evaluation, self.arcs
            meant &= evaluation.moves(population.move, arcs.person, arcs.unit).yes
        return meant

    def _among(
        self, among: str, arrangement: tuple[str, ...], item_id: str, served: Mask
    ) -> tuple[Mask, Mask]:
        staff, nothing = self.staff, np.zeros(len(self.arcs), dtype=np.bool_)
        nobody = np.zeros(len(staff.ids), dtype=np.bool_)
        outcome = np.array(staff.outcome, dtype=np.str_)
        movers = self.arcs.exchange
        if arrangement:
            allowed = [k for k, form in enumerate(self.forms) if form.id in arrangement]
            movers = movers & np.isin(self.arcs.form, allowed)
        volunteers = staff.counted & (outcome == Outcome.MAY.value)
        populations = {
            "": (nobody, nothing),
            "staff": (staff.counted, nothing),
            "full_time": (staff.counted & staff.full_time, nothing),
            "meeting_conditions": (staff.counted & self._meeting_conditions(), nothing),
            "due": (staff.counted & (outcome == Outcome.DUE.value), nothing),
            "serving": (staff.serving, nothing),
            "movers": (nobody, movers),
            "movers_and_serving": (staff.serving, movers),
            "movers_and_volunteers": (volunteers, movers & ~volunteers[self.arcs.person]),
            "served": (served, nothing),
            "movers_and_served": (served, movers & ~served[self.arcs.person]),
        }
        if among not in populations:
            self.findings.add("planning.unknown-population", None, id=item_id, found=among)
            return nobody, nothing
        return populations[among]

    def _meeting_conditions(self) -> Mask:
        """Return the persons for whom some rule of effect due holds, whatever follows."""
        frame = self.screening.rules.sort("person_id")
        rules = self.screening.evaluation.pack.items.rules.values()
        found = np.zeros(frame.height, dtype=np.bool_)
        for rule in rules:
            if rule.effect is Outcome.DUE and rule.id in frame.columns:
                found |= frame[rule.id].fill_null(value=False).to_numpy()
        return found

    def _limits(self, terms: _Terms, counted: Members) -> Iterator[Limit]:
        """Yield one limit for each cell with somebody in its base or its count."""
        of = None if terms.bound.of is None else self.members(terms.bound.of, terms.rule)
        if of is None and terms.floor:
            # A floor stated as a number also binds the cells from which nobody can go.
            of = self.members(Population(among="staff", who=terms.who), terms.rule)
        share = self._figure(terms.bound.share, terms.rule)
        number = self._figure(terms.bound.number, terms.rule)
        rounding = "up"
        if share is not None:
            rounding = self._rounding(terms, share)
        elif number is None:
            return
        elif number.denominator != 1:
            self.findings.add(
                "planning.number-not-whole", None, id=terms.rule, found=str(number)
            )
            return
        growing = self._grows(terms)
        counts = self._by_cell(counted, terms)
        bases = {} if of is None else self._by_cell(of, terms)
        for cell in sorted(counts.keys() | bases.keys() | self._empty_cells(terms)):
            base = bases.get(cell, _NOBODY)
            if terms.rounding == "exact" and share is not None:
                self._require_whole(terms, share, base)
            if share is None:
                base = _NOBODY
            bound = _Bound(share, None if number is None else int(number), rounding, growing)
            yield from self._limit(terms, cell, counts.get(cell, _NOBODY), base, bound)

    def _empty_cells(self, terms: _Terms) -> frozenset[Cell]:
        """Return the cells that exist whoever is in them: those of pairs."""
        pairs = self._pairs(terms)
        return frozenset() if pairs is None else frozenset(pairs.cells(terms.per, terms.where))

    def _pairs(self, terms: _Terms) -> Pairs | None:
        """Return the pairs by which a quota counts; None where it is by no pair."""
        return self.pairs if {PAIR, SIDE} & set(terms.per) else None

    def _issued(self, terms: _Terms, counted: Members) -> Iterator[Limit]:
        """Yield one limit for each number issued by hand; a quota without any is noted."""
        issued: defaultdict[Cell, int] = defaultdict(int)
        for row in self.screening.evaluation.roster["issued_quotas"].to_dicts():
            if row["quota_id"] == terms.rule:
                subject = (row["subject"],) if row["subject"] else ()
                issued[(row["unit_id"], *subject)] += row["number"]
        if not issued:
            self.findings.add("planning.quota-not-issued", None, id=terms.rule)
        by_unit = replace(terms, per=("unit",))
        by_subject = replace(terms, per=("unit", "subject"))
        counts = self._by_cell(counted, by_unit) | self._by_cell(counted, by_subject)
        open_units = {unit for k, unit in enumerate(self.units.ids) if terms.where[k]}
        for cell, number in sorted(issued.items()):
            if cell[0] in open_units:
                cut = by_unit if len(cell) == 1 else by_subject
                count = counts.get(cell, _NOBODY)
                yield from self._limit(cut, cell, count, _NOBODY, _Bound(None, number, "up"))

    def _limit(
        self, terms: _Terms, cell: Cell, count: _Count, base: _Count, bound: _Bound
    ) -> Iterator[Limit]:
        words = dict(zip(terms.per, cell, strict=True))
        name = _name(terms.rule, words)
        at = self.units.ids.index(name.unit_id) if name.unit_id in self.units.ids else ANY
        cap = terms.cap and not self._lifted(terms, at)
        if not cap and not terms.floor:
            return
        yield Limit(
            name=name,
            floor=terms.floor,
            cap=cap,
            fixed=count.fixed,
            arcs=count.arcs,
            base_fixed=base.fixed,
            base_arcs=base.arcs,
            share=bound.share,
            number=bound.number,
            rounding=bound.rounding,
            halves_down=bound.halves_down,
            unknown=count.unknown,
        )

    def _by_cell(self, members: Members, terms: _Terms) -> dict[Cell, _Count]:
        persons: defaultdict[Cell, int] = defaultdict(int)
        unknown: defaultdict[Cell, int] = defaultdict(int)
        arcs: defaultdict[Cell, list[Ints]] = defaultdict(lambda: [ints([])])
        for person in np.flatnonzero(members.persons).tolist():
            if self._inside(person, terms):
                persons[self._cell(person, terms.per)] += 1
        for person in np.flatnonzero(members.unknown).tolist():
            if self._inside(person, terms):
                unknown[self._cell(person, terms.per)] += 1
        moving = np.flatnonzero(members.arcs & self._within_pairs(terms))
        movers, first = np.unique(self.arcs.person[moving], return_index=True)
        of_each = np.split(moving, first[1:]) if len(movers) else []
        for person, own in zip(movers.tolist(), of_each, strict=True):
            if self._inside(person, terms):
                arcs[self._cell(person, terms.per)].append(own)
        return {
            cell: _Count(persons[cell], np.concatenate(arcs[cell]), unknown[cell])
            for cell in sorted(persons.keys() | arcs.keys() | unknown.keys())
        }

    def _within_pairs(self, terms: _Terms) -> Mask:
        """Return the arcs that a quota by pairs can count; any, where it is by no pair."""
        pairs = self._pairs(terms)
        if pairs is None:
            return np.ones(len(self.arcs), dtype=np.bool_)
        return pairs.between(self.staff, self.arcs)

    def _inside(self, person: int, terms: _Terms) -> bool:
        unit = int(self.staff.works_at[person])
        if unit == NOWHERE or not terms.where[unit]:
            return False
        pairs = self._pairs(terms)
        return pairs is None or pairs.holds(unit, self.staff.stage[person], terms.per)

    def _cell(self, person: int, per: tuple[str, ...]) -> Cell:
        unit = int(self.staff.works_at[person])
        words = {
            "unit": self.units.ids[unit],
            "county": self.units.counties[unit],
            "zone": self.units.zones[unit],
            "stage": self.staff.stage[person],
            "subject": "" if self.staff.leader[person] else self.staff.subject[person],
            "programme": "",
        }
        if self.pairs is not None:
            words |= self.pairs.words(unit)
        return tuple(words[dimension] for dimension in per)

    def _figure(self, figure: Figure | None, item_id: str) -> Fraction | None:
        return None if figure is None else self.findings.number(figure, item_id)

    def _rounding(self, terms: _Terms, share: Fraction) -> str:
        rounding = self.findings.word(terms.rounding, terms.rule)
        if rounding == "exact":
            return "up"  # every product was found to be whole
        if rounding and rounding not in ROUNDINGS:
            self.findings.add("planning.unknown-rounding", None, id=terms.rule, found=rounding)
        return rounding

    def _grows(self, terms: _Terms) -> bool:
        """Whether a floor is a share of those who move, so that a half favours the plan."""
        of = terms.bound.of
        return of is not None and of.among in _GROWING and terms.floor and not terms.exactly

    def _require_whole(self, terms: _Terms, share: Fraction, base: _Count) -> None:
        product = share * base.fixed
        if len(base.arcs) or product.denominator != 1:
            self.findings.add(
                "planning.share-not-whole",
                None,
                id=terms.rule,
                share=str(share),
                base=str(base.fixed),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What a quota says, apart from whom it counts; ``where`` marks the units it is for."""

    rule: str
    per: tuple[str, ...]
    floor: bool
    cap: bool
    exactly: bool = False
    bound: Bound
    rounding: Setting
    where: Mask
    who: Condition | None = None
    may_be_lifted: bool = False


@dataclass(frozen=True, slots=True)
class _Count:
    """A population in one cell."""

    fixed: int
    arcs: Ints
    unknown: int


@dataclass(frozen=True, slots=True)
class _Bound:
    """A share with its rounding, or a number."""

    share: Fraction | None
    number: int | None
    rounding: str
    halves_down: bool = False


_NOBODY = _Count(0, ints([]), 0)


def of_a_plan(quota: Quota) -> bool:
    """Whether a plan decides how a quota is met; steps settle the others."""
    return quota.count.planned and (quota.bound.of is None or quota.bound.of.planned)


def _name(rule: str, words: Mapping[str, str], *, equal: bool = False) -> Name:
    return Name(
        rule=rule,
        unit_id=words.get("unit") or words.get(SIDE, ""),
        stage=words.get("stage", ""),
        subject=words.get("subject", ""),
        zone=words.get("zone", ""),
        pair=words.get(PAIR, ""),
        equal=equal,
    )
