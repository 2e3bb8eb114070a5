"""Quotas and scores in lines: clause, figures, arithmetic, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.engine.answers.quota_answers import QuotaAnswer
from junheng.engine.answers.score_answers import LineScore, ScoreAnswer
from junheng.engine.audit import quota_line
from junheng.engine.policy.conditions import ClassTest, Figure, Literal
from junheng.engine.policy.items import Item, Population, Quota
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.policy.walking import walk
from junheng.engine.roster.roster import Roster
from junheng.engine.scoring import Range
from junheng.errors import Problem
from junheng.messages import Language, enumerated, sentence, word

_PERCENT = 100


def quota_answer_lines(
    answer: QuotaAnswer, pack: ResolvedPack, roster: Roster, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the answer about a quota into lines."""
    units = roster["units"].select("unit_id", "unit_name").iter_rows()
    names = {unit: name or unit for unit, name in units}
    return (
        _heading(answer.quota, str(answer.quota.strength), language),
        *_clauses(answer.quota, pack, language),
        *_asked(answer.quota, pack, language),
        *_openly((*answer.open, *answer.hindered), language),
        *_counted(answer, language),
        *(quota_line(line, names, language) for line in answer.lines),
    )


def score_answer_lines(
    answer: ScoreAnswer, pack: ResolvedPack, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the answer about a score into lines."""
    return (
        _heading(answer.rubric, "", language),
        *_clauses(answer.rubric, pack, language),
        *(_scored(line, answer, pack, language) for line in answer.lines),
        _total(answer, language),
        *_qualified(answer, language),
        *_ties(answer, language),
    )


def _heading(item: Item, strength: str, language: Language) -> str:
    stated = sentence(f"strength.{strength}", language) if strength else ""
    told = sentence("explaining.of-strength", language, strength=stated) if stated else ""
    return sentence(
        "explaining.item-heading", language, title=item.title, id=item.id, strength=told
    )


def _clauses(item: Item, pack: ResolvedPack, language: Language) -> Iterator[str]:
    documents = {c.id: d.title for d in pack.items.sources.values() for c in d.clauses}
    for clause in pack.clauses(item.source):
        yield sentence(
            "explaining.item-clause",
            language,
            document=documents[clause.id],
            at=clause.at,
            says=clause.says,
        )


def _asked(quota: Quota, pack: ResolvedPack, language: Language) -> Iterator[str]:
    """Say whom a quota counts, of whom, and where."""
    bound = quota.bound
    yield sentence(
        "explaining.quota-counts", language, who=_population(quota.count, pack, language)
    )
    if bound.of is not None:
        yield sentence(
            "explaining.quota-base",
            language,
            relation=sentence(f"audit.relation-{quota.relation}", language),
            share=_figure(bound.share, language, percent=True),
            who=_population(bound.of, pack, language),
            rounding=_rounding(quota, language),
        )
    if quota.per:
        places = enumerated([sentence(f"dimension.{each}", language) for each in quota.per])
        yield sentence("explaining.quota-per", language, places=places)


def _population(population: Population, pack: ResolvedPack, language: Language) -> str:
    if not isinstance(population.among, str):
        return sentence("explaining.undecided", language)
    among = sentence(f"population.{population.among}", language)
    classes = pack.items.classes
    tests = (each for part in (population.who, population.move) for each in walk(part))
    named = dict.fromkeys(each.klass for each in tests if isinstance(each, ClassTest))
    if named:
        titles = enumerated([classes[each].title for each in named])
        return among + sentence("explaining.limited-to", language, classes=titles)
    limited = population.who is not None or population.move is not None
    return among + (sentence("explaining.limited", language) if limited else "")


def _rounding(quota: Quota, language: Language) -> str:
    if not isinstance(quota.rounding, str):
        return sentence("explaining.undecided", language)
    return sentence(f"audit.rounding-{quota.rounding}", language)


def _figure(figure: Figure | None, language: Language, *, percent: bool = False) -> str:
    if isinstance(figure, Literal) and isinstance(figure.values[0], Fraction):
        value = figure.values[0]
        return f"{_number(value * _PERCENT)} %" if percent else _number(value)
    return sentence("explaining.undecided", language)


def _openly(problems: tuple[Problem, ...], language: Language) -> Iterator[str]:
    """Yield what is undecided or missing, each once."""
    told = dict.fromkeys(
        sentence(
            "explaining.item-open",
            language,
            title=wording.title,
            found=wording.found,
        )
        for wording in (word(each, language) for each in problems)
    )
    yield from told


def _counted(answer: QuotaAnswer, language: Language) -> Iterator[str]:
    if answer.lines:
        code = "quota-of-plan" if answer.planned else "quota-before-plan"
        yield sentence(f"explaining.{code}", language)
    elif not answer.hindered:
        yield sentence("explaining.quota-nowhere", language)


def _scored(
    line: LineScore, answer: ScoreAnswer, pack: ResolvedPack, language: Language
) -> str:
    read = "" if line.read is None else _read(line, pack, language)
    values = {"title": line.item.title, "points": _range(line.points, language), "read": read}
    cap = line.item.cap
    capped = (
        sentence("explaining.score-cap", language, cap=_figure(cap, language)) if cap else ""
    )
    weight = line.item.weight if answer.rubric.combine == "weighted" else None
    weighed = (
        sentence("explaining.score-weight", language, weight=_figure(weight, language))
        if weight
        else ""
    )
    return sentence("explaining.score-line", language, **values, more=capped + weighed)


def _read(line: LineScore, pack: ResolvedPack, language: Language) -> str:
    fact = pack.items.facts.get(line.item.fact) or FACTS[line.item.fact]
    number = _range(line.read or line.points, language)
    return sentence("explaining.score-read", language, fact=fact.title, number=number)


def _total(answer: ScoreAnswer, language: Language) -> str:
    most = answer.rubric.out_of
    out_of = (
        sentence("explaining.score-out-of", language, most=_figure(most, language))
        if most
        else ""
    )
    total = _range(answer.total, language)
    code = "score-first" if answer.rubric.combine == "lexicographic" else "score-total"
    return sentence(f"explaining.{code}", language, total=total, most=out_of)


def _qualified(answer: ScoreAnswer, language: Language) -> Iterator[str]:
    if answer.rubric.threshold is None:
        return
    verdict = {True: "yes", False: "no", None: "unknown"}[answer.qualified]
    least = _figure(answer.rubric.threshold, language)
    yield sentence(f"explaining.score-qualified-{verdict}", language, least=least)


def _ties(answer: ScoreAnswer, language: Language) -> Iterator[str]:
    if not answer.rubric.then_by:
        return
    titles = {line.item.id: line.item.title for line in answer.lines}
    items = enumerated([titles[each] for each in answer.rubric.then_by])
    yield sentence("explaining.score-then-by", language, items=items)


def _range(value: Range, language: Language) -> str:
    if value.exact is not None:
        return _number(value.exact)
    if value.low is None or value.high is None:
        return sentence("explaining.not-known", language)
    ends = {"low": _number(value.low), "high": _number(value.high)}
    return sentence("explaining.between", language, **ends)


def _number(value: Fraction) -> str:
    """Write a number exactly: whole, with few decimals, or as a fraction."""
    for places in range(3):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{float(value):.{places}f}"
    return str(value)
