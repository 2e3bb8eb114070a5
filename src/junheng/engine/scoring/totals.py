"""Rubrics put together: sums, weights, or one item after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Rubric, RubricItem
from junheng.engine.scoring.figures import number, number_or, unset
from junheng.engine.scoring.lines import ONE, Column, Line
from junheng.engine.scoring.ranges import NOTHING, Range
from junheng.engine.screening.evaluation import RosterEvaluation


@dataclass(frozen=True, slots=True)
class Scores:
    """The points of every person under one rubric.

    Attributes
    ----------
    rubric : id
    person_ids : sorted; every column below has one entry for each
    items : item id → points
    totals : the sum; for a lexicographic rubric, the first item
    keys : what persons are compared by, the most important first
    qualified : whether the total reaches the threshold; None while it is not known
    """

    rubric: str
    person_ids: tuple[str, ...]
    items: Mapping[str, Column]
    totals: Column
    keys: tuple[Column, ...]
    qualified: tuple[bool | None, ...]

    def of(self, person_id: str) -> Mapping[str, Range]:
        """Return the points of one person, item by item.

        Raises
        ------
        ValueError
            If the roster has no such person.
        """
        at = self.person_ids.index(person_id)
        return {item: column[at] for item, column in self.items.items()}


def score(evaluation: RosterEvaluation, rubric_id: str) -> Scores:
    """Work out a rubric for every person.

    Raises
    ------
    KeyError
        If the pack has no such rubric.
    UnsetFigures
        If a figure, or the whole list of items, is unset.
    """
    rubric = evaluation.pack.items.rubrics[rubric_id]
    if isinstance(rubric.items, Unset):
        raise unset(Unset(rubric.items.why, rubric.id), rubric.title)
    columns = {item.id: _line(evaluation, rubric, item) for item in rubric.items}
    totals = _totals(rubric, rubric.items, columns)
    size = len(evaluation.person_ids)
    lexicographic = rubric.combine == "lexicographic"
    keys = tuple(columns.values()) if lexicographic else (totals,)
    return Scores(
        rubric=rubric_id,
        person_ids=evaluation.person_ids,
        items=columns,
        totals=totals,
        keys=(*keys, *(columns[each] for each in rubric.then_by if not lexicographic)),
        qualified=tuple(_qualified(totals[n], rubric) for n in range(size)),
    )


def _line(evaluation: RosterEvaluation, rubric: Rubric, item: RubricItem) -> Column:
    if item.kind == "rubric":
        return score(evaluation, item.rubric).totals
    return Line(evaluation, rubric, item).points()


def _totals(
    rubric: Rubric, items: tuple[RubricItem, ...], columns: Mapping[str, Column]
) -> Column:
    if rubric.combine == "lexicographic":
        return columns[items[0].id]
    weighed = [
        [each.times(_factor(rubric, item)) for each in columns[item.id]] for item in items
    ]
    summed = [sum(ranges, NOTHING) for ranges in zip(*weighed, strict=True)]
    if rubric.out_of is None:
        return summed
    most = number(rubric.out_of)
    return [each.at_most(most) for each in summed]


def _factor(rubric: Rubric, item: RubricItem) -> Fraction:
    if rubric.combine != "weighted":
        return ONE
    weight = number_or(item.weight, ONE)
    return weight * number_or(rubric.out_of, Fraction(100)) / number_or(item.out_of, ONE)


def _qualified(total: Range, rubric: Rubric) -> bool | None:
    if rubric.threshold is None:
        return True
    least = number(rubric.threshold)
    if total.low is not None and total.low >= least:
        return True
    return False if total.high is not None and total.high < least else None
