"""Two of three conditions: counted, with what is unknown left unknown."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    Condition,
    RuleTest,
    several,
)
from tests.engine.policy.small_packs import child

Truth = bool | None
_NAMES = ("a", "b", "c", "d", "e")


def _counted(number: int, truths: tuple[Truth, ...]) -> Truth:
    """Judge by counting, without any condition."""
    if sum(each is True for each in truths) >= number:
        return True
    return None if sum(each is not False for each in truths) >= number else False


def _holds(condition: Condition, known: dict[str, Truth]) -> Truth:
    match condition:
        case All(parts=parts):
            found = [_holds(each, known) for each in parts]
            return False if False in found else (None if None in found else True)
        case AnyOf(parts=parts):
            found = [_holds(each, known) for each in parts]
            return True if True in found else (None if None in found else False)
        case RuleTest(rule=rule):
            return known[rule]
    raise AssertionError(condition)


@pytest.mark.parametrize(("number", "of"), [(1, 3), (2, 3), (3, 3), (2, 4), (3, 5)])
def test_so_many_of_the_parts_is_what_counting_them_says_nulls_included(
    number: int, of: int
) -> None:
    names = _NAMES[:of]
    condition = several(number, tuple(map(RuleTest, names)))

    for truths in product((True, False, None), repeat=of):
        known = dict(zip(names, truths, strict=True))
        assert _holds(condition, known) == _counted(number, truths)


def test_pack_writes_two_of_three_with_at_least_and_of(tmp_path: Path) -> None:
    listed = (
        "[{fact: sex, is: 女}, {fact: full_time_teacher, is: yes}, "
        "{fact: office_level, is: 正校级}]"
    )
    gate = "{{id: {}, title: 门槛, source: sd-1, opens: 高级教师, strength: hard, when: {}}}"
    pack = child(
        tmp_path,
        "gates:\n"
        f"  - {gate.format('one-of-three', f'{{any: {listed}}}')}\n"
        f"  - {gate.format('two-of-three', f'{{at_least: 2, of: {listed}}}')}\n",
    )
    one = pack.items.gates["one-of-three"].when

    assert isinstance(one, AnyOf)
    assert pack.items.gates["two-of-three"].when == several(2, one.parts)
