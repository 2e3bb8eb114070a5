"""What stays unset in a resolved pack, and which questions it stops (§2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.engine.policy.choosing import titled_options
from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ClassTest,
    Condition,
    FactTest,
    FlowTest,
    Not,
    RuleTest,
    SwitchTest,
    Unset,
)
from junheng.engine.policy.items import (
    Body,
    DateItem,
    Item,
    Parameter,
    Requirement,
    SelectionKey,
    Switch,
)
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.policy.walking import walk
from junheng.errors import Problem, UnsetFigures

NEVER = Not(Always())
"""Holds for nobody."""

_REACHES: Mapping[str, tuple[str, ...]] = {
    "screening": ("rules",),
    "planning": (
        "rules",
        "quotas",
        "destinations",
        "guards",
        "arrangements",
        "selection",
        "kin_rules",
        "planning",
    ),
    "balance": ("indicators",),
    "gates": ("gates",),
    "entitlements": ("entitlements",),
    "locks": ("locks",),
}
"""The kinds of items each question starts from; what they mention is reached from there."""

_FIGURES: Mapping[str, tuple[str, ...]] = {
    "screening": (),
    "gates": (),
    "entitlements": (),
    "locks": (),
    "planning": (
        "retirement-schedule",
        "excluded-unit-kinds",
        "excluded-ownership",
        "least-pupils-of-teaching-point",
    ),
    "balance": (
        "composite-limit-2012",
        "cv-limit-2017",
        "resource-thresholds",
        "remaining-share",
        "indicators-to-meet",
        "excluded-unit-kinds",
        "excluded-ownership",
        "least-pupils-of-teaching-point",
        "required-education",
        "arts-and-sports-subjects",
    ),
}
"""Parameters a question reads by name, where the pack has them."""

_DECIDABLE = (Parameter, DateItem, Body)
"""What can be decided by its id, beside switches; elsewhere the county's pack says it."""

_NAMED: Mapping[str, str] = {
    "relation": "relations",
    "split_by": "classes",
    "rubric": "rubrics",
    "fact": "facts",
}
"""Attributes that hold the id of another item as a plain word, and its kind."""

ENGINE_PARAMETERS = (
    *dict.fromkeys(each for ids in _FIGURES.values() for each in ids),
    "lowest-post-grade",
)
"""Parameters the engine reads by name; a pack need not mention them elsewhere."""
ENGINE_CLASSES = ("backbone", "above-required-education", "arts-and-sports-teacher")
"""Classes the engine reads by name, or that the nation gives to the balance of any pack."""


def simplify(condition: All | AnyOf | Not) -> Condition:
    """Drop the parts of a condition whose answer is known."""
    match condition:
        case All(parts=parts):
            left = tuple(each for each in parts if each != Always())
            if NEVER in left:
                return NEVER
            return All(left) if len(left) > 1 else (left[0] if left else Always())
        case AnyOf(parts=parts):
            left = tuple(each for each in parts if each != NEVER)
            if Always() in left:
                return Always()
            return AnyOf(left) if len(left) > 1 else (left[0] if left else NEVER)
        case Not(part=Not(part=inner)):
            return inner
    return condition


def unset_for(pack: ResolvedPack, question: str) -> tuple[Problem, ...]:
    """List every unset thing a question can reach: id, title, clause, why.

    Parameters
    ----------
    question : ``screening``, ``planning`` or ``balance``

    Returns
    -------
    tuple of Problem
        In the order of the pack; code ``pack.unset``, ``pack.not-in-force`` where every value
        begins later, ``pack.no-planning`` where the pack says nothing of planning,
        ``pack.plans-nobody`` where it is no matter of planning,
        ``pack.no-rules-…`` where it rotates nobody, ``pack.needs-document`` beside what is
        unset where a document has to be supplied first.
    """
    walked = _Walk(pack)
    for kind in _REACHES[question]:
        for item in getattr(pack.items, kind).values():
            walked.item(item)
    for parameter in _FIGURES[question]:
        if parameter in pack.items.parameters:
            walked.item(pack.items.parameters[parameter])
    if question == "balance" and "backbone" in pack.items.classes:
        walked.item(pack.items.classes["backbone"])
    walked.date(pack.header.as_of)
    problems = list(walked.problems())
    if question == "planning" and len(pack.items.planning) != 1:
        problems.append(_no_planning(pack))
    return (*problems, *_not_whole(pack, question, unset=bool(problems)))


def _no_planning(pack: ResolvedPack) -> Problem:
    """Say that a pack has no planning item, or that its document moves nobody."""
    header = pack.header
    if header.kind != "rotation":
        return Problem("pack.plans-nobody", values={"pack": header.id, "title": header.title})
    values = {"pack": header.id, "found": str(len(pack.items.planning))}
    return Problem("pack.no-planning", values=values)


def _not_whole(pack: ResolvedPack, question: str, *, unset: bool) -> Iterator[Problem]:
    """Yield what stops a question beyond figures: no rules at all, or a document not there."""
    header = pack.header
    values = {"pack": header.id, "title": header.title}
    if question == "screening" and not pack.items.rules:
        yield Problem(f"pack.no-rules-{header.kind}", values=values)
    if header.needs_document and unset:
        source = pack.items.sources.get(header.needs_document)
        named = source.title if source else header.needs_document
        yield Problem("pack.needs-document", values={**values, "found": named})


def require(pack: ResolvedPack, question: str) -> None:
    """Refuse a question that reads something unset.

    Raises
    ------
    UnsetFigures
        Naming everything unset that the question reads.
    """
    problems = unset_for(pack, question)
    if problems:
        raise UnsetFigures(problems)


def unset_in(pack: ResolvedPack, item: Item) -> tuple[Problem, ...]:
    """List what is unset in one item itself, whatever else it mentions."""
    walked = _Walk(pack)
    for value in walk(item):
        walked.stated(value, item)
    return walked.problems()


def unset_behind(pack: ResolvedPack, item: Item) -> tuple[Problem, ...]:
    """List what is unset in one item and in all it mentions, and the day of the facts."""
    walked = _Walk(pack)
    walked.item(item)
    walked.date(pack.header.as_of)
    return walked.problems()


class _Walk:
    """Walks from items to all they mention, and keeps what is unset on the way."""

    def __init__(self, pack: ResolvedPack) -> None:
        self._pack = pack
        self._seen: set[str] = set()
        self.found: dict[str, tuple[Unset, Item | None]] = {}

    def item(self, item: Item) -> None:
        if item.id in self._seen:
            return
        self._seen.add(item.id)
        for value in walk(item):
            self._value(value, item)

    def date(self, identity: str) -> None:
        day = self._pack.dates.get(identity)
        if isinstance(day, Unset):
            self._note(day, self._pack.items.dates.get(identity))

    def _note(self, unset: Unset, item: Item | None) -> None:
        key = unset.id or f"{item.id if item else ''}: {unset.why}"
        self.found.setdefault(key, (unset, item))

    def problems(self) -> tuple[Problem, ...]:
        return tuple(_problem(self._pack, unset, item) for unset, item in self.found.values())

    def stated(self, value: Any, item: Item) -> None:
        match value:
            case Unset():
                self._note(value, item)
            case SwitchTest(switch=switch):
                self._switch(switch)

    def _value(self, value: Any, item: Item) -> None:
        self.stated(value, item)
        for found in self._mentions(value):
            self._mentioned(found)
        self._named(value)

    def _mentions(self, value: Any) -> tuple[Item | None, ...]:
        items = self._pack.items
        match value:
            case ClassTest(klass=klass):
                return (items.classes.get(klass),)
            case RuleTest(rule=rule):
                return (items.rules.get(rule),)
            case FactTest() | SelectionKey():
                rubric = getattr(value, "rubric", "")
                return (*self._read(value.fact), items.rubrics.get(rubric))
            case FlowTest(pairs=pairs):
                return tuple(items.classes.get(each) for pair in pairs for each in pair)
            case Requirement(bodies=bodies, kind="evidence"):
                return tuple(items.bodies.get(body) for body in bodies)
        return ()

    def _read(self, fact: str) -> tuple[Item | None, ...]:
        """Return the pack's fact of a name, and the parameters the registered one needs."""
        own = self._pack.items.facts.get(fact)
        registered = FACTS.get(own.origin if own else fact)
        parameters = self._pack.items.parameters
        return (
            own,
            *(parameters.get(each) for each in (registered.reads if registered else ())),
        )

    def _named(self, value: Any) -> None:
        """Follow the attributes that hold ids as plain words."""
        for attribute in ("on", "start"):
            identity = getattr(value, attribute, None)
            if isinstance(identity, str) and identity in self._pack.dates:
                self.date(identity)
        for attribute, kind in _NAMED.items():
            identity = getattr(value, attribute, None)
            if isinstance(identity, str):
                self._mentioned(getattr(self._pack.items, kind).get(identity))

    def _switch(self, switch: str) -> None:
        item = self._pack.items.switches.get(switch)
        if item is not None and isinstance(item.chosen, Unset):
            self._note(item.chosen, item)

    def _mentioned(self, item: Item | None) -> None:
        if item is not None:
            self.item(item)


def _problem(pack: ResolvedPack, unset: Unset, reader: Item | None) -> Problem:
    items = pack.items
    named: Mapping[str, Item] = {
        **items.switches,
        **items.parameters,
        **items.dates,
        **items.bodies,
    }
    item = named.get(unset.id) or reader
    clauses = pack.clauses(item.source) if item else ()
    values = {
        "id": unset.id or (item.id if item else ""),
        "title": item.title if item else "",
        "clause": "、".join(each.at for each in clauses) or "—",
        "why": unset.why,
    }
    later = unset.why.startswith(f"{pack.on} < ")
    if later:
        code = "pack.not-in-force"
    elif isinstance(item, Switch):
        code, values = "pack.unset-switch", {**values, "options": titled_options(item)}
    else:
        code = "pack.unset" if isinstance(item, _DECIDABLE) else "pack.unset-in-item"
    return Problem(code, place=item.place if item else None, values=values)
