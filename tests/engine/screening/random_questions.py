"""Random ways of measuring facts, and random conditions over them."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
    Not,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS, Fact, FactType, Setting

FIGURES = {
    "years": (1, 2, 3),
    "months": (4, 6),
    "days": (0, 20),
    "persons": (1, 3),
    "units": (1, 3),
}
DATES = (date(2019, 1, 1), date(2024, 9, 1))
RUBRICS = ("for-title", "for-post")
_ORDERED = (
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.MORE_THAN,
    Comparator.LESS_THAN,
)
_NUMBERS = (0, 1, 2, 3, 5, 8, 20, 45, 50)
_DEEPEST = 3


def random_settings(chance: random.Random, fact: str) -> tuple[tuple[str, Any], ...]:
    """Return every setting a fact needs, and some of those it may have."""
    given = {
        name: _chosen(chance, name, setting)
        for name, setting in FACTS[fact].settings.items()
        if setting.required or name == "round_up_from" or chance.random() < 0.5
    }
    if fact == "years_in_area" and not {"areas", "kinds", "quality", "traits"} & {*given}:
        given["areas"] = Literal(("乡村",))
    if fact == "exchange_experience" and "credit" in given:
        given["credit"] = Literal(("支教", "轮岗"))
    return tuple(given.items())


def _chosen(chance: random.Random, name: str, setting: Setting) -> Any:
    if setting.kinds:
        return tuple((kind, chance.choice(TOPICS[setting.topic])) for kind in setting.kinds)
    if setting.topic:
        return chance.choice(TOPICS[setting.topic])
    if setting.unit == "date":
        return Literal((chance.choice(DATES),))
    if setting.unit:
        return Literal((Fraction(chance.choice(FIGURES[setting.unit])),))
    words = setting.words or (RUBRICS if name == "rubric" else ("校际交流", "评优评先"))
    if not setting.many:
        return chance.choice(words)
    return Literal(tuple(chance.sample(words, chance.randint(1, min(len(words), 4)))))


def random_condition(
    chance: random.Random, facts: dict[str, Fact], depth: int = 0
) -> Condition:
    """Return a well-formed condition over facts, each known by the name a pack gives it."""
    if depth == _DEEPEST or chance.random() < 0.4:
        name = chance.choice(sorted(facts))
        return FactTest(name, _comparisons(chance, facts[name]))
    parts = tuple(
        random_condition(chance, facts, depth + 1) for _ in range(chance.randint(2, 3))
    )
    return chance.choice((All(parts), AnyOf(parts), Not(parts[0])))


def _comparisons(chance: random.Random, fact: Fact) -> tuple[Comparison, ...]:
    match fact.type:
        case FactType.TRUTH:
            return (_is(chance.choice((True, False))),)
        case FactType.WORD:
            some = tuple(chance.sample(fact.words, min(len(fact.words) - 1, 2)))
            return (Comparison(Comparator.AMONG, Literal(some)),)
        case FactType.WORDS:
            some = tuple(chance.sample(fact.words, 2))
            return (Comparison(Comparator.OVERLAPS, Literal(some)),)
        case FactType.DATE:
            figure = Literal((date(chance.randint(1965, 2026), 9, 1),))
        case _:
            figure = Literal((Fraction(chance.choice(_NUMBERS)),))
    return (Comparison(chance.choice(_ORDERED), figure),)


def _is(answer: bool) -> Comparison:  # noqa: FBT001 -- the value itself is three-valued
    return Comparison(Comparator.IS, Literal((answer,)))
