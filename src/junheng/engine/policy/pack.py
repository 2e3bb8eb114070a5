"""A policy pack in memory: as loaded, and as resolved for one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from junheng.engine.policy.conditions import ByFact, Literal, Unset
from junheng.engine.policy.items import (
    Arrangement,
    Body,
    Case,
    CastMember,
    ClassItem,
    Clause,
    DateItem,
    Destination,
    Document,
    Entitlement,
    FactItem,
    Gate,
    Guard,
    Indicator,
    KinRule,
    Lock,
    Outcome,
    Parameter,
    Planning,
    Quota,
    Relation,
    RetirementSchedule,
    Rubric,
    Rule,
    Scale,
    Selection,
    Settings,
    Standard,
    Switch,
)
from junheng.engine.policy.items.bodies import Separation
from junheng.engine.policy.items.calendars import CalendarYear
from junheng.engine.policy.items.consequences import Consequence
from junheng.engine.policy.items.papers import Duty, Paper
from junheng.engine.policy.items.service import Appraisal, Attendance, EventWord, Workload
from junheng.engine.policy.items.steps import Round, Step, Vote
from junheng.errors import Problem


def none() -> Mapping[str, Any]:
    """Return that a pack has no item of a kind."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The pack's own description (``pack:`` in YAML).

    Attributes
    ----------
    as_of : id of the date at which facts are taken unless a fact says otherwise
    precedence : effects in order; the first that holds is the outcome
    otherwise : the outcome of those for whom none holds
    titled_tracks : ids and titles, in order; the first that holds is the person's track
    extends : ids of the parent packs, nearest last
    valid_since : first day the pack is in force; ``Unset`` where the text hides it, None where
        it states none
    kind : ``rotation``, ``hiring``, or ``activity`` for plans that rotate nobody
    needs_document : id or title of a document without which the pack is not whole
    higher_documents : of ``conflict`` and ``silence``: when higher documents prevail
    higher_source : the clauses that say so
    """

    id: str
    title: str
    level: str
    authority: str
    version: str
    as_of: str
    precedence: tuple[Outcome, ...]
    otherwise: Outcome
    titled_tracks: tuple[tuple[str, str], ...]
    extends: tuple[str, ...] = ()
    valid_since: date | Unset | None = None
    note: str = ""
    kind: str = "rotation"
    needs_document: str = ""
    higher_documents: tuple[str, ...] = ()
    higher_source: tuple[str, ...] = ()

    @property
    def tracks(self) -> tuple[str, ...]:
        """The ids of the tracks, in order."""
        return tuple(track for track, _ in self.titled_tracks)

    def track_title(self, track: str) -> str:
        """Return what a track is called; its id where the pack does not say."""
        return dict(self.titled_tracks).get(track, track)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """All items of a pack, by id within their kind, in the order they were written."""

    sources: Mapping[str, Document]
    dates: Mapping[str, DateItem]
    switches: Mapping[str, Switch]
    parameters: Mapping[str, Parameter]
    scales: Mapping[str, Scale] = field(default_factory=none)
    rubrics: Mapping[str, Rubric] = field(default_factory=none)
    entitlements: Mapping[str, Entitlement] = field(default_factory=none)
    gates: Mapping[str, Gate] = field(default_factory=none)
    locks: Mapping[str, Lock] = field(default_factory=none)
    standards: Mapping[str, Standard] = field(default_factory=none)
    facts: Mapping[str, FactItem]
    classes: Mapping[str, ClassItem]
    rules: Mapping[str, Rule]
    quotas: Mapping[str, Quota]
    destinations: Mapping[str, Destination]
    guards: Mapping[str, Guard]
    relations: Mapping[str, Relation]
    arrangements: Mapping[str, Arrangement]
    bodies: Mapping[str, Body]
    selection: Mapping[str, Selection]
    kin_rules: Mapping[str, KinRule]
    planning: Mapping[str, Planning]
    indicators: Mapping[str, Indicator]
    settings: Mapping[str, Settings]
    cast: Mapping[str, CastMember]
    cases: Mapping[str, Case]
    separations: Mapping[str, Separation] = field(default_factory=none)
    steps: Mapping[str, Step] = field(default_factory=none)
    votes: Mapping[str, Vote] = field(default_factory=none)
    rounds: Mapping[str, Round] = field(default_factory=none)
    documents: Mapping[str, Paper] = field(default_factory=none)
    duties: Mapping[str, Duty] = field(default_factory=none)
    events: Mapping[str, EventWord] = field(default_factory=none)
    attendance: Mapping[str, Attendance] = field(default_factory=none)
    workloads: Mapping[str, Workload] = field(default_factory=none)
    appraisals: Mapping[str, Appraisal] = field(default_factory=none)
    consequences: Mapping[str, Consequence] = field(default_factory=none)
    calendars: Mapping[str, CalendarYear] = field(default_factory=none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack with its parents merged in; may hold unset figures and switches (§2).

    Attributes
    ----------
    fingerprint : SHA-256 over the canonical form of the pack and its parents
    warnings : findings of the linter that do not stop the loading
    own : ids of the items that the pack itself writes, its parents' left out
    """

    header: Header
    items: Items
    fingerprint: str
    warnings: tuple[Problem, ...] = ()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPack:
    """A pack for one question: date and settings applied, no choice left in it.

    Conditions hold no ``SwitchTest``; figures are ``Literal``, ``ByFact`` or ``Unset``;
    settings are words or ``Unset``; items whose ``only_if`` fails are gone. Items that test an
    unset switch remain and count as reading it. A parameter has exactly one value: the one in
    force on the date, or ``Unset``.

    Attributes
    ----------
    on : the date of the question (§4)
    year : the programme year: calendar year of the 1 September nearest on or after ``on``
    dates : date id → the day, or ``Unset``
    settings : what was chosen beyond the pack's own text, id → value as text, for the receipt
    """

    header: Header
    items: Items
    fingerprint: str
    on: date
    year: int
    dates: Mapping[str, date | Unset]
    settings: Mapping[str, str]

    def clauses(self, item_source: tuple[str, ...]) -> tuple[Clause, ...]:
        """Return the clauses an item cites, in its order."""
        known = {c.id: c for d in self.items.sources.values() for c in d.clauses}
        return tuple(known[clause] for clause in item_source)

    def figure(self, parameter: str) -> Literal | ByFact | RetirementSchedule | Unset:
        """Return the value of a parameter in force on the date of the question.

        Raises
        ------
        KeyError
            If the pack has no such parameter.
        """
        item = self.items.parameters[parameter]
        value = item.values[0].value
        if isinstance(value, tuple):
            return ByFact(item.by, value)
        return value
