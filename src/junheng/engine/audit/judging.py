"""One set of moves held against rules and limits, and the obligations it leaves unmet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.audit.findings import QuotaLine, Violation
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.audit.kin import check_kin
from junheng.engine.audit.limits import check_limits
from junheng.engine.audit.moves import check_moves
from junheng.engine.audit.obligations import unmet_obligations
from junheng.engine.audit.pairs import check_equal_sides
from junheng.engine.audit.placements import Counts, Placement, counts, placements
from junheng.engine.audit.quotas import check_quotas, leavers_lines, quota_lines
from junheng.engine.balance.asked import meeting_conditions
from junheng.engine.balance.populations import Populations, exchanges_begun
from junheng.engine.plans.plan import Plan, Unmet
from junheng.engine.policy.conditions import Condition
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

_COUNTS = "yes"
_AMOUNTS = ("after", "reached")
Offence = tuple[str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What follows from the moves of a plan, whatever the plan says of itself."""

    placed: Mapping[str, Placement]
    before: Counts
    after: Counts
    quotas: tuple[QuotaLine, ...]
    leavers: tuple[QuotaLine, ...]
    unmet: tuple[Unmet, ...]
    violations: tuple[Violation, ...]

    @property
    def owing(self) -> int:
        """How much is left unmet in all."""
        return sum(each.amount for each in self.unmet)

    def no_worse_than(self, other: Judgement) -> bool:
        """Whether nothing is broken that was not, nothing further, and no more is owed."""
        mine, theirs = self._offences(), other._offences()
        kept = all(offence in theirs and mine[offence] <= theirs[offence] for offence in mine)
        return kept and self.owing <= other.owing

    def _offences(self) -> dict[Offence, int]:
        """Return the violations that block, with how far a limit is passed."""
        found: dict[Offence, int] = {}
        for each in self.violations:
            if each.blocks:
                amount = next((int(each.values[k]) for k in _AMOUNTS if k in each.values), 0)
                persons = () if amount else each.persons
                found[each.code, each.rule, persons, each.units] = amount
        return found


def quota_table(
    roster: Roster, screening: Screening, plan: Plan | None = None
) -> tuple[QuotaLine, ...]:
    """Count every quota of the pack in each of its cells, under a plan or before any.

    Raises
    ------
    QuestionError
        If roster or pack lack what staffing and quotas are counted from.
    UnsetFigures
        If the pack leaves open a figure or switch that is read (§2).
    """
    ground = ground_of(roster, screening)
    placed = {} if plan is None else placements(plan, ground)
    return quota_lines(ground, _populations(ground, placed), placed)


def judge(plan: Plan, ground: Ground) -> Judgement:
    """Hold the moves of a plan against everything but their order and their claims."""
    placed = placements(plan, ground)
    before, after = counts(ground, {}), counts(ground, placed)
    populations = _populations(ground, placed)
    quotas = quota_lines(ground, populations, placed)
    leavers = leavers_lines(ground, populations, placed)
    return Judgement(
        placed=placed,
        before=before,
        after=after,
        quotas=quotas,
        leavers=leavers,
        unmet=unmet_obligations(ground, after, placed, quotas),
        violations=(
            *check_moves(plan, ground, placed),
            *check_limits(ground, before, after, placed),
            *check_kin(ground, placed),
            *check_quotas((*quotas, *leavers), ground, populations, placed),
            *check_equal_sides(quotas, ground),
        ),
    )


def _populations(ground: Ground, placed: Mapping[str, Placement]) -> Populations:
    movers = {
        person: placement.form.id
        for person, placement in placed.items()
        if placement.form and placement.form.counts_as_exchange == _COUNTS
    }

    def truth(condition: Condition, person: str) -> bool | None:
        placement = placed.get(person)
        to_unit = placement.move.to_unit if placement else ""
        return ground.ask.person(condition, person, to_unit)

    def of_move(condition: Condition, person: str) -> bool | None:
        return ground.ask.move(condition, person, placed[person].move.to_unit)

    return Populations(
        staff=ground.staff,
        outcomes={person: verdict.outcome for person, verdict in ground.verdicts.items()},
        meeting_conditions=meeting_conditions(ground.screening, ground.pack),
        movers=movers,
        truth=truth,
        begun=exchanges_begun(ground.roster),
        transferred=frozenset(p for p in movers if placed[p].transferred),
        move=of_move,
    )
