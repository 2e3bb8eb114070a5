"""The auditor (审核): holds any plan against roster and pack, with its own reasoning (§8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from junheng.engine.audit.citing import cited
from junheng.engine.audit.claims import check_claims, check_receipt, objective_lines
from junheng.engine.audit.findings import Audit, Violation
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.audit.limits import check_limits
from junheng.engine.audit.moves import check_moves
from junheng.engine.audit.objectives import missing_positions, objective_values
from junheng.engine.audit.obligations import unmet_obligations
from junheng.engine.audit.placements import Placement, counts, placements
from junheng.engine.audit.quotas import check_quotas, leavers_lines, quota_lines
from junheng.engine.audit.tables import burden, establishment, staffing, structure
from junheng.engine.balance.asked import meeting_conditions
from junheng.engine.balance.populations import Populations
from junheng.engine.balance.report import BalanceReport, balance
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.conditions import Condition
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

_COUNTS = "yes"


def audit(roster: Roster, screening: Screening, plan: Plan) -> Audit:
    """Check a plan, ours or anybody's, and count everything it changes.

    The plan may name unknown persons and units, repeat a person, and state less than ours do:
    whatever it does not state is not compared.

    Raises
    ------
    QuestionError
        If roster or pack lack what staffing, quotas or objectives are counted from; all
        places are named.
    UnsetFigures
        If the pack leaves open a figure or switch that is read (§2).
    """
    ground = ground_of(roster, screening)
    placed = placements(plan, ground)
    before, after = counts(ground, {}), counts(ground, placed)
    populations = _populations(ground, placed)
    quotas = quota_lines(ground, populations)
    leavers = leavers_lines(ground, populations, placed)
    unmet = unmet_obligations(ground, after, placed, quotas)
    values = objective_values(ground, placed, unmet, plan.receipt.seed)
    objectives = objective_lines(plan, values)
    violations = [
        *check_moves(plan, ground, placed),
        *check_limits(ground, before, after, placed),
        *check_quotas((*quotas, *leavers), ground, populations, placed),
        *check_claims(plan, objectives, unmet),
        *check_receipt(plan, ground),
    ]
    measured = _balance(roster, screening, plan, placed)
    return Audit(
        violations=tuple(sorted(cited(violations, ground), key=_order)),
        quotas=(*quotas, *leavers),
        staffing=staffing(ground, before, after),
        establishment=establishment(ground, before, after),
        structure=structure(ground, before, after),
        unmet=unmet,
        objectives=objectives,
        balance=measured,
        burden=burden(ground, placed),
        rates=measured.rates,
        notes=(
            *ground.staff.notes,
            *ground.decisions.notes,
            *missing_positions(ground, placed),
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

    return Populations(
        staff=ground.staff,
        outcomes={person: verdict.outcome for person, verdict in ground.verdicts.items()},
        meeting_conditions=meeting_conditions(ground.screening, ground.pack),
        movers=movers,
        truth=truth,
    )


def _balance(
    roster: Roster, screening: Screening, plan: Plan, placed: Mapping[str, Placement]
) -> BalanceReport:
    """Measure the balance with each move's form as the auditor found it."""
    moves = tuple(
        replace(
            placement.move,
            form=placement.form.id if placement.form else placement.move.form,
            relation_moved=placement.transferred,
        )
        for placement in placed.values()
    )
    return balance(roster, screening, replace(plan, moves=moves))


def _order(violation: Violation) -> tuple[str, ...]:
    return (
        str(violation.strength),
        violation.code,
        violation.rule,
        *violation.persons,
        *violation.units,
    )
