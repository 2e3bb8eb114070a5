"""The registers of a plan: quotas, moves, schools before and after, balance, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

import polars as pl

from junheng.engine.audit.findings import PAIRED, Audit, QuotaLine, StaffingLine
from junheng.engine.audit.phrasing import violation_problem
from junheng.engine.balance.report import BalanceReport
from junheng.engine.documents.lists import clause_text
from junheng.engine.documents.register import Cell, Field, Register
from junheng.engine.plans.plan import ObjectiveValue, Plan, Unmet
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence, word

FINGERPRINT_SHOWN = 12
"""Characters of a fingerprint that documents print: enough to tell two apart."""
_DAY = timedelta(days=1)
_VERDICTS: Mapping[bool | None, str] = {True: "met", False: "unmet", None: "open"}


def quota_register(audit: Audit, screening: Screening) -> Register:
    """Return the quota table (指标): share, base, exact product, bound, reached, verdict."""
    pack = screening.evaluation.pack
    names = unit_names(screening.evaluation.roster)
    rows: list[tuple[Cell, ...]] = [
        (
            line.title,
            item_clauses(pack, line.id),
            sentence(f"strength.{line.strength}"),
            "、".join(cell_word(each, names) for each in line.cell) or None,
            required_text(line),
            line.bound,
            line.reached,
            verdict_text(line.met),
            _unknown_text(line),
        )
        for line in audit.quotas
    ]
    fields = (
        Field("指标", 22),
        Field("依据", 9),
        Field("约束", 8),
        Field("范围", 22),
        Field("算式", 26),
        Field("要求（人）", 9),
        Field("完成（人）", 9),
        Field("结论", 9),
        Field("待核实", 10),
    )
    return Register("指标", sentence("document.quotas"), fields, tuple(rows))


def cell_word(part: str, names: Mapping[str, str]) -> str:
    """Name a unit of a cell, or both of a pair; other words stay as they are."""
    return PAIRED.join(names.get(each, each) for each in part.split(PAIRED))


def plan_register(plan: Plan, screening: Screening) -> Register:
    """Return the moves (方案), in the order of the schools people leave."""
    roster, pack = screening.evaluation.roster, screening.evaluation.pack
    names, order = unit_names(roster), unit_order(roster)
    people = {row["person_id"]: row for row in roster["persons"].iter_rows(named=True)}
    verdicts = {row["person_id"]: row for row in screening.verdicts.iter_rows(named=True)}
    rows: list[tuple[Cell, ...]] = []
    for move in sorted(plan.moves, key=lambda m: (order.get(m.from_unit, -1), m.person_id)):
        person, verdict = people[move.person_id], verdicts[move.person_id]
        form = pack.items.arrangements.get(move.form)
        rows.append(
            (
                move.person_id,
                person["person_name"],
                person["sex"],
                person["title"],
                names.get(move.from_unit, move.from_unit),
                names.get(move.to_unit, move.to_unit),
                move.stage or None,
                move.subject or None,
                None if form is None else form.title,
                None if move.since is None else move.since.isoformat(),
                None if move.until is None else (move.until - _DAY).isoformat(),
                sentence(f"outcome.{verdict['outcome']}"),
                clause_text(pack, verdict["because"]),
            )
        )
    fields = (
        Field("人员编号", 12),
        Field("姓名", 10),
        Field("性别", 5),
        Field("职称", 12),
        Field("派出学校", 20),
        Field("接收学校", 20),
        Field("学段", 7),
        Field("学科", 9),
        Field("交流形式", 14),
        Field("开始", 11),
        Field("结束", 11),
        Field("类别", 9),
        Field("依据", 10),
    )
    return Register("方案", sentence("document.plan"), fields, tuple(rows))


def staffing_register(audit: Audit, screening: Screening) -> Register:
    """Return each school's staff by subject before and after (每校前后)."""
    roster = screening.evaluation.roster
    names, order = unit_names(roster), unit_order(roster)
    lines = sorted(
        audit.staffing, key=lambda s: (order.get(s.unit_id, -1), s.stage, s.role, s.subject)
    )
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(line.unit_id, line.unit_id),
            line.stage or None,
            line.subject or line.role,
            line.required,
            line.established,
            line.before,
            line.after,
            lack(line, line.before),
            lack(line, line.after),
        )
        for line in lines
    ]
    fields = (
        Field("单位", 24),
        Field("学段", 8),
        Field("学科（职务）", 12),
        Field("需要", 8),
        Field("核定", 8),
        Field("交流前", 8),
        Field("交流后", 8),
        Field("前：余缺", 9),
        Field("后：余缺", 9),
    )
    return Register(
        "每校前后",
        sentence("document.staffing"),
        fields,
        tuple(rows),
        note=sentence("document.staffing-note"),
    )


def balance_register(report: BalanceReport) -> Register:
    """Return the coefficients before and after, compared with their limits unrounded."""
    rows: list[tuple[Cell, ...]] = [
        (
            row["stage"],
            sentence(f"indicator.{row['indicator']}"),
            sentence(f"chart.{row['moment']}"),
            row["schools"],
            row["pupils"],
            row["mean"],
            row["deviation"],
            row["cv"],
            row["limit"],
            verdict_text(row["meets"]),
        )
        for row in report.indicators.iter_rows(named=True)
    ]
    fields = (
        Field("学段", 8),
        Field("指标", 30),
        Field("时点", 9),
        Field("学校数", 8),
        Field("学生数", 9),
        Field("全县水平", 10, 4),
        Field("标准差", 10, 4),
        Field("差异系数", 10, 6),
        Field("限值", 8, 2),
        Field("结论", 9),
    )
    note = sentence(f"document.counted-at-{report.counted_at}")
    return Register("均衡前后", sentence("document.balance"), fields, tuple(rows), note=note)


def audit_register(audit: Audit, screening: Screening) -> Register:
    """Return violations, then obligations that stay unmet, each with clause and arithmetic."""
    pack = screening.evaluation.pack
    names = unit_names(screening.evaluation.roster)
    rows: list[tuple[Cell, ...]] = []
    for violation in audit.violations:
        worded = word(violation_problem(violation))
        kind = "document.violation" if violation.blocks else "document.overridden"
        rows.append(
            (
                sentence(kind),
                sentence(f"strength.{violation.strength}"),
                item_clauses(pack, violation.rule) or None,
                "；".join(p for p in (worded.title, worded.found, worded.expected) if p),
                worded.remedy or None,
            )
        )
    for unmet in audit.unmet:
        clause = item_clauses(pack, unmet.rule) or None
        rows.append(
            (sentence("document.unmet"), None, clause, unmet_text(unmet, pack, names), None)
        )
    fields = (
        Field("种类", 12),
        Field("约束", 9),
        Field("依据", 10),
        Field("内容", 70),
        Field("处理", 36),
    )
    note = sentence("document.audit-clean" if audit.clean else "document.audit-not-clean")
    return Register("审核", sentence("document.audit"), fields, tuple(rows), note=note)


def unit_names(roster: Roster) -> dict[str, str]:
    """Return unit id → name."""
    return dict(roster["units"].select("unit_id", "unit_name").iter_rows())


def unit_order(roster: Roster) -> dict[str, int]:
    """Return unit id → its place on the officer's unit sheet."""
    return {unit: place for place, unit in enumerate(roster["units"]["unit_id"])}


def item_clauses(pack: ResolvedPack, item_id: str) -> str:
    """Return the clauses an item of any kind cites, as an office writes them."""
    items = pack.items
    for kind in (items.rules, items.quotas, items.destinations, items.guards, items.planning):
        if item_id in kind:
            return "、".join(dict.fromkeys(c.at for c in pack.clauses(kind[item_id].source)))
    return ""


def required_text(line: QuotaLine) -> str:
    """Write a quota's arithmetic: share × base = exact product, and the rounding."""
    word_ = sentence(f"relation.{line.relation}")
    if line.share is None or line.base is None:
        return f"{word_}{line.bound}"
    exact = decimal_text(line.exact)
    rounding = sentence(f"rounding.{line.rounding}")
    return f"{word_}{percent_text(line.share)}×{line.base}＝{exact}，{rounding}{line.bound}"


def percent_text(share: Fraction) -> str:
    """Write a share as a percentage, exact: 10%, 12.5%, or 1/3 where no decimal is."""
    hundred = share * 100
    text = decimal_text(hundred)
    return f"{text}%" if Fraction(text) == hundred else f"{share.numerator}/{share.denominator}"


def decimal_text(number: Fraction) -> str:
    """Write an exact number with at most four places, trailing zeros dropped."""
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def verdict_text(meets: bool | None) -> str:  # noqa: FBT001 -- the value itself is three-valued
    """Word a three-valued verdict."""
    return sentence(f"verdict.{_VERDICTS[meets]}")


def objective_text(reached: ObjectiveValue) -> str:
    """Write what an objective reached: whole numbers grouped, scaled ones with their places."""
    if reached.scale == 1:
        return f"{reached.value:,}"
    return f"{reached.value / reached.scale:.{len(str(reached.scale)) - 1}f}"


def unmet_text(
    unmet: Unmet,
    pack: ResolvedPack,
    names: Mapping[str, str],
    language: Language = Language.ZH,
) -> str:
    """Word one unmet obligation by its cell and numbers; no grounds."""
    rule = pack.items.quotas.get(unmet.rule) or pack.items.rules.get(unmet.rule)
    unit = names.get(unmet.unit_id, unmet.unit_id)
    cell = f"{unmet.zone}{unit}{unmet.stage}{unmet.subject}{unmet.role}"
    if unmet.pair:
        pair = "–".join(names.get(each, each) for each in unmet.pair.split("–"))
        cell = f"{pair} {unmet.stage}{unmet.subject}".rstrip()
        if unit:
            cell = sentence("unmet.pair-cell", language, cell=cell, unit=unit)
    return sentence(
        f"unmet.{unmet.kind}",
        language,
        rule="" if rule is None else rule.title,
        cell=cell,
        person=unmet.person_id,
        required=unmet.required,
        reached=unmet.reached,
        amount=unmet.amount,
    )


def replanned_text(plan: Plan) -> str:
    """Say what a plan was made from and on which terms its values are proven; else nothing."""
    receipt = plan.receipt
    if not receipt.parent:
        return ""
    parent = receipt.parent[:FINGERPRINT_SHOWN]
    return sentence("document.replanned", parent=parent, terms=receipt.terms)


def school_values(report: BalanceReport, indicator: str) -> pl.DataFrame:
    """Return ``unit_id, stage, before, after`` of one indicator for every school compared."""
    chosen = report.schools.filter(pl.col("indicator") == indicator)
    return chosen.pivot("moment", index=["unit_id", "stage"], values="value")


def _unknown_text(line: QuotaLine) -> str | None:
    unknown = line.unknown + line.unknown_base
    return sentence("document.unknown-members", count=unknown) if unknown else None


def lack(line: StaffingLine, staff: int) -> int | None:
    """Return staff above what is established (positive) or below what is required."""
    if line.required is not None and staff < line.required:
        return staff - line.required
    if line.established is not None and staff > line.established:
        return staff - line.established
    return None if line.required is None and line.established is None else 0
