"""Audit (审核): checks any plan again from roster and pack, without a solver."""

from junheng.engine.audit.auditor import audit
from junheng.engine.audit.fairness import fairness
from junheng.engine.audit.fairness_wording import fairness_lines, fairness_values
from junheng.engine.audit.findings import (
    Audit,
    BurdenLine,
    EstablishmentLine,
    FairnessLine,
    Granted,
    ObjectiveLine,
    OverQuota,
    QuotaLine,
    StaffingLine,
    Violation,
)
from junheng.engine.audit.judging import quota_table
from junheng.engine.audit.phrasing import violation_problem, violation_text
from junheng.engine.audit.wording import (
    audit_lines,
    audit_problems,
    audit_values,
    quota_line,
    quota_values,
)

__all__ = [
    "Audit",
    "BurdenLine",
    "EstablishmentLine",
    "FairnessLine",
    "Granted",
    "ObjectiveLine",
    "OverQuota",
    "QuotaLine",
    "StaffingLine",
    "Violation",
    "audit",
    "audit_lines",
    "audit_problems",
    "audit_values",
    "fairness",
    "fairness_lines",
    "fairness_values",
    "quota_line",
    "quota_table",
    "quota_values",
    "violation_problem",
    "violation_text",
]
