"""Describes a pack for people: its items by kind, what is unset first.

The wording of kinds is that of the grammar; titles, figures and clauses are those of the pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.extending import held
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items import (
    Body,
    Case,
    DatedValue,
    DateItem,
    Document,
    Item,
    Parameter,
    RetirementSchedule,
    Rule,
    Switch,
)
from junheng.engine.policy.literals import plain
from junheng.engine.policy.pack import Pack

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

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the description as lines of text in Chinese."""
        return tuple(_lines(self))

    @property
    def values(self) -> Mapping[str, object]:
        """Return the description as values for JSON."""
        header = self.pack.header
        return {
            "id": header.id,
            "title": header.title,
            "version": header.version,
            "authority": header.authority,
            "extends": list(header.extends),
            "fingerprint": self.pack.fingerprint,
            "items": [
                {name: getattr(row, name) for name in Row.__slots__} for row in self.rows
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


def describe(pack: Pack) -> Description:
    """Describe a pack: items by kind with title, figures and clause, unset ones first."""
    rows = tuple(
        _row(pack, kind, item) for kind in _SHOWN for item in held(pack.items, kind).values()
    )
    unset = tuple(row for row in rows if row.unset)
    return Description(pack, (*unset, *(row for row in rows if not row.unset)))


def counts(pack: Pack) -> Counts:
    """Count rules, quotas, cases, unset items and warnings of a pack."""
    return Counts(
        rules=len(pack.items.rules),
        quotas=len(pack.items.quotas),
        cases=sum(isinstance(case, Case) for case in pack.items.cases.values()),
        unset=sum(bool(row.unset) for row in describe(pack).rows),
        warnings=len(pack.warnings),
    )


def _row(pack: Pack, kind: str, item: Item) -> Row:
    chosen = _decided(pack).get(item.id)
    unset = "" if chosen is not None else _unset(item)
    return Row(
        kind=kind,
        id=item.id,
        title=item.title,
        figure=str(chosen) if chosen is not None else _figure(item),
        clause=_clauses(pack, item),
        unset=unset,
        place=str(item.place),
    )


def _decided(pack: Pack) -> dict[str, str]:
    """Return what the pack's own settings ``chosen`` decide, as text."""
    item = pack.items.settings.get("chosen")
    return {key: _text(value) for key, value in item.values} if item else {}


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{key} {_text(each)}" for key, each in value.items())
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _clauses(pack: Pack, item: Item) -> str:
    known = {c.id: c.at for d in pack.items.documents.values() for c in d.clauses}
    return "、".join(dict.fromkeys(known.get(clause, clause) for clause in item.source))


def _unset(item: Item) -> str:
    match item:
        case Switch(chosen=Unset(why=why)):
            return why
        case DateItem(month_day=Unset(why=why)):
            return why
        case Body(members=Unset(why=why)):
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


def _figure(item: Item) -> str:
    match item:
        case Switch(chosen=str() as chosen):
            return chosen
        case DateItem(month_day=str() as month_day, year=year):
            return f"{year} {month_day}"
        case Parameter(values=values, unit=unit):
            return "；".join(_dated(each, unit) for each in values)
        case Rule(effect=effect, strength=strength):
            return f"{effect.value} {strength.value}"
        case Document(clauses=clauses):
            return str(len(clauses))
    return ""


def _dated(value: DatedValue, unit: str) -> str:
    since = f"{value.since}: " if value.since is not None and not _hidden(value) else ""
    return f"{since}{_value(value, unit)}"


def _hidden(value: DatedValue) -> bool:
    return isinstance(value.since, Unset)


def _value(value: DatedValue, unit: str) -> str:
    match value.value:
        case Literal() as literal:
            return f"{_written(literal)} {unit}"
        case RetirementSchedule(steps=steps):
            return "，".join(f"{step.kind} {step.base_years}" for step in steps)
        case Unset():
            return ""
        case by_word:
            return "，".join(f"{word} {_written(each)}" for word, each in by_word) + f" {unit}"


def _written(literal: Literal) -> str:
    return "、".join(plain(each) for each in literal.values)


def _lines(description: Description) -> Iterator[str]:
    header = description.pack.header
    yield f"{header.title}（{header.id} {header.version}，{header.authority}）"
    yield f"指纹 {description.pack.fingerprint}"
    unset = [row for row in description.rows if row.unset]
    if unset:
        yield f"未定 {len(unset)} 项，读到它们的问题会被拒绝："
        yield from (f"  {row.id} {row.title}：{row.unset}（{row.clause}）" for row in unset)
    for kind in _SHOWN:
        rows = [row for row in description.rows if row.kind == kind and not row.unset]
        if rows:
            yield f"{KINDS[kind].title} {len(rows)} 项："
            yield from map(_line, rows)


def _line(row: Row) -> str:
    figure = f"：{row.figure}" if row.figure else ""
    clause = f"（{row.clause}）" if row.clause else ""
    return f"  {row.id} {row.title}{figure}{clause}"
