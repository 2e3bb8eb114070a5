"""The audit as lines of text and as plain values for JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from junheng.engine.audit.findings import Audit, QuotaLine, Violation
from junheng.engine.balance.wording import balance_lines, balance_values, rate_values
from junheng.errors import Problem
from junheng.messages import Language, sentence, word


def audit_lines(audit: Audit, language: Language = Language.ZH) -> tuple[str, ...]:
    """Put an audit into lines: the answer, violations, quotas, unmet, objectives, balance."""
    blocking = sum(violation.blocks for violation in audit.violations)
    answer = (
        sentence("audit.line-clean", language)
        if audit.clean
        else sentence(
            "audit.line-not-clean",
            language,
            blocking=blocking,
            overridden=len(audit.violations) - blocking,
        )
    )
    return (
        answer,
        *(_violation(violation, language) for violation in audit.violations),
        *(_quota(line, language) for line in audit.quotas if line.relation != "at_most"),
        *_unmet(audit, language),
        *(
            sentence(
                "audit.line-objective",
                language,
                title=sentence(f"objective.{line.id}", language),
                value="-" if line.value is None else line.value,
            )
            for line in audit.objectives
        ),
        *balance_lines(audit.balance, language),
    )


def audit_values(audit: Audit) -> dict[str, Any]:
    """Return an audit as plain values; codes and keys are English, shares exact text."""
    return {
        "clean": audit.clean,
        "violations": [violation_values(each) for each in audit.violations],
        "quotas": [_quota_values(line) for line in audit.quotas],
        "staffing": [asdict(line) for line in audit.staffing],
        "establishment": [asdict(line) for line in audit.establishment],
        "structure": [asdict(line) for line in audit.structure],
        "unmet": [asdict(each) for each in audit.unmet],
        "objectives": [asdict(line) for line in audit.objectives],
        "burden": [asdict(line) for line in audit.burden],
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


def violation_values(violation: Violation) -> dict[str, Any]:
    """Return a violation as plain values."""
    return {
        "code": violation.code,
        "strength": violation.strength.value,
        "rule": "" if violation.private else violation.rule,
        "clauses": list(violation.clauses),
        "persons": list(violation.persons),
        "units": list(violation.units),
        "values": dict(violation.values),
        "overridden": violation.overridden,
    }


def violation_text(violation: Violation, language: Language = Language.ZH) -> str:
    """Put a violation into one sentence of the language."""
    problem = violation.problem
    outcome = problem.values.get("outcome", "")
    outcome_word = sentence(f"outcome.{outcome}", language) if outcome else ""
    nothing = (
        sentence("audit.meets-conditions", language, outcome=outcome_word)
        if violation.private
        else sentence("audit.cited-none", language)
    )
    values = {
        **problem.values,
        "rounding": _rounding(problem.values.get("rounding", "none"), language),
        "title": problem.values.get("title") or nothing,
        "cites": problem.values.get("cites") or nothing,
        "outcome_word": outcome_word,
    }
    return str(word(Problem(problem.code, problem.severity, None, values), language))


def _violation(violation: Violation, language: Language) -> str:
    code = "audit.line-violation" if violation.blocks else "audit.line-overridden"
    strength = sentence(f"audit.strength-{violation.strength}", language)
    text = violation_text(violation, language)
    return sentence(code, language, strength=strength, wording=text)


def _quota(line: QuotaLine, language: Language) -> str:
    arithmetic = (
        sentence("audit.arithmetic-number", language)
        if line.share is None
        else sentence(
            "audit.arithmetic",
            language,
            share=line.share,
            base=line.base,
            exact=line.exact,
            rounding=_rounding(line.rounding, language),
        )
    )
    unknown = (
        sentence("audit.line-quota-unknown", language, count=line.unknown)
        if line.unknown
        else ""
    )
    return sentence(
        "audit.line-quota",
        language,
        title=line.title,
        cell=" ".join(part for part in line.cell if part),
        reached=line.reached,
        relation=sentence(f"audit.relation-{line.relation}", language),
        bound=line.bound,
        arithmetic=arithmetic,
        met=sentence("audit.met" if line.met else "audit.not-met", language),
        unknown=unknown,
    )


def _rounding(word_of_pack: str, language: Language) -> str:
    return sentence(f"audit.rounding-{word_of_pack}", language)


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


def _quota_values(line: QuotaLine) -> dict[str, Any]:
    return asdict(line) | {
        "strength": line.strength.value,
        "share": None if line.share is None else str(line.share),
        "exact": str(line.exact),
        "shortfall": line.shortfall,
        "excess": line.excess,
    }
