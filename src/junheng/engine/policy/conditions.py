"""Conditions, figures and settings: the parts every item of a policy pack is made of.

A *figure* is a number, date or list of words; a *setting* is one word out of a closed list.
Both may be written out, taken from a parameter or switch, or left unset with the reason. In a
resolved pack (:mod:`junheng.engine.policy.resolving`) no reference is left: a figure is a
:class:`Literal`, a :class:`ByFact` or an :class:`Unset`; a setting a word or an ``Unset``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

Value = Fraction | date | str | bool
"""One literal: an exact number, a date, a word, or a truth (``yes``/``no`` in YAML)."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the pack; ``values`` has one entry unless a list was written."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The value of a parameter in force on the date of the question."""

    parameter: str


@dataclass(frozen=True, slots=True)
class SwitchRef:
    """The option chosen for a switch."""

    switch: str


@dataclass(frozen=True, slots=True)
class Unset:
    """Nothing: the text leaves it open. Whatever reads it is refused, naming ``id`` (§2).

    Attributes
    ----------
    why : the reason printed in the pack
    id : the parameter, switch or date that would have to be set; empty for an inline unset
    """

    why: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class ByFact:
    """A figure that differs by a coded fact of the person or unit, such as sex.

    ``values`` maps each word of the fact ``by`` to its figure.
    """

    by: str
    values: tuple[tuple[str, Literal], ...]


Figure = Literal | ParameterRef | ByFact | Unset
Setting = str | SwitchRef | Unset


class Comparator(StrEnum):
    """Comparison words; each stands for fixed Chinese words (满/以上, 不超过, 超过, 不足 …)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    FROM = "from"
    IS = "is"
    AMONG = "among"
    OVERLAPS = "overlaps"


class Subject(StrEnum):
    """Whose fact or class is meant, where it is not the item's own subject."""

    OWN_UNIT = "own_unit"
    ESTABLISHMENT_UNIT = "establishment_unit"
    ORIGIN = "origin"
    DESTINATION = "destination"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparator with its figure; UP_TO and FROM also have a ``reading``.

    ``reading`` is ``inclusive`` or ``exclusive`` once resolved; other comparators have None.
    """

    comparator: Comparator
    figure: Figure
    reading: Setting | None = None


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everyone."""


@dataclass(frozen=True, slots=True)
class All:
    """Holds if every part holds (strong Kleene)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds if some part holds (strong Kleene)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds if the part does not; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class FactTest:
    """Compares a fact; several comparisons in one leaf must all hold.

    Attributes
    ----------
    fact : a registered fact, or the id of an item of kind ``facts``
    of : whose fact, if not the item's own subject
    matter : what it is about (``for:`` in YAML), such as the application a wish belongs to
    scale : id of the scale on which words are compared; empty once resolved
    """

    fact: str
    comparisons: tuple[Comparison, ...]
    of: Subject | None = None
    matter: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class ClassTest:
    """Holds for members of a class."""

    klass: str
    of: Subject | None = None


@dataclass(frozen=True, slots=True)
class TrackTest:
    """Holds for persons whose track is one of these."""

    tracks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleTest:
    """Holds where a rule holds."""

    rule: str


@dataclass(frozen=True, slots=True)
class SwitchTest:
    """Holds under one option of a switch; folded away when the pack is resolved."""

    switch: str
    option: str


@dataclass(frozen=True, slots=True)
class FlowTest:
    """Moves only: origin in the first class and destination in the second, for some pair."""

    pairs: tuple[tuple[str, str], ...]


Condition = (
    Always
    | All
    | AnyOf
    | Not
    | FactTest
    | ClassTest
    | TrackTest
    | RuleTest
    | SwitchTest
    | FlowTest
)


def several(number: int, parts: tuple[Condition, ...]) -> Condition:
    """Return the condition that at least so many of the parts hold (具备其中几项).

    Written out with ``All`` and ``AnyOf``, so that whoever reads conditions needs no further
    kind of them. It is exact in strong Kleene logic: true where so many parts are true, false
    where too few are true or unknown, else unknown.
    """
    if number == 1:
        return AnyOf(parts)
    with_first = All((parts[0], several(number - 1, parts[1:])))
    if number == len(parts):
        return with_first
    return AnyOf((with_first, several(number, parts[1:])))
