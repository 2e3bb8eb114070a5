"""The truth of each rule (规则) for every person: who and when and not unless, as required."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    ClassTest,
    Condition,
    Not,
    RuleTest,
)
from junheng.engine.policy.items import Rule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.evaluation import RosterEvaluation, Wording
from junheng.engine.screening.kleene import all_yes, every, negated
from junheng.engine.screening.requirements import grounds_of, person_requirements
from junheng.engine.screening.verdicts import Truth


@dataclass(frozen=True, slots=True)
class RuleTruth:
    """A rule's truth and its parts, for every person.

    Attributes
    ----------
    who, when : yes for everybody where the rule states none
    unless : the exception as written; it must be no
    required : what must be on record beside the grounds themselves
    """

    rule: Rule
    wording: Wording
    truth: Truth
    who: Truth
    when: Truth
    unless: Truth | None
    required: tuple[Truth, ...]


def judge(evaluation: RosterEvaluation) -> dict[str, RuleTruth]:
    """Answer every rule of the pack for every person, those referred to first."""
    found: dict[str, RuleTruth] = {}
    for rule_id in _in_order(evaluation.pack):
        rule = evaluation.pack.items.rules[rule_id]
        found[rule_id] = judged(evaluation, rule)
        evaluation.rule_truths[rule_id] = found[rule_id].truth
    return {rule_id: found[rule_id] for rule_id in evaluation.pack.items.rules}


def judged(evaluation: RosterEvaluation, rule: Rule) -> RuleTruth:
    """Answer one rule for every person; rules it refers to must have been answered."""
    everybody = evaluation.everybody
    size = everybody.size
    wording = Wording(rule.if_unknown, grounds_of(evaluation, rule))
    bare = Wording(rule.if_unknown)
    who = all_yes(size) if rule.who is None else evaluation.answer(rule.who, everybody, bare)
    when = evaluation.answer(rule.when, everybody, wording)
    unless = None if rule.unless is None else evaluation.answer(rule.unless, everybody, bare)
    required = tuple(person_requirements(evaluation, rule))
    exception = () if unless is None else (negated(unless),)
    truth = every((who, when, *exception, *required), size)
    return RuleTruth(rule, wording, truth, who, when, unless, required)


def _in_order(pack: ResolvedPack) -> list[str]:
    """Return the rules such that those a rule refers to stand before it."""
    order: dict[str, None] = {}

    def visit(rule_id: str) -> None:
        if rule_id not in order:
            rule = pack.items.rules[rule_id]
            for condition in (rule.who, rule.when, rule.unless):
                for other in _mentioned(pack, condition):
                    visit(other)
            order[rule_id] = None

    for rule_id in pack.items.rules:
        visit(rule_id)
    return list(order)


def _mentioned(pack: ResolvedPack, condition: Condition | None) -> list[str]:
    match condition:
        case All(parts) | AnyOf(parts):
            return [rule for part in parts for rule in _mentioned(pack, part)]
        case Not(part):
            return _mentioned(pack, part)
        case ClassTest(klass):
            return _mentioned(pack, pack.items.classes[klass].when)
        case RuleTest(rule):
            return [rule]
        case _:
            return []
