"""The result folder (结果): registers in Excel, the one-page report in Word, the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from junheng.engine.answers.pricing_words import objective_title
from junheng.engine.answers.tradeoff import TradeOff
from junheng.engine.audit import Audit, audit
from junheng.engine.balance.report import BalanceReport
from junheng.engine.documents.brief import BalanceLine, Brief, QuotaLine, write_brief
from junheng.engine.documents.frames import MOVED_INDICATORS
from junheng.engine.documents.grounds import grounds_register
from junheng.engine.documents.lists import outcome_registers, undecided_register
from junheng.engine.documents.overview import overview_of, overview_page
from junheng.engine.documents.pictures import illustrations
from junheng.engine.documents.register import Register
from junheng.engine.documents.results import (
    FINGERPRINT_SHOWN,
    audit_register,
    balance_register,
    item_clauses,
    objective_text,
    plan_register,
    quota_register,
    replanned_text,
    required_text,
    staffing_register,
    verdict_text,
)
from junheng.engine.documents.spread import spread_register
from junheng.engine.documents.trading import curve_of
from junheng.engine.documents.workbook import Imprint, write_registers
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import missing
from junheng.engine.screening.receipt import Receipt
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence

_BRIEF_QUOTAS = 6  # more lines than this do not fit the page; the workbook has them all


def write_report(
    roster: Roster,
    screening: Screening,
    plan: Plan,
    *,
    folder: Path,
    with_grounds: bool,
    trade_off: TradeOff | None = None,
) -> tuple[Path, ...]:
    """Write everything an officer prints and signs; return the files in reading order.

    Parameters
    ----------
    with_grounds : also write the internal file with the grounds of deferral (§12)
    trade_off : points of the trade-off, to be drawn beside the plan; None: no curve

    Raises
    ------
    QuestionError
        If the balance cannot be measured on this roster; all missing cells are named.
    """
    folder.mkdir(parents=True, exist_ok=True)
    audited = audit(roster, screening, plan)
    imprint = _imprint(screening)
    registers = all_registers(screening, plan, audited)
    curve = None if trade_off is None else curve_of(trade_off, plan, screening)
    pictures = illustrations(screening, plan, audited, trade_off=curve)
    workbook = folder / "名册.xlsx"
    write_registers(registers, workbook, imprint=imprint, pictures=pictures)
    brief = folder / "情况说明.docx"
    page = brief_of(screening, plan, audited, imprint)
    write_brief(page, brief, pictures=pictures, on=screening.receipt.on)
    overview = folder / "方案一览.html"
    shown = overview_of(screening, plan, audited, imprint.receipt)
    overview.write_text(overview_page(shown), encoding="utf-8", newline="\n")
    files = [
        workbook,
        brief,
        overview,
        *(path for each in pictures for path in each.write(folder)),
    ]
    if with_grounds:
        internal = folder / "暂缓事由(内部).xlsx"
        write_registers([grounds_register(screening)], internal, imprint=imprint)
        files.append(internal)
    return tuple(files)


def all_registers(screening: Screening, plan: Plan, audited: Audit) -> tuple[Register, ...]:
    """Return every register of the result workbook, in order."""
    of_plan = (
        quota_register(audited, screening),
        plan_register(plan, screening),
        staffing_register(audited, screening),
        balance_register(audited.balance),
        audit_register(audited, screening),
        spread_register(audited, screening),
    )
    return (
        *outcome_registers(screening),
        undecided_register(screening, missing(screening)),
        *(replace(each, title=title_of(each.title, audited)) for each in of_plan),
    )


def title_of(title: str, audited: Audit) -> str:
    """Return a title that says at once when the plan below it fails the audit."""
    return title if audited.clean else sentence("document.failed-title", title=title)


def _failed(audited: Audit) -> Sequence[str]:
    """Say how much keeps a plan from being carried out; nothing where nothing does."""
    count = sum(violation.blocks for violation in audited.violations)
    return [sentence("document.failed", count=count)] if count else []


def brief_of(screening: Screening, plan: Plan, audited: Audit, imprint: Imprint) -> Brief:
    """Put the result into the sentences of the one-page report."""
    receipt, pack = screening.receipt, screening.evaluation.pack
    counts = "，".join(
        sentence("brief.count", outcome=sentence(f"outcome.{outcome}"), count=count)
        for outcome, count in screening.counts().items()
    )
    lines = [line for line in audited.quotas if line.per in ((), ("county",))]
    lines += [line for line in audited.quotas if line not in lines and not line.met]
    return Brief(
        title=title_of(sentence("brief.title", year=receipt.year), audited),
        subtitle="\n".join(
            [
                sentence("brief.subtitle", authority=imprint.authority, on=receipt.on),
                *_failed(audited),
            ]
        ),
        screened=sentence("brief.screened", persons=screening.verdicts.height, counts=counts),
        quotas=[
            QuotaLine(
                title=line.title,
                clause=item_clauses(pack, line.id),
                required=required_text(line),
                reached=str(line.reached),
                verdict=verdict_text(line.met),
            )
            for line in lines[:_BRIEF_QUOTAS]
        ],
        planned=_planned(plan, audited, pack) + replanned_text(plan),
        balance=_balance_lines(audited.balance),
        audited=_audited(audited),
        receipt=imprint.receipt,
    )


def _planned(plan: Plan, audited: Audit, pack: ResolvedPack) -> str:
    reached = "；".join(
        sentence(
            "brief.objective",
            title=objective_title(objective.id, pack, Language.ZH, full=True),
            value=objective_text(objective),
        )
        for objective in plan.objectives
        if objective.id != "draw"
    )
    proven = all(objective.proven for objective in plan.objectives)
    return sentence(
        "brief.planned-proven" if proven and plan.objectives else "brief.planned",
        moves=len(plan.moves),
        unmet=sum(unmet.amount for unmet in audited.unmet),
        reached=reached,
    )


def _audited(audited: Audit) -> str:
    """Word the verdict, and how much stays unmet of each kind."""
    verdict = sentence("document.audit-clean" if audited.clean else "document.audit-not-clean")
    amounts: dict[str, int] = {}
    for unmet in audited.unmet:
        amounts[unmet.kind] = amounts.get(unmet.kind, 0) + unmet.amount
    kinds = "，".join(
        sentence(f"brief.unmet-{kind}", amount=amount) for kind, amount in amounts.items()
    )
    return verdict + (sentence("brief.unmet", kinds=kinds) if kinds else "")


def _balance_lines(report: BalanceReport) -> Sequence[BalanceLine]:
    moved = pl.col("indicator").is_in(MOVED_INDICATORS) & pl.col("cv").is_not_null()
    wide = report.indicators.filter(moved).pivot(
        "moment", index=["stage", "indicator", "limit"], values=["cv", "meets"]
    )
    return [
        BalanceLine(
            stage=row["stage"],
            indicator=sentence(f"indicator.{row['indicator']}"),
            before=f"{row['cv_before']:.3f}",
            after=f"{row['cv_after']:.3f}",
            limit=f"{row['limit']:.2f}",
            verdict=verdict_text(row["meets_after"]),
        )
        for row in wide.iter_rows(named=True)
    ]


def _imprint(screening: Screening) -> Imprint:
    receipt = screening.receipt
    return Imprint(
        screening.evaluation.pack.header.authority, receipt.on, receipt_text(receipt)
    )


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt as one line: enough to find the same roster and pack again (§3)."""
    return sentence(
        "document.receipt",
        roster=receipt.roster[:FINGERPRINT_SHOWN],
        pack=receipt.pack_id,
        version=receipt.pack_version,
        fingerprint=receipt.pack[:FINGERPRINT_SHOWN],
        engine=receipt.engine,
    )
