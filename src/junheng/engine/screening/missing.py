"""What is missing where a person is undecided, and where it is entered (待核实).

Only facts on a path that left a deciding rule unknown are named: a part that cannot change the
answer is not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    ByFact,
    ClassTest,
    Condition,
    FactTest,
    Not,
    RuleTest,
)
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.vocabulary import About
from junheng.engine.roster.supplement import MissingFact
from junheng.engine.screening.evaluation import RosterEvaluation, Wording
from junheng.engine.screening.facts.measure import Gap, bug
from junheng.engine.screening.kleene import Mask
from junheng.engine.screening.requirements import asks_to_apply, requirement_gaps
from junheng.engine.screening.rules import RuleTruth, judge
from junheng.engine.screening.verdicts import Evaluation, Screening


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that left a rule unknown for some persons.

    Attributes
    ----------
    rule : id of the rule
    fact : name of the fact as the pack calls it; of a requirement, the kind of record
    gaps : which cells would tell, each for some of the persons
    where : the persons
    """

    rule: str
    fact: str
    gaps: tuple[Gap, ...]
    where: Mask


def missing(screening: Screening) -> tuple[MissingFact, ...]:
    """Return what has to be entered before the undecided can be decided, by person."""
    evaluation = own_evaluation(screening.evaluation)
    found = {
        fact
        for unknown in unknowns(screening)
        for gap in unknown.gaps
        for fact in _facts(evaluation, gap)
    }
    return tuple(sorted(found))


def unknowns(screening: Screening) -> tuple[Unknown, ...]:
    """Return every fact that left undecided persons undecided, rule by rule."""
    return unknown_facts(own_evaluation(screening.evaluation), screening.verdicts)


def unknown_facts(evaluation: RosterEvaluation, verdicts: pl.DataFrame) -> tuple[Unknown, ...]:
    """Return the same of an evaluation and its verdicts."""
    judged = judge(evaluation)
    could_be = _could_be(verdicts)
    found: list[Unknown] = []
    for each in judged.values():
        alike = [o.truth.yes for o in judged.values() if o.rule.effect is each.rule.effect]
        where = could_be[each.rule.effect] & ~np.any(alike, axis=0)
        found += _Path(evaluation, judged, each.rule.id).rule(each, where)
    return tuple(found)


def own_evaluation(evaluation: Evaluation) -> RosterEvaluation:
    """Return the evaluation as the one that :func:`.screening.screen` made."""
    if not isinstance(evaluation, RosterEvaluation):
        raise bug(type(evaluation).__name__)
    return evaluation


def _could_be(verdicts: pl.DataFrame) -> Mapping[Outcome, Mask]:
    """Return effect → undecided persons whose outcome it could be."""
    possible = verdicts["could_be"]
    return {outcome: possible.list.contains(outcome.value).to_numpy() for outcome in Outcome}


@dataclass(frozen=True)
class _Path:
    """Walks a rule down to the facts that left it unknown."""

    evaluation: RosterEvaluation
    judged: Mapping[str, RuleTruth]
    rule_id: str

    def rule(self, each: RuleTruth, where: Mask) -> Iterator[Unknown]:
        where = where & each.truth.unknown
        bare = Wording(each.wording.if_unknown)
        for condition, wording in (
            (each.rule.who, bare),
            (each.rule.when, each.wording),
            (each.rule.unless, bare),
        ):
            if condition is not None and where.any():
                yield from self._condition(condition, wording, where)
        for truth in each.required:
            unknown = where & truth.unknown
            if unknown.any():
                gaps = requirement_gaps(self.evaluation, each.rule, unknown)
                named = "application" if asks_to_apply(each.rule) else "decision"
                yield Unknown(self.rule_id, named, gaps, unknown)

    def _condition(
        self, condition: Condition, wording: Wording, where: Mask
    ) -> Iterator[Unknown]:
        evaluation = self.evaluation
        where = where & evaluation.answer(condition, evaluation.everybody, wording).unknown
        if not where.any():
            return
        match condition:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._condition(part, wording, where)
            case Not(part):
                yield from self._condition(part, Wording(wording.if_unknown), where)
            case ClassTest(klass):
                when = evaluation.pack.items.classes[klass].when
                yield from self._condition(when, wording, where)
            case RuleTest(rule):
                yield from self.rule(self.judged[rule], where)
            case FactTest():
                yield from self._fact(condition, wording, where)

    def _fact(self, test: FactTest, wording: Wording, where: Mask) -> Iterator[Unknown]:
        evaluation = self.evaluation
        plain = evaluation.answer(test, evaluation.everybody, Wording()).unknown
        if (where & plain).any():
            gaps = self._gaps(test, where & plain)
            yield Unknown(self.rule_id, test.fact, gaps, where & plain)
        if test in wording.grounds and (where & ~plain).any():
            rule = self.judged[self.rule_id].rule
            gaps = requirement_gaps(evaluation, rule, where & ~plain, test)
            yield Unknown(self.rule_id, test.fact, gaps, where & ~plain)

    def _gaps(self, test: FactTest, where: Mask) -> tuple[Gap, ...]:
        """Return the cells that would tell the fact, or which figure it is held against."""
        figures = [each.figure for each in test.comparisons]
        facts = (test.fact, *(each.by for each in figures if isinstance(each, ByFact)))
        found = []
        for fact in dict.fromkeys(facts):
            for gap in self.evaluation.computed(fact).gaps:
                mask = gap.where
                if self.evaluation.about(fact) is About.UNIT:
                    mask = np.append(mask, np.False_)[self.evaluation.ground.own_unit]
                found.append(Gap(gap.table, gap.column, where & mask))
        return tuple(found)


def _facts(evaluation: RosterEvaluation, gap: Gap) -> Iterator[MissingFact]:
    persons = evaluation.ground.persons.filter(pl.Series(gap.where))
    for person_id, unit_id in persons.select("person_id", "unit_id").iter_rows():
        yield MissingFact(person_id, gap.table, gap.column, unit_id)
