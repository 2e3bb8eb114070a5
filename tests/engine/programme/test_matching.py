"""Matchings are stable, best for the side that proposes, and the same for one common order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.programme.matching import Wishes, stable, stable_for_posts

PEOPLE, POSTS = ("p", "q", "r"), ("a", "b", "c")
Case = tuple[Wishes, Wishes, dict[str, int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw wishes and orders, some of them short, and places."""

    def short(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(draw(st.permutations(words))[: draw(st.integers(0, len(words)))])

    wishes = {person: short(POSTS) for person in PEOPLE}
    orders = {post: short(PEOPLE) for post in POSTS}
    places = {post: draw(st.integers(0, 2)) for post in POSTS}
    return wishes, orders, places


def _stable(found: dict[str, str], case: Case) -> bool:
    """Judge by the definition: acceptable to both, within places, and nobody would change."""
    wishes, orders, places = case
    held = {post: [who for who in found if found[who] == post] for post in POSTS}
    for person, post in found.items():
        if post not in wishes[person] or person not in orders[post]:
            return False
    if any(len(held[post]) > places[post] for post in POSTS):
        return False
    return not any(_blocks(*pair, found, case) for pair in product(PEOPLE, POSTS))


def _blocks(person: str, post: str, found: dict[str, str], case: Case) -> bool:
    wishes, orders, places = case
    if post not in wishes[person] or person not in orders[post]:
        return False
    now = found.get(person)
    if now is not None and wishes[person].index(now) <= wishes[person].index(post):
        return False
    held = [who for who in found if found[who] == post]
    worse = [who for who in held if orders[post].index(who) > orders[post].index(person)]
    return len(held) < places[post] or bool(worse)


def _every_stable(case: Case) -> Iterator[dict[str, str]]:
    for chosen in product((None, *POSTS), repeat=len(PEOPLE)):
        found = {who: post for who, post in zip(PEOPLE, chosen, strict=True) if post}
        if _stable(found, case):
            yield found


@given(cases())
def test_nobody_and_no_post_would_rather_have_each_other(case: Case) -> None:
    assert _stable(stable(*case), case)
    assert _stable(stable_for_posts(*case), case)


@given(cases())
def test_everybody_gets_the_best_that_any_stable_matching_gives(case: Case) -> None:
    wishes = case[0]
    best, worst = stable(*case), stable_for_posts(*case)

    for other in _every_stable(case):
        assert set(other) == set(best) == set(worst)
        for person, post in other.items():
            rank = wishes[person].index
            assert rank(best[person]) <= rank(post) <= rank(worst[person])


@given(cases())
def test_in_one_common_order_persons_choose_one_after_the_other(case: Case) -> None:
    wishes, _, places = case
    left, chosen = dict(places), {}
    for person in PEOPLE:
        post = next((each for each in wishes[person] if left[each]), None)
        if post is not None:
            chosen[person] = post
            left[post] -= 1
    common = dict.fromkeys(POSTS, PEOPLE)

    assert stable(wishes, common, places) == chosen
    assert stable_for_posts(wishes, common, places) == chosen
