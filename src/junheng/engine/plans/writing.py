"""Writing plan.json: the same plan gives the same bytes."""

from __future__ import annotations

import json
from datetime import date

from junheng.engine.plans.plan import (
    FORMAT,
    Move,
    ObjectiveValue,
    PassedOver,
    Plan,
    PlanReceipt,
    Unmet,
)


def plan_text(plan: Plan) -> str:
    """Write a plan as the text of a plan.json, in UTF-8 and ending in a newline."""
    return json.dumps(plan_values(plan), ensure_ascii=False, indent=2) + "\n"


def plan_values(plan: Plan) -> dict[str, object]:
    """Return a plan as plain values, keys in the order of the schema."""
    return {
        "format": FORMAT,
        "receipt": _receipt(plan.receipt),
        "moves": [move_values(move) for move in plan.moves],
        "objectives": [_objective(each) for each in plan.objectives],
        "unmet": [unmet_values(each) for each in plan.unmet],
        "passed_over": [_passed_over(each) for each in plan.passed_over],
    }


def _receipt(receipt: PlanReceipt) -> dict[str, object]:
    of = receipt.screening
    again = {"parent": receipt.parent, "terms": receipt.terms} if receipt.parent else {}
    return {
        "roster": of.roster,
        "pack_id": of.pack_id,
        "pack_version": of.pack_version,
        "pack": of.pack,
        "settings": dict(sorted(of.settings.items())),
        "engine": of.engine,
        "on": of.on.isoformat(),
        "year": of.year,
        "solver": receipt.solver,
        "seed": receipt.seed,
        "programme": receipt.programme,
        **again,
    }


def move_values(move: Move) -> dict[str, object]:
    """Return a move as plain values, keys in the order of the schema."""
    return {
        "person": move.person_id,
        "from": move.from_unit,
        "to": move.to_unit,
        "stage": move.stage,
        "subject": move.subject,
        "form": move.form,
        "since": _day(move.since),
        "until": _day(move.until),
        "relation_moved": move.relation_moved,
        "reason": list(move.reason),
        "over_quota": move.over_quota,
    }


def _objective(value: ObjectiveValue) -> dict[str, object]:
    return {
        "id": value.id,
        "value": value.value,
        "bound": value.bound,
        "scale": value.scale,
        "rounding_error": value.rounding_error,
        "proven": value.proven,
        "gap": str(value.gap),
    }


def unmet_values(unmet: Unmet) -> dict[str, object]:
    """Return an unmet obligation as plain values, keys in the order of the schema."""
    return {
        "kind": unmet.kind,
        "rule": unmet.rule,
        "unit": unmet.unit_id,
        "stage": unmet.stage,
        "subject": unmet.subject,
        "role": unmet.role,
        "zone": unmet.zone,
        **({"pair": unmet.pair} if unmet.pair else {}),
        "person": unmet.person_id,
        "required": unmet.required,
        "reached": unmet.reached,
    }


def _passed_over(passed: PassedOver) -> dict[str, object]:
    return {"rule": passed.rule, "person": passed.person_id}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
