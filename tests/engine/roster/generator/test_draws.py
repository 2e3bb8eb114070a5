import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.generator.draws import Draws, apportion


@given(
    totals=st.lists(st.integers(0, 500), min_size=1, max_size=6),
    weights=st.lists(st.integers(1, 1000), min_size=1, max_size=9),
)
def test_apportioned_parts_sum_to_their_total_and_miss_the_share_by_less_than_one(
    totals: list[int], weights: list[int]
) -> None:
    rows = np.array([weights] * len(totals))

    parts = apportion(np.array(totals), rows)

    assert parts.sum(axis=1).tolist() == totals
    for total, row in zip(totals, parts.tolist(), strict=True):
        for part, weight in zip(row, weights, strict=True):
            assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_largest_remainder_goes_first_and_ties_go_to_the_left() -> None:
    parts = apportion(np.array([2, 10]), np.array([[1, 1, 1], [500, 333, 167]]))

    assert parts.tolist() == [[1, 1, 0], [5, 3, 2]]


def test_same_seed_and_theme_give_the_same_draws_and_another_theme_others() -> None:
    first = Draws(5, "names").below(50, 1000).tolist()

    assert Draws(5, "names").below(50, 1000).tolist() == first
    assert Draws(5, "units").below(50, 1000).tolist() != first
    assert Draws(6, "names").below(50, 1000).tolist() != first


def test_first_draws_are_the_same_on_every_machine() -> None:
    assert Draws(0, "names").below(6, 1000).tolist() == [465, 872, 512, 310, 702, 958]


def test_between_includes_both_ends_and_nothing_else() -> None:
    assert set(Draws(1, "ends").between(500, 3, 5).tolist()) == {3, 4, 5}


def test_a_weight_of_nought_is_never_picked() -> None:
    assert set(Draws(1, "pick").pick(500, (0, 3, 0, 1, 0)).tolist()) == {1, 3}
