"""Documents (材料): registers, the one-page report and charts."""

from junheng.engine.documents.plan_changes import write_plan_changes
from junheng.engine.documents.report import write_report
from junheng.engine.documents.results import objective_text, unit_names, unmet_text

__all__ = ["objective_text", "unit_names", "unmet_text", "write_plan_changes", "write_report"]
