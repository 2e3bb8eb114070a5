"""Where a programme stands: immutable, and nothing in it that its events do not give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from junheng.engine.programme.deadlines import Deadline
from junheng.engine.programme.events import Actor, Issued

FactValue = Fraction | date | str | bool | tuple[str, ...]
"""A known value of a fact; what is not there is unknown (§1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person as the programme knows them from screening.

    Attributes
    ----------
    facts : registered fact, or fact of the pack → value; unknown ones are left out
    rules, classes : rule or class of persons → whether it holds; unknown ones are left out
    locks : lock (服务期) that binds the person → the day it began; None: not known
    """

    id: str
    unit: str
    outcome: str = ""
    track: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    rules: Mapping[str, bool] = field(default_factory=dict)
    classes: Mapping[str, bool] = field(default_factory=dict)
    locks: Mapping[str, date | None] = field(default_factory=dict)


class Standing(StrEnum):
    """How far a step is, for one subject."""

    OPEN = "open"
    POSTED = "posted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"


@dataclass(frozen=True, slots=True, order=True)
class SentCopy:
    """Copies of a document on record with one recipient."""

    document: str
    to: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is on record of one step for one subject.

    Attributes
    ----------
    on : the day it was opened, posted, submitted, returned or done, as ``standing`` says
    by : who did that
    signed : bodies that signed or approved, with who and when; in order of body
    copies : what was sent, in order
    passed : votes that passed
    issued : figures given out in it
    late : it was done after its deadline
    """

    standing: Standing
    on: date
    by: Actor
    signed: tuple[tuple[str, date, str], ...] = ()
    copies: tuple[SentCopy, ...] = ()
    passed: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    together_with: tuple[str, ...] = ()
    issued: tuple[Issued, ...] = ()
    late: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.standing is Standing.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection in the register, and its answer."""

    step: str
    subject: str
    on: date
    answered: date | None = None
    upheld: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """Days away, ``[since, until)``."""

    since: date
    until: date
    excused: bool
    kind: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """Work recorded on a day."""

    on: date
    kind: str
    times: int


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    """A grade of an appraisal for the period begun on ``since``; ``by`` the body."""

    since: date
    appraisal: str
    grade: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that happened: recorded by a body, or raised by an item of the pack."""

    on: date
    event: str
    raised_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One person's exchange with its history; tuples are sorted."""

    person: str
    origin: str
    host: str
    arrangement: str
    since: date
    until: date | None = None
    report_by: date | None = None
    earlier: tuple[tuple[date, date], ...] = ()
    reported_on: date | None = None
    absences: tuple[Absence, ...] = ()
    work: tuple[Work, ...] = ()
    observed: tuple[tuple[str, date, Fraction | bool], ...] = ()
    grades: tuple[Grade, ...] = ()
    ended_on: date | None = None
    successor: str = ""


class Effect(StrEnum):
    """How far a proposed act is (§13)."""

    PROPOSED = "proposed"
    EFFECTIVE = "effective"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An act that the pack provides for, and what a person decided about it.

    Attributes
    ----------
    id : consequence, person, trigger and place among the acts
    matters : what a ban is from, or what may be chosen
    since, until : half-open; ``until`` None where the text states no end
    figures : further numbers, such as the new post grade
    remark : code of a remark, such as ``no-lower-grade``
    to : bodies concerned
    source : clauses
    """

    id: str
    consequence: str
    act: str
    person: str
    on: date
    trigger: str
    effect: Effect = Effect.PROPOSED
    matters: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    starts: str = ""
    figures: tuple[tuple[str, Fraction], ...] = ()
    remark: str = ""
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    decided_by: str = ""
    decider: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post of a unit with so many places to fill."""

    unit: str
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Hired:
    """In which round somebody got which post."""

    round: str
    post: str


StepKey = tuple[str, str]
"""Step and subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A programme on one day.

    Attributes
    ----------
    programme, year : id and programme year
    day : the day of the latest event
    members, units : who takes part, with what screening knew; fixed for the programme
    unit_classes : unit → class of units → whether it belongs to it, where screening knew
    records : step and subject → what is on record
    placements : person → placement
    findings : person → what was recorded of them or raised, sorted
    objections : number in the register → objection
    proposals : id → act
    composed : body and unit → what its members stand for
    people : body that must not mix with another → ids of who belongs to it or acted for it
    submitted : duty, subject and period done
    zones : unit → its zone, where known; fixed for the programme
    posts : post → unit and places
    entries : round and person → posts in order of preference
    held : round and unit or zone → the day it was held
    hired : person → round and post
    left : person whom no round placed → ``wait`` or ``stay``
    reserves : round and post → who wished for it and did not get it, first first
    earlier : step → the day it was last done in a programme before this one
    """

    programme: str
    year: int
    day: date
    members: Mapping[str, Member] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, FactValue]] = field(default_factory=dict)
    unit_classes: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    records: Mapping[StepKey, Record] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    composed: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    submitted: frozenset[tuple[str, str, str]] = frozenset()
    zones: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    entries: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    held: Mapping[tuple[str, str], date] = field(default_factory=dict)
    hired: Mapping[str, Hired] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    reserves: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, date] = field(default_factory=dict)

    def record(self, step: str, subject: str) -> Record | None:
        """Return what is on record of a step for a subject."""
        return self.records.get((step, subject))

    def with_record(self, step: str, subject: str, record: Record) -> State:
        """Return the state with one record put in place."""
        return replace(self, records={**self.records, (step, subject): record})

    def with_placement(self, placement: Placement) -> State:
        """Return the state with one placement put in place."""
        return replace(self, placements={**self.placements, placement.person: placement})

    def with_findings(self, person: str, found: Iterable[Finding]) -> State:
        """Return the state with findings on a person added."""
        added = tuple(sorted({*self.findings.get(person, ()), *found}))
        return replace(self, findings={**self.findings, person: added})

    def with_proposals(self, proposals: Iterable[Proposal]) -> State:
        """Return the state with proposals added or changed."""
        added = {each.id: each for each in proposals}
        return replace(self, proposals={**self.proposals, **added}) if added else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something somebody must do.

    Attributes
    ----------
    item : id of the step, duty or consequence it comes from
    title : its Chinese title
    who : body or ``person``
    subject : unit or person it concerns; empty: the whole programme
    by : by when; None where the text states no time
    period : the round of a duty that comes round, as ``Submitted`` names it; empty otherwise
    source : clauses
    """

    item: str
    title: str
    who: tuple[str, ...]
    subject: str = ""
    by: Deadline | None = None
    period: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an event cannot be now.

    Attributes
    ----------
    gate : code of the gate
    item : id of the item that refuses
    missing : what is missing, as words or ids
    possible_from : the first day on which it would be possible, where that is known
    source : clauses
    """

    gate: str
    item: str
    title: str = ""
    missing: tuple[str, ...] = ()
    possible_from: date | None = None
    source: tuple[str, ...] = ()
