"""Paired schools (结对学校): which units are pairs, and whose exchange counts for which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from junheng.engine.audit.citing import named_unit
from junheng.engine.audit.findings import PAIRED, QuotaLine, Violation
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Placement
from junheng.engine.balance.populations import Populations, cell
from junheng.engine.policy.items import Quota, Strength
from junheng.errors import Problem, QuestionError

PAIR, SIDE = "pair", "side"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a roster: each unit's partner, one for both or neither."""

    partner: Mapping[str, str]
    ground: Ground

    @staticmethod
    def of(ground: Ground) -> Pairs:
        """Read who is paired with whom; it is enough that one of two names the other.

        Raises
        ------
        QuestionError
            If a unit would be in two pairs.
        """
        partners: dict[str, set[str]] = {}
        for unit, row in ground.staff.units.items():
            other = row["pair_partner"]
            if other and other != unit:
                partners.setdefault(unit, set()).add(other)
                partners.setdefault(other, set()).add(unit)
        torn = sorted(unit for unit, others in partners.items() if len(others) > 1)
        if torn:
            values = {"units": "、".join(torn)}
            raise QuestionError([Problem("audit.pair-in-two", values=values)])
        return Pairs({unit: min(others) for unit, others in partners.items()}, ground)

    def name(self, unit: str) -> str:
        """Return what the pair of a unit is called: both ids, the smaller first."""
        return PAIRED.join(sorted((unit, self.partner[unit])))

    def place(self, person: str, per: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the cell a person belongs to; None without a partner that has the stage."""
        member = self.ground.staff.members[person]
        if member.unit not in self.partner:
            return None
        if "stage" in per and member.stage not in self._stages(member.unit):
            return None
        rest = tuple(each for each in per if each not in (PAIR, SIDE))
        words = dict(zip(rest, cell(self.ground.staff, member, rest), strict=True))
        words |= {PAIR: self.name(member.unit), SIDE: member.unit}
        return tuple(words[each] for each in per)

    def cells(self, per: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each unit of a pair with a cell that stands even where nobody is in it."""
        for unit in sorted(self.partner):
            row = self.ground.staff.units.get(unit) or {}
            here = {word: row.get(word) or "" for word in ("county", "zone")}
            here |= {PAIR: self.name(unit), SIDE: unit, "programme": ""}
            for stage in sorted(self._stages(unit)) if "stage" in per else ("",):
                words = here | {"stage": stage}
                if all(each in words for each in per):
                    yield unit, tuple(words[each] for each in per)

    def between(self, populations: Populations, placed: Mapping[str, Placement]) -> Populations:
        """Return the populations of those movers alone who are sent to the partner.

        Whoever counts at the start, as volunteers do, counts wherever they are sent.
        """
        movers = {
            person: form
            for person, form in populations.movers.items()
            if self.partner.get(placed[person].member.unit) == placed[person].move.to_unit
        }
        return replace(populations, movers=movers)

    def _stages(self, unit: str) -> set[str]:
        """Return the stages that a unit and its partner both teach."""
        return self._taught(unit) & self._taught(self.partner[unit])

    def _taught(self, unit: str) -> set[str]:
        row = self.ground.staff.units.get(unit)
        stated = row["unit_stages"] if row else None
        cells = self.ground.posts.cells
        return set(stated or (stage for at, stage, _ in cells if at == unit))


def is_paired(per: tuple[str, ...]) -> bool:
    """Whether a quota is stated for pairs or their sides."""
    return PAIR in per or SIDE in per


def check_equal_sides(lines: Iterable[QuotaLine], ground: Ground) -> Iterator[Violation]:
    """Yield the pairs of which one side sends more than the other, where both owe the same."""
    quotas = ground.pack.items.quotas
    if not any(quota.equal_sides for quota in quotas.values()):
        return
    partner = Pairs.of(ground).partner
    sent: dict[tuple[str, ...], dict[str, int]] = {}
    for line in lines:
        quota = quotas[line.id]
        if not quota.equal_sides or quota.strength is Strength.ENCOURAGED:
            continue
        place = dict(zip(line.per, line.cell, strict=True))
        side = place.pop(SIDE)
        nobody = dict.fromkeys((side, partner[side]), 0)
        sent.setdefault((line.id, *place.values()), nobody)[side] = line.reached
    for (rule, *words), sides in sent.items():
        if len(set(sides.values())) > 1:
            yield _unequal(quotas[rule], words, sides, ground)


def _unequal(
    quota: Quota, place: Sequence[str], sides: Mapping[str, int], ground: Ground
) -> Violation:
    lifted = any(ground.decisions.lifted_at(quota.id, unit) for unit in sides)
    return Violation(
        code="audit.unequal-sides",
        strength=quota.strength,
        rule=quota.id,
        clauses=quota.source,
        units=tuple(sorted(sides)),
        values={
            "title": quota.title,
            "cell": " ".join(place),
            "sides": "、".join(
                f"{named_unit(unit, ground)} {count}" for unit, count in sorted(sides.items())
            ),
        },
        overridden=quota.strength is Strength.PRINCIPLE and lifted,
    )
