"""Screening (摸底): facts, rules and outcomes, with reasons."""

from junheng.engine.screening.changes import what_if
from junheng.engine.screening.explaining import Explainer, Explanation, Reader, explain
from junheng.engine.screening.missing import missing
from junheng.engine.screening.screening import screen
from junheng.engine.screening.verdicts import Evaluation, Screening, Truth
from junheng.engine.screening.wording import explanation_lines

__all__ = [
    "Evaluation",
    "Explainer",
    "Explanation",
    "Reader",
    "Screening",
    "Truth",
    "explain",
    "explanation_lines",
    "missing",
    "screen",
    "what_if",
]
