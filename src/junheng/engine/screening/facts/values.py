"""Values of facts over many subjects: exact where known, else every value still possible.

An ordered value is a pair of columns ``low`` and ``high``; it is known where they are equal
(§1). A comparison is decided where every value between the two gives one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from junheng.engine.policy.conditions import Comparator, Comparison, Literal, Value
from junheng.engine.screening.days import FOREVER, number
from junheng.engine.screening.kleene import Mask, Whole, certain, every
from junheng.engine.screening.verdicts import Truth
from junheng.errors import EngineBug, Problem

UNBOUNDED = 1 << 40
"""High end of a number of which only a lower limit is known."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers as whole multiples of ``1/scale``; ``low`` and ``high`` may be unbounded.

    ``scale`` is one for all, or one for each subject (an average has its own denominator).
    """

    low: Whole
    high: Whole
    scale: int | Whole = 1

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Compare with a number, or with days where the fact is a date."""
        exact = _figure(figure.values[0])
        steps = exact.numerator * np.asarray(self.scale)
        whole, rest = np.divmod(steps, exact.denominator)
        return _ordered(self, comparison, whole, rest > 0)

    def at(self, place: int) -> tuple[int, int, int]:
        """Return the low end, the high end and the scale of one subject."""
        scale = self.scale if isinstance(self.scale, int) else int(self.scale[place])
        return int(self.low[place]), int(self.high[place]), scale


@dataclass(frozen=True, slots=True)
class Words:
    """One word out of a list, as numbers; ``len(words)`` stands for a word not listed."""

    low: Whole
    high: Whole
    words: tuple[str, ...]

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Compare with one word or several; a word not listed can be any that nobody has."""
        wanted = [word in figure.values for word in self.words]
        before = np.concatenate(([0], np.cumsum([*wanted, False])))
        inside = before[self.high + 1] - before[self.low]
        unheard = any(word not in self.words for word in figure.values)
        possible = (inside > 0) | (unheard & (self.high == len(self.words)))
        yes = inside == self.high - self.low + 1
        return Truth(yes, possible & ~yes)

    def is_word(self, word: str) -> Mask:
        """Return where the word is known to be this one."""
        if word not in self.words:
            return np.zeros(len(self.low), dtype=np.bool_)
        at = self.words.index(word)
        known: Mask = (self.low == at) & (self.high == at)
        return known


@dataclass(frozen=True, slots=True)
class Truths:
    """Yes, no or unknown for each subject."""

    truth: Truth

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Compare with yes or no."""
        wanted = figure.values[0]
        return self.truth if wanted is True else Truth(self.truth.no, self.truth.unknown)


@dataclass(frozen=True, slots=True)
class Sets:
    """A set of words for each subject, asked one list at a time.

    ``overlapping`` answers whether the set shares a word with a list.
    """

    size: int
    overlapping: Callable[[tuple[str, ...]], Truth]

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Answer whether the set shares a word with the figure's list."""
        return self.overlapping(tuple(str(word) for word in figure.values))


FactValue = Numbers | Words | Truths | Sets


def compared(value: FactValue, comparisons: tuple[tuple[Comparison, Literal], ...]) -> Truth:
    """Answer a leaf: all of its comparisons must hold.

    Several comparisons are answered one by one, so that a range that straddles one limit is
    unknown even where another limit is certain to hold.
    """
    truths = [value.compare(each, figure) for each, figure in comparisons]
    return truths[0] if len(truths) == 1 else every(truths, len(truths[0].yes))


def exactly(values: Whole, scale: int = 1) -> Numbers:
    """Return numbers that are all known."""
    return Numbers(values, values, scale)


def at_least(value: Numbers, figure: Fraction) -> Truth:
    """Answer where a number is at least a figure."""
    return value.compare(
        Comparison(Comparator.AT_LEAST, Literal((figure,))), Literal((figure,))
    )


def known_words(codes: Whole, words: tuple[str, ...], *, open_ended: bool) -> Words:
    """Return one word for each subject; a negative code is unknown."""
    unknown = codes < 0
    last = len(words) if open_ended else max(len(words) - 1, 0)
    return Words(np.where(unknown, 0, codes), np.where(unknown, last, codes), words)


def known_truths(yes: Mask) -> Truths:
    """Return answers that are all known."""
    return Truths(certain(yes))


def _figure(value: Value) -> Fraction:
    if isinstance(value, date):
        return Fraction(number(value))
    if isinstance(value, Fraction):
        return value
    raise EngineBug([Problem("screening.bug", values={"found": type(value).__name__})])


def _ordered(value: Numbers, comparison: Comparison, whole: Whole, part: Mask) -> Truth:
    """Compare with a figure of so many whole steps, and a part of one where there is one."""
    low, high = value.low, value.high
    at_least, more_than = whole + part, whole + 1
    match comparison.comparator, comparison.reading:
        case (Comparator.AT_LEAST, _) | (Comparator.FROM, "inclusive"):
            return _from(low, high, at_least)
        case (Comparator.MORE_THAN, _) | (Comparator.FROM, _):
            return _from(low, high, more_than)
        case (Comparator.AT_MOST, _) | (Comparator.UP_TO, "inclusive"):
            return _below(low, high, more_than)
        case (Comparator.LESS_THAN, _) | (Comparator.UP_TO, _):
            return _below(low, high, at_least)
    exact = np.where(part, FOREVER << 20, whole)
    yes = (low == exact) & (high == exact)
    return Truth(yes, (low <= exact) & (exact <= high) & ~yes)


def _from(low: Whole, high: Whole, least: Whole) -> Truth:
    yes = low >= least
    return Truth(yes, (high >= least) & ~yes)


def _below(low: Whole, high: Whole, limit: Whole) -> Truth:
    yes = high < limit
    return Truth(yes, (low < limit) & ~yes)
