"""The rates a pack reports (交流比例、骨干占比), with numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.balance.populations import Counted, Populations, cell
from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items import Indicator
from junheng.engine.policy.pack import ResolvedPack


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One rate in one cell.

    Attributes
    ----------
    cell : one word for each dimension of the indicator
    count, base : persons surely counted above and below the line
    unknown_count, unknown_base : persons who may belong there too
    at_least : what the pack compares with; None where it only reports
    """

    id: str
    title: str
    cell: tuple[str, ...]
    count: int
    base: int
    unknown_count: int
    unknown_base: int
    at_least: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The exact share; None where the base is empty."""
        return Fraction(self.count, self.base) if self.base else None

    @property
    def meets(self) -> bool | None:
        """Whether the share is reached, unrounded; None where it cannot be said."""
        if self.at_least is None or not self.base or self.unknown_count or self.unknown_base:
            return None
        return Fraction(self.count, self.base) >= self.at_least


def rates(pack: ResolvedPack, populations: Populations) -> tuple[Rate, ...]:
    """Compute every indicator of the pack, cell by cell, in the pack's order."""
    return tuple(
        rate
        for indicator in pack.items.indicators.values()
        for rate in _rates_of(indicator, populations)
    )


def _rates_of(indicator: Indicator, populations: Populations) -> list[Rate]:
    count, base = populations.of(indicator.count), populations.of(indicator.of)
    cells = {
        person: cell(populations.staff, populations.staff.members[person], indicator.per)
        for found in (count, base)
        for person in found.yes | found.unknown
    }
    return [
        Rate(
            id=indicator.id,
            title=indicator.title,
            cell=place,
            **_numbers(place, cells, count, base),
            at_least=_least(indicator),
        )
        for place in sorted(set(cells.values()))
    ]


def _numbers(
    place: tuple[str, ...],
    cells: dict[str, tuple[str, ...]],
    count: Counted,
    base: Counted,
) -> dict[str, int]:
    def number(persons: frozenset[str]) -> int:
        return sum(cells[person] == place for person in persons)

    return {
        "count": number(count.yes),
        "base": number(base.yes),
        "unknown_count": number(count.unknown),
        "unknown_base": number(base.unknown),
    }


def _least(indicator: Indicator) -> Fraction | None:
    figure = indicator.at_least
    if not isinstance(figure, Literal) or not isinstance(figure.values[0], Fraction):
        return None
    return figure.values[0]
