"""Points that are known, or lie somewhere between two ends (§1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Range:
    """All values still possible: from ``low`` to ``high``; None where there is no end."""

    low: Fraction | None
    high: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """Return the value where it is known."""
        return self.low if self.low == self.high else None

    def __add__(self, other: Range) -> Range:
        """Add two ranges end to end."""
        return Range(_plus(self.low, other.low), _plus(self.high, other.high))

    def times(self, factor: Fraction) -> Range:
        """Multiply by an exact figure."""
        low, high = _times(self.low, factor), _times(self.high, factor)
        return Range(low, high) if factor >= 0 else Range(high, low)

    def at_most(self, cap: Fraction) -> Range:
        """Cut off what lies above a cap."""
        low = cap if self.low is not None and self.low > cap else self.low
        return Range(low, cap if self.high is None else min(self.high, cap))

    def at_least(self, floor: Fraction) -> Range:
        """Cut off what lies below a floor."""
        turned = self.times(Fraction(-1)).at_most(-floor)
        return turned.times(Fraction(-1))

    def or_nothing(self) -> Range:
        """Return the range of somebody of whom it is not known whether it counts."""
        return spanning((self, NOTHING))

    def through(self, give: Callable[[Fraction], Fraction], bends: Iterable[Fraction]) -> Range:
        """Return what a function gives over the range; nothing far below it.

        ``bends`` are the values at which it may jump or turn. Beyond the last it is taken not
        to fall; where it rises without end, the caller opens the range.
        """
        inside = [each for each in bends if self._holds(each)]
        ends = [each for each in (self.low, self.high) if each is not None]
        found = [give(each) for each in (*ends, *inside)]
        if self.low is None:
            found.append(ZERO)
        return Range(min(found), max(found))

    def _holds(self, value: Fraction) -> bool:
        above = self.low is None or self.low <= value
        return above and (self.high is None or value <= self.high)


def exactly(value: Fraction) -> Range:
    """Return the range of a value that is known."""
    return Range(value, value)


NOTHING = Range(ZERO, ZERO)
"""No points."""


def spanning(ranges: Iterable[Range]) -> Range:
    """Return the range that holds all of these; nothing where there are none."""
    found = tuple(ranges)
    if not found:
        return NOTHING
    lows, highs = [each.low for each in found], [each.high for each in found]
    low = None if None in lows else min(each for each in lows if each is not None)
    high = None if None in highs else max(each for each in highs if each is not None)
    return Range(low, high)


def largest(ranges: Iterable[Range]) -> Range:
    """Return the range of the largest of several values; nothing where there are none."""
    found = tuple(ranges)
    if not found:
        return NOTHING
    lows = [each.low for each in found if each.low is not None]
    highs = [each.high for each in found]
    high = None if None in highs else max(each for each in highs if each is not None)
    return Range(max(lows) if lows else None, high)


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _times(one: Fraction | None, factor: Fraction) -> Fraction | None:
    if factor == 0:
        return ZERO
    return None if one is None else one * factor
