"""What the staffing standards come to, unit by unit, in sentences (编制测算的措辞)."""

from __future__ import annotations

from fractions import Fraction

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.findings import Answer
from junheng.engine.screening.staffing import Part, Staffing
from junheng.messages import Language, sentence

_HUNDREDTHS = 100


def staffing_line(
    each: Staffing, pack: ResolvedPack, unit: str, language: Language = Language.ZH
) -> str:
    """Return one standard at one unit: the arithmetic, the clause, what there is and lacks.

    Parameters
    ----------
    unit : how the unit is called
    """
    standard = pack.items.standards[each.standard]
    clauses = "、".join(clause.at for clause in pack.clauses(standard.source))
    combined = sentence(f"staffing.{standard.combine}", language)
    parts = combined.join(_part(part, language) for part in each.reckoned.parts)
    told = [_result(each, language)]
    if each.applies is not Answer.YES:
        told.append(sentence("staffing.perhaps", language))
    told.append(_against(each, language))
    return sentence(
        "staffing.line",
        language,
        unit=unit,
        standard=standard.title,
        clauses=clauses,
        parts=parts,
        told="".join(told),
    )


def _part(part: Part, language: Language) -> str:
    open_word = sentence("staffing.open", language)
    figure = open_word if part.figure is None else _number(part.figure)
    basis = sentence("staffing.unknown", language) if part.basis is None else str(part.basis)
    return sentence(
        f"staffing.{part.measure}", language, basis=basis, figure=figure, stage=part.stage
    )


def _result(each: Staffing, language: Language) -> str:
    exact, entitled = each.reckoned.exact, each.reckoned.entitled
    if exact is None:
        return sentence("staffing.not-reckoned", language)
    if entitled is None:
        return sentence("staffing.not-rounded", language, exact=_number(exact))
    if exact == entitled:
        return sentence("staffing.whole", language, entitled=entitled)
    return sentence("staffing.rounded", language, exact=_number(exact), entitled=entitled)


def _against(each: Staffing, language: Language) -> str:
    """Say what is approved and established, and how far that is from the standard."""
    blank = sentence("staffing.blank", language)
    approved = blank if each.approved is None else str(each.approved)
    compared = [
        sentence(f"staffing.{_side(over)}-{word}", language, count=abs(over))
        for word, limit in (("standard", each.reckoned.entitled), ("approved", each.approved))
        if limit is not None
        for over in (each.established - limit,)
    ]
    held = sentence("staffing.has", language, approved=approved, established=each.established)
    return held + "".join(sentence("staffing.compared", language, told=t) for t in compared)


def _side(over: int) -> str:
    return "over" if over > 0 else "under" if over < 0 else "even"


def _number(value: Fraction) -> str:
    """Return a number to two places, without zeros at its end; halves away from zero."""
    hundredths = int(value * _HUNDREDTHS + Fraction(1, 2))
    whole, part = divmod(hundredths, _HUNDREDTHS)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".")
