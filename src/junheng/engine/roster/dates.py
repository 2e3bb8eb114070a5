"""Dates as officers write them: 1998年9月, 1998.09, 199809, 1998-09-01, serial numbers.

A date keeps the precision it was written with. Intervals are half-open (§4): a printed end is
the last day, month or year that still counts, and is stored as the day after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A four-digit number in this range is a year; nobody on a roster lived outside."""

_SERIAL_ZERO = date(1899, 12, 30)  # spreadsheets count 29 February 1900, which never was
_SERIALS = range(10_000, 100_000)  # 1927 to 2173; shorter numbers are years
_NO_DATE = frozenset({"无", "空", "/", "-", "—", "——", "无。"})
_STILL = frozenset({"至今", "今", "现在", "长期", "迄今"})
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_YEAR = re.compile(r"([0-9]{4})年?")
_MONTH = re.compile(r"([0-9]{4})(?:年|[.\-/])([0-9]{1,2})(?:月|月份)?")
_DAY = re.compile(r"([0-9]{4})(?:年|[.\-/])([0-9]{1,2})(?:月|[.\-/])([0-9]{1,2})[日号]?")
_ISO = re.compile(r"([0-9]{4})-([0-9][0-9])(?:-([0-9][0-9]))?")
_ISO_FORMS = {10: "day", 7: "month"}
_SPACE = re.compile(r"\s+")
_CLOCK = re.compile(r"[ T]0{1,2}:00(?::00)?(?:\.0+)?$")


class DateFault(StrEnum):
    """Why a cell is no date; the value completes the problem code ``roster.…-date``."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date with the precision it was written with.

    Attributes
    ----------
    first : the day; for a month or year its first day
    precision : ``day``, ``month`` or ``year``
    """

    first: date
    precision: str

    @property
    def until(self) -> date:
        """The first day after the day, month or year that was written (§4)."""
        if self.precision == "day":
            return self.first + timedelta(days=1)
        year, month = self.first.year, self.first.month
        if self.precision == "year" or month == 12:
            return date(year + 1, 1, 1)
        return date(year, month + 1, 1)


def read_date(text: str) -> WrittenDate | DateFault | None:
    """Read a written date.

    Returns
    -------
    WrittenDate | DateFault | None
        None where the cell says that there is no date (empty, 无, 至今).

    Examples
    --------
    >>> read_date("1998年9月")
    WrittenDate(first=datetime.date(1998, 9, 1), precision='month')
    """
    if text.isascii() and (match := _ISO.fullmatch(text)):  # by far the commonest: be quick
        return _checked([int(part) for part in match.groups() if part], _ISO_FORMS[len(text)])
    text = _CLOCK.sub("", text.translate(_WIDE).strip())
    text = _SPACE.sub("", text)
    if not text or text in _NO_DATE or text in _STILL:
        return None
    if text.isascii() and text.isdigit():
        return _of_digits(text)
    for pattern, precision in ((_DAY, "day"), (_MONTH, "month"), (_YEAR, "year")):
        if match := pattern.fullmatch(text):
            return _checked([int(part) for part in match.groups()], precision)
    return DateFault.UNREADABLE


def read_date_number(number: float) -> WrittenDate | DateFault:
    """Read a date from a number cell: a serial number, or digits that were meant as text.

    ``1998.1`` is refused: as a number it can be January or a shortened ``1998.10``.
    """
    if number == int(number):
        return _of_digits(str(int(number)))
    if int(number) in _SERIALS:
        return _of_digits(str(int(number)))  # the fraction is a time of day
    hundredths = round(number * 100)
    if not FIRST_YEAR <= int(number) <= LAST_YEAR or abs(number * 100 - hundredths) > 1e-6:
        return DateFault.UNREADABLE
    year, month = divmod(hundredths, 100)
    if month == 10:
        return DateFault.AMBIGUOUS
    if month % 10 == 0:
        month //= 10
    return _checked([year, month], "month")


def _of_digits(digits: str) -> WrittenDate | DateFault:
    if len(digits) == 8:
        return _checked([int(digits[:4]), int(digits[4:6]), int(digits[6:])], "day")
    if len(digits) == 6:
        return _checked([int(digits[:4]), int(digits[4:])], "month")
    if len(digits) == 5 and int(digits) in _SERIALS:
        return WrittenDate(_SERIAL_ZERO + timedelta(days=int(digits)), "day")
    if len(digits) == 4:
        return _checked([int(digits)], "year")
    return DateFault.UNREADABLE


def _checked(parts: list[int], precision: str) -> WrittenDate | DateFault:
    year, month, day = (*parts, 1, 1)[:3]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateFault.IMPOSSIBLE
    try:
        return WrittenDate(date(year, month, day), precision)
    except ValueError:
        return DateFault.IMPOSSIBLE
