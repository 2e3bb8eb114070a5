"""Names and words as they should be stored: one dot, plain spaces, no full-width digits.

Source: 民委发 (2016) 33 asks for the dot of ethnic-minority names as U+00B7 and for the whole
of GB 18030; rare characters beyond the basic plane are therefore kept as they are.
"""

from __future__ import annotations

import re

DOT = "·"  # U+00B7
_DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u2024\u25cf\u30fb\uff65\u00b0\u0387.\uff0e。]")
_WIDE_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BRACKETED = re.compile(r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]")
_HAN_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def normalised_name(name: str) -> str:
    """Return a person's name with one kind of dot and without padding inside.

    A space between Han characters pads short names to equal length and is dropped; between
    Latin words it stays.

    Examples
    --------
    >>> normalised_name("阿依古丽•买买提")
    '阿依古丽·买买提'
    >>> normalised_name("林　静")
    '林静'
    """
    name = _INVISIBLE.sub("", name).replace("\u3000", " ").replace("\u00a0", " ").strip()
    name = _HAN_SPACE.sub("", name)
    if _has_dot_inside(name):
        name = _DOTS.sub(DOT, name)
        name = re.sub(rf"\s*{DOT}\s*", DOT, name)
    return name


def narrow(text: str) -> str:
    r"""Return text with full-width digits, letters, brackets and spaces made plain.

    Examples
    --------
    >>> narrow("\uff30\uff10\uff11（甲）")
    'P01(甲)'
    """
    return text.translate(_WIDE_ASCII)


def plain_word(text: str) -> str:
    """Return a word for comparison: narrow, without white space and invisible signs."""
    return re.sub(r"\s+", "", _INVISIBLE.sub("", narrow(text)))


def unbracketed(text: str) -> str:
    """Return a plain word without its bracketed instructions, e.g. 姓名(与身份证一致)."""
    previous = ""
    while previous != text:
        previous, text = text, _BRACKETED.sub("", text)
    return text.strip("*:")


def _has_dot_inside(name: str) -> bool:
    """Say whether a Han name holds a dot between characters, not only at its end."""
    return any(
        not name[: match.start()].isascii() and match.end() < len(name)
        for match in _DOTS.finditer(name)
    )
