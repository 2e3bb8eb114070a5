"""Answers about a plan (问方案): why, why not, what if, at what price, with how few changes.

Each answer is proven like the plan itself: it plans again under one more condition.
"""

from junheng.engine.answers.explaining import Reasons, reasons
from junheng.engine.answers.explaining_words import reasons_lines, stay_lines

__all__ = ["Reasons", "reasons", "reasons_lines", "stay_lines"]
