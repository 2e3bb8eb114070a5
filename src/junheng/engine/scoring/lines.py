"""One line of a rubric for every person, by its kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from polars import DataFrame

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Band, Rubric, RubricItem
from junheng.engine.scoring.figures import number, number_or
from junheng.engine.scoring.ranges import NOTHING, ZERO, Range, exactly, spanning
from junheng.engine.scoring.records import given_marks, panel_marks, record_points
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Sets, Truths, Words
from junheng.engine.screening.kleene import Mask
from junheng.engine.screening.verdicts import Truth

ONE = Fraction(1)
Column = list[Range]
"""One range for each person, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a rubric with what it is asked of."""

    evaluation: RosterEvaluation
    rubric: Rubric
    item: RubricItem

    @property
    def size(self) -> int:
        """Return how many persons there are."""
        return len(self.evaluation.person_ids)

    def points(self) -> Column:
        """Return the points of the line for every person, caps and ``when`` applied."""
        found = _KINDS[self.item.kind](self)
        if self.item.when is not None and self.item.kind != "fixed":
            found = self._only(found, self.item.when)
        if self.item.cap is None:
            return found
        cap = number(self.item.cap)
        return [each.at_most(cap) if cap >= 0 else each.at_least(cap) for each in found]

    def _only(self, found: Column, condition: Condition) -> Column:
        truth = self.evaluation.persons(condition)
        return [
            each if truth.yes[n] else (each.or_nothing() if truth.unknown[n] else NOTHING)
            for n, each in enumerate(found)
        ]

    def numbers(self) -> Column:
        """Return the number the line reads, with the units credited to it."""
        value = self.evaluation.value(self.item.fact)
        if not isinstance(value, Numbers):
            return self.truths_as_numbers(value)
        scale = np.broadcast_to(np.asarray(value.scale), value.low.shape)
        keys = list(zip(value.low.tolist(), value.high.tolist(), scale.tolist(), strict=True))
        known = {
            (low, high, part): Range(
                Fraction(low, part) if low > -UNBOUNDED else None,
                Fraction(high, part) if high < UNBOUNDED else None,
            )
            for low, high, part in set(keys)
        }
        found = [known[key] for key in keys]
        for condition, units in self.item.credits:
            found = self._credited(found, condition, number(units))
        return found

    def _credited(self, found: Column, condition: Condition, units: Fraction) -> Column:
        more = _where(self.evaluation.persons(condition), exactly(units))
        return [each + credit for each, credit in zip(found, more, strict=True)]

    def truths_as_numbers(self, value: object) -> Column:
        """Return 1 for yes and 0 for no."""
        if not isinstance(value, Truths):
            return [Range(None, None)] * self.size
        return _where(value.truth, exactly(ONE))


def _where(truth: Truth, points: Range) -> Column:
    """Return points where something holds, nothing where it does not."""
    maybe = points.or_nothing()
    rest = [maybe if unknown else NOTHING for unknown in truth.unknown.tolist()]
    return [points if yes else each for yes, each in zip(truth.yes.tolist(), rest, strict=True)]


def _mapped(column: Column, give: Callable[[Range], Range]) -> Column:
    known: dict[Range, Range] = {}
    for each in column:
        if each not in known:
            known[each] = give(each)
    return [known[each] for each in column]


def _per(line: Line) -> Column:
    item = line.item
    each, after = number_or(item.each, ONE), number_or(item.after, ZERO)
    least = number_or(item.at_least, ZERO)
    price = ONE if item.points is None else number(item.points)

    def counted(value: Fraction) -> Fraction:
        return ZERO if value < least else Fraction(max((value - after) // each, 0))

    def give(value: Range) -> Range:
        low = counted(value.low) if value.low is not None else ZERO
        high = None if value.high is None else counted(value.high)
        return Range(low, high).times(price)

    return _mapped(line.numbers(), give)


def _bands(line: Line) -> Column:
    item = line.item
    least, after = number_or(item.at_least, ZERO), number_or(item.after, ZERO)
    steps = [(_limit(band), number(band.points)) for band in item.bands]
    rising = steps[-1][1] if steps and steps[-1][0] is None else ZERO

    def priced(value: Fraction) -> Fraction:
        units = Fraction(0 if value < least else max((value - after) // 1, 0))
        total, reached = ZERO, ZERO
        for limit, price in steps:
            until = units if limit is None else min(units, limit)
            total += max(until - reached, ZERO) * price
            reached = max(reached, until)
        return total

    limits = [limit + after for limit, _ in steps if limit is not None]

    def give(value: Range) -> Range:
        found = value.through(priced, (least, *limits))
        return found if value.high is not None or not rising else Range(found.low, None)

    return _mapped(line.numbers(), give)


def _limit(band: Band) -> Fraction | None:
    return None if band.up_to is None else number(band.up_to)


def _ranges(line: Line) -> Column:
    lowest = -Fraction(UNBOUNDED)
    steps = [
        (number_or(band.at_least, lowest), number(band.points)) for band in line.item.bands
    ]
    steps.sort(reverse=True)

    def priced(value: Fraction) -> Fraction:
        return next((points for least, points in steps if value >= least), ZERO)

    bends = tuple(least for least, _ in steps)
    return _mapped(line.numbers(), lambda value: value.through(priced, bends))


def _table(line: Line) -> Column:
    points = {path[-1]: number(figure) for path, figure in line.item.table}
    value = line.evaluation.value(line.item.fact)
    if isinstance(value, Words):
        listed = [exactly(points.get(word, ZERO)) for word in value.words] + [NOTHING]
        low, high = value.low.tolist(), value.high.tolist()
        spans = {
            pair: spanning(listed[pair[0] : pair[1] + 1])
            for pair in set(zip(low, high, strict=True))
        }
        return [spans[pair] for pair in zip(low, high, strict=True)]
    if isinstance(value, Sets):
        return _of_sets(line, points, value)
    truth = [ZERO, *(points.get(word, ZERO) for word in ("yes", "no"))]
    column = line.truths_as_numbers(value)
    return [_of_truth(each, truth[1], truth[2]) for each in column]


def _of_truth(value: Range, yes: Fraction, no: Fraction) -> Range:
    if value.exact is None:
        return spanning((exactly(yes), exactly(no)))
    return exactly(yes if value.exact else no)


def _of_sets(line: Line, points: Mapping[str, Fraction], value: Sets) -> Column:
    found: list[list[Range]] = [[] for _ in range(line.size)]
    for word, worth in points.items():
        truth = value.overlapping((word,))
        for n in np.flatnonzero(truth.yes | truth.unknown).tolist():
            held = exactly(worth)
            found[n].append(held if truth.yes[n] else held.or_nothing())
    highest = line.item.combine == "highest"
    return [_together(each, highest=highest) for each in found]


def _together(ranges: list[Range], *, highest: bool) -> Range:
    if not highest:
        return sum(ranges, NOTHING)
    lows = [each.low or ZERO for each in ranges]
    highs = [each.high or ZERO for each in ranges]
    return Range(max(lows, default=ZERO), max(highs, default=ZERO))


def _fixed(line: Line) -> Column:
    points = exactly(ONE if line.item.points is None else number(line.item.points))
    if line.item.when is None:
        return [points] * line.size
    return _where(line.evaluation.persons(line.item.when), points)


def _rank(line: Line) -> Column:
    numbers = line.numbers()
    if line.item.smallest_first:
        numbers = [each.times(Fraction(-1)) for each in numbers]
    steps = [(number_or(band.top, ONE), number(band.points)) for band in line.item.bands]
    found: Column = [NOTHING] * line.size
    for group in _groups(line):
        for n, place in zip(group, _places([numbers[n] for n in group]), strict=True):
            shares = (Fraction(at, len(group)) for at in range(place[0], place[1] + 1))
            found[n] = spanning(exactly(_for_share(steps, share)) for share in shares)
    return found


def _for_share(steps: list[tuple[Fraction, Fraction]], share: Fraction) -> Fraction:
    return next((points for top, points in sorted(steps) if share <= top), ZERO)


def _places(values: list[Range]) -> list[tuple[int, int]]:
    """Return the best and the worst place of each; the largest comes first."""
    lows = sorted(each.low for each in values if each.low is not None)
    highs = sorted(each.high for each in values if each.high is not None)
    found = []
    for each in values:
        surely = 0 if each.high is None else len(lows) - bisect_right(lows, each.high)
        behind = 0 if each.low is None else bisect_right(highs, each.low)
        itself = each.low is None or each.high is None or each.high > each.low
        worst = 1 + len(values) - behind - itself
        found.append((1 + surely, max(worst, 1 + surely)))
    return found


def _groups(line: Line) -> list[list[int]]:
    """Return the persons compared with one another: those the line is for, by dimension."""
    everyone: Mask = np.ones(line.size, dtype=np.bool_)
    if line.item.when is not None:
        everyone = line.evaluation.persons(line.item.when).yes
    persons = line.evaluation.ground.persons
    units = line.evaluation.ground.units
    found: dict[tuple[str, ...], list[int]] = {}
    for n in np.flatnonzero(everyone).tolist():
        at = int(line.evaluation.ground.own_unit[n])
        key = tuple(_word(persons, units, n, at, each) for each in line.item.within)
        found.setdefault(key, []).append(n)
    return [found[key] for key in sorted(found)]


def _word(persons: DataFrame, units: DataFrame, person: int, unit: int, dimension: str) -> str:
    of_person = dimension in {"stage", "subject"}
    column = "unit_id" if dimension == "unit" else dimension
    table, row = (persons, person) if of_person else (units, unit)
    return str(table[row, column]) if row >= 0 and column in table.columns else ""


def read_number(
    evaluation: RosterEvaluation, rubric: Rubric, item: RubricItem, at: int
) -> Range | None:
    """Return the number a line reads of one person; None where it reads no number."""
    if item.kind not in _OF_NUMBERS:
        return None
    return Line(evaluation, rubric, item).numbers()[at]


_OF_NUMBERS = frozenset({"per", "bands", "ranges", "rank"})
_KINDS: Mapping[str, Callable[[Line], Column]] = {
    "per": _per,
    "bands": _bands,
    "ranges": _ranges,
    "table": _table,
    "fixed": _fixed,
    "rank": _rank,
    "records": lambda line: record_points(line.evaluation, line.rubric, line.item),
    "panel": lambda line: panel_marks(line.evaluation, line.item),
    "given": lambda line: given_marks(line.evaluation, line.item),
}
