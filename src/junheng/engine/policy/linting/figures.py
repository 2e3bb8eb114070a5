"""Switches and parameters: decided or unset, dated in order, never typed over a mask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from junheng.engine.policy.choosing import CHOSEN, choose, options_of
from junheng.engine.policy.conditions import FactTest, Literal, Unset
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import (
    Body,
    DateItem,
    Document,
    Item,
    Outcome,
    Parameter,
    Rule,
    Settings,
    Switch,
)
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Header, Items
from junheng.engine.policy.reader import Table
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.policy.walking import walk
from junheng.errors import PackPlace

_MASK = re.compile(r"[xX×]{1,4}\s*[年月日天人岁%]|20xx|遮蔽")
_BOTH = 2
_NUMBERS = (Outcome.DUE, Outcome.MAY, Outcome.SUPERVISED, Outcome.DEEMED)


def check_figures(
    header: Header, items: Items, drafts: list[Draft], findings: Findings
) -> None:
    """Check switches (L18, L19), parameters (L20, L21), settings and literals (L12)."""
    masked = set(_masked(items))
    for draft in drafts:
        match draft.item:
            case Switch():
                _check_switch(draft.item, findings)
            case Parameter():
                _check_values(draft.item, findings)
                _check_words(draft.item, findings)
                _check_masks(draft.item, masked, findings)
            case Rule():
                _check_literals(draft.item, findings)
            case Settings():
                _check_settings(draft.item, draft, items, findings)
                if draft.id == CHOSEN:
                    _check_open(header, draft.item, items, findings)
            case _:
                pass


def _check_switch(switch: Switch, findings: Findings) -> None:
    options = options_of(switch)
    if not options:
        findings.wrong("no-options", switch.place, item=switch.id)
    if isinstance(switch.chosen, Unset):
        if switch.decided_by:
            findings.wrong("decided-but-unset", switch.place, item=switch.id)
        return
    if not switch.chosen:
        findings.wrong("neither-chosen-nor-unset", switch.place, item=switch.id)
    elif switch.chosen not in options:
        expected = "、".join(options)
        values = {"item": switch.id, "found": switch.chosen, "expected": expected}
        findings.wrong("unknown-choice", switch.place, **values)
    if switch.chosen and not switch.decided_by:
        findings.wrong("chosen-by-nobody", switch.place, item=switch.id, found=switch.chosen)


def _check_values(parameter: Parameter, findings: Findings) -> None:
    starts = [each.since for each in parameter.values]
    if any(isinstance(start, Unset) for start in starts):
        return
    for earlier, later in pairwise(starts):
        if later is None or (isinstance(earlier, date) and _not_before(earlier, later)):
            values = {"item": parameter.id, "first": str(earlier or "—"), "found": str(later)}
            findings.wrong("dates-out-of-order", parameter.place, **values)


def _check_words(parameter: Parameter, findings: Findings) -> None:
    """Ask for a figure for each of two words; whoever has the other could never be judged."""
    fact = FACTS.get(parameter.by)
    if fact is None or fact.open_ended or len(fact.words) != _BOTH:
        return
    for each in parameter.values:
        if isinstance(each.value, Unset) or not isinstance(each.value, tuple):
            continue
        missing = [word for word in fact.words if word not in dict(each.value)]
        if missing:
            values = {"item": parameter.id, "by": fact.title, "missing": "、".join(missing)}
            findings.wrong("word-without-figure", parameter.place, **values)


def _not_before(earlier: date, later: Any) -> bool:
    return isinstance(later, date) and later <= earlier


def _masked(items: Items) -> Iterator[str]:
    for document in items.sources.values():
        if isinstance(document, Document):
            yield from (each.id for each in document.clauses if _MASK.search(each.says))


def _check_masks(parameter: Parameter, masked: set[str], findings: Findings) -> None:
    for each in parameter.values:
        hidden = sorted(masked & set(each.source))
        if hidden and not isinstance(each.value, Unset) and not isinstance(each.since, Unset):
            values = {"item": parameter.id, "clause": "、".join(hidden)}
            findings.wrong("figure-over-mask", parameter.place, **values)


def _check_literals(rule: Rule, findings: Findings) -> None:
    if rule.effect not in _NUMBERS:
        return
    for test in walk(rule):
        if not isinstance(test, FactTest):
            continue
        for comparison in test.comparisons:
            figure = comparison.figure
            if isinstance(figure, Literal) and _is_threshold(figure):
                values = {"item": rule.id, "fact": test.fact, "found": str(figure.values[0])}
                findings.doubtful("literal-threshold", rule.place, **values)


def _is_threshold(figure: Literal) -> bool:
    value = figure.values[0] if figure.values else None
    return value is not None and not isinstance(value, str | bool) and value != 0


def _check_open(header: Header, settings: Settings, items: Items, findings: Findings) -> None:
    """Decisions fill what is left open; what a text has fixed stays fixed (L53)."""
    known: Mapping[str, Item] = {
        **items.switches,
        **items.parameters,
        **items.dates,
        **items.bodies,
    }
    for identity, _ in settings.values:
        item = known.get(identity)
        if item is not None and _is_set(item) and header.level not in item.open_to:
            values = {"item": settings.id, "found": identity, "level": header.level}
            findings.wrong("already-set", settings.place, **values)


def _is_set(item: Item) -> bool:
    match item:
        case Switch(chosen=chosen):
            return not isinstance(chosen, Unset)
        case Parameter(values=values):
            return not any(
                isinstance(part, Unset) for v in values for part in (v.value, v.since)
            )
        case DateItem(month_day=month_day):
            return not isinstance(month_day, Unset)
        case Body(members=members):
            return not isinstance(members, Unset) and bool(members)
    return False


def _check_settings(settings: Settings, draft: Draft, items: Items, findings: Findings) -> None:
    place = PackPlace(settings.place.file, settings.place.line, f"{settings.id}.values")
    written = draft.node.entries.get("values")
    places = written.places if isinstance(written, Table) else {}
    _, problems = choose(items, dict(settings.values), place, places)
    findings.problems.extend(problems)
