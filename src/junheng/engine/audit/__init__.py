"""Audit (审核): checks any plan again from roster and pack, without a solver."""

from junheng.engine.audit.auditor import audit
from junheng.engine.audit.findings import (
    Audit,
    BurdenLine,
    EstablishmentLine,
    ObjectiveLine,
    QuotaLine,
    StaffingLine,
    Violation,
)
from junheng.engine.audit.phrasing import violation_problem, violation_text
from junheng.engine.audit.wording import audit_lines, audit_problems, audit_values

__all__ = [
    "Audit",
    "BurdenLine",
    "EstablishmentLine",
    "ObjectiveLine",
    "QuotaLine",
    "StaffingLine",
    "Violation",
    "audit",
    "audit_lines",
    "audit_problems",
    "audit_values",
    "violation_problem",
    "violation_text",
]
