"""Describes a pack for people: its items by kind, what is unset first.

Titles, figures and clauses are those of the pack; the words around them stand in the message
catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

from junheng.engine.policy.conditions import Literal, Unset, Value
from junheng.engine.policy.extending import held
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items import (
    Body,
    DatedValue,
    DateItem,
    Item,
    Parameter,
    RetirementSchedule,
    Rubric,
    Rule,
    Switch,
)
from junheng.engine.policy.literals import plain
from junheng.engine.policy.pack import Pack
from junheng.engine.policy.topics import TITLES
from junheng.messages import Language, in_language, sentence

_SHOWN = tuple(kind for kind in KINDS if kind not in {"settings", "cast", "cases"})


@dataclass(frozen=True, slots=True)
class Row:
    """One item in a description.

    Attributes
    ----------
    figure : what it says, short; empty where only its title says it
    clause : places of the clauses it cites
    unset : why it is unset; empty where it is not
    place : file and line
    """

    kind: str
    id: str
    title: str
    figure: str
    clause: str
    unset: str
    place: str


@dataclass(frozen=True, slots=True)
class Description:
    """A pack put into rows: what is unset first, then kind by kind."""

    pack: Pack
    rows: tuple[Row, ...]
    language: Language

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the description as lines of text."""
        return tuple(_lines(self))

    @property
    def values(self) -> Mapping[str, object]:
        """Return the description as values for JSON."""
        header = self.pack.header
        return {
            "id": header.id,
            "title": in_language(header.title, self.language),
            "version": header.version,
            "authority": in_language(header.authority, self.language),
            "tracks": [
                {"id": track, "title": in_language(title, self.language)}
                for track, title in header.titled_tracks
            ],
            "extends": list(header.extends),
            "fingerprint": self.pack.fingerprint,
            "items": [
                {each.name: getattr(row, each.name) for each in fields(Row)}
                for row in self.rows
            ],
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a pack holds."""

    rules: int
    quotas: int
    cases: int
    unset: int
    warnings: int


def describe(pack: Pack, language: Language = Language.ZH) -> Description:
    """Describe a pack: items by kind with title, figures and clause, unset ones first."""
    writer = _Writer(pack, language)
    rows = tuple(
        writer.row(kind, item) for kind in _SHOWN for item in held(pack.items, kind).values()
    )
    unset = tuple(row for row in rows if row.unset)
    return Description(pack, (*unset, *(row for row in rows if not row.unset)), language)


def counts(pack: Pack) -> Counts:
    """Count rules, quotas, cases, unset items and warnings of a pack."""
    return Counts(
        rules=len(pack.items.rules),
        quotas=len(pack.items.quotas),
        cases=len(pack.items.cases),
        unset=sum(bool(row.unset) for row in describe(pack).rows),
        warnings=len(pack.warnings),
    )


class _Writer:
    """Writes the items of one pack as rows."""

    def __init__(self, pack: Pack, language: Language) -> None:
        decided = pack.items.settings.get("chosen")
        self._language = language
        self._decided = {key: _text(value) for key, value in decided.values} if decided else {}
        self._places = {c.id: c.at for d in pack.items.sources.values() for c in d.clauses}

    def row(self, kind: str, item: Item) -> Row:
        decided = self._decided.get(item.id)
        clauses = dict.fromkeys(self._places.get(clause, clause) for clause in item.source)
        return Row(
            kind=kind,
            id=item.id,
            title=in_language(item.title, self._language),
            figure=self._figure(item) if decided is None else self._as_decided(item, decided),
            clause="、".join(clauses),
            unset=_unset(item) if decided is None else "",
            place=str(item.place),
        )

    def _say(self, code: str) -> str:
        return sentence(code, self._language)

    def _figure(self, item: Item) -> str:
        match item:
            case Switch(chosen=str() as chosen):
                return self._option(item, chosen)
            case DateItem(month_day=str() as month_day, year=year):
                return f"{self._say(f'pack.year-{year}')} {month_day}"
            case Parameter(values=values, unit=unit):
                return "；".join(filter(None, (self._dated(each, unit) for each in values)))
            case Rule(effect=effect, strength=strength):
                outcome = self._say(f"outcome.{effect.value}")
                return f"{outcome}，{self._say(f'pack.strength-{strength.value}')}"
        return ""

    def _as_decided(self, item: Item, decided: str) -> str:
        return self._option(item, decided) if isinstance(item, Switch) else decided

    def _option(self, switch: Switch, chosen: str) -> str:
        """Name the option taken, with the word by which a pack says it."""
        title = dict(switch.options).get(chosen) or TITLES[switch.topic].options.get(chosen)
        return self._called(title, chosen) if title else chosen

    def _called(self, title: str, word: str) -> str:
        if in_language(title, self._language) == word:
            return word
        return sentence("described.option", self._language, title=title, word=word)

    def _dated(self, value: DatedValue, unit: str) -> str:
        shown = self._value(value, unit)
        if value.since is None or isinstance(value.since, Unset):
            return shown
        return f"{value.since}: {shown}"

    def _value(self, value: DatedValue, unit: str) -> str:
        spoken = self._say(f"pack.unit-{unit}")
        match value.value:
            case Literal() as literal:
                return f"{_written(literal, unit)}{spoken}"
            case RetirementSchedule(steps=steps):
                return "，".join(f"{step.kind} {step.base_years}{spoken}" for step in steps)
            case Unset():
                return ""
            case by_word:
                parts = (f"{word} {_written(each, unit)}{spoken}" for word, each in by_word)
                return "，".join(parts)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{key} {_text(each)}" for key, each in value.items())
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _written(literal: Literal, unit: str) -> str:
    return "、".join(_spoken(each, unit) for each in literal.values)


def _spoken(value: Value, unit: str) -> str:
    """Write a number as people do, where that is exact: 10 %, 0.65; else as a fraction."""
    if not isinstance(value, Fraction) or value.denominator == 1:
        return plain(value)
    if unit == "share" and (value * 100).denominator == 1:
        return f"{value * 100}%"
    hundredths = value * 100
    if hundredths.denominator != 1:
        return plain(value)
    whole, part = divmod(int(hundredths), 100)
    return f"{whole}.{part:02}".rstrip("0")


def _unset(item: Item) -> str:
    match item:
        case Switch(chosen=Unset(why=why)):
            return why
        case DateItem(month_day=Unset(why=why)):
            return why
        case Body(members=Unset(why=why)):
            return why
        case Rubric(items=Unset(why=why)):
            return why
        case Parameter(values=values):
            return next(_reasons(values), "")
    return ""


def _reasons(values: tuple[DatedValue, ...]) -> Iterator[str]:
    for each in values:
        if isinstance(each.value, Unset):
            yield each.value.why
        if isinstance(each.since, Unset):
            yield each.since.why


def _lines(description: Description) -> Iterator[str]:
    header, language = description.pack.header, description.language
    named = {"title": header.title, "id": header.id, "version": header.version}
    yield sentence("pack.shown-pack", language, **named, authority=header.authority)
    fingerprint = description.pack.fingerprint
    yield sentence("pack.shown-fingerprint", language, fingerprint=fingerprint)
    if header.tracks:
        titles = (
            sentence("described.option", language, title=title, word=track)
            for track, title in header.titled_tracks
        )
        yield sentence("described.tracks", language, tracks="、".join(titles))
    unset = [row for row in description.rows if row.unset]
    if unset:
        yield sentence("pack.shown-unset", language, count=len(unset))
        yield from (_line(row, row.unset, language) for row in unset)
    for kind in _SHOWN:
        rows = [row for row in description.rows if row.kind == kind and not row.unset]
        if rows:
            title = KINDS[kind].title if language is Language.ZH else kind
            yield sentence("pack.shown-kind", language, title=title, count=len(rows))
            yield from (_line(row, row.figure, language) for row in rows)


def _line(row: Row, says: str, language: Language) -> str:
    figure = sentence("described.figure", language, figure=says) if says else ""
    clause = sentence("described.clause", language, clause=row.clause) if row.clause else ""
    return f"  {row.id} {row.title}{figure}{clause}"
