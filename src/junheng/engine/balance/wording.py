"""The balance report as lines of text and as plain values for JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl

from junheng.engine.balance.rates import Rate
from junheng.engine.balance.report import BalanceReport
from junheng.engine.balance.standards import OF_TEACHERS, STAGES
from junheng.engine.balance.tables import AFTER, BEFORE
from junheng.messages import Language, sentence

_JUDGED: dict[bool | None, str] = {
    True: "balance.meets",
    False: "balance.fails",
    None: "balance.undecided",
}


def balance_lines(report: BalanceReport, language: Language = Language.ZH) -> tuple[str, ...]:
    """Put a report into lines: each coefficient of teachers, the schools, the rates."""
    counted_at = sentence(f"balance.counted-{report.counted_at}", language)
    heading = sentence(
        "balance.line-heading", language, start=report.start, counted_at=counted_at
    )
    lines = [heading]
    for stage in STAGES:
        lines += [_indicator(report, stage, each, language) for each in OF_TEACHERS]
        lines.append(_schools(report, stage, language))
    for row in report.composite.to_dicts():
        limit = _figure(row["limit"])
        stage = row["stage"]
        lines.append(sentence("balance.line-composite", language, stage=stage, limit=limit))
    lines += _own(report, language)
    return (*lines, *(_rate(rate, language) for rate in report.rates))


def balance_values(report: BalanceReport) -> dict[str, Any]:
    """Return a report as plain values; codes and keys are English."""
    return {
        "start": report.start.isoformat(),
        "counted_at": report.counted_at,
        "indicators": report.indicators.to_dicts(),
        "schools": report.schools.to_dicts(),
        "school_rule": report.school_rule.to_dicts(),
        "moves": report.moves.to_dicts(),
        "composite": report.composite.to_dicts(),
        "own": report.own.to_dicts(),
        "rates": [rate_values(rate) for rate in report.rates],
    }


def rate_values(rate: Rate) -> dict[str, Any]:
    """Return a rate as plain values; shares as exact text such as ``4/33``."""
    return {
        "id": rate.id,
        "title": rate.title,
        "cell": list(rate.cell),
        "count": rate.count,
        "base": rate.base,
        "unknown_count": rate.unknown_count,
        "unknown_base": rate.unknown_base,
        "share": None if rate.share is None else str(rate.share),
        "at_least": None if rate.at_least is None else str(rate.at_least),
        "meets": rate.meets,
    }


def percent(share: Fraction) -> str:
    """Write a share as per cent with two places, halves rounded up.

    For reading only: whether a limit is kept is judged by the exact share (§5).

    Examples
    --------
    >>> percent(Fraction(52, 112))
    '46.43%'
    """
    hundredths = (share * 10_000 + Fraction(1, 2)).__floor__()
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _indicator(report: BalanceReport, stage: str, indicator: str, language: Language) -> str:
    rows = {
        row["moment"]: row
        for row in report.indicators.filter(
            (pl.col("stage") == stage) & (pl.col("indicator") == indicator)
        ).to_dicts()
    }
    title = sentence(f"balance.{indicator}", language)
    after = rows[AFTER]
    if after["cv"] is None:
        return sentence(
            "balance.line-unknown",
            language,
            stage=stage,
            indicator=title,
            unknown=after["unknown"],
        )
    return sentence(
        "balance.line-indicator",
        language,
        stage=stage,
        indicator=title,
        before=_figure(rows[BEFORE]["cv"]),
        after=_figure(after["cv"]),
        limit=_figure(after["limit"]),
        meets=sentence(_JUDGED[after["meets"]], language),
    )


def _own(report: BalanceReport, language: Language) -> list[str]:
    """Word the pack's own indicators; no document sets them a limit."""
    rows = {(r["stage"], r["indicator"], r["moment"]): r for r in report.own.to_dicts()}
    return [
        sentence(
            "balance.line-own",
            language,
            stage=stage,
            indicator=row["title"],
            before=_figure(rows[stage, indicator, BEFORE]["cv"]),
            after=_figure(row["cv"]),
        )
        for (stage, indicator, moment), row in rows.items()
        if moment == AFTER
    ]


def _schools(report: BalanceReport, stage: str, language: Language) -> str:
    rows = report.school_rule.filter(pl.col("stage") == stage)
    met = {
        moment: rows.filter((pl.col("moment") == moment) & pl.col("meets")).height
        for moment in (BEFORE, AFTER)
    }
    open_ones = rows.filter((pl.col("moment") == AFTER) & pl.col("meets").is_null()).height
    return sentence(
        "balance.line-schools",
        language,
        stage=stage,
        before=met[BEFORE],
        after=met[AFTER],
        undecided=open_ones,
    )


def _rate(rate: Rate, language: Language) -> str:
    judged = "balance.reported" if rate.at_least is None else _JUDGED[rate.meets]
    return sentence(
        "balance.line-rate",
        language,
        title=rate.title,
        cell=" ".join(word for word in rate.cell if word),
        count=rate.count,
        base=rate.base,
        share="" if rate.share is None else f" = {percent(rate.share)}",
        meets=sentence(judged, language),
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.6f}"
