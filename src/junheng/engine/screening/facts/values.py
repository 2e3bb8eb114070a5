"""Values of facts over many subjects: exact where known, else every value still possible.

An ordered value is a pair of columns ``low`` and ``high``; it is known where they are equal
(§1). A comparison is decided where every value between the two gives one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

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
    """Numbers as whole multiples of ``1/scale``; ``low`` and ``high`` may be unbounded."""

    low: Whole
    high: Whole
    scale: int = 1

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Compare with a number, or with days where the fact is a date."""
        return _ordered(self.low, self.high, comparison, _scaled(figure.values[0], self.scale))


@dataclass(frozen=True, slots=True)
class Words:
    """One word out of a list, as numbers; ``len(words)`` stands for a word not listed."""

    low: Whole
    high: Whole
    words: tuple[str, ...]

    def compare(self, comparison: Comparison, figure: Literal) -> Truth:
        """Compare with one word or several."""
        wanted = [word in figure.values for word in self.words]
        before = np.concatenate(([0], np.cumsum([*wanted, False])))
        inside = before[self.high + 1] - before[self.low]
        possible = inside > 0
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


def known_words(codes: Whole, words: tuple[str, ...], *, open_ended: bool) -> Words:
    """Return one word for each subject; a negative code is unknown."""
    unknown = codes < 0
    last = len(words) if open_ended else max(len(words) - 1, 0)
    return Words(np.where(unknown, 0, codes), np.where(unknown, last, codes), words)


def known_truths(yes: Mask) -> Truths:
    """Return answers that are all known."""
    return Truths(certain(yes))


def _scaled(value: Value, scale: int) -> Fraction:
    if isinstance(value, date):
        return Fraction(number(value))
    if isinstance(value, Fraction):
        return value * scale
    raise EngineBug([Problem("screening.bug", values={"found": type(value).__name__})])


def _ordered(low: Whole, high: Whole, comparison: Comparison, figure: Fraction) -> Truth:
    at_least, more_than = ceil(figure), floor(figure) + 1
    match comparison.comparator, comparison.reading:
        case (Comparator.AT_LEAST, _) | (Comparator.FROM, "inclusive"):
            return _from(low, high, at_least)
        case (Comparator.MORE_THAN, _) | (Comparator.FROM, _):
            return _from(low, high, more_than)
        case (Comparator.AT_MOST, _) | (Comparator.UP_TO, "inclusive"):
            return _below(low, high, more_than)
        case (Comparator.LESS_THAN, _) | (Comparator.UP_TO, _):
            return _below(low, high, at_least)
    exact = at_least if figure.denominator == 1 else FOREVER << 20
    yes = (low == exact) & (high == exact)
    return Truth(yes, (low <= exact) & (exact <= high) & ~yes)


def _from(low: Whole, high: Whole, least: int) -> Truth:
    yes = low >= least
    return Truth(yes, (high >= least) & ~yes)


def _below(low: Whole, high: Whole, limit: int) -> Truth:
    yes = high < limit
    return Truth(yes, (low < limit) & ~yes)
