"""Switch topics (开关主题): the readings a text may leave open, each with its options.

A county's set-up asks them one by one, so every topic and option has a Chinese name. The
options of ``choice`` and of ``paid_by`` are the pack's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from junheng.engine.policy import vocabulary


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: what it asks, and what each option means."""

    title: str
    options: Mapping[str, str]


_OWN: Mapping[str, tuple[str, ...]] = {
    "overlap": ("first_listed", "each"),
    "assignments_or_persons": ("persons", "assignments"),
    "ties": ("draw", "longest_tenure", "panel"),
    "paid_by": (),
}

TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType({**vocabulary.TOPICS, **_OWN})
"""Options by topic."""
