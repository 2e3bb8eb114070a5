"""Screening (摸底): facts, rules and outcomes, with reasons."""

from junheng.engine.screening.screening import screen
from junheng.engine.screening.verdicts import Evaluation, Screening, Truth

__all__ = ["Evaluation", "Screening", "Truth", "screen"]
