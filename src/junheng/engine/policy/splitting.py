"""Quotas that say several things at once, put into plain ones when a pack is resolved.

``split_by`` gives one quota for each part of a class, with the figure of that part; ``about``
gives a floor and a cap. Each is named after the item it comes from (``yearly-floors:backbone``,
``half:least``), so that a report still finds the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from junheng.engine.policy.conditions import (
    All,
    ByFact,
    ClassTest,
    Condition,
    Figure,
    Literal,
    Not,
    Unset,
)
from junheng.engine.policy.items import Bound, ClassItem, Population, Quota
from junheng.messages import Bilingual, Language, in_language

_LEAST, _MOST = "at_least", "at_most"


def plain_quotas(quota: Quota, classes: Mapping[str, ClassItem]) -> tuple[Quota, ...]:
    """Return the quotas that a quota of a resolved pack stands for, most often itself.

    What cannot be put into plain quotas because something is unset stays as it is; whoever
    asks is refused by what is unset.
    """
    return tuple(each for part in _parts(quota, classes) for each in _either_side(part))


def part_of_class(klass: ClassItem, part: str) -> Condition | None:
    """Return who counts in one part of a class; None while ``overlap`` is unset."""
    if not isinstance(klass.overlap, str):
        return None
    earlier = klass.parts[: klass.parts.index(part)] if klass.overlap == "first_listed" else ()
    rest = tuple(Not(ClassTest(each)) for each in earlier)
    return All((ClassTest(part), *rest)) if rest else ClassTest(part)


def _parts(quota: Quota, classes: Mapping[str, ClassItem]) -> Iterator[Quota]:
    klass = classes.get(quota.split_by)
    if klass is None or not isinstance(klass.overlap, str):
        yield quota
        return
    for part in klass.parts:
        who = part_of_class(klass, part)
        of = quota.bound.of
        bound = replace(
            quota.bound,
            share=_figure(quota.bound.share, part),
            number=_figure(quota.bound.number, part),
            of=None if of is None else _only(of, who),
        )
        yield replace(
            quota,
            id=f"{quota.id}:{part}",
            title=_titled(quota, classes[part]),
            count=_only(quota.count, who),
            bound=bound,
            split_by="",
        )


def _titled(quota: Quota, part: ClassItem) -> Bilingual:
    english = (in_language(each.title, Language.EN) for each in (quota, part))
    return Bilingual(f"{quota.title}（{part.title}）", "{} ({})".format(*english))


def _figure(figure: Figure | None, part: str) -> Figure | None:
    if not isinstance(figure, ByFact):
        return figure
    return dict(figure.values).get(part, Unset("", figure.by))


def _only(population: Population, who: Condition | None) -> Population:
    both = tuple(each for each in (population.who, who) if each is not None)
    return replace(population, who=All(both) if len(both) > 1 else both[0])


def _either_side(quota: Quota) -> Iterator[Quota]:
    bound = quota.bound
    stated = bound.share if bound.share is not None else bound.number
    middle, tolerance = _number(stated), _number(bound.tolerance)
    if quota.relation != "about" or middle is None or tolerance is None:
        yield quota
        return
    for relation, figure in ((_LEAST, middle - tolerance), (_MOST, middle + tolerance)):
        yield replace(
            quota,
            id=f"{quota.id}:{relation.removeprefix('at_')}",
            relation=relation,
            bound=_moved(bound, figure),
        )


def _moved(bound: Bound, figure: Fraction) -> Bound:
    value = Literal((max(figure, Fraction(0)),))
    if bound.share is not None:
        return replace(bound, share=value, tolerance=None)
    return replace(bound, number=value, tolerance=None)


def _number(figure: Figure | None) -> Fraction | None:
    value = figure.values[0] if isinstance(figure, Literal) else None
    return value if isinstance(value, Fraction) else None
