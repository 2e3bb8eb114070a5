"""Conditions that can never hold or always do, and rules that can never be reached."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Figure,
    Literal,
    Not,
    ParameterRef,
)
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import ClassItem, Destination, Guard, Rule
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Header, Items
from junheng.engine.policy.registered.units import AFTER_PLAN
from junheng.engine.policy.vocabulary import FACTS, About, Fact
from junheng.engine.policy.walking import walk


def check_conditions(
    header: Header, items: Items, drafts: list[Draft], findings: Findings
) -> None:
    """Check satisfiability (L24), reachability (L25) and clashing destinations (L37)."""
    for draft in drafts:
        _check_after_plan(draft, items, findings)
        if isinstance(draft.item, Rule | ClassItem | Destination | Guard):
            for condition in walk(draft.item):
                _check_condition(condition, draft, items, findings)
                _check_figures(condition, draft, items, findings)
        if isinstance(draft.item, Rule):
            _check_reachable(header, draft.item, items, findings)
        if isinstance(draft.item, Destination):
            _check_destination(draft.item, findings)


def _check_condition(
    condition: Condition, draft: Draft, items: Items, findings: Findings
) -> None:
    match condition:
        case All(parts=parts):
            if _opposed(parts) or _empty(parts, items):
                findings.wrong("never-holds", draft.place, item=draft.id)
        case AnyOf(parts=parts):
            if _opposed(parts):
                findings.wrong("always-holds", draft.place, item=draft.id)
        case FactTest(comparisons=comparisons):
            if len(comparisons) > 1 and _empty((condition,), items):
                findings.wrong("never-holds", draft.place, item=draft.id)
        case _:
            pass


def _check_after_plan(draft: Draft, items: Items, findings: Findings) -> None:
    """Refuse facts that exist only once there is a plan, everywhere but in a guard."""
    if draft.kind == "guards":
        return
    for use in draft.uses:
        own = items.facts.get(use.id) if "facts" in use.kinds else None
        if "registered" in use.kinds and (own.origin if own else use.id) in AFTER_PLAN:
            findings.wrong("fact-after-plan", use.place, item=draft.id, found=use.id)


def _check_figures(
    condition: Condition, draft: Draft, items: Items, findings: Findings
) -> None:
    """Refuse a figure that differs by the words of something the fact is not about."""
    if not isinstance(condition, FactTest):
        return
    fact = _registered(condition.fact, items)
    for comparison in condition.comparisons:
        figure = comparison.figure
        owner = items.parameters.get(getattr(figure, "parameter", ""))
        if owner is None or not owner.by or fact is None:
            continue
        by = _registered(owner.by, items)
        if by is None or by.about is not fact.about or fact.about not in _HAVING_WORDS:
            values = {"item": draft.id, "found": owner.id, "by": owner.by}
            place = next((u.place for u in draft.uses if u.id == owner.id), draft.place)
            findings.wrong("figure-differs-otherwise", place, **values, fact=condition.fact)


def _registered(name: str, items: Items) -> Fact | None:
    own = items.facts.get(name)
    return FACTS.get(own.origin if own else name)


_HAVING_WORDS = (About.PERSON, About.UNIT)


def _opposed(parts: tuple[Condition, ...]) -> bool:
    """Whether a part and its opposite stand side by side."""
    return any(isinstance(part, Not) and part.part in parts for part in parts)


@dataclass(slots=True)
class _Range:
    """What several comparisons of one fact leave over; an open end excludes its number."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def narrow(self, comparator: Comparator, number: Fraction) -> None:
        if comparator in {Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.IS} and (
            self.low is None or number >= self.low
        ):
            self.low, self.low_open = number, comparator is Comparator.MORE_THAN
        if comparator in {Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.IS} and (
            self.high is None or number <= self.high
        ):
            self.high, self.high_open = number, comparator is Comparator.LESS_THAN

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        touching_open = self.low_open or self.high_open
        return self.low > self.high or (self.low == self.high and touching_open)


def _empty(parts: tuple[Condition, ...], items: Items) -> bool:
    """Whether the parts leave no number, or no word, for some fact."""
    ranges: dict[tuple[str, object], _Range] = {}
    words: dict[tuple[str, object], set[object]] = {}
    for test in (part for part in parts if isinstance(part, FactTest)):
        for comparison in test.comparisons:
            key = (test.fact, test.of)
            number = _number(comparison.figure, items)
            if number is not None:
                ranges.setdefault(key, _Range()).narrow(comparison.comparator, number)
            listed = _words(comparison)
            if listed:
                words[key] = words[key] & listed if key in words else listed
    return any(each.empty for each in ranges.values()) or not all(words.values())


def _words(comparison: Comparison) -> set[object]:
    coded = comparison.comparator in {Comparator.IS, Comparator.AMONG}
    figure = comparison.figure
    if not coded or not isinstance(figure, Literal):
        return set()
    return {each for each in figure.values if isinstance(each, str | bool)}


def _number(figure: Figure, items: Items) -> Fraction | None:
    value: object = figure
    if isinstance(figure, ParameterRef):
        parameter = items.parameters.get(figure.parameter)
        value = parameter.values[-1].value if parameter and parameter.values else None
    if isinstance(value, Literal) and isinstance(value.values[0], Fraction):
        return value.values[0]
    return None


def _check_reachable(header: Header, rule: Rule, items: Items, findings: Findings) -> None:
    if rule.effect not in header.precedence:
        return
    above = header.precedence[: header.precedence.index(rule.effect)]
    for other in items.rules.values():
        if other.effect in above and _covers(other, rule):
            values = {"item": rule.id, "found": other.id}
            findings.doubtful("hidden-rule", rule.place, **values)


def _covers(wider: Rule, narrower: Rule) -> bool:
    """Whether one rule holds wherever the other does, as far as their texts show."""
    if wider.requires or wider.unless is not None or wider.only_if is not None:
        return False
    everyone = wider.who is None or wider.who == narrower.who
    return everyone and wider.when in {Always(), narrower.when}


def _check_destination(destination: Destination, findings: Findings) -> None:
    stated = (destination.must, destination.must_not, destination.prefer)
    if all(each is None for each in stated):
        findings.wrong("no-destination", destination.place, item=destination.id)
    if destination.must is not None and destination.must == destination.must_not:
        findings.wrong("must-and-must-not", destination.place, item=destination.id)
