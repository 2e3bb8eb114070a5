"""The audit as lines of text and as plain values for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from junheng.engine.audit.fairness_wording import fairness_values
from junheng.engine.audit.findings import PAIRED, Audit, ObjectiveLine, QuotaLine, Violation
from junheng.engine.audit.objectives import BALANCE_SCALE
from junheng.engine.audit.phrasing import arithmetic, objective_title, violation_problem
from junheng.engine.balance.wording import balance_lines, balance_values, rate_values
from junheng.engine.plans.workbook import PlanReading
from junheng.engine.policy.items.planning import BALANCE
from junheng.errors import Problem, SheetPlace
from junheng.messages import Language, sentence, word


def audit_lines(
    audit: Audit, language: Language = Language.ZH, reading: PlanReading | None = None
) -> tuple[str, ...]:
    """Put an audit into lines: the answer, violations, quotas, unmet, objectives, balance.

    Parameters
    ----------
    reading : how the plan was read, if from a sheet: its problems come first, and every
        violation says in which row it stands
    """
    return (
        _answer(audit, reading, language),
        *_findings(audit, reading, language),
        *(
            quota_line(line, audit.unit_names, language)
            for line in audit.quotas
            if line.relation != "at_most"
        ),
        *_unmet(audit, language),
        *_listed(audit, language),
        *(
            sentence(
                "audit.line-objective",
                language,
                title=objective_title(line.id, language),
                value=_amount(line),
            )
            for line in audit.objectives
        ),
        *balance_lines(audit.balance, language),
    )


def _amount(line: ObjectiveLine) -> str:
    """Write a value as the planner does: the balance in decimals, the others grouped."""
    if line.value is None:
        return "-"
    if line.id.partition(":")[0] == BALANCE:
        return f"{line.value // BALANCE_SCALE}.{line.value % BALANCE_SCALE:06d}"
    return f"{line.value:,}"


def audit_values(audit: Audit, reading: PlanReading | None = None) -> dict[str, Any]:
    """Return an audit as plain values; codes and keys are English, shares exact text."""
    places = reading.places if reading else {}
    return {
        "clean": audit.clean,
        "violations": [violation_values(each, places) for each in audit.violations],
        "quotas": [quota_values(line) for line in audit.quotas],
        "staffing": [asdict(line) for line in audit.staffing],
        "establishment": [asdict(line) for line in audit.establishment],
        "structure": [asdict(line) for line in audit.structure],
        "unmet": [asdict(each) for each in audit.unmet],
        "passed_over": [asdict(each) for each in audit.passed_over],
        "over_quota": [asdict(each) for each in audit.over_quota],
        "objectives": [asdict(line) for line in audit.objectives],
        "burden": [asdict(line) for line in audit.burden],
        "fairness": fairness_values(audit.fairness),
        "rates": [rate_values(rate) for rate in audit.rates],
        "balance": balance_values(audit.balance),
        "notes": [
            {
                "code": note.code,
                "place": str(note.place) if note.place else "",
                "values": dict(note.values),
            }
            for note in audit.notes
        ],
    }


def violation_values(
    violation: Violation, places: Mapping[str, SheetPlace] = MappingProxyType({})
) -> dict[str, Any]:
    """Return a violation as plain values, with the cells that name the persons concerned."""
    return {
        "code": violation.code,
        "strength": violation.strength.value,
        "rule": "" if violation.private else violation.rule,
        "clauses": list(violation.clauses),
        "persons": list(violation.persons),
        "units": list(violation.units),
        "values": dict(violation.values),
        "overridden": violation.overridden,
        "cells": [places[each].cell for each in violation.persons if each in places],
    }


def audit_problems(
    audit: Audit, language: Language = Language.ZH, reading: PlanReading | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with a plan and its sheet, placed and worded: for a marked copy."""
    places = reading.places if reading else {}
    return (
        *(reading.problems if reading else ()),
        *(violation_problem(each, language, places=places) for each in audit.violations),
    )


def _answer(audit: Audit, reading: PlanReading | None, language: Language) -> str:
    unread = len(reading.problems) if reading else 0
    if audit.clean and not unread:
        return sentence("audit.line-clean", language)
    blocking = sum(violation.blocks for violation in audit.violations)
    counts = {"blocking": blocking, "overridden": len(audit.violations) - blocking}
    if not unread:
        return sentence("audit.line-not-clean", language, **counts)
    counts |= {"unread": unread, "all": blocking + unread}
    return sentence("audit.line-not-read", language, **counts)


def _findings(audit: Audit, reading: PlanReading | None, language: Language) -> Iterator[str]:
    problems = audit_problems(audit, language, reading)
    unread = len(problems) - len(audit.violations)
    kinds = [sentence("audit.kind-reading", language)] * unread
    for violation in audit.violations:
        strength = sentence(f"audit.strength-{violation.strength}", language)
        code = "audit.kind-violation" if violation.blocks else "audit.kind-overridden"
        kinds.append(sentence(code, language, strength=strength))
    for number, (kind, problem) in enumerate(zip(kinds, problems, strict=True), start=1):
        worded = word(problem, language)
        head = {"number": number, "kind": kind, "place": _where(problem, language)}
        yield sentence("audit.line-finding", language, title=worded.title, **head)
        for part in ("found", "expected", "remedy"):
            text = getattr(worded, part)
            if text:
                yield sentence(f"audit.line-{part}", language, text=text)


def _where(problem: Problem, language: Language) -> str:
    place = problem.place
    if not isinstance(place, SheetPlace):
        return ""
    rows = "、".join(str(row) for row in place.rows)
    more = sentence("audit.more-rows", language, rows=rows) if rows else ""
    return sentence("audit.place", language, sheet=place.sheet, cell=place.cell, more=more)


def quota_line(line: QuotaLine, names: Mapping[str, str], language: Language) -> str:
    """Put one quota in one cell into a line: reached, bound, arithmetic, verdict."""
    stated = {
        "share": "-" if line.share is None else str(line.share),
        "base": str(line.base),
        "exact": str(line.exact),
        "rounding": line.rounding,
    }
    unknown = (
        sentence("audit.line-quota-unknown", language, count=line.unknown)
        if line.unknown
        else ""
    )
    phase = "" if line.phase is None else _phase(line, language)
    return sentence(
        "audit.line-quota",
        language,
        title=line.title,
        cell=" ".join(_called(part, names) for part in line.cell if part),
        reached=line.reached,
        relation=sentence(f"audit.relation-{line.relation}", language),
        bound=line.bound,
        arithmetic=arithmetic(stated, language) + phase,
        met=sentence("audit.met" if line.met else "audit.not-met", language),
        unknown=unknown,
    )


def _called(word_: str, names: Mapping[str, str]) -> str:
    """Return a unit of a cell by name and id, also one of a pair; other words as they are."""
    parts = word_.split(PAIRED)
    return PAIRED.join(f"{names[each]}（{each}）" if each in names else each for each in parts)


def _phase(line: QuotaLine, language: Language) -> str:
    year, years = line.phase or (1, 1)
    return sentence("audit.line-phase", language, year=year, years=years, owed=line.owed)


def _listed(audit: Audit, language: Language) -> Iterator[str]:
    """Yield who is passed over, who is hired above the posts, and what was not known."""
    by_rule = {rule: [e for e in audit.passed_over if e.rule == rule] for rule in _rules(audit)}
    for rule, found in by_rule.items():
        persons = "、".join(each.person_id for each in found)
        values = {"rule": rule, "count": len(found), "persons": persons}
        yield sentence("audit.line-passed-over", language, **values)
    for hired in audit.over_quota:
        values = {"person": hired.person_id, "unit": hired.unit_id, "band": hired.band}
        yield sentence("audit.line-over-quota", language, rule=hired.guard, **values)
    first = {note.code: note for note in reversed(audit.notes)}
    times = Counter(note.code for note in audit.notes)
    for code in sorted(first):
        title = word(first[code], language).title
        yield sentence("audit.line-note", language, title=title, count=times[code])


def _rules(audit: Audit) -> list[str]:
    return sorted({each.rule for each in audit.passed_over})


def _unmet(audit: Audit, language: Language) -> list[str]:
    places: Counter[str] = Counter(each.kind for each in audit.unmet)
    amounts: Counter[str] = Counter()
    for each in audit.unmet:
        amounts[each.kind] += each.amount
    return [
        sentence(
            "audit.line-unmet",
            language,
            kind=sentence(f"audit.kind-{kind}", language),
            count=places[kind],
            amount=amounts[kind],
        )
        for kind in sorted(places)
    ]


def quota_values(line: QuotaLine) -> dict[str, Any]:
    """Return one quota in one cell as plain values; exact numbers as text."""
    return asdict(line) | {
        "strength": line.strength.value,
        "share": None if line.share is None else str(line.share),
        "exact": str(line.exact),
        "met": line.met,
        "shortfall": line.shortfall,
        "excess": line.excess,
    }
