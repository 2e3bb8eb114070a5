"""What is decided: the question as arrays with named axes.

Axes are *persons* and *units* (sorted by id, as in the evaluation), *forms* (in order of rank)
and *arcs*: the moves that are allowed, sorted by person, unit, then subject taught, the own
first. A plan is a choice of arcs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from junheng.engine.planning.matrix import Ints, Mask
from junheng.engine.planning.names import Name
from junheng.engine.screening.receipt import Receipt
from junheng.errors import Problem as Finding

NOWHERE = -1
"""Stands for no unit, no form, no place in a stock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Units, sorted by id.

    Attributes
    ----------
    open : whether the unit exists on the start date
    establishment : approved number of persons; ``NOWHERE`` where the cell is blank
    latitude, longitude : degrees, NaN where blank
    """

    ids: tuple[str, ...]
    zones: tuple[str, ...]
    counties: tuple[str, ...]
    open: Mask
    establishment: Ints
    latitude: np.ndarray[tuple[int], np.dtype[np.float64]]
    longitude: np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Persons on the start date, sorted by id.

    Attributes
    ----------
    counted : whether the person belongs to the staff at the start
    serving : counted, and on an exchange that has not ended; never chosen
    leader : fills a leadership post of ``role`` instead of a subject cell
    movable : may be chosen: due, may or supervised, and not serving
    works_at : unit at the start, after the return from a finished exchange
    established_at : unit on whose establishment the person stands
    balance_at : unit where the person counts for balance if not moved
    band : title band (岗位层级); empty where the title is blank
    because : rules that decided the outcome
    """

    ids: tuple[str, ...]
    outcome: tuple[str, ...]
    track: tuple[str, ...]
    because: tuple[tuple[str, ...], ...]
    stage: tuple[str, ...]
    subject: tuple[str, ...]
    role: tuple[str, ...]
    band: tuple[str, ...]
    counted: Mask
    serving: Mask
    leader: Mask
    movable: Mask
    full_time: Mask
    works_at: Ints
    established_at: Ints
    balance_at: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of exchange as moves under it are dated."""

    id: str
    since: date
    until: date | None
    relation_moved: bool
    counts_as_exchange: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """Allowed moves; ``person``, ``unit`` and ``form`` are positions on their axes.

    Arcs that only a pin asks for are present too; :attr:`Problem.blocked` says why they are
    not allowed.

    Attributes
    ----------
    subject : subject taught after the move; empty for leaders
    place : one number for each pair of unit and subject taught, for telling destinations apart
    """

    person: Ints
    unit: Ints
    subject: tuple[str, ...]
    place: Ints
    form: Ints
    relation_moved: Mask
    exchange: Mask

    def __len__(self) -> int:
        """Return the number of arcs."""
        return len(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Places of one kind, how many persons fill each, and which arcs empty or fill them.

    Attributes
    ----------
    required : persons needed; 0 where nothing is required
    established : persons allowed; ``NO_LIMIT`` where nothing limits them
    before : persons at the start
    leaving, arriving : one for each arc: the place it empties and fills, or ``NOWHERE``
    """

    names: tuple[Name, ...]
    required: Ints
    established: Ints
    before: Ints
    leaving: Ints
    arriving: Ints

    def after(self, chosen: Mask) -> Ints:
        """Return the number of persons in each place under a choice of arcs."""
        size = len(self.names)
        left, came = self.leaving[chosen], self.arriving[chosen]
        return (
            self.before
            - np.bincount(left[left != NOWHERE], minlength=size)
            + np.bincount(came[came != NOWHERE], minlength=size)
        )


def rounded(value: Fraction, rounding: str) -> int:
    """Round an exact bound ``up``, ``down`` or to the ``nearest``, halves up (§5).

    Examples
    --------
    >>> rounded(Fraction(33, 10), "up"), rounded(Fraction(5, 2), "nearest")
    (4, 3)
    """
    match rounding:
        case "up":
            return -(-value.numerator // value.denominator)
        case "down":
            return value.numerator // value.denominator
        case _:
            return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A quota, or the limit on leavers, in one cell: count against a bound.

    The count is ``fixed`` plus the chosen ``arcs``; so is the base of a share.

    Attributes
    ----------
    floor, cap : whether it is an obligation, a limit, or both
    share : exact share of the base; None for a number
    number : the number; None for a share
    rounding : ``up``, ``down`` or ``nearest``
    halves_down : under ``nearest``, a half goes down: for a floor that is a share of movers,
        because its base grows with the plan
    unknown : persons of the cell of whom it is not known whether they count
    """

    name: Name
    floor: bool
    cap: bool
    fixed: int
    arcs: Ints
    base_fixed: int
    base_arcs: Ints
    share: Fraction | None
    number: int | None
    rounding: str
    halves_down: bool = False
    unknown: int = 0

    def reached(self, chosen: Mask) -> tuple[int, int]:
        """Return count and base under a choice of arcs."""
        count = self.fixed + int(chosen[self.arcs].sum())
        return count, self.base_fixed + int(chosen[self.base_arcs].sum())

    def bound(self, base: int) -> int:
        """Return the bound for a base, rounded as the pack says (§5)."""
        if self.share is None:
            return self.number or 0
        if self.halves_down and self.rounding == "nearest":
            return -rounded(-self.share * base, "nearest")
        return rounded(self.share * base, self.rounding)


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualSides:
    """The two sides of a pair, of which as many must be counted as of the other.

    Each side counts its ``fixed`` number and the chosen of its ``arcs``.
    """

    name: Name
    fixed: tuple[int, int]
    arcs: tuple[Ints, Ints]


def whole_factors(limit: Limit) -> tuple[int, int]:
    """Return (m, n) such that ``share * base`` compares with a count as n·base with m·count.

    Rounding to the nearest needs both doubled, so that the half is whole.
    """
    share = limit.share or Fraction(0)
    double = 2 if limit.rounding == "nearest" else 1
    return double * share.denominator, double * share.numerator


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A decision: one of ``arcs`` must be chosen, or, where there is none, the person stays."""

    name: Name
    person: int
    arcs: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """An arc that only a pin asks for, with one of the reasons why it is not allowed."""

    arc: int
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Schools:
    """The schools of one stage that take part in the balance, as a stock of counted persons.

    Attributes
    ----------
    indicator : whom it counts: id of a part of the pack's ``balance_of``
    weight : how often it counts where the indicators are added up
    pupils : pupils of the stage in each school, above 0
    total : counted persons in these schools at the start, above 0
    """

    indicator: str
    weight: int
    stage: str
    stock: Stock
    pupils: Ints
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Candidates who are compared with each other under one selection (选派次序).

    Attributes
    ----------
    rule : id of the selection
    tiers : positions of persons, those who go first first; equals share a tier
    """

    rule: str
    tiers: tuple[Ints, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Two relatives who must not end in one place, or must not be separated (亲属).

    Attributes
    ----------
    first, second : positions of the persons
    together : whether they must not be separated; else they must not meet
    place : for each unit the place it belongs to: unit, zone, township or county
    """

    name: Name
    first: int
    second: int
    together: bool
    place: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class WishCosts:
    """What a wish granted, passed over or not asked for costs, in units of ``1/scale``.

    ``moved`` has one cost for each arc, ``kept`` one for each person who is not moved.
    """

    scale: int
    moved: Ints
    kept: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A plan from which a new one should differ for as few persons as possible.

    Attributes
    ----------
    arcs : its moves that are still allowed
    persons : everybody it moved, as positions
    gone : persons it moved who are not in the roster any more
    """

    arcs: Ints
    persons: Ints
    gone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A planning question, complete and checked; nothing below reads roster or pack again.

    Attributes
    ----------
    structure : places by unit and title band; only where a guard limits them
    exempt : arcs whose arrival the limit on the structure does not count (超岗聘用)
    rankings : groups of candidates in the order in which they are sent
    kin : relatives whose places depend on each other, as hard rules
    equal_sides : pairs of schools that must send as many as they receive
    notes : what was taken for granted because the roster does not say
    owed : persons whom a duty for everyone obliges to move
    metres, draws : for each arc: distance, and weight in the draw
    objectives : in order, the draw last
    ceilings : objectives with the largest value that a plan may have
    earlier : the plan that should change little; None where there is none
    """

    receipt: Receipt
    programme: str
    seed: int
    start: date
    planning_id: str
    units: Units
    staff: Staff
    forms: tuple[Form, ...]
    arcs: Arcs
    cells: Stock
    leadership: Stock
    establishment: Stock
    structure: Stock
    exempt: Mask
    quotas: tuple[Limit, ...]
    leavers: tuple[Limit, ...]
    pins: tuple[Pin, ...]
    blocked: tuple[Blocked, ...]
    owed: Ints
    schools: tuple[Schools, ...]
    rankings: tuple[Ranking, ...]
    kin: tuple[Kin, ...]
    wishes: WishCosts
    metres: Ints
    draws: Ints
    objectives: tuple[str, ...]
    equal_sides: tuple[EqualSides, ...] = ()
    notes: tuple[Finding, ...] = ()
    ceilings: tuple[tuple[str, int], ...] = ()
    earlier: Earlier | None = None
