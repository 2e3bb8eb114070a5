"""The items of a policy pack (政策包), typed: one class for each kind of thing a pack states.

Every item knows its id, Chinese title, source clauses and place in the files. Which keys an
item may have in YAML is described in :mod:`junheng.engine.policy.grammar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from junheng.engine.policy.conditions import Condition, Figure, Literal, Setting, Unset
from junheng.errors import PackPlace

NOWHERE = PackPlace("")


class Strength(StrEnum):
    """Three strengths (§6), strongest first."""

    HARD = "hard"
    PRINCIPLE = "principle"
    ENCOURAGED = "encouraged"


class Outcome(StrEnum):
    """What a person is under a pack (名单类别)."""

    OUT_OF_SCOPE = "out_of_scope"
    BARRED = "barred"
    EXEMPT = "exempt"
    DEEMED = "deemed"
    DEFERRED = "deferred"
    SUPERVISED = "supervised"
    DUE = "due"
    MAY = "may"
    NOT_DUE = "not_due"
    UNDECIDED = "undecided"


MOVABLE = (Outcome.DUE, Outcome.MAY, Outcome.SUPERVISED)
"""Only persons with these outcomes may be moved by a plan."""


class IfUnknown(StrEnum):
    """What an unknown fact does to a rule: ask a person, or read as stated (§1)."""

    ASK = "ask"
    TREAT_AS_NO = "treat_as_no"
    TREAT_AS_YES = "treat_as_yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What all items share.

    Attributes
    ----------
    id : kebab-case, unique in the whole pack; cited by objections and audits
    title : Chinese title
    title_en : English title, if given
    source : ids of the clauses the item rests on
    place : file and line
    only_if : the item exists only where this switch test holds
    open_to : levels below that may override it
    in_force : half-open interval in which the item exists; None for always
    """

    id: str
    title: str
    title_en: str = ""
    source: tuple[str, ...] = ()
    place: PackPlace = NOWHERE
    only_if: Condition | None = None
    open_to: tuple[str, ...] = ()
    in_force: tuple[date | None, date | None] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The smallest citable part of a document, restated in our own words."""

    id: str
    at: str
    says: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Item):
    """A policy document (政策文件) with its clauses."""

    issuer: str
    number: str | Unset
    dated: date | str | Unset
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateItem(Item):
    """A day of the programme year, such as the day to which ages are counted.

    ``year`` is ``programme``, ``previous`` or ``next``; ``month_day`` is ``MM-DD``.
    """

    year: str
    month_day: str | Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Item):
    """A reading the text leaves open, with its options; unset until somebody decides.

    Attributes
    ----------
    topic : one of the fixed topics, which give the options
    chosen : the option, or why it is unset
    options : option → Chinese title; given by the topic unless it is ``choice``
    decided_by : who chose
    """

    topic: str
    chosen: str | Unset
    options: tuple[tuple[str, str], ...] = ()
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RetirementStep:
    """How the statutory age of one retirement kind rises with the month of birth.

    Born before ``first_birth``: ``base_years``. Born in or after it: one month later for each
    ``step_months`` begun since then, at most ``cap_months``.

    Attributes
    ----------
    kind : word of the code list ``retirement_kind``
    base_years : age in completed years
    first_birth : year and month; None where the age does not rise
    step_months, cap_months : months; 0 where the age does not rise
    """

    kind: str
    base_years: int
    first_birth: tuple[int, int] | None = None
    step_months: int = 0
    cap_months: int = 0


@dataclass(frozen=True, slots=True)
class RetirementSchedule:
    """The statutory retirement ages (法定退休年龄表), one step for each retirement kind."""

    steps: tuple[RetirementStep, ...]

    def step(self, kind: str) -> RetirementStep | None:
        """Return the step of one retirement kind; None if the schedule has none."""
        return next((step for step in self.steps if step.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a parameter, in force from ``since`` (None: always) until the next.

    ``value`` is a literal, one literal for each word of ``by``, or a retirement schedule.
    """

    since: date | Unset | None
    value: Literal | tuple[tuple[str, Literal], ...] | RetirementSchedule | Unset
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Item):
    """A figure with its history; ``by`` names the coded fact or class it differs by, or ''."""

    unit: str
    by: str = ""
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem(Item):
    """A registered fact measured as this pack says.

    Attributes
    ----------
    origin : name of the registered fact (``from:`` in YAML)
    settings : setting name → word, list of words, figure or switch reference
    on : id of the date it is taken at; empty for the pack's as-of date
    """

    origin: str
    settings: tuple[tuple[str, FactSetting], ...] = ()
    on: str = ""


FactSetting = Setting | Figure | tuple[tuple[str, Setting], ...]
"""A word, a list of words (Literal), a figure, or one word per kind (``spells``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassItem(Item):
    """A class of persons, units or moves; ``of`` is ``person``, ``unit`` or ``placement``."""

    of: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a rule needs on record: evidence, application, approval, publicity, decision.

    Attributes
    ----------
    kind : ``evidence``, ``application``, ``approval``, ``publicity`` or ``decision``
    bodies : who approves or decides, in order; for evidence, who may issue it
    what : kind of evidence, or where it is publicised
    days : length of publicity, in days
    only_for : the requirement applies only where this holds
    """

    kind: str
    bodies: tuple[str, ...] = ()
    what: str = ""
    days: Figure | None = None
    only_for: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a deferral may last in all."""

    at_most: Figure
    counted: str
    starts: str
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Item):
    """A condition with an effect on persons.

    The rule's truth is ``who and when and not unless`` with its requirements.
    """

    effect: Outcome
    strength: Strength
    when: Condition
    who: Condition | None = None
    unless: Condition | None = None
    track: str = ""
    if_unknown: IfUnknown
    unknown_because: str = ""
    requires: tuple[Requirement, ...] = ()
    if_unmet: str = ""
    limit: Limit | None = None
    private: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom a quota counts.

    Attributes
    ----------
    among : ``staff``, ``full_time``, ``meeting_conditions``, ``due``, ``movers``,
        ``movers_and_volunteers``, ``movers_and_serving``, ``serving``
    who : of these, only those for whom it holds
    arrangement : of the movers, only those under one of these forms
    """

    among: Setting
    who: Condition | None = None
    arrangement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number, a share of a population (exact, §5), or a number issued by hand."""

    number: Figure | None = None
    share: Figure | None = None
    of: Population | None = None
    issued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Item):
    """How many must or may be exchanged (指标).

    Attributes
    ----------
    relation : ``at_least``, ``at_most`` or ``exactly``
    per : ``county``, ``unit``, ``zone``, ``subject`` …; one bound for each combination
    rounding : ``up``, ``down``, ``nearest``, ``exact``, or ``none`` for numbers
    units : only cells of these units
    part_of : the quota this one is a part of
    """

    strength: Strength
    count: Population
    relation: str
    bound: Bound
    per: tuple[str, ...]
    each: str
    rounding: Setting
    units: Condition | None = None
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Item):
    """Where those ``who`` is about must, must not, or preferably go."""

    strength: Strength
    who: Condition | None = None
    where: Condition | None = None
    must: Condition | None = None
    must_not: Condition | None = None
    prefer: Condition | None = None
    override_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Item):
    """What the staffing after the plan must never show."""

    strength: Strength
    never: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Item):
    """Who holds five relations during a move: ``origin``, ``host`` or ``moves``."""

    strength: Strength
    personnel: str
    establishment: str
    pay: str
    performance_pay: str
    appraisal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement(Item):
    """A form of exchange (交流形式); a move takes the first in order whose conditions hold.

    Attributes
    ----------
    moves : which moves it is for; None for any
    tracks : which tracks it is for; empty for any
    length_relation : ``exactly`` or ``at_least``
    length : years; for ``exactly`` it gives the end of the move
    relation : id of the relation; ``moves`` as its personnel pointer means the person transfers
    full_time : part-time forms are arranged by hand, not by the planner
    """

    decided_by: tuple[str, ...] = ()
    moves: Condition | None = None
    tracks: tuple[str, ...] = ()
    length_relation: str = ""
    length: Figure | None = None
    relation: Setting = ""
    full_time: bool = True
    counts_as_exchange: Setting = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Item):
    """Somebody who acts or decides (机构); ``members`` are the accepted names, or unset."""

    members: tuple[str, ...] | Unset = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning(Item):
    """What the planner needs beyond the rules (编制方案), all decided by the authority.

    Attributes
    ----------
    start : id of the date on which moves begin
    duties : track → ``everyone`` (each due person not moved is an unmet obligation) or
        ``quota`` (only the quotas oblige)
    in_post : in-post statuses that count for staffing and may be moved
    neighbouring_subjects : pairs (own, taught) beyond the main subject; strict when empty
    leavers_at_most : upper limit on those who leave a unit, with its rounding; required
    leavers_rounding : ``up``, ``down`` or ``nearest``
    wish_costs : cost of a listed wish by rank, the first entry being rank 1
    elsewhere_cost, kept_cost, unasked_cost : cost of an applicant sent to a unit not listed,
        of an applicant who stays, and of anyone else who moves
    forms : ids of the arrangements the planner may use, in order of rank
    counted_at : ``host`` or ``origin``: where a temporary exchangee counts for balance
    balance_of : the class counted by the balance objective (backbone teachers)
    objectives : in order; of ``unmet_obligations``, ``balance``, ``wishes``, ``travel``
    """

    start: str
    duties: tuple[tuple[str, str], ...]
    in_post: tuple[str, ...]
    neighbouring_subjects: tuple[tuple[str, str], ...]
    leavers_at_most: Bound
    leavers_rounding: Setting
    wish_costs: Figure
    elsewhere_cost: Figure
    kept_cost: Figure
    unasked_cost: Figure
    forms: tuple[str, ...]
    counted_at: Setting
    balance_of: Condition
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Item):
    """A rate that is reported and, where ``at_least`` is given, compared (national rates)."""

    count: Population
    of: Population
    per: tuple[str, ...]
    at_least: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Item):
    """Local decisions: switch, parameter, date or body id → value as written.

    A shipped example county uses one item with id ``chosen``, which applies always; others are
    for cases only.
    """

    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember(Item):
    """A base person for cases; facts not given are unknown."""

    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Item):
    """A worked example, run as a test of the pack; ``settings``: values, or a settings id."""

    settings: tuple[tuple[str, object], ...] | str
    on: date | None
    person: tuple[tuple[str, object], ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    expect: tuple[tuple[str, object], ...]
    cites: str = ""
