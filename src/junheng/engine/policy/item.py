"""What every item of a policy pack has, and the three words that rules are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from junheng.engine.policy.conditions import Condition
from junheng.errors import PackPlace

NOWHERE = PackPlace("")


class Strength(StrEnum):
    """Three strengths (§6), strongest first."""

    HARD = "hard"
    PRINCIPLE = "principle"
    ENCOURAGED = "encouraged"


class Outcome(StrEnum):
    """What a person is under a pack (名单类别)."""

    OUT_OF_SCOPE = "out_of_scope"
    BARRED = "barred"
    EXEMPT = "exempt"
    DEEMED = "deemed"
    DEFERRED = "deferred"
    SUPERVISED = "supervised"
    DUE = "due"
    MAY = "may"
    NOT_DUE = "not_due"
    UNDECIDED = "undecided"


MOVABLE = (Outcome.DUE, Outcome.MAY, Outcome.SUPERVISED)
"""Only persons with these outcomes may be moved by a plan."""


class IfUnknown(StrEnum):
    """What an unknown fact does to a rule: ask a person, or read as stated (§1)."""

    ASK = "ask"
    TREAT_AS_NO = "treat_as_no"
    TREAT_AS_YES = "treat_as_yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What all items share.

    Attributes
    ----------
    id : kebab-case, unique in the whole pack; cited by objections and audits
    title : a :class:`~junheng.messages.Bilingual` where it was read from a pack
    source : ids of the clauses the item rests on
    place : file and line
    only_if : the item exists only where this switch test holds
    open_to : levels below that may override it
    in_force : half-open interval in which the item exists; None for always
    """

    id: str
    title: str
    source: tuple[str, ...] = ()
    place: PackPlace = NOWHERE
    only_if: Condition | None = None
    open_to: tuple[str, ...] = ()
    in_force: tuple[date | None, date | None] | None = None
    note: str = ""
