"""Three-valued answers and comparisons of the auditor's own interpreter."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.engine.audit.conditions import Answer, every, ordered, same, some
from junheng.engine.policy.conditions import Comparator, Comparison, Literal


@pytest.mark.parametrize(
    ("answers", "both", "either"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((True, None), None, True),
        ((False, None), False, None),
        ((None, None), None, None),
        ((False, False), False, False),
        ((), True, False),
    ],
)
def test_all_and_any_follow_strong_kleene(
    answers: tuple[Answer, ...], *, both: Answer, either: Answer
) -> None:
    assert (every(answers), some(answers)) == (both, either)


@pytest.mark.parametrize(
    ("comparator", "reading", "below", "exactly", "above"),
    [
        (Comparator.AT_LEAST, None, False, True, True),
        (Comparator.AT_MOST, None, True, True, False),
        (Comparator.MORE_THAN, None, False, False, True),
        (Comparator.LESS_THAN, None, True, False, False),
        (Comparator.UP_TO, "inclusive", True, True, False),
        (Comparator.UP_TO, "exclusive", True, False, False),
        (Comparator.FROM, "inclusive", False, True, True),
        (Comparator.FROM, "exclusive", False, False, True),
    ],
)
def test_comparators_differ_at_the_boundary(
    comparator: Comparator,
    reading: str | None,
    *,
    below: bool,
    exactly: bool,
    above: bool,
) -> None:
    six = Fraction(6)
    comparison = Comparison(comparator, Literal((six,)), reading)

    found = [ordered(six + step, comparison, six) for step in (-1, 0, 1)]

    assert found == [below, exactly, above]


def test_blank_words_are_neither_the_same_nor_different() -> None:
    assert [same("甲", "甲"), same("甲", "乙"), same(None, "甲")] == [True, False, None]
