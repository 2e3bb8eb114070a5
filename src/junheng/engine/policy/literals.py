"""Turns the text of one value into an exact number, date or word, by the unit it has.

Texts are typed by what the pack says they are, never by how they look (``0123`` is no octal
number, ``no`` no truth where a word is expected).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Value

_SHARE = re.compile(r"(\d+)%|(\d+)/([1-9]\d*)|([01])", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\d+/[1-9]\d*", re.ASCII)
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_WHOLE = frozenset(
    {
        "year",
        "days",
        "persons",
        "posts",
        "pupils",
        "times",
        "cost",
        "working_days",
        "grades",
        "copies",
    }
)
_LEAP_DAY = (2, 29)
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not what it should be; ``code`` and ``expected`` go into a problem."""

    code: str
    expected: str


def literal(text: str, unit: str) -> Value | Fault:
    """Read a value of a unit of :data:`junheng.engine.policy.vocabulary.UNITS`."""
    if unit == "share":
        return share(text)
    if unit == "date":
        return day(text)
    if unit == "words":
        return text
    found = number(text)
    if isinstance(found, Fraction) and unit in _WHOLE and found.denominator != 1:
        return Fault("not-whole", "3")
    return found


def share(text: str) -> Fraction | Fault:
    """Read a share: ``10%`` or ``1/10``, exact, from 0 to 1."""
    if "." in text:
        return Fault("share-with-point", "10% / 1/8")
    match = _SHARE.fullmatch(text)
    if match is None:
        return Fault("not-a-share", "10% / 1/10")
    percent, top, bottom, whole = match.groups()
    if percent:
        found = Fraction(int(percent), 100)
    else:
        found = Fraction(int(top), int(bottom)) if top else Fraction(int(whole))
    return found if found <= 1 else Fault("share-above-one", "0%–100%")


def number(text: str) -> Fraction | Fault:
    """Read an exact number: ``6``, ``4.2``, ``1/2`` or ``-1``."""
    if _NUMBER.fullmatch(text) is None:
        return Fault("not-a-number", "6 / 4.2 / 1/2")
    return Fraction(text)


def day(text: str) -> date | Fault:
    """Read a day, ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else Fault("not-a-day", "2025-09-01")
    except ValueError:
        return Fault("not-a-day", "2025-09-01")


def month_day(text: str) -> str | Fault:
    """Read a day that every year has, ``MM-DD``."""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        return Fault("not-a-month-day", "08-31")
    month, dom = int(match[1]), int(match[2])
    try:
        date(_LEAP_YEAR, month, dom)
    except ValueError:
        return Fault("not-a-month-day", "08-31")
    return Fault("leap-day", "02-28 / 03-01") if (month, dom) == _LEAP_DAY else text


def month(text: str) -> tuple[int, int] | Fault:
    """Read a month, ``YYYY-MM``."""
    match = _MONTH.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else Fault("not-a-month", "1965-01")


def plain(value: Value) -> str:
    """Write a value the way a pack writes it; reads back to the same value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value
