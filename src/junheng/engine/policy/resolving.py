"""Resolves a pack for one question: date, decisions and switches applied, no choice left.

Afterwards figures are literals, one figure for each word of a fact, or unset; settings are
words or unset; conditions test no switch that is set. What is unset is refused only by the
questions that reach it (§2): :func:`unset_for` lists it, :func:`require` refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from junheng.engine.policy.choosing import CHOSEN, Chosen, as_text, choose, parse_argument
from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ByFact,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
    Not,
    ParameterRef,
    RuleTest,
    SwitchRef,
    SwitchTest,
    Unset,
)
from junheng.engine.policy.items import (
    Arrangement,
    DatedValue,
    DateItem,
    Item,
    Parameter,
    Scale,
    Settings,
    Span,
    Switch,
)
from junheng.engine.policy.pack import Items, Pack, ResolvedPack
from junheng.engine.policy.splitting import plain_quotas
from junheng.engine.policy.unset import NEVER, require, simplify, unset_for
from junheng.errors import PackPlace, Problem, QuestionError

ARGUMENT = PackPlace("--set")
_OPENS = (9, 1)
_YEARS = {"previous": -1, "programme": 0, "next": 1}
_NONE: Mapping[str, str] = MappingProxyType({})
_FOLDED = tuple(
    each.name
    for each in fields(Items)
    if each.name not in {"sources", "switches", "parameters", "settings", "cast", "cases"}
)


def programme_year(on: date) -> int:
    """Return the calendar year of the 1 September nearest on or after ``on``."""
    return on.year if (on.month, on.day) <= _OPENS else on.year + 1


def resolve(
    pack: Pack,
    *,
    on: date,
    year: int | None = None,
    settings: Mapping[str, str] = _NONE,
) -> ResolvedPack:
    """Resolve a pack for one question.

    Parameters
    ----------
    on : the date of the question (§4)
    year : programme year; by default that of the 1 September nearest on or after ``on``
    settings : id → value as text: option of a switch, figure of a parameter, ``MM-DD`` of a
        date, names of a body; applied after the pack's own decisions (settings ``chosen``)

    Raises
    ------
    QuestionError
        If a setting is unknown or its value not allowed, or the pack is not yet in force.
    """
    asked = {identity: parse_argument(text) for identity, text in settings.items()}
    return resolve_with(pack, on=on, year=year, settings=asked)


def resolve_with(
    pack: Pack,
    *,
    on: date,
    year: int | None = None,
    settings: Chosen = _NONE,
) -> ResolvedPack:
    """As :func:`resolve`, with settings as a pack writes them (texts, tuples, mappings)."""
    own = _own_decisions(pack.items)
    items, _ = choose(pack.items, own, ARGUMENT)
    items, problems = choose(items, settings, ARGUMENT)
    since = pack.header.valid_since
    if isinstance(since, date) and on < since:
        values = {"pack": pack.header.id, "since": str(since), "found": str(on)}
        problems.append(Problem("pack.not-yet-valid", values=values))
    if problems:
        raise QuestionError(problems)
    programme = programme_year(on) if year is None else year
    folded = _Folding(items, on).items()
    return ResolvedPack(
        header=pack.header,
        items=folded,
        fingerprint=pack.fingerprint,
        on=on,
        year=programme,
        dates={key: _day(each, programme) for key, each in items.dates.items()},
        settings={key: as_text(value) for key, value in {**own, **settings}.items()},
    )


def _own_decisions(items: Items) -> Chosen:
    item = items.settings.get(CHOSEN)
    return dict(item.values) if isinstance(item, Settings) else {}


def _day(item: DateItem, programme: int) -> date | Unset:
    if isinstance(item.month_day, Unset):
        return item.month_day
    month, day = item.month_day.split("-")
    return date(programme + _YEARS[item.year], int(month), int(day))


class _Folding:
    """Folds switches, dates and parameters into the items of a pack."""

    def __init__(self, items: Items, on: date) -> None:
        self._items = items
        self._on = on
        self._parameters = {key: self._in_force(each) for key, each in items.parameters.items()}

    def items(self) -> Items:
        kinds: dict[str, Any] = {name: self._kind(name) for name in _FOLDED}
        kinds["quotas"] = {
            each.id: each
            for quota in kinds["quotas"].values()
            for each in plain_quotas(quota, kinds["classes"])
        }
        return replace(self._items, parameters=self._parameters, **kinds)

    def _kind(self, name: str) -> dict[str, Item]:
        held = cast("Mapping[str, Item]", getattr(self._items, name))
        folded = {
            key: self._item(item) for key, item in held.items() if self._exists_then(item)
        }
        return {key: each for key, each in folded.items() if each is not None}

    def _exists_then(self, item: Item) -> bool:
        since, until = item.in_force or (None, None)
        return (since is None or since <= self._on) and (until is None or self._on < until)

    def _item(self, item: Item) -> Item | None:
        folded = cast("Item", self._fold(item))
        if folded.only_if == NEVER:
            return None
        if isinstance(folded, Arrangement) and isinstance(folded.span, Span):
            folded = replace(folded, length=folded.span.in_years(folded.length))
        return replace(folded, only_if=None) if folded.only_if == Always() else folded

    def _fold(self, value: Any) -> Any:
        folded = value
        match value:
            case ParameterRef(parameter=parameter):
                folded = self._figure(parameter)
            case SwitchRef(switch=switch):
                folded = self._items.switches[switch].chosen
            case SwitchTest(switch=switch, option=option):
                folded = self._tested(value, self._items.switches[switch], option)
            case RuleTest(rule=rule) if self._withdrawn(rule):
                folded = NEVER
            case tuple():
                folded = tuple(self._fold(each) for each in value)
            case _ if is_dataclass(value) and not isinstance(value, PackPlace):
                folded = self._attributes(value)
        return folded

    def _attributes(self, value: Any) -> Any:
        changed = {each.name: self._fold(getattr(value, each.name)) for each in fields(value)}
        folded = type(value)(**changed)
        match folded:
            case All() | AnyOf() | Not():
                return simplify(folded)
            case FactTest(scale=scale) if scale:
                return on_scale(folded, self._items.scales[scale])
        return folded

    def _withdrawn(self, rule: str) -> bool:
        """Return whether a rule is not in the pack as resolved: then it holds of nobody."""
        item = self._items.rules.get(rule)
        return item is not None and (
            not self._exists_then(item) or self._fold(item.only_if) == NEVER
        )

    def _tested(self, test: SwitchTest, switch: Switch, option: str) -> Condition:
        if isinstance(switch.chosen, Unset):
            return test
        return Always() if switch.chosen == option else NEVER

    def _figure(self, parameter: str) -> Any:
        item = self._parameters[parameter]
        value = item.values[0].value
        return ByFact(item.by, value) if isinstance(value, tuple) else value

    def _in_force(self, parameter: Parameter) -> Parameter:
        held = self._held(parameter)
        value = replace(held, value=self._fold(held.value))
        return replace(parameter, values=(value,))

    def _held(self, parameter: Parameter) -> DatedValue:
        """Return the value in force; an unset one where none is, or its start is hidden."""
        hidden = next((v for v in parameter.values if isinstance(v.since, Unset)), None)
        if hidden is not None and isinstance(hidden.since, Unset):
            unset = Unset(hidden.since.why, parameter.id)
            return DatedValue(since=None, value=unset, source=hidden.source)
        begun = [
            each
            for each in parameter.values
            if each.since is None or (isinstance(each.since, date) and each.since <= self._on)
        ]
        if begun:
            return begun[-1]
        first = parameter.values[0]
        unset = Unset(f"{self._on} < {first.since}", parameter.id)
        return DatedValue(since=first.since, value=unset, source=first.source)


def on_scale(test: FactTest, scale: Scale) -> FactTest:
    """Write a comparison on a scale as the words that it allows."""
    listed = tuple(_listed(each, scale) for each in test.comparisons)
    unset = any(isinstance(each.figure, Unset) for each in listed)
    return replace(test, comparisons=listed, scale=scale.id if unset else "")


def _listed(comparison: Comparison, scale: Scale) -> Comparison:
    figure = comparison.figure
    if not isinstance(figure, Literal) or comparison.comparator not in _ON_SCALE:
        return comparison
    word = str(figure.values[0])
    better = comparison.comparator in {Comparator.AT_LEAST, Comparator.MORE_THAN}
    found = scale.reaching(word) if better else scale.within(word)
    if comparison.comparator in {Comparator.MORE_THAN, Comparator.LESS_THAN}:
        alike = {*scale.reaching(word)} & {*scale.within(word)}
        found = tuple(each for each in found if each not in alike)
    return Comparison(Comparator.AMONG, Literal(found))


_ON_SCALE = {
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.MORE_THAN,
    Comparator.LESS_THAN,
}

__all__ = ["programme_year", "require", "resolve", "resolve_with", "unset_for"]
