"""Documents (材料): registers, the one-page report and charts."""

from junheng.engine.documents.report import write_report

__all__ = ["write_report"]
