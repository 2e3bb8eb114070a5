"""Screening (摸底): facts, rules and outcomes, with reasons."""

from junheng.engine.screening.changes import what_if
from junheng.engine.screening.explaining import Explainer, Explanation, Reader, explain
from junheng.engine.screening.gating import Admission, Admissions, admissions
from junheng.engine.screening.incentives import Entitled, Owed, entitled, owed
from junheng.engine.screening.missing import missing
from junheng.engine.screening.screening import screen
from junheng.engine.screening.staffing import Staffing, staffing
from junheng.engine.screening.staffing_words import staffing_line
from junheng.engine.screening.verdicts import Evaluation, Screening, Truth
from junheng.engine.screening.wording import admission_lines, explanation_lines

__all__ = [
    "Admission",
    "Admissions",
    "Entitled",
    "Evaluation",
    "Explainer",
    "Explanation",
    "Owed",
    "Reader",
    "Screening",
    "Staffing",
    "Truth",
    "admission_lines",
    "admissions",
    "entitled",
    "explain",
    "explanation_lines",
    "missing",
    "owed",
    "screen",
    "staffing",
    "staffing_line",
    "what_if",
]
