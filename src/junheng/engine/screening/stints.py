"""Stints (任职经历) sorted out for counting: what was done where, from when to when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import polars as pl

from junheng.engine.policy.vocabulary import SPELL_KINDS
from junheng.engine.screening import days
from junheng.engine.screening.kleene import Mask, Whole

_SPELL_BITS = 1 << 32
_JOINED = re.compile(r"[、，,/和兼\s]+")
_LEADING = frozenset(
    {
        "校长",
        "副校长",
        "书记",
        "副书记",
        "党支部书记",
        "党支部副书记",
        "党总支书记",
        "党总支副书记",
        "党委书记",
        "党委副书记",
    }
)


class Doing(IntEnum):
    """What somebody does during a stint."""

    UNSTATED = 0
    TEACHING = 1
    LEADING = 2
    SUPPORT = 3
    LEAVE = 4


KNOWN = (Doing.TEACHING, Doing.LEADING, Doing.SUPPORT, Doing.LEAVE)
"""Everything that can be done."""

_DOING = {
    "任教": int(Doing.TEACHING),
    "任职": int(Doing.LEADING),
    **dict.fromkeys(SPELL_KINDS["support"], int(Doing.SUPPORT)),
    **dict.fromkeys(SPELL_KINDS["leave"], int(Doing.LEAVE)),
}


_LED = {True: 1 << Doing.LEADING, False: 1 << Doing.TEACHING}


@dataclass(frozen=True, slots=True)
class Stints:
    """The stints of the roster's persons, one element of each array for each.

    Attributes
    ----------
    owner : position of the person
    unit : position of the unit; further numbers for units the roster does not have
    doing : what was done, a :class:`Doing`; ``UNSTATED`` where kind or post leave it open
    possible : everything that may have been done, one bit (``1 << Doing``) for each
    without_kind : where the kind is blank
    without_relation : where it is open whether relations moved, and this tells what was done
    post : number of the post's words; -1 where blank
    posts : the words of each number
    level : level of the office that the post names: head 2, deputy 1, else 0; -1 where blank
    band : number of the band of posts; -1 where blank
    first, last : first and last day it can have begun; by month it began on the first
    until : first day after it; ``FOREVER`` while it lasts
    """

    owner: Whole
    unit: Whole
    doing: Whole
    possible: Whole
    without_kind: Mask
    without_relation: Mask
    post: Whole
    posts: tuple[str, ...]
    level: Whole
    band: Whole
    first: Whole
    last: Whole
    until: Whole


@cache
def leads(post: str) -> bool:
    """Return whether the words of a post name a leadership post (校级职务)."""
    return any(part in _LEADING for part in _JOINED.split(post))


@cache
def level_of(post: str) -> int:
    """Return the level of the office that the words of a post name (正职 2、副职 1)."""
    named = {part for part in _JOINED.split(post) if part in _LEADING}
    return max((1 if "副" in part else 2 for part in named), default=0)


def holds(post: str, wanted: tuple[str, ...]) -> bool:
    """Return whether the words of a post name one of some posts."""
    return not set(wanted).isdisjoint((post, *_JOINED.split(post)))


def stints_of(frame: pl.DataFrame, owner: Whole, unit: Whole, units: int) -> Stints:
    """Sort out the stints of everybody; those of persons not in the roster are left out.

    ``owner`` and ``unit`` hold the position of each row's person and unit, negative where the
    roster does not have them; ``units`` is how many units it has.

    A stint of exchange or support during which the personnel relation was moved is ordinary
    work at its unit. 任职 in a post that is no leadership post is teaching. Where kind, post
    or the moving of relations is blank, everything that it can be is possible.
    """
    first = days.day_numbers(frame["since"], days.NEVER)
    known = first != days.NEVER
    last = days.latest_starts(np.where(known, first, 0), frame["since_precision"])
    possible = _possible(frame)
    support = frame["stint_kind"].is_in(SPELL_KINDS["support"])
    kindless = ~frame["stint_kind"].is_in(list(_DOING)).fill_null(value=False)
    moved = frame["relation_moved"]
    whole = Stints(
        owner=owner,
        unit=_with_foreign(unit, frame["unit_id"], units),
        doing=_alone(possible),
        possible=possible,
        without_kind=kindless.to_numpy(),
        without_relation=(
            moved.is_null() & (support | kindless).fill_null(value=True)
        ).to_numpy(),
        post=_numbered(frame["post"]),
        posts=tuple(frame["post"].drop_nulls().unique().sort().to_list()),
        level=_levels(frame["post"]),
        band=_numbered(frame["grade_band"]),
        first=first,
        last=np.where(known, last, days.FOREVER),
        until=days.day_numbers(frame["until"], days.FOREVER),
    )
    ours = owner >= 0
    return whole if ours.all() else taken(whole, ours)


def taken(stints: Stints, where: Mask | Whole) -> Stints:
    """Return some of the stints, those where a mask holds or at some positions."""
    return Stints(
        owner=stints.owner[where],
        unit=stints.unit[where],
        doing=stints.doing[where],
        possible=stints.possible[where],
        without_kind=stints.without_kind[where],
        without_relation=stints.without_relation[where],
        post=stints.post[where],
        posts=stints.posts,
        level=stints.level[where],
        band=stints.band[where],
        first=stints.first[where],
        last=stints.last[where],
        until=stints.until[where],
    )


def joined(group: Whole, since: Whole, until: Whole, gap: int = 0) -> tuple[Whole, Mask]:
    """Sort spells by group and start, and mark where a run of joined ones begins.

    Returns
    -------
    order, opens
        ``order`` sorts the spells; ``opens`` holds, in that order, whether a spell begins a
        run: another group, or more than ``gap`` days after all before it have ended.
    """
    order = np.argsort(group * _SPELL_BITS + since, kind="stable")
    offset = group[order] * _SPELL_BITS
    reach = np.maximum.accumulate(until[order] + offset) - offset
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = (offset[1:] != offset[:-1]) | (since[order][1:] > reach[:-1] + gap)
    return order, opens


def merged(owner: Whole, since: Whole, until: Whole) -> tuple[Whole, Whole, Whole]:
    """Return spells of each owner that neither overlap nor touch, covering the same days."""
    real = since < until
    owner, since, until = owner[real], since[real], until[real]
    if not len(owner):
        return owner, since, until
    order, opens = joined(owner, since, until)
    begins = np.flatnonzero(opens)
    return owner[order][begins], since[order][begins], np.maximum.reduceat(until[order], begins)


def _with_foreign(unit: Whole, unit_ids: pl.Series, units: int) -> Whole:
    """Give units that the roster does not have numbers of their own."""
    foreign = unit < 0
    if not foreign.any():
        return unit
    numbered = unit.copy()
    numbered[foreign] = units + _numbered(unit_ids.filter(pl.Series(foreign)).fill_null(""))
    return numbered


def _possible(frame: pl.DataFrame) -> Whole:
    """Return everything that may have been done in each stint, as bits."""
    kinds = frame["stint_kind"].replace_strict(
        _DOING, default=int(Doing.UNSTATED), return_dtype=pl.Int64
    )
    kind = kinds.fill_null(int(Doing.UNSTATED)).to_numpy()
    moved = frame["relation_moved"]
    office = _office(frame["post"])
    support = np.where(moved.eq(other=True).fill_null(value=False), 0, 1 << Doing.SUPPORT)
    support |= np.where(moved.eq(other=False).fill_null(value=False), 0, office)
    anything = 1 << Doing.TEACHING | 1 << Doing.LEAVE
    found: Whole = np.select(
        [kind == Doing.UNSTATED, kind == Doing.LEADING, kind == Doing.SUPPORT],
        [anything | office | support, office, support],
        1 << kind,
    )
    return found


def _office(posts: pl.Series) -> Whole:
    """Return whether work in each post is teaching or leading, or may be both, as bits."""
    leading = {post: _LED[leads(post)] for post in posts.drop_nulls().unique().to_list()}
    both = 1 << Doing.TEACHING | 1 << Doing.LEADING
    answers = posts.replace_strict(leading, default=both, return_dtype=pl.Int64)
    found: Whole = answers.fill_null(both).to_numpy()
    return found


def _levels(posts: pl.Series) -> Whole:
    """Return the level of each post's office; -1 where the post is blank."""
    levels = {post: level_of(post) for post in posts.drop_nulls().unique().to_list()}
    found: Whole = (
        posts.replace_strict(levels, default=-1, return_dtype=pl.Int64).fill_null(-1).to_numpy()
    )
    return found


def _alone(possible: Whole) -> Whole:
    """Return what was done where only one thing is possible."""
    doing = np.full(len(possible), int(Doing.UNSTATED))
    for each in KNOWN:
        doing[possible == 1 << each] = each
    return doing


def _numbered(series: pl.Series) -> Whole:
    """Give equal numbers to equal words of a column, -1 to blanks."""
    words = series.drop_nulls().unique().sort()
    codes = series.cast(pl.Enum(words)).to_physical().cast(pl.Int64)
    numbers: Whole = codes.fill_null(-1).to_numpy()
    return numbers
