"""Violations put into words: outcomes, arithmetic and causes in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from junheng.engine.audit.findings import Violation
from junheng.engine.policy.items import Strength
from junheng.errors import Place, Problem, SheetPlace
from junheng.messages import Language, sentence, word

_PERCENT = 100
_NOTHING: Mapping[str, SheetPlace] = {}


def violation_text(violation: Violation, language: Language = Language.ZH) -> str:
    """Put a violation into one sentence of the language."""
    return str(word(violation_problem(violation, language), language))


def violation_problem(
    violation: Violation,
    language: Language = Language.ZH,
    *,
    places: Mapping[str, SheetPlace] = _NOTHING,
) -> Problem:
    """Return a violation as a problem of which every value is in words.

    Parameters
    ----------
    places : person id → row of the sheet, where the plan was read from one
    """
    problem = violation.problem
    values = dict(problem.values)
    values |= _causes(violation, values, language)
    values |= {"people": _people(values["person"], language)}
    if "rounding" in values:
        values["arithmetic"] = arithmetic(values, language)
    if violation.code in ("audit.wrong-relation", "audit.claim-passed-over"):
        values |= {
            key: sentence(f"audit.{values[key]}", language) for key in ("stated", "true")
        }
    if "at" in values and violation.code.startswith("audit.kin-"):
        values["at"] = sentence(f"audit.at-{values['at']}", language)
    if "kind" in values:
        values["kind"] = sentence(f"audit.kind-{values['kind']}", language)
    if violation.code.startswith("audit.claim-") and "id" in values:
        values["id"] = objective_title(values["id"], language)
    return Problem(problem.code, problem.severity, _place(violation, places), values)


def arithmetic(values: Mapping[str, str], language: Language) -> str:
    """Write how a bound comes about: share, base, exact product, rounding; or as a number."""
    if values["share"] == "-":
        return sentence("audit.arithmetic-number", language)
    return sentence(
        "audit.arithmetic",
        language,
        share=_share(Fraction(values["share"])),
        base=values["base"],
        exact=_decimal(Fraction(values["exact"])),
        rounding=sentence(f"audit.rounding-{values['rounding']}", language),
    )


def objective_title(objective: str, language: Language) -> str:
    """Return what an objective is called; one of several indicators by its own id."""
    kind, _, indicator = objective.partition(":")
    title = sentence(f"objective.{kind}", language)
    return f"{title} {indicator}" if indicator else title


def _causes(
    violation: Violation, values: Mapping[str, str], language: Language
) -> dict[str, str]:
    outcome = values.get("outcome", "")
    outcome_word = sentence(f"outcome.{outcome}", language) if outcome else ""
    nothing = (
        sentence("audit.meets-conditions", language, outcome=outcome_word)
        if violation.private
        else sentence("audit.cited-none", language)
    )
    title, cites = values.get("title") or nothing, values.get("cites") or nothing
    code = f"audit.why-{outcome}" if outcome in ("not_due", "undecided") else "audit.why"
    code = code if values.get("title") or violation.private else "audit.why-no-rule"
    why = sentence(code, language, title=title, cites=cites) if outcome else ""
    open_ = sentence("audit.mend-undecided", language) if outcome == "undecided" else ""
    principle = violation.strength is Strength.PRINCIPLE
    lift = sentence("audit.mend-principle", language) if principle else ""
    return {
        "title": title,
        "cites": cites,
        "outcome_word": outcome_word,
        "why": why,
        "mend": open_ or lift,
    }


def _people(persons: str, language: Language) -> str:
    return sentence("audit.people", language, persons=persons) if persons else ""


def _place(violation: Violation, places: Mapping[str, SheetPlace]) -> Place | None:
    """Return the first row that names somebody concerned, the others as further rows."""
    found = [places[person] for person in violation.persons if person in places]
    if not found:
        return None
    rows = sorted((_row(place), place) for place in found)
    first = rows[0][1]
    return SheetPlace(first.file, first.sheet, first.cell, tuple(row for row, _ in rows[1:]))


def _row(place: SheetPlace) -> int:
    return int("".join(sign for sign in place.cell if sign.isdigit()))


def _share(share: Fraction) -> str:
    return f"{_decimal(share * _PERCENT)}%" if _ends(share) else str(share)


def _decimal(number: Fraction) -> str:
    """Write a number as a decimal where two places are exact, else as a fraction (§5)."""
    if not _ends(number):
        return str(number)
    whole, hundredths = divmod(number * _PERCENT, _PERCENT)
    return f"{whole}.{int(hundredths):02d}".rstrip("0").rstrip(".")


def _ends(number: Fraction) -> bool:
    return (number * _PERCENT).denominator == 1
