"""Quotas that are reached over several years (分期覆盖)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from junheng.engine.audit.figures import whole
from junheng.engine.audit.ground import Ground
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Quota
from junheng.errors import Problem, UnsetFigures

EACH = "horizon"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The years over which a quota is reached, seen from one of them.

    Attributes
    ----------
    since : first day of the plan of the first year
    year : which year this is, from 1; 0 or less before the first
    years : how many there are
    """

    since: date
    year: int
    years: int

    @property
    def phase(self) -> tuple[int, int]:
        """The year and the number of years."""
        return self.year, self.years

    def owed(self, bound: int) -> int:
        """Return the floor owed by the end of this year: its share of the whole, rounded up."""
        passed = min(max(self.year, 0), self.years)
        return -(-bound * passed // self.years)


def horizon_of(quota: Quota, ground: Ground) -> Horizon | None:
    """Return the horizon of a quota; None for one that is reached each year anew.

    Raises
    ------
    UnsetFigures
        If the pack leaves open over which years.
    """
    if quota.each != EACH:
        return None
    over = quota.over
    if over is None or isinstance(over, Unset):
        values = {
            "id": over.id or quota.id if over else quota.id,
            "why": over.why if over else "",
        }
        raise UnsetFigures([Problem("balance.unset", values=values)])
    first, years = whole(over.since, quota.id), whole(over.years, quota.id)
    start = ground.staff.start
    began = start.replace(year=start.year - (ground.pack.year - first))
    return Horizon(began, ground.pack.year - first + 1, years)
