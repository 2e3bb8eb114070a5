"""Matches persons with posts by the wishes of the one and the order of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Wishes = Mapping[str, Sequence[str]]
"""Person → posts in order of preference, or post → persons in its order."""


def stable(wishes: Wishes, orders: Wishes, places: Mapping[str, int]) -> dict[str, str]:
    """Return the stable matching that is best for the persons, as person → post.

    Nobody and no post would rather have each other than what they got. Whoever is not in the
    order of a post is not acceptable to it. Where all posts share one order, persons choose one
    after the other in that order.

    Parameters
    ----------
    wishes : posts that a person accepts, first wish first
    orders : persons that a post accepts, best first
    places : post → number of places

    Notes
    -----
    Deferred acceptance (Gale and Shapley 1962); the result does not hang on the order in which
    the persons are taken.
    """
    rank = {post: {who: n for n, who in enumerate(order)} for post, order in orders.items()}
    held: dict[str, list[str]] = {post: [] for post in places}
    asked = dict.fromkeys(wishes, 0)
    waiting = list(wishes)
    while waiting:
        person = waiting.pop()
        if asked[person] == len(wishes[person]):
            continue
        post = wishes[person][asked[person]]
        asked[person] += 1
        if person not in rank.get(post, {}) or not places.get(post, 0):
            waiting.append(person)
            continue
        taken = sorted([*held[post], person], key=rank[post].__getitem__)
        held[post] = taken[: places[post]]
        waiting += taken[places[post] :]
    return {person: post for post, people in held.items() for person in people}


def stable_for_posts(
    wishes: Wishes, orders: Wishes, places: Mapping[str, int]
) -> dict[str, str]:
    """Return the stable matching that is best for the posts, as person → post."""
    rank = {who: {post: n for n, post in enumerate(each)} for who, each in wishes.items()}
    found: dict[str, str] = {}
    asked = dict.fromkeys(orders, 0)
    waiting = [post for post in orders for _ in range(places.get(post, 0))]
    while waiting:
        post = waiting.pop()
        if asked[post] == len(orders[post]):
            continue
        person = orders[post][asked[post]]
        asked[post] += 1
        now = found.get(person)
        mine = rank.get(person, {})
        if post not in mine or (now is not None and mine[now] <= mine[post]):
            waiting.append(post)
            continue
        found[person] = post
        if now is not None:
            waiting.append(now)
    return found
