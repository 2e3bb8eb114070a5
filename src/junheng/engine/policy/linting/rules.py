"""Rules: effects, tracks, unknowns, requirements, private grounds."""

from __future__ import annotations

from junheng.engine.policy.conditions import FactTest, Literal
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import (
    MOVABLE,
    FactItem,
    IfUnknown,
    Outcome,
    Requirement,
    Rule,
)
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Header, Items
from junheng.engine.policy.vocabulary import CIRCUMSTANCE_PRIVACY
from junheng.engine.policy.walking import walk
from junheng.errors import PackPlace


def check_rules(
    header: Header, place: PackPlace, items: Items, drafts: list[Draft], findings: Findings
) -> None:
    """Check effects (L22), tracks (L23), unknowns (L26), requirements (L27), privacy (L28)."""
    for draft in drafts:
        if isinstance(draft.item, Rule):
            _check_effect(header, draft.item, findings)
            _check_unknown(draft.item, findings)
            _check_requirements(draft.item, items, findings)
            _check_privacy(draft.item, items, findings)
    _check_precedence(header, place, items, findings)


def _check_effect(header: Header, rule: Rule, findings: Findings) -> None:
    if rule.effect not in header.precedence:
        listed = "、".join(each.value for each in header.precedence) or "—"
        values = {"item": rule.id, "found": rule.effect.value, "expected": listed}
        findings.wrong("effect-without-rank", rule.place, **values)
    if rule.effect in MOVABLE and not rule.track:
        values = {"item": rule.id, "expected": "、".join(header.tracks) or "—"}
        findings.wrong("no-track", rule.place, found=rule.effect.value, **values)


def _check_precedence(
    header: Header, place: PackPlace, items: Items, findings: Findings
) -> None:
    effects = {rule.effect for rule in items.rules.values()}
    for effect in header.precedence if items.rules else ():
        if effect not in effects:
            findings.doubtful("rank-without-rule", place, found=effect.value)
    twice = {each for each in header.precedence if header.precedence.count(each) > 1}
    for effect in sorted(twice, key=lambda each: each.value):
        findings.wrong("rank-twice", place, found=effect.value)
    if items.rules and not header.as_of:
        findings.wrong("no-as-of", place)


def _check_unknown(rule: Rule, findings: Findings) -> None:
    treated = rule.if_unknown is not IfUnknown.ASK
    if treated and not rule.unknown_because:
        values = {"item": rule.id, "found": rule.if_unknown.value}
        findings.wrong("unknown-without-reason", rule.place, **values)
    if not treated and rule.unknown_because:
        findings.wrong("reason-without-treatment", rule.place, item=rule.id)


def _check_requirements(rule: Rule, items: Items, findings: Findings) -> None:
    if rule.requires and not rule.if_unmet:
        findings.wrong("no-if-unmet", rule.place, item=rule.id)
    if rule.if_unmet and not rule.requires:
        findings.wrong("if-unmet-without-requirement", rule.place, item=rule.id)
    for each in rule.requires:
        _check_requirement(rule, each, items, findings)


def _check_requirement(
    rule: Rule, requirement: Requirement, items: Items, findings: Findings
) -> None:
    if not requirement.kind:
        findings.wrong("no-requirement", rule.place, item=rule.id)
    if requirement.kind == "publicity" and requirement.days is None:
        findings.wrong("publicity-without-days", rule.place, item=rule.id)
    if requirement.kind != "evidence":
        return
    for body in requirement.bodies:
        if body in items.bodies and not items.bodies[body].members:
            findings.wrong("body-without-list", rule.place, item=rule.id, found=body)


def _check_privacy(rule: Rule, items: Items, findings: Findings) -> None:
    if rule.private or rule.effect is Outcome.OUT_OF_SCOPE:
        return
    for test in walk(rule):
        fact = items.facts.get(test.fact) if isinstance(test, FactTest) else None
        ground = _ground(fact) if fact else ""
        if ground and fact:
            values = {"item": rule.id, "fact": fact.id, "expected": ground}
            findings.wrong("ground-not-private", rule.place, **values)


def _ground(fact: FactItem) -> str:
    """Return what kind of private ground a fact is; empty if it is none."""
    kinds = dict(fact.settings).get("kinds")
    words = kinds.values if isinstance(kinds, Literal) else ()
    found = (CIRCUMSTANCE_PRIVACY.get(str(word), "") for word in words)
    return next((each for each in found if each), "") if fact.origin == "circumstance" else ""
