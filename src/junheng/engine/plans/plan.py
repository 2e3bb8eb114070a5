"""A plan (方案): who goes where, under which receipt, how good, what stays unmet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.screening.receipt import Receipt

FORMAT = "junheng-plan/1"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Move:
    """One exchange (交流安排): one person to one unit for one period.

    Attributes
    ----------
    form : id of the arrangement; empty in a hand-made plan that does not say
    since, until : half-open; ``until`` is None where the form has no fixed end
    subject : subject taught after the move; empty for leaders, and in a hand-made plan that
        does not say (then the main subject, else the first neighbouring one with a post)
    relation_moved : whether personnel and establishment relations move too
    reason : ids of the rules that made the person movable
    over_quota : id of the guard above whose limit the person is hired (超岗聘用); else empty
    """

    person_id: str
    from_unit: str
    to_unit: str
    stage: str
    subject: str
    form: str = ""
    since: date | None = None
    until: date | None = None
    relation_moved: bool | None = None
    reason: tuple[str, ...] = ()
    over_quota: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveValue:
    """What one objective reached.

    Attributes
    ----------
    value, bound : integers in units of ``1/scale``; ``bound`` is proven, ``value >= bound``
    scale : how many of the integer units make one unit of the quantity
    rounding_error : largest error, in the same integer units, that scaling can have caused
    """

    id: str
    value: int
    bound: int
    scale: int = 1
    rounding_error: int = 0

    @property
    def proven(self) -> bool:
        """Whether no plan can be better, given the objectives before."""
        return self.value == self.bound

    @property
    def gap(self) -> Fraction:
        """How far the value may be from the best, relative to the value; 0 when proven."""
        return Fraction(self.value - self.bound, max(abs(self.value), 1))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unmet:
    """An obligation that stays unmet, by clause and cell (§7).

    Attributes
    ----------
    kind : ``shortage``, ``surplus``, ``establishment``, ``quota`` or ``duty``
    rule : quota or rule id; empty for staffing
    unit_id, stage, subject, person_id, role, zone : the cell; empty where it does not apply
    pair : the two paired units of the cell, of which ``unit_id`` is the side that sends
    required, reached : what was owed and what the plan gives, in persons or posts
    """

    kind: str
    rule: str = ""
    unit_id: str = ""
    stage: str = ""
    subject: str = ""
    person_id: str = ""
    role: str = ""
    zone: str = ""
    pair: str = ""
    required: int = 0
    reached: int = 0

    @property
    def amount(self) -> int:
        """How much is missing (or too much), at least 1."""
        return abs(self.required - self.reached)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PassedOver:
    """A candidate who stays while somebody further down the order moves (选派次序).

    Attributes
    ----------
    rule : id of the selection
    """

    rule: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReceipt:
    """What a plan was made from (§3): the screening's receipt and the solver's part.

    Attributes
    ----------
    parent : fingerprint of the plan that this one was made from; empty where there is none
    terms : how it may differ from that plan; bounds are proven under these terms
    """

    screening: Receipt
    solver: str
    seed: int
    programme: str
    parent: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A set of moves that keeps every hard rule, with what was proven about it.

    ``moves`` are sorted by person; ``objectives`` stand in the pack's order, the draw last;
    ``passed_over`` is sorted.
    """

    receipt: PlanReceipt
    moves: tuple[Move, ...]
    objectives: tuple[ObjectiveValue, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
