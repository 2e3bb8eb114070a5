"""The auditor (审核): holds any plan against roster and pack, with its own reasoning (§8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from junheng.engine.audit.citing import cited
from junheng.engine.audit.claims import check_claims, check_receipt, objective_lines
from junheng.engine.audit.fairness import fairness_of
from junheng.engine.audit.findings import Audit, Violation
from junheng.engine.audit.ground import ground_of
from junheng.engine.audit.judging import judge
from junheng.engine.audit.kin import kin_notes
from junheng.engine.audit.limits import guard_notes
from junheng.engine.audit.moves import check_blank_days
from junheng.engine.audit.objectives import missing_positions, objective_values
from junheng.engine.audit.order import moving, order_of
from junheng.engine.audit.over_quota import check_over_quota, over_quota
from junheng.engine.audit.passing import check_order, check_passed_over
from junheng.engine.audit.placements import Placement
from junheng.engine.audit.tables import burden, establishment, staffing, structure
from junheng.engine.balance.report import BalanceReport, balance
from junheng.engine.plans.plan import Plan
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening


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
    judged, order, seed = judge(plan, ground), order_of(ground), plan.receipt.seed
    placed, before, after = judged.placed, judged.before, judged.after
    passed_over = order.passed_over(moving(placed))
    hired = over_quota(ground, before, after, placed, seed)
    counted = None if order.problems else len(passed_over)
    values = objective_values(ground, placed, judged.unmet, counted, seed)
    objectives = objective_lines(plan, values)
    violations = [
        *judged.violations,
        *check_blank_days(plan, placed),
        *check_order(plan, ground, order, judged),
        *check_over_quota(plan, hired),
        *check_claims(plan, objectives, judged.unmet),
        *check_passed_over(plan, order, judged),
        *check_receipt(plan, ground),
    ]
    measured = _balance(roster, screening, plan, placed)
    return Audit(
        unit_names={unit: row["unit_name"] or unit for unit, row in ground.staff.units.items()},
        violations=tuple(sorted(cited(violations, ground), key=_order)),
        quotas=(*judged.quotas, *judged.leavers),
        staffing=staffing(ground, before, after),
        establishment=establishment(ground, before, after),
        structure=structure(ground, before, after),
        unmet=judged.unmet,
        passed_over=passed_over,
        over_quota=hired,
        objectives=objectives,
        balance=measured,
        burden=burden(ground, placed),
        fairness=fairness_of(ground, placed),
        rates=measured.rates,
        notes=(
            *ground.staff.notes,
            *ground.decisions.notes,
            *guard_notes(ground),
            *order.problems,
            *kin_notes(ground, placed),
            *missing_positions(ground, placed),
        ),
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
