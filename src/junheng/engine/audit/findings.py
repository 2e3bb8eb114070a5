"""What an audit says: violations with their arithmetic, and the tables that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from junheng.engine.balance.rates import Rate
from junheng.engine.balance.report import BalanceReport
from junheng.engine.plans.plan import PassedOver, Unmet
from junheng.engine.policy.items import Strength
from junheng.errors import Problem, Severity

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of a rule or of a structural truth.

    Attributes
    ----------
    code : what is wrong; the key of its wording
    rule : id of the rule, quota, destination, guard … that is broken; empty for truths that
        no pack need state
    clauses : ids of the clauses the rule rests on
    persons, units : whom and what it concerns, by id
    values : the arithmetic and what else the wording names
    overridden : a principle lifted by a recorded decision
    private : the rule rests on health, family or investigation; neither its id nor its title
        leaves the engine, only the clause (§12)
    """

    code: str
    strength: Strength = Strength.HARD
    rule: str = ""
    clauses: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    overridden: bool = False
    private: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the plan may not stand as it is."""
        return self.strength is Strength.HARD or not self.overridden

    @property
    def problem(self) -> Problem:
        """The violation as a problem, for the message catalogues."""
        values = {
            "rule": "" if self.private else self.rule,
            "clauses": "、".join(self.clauses),
            "person": "、".join(self.persons),
            "unit": "、".join(self.units),
            **self.values,
        }
        severity = Severity.ERROR if self.blocks else Severity.WARNING
        return Problem(self.code, severity, None, values)


PAIRED = "–"
"""Stands between the two units by which a cell names a pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """One quota in one cell (指标表).

    Attributes
    ----------
    cell : one word for each dimension of ``per``
    share, base : share and denominator; None where a number is stated or issued
    exact : the exact product, or the number
    bound : after rounding
    owed : the floor owed so far; the bound, but for a quota reached over several years
    phase : year and number of years of such a quota, else None
    reached : persons counted
    unknown, unknown_base : persons who may count too, above and below the line
    """

    id: str
    title: str
    strength: Strength
    relation: str
    per: tuple[str, ...]
    cell: tuple[str, ...]
    share: Fraction | None
    base: int | None
    exact: Fraction
    rounding: str
    bound: int
    reached: int
    unknown: int
    unknown_base: int
    owed: int
    phase: tuple[int, int] | None = None

    @property
    def unit(self) -> str:
        """The unit the cell is of, or the side of a pair; empty for cells of no one unit."""
        place = dict(zip(self.per, self.cell, strict=True))
        return place.get("unit") or place.get("side") or ""

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        return not self.shortfall and not self.excess

    @property
    def shortfall(self) -> int:
        """How many are missing to a floor; 0 for caps."""
        return 0 if self.relation == "at_most" else max(0, self.owed - self.reached)

    @property
    def excess(self) -> int:
        """How many are above a cap; 0 for floors."""
        return 0 if self.relation == "at_least" else max(0, self.reached - self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverQuota:
    """One arrival above a limit of the post structure that a guard excepts (超岗聘用)."""

    guard: str
    person_id: str
    unit_id: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingLine:
    """Staff of one cell before and after: a subject of a stage, or a leadership role.

    ``required`` and ``established`` are None where no post is stated.
    """

    unit_id: str
    stage: str
    subject: str
    role: str
    required: int | None
    established: int | None
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentLine:
    """Persons on the establishment of a unit; with ``band``, those of one title band."""

    unit_id: str
    band: str
    approved: int | None
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveLine:
    """An objective recomputed, beside what the plan states (None: nothing).

    ``value`` is None where a position is missing and travel cannot be measured.
    """

    id: str
    value: int | None
    stated: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenLine:
    """Who bears the burden: staff, movable and moved of one group.

    ``kind`` is ``age``, ``sex``, ``unit`` or ``title``; ``group`` its word, empty if unknown.
    """

    kind: str
    group: str
    staff: int
    movable: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What came of the movers of a group.

    Attributes
    ----------
    ranks : movers sent to their first wish, their second …; as long as the longest list granted
    elsewhere : applicants sent to a unit they did not list
    unasked : movers who had not applied
    before : movers with an exchange on record that began earlier
    metres : mean great-circle distance; None where a position is missing
    """

    ranks: tuple[int, ...]
    elsewhere: int
    unasked: int
    before: int
    metres: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessLine:
    """One group, or several small ones put together.

    Attributes
    ----------
    kind : ``all``, ``age``, ``sex``, ``unit``, ``title``, ``office`` or ``subject``
    groups : words of the roster, sorted; an empty word where the roster leaves it blank
    staff, movable, moved : counted persons, those who may be moved, those who are
    applied : of the movable, those with a ranked wish
    granted : None where it is withheld, or nobody moves
    """

    kind: str
    groups: tuple[str, ...]
    staff: int
    movable: int
    moved: int
    applied: int
    granted: Granted | None

    @property
    def share(self) -> Fraction | None:
        """The movers among the movable; None where nobody is movable."""
        return Fraction(self.moved, self.movable) if self.movable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The answer of the auditor (审核结果).

    Attributes
    ----------
    unit_names : unit id → what the unit is called
    """

    unit_names: Mapping[str, str]
    violations: tuple[Violation, ...]
    quotas: tuple[QuotaLine, ...]
    staffing: tuple[StaffingLine, ...]
    establishment: tuple[EstablishmentLine, ...]
    structure: tuple[EstablishmentLine, ...]
    unmet: tuple[Unmet, ...]
    passed_over: tuple[PassedOver, ...]
    over_quota: tuple[OverQuota, ...]
    objectives: tuple[ObjectiveLine, ...]
    balance: BalanceReport
    burden: tuple[BurdenLine, ...]
    fairness: tuple[FairnessLine, ...]
    rates: tuple[Rate, ...]
    notes: tuple[Problem, ...]

    @property
    def clean(self) -> bool:
        """Whether there is no hard violation and no principle that nobody lifted."""
        return not any(violation.blocks for violation in self.violations)
