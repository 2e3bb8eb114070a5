"""The wording of every problem and sentence, by code, in Chinese and English.

The catalogues are YAML files ``<language>/<area>.yaml``. An area is the part of a code before
the first dot. A problem's entry has four texts, so that each message answers *where, what was
found, what was expected, what to do now*::

    roster.unreadable-date:
      title: 日期无法识别
      found: "“{value}”"
      expected: 年月或年月日，如 2019-09
      remedy: 改写为 2019-09 或 2019-09-01 的形式

A sentence's entry is one text with named places to fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from junheng.errors import Problem

Entry = str | dict[str, str]


class Language(StrEnum):
    """The languages the catalogues exist in."""

    ZH = "zh"
    EN = "en"


class Bilingual(str):
    """A Chinese text that knows its English, such as the title of an item of a pack.

    It is the Chinese text to whoever knows no better: compared, hashed, written to files and
    joined as such. What :func:`sentence` and :func:`word` say in English, they say with its
    English, where there is one.

    Attributes
    ----------
    en : the English; empty where nobody has written it

    Examples
    --------
    >>> Bilingual("校长", "Head teacher").said(Language.EN)
    'Head teacher'
    """

    __slots__ = ("en",)

    en: str

    def __new__(cls, zh: str, en: str = "") -> Bilingual:
        """Make one of the two texts."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Bilingual], tuple[str, str]]:
        """Give what a copy is made from, in another process too."""
        return Bilingual, (str(self), self.en)

    def said(self, language: Language) -> str:
        """Return the text in a language; Chinese where there is no English."""
        return self.en if language is Language.EN and self.en else str(self)


def in_language(text: object, language: Language) -> Any:
    """Return the text in a language if it knows both; anything else as it is."""
    return text.said(language) if isinstance(text, Bilingual) else text


def enumerated(texts: Iterable[str]) -> Bilingual:
    """Return texts as one text, joined with 、 in Chinese and with a comma in English."""
    found = tuple(texts)
    return Bilingual(
        "、".join(found), ", ".join(in_language(each, Language.EN) for each in found)
    )


def _filled(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {key: in_language(each, language) for key, each in values.items()}


@dataclass(frozen=True, slots=True)
class Wording:
    """A problem put into words: what it is, what was found, expected, and what to do."""

    title: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Join the parts that are not empty."""
        return "；".join(p for p in (self.title, self.found, self.expected, self.remedy) if p)


@cache
def catalogue(language: Language) -> dict[str, Entry]:
    """Return all entries of one language, by code.

    Raises
    ------
    ValueError
        If two files of the language define the same code.
    """
    entries: dict[str, Entry] = {}
    folder = files(__name__).joinpath(language.value)
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".yaml"):
            continue
        found = cast("dict[str, Entry] | None", yaml.safe_load(file.read_text("utf-8"))) or {}
        twice = entries.keys() & found.keys()
        if twice:
            raise ValueError(f"{file.name} repeats {sorted(twice)}")
        entries.update(found)
    return entries


def word(problem: Problem, language: Language = Language.ZH) -> Wording:
    """Put a problem into words.

    Raises
    ------
    KeyError
        If the catalogue has no entry for the code, or the entry names a value that the
        problem does not carry; a test keeps both from happening.
    """
    entry = catalogue(language)[problem.code]
    if isinstance(entry, str):
        raise KeyError(f"{problem.code} is a sentence, not a problem")
    values = _filled(problem.values, language)
    parts = (entry.get(part, "") for part in ("title", "found", "expected", "remedy"))
    return Wording(*(part.format_map(values) for part in parts))


def sentence(code: str, language: Language = Language.ZH, /, **values: object) -> str:
    """Fill the sentence ``code`` with ``values``.

    Raises
    ------
    KeyError
        If there is no such sentence, or a value it names is not given.
    """
    entry = catalogue(language)[code]
    if not isinstance(entry, str):
        raise KeyError(f"{code} is a problem, not a sentence")
    return entry.format_map(_filled(values, language))
