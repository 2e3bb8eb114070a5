"""What a rule requires on record before it holds: evidence, approvals, publicity, application.

A ground (情形) counts only with what is required of it: each record of a circumstance is judged
by itself, and the leaf that asks for the circumstance is answered together with that judgement.
Blank entries are unknown, 不同意 and evidence from others than the accepted bodies are no.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import polars as pl

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Figure,
    Literal,
    RuleTest,
    Unset,
)
from junheng.engine.policy.items import Limit, Requirement, Rule, Strength
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening import days
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.circumstances import when_held
from junheng.engine.screening.facts.measure import Gap, bug, day_of, measure_of
from junheng.engine.screening.facts.records import Records, answered, in_force, marked
from junheng.engine.screening.facts.wishes import APPLICATION, wishes
from junheng.engine.screening.kleene import Mask, Whole, all_yes, certain, every, negated, some
from junheng.engine.screening.verdicts import Truth

OWN_SCHOOL = "own-unit"
"""Body whose opinion is the school's; every other body's opinion is the bureau's."""
AGREED, REFUSED = "同意", "不同意"
OVERRIDE = "例外批准"
RECOGNISED, DECLINED = "认定", "不予认定"
_OPINIONS = ("recommendation", "approval", "decision")
_MONTHS = 12
_SCHOOL_YEAR_OPENS = 9
_APPLIED = FactTest("applied", (Comparison(Comparator.IS, Literal((True,))),))


def leaves(pack: ResolvedPack, condition: Condition | None) -> Iterator[FactTest]:
    """Yield the fact tests of a condition that no ``not`` stands before, classes included."""
    match condition:
        case FactTest():
            yield condition
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(pack, part)
        case ClassTest(klass):
            yield from leaves(pack, pack.items.classes[klass].when)
        case RuleTest(rule):
            yield from leaves(pack, pack.items.rules[rule].when)
        case _:
            return


def circumstance_leaves(pack: ResolvedPack, condition: Condition | None) -> list[FactTest]:
    """Return the leaves that ask whether a circumstance is in force."""
    yes = Literal((True,))
    return [
        leaf
        for leaf in leaves(pack, condition)
        if measure_of(pack, leaf.fact).name == "circumstance"
        and all(each.figure == yes for each in leaf.comparisons)
    ]


def grounds_of(evaluation: RosterEvaluation, rule: Rule) -> dict[FactTest, Truth]:
    """Answer the circumstances a rule rests on together with what it requires of each."""
    pack = evaluation.pack
    if not rule.requires and rule.limit is None:
        return {}
    tests = circumstance_leaves(pack, rule.when)
    return {leaf: _with_requirements(evaluation, rule, leaf) for leaf in tests}


def person_requirements(evaluation: RosterEvaluation, rule: Rule) -> list[Truth]:
    """Answer the requirements of a rule that rests on no circumstance, for every person."""
    if circumstance_leaves(evaluation.pack, rule.when):
        return []
    applications = [each for each in rule.requires if each.kind == "application"]
    opinions = [each for each in rule.requires if each.kind in _OPINIONS]
    further = [
        each for each in rule.requires if each not in applications and each not in opinions
    ]
    found = []
    if applications:
        found = [_applied(evaluation, rule, opinions)]
    elif opinions:
        found = [_decided(evaluation, rule)]
    return found + [_only_for(evaluation, each) for each in further]


def asks_to_apply(rule: Rule) -> bool:
    """Return whether a rule requires an application."""
    return any(each.kind == "application" for each in rule.requires)


def _with_requirements(evaluation: RosterEvaluation, rule: Rule, leaf: FactTest) -> Truth:
    ground, pack = evaluation.ground, evaluation.pack
    measure = measure_of(pack, leaf.fact)
    kinds = measure.words("kinds")
    records = in_force(ground, "circumstances", "circumstance", kinds, when_held(measure))
    size = len(records.row)
    met = [_required(evaluation, each, leaf, records) for each in rule.requires]
    if rule.limit is not None:
        met.append(_within(evaluation, rule.limit, rule, records, measure.day))
    held = Truth(records.certain, ~records.certain)
    judged = every([held, *met], size)
    closed = ground.closed("circumstances", kinds, measure.on)
    if leaf.fact in evaluation.given:
        nothing = np.zeros_like(closed)
        met_by = answered(
            records, judged.yes, judged.unknown, marked(records.owner, len(closed))
        )
        return every([evaluation.persons(leaf), met_by], len(nothing))
    return answered(records, judged.yes, judged.unknown, closed)


def _required(
    evaluation: RosterEvaluation, requirement: Requirement, leaf: FactTest, records: Records
) -> Truth:
    """Judge one requirement for each record of a circumstance."""
    size = len(records.row)
    only_for = requirement.only_for
    named = circumstance_leaves(evaluation.pack, only_for)
    if named and leaf not in named:
        return all_yes(size)
    met = _on_record(evaluation, requirement, records)
    if only_for is None or named:
        return met
    concerned = evaluation.persons(only_for)
    here = Truth(concerned.yes[records.owner], concerned.unknown[records.owner])
    return some([met, negated(here)], size)


def _on_record(
    evaluation: RosterEvaluation, requirement: Requirement, records: Records
) -> Truth:
    rows = evaluation.roster["circumstances"][records.row]
    day = days.number(day_of(evaluation.pack, ""))
    match requirement.kind:
        case "evidence":
            members = _members(evaluation.pack, requirement)
            issuer = rows["issuer"]
            blank = issuer.is_null().to_numpy()
            accepted = issuer.is_in(members).fill_null(value=False).to_numpy()
            return Truth(accepted if members else ~blank, blank)
        case "recommendation" | "approval" | "decision":
            opinions = every(
                (_opinion(rows[_column(body)]) for body in requirement.bodies), len(rows)
            )
            later = days.day_numbers(rows["approved_on"], days.NEVER) > day
            return Truth(opinions.yes & ~later, opinions.unknown | (opinions.yes & later))
        case "publicity":
            since = days.day_numbers(rows["publicised_since"], days.FOREVER)
            until = days.day_numbers(rows["publicised_until"], days.FOREVER)
            lasted = np.minimum(until, day) - since >= _days(requirement)
            return Truth(lasted, ~lasted)
        case "application":
            applied = evaluation.persons(_APPLIED)
            return Truth(applied.yes[records.owner], applied.unknown[records.owner])
        case "consent" | "reason" | "agreement":
            nothing = np.zeros(len(rows), dtype=np.bool_)
            return Truth(nothing, ~nothing)
    raise bug(requirement.kind)


def _within(
    evaluation: RosterEvaluation, limit: Limit, rule: Rule, records: Records, day: int
) -> Truth:
    """Judge whether each record lies within the time that the rule may be used in all.

    The time runs from the first approval of all records of the same kinds where it is counted
    cumulatively, else from each record's own; where no approval is dated, from the start of the
    record. Whoever has an override of a limit of principle is within it.
    """
    ground = evaluation.ground
    table = ground.roster["circumstances"]
    approved = days.day_numbers(table["approved_on"], days.FOREVER)
    start = approved[records.row]
    if limit.counted == "cumulative":
        kinds = table["circumstance"][records.row].unique().to_list()
        owner = ground.owners_of("circumstances")
        alike = table["circumstance"].is_in(kinds).fill_null(value=False).to_numpy()
        first = np.full(ground.persons.height, days.FOREVER)
        rows = alike & (owner >= 0)
        np.minimum.at(first, owner[rows], approved[rows])
        start = first[records.owner]
    since = days.day_numbers(table["since"], day)[records.row]
    begins = np.where(start < days.FOREVER, start, since)
    if limit.starts == "school_year":
        begins = _next_school_year(begins)
    months = np.full(len(begins), int(_figure(limit.at_most) * _MONTHS))
    inside = days.plus_months(begins, months) > day
    return certain(inside | _overridden(evaluation, rule, limit)[records.owner])


def _overridden(evaluation: RosterEvaluation, rule: Rule, limit: Limit) -> Mask:
    """Return for whom a recorded override lifts a limit of principle."""
    size = evaluation.ground.persons.height
    rows = evaluation.roster["decisions"].filter(
        pl.col("decision_kind") == OVERRIDE, pl.col("rule_id") == rule.id
    )
    if limit.strength is Strength.HARD or not rows.height:
        return np.zeros(size, dtype=np.bool_)
    lifted = np.zeros(size, dtype=np.bool_)
    owner = evaluation.ground.owners(rows["person_id"])
    lifted[owner[owner >= 0]] = True
    everywhere = rows["person_id"].is_null() & rows["unit_id"].is_null()
    units = evaluation.ground.unit_column(rows["unit_id"])
    of_unit = units[(units >= 0) & rows["person_id"].is_null().to_numpy()]
    lifted |= np.isin(evaluation.ground.own_unit, of_unit) | bool(everywhere.any())
    return lifted


def _applied(evaluation: RosterEvaluation, rule: Rule, opinions: list[Requirement]) -> Truth:
    """Judge applications: entered, and agreed to by everybody who has to."""
    ground = evaluation.ground
    on = day_of(evaluation.pack, "")
    records = wishes(ground, APPLICATION, on, _matters(evaluation.pack, rule))
    rows = evaluation.roster["wishes"][records.row]
    bodies = [body for each in opinions for body in each.bodies]
    for_it = Truth(records.certain, ~records.certain)
    said = [_opinion(rows[_column(body)]) for body in bodies]
    judged = every([for_it, *said], rows.height)
    if "applied" in evaluation.given:
        size = ground.persons.height
        opinion = answered(records, judged.yes, judged.unknown, marked(records.owner, size))
        return every([evaluation.persons(_APPLIED), opinion], size)
    closed = ground.closed("wishes", (APPLICATION,), on)
    return answered(records, judged.yes, judged.unknown, closed)


def _decided(evaluation: RosterEvaluation, rule: Rule) -> Truth:
    """Judge what was decided of each person under a rule that rests on no record of its own.

    Where nothing is recorded the decision may still come, unless the person's unit declared
    the decisions complete; both ways at once is unknown.
    """
    ground, day = evaluation.ground, days.number(day_of(evaluation.pack, ""))
    rows = evaluation.roster["decisions"]
    owner = ground.owners(rows["person_id"])
    here = rows["rule_id"].eq(rule.id).fill_null(value=False).to_numpy() & (owner >= 0)
    here &= days.day_numbers(rows["decided_on"], days.NEVER) <= day
    recognised, declined = (
        marked(owner[here & rows["decision_kind"].eq(kind).to_numpy()], ground.persons.height)
        for kind in (RECOGNISED, DECLINED)
    )
    closed = ground.closed("decisions", (), day_of(evaluation.pack, ""))
    return Truth(recognised & ~declined, (recognised == declined) & (recognised | ~closed))


def _matters(pack: ResolvedPack, rule: Rule) -> tuple[str, ...]:
    """Return what the applications that a rule asks for are about; empty for anything."""
    tests = [leaf for leaf in leaves(pack, rule.when) if leaf.matter]
    measures = [measure_of(pack, leaf.fact, leaf.matter) for leaf in tests]
    named = [m for each in measures if each.name == "applied" for m in each.matters]
    return tuple(dict.fromkeys(named))


def _only_for(evaluation: RosterEvaluation, requirement: Requirement) -> Truth:
    """Return unknown where something is required that no table records, else yes."""
    size = evaluation.ground.persons.height
    nothing = np.zeros(size, dtype=np.bool_)
    if requirement.only_for is None:
        return Truth(nothing, ~nothing)
    return some(
        [Truth(nothing, ~nothing), negated(evaluation.persons(requirement.only_for))], size
    )


def _opinion(series: pl.Series) -> Truth:
    agreed = series.eq(AGREED).fill_null(value=False).to_numpy()
    return Truth(agreed, series.is_null().to_numpy())


def _column(body: str) -> str:
    return "school_approval" if body == OWN_SCHOOL else "bureau_approval"


def _members(pack: ResolvedPack, requirement: Requirement) -> tuple[str, ...]:
    found: list[str] = []
    for body in requirement.bodies:
        members = pack.items.bodies[body].members
        if isinstance(members, Unset):
            raise bug(body)
        found += members
    return tuple(found)


def _days(requirement: Requirement) -> int:
    return 0 if requirement.days is None else int(_figure(requirement.days))


def _figure(figure: Figure) -> Fraction:
    if isinstance(figure, Literal) and isinstance(figure.values[0], Fraction):
        return figure.values[0]
    raise bug(type(figure).__name__)


def _next_school_year(day: Whole) -> Whole:
    """Return the 1 September on or after each day."""
    month = days.months(day - 1) + 1 - (_SCHOOL_YEAR_OPENS - 1)
    return days.month_starts(-(-month // _MONTHS) * _MONTHS + _SCHOOL_YEAR_OPENS - 1)


def requirement_gaps(
    evaluation: RosterEvaluation, rule: Rule, where: Mask, leaf: FactTest | None = None
) -> tuple[Gap, ...]:
    """Return which cells would tell whether what a rule requires is on record.

    ``leaf`` is the circumstance whose records are meant; without it, the applications, or the
    decisions where the rule asks for no application.
    """
    if leaf is None and not asks_to_apply(rule):
        return (Gap("decisions", "", where),)
    if leaf is None:
        return _application_gaps(evaluation, rule, where)
    measure = measure_of(evaluation.pack, leaf.fact)
    kinds = measure.words("kinds")
    when = when_held(measure)
    records = in_force(evaluation.ground, "circumstances", "circumstance", kinds, when)
    size = evaluation.ground.persons.height
    gaps = []
    for requirement in rule.requires:
        judged = _required(evaluation, requirement, leaf, records)
        lacking = where & marked(records.owner[judged.unknown], size)
        gaps += [Gap("circumstances", each, lacking) for each in _columns(requirement)]
    return tuple(gap for gap in gaps if gap.where.any())


def _application_gaps(evaluation: RosterEvaluation, rule: Rule, where: Mask) -> tuple[Gap, ...]:
    ground, on = evaluation.ground, day_of(evaluation.pack, "")
    records = wishes(ground, APPLICATION, on, _matters(evaluation.pack, rule))
    rows = evaluation.roster["wishes"][records.row]
    size = ground.persons.height
    gaps = [Gap("wishes", "", where & ~marked(records.owner, size))]
    for requirement in rule.requires:
        for body in requirement.bodies if requirement.kind in _OPINIONS else ():
            column = _column(body)
            blank = rows[column].is_null().to_numpy()
            gaps.append(Gap("wishes", column, where & marked(records.owner[blank], size)))
    return tuple(gap for gap in gaps if gap.where.any())


def _columns(requirement: Requirement) -> tuple[str, ...]:
    match requirement.kind:
        case "evidence":
            return ("issuer",)
        case "publicity":
            return ("publicised_since", "publicised_until")
        case "application":
            return ()
    return tuple(dict.fromkeys(_column(body) for body in requirement.bodies))
