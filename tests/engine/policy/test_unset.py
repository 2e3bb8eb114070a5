from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ClassTest,
    Condition,
    Not,
)
from junheng.engine.policy.unset import NEVER, simplify

_LEAVES = st.sampled_from([Always(), NEVER, ClassTest("a"), ClassTest("b"), ClassTest("c")])
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=12,
)
_TRUTHS = st.sampled_from([0, 1, 2])
"""No, unknown, yes: in this order ``all`` is the least and ``any`` the greatest (Kleene)."""


def _answer(condition: Condition, classes: Mapping[str, int]) -> int:
    match condition:
        case All(parts=parts):
            return min((_answer(part, classes) for part in parts), default=2)
        case AnyOf(parts=parts):
            return max((_answer(part, classes) for part in parts), default=0)
        case Not(part=part):
            return 2 - _answer(part, classes)
        case ClassTest(klass=klass):
            return classes[klass]
    return 2


def _simplified(condition: Condition) -> Condition:
    match condition:
        case All(parts=parts):
            return simplify(All(tuple(map(_simplified, parts))))
        case AnyOf(parts=parts):
            return simplify(AnyOf(tuple(map(_simplified, parts))))
        case Not(part=part):
            return simplify(Not(_simplified(part)))
    return condition


@given(_CONDITIONS, _TRUTHS, _TRUTHS, _TRUTHS)
def test_simplified_condition_answers_the_same_unknowns_included(
    condition: Condition, a: int, b: int, c: int
) -> None:
    classes = {"a": a, "b": b, "c": c}

    assert _answer(_simplified(condition), classes) == _answer(condition, classes)


@given(_CONDITIONS)
def test_simplified_condition_has_no_part_whose_answer_is_known(condition: Condition) -> None:
    simplified = _simplified(condition)

    inside = simplified.parts if isinstance(simplified, All | AnyOf) else ()
    assert not {Always(), NEVER} & set(inside)
