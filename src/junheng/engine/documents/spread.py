"""The register of how burden and granted wishes are spread (负担与志愿)."""

from __future__ import annotations

from junheng.engine.audit.fairness import LEAST
from junheng.engine.audit.fairness_wording import group_text, kind_title, ranks_text
from junheng.engine.audit.findings import Audit, FairnessLine
from junheng.engine.documents.register import Cell, Field, Register
from junheng.engine.documents.results import unit_names
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

_KILOMETRE = 1000
_FIELDS = (
    Field("分类", 10),
    Field("组", 48),
    Field("教职工（人）", 10),
    Field("可安排（人）", 10),
    Field("安排（人）", 10),
    Field("安排占可安排（%）", 11, 2),
    Field("申请（人）", 9),
    Field("得偿志愿", 48),
    Field("志愿之外（人）", 10),
    Field("未申请（人）", 10),
    Field("以前交流过（人）", 10),
    Field("平均路程（千米）", 11, 1),
)


def spread_register(audit: Audit, screening: Screening) -> Register:
    """Return who bears the burden and whose wishes are granted, group by group."""
    names = unit_names(screening.evaluation.roster)
    rows = tuple(
        _row(line, group_text(line, names))
        for line in audit.fairness
        if line.movable or line.moved
    )
    note = sentence("fairness.note", least=LEAST)
    return Register("负担与志愿", sentence("fairness.title"), _FIELDS, rows, note=note)


def _row(line: FairnessLine, group: str) -> tuple[Cell, ...]:
    share = None if line.share is None else float(line.share * 100)
    counts = (line.staff, line.movable, line.moved, share, line.applied)
    found = line.granted
    if found is None:
        return (kind_title(line.kind), group, *counts, *(None,) * 5)
    metres = None if found.metres is None else float(found.metres / _KILOMETRE)
    told = (ranks_text(found), found.elsewhere, found.unasked, found.before, metres)
    return (kind_title(line.kind), group, *counts, *told)
