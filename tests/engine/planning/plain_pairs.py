"""Paired schools, read from plain rows; no planner code is used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PlainPairs:
    """The units by id, and the rows of the table of posts."""

    units: Mapping[str, Mapping[str, Any]]
    posts: Sequence[Mapping[str, Any]]

    def partner(self, unit: str) -> str:
        """Return the other unit of a pair; empty for a unit in none."""
        named = self.units[unit]["pair_partner"]
        naming = [each for each in self.units if self.units[each]["pair_partner"] == unit]
        return str(named or next(iter(naming), ""))

    def cells(self, per: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """Yield the words of every cell there is, with nobody in it or not."""
        for unit in self.units:
            other = self.partner(unit)
            if not other:
                continue
            words = {"pair": min(unit, other) + max(unit, other), "side": unit}
            stages = self._stages(unit) & self._stages(other) if "stage" in per else {""}
            for stage in stages:
                yield {each: (words | {"stage": stage})[each] for each in per}

    def _stages(self, unit: str) -> set[str]:
        stated = self.units[unit]["unit_stages"] if unit else None
        return set(stated or [r["stage"] for r in self.posts if r["unit_id"] == unit])
