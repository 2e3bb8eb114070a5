"""Paired schools (结对学校): who is whose partner, and which cells their quotas have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.engine.planning.findings import Findings
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.problem import NOWHERE, Arcs, Staff, Units
from junheng.engine.roster.roster import Roster

PAIR, SIDE = "pair", "side"
_EVERYWHERE = frozenset({PAIR, SIDE, "stage", "programme", "county", "zone"})
"""Dimensions whose words a pair has by itself, so that its cells exist with nobody in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs of a roster.

    Attributes
    ----------
    partner : for each unit the position of the other unit of its pair, or ``NOWHERE``
    stages : for each unit the stages that both units of its pair teach
    """

    units: Units
    partner: Ints
    stages: tuple[frozenset[str], ...]

    def between(self, staff: Staff, arcs: Arcs) -> Mask:
        """Return which arcs lead from a unit to its partner."""
        return np.asarray(self.partner[staff.works_at[arcs.person]] == arcs.unit)

    def both(self, unit_id: str) -> tuple[int, int]:
        """Return the positions of both units of a pair, the smaller id first."""
        unit = self.units.ids.index(unit_id)
        first, second = sorted((unit, int(self.partner[unit])))
        return first, second

    def name(self, unit: int) -> str:
        """Return what the pair of a unit is called: both ids, the smaller first."""
        return "–".join(self.units.ids[each] for each in sorted((unit, self.partner[unit])))

    def holds(self, unit: int, stage: str, per: Sequence[str]) -> bool:
        """Whether a person of a unit and stage belongs to a cell of a pair at all."""
        paired = self.partner[unit] != NOWHERE
        return bool(paired) and ("stage" not in per or stage in self.stages[unit])

    def words(self, unit: int) -> dict[str, str]:
        """Return the words of pair and side for somebody of a unit."""
        if self.partner[unit] == NOWHERE:
            return {}
        return {PAIR: self.name(unit), SIDE: self.units.ids[unit]}

    def cells(self, per: tuple[str, ...], where: Mask) -> Iterator[tuple[str, ...]]:
        """Yield the cells that exist whoever is in them, for the units marked in ``where``.

        None where ``per`` names what a pair does not have by itself, such as a subject.
        """
        if not set(per) <= _EVERYWHERE:
            return
        for unit in np.flatnonzero((self.partner != NOWHERE) & where).tolist():
            words = self.words(unit) | {
                "programme": "",
                "county": self.units.counties[unit],
                "zone": self.units.zones[unit],
            }
            for stage in sorted(self.stages[unit]) if "stage" in per else [""]:
                yield tuple((words | {"stage": stage})[each] for each in per)


def read_pairs(roster: Roster, units: Units, findings: Findings) -> Pairs:
    """Read who is paired with whom; it is enough that one of two names the other.

    Units that would belong to two pairs are noted, all at once.
    """
    rows = {row["unit_id"]: row for row in roster["units"].to_dicts()}
    position = {unit: k for k, unit in enumerate(units.ids)}
    partners: Mapping[int, set[int]] = defaultdict(set)
    for unit, row in rows.items():
        other = row["pair_partner"]
        if other in position and other != unit:
            partners[position[unit]].add(position[other])
            partners[position[other]].add(position[unit])
    torn = [units.ids[unit] for unit in sorted(partners) if len(partners[unit]) > 1]
    if torn:
        findings.add("planning.pair-in-two", None, units="、".join(torn))
    partner = ints([min(partners.get(unit, {NOWHERE})) for unit in range(len(units.ids))])
    taught = _stages(roster, rows)
    return Pairs(
        units=units,
        partner=partner,
        stages=tuple(
            frozenset()
            if other == NOWHERE
            else taught[units.ids[unit]] & taught[units.ids[other]]
            for unit, other in enumerate(partner.tolist())
        ),
    )


def _stages(
    roster: Roster, rows: Mapping[str, Mapping[str, object]]
) -> dict[str, frozenset[str]]:
    """Return the stages of each unit: as stated, else those of its posts."""
    by_posts: Mapping[str, set[str]] = defaultdict(set)
    for unit, stage in roster["posts"].select("unit_id", "stage").iter_rows():
        if stage:
            by_posts[unit].add(stage)
    found = {}
    for unit, row in rows.items():
        stated = row["unit_stages"]
        found[unit] = frozenset(
            stated if isinstance(stated, list) and stated else by_posts[unit]
        )
    return found
