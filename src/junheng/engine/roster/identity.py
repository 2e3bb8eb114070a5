"""The citizen's identity number (身份证号): form, date, check character, birth and sex.

The area code is not checked: numbers of abolished counties stay valid for life.

Source: GB 11643-1999; check characters by ISO 7064 MOD 11-2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_LEGACY = re.compile(r"[0-9]{15}")


class IdFault(StrEnum):
    """What is wrong with a number; the value completes the problem code ``roster.id-…``."""

    FORM = "form"
    DATE = "date"
    CHECKSUM = "checksum"


def check_character(first_seventeen: str) -> str:
    """Return the eighteenth character that belongs to seventeen digits.

    Examples
    --------
    >>> check_character("44052418800101001")
    'X'
    """
    total = sum(int(d) * int(w) for d, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def upgraded(legacy: str) -> str | None:
    """Return the eighteen-character form of a fifteen-digit number, or None if it is none.

    The fifteen-digit numbers were given out before 1999 to persons born in the 1900s.
    """
    if not _LEGACY.fullmatch(legacy):
        return None
    seventeen = f"{legacy[:6]}19{legacy[6:]}"
    return seventeen + check_character(seventeen)


def faults(numbers: Sequence[str]) -> list[IdFault | None]:
    """Check many numbers, in upper case and without spaces.

    Returns
    -------
    list of length n
        None where form, date and check character are right.
    """
    found: list[IdFault | None] = [
        None if _FORM.fullmatch(number) else IdFault.FORM for number in numbers
    ]
    formed = [i for i, fault in enumerate(found) if fault is None]
    wrong = _checksum_wrong([numbers[i] for i in formed])
    for position in np.flatnonzero(wrong):
        found[formed[position]] = IdFault.CHECKSUM
    births = {numbers[i][6:14]: numbers[i] for i in formed}
    impossible = {birth for birth, number in births.items() if birth_of(number) is None}
    if impossible:
        for i in formed:
            if numbers[i][6:14] in impossible:
                found[i] = IdFault.DATE
    return found


def birth_of(number: str) -> date | None:
    """Return the birth date in a number of the right form, None if it is no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """Return 男 or 女 from the seventeenth digit: odd is male."""
    return "男" if int(number[16]) % 2 else "女"


def masked(number: str) -> str:
    """Return a number fit to be shown: its length remains, its content does not.

    Examples
    --------
    >>> masked("110105194912310021")
    '110***************'
    """
    return number[:3] + "*" * max(0, len(number) - 3)


def _checksum_wrong(numbers: list[str]) -> NDArray[np.bool_]:
    """Say for each formed number whether its last character is wrong; shape (n,)."""
    letters = np.frombuffer("".join(numbers).encode("ascii"), dtype=np.uint8).reshape(-1, 18)
    remainders = (letters[:, :17].astype(np.int64) - ord("0")) @ _WEIGHTS % 11
    expected = np.frombuffer(_CHECKS.encode("ascii"), dtype=np.uint8)[remainders]
    wrong: NDArray[np.bool_] = letters[:, 17] != expected
    return wrong
