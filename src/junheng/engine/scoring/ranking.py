"""Who comes first by a rubric, and where that cannot be said yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.scoring.totals import Scores

_End = tuple[int, Fraction]
"""An end of a range that compares with any other: no end at all lies outside all numbers."""


@dataclass(frozen=True, slots=True)
class Places:
    """Who gets one of so many places.

    Attributes
    ----------
    inside : surely among the first
    tied : all equal at the cut; the tie rule decides between them for the places left
    open : not known, because points are missing and their ranges overlap at the cut
    left : places that ``tied`` or ``open`` are about
    """

    inside: tuple[str, ...]
    tied: tuple[str, ...]
    open: tuple[str, ...]
    left: int


def places(scores: Scores, among: Iterable[str], number: int) -> Places:
    """Return who gets the first ``number`` places among these persons."""
    at = {person: n for n, person in enumerate(scores.person_ids)}
    persons = sorted(among)
    worst = {each: _key(scores, at[each], high=False) for each in persons}
    best = {each: _key(scores, at[each], high=True) for each in persons}
    inside = []
    undecided = []
    for person in persons:
        rivals = [each for each in persons if each != person]
        could_be_ahead = sum(best[each] >= worst[person] for each in rivals)
        surely_ahead = sum(worst[each] > best[person] for each in rivals)
        if could_be_ahead < number:
            inside.append(person)
        elif surely_ahead < number:
            undecided.append(person)
    left = number - len(inside)
    equal = len({(worst[each], best[each]) for each in undecided}) == 1
    known = equal and all(worst[each] == best[each] for each in undecided)
    return Places(
        inside=tuple(inside),
        tied=tuple(undecided) if known else (),
        open=() if known else tuple(undecided),
        left=max(left, 0),
    )


def _key(scores: Scores, at: int, *, high: bool) -> tuple[_End, ...]:
    ends = (column[at].high if high else column[at].low for column in scores.keys)
    outside = 1 if high else -1
    return tuple((outside, Fraction(0)) if each is None else (0, each) for each in ends)
