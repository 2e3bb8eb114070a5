"""What of a pack does not fit a roster: caps of nobody, floors above the pool, empty flows.

These are warnings: the pack may be right and the county small. Populations are counted as
screening finds them, before a plan; those that a plan makes are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from junheng.engine.policy.conditions import ClassTest, FlowTest, Literal, Unset
from junheng.engine.policy.items import (
    MOVABLE,
    ClassItem,
    Item,
    Outcome,
    Population,
    Quota,
)
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.walking import walk
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.kleene import Mask
from junheng.engine.screening.screening import decide, evaluate
from junheng.errors import Problem, Severity

_ZERO = Fraction(0)


def check_with_roster(roster: Roster, pack: ResolvedPack) -> tuple[Problem, ...]:
    """Return what does not fit, as warnings with the item, its place and the figures.

    Raises
    ------
    UnsetFigures
        If the pack leaves unset what screening reads.
    """
    evaluation, judged = evaluate(roster, pack)
    verdicts = decide(evaluation, judged)
    outcome = np.array(verdicts["outcome"].to_list(), dtype=np.str_)
    return tuple(_Fit(evaluation, pack, outcome).problems())


@dataclass
class _Fit:
    """A screened roster held against the items of its pack."""

    evaluation: RosterEvaluation
    pack: ResolvedPack
    outcome: np.ndarray[tuple[int], np.dtype[np.str_]]

    def problems(self) -> Iterator[Problem]:
        for quota in self.pack.items.quotas.values():
            yield from self._caps(quota)
            yield from self._floors(quota)
        for klass in self.pack.items.classes.values():
            if klass.parts:
                yield from self._parts(klass)
        held: tuple[Mapping[str, Item], ...] = (
            self.pack.items.destinations,
            self.pack.items.arrangements,
        )
        for items in held:
            for item in items.values():
                yield from self._flows(item)
        yield from self._collisions()

    def _caps(self, quota: Quota) -> Iterator[Problem]:
        """Find the units whose cap is not even one person (L33)."""
        share, base = _share(quota), self._base(quota)
        if quota.relation != "at_most" or share is None or base is None:
            return
        if quota.per != ("unit",) or quota.rounding == "up":
            return
        sizes = [size for size in self._by_unit(base).values() if 0 < size * share < 1]
        if sizes:
            smallest = min(sizes)
            values = {"count": str(len(sizes)), "found": f"{smallest} × {share}"}
            yield _doubt("cap-of-nobody", quota, **values, exact=str(smallest * share))

    def _floors(self, quota: Quota) -> Iterator[Problem]:
        """Find a floor larger than the number of those who may move (L34)."""
        share, base = _share(quota), self._base(quota)
        if quota.relation != "at_least" or share is None or base is None:
            return
        movable = np.isin(self.outcome, [each.value for each in MOVABLE])
        pool = int((movable & self._who(quota.count)).sum())
        required = share * int(base.sum())
        if required > pool:
            yield _doubt("floor-above-pool", quota, found=str(required), expected=str(pool))

    def _parts(self, klass: ClassItem) -> Iterator[Problem]:
        """Count who is in several parts of a class, or in none (L36)."""
        inside = [self.evaluation.persons(ClassTest(part)).yes for part in klass.parts]
        times = np.sum(inside, axis=0)
        several, nobody = int((times > 1).sum()), int((times == 0).sum())
        if several and isinstance(klass.overlap, Unset):
            yield _doubt("parts-overlap", klass, found=str(several))
        if nobody and klass.nobody == "refuse":
            yield _doubt("in-no-part", klass, found=str(nobody))

    def _flows(self, item: Item) -> Iterator[Problem]:
        """Find flows from or to a class that no unit of the roster belongs to (L37)."""
        for test in walk(item):
            pairs = test.pairs if isinstance(test, FlowTest) else ()
            for klass in sorted({each for pair in pairs for each in pair}):
                if not self.evaluation.units(ClassTest(klass)).yes.any():
                    yield _doubt("flow-without-units", item, found=klass)

    def _collisions(self) -> Iterator[Problem]:
        """Compare the floor of a part with that of its whole, in persons (S1-1)."""
        quotas = self.pack.items.quotas
        for part in quotas.values():
            whole = quotas.get(part.part_of)
            if whole is None or {part.relation, whole.relation} != {"at_least"}:
                continue
            inner, outer = self._required(part), self._required(whole)
            if inner is not None and outer is not None and inner > outer:
                values = {"found": str(inner), "whole": whole.id, "expected": str(outer)}
                yield _doubt("part-needs-more", part, **values)

    def _required(self, quota: Quota) -> Fraction | None:
        share, base = _share(quota), self._base(quota)
        return None if share is None or base is None else share * int(base.sum())

    def _base(self, quota: Quota) -> Mask | None:
        """Return whom a share is of; None where only a plan can tell."""
        of = quota.bound.of
        among = None if of is None else self._among.get(str(of.among))
        return None if among is None or of is None else among & self._who(of)

    def _who(self, population: Population) -> Mask:
        if population.who is None:
            return np.ones(len(self.outcome), dtype=np.bool_)
        return self.evaluation.persons(population.who).yes

    @cached_property
    def _among(self) -> Mapping[str, Mask]:
        staff = self.outcome != Outcome.OUT_OF_SCOPE.value
        teaching = self.evaluation.ground.persons["full_time_teacher"]
        meeting = np.zeros(len(self.outcome), dtype=np.bool_)
        for rule in self.pack.items.rules.values():
            if rule.effect is Outcome.DUE and rule.id in self.evaluation.rule_truths:
                meeting |= self.evaluation.rule_truths[rule.id].yes
        return {
            "staff": staff,
            "full_time": staff & teaching.fill_null(value=False).to_numpy(),
            "meeting_conditions": meeting,
            "due": self.outcome == Outcome.DUE.value,
        }

    def _by_unit(self, base: Mask) -> Mapping[int, int]:
        return Counter(self.evaluation.ground.own_unit[base].tolist())


def _share(quota: Quota) -> Fraction | None:
    share = quota.bound.share
    value = share.values[0] if isinstance(share, Literal) else None
    return value if isinstance(value, Fraction) else None


def _doubt(code: str, item: Item, **values: str) -> Problem:
    return Problem(f"pack.{code}", Severity.WARNING, item.place, {"item": item.id, **values})
