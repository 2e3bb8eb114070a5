"""What the registration of a fact says: whose it is, its type and unit, how it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from junheng.engine.codes import CodeList


class FactType(StrEnum):
    """What kind of value a fact has."""

    WORD = "word"
    WORDS = "words"
    TRUTH = "truth"
    NUMBER = "number"
    DATE = "date"


class About(StrEnum):
    """What a fact, class or condition is about."""

    PERSON = "person"
    UNIT = "unit"
    MOVE = "move"
    PLACEMENT = "placement"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that says how a fact is measured.

    Attributes
    ----------
    topic : the switch topic whose options it takes; empty for the others
    words : the words it takes instead
    open_ended : words outside the list are taken too
    many : a list of words
    kinds : one word of the topic for each of these kinds (``spells``)
    unit : unit of a figure, such as ``days``; empty for words
    required : whether a pack must say it; what a text leaves open is written as unset. A list
        of kinds that is left out means any kind
    """

    topic: str = ""
    words: tuple[str, ...] = ()
    open_ended: bool = False
    many: bool = False
    kinds: tuple[str, ...] = ()
    unit: str = ""
    required: bool = True


_NO_SETTINGS: Mapping[str, Setting] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fact:
    """A registered fact.

    Attributes
    ----------
    title : Chinese title
    about : whose fact it is
    type : kind of value
    unit : unit of a number, else empty
    words : the words it can have; empty for numbers, truths and free words
    open_ended : words outside the list may occur
    settings : what a pack must or may say about its measurement
    private : ``health``, ``family`` or ``discipline`` where the fact is a private ground (§12)
    reads : the parameters it needs, which a pack that asks for it must have
    tables : the tables of the roster it is computed from
    unknown_when : what makes it unknown, in Chinese, for the reference (§1)
    matters : whether a condition may say what it is about (``for:``)
    """

    title: str
    about: About
    type: FactType
    unit: str = ""
    words: tuple[str, ...] = ()
    open_ended: bool = False
    settings: Mapping[str, Setting] = field(default_factory=lambda: _NO_SETTINGS)
    private: str = ""
    reads: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    unknown_when: str = "未填"
    matters: bool = False


CLOCK = Setting("tenure_clock")
PART_YEAR = Setting("part_year")
ROUND_UP_FROM = Setting(unit="months", required=False)
IDENTITY = Setting("same_unit")
COUNTED: Mapping[str, Setting] = MappingProxyType(
    {"clock": CLOCK, "part_year": PART_YEAR, "round_up_from": ROUND_UP_FROM}
)
"""How every count of years is measured."""


def listed(codes: CodeList, *, required: bool = True) -> Setting:
    """Return a setting that takes words of a code list."""
    return Setting(words=codes.codes, open_ended=codes.open_ended, many=True, required=required)
