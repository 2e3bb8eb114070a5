"""The result folder (结果): registers in Excel, the one-page report in Word, the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from junheng.engine.audit import Audit, audit
from junheng.engine.balance.report import BalanceReport
from junheng.engine.documents import charts
from junheng.engine.documents.brief import BalanceLine, Brief, QuotaLine, write_brief
from junheng.engine.documents.grounds import grounds_register
from junheng.engine.documents.lists import outcome_registers, undecided_register
from junheng.engine.documents.register import Register
from junheng.engine.documents.results import (
    audit_register,
    balance_register,
    item_clauses,
    objective_text,
    plan_register,
    quota_register,
    required_text,
    school_values,
    staffing_register,
    unit_names,
    unit_order,
    verdict_text,
)
from junheng.engine.documents.workbook import Imprint, write_registers
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.items import Outcome
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import missing
from junheng.engine.screening.receipt import Receipt
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

_FINGERPRINT_SHOWN = 12
_INDICATOR_OF_OBJECTIVE = "L2"
_MOVED_INDICATORS = ("L1", "L2", "L3")
"""What an exchange of persons can change; L4 to L7 are buildings and equipment."""
_COLOURS = {
    Outcome.DUE: "#c8102e",
    Outcome.SUPERVISED: "#8f1d5c",
    Outcome.MAY: "#f28e2b",
    Outcome.UNDECIDED: "#f2c744",
    Outcome.DEFERRED: "#4e79a7",
    Outcome.DEEMED: "#76b7b2",
    Outcome.EXEMPT: "#59a14f",
    Outcome.BARRED: "#52606d",
    Outcome.NOT_DUE: "#cbd2d9",
    Outcome.OUT_OF_SCOPE: "#e8ecef",
}
"""Outcomes in the order of the stacked picture: warm for who may move, grey for who is not
concerned."""
_BRIEF_QUOTAS = 6  # more lines than this do not fit the page; the workbook has them all


def write_report(
    roster: Roster, screening: Screening, plan: Plan, *, folder: Path, with_grounds: bool
) -> tuple[Path, ...]:
    """Write everything an officer prints and signs; return the files in reading order.

    Parameters
    ----------
    with_grounds : also write the internal file with the grounds of deferral (§12)

    Raises
    ------
    QuestionError
        If the balance cannot be measured on this roster; all missing cells are named.
    """
    folder.mkdir(parents=True, exist_ok=True)
    audited = audit(roster, screening, plan)
    imprint = _imprint(screening)
    registers = all_registers(screening, plan, audited)
    workbook = folder / "名册.xlsx"
    write_registers(registers, workbook, imprint=imprint)
    pictures = write_pictures(screening, audited, folder)
    brief = folder / "情况说明.docx"
    page = brief_of(screening, plan, audited, imprint)
    write_brief(page, brief, picture=pictures[1], on=screening.receipt.on)
    files = [workbook, brief, *pictures]
    if with_grounds:
        internal = folder / "暂缓事由(内部).xlsx"
        write_registers([grounds_register(screening)], internal, imprint=imprint)
        files.append(internal)
    return tuple(files)


def all_registers(screening: Screening, plan: Plan, audited: Audit) -> tuple[Register, ...]:
    """Return every register of the result workbook, in order."""
    return (
        *outcome_registers(screening),
        undecided_register(screening, missing(screening)),
        quota_register(audited, screening),
        plan_register(plan, screening),
        staffing_register(audited, screening),
        balance_register(audited.balance),
        audit_register(audited, screening),
    )


def write_pictures(screening: Screening, audited: Audit, folder: Path) -> tuple[Path, ...]:
    """Draw outcomes, balance, coefficients and shortages as SVG and PNG.

    The second path returned is the PNG of the coefficients, which the one-page report shows.
    """
    drawn = (
        ("差异系数", charts.coefficients(_coefficient_frame(audited.balance))),
        ("摸底结果", charts.outcomes_by_unit(_outcome_frame(screening))),
        ("各校骨干教师", charts.balance_by_unit(_school_frame(screening, audited.balance))),
        ("缺员", charts.shortages_by_subject(_shortage_frame(audited))),
    )
    return tuple(
        path for name, chart in drawn for path in charts.write_picture(chart, folder / name)
    )


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
        title=sentence("brief.title", year=receipt.year),
        subtitle=sentence("brief.subtitle", authority=imprint.authority, on=receipt.on),
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
        planned=_planned(plan, audited),
        balance=_balance_lines(audited.balance),
        audited=sentence(
            "document.audit-clean" if audited.clean else "document.audit-not-clean"
        ),
        receipt=imprint.receipt,
    )


def _planned(plan: Plan, audited: Audit) -> str:
    reached = "；".join(
        sentence(
            "brief.objective",
            title=sentence(f"objective.{objective.id}"),
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
    moved = pl.col("indicator").is_in(_MOVED_INDICATORS) & pl.col("cv").is_not_null()
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
        roster=receipt.roster[:_FINGERPRINT_SHOWN],
        pack=receipt.pack_id,
        version=receipt.pack_version,
        fingerprint=receipt.pack[:_FINGERPRINT_SHOWN],
        engine=receipt.engine,
    )


def _outcome_frame(screening: Screening) -> pl.DataFrame:
    order = {outcome.value: place for place, outcome in enumerate(_COLOURS)}
    titles = {outcome.value: sentence(f"outcome.{outcome}") for outcome in _COLOURS}
    colours = {outcome.value: colour for outcome, colour in _COLOURS.items()}
    roster = screening.evaluation.roster
    units = roster["units"].select(
        "unit_id", unit="unit_name", order=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    return (
        roster["persons"]
        .select("person_id", "unit_id")
        .join(screening.verdicts, on="person_id")
        .join(units, on="unit_id")
        .group_by("order", "unit", "outcome")
        .len("persons")
        .with_columns(
            place=pl.col("outcome").replace_strict(order, return_dtype=pl.Int64),
            colour=pl.col("outcome").replace_strict(colours, return_dtype=pl.String),
            outcome=pl.col("outcome").replace_strict(titles, return_dtype=pl.String),
        )
        .sort("order", "place")
        .select("unit", "outcome", "place", "colour", "persons")
    )


def _school_frame(screening: Screening, report: BalanceReport) -> pl.DataFrame:
    """Return backbone teachers per 100 pupils before and after, by stage and school."""
    roster = screening.evaluation.roster
    names, order = unit_names(roster), unit_order(roster)
    means = {
        row["stage"]: row["mean"]
        for row in report.indicators.iter_rows(named=True)
        if row["indicator"] == _INDICATOR_OF_OBJECTIVE and row["moment"] == "before"
    }
    rows = sorted(
        school_values(report, _INDICATOR_OF_OBJECTIVE).iter_rows(named=True),
        key=lambda row: (list(means).index(row["stage"]), order.get(row["unit_id"], -1)),
    )
    return pl.DataFrame(
        [
            {
                "unit": names[row["unit_id"]],
                "stage": row["stage"],
                "before": row["before"],
                "after": row["after"],
                "mean": means[row["stage"]],
            }
            for row in rows
        ],
        schema={
            "unit": pl.String,
            "stage": pl.String,
            "before": pl.Float64,
            "after": pl.Float64,
            "mean": pl.Float64,
        },
    )


def _coefficient_frame(report: BalanceReport) -> pl.DataFrame:
    moved = pl.col("indicator").is_in(_MOVED_INDICATORS) & pl.col("cv").is_not_null()
    return pl.DataFrame(
        [
            {
                "cell": row["stage"] + " " + sentence(f"indicator.{row['indicator']}.short"),
                "moment": sentence(f"chart.{row['moment']}"),
                "cv": row["cv"],
                "limit": row["limit"],
            }
            for row in report.indicators.filter(moved).iter_rows(named=True)
        ],
        schema={"cell": pl.String, "moment": pl.String, "cv": pl.Float64, "limit": pl.Float64},
    )


def _shortage_frame(audited: Audit) -> pl.DataFrame:
    posts: dict[tuple[str, str], int] = {}
    for line in audited.staffing:
        cell = f"{line.stage}{line.subject or line.role}"
        for moment, staff in (("before", line.before), ("after", line.after)):
            short = max(0, (line.required or 0) - staff)
            posts[cell, moment] = posts.get((cell, moment), 0) + short
    short_somewhere = {cell for (cell, _), count in posts.items() if count}
    return pl.DataFrame(
        [
            {"cell": cell, "moment": sentence(f"chart.{moment}"), "posts": count}
            for (cell, moment), count in posts.items()
            if cell in short_somewhere
        ],
        schema={"cell": pl.String, "moment": pl.String, "posts": pl.Int64},
    )
