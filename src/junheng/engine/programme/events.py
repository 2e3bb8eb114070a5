"""What can happen in a programme: dated events by named actors, in one closed union.

An event says what was done, never what follows; what follows is derived
(:mod:`junheng.engine.programme.advancing`). Persons and units are named by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """Who acts.

    Attributes
    ----------
    person : id of the person who acts
    body : id of the body of the pack for which they act; ``person``: for themselves
    unit : the unit whose body it is, where each unit has one
    delegated_by : id of the person in whose place they act; empty: in their own right
    """

    person: str
    body: str
    unit: str = ""
    delegated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What all events share: the day and who did it."""

    on: date
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEvent(Happened):
    """An event of a step; ``subject`` is the unit or person it was done for, or empty."""

    step: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(StepEvent):
    """A step was begun."""


@dataclass(frozen=True, slots=True, order=True)
class Issued:
    """A figure that a step gave out; ``unit`` where it is one unit's share of a total."""

    parameter: str
    unit: str
    number: Fraction


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """So many places of a post in a unit, offered."""

    post: str
    unit: str
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Points of a person by a rubric."""

    rubric: str
    person: str
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(StepEvent):
    """A step was done: surveyed, declared, nominated, talked, handed over, reported in ….

    Attributes
    ----------
    states : names of the fields that were stated
    together_with : other steps done in the same meeting
    accompanied_by : bodies of those who went along, one for each person
    names : ids of the persons listed
    amounts : what each person had: minutes, letters, times
    issued : figures given out
    offers : posts that are filled in rounds
    """

    states: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    amounts: tuple[Fraction, ...] = ()
    issued: tuple[Issued, ...] = ()
    offers: tuple[Offer, ...] = ()
    together_with: tuple[str, ...] = ()
    accompanied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(StepEvent):
    """A notice was published; its days run from here.

    ``names``: ids of those listed; ``offers``: posts that are filled in rounds.
    """

    states: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(StepEvent):
    """Somebody objected to a notice; ``objection`` is the number in the register."""

    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Happened):
    """An objection was answered; ``upheld``: the notice must be put right and posted anew."""

    objection: str
    upheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(StepEvent):
    """A vote was taken and counted, or one ballot that names posts was handed in.

    Attributes
    ----------
    entitled, present : persons
    grades : grade → number of ballots
    choices : how many posts a ballot names
    own : somebody voted on themselves
    """

    vote: str
    entitled: int = 0
    present: int = 0
    grades: tuple[tuple[str, int], ...] = ()
    choices: int = 0
    signed: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(StepEvent):
    """A body approved or signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(StepEvent):
    """A body sent it back; the actor must do it again."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(StepEvent):
    """Copies of a document went to a recipient (filed, reported, handed out)."""

    document: str
    to: str
    copies: int = 1
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Happened):
    """A person entered a round of a matching, with posts in order of preference."""

    step: str
    round: str
    person: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHeld(Happened):
    """A round of a matching was held.

    Attributes
    ----------
    subject : unit or zone for which it was held; empty: for all
    scores : of the entrants, by the rubrics that order them
    orders : post → whom it accepts, best first, where both sides choose
    places : person and post, where somebody decides
    tie_order : those with equal scores, first first, where a panel orders them
    seed : published seed of a draw
    """

    step: str
    round: str
    subject: str = ""
    scores: tuple[Score, ...] = ()
    orders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    tie_order: tuple[str, ...] = ()
    seed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed(Happened):
    """The members of a body were recorded, by what they stand for (政工、纪检 …).

    ``people``: their ids, where somebody must not sit in two bodies at once.
    """

    body: str
    unit: str = ""
    members: tuple[str, ...]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEvent(Happened):
    """An event of one person's placement."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(PersonEvent):
    """A placement took effect by the decision of a named person (§13).

    Attributes
    ----------
    arrangement : form of exchange
    since, until : half-open; ``until`` None: no end stated
    report_by : last day to report in; None: the first day of service
    earlier : spells of earlier service, half-open, that count together with this one
    """

    origin: str
    host: str
    arrangement: str
    since: date
    until: date | None = None
    report_by: date | None = None
    earlier: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIn(PersonEvent):
    """The person reported for duty (报到)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent(PersonEvent):
    """The person was away: ``[since, until)``; ``kind`` of leave where there was one."""

    since: date
    until: date
    excused: bool
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked(PersonEvent):
    """Work was recorded, so many times of a kind (听评课、示范课 …)."""

    kind: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed(PersonEvent):
    """A figure of the placement was recorded, such as ``lessons_at_origin``."""

    fact: str
    value: Fraction | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised(PersonEvent):
    """A grade was given for a period that began on ``since``."""

    appraisal: str
    grade: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(PersonEvent):
    """A body found that something happened: an engine word or an event of the pack.

    ``reason``: of leaving, a word of the locks' ``excused``; empty: for reasons of one's own.
    """

    event: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(PersonEvent):
    """The placement was prolonged to end before ``until``."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced(PersonEvent):
    """Another person takes over; this one's placement ends."""

    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(PersonEvent):
    """Service, or a year of it, came to its end; ``year`` 0: the whole service."""

    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Happened):
    """A duty that comes round was done for a subject and a period (2025-09, 2025-2 …)."""

    duty: str
    subject: str
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Happened):
    """A proposed act was decided; only now it takes effect (§13).

    ``until`` gives the end of a ban whose length the text leaves open.
    """

    act: str
    agreed: bool
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose(Happened):
    """The person chose among what an act offers."""

    act: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPassed(Happened):
    """A day is over; what fell due by it is looked at."""


Event = (
    Opened
    | Done
    | Posted
    | Objected
    | Replied
    | Voted
    | Approved
    | Returned
    | Sent
    | Entered
    | RoundHeld
    | Composed
    | Placed
    | ReportedIn
    | Absent
    | Worked
    | Observed
    | Appraised
    | Recorded
    | Extended
    | Replaced
    | Ended
    | Submitted
    | Decided
    | Chose
    | DayPassed
)
