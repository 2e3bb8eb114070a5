from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.planning.hubs import Hub, hubs_of, matched

ROWS = {unit: ((unit, 1),) for unit in range(6)}


def _arriving(*units: int) -> dict[int, tuple[tuple[int, int], ...]]:
    return {unit: ROWS[unit] for unit in units}


def test_groups_that_miss_only_their_own_unit_share_a_hub() -> None:
    (hub,) = hubs_of([_arriving(1, 2, 3), _arriving(0, 2, 3), _arriving(0, 1, 3)])

    assert hub.forbidden == {0: frozenset({0}), 1: frozenset({1}), 2: frozenset({2})}
    assert hub.arriving.keys() == {0, 1, 2, 3}


def test_groups_with_other_rows_on_arrival_share_no_hub() -> None:
    other = {unit: ((unit, 2),) for unit in range(4)}

    hubs = hubs_of([_arriving(0, 1, 2, 3), other, other, _arriving(0, 1, 2, 3)])

    assert [sorted(hub.forbidden) for hub in hubs] == [[0, 3], [1, 2]]


def test_a_group_is_admitted_when_what_is_forbidden_is_apart_or_equal_and_not_else() -> None:
    hub = Hub()
    hub.admit(0, _arriving(0, 1, 2, 3))
    hub.admit(1, _arriving(2, 3))

    assert hub.admits(_arriving(0, 1))
    assert hub.admits(_arriving(2, 3))
    assert not hub.admits(_arriving(1, 2, 3))
    assert not hub.admits(_arriving(0, 1, 2, 3, 4))


def test_a_hub_that_saves_no_column_is_not_made() -> None:
    assert hubs_of([_arriving(0, 1)]) == []
    assert hubs_of([_arriving(0, 1), _arriving(0, 1)]) == []
    assert hubs_of([{}, {}]) == []


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=12))
def test_counts_of_any_allowed_plan_can_be_given_back_to_groups(
    wanted: list[tuple[int, int]],
) -> None:
    missing: tuple[set[int], ...] = ({0, 1}, {2}, {2}, set(), {3})
    (hub,) = hubs_of([_arriving(*(set(range(6)) - each)) for each in missing])
    moves = [(group, unit) for group, unit in wanted if unit not in missing[group]]
    leaving, arriving = Counter(g for g, _ in moves), Counter(u for _, u in moves)

    found = matched(hub, leaving, arriving)

    assert [move for move in found if move[1] in missing[move[0]]] == []
    given_back = list(found.elements())
    assert Counter(g for g, _ in given_back) == leaving
    assert Counter(u for _, u in given_back) == arriving
