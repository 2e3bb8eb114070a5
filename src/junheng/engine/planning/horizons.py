"""Quotas over several years: which years, who was exchanged in them, what is owed by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from junheng.engine.planning.findings import Findings
from junheng.engine.planning.matrix import Mask
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Horizon, Quota
from junheng.engine.roster.roster import Roster

SERVED = ("served", "movers_and_served")


@dataclass(frozen=True, slots=True)
class Span:
    """The years of a quota, and which of them this is: 1 for the first, 0 before it begins.

    ``begins`` is the first day of the first programme in them.
    """

    years: int
    this: int
    begins: date

    def owed(self, bound: int) -> int:
        """Return what is owed of a bound by the end of this year, rounded up."""
        this = min(max(self.this, 0), self.years)
        return -(-bound * this // self.years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizons:
    """What quotas over several years read.

    Attributes
    ----------
    year : programme year of the question
    start : day on which its moves begin
    """

    roster: Roster
    person_ids: tuple[str, ...]
    year: int
    start: date
    findings: Findings

    def span(self, quota: Quota) -> Span | None:
        """Return the years of a quota; None where it has none, noted where they are unset."""
        if isinstance(quota.over, Unset):
            self.findings.unset(quota.over, quota.id)
            return None
        if quota.over is None:
            return None
        years = self._whole(quota.over, "years", quota.id)
        since = self._whole(quota.over, "since", quota.id)
        if years is None or since is None:
            return None
        return Span(years, self.year - since + 1, self._begins(since))

    def _whole(self, over: Horizon, attribute: str, quota: str) -> int | None:
        number: Fraction | None = self.findings.number(getattr(over, attribute), quota)
        if number is None:
            return None
        if number < 1 or number.denominator != 1:
            self.findings.add("planning.number-not-whole", None, id=quota, found=str(number))
            return None
        return int(number)

    def _begins(self, since: int) -> date:
        """Return the start of the programme of a year; 29 February begins on 1 March."""
        year = self.start.year - (self.year - since)
        if (self.start.month, self.start.day) == (2, 29):
            return date(year, 3, 1)
        return self.start.replace(year=year)

    def served(self, span: Span | None) -> Mask:
        """Return the persons with an exchange begun in the span and before this programme."""
        found = np.zeros(len(self.person_ids), dtype=np.bool_)
        if span is None:
            return found
        rows = self.roster["exchanges"].select("person_id", "since").iter_rows()
        ids = {person for person, since in rows if span.begins <= since < self.start}
        return np.array([person in ids for person in self.person_ids], dtype=np.bool_)
