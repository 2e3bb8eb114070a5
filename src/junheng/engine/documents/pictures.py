"""Every picture of a result, in reading order: what each is called and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from junheng.engine.audit import Audit
from junheng.engine.documents import frames
from junheng.engine.documents.charts.balance import balance_by_school
from junheng.engine.documents.charts.bars import (
    coefficients,
    outcomes_by_unit,
    shortages_by_subject,
)
from junheng.engine.documents.charts.drawing import Drawn, Picture, draw
from junheng.engine.documents.charts.flow_layout import lay_out
from junheng.engine.documents.charts.flow_map import flow_map
from junheng.engine.documents.charts.movers import movers_by_group
from junheng.engine.documents.charts.staffing import staffing_heat_map
from junheng.engine.documents.charts.trade_off import TradeOffCurve, trade_off_curve
from junheng.engine.plans.plan import Plan
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

_MOST_ROWS = 70
"""Schools on one picture: with more, names would print below seven points on A4."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture with its name, which is its file name without ending."""

    name: str
    drawn: Drawn

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write SVG and PNG and return both paths."""
        vector, raster = folder / f"{self.name}.svg", folder / f"{self.name}.png"
        vector.write_text(self.drawn.svg, encoding="utf-8")
        raster.write_bytes(self.drawn.png)
        return vector, raster


def illustrations(
    screening: Screening,
    plan: Plan,
    audited: Audit,
    *,
    trade_off: TradeOffCurve | None = None,
) -> tuple[Illustration, ...]:
    """Draw every picture that the result has something to show in; coefficients first.

    Parameters
    ----------
    trade_off : exact points of the trade-off; None: no curve is drawn
    """
    specified = (
        *_coefficients(audited),
        *_flows(screening, plan),
        *_balance(screening, audited),
        *_staffing(screening, audited),
        *_shortages(audited),
        *_movers(audited),
        *_outcomes(screening),
        *_trade_off(trade_off),
    )
    return tuple(Illustration(name, draw(chart)) for name, chart in specified)


def _coefficients(audited: Audit) -> Iterator[tuple[str, Picture]]:
    frame = frames.coefficient_frame(audited.balance)
    if frame.height:
        yield sentence("picture.coefficients"), coefficients(frame)


def _flows(screening: Screening, plan: Plan) -> Iterator[tuple[str, Picture]]:
    roster = screening.evaluation.roster
    flows = frames.flows_of(plan, roster)
    if flows:
        drawn = lay_out(frames.schools_on_map(roster), flows)
        yield sentence("picture.flows"), flow_map(drawn)


def _balance(screening: Screening, audited: Audit) -> Iterator[tuple[str, Picture]]:
    """Yield a picture for each indicator that the pack's objective balances."""
    indicators = frames.balanced_indicators(screening.evaluation.pack)
    for indicator in indicators:
        word = f"-{indicator}" if len(indicators) > 1 else ""
        yield from _balance_of(indicator, word, screening, audited)


def _balance_of(
    indicator: str, word: str, screening: Screening, audited: Audit
) -> Iterator[tuple[str, Picture]]:
    report = audited.balance
    frame = frames.school_frame(report, screening.evaluation.roster, indicator)
    for stage in frame["stage"].unique(maintain_order=True):
        rows = frame.filter(pl.col("stage") == stage)
        found = frames.coefficient_of(report, stage, indicator)
        subtitle = sentence(
            "chart.balance-how",
            threshold=f"{rows['threshold'][0]:g}",
            mean=f"{rows['mean'][0]:.2f}",
            before=f"{found['before']['cv']:.3f}",
            after=f"{found['after']['cv']:.3f}",
            limit=f"{found['before']['limit']:.2f}",
        )
        for file_page, page, part in _paged(rows):
            title = sentence(
                "chart.balance-school",
                stage=stage,
                page=page,
                indicator=sentence(f"indicator.{indicator}"),
            )
            chart = balance_by_school(part, title=title, subtitle=subtitle)
            yield sentence("picture.balance", stage=stage, page=word + file_page), chart


def _staffing(screening: Screening, audited: Audit) -> Iterator[tuple[str, Picture]]:
    roster = screening.evaluation.roster
    for stage in frames.stages_of(audited):
        frame = frames.staffing_frame(audited, roster, stage)
        all_units = {x.unit_id for x in audited.staffing if x.stage == stage and x.subject}
        even = len(all_units) - frame["unit"].n_unique()
        subtitle = [sentence("chart.staffing-how")]
        if even:
            subtitle.append(sentence("chart.staffing-even", count=even))
        for file_page, page, part in _paged(frame):
            title = sentence("chart.staffing", stage=stage, page=page)
            chart = staffing_heat_map(part, title=title, subtitle=subtitle)
            yield sentence("picture.staffing", stage=stage, page=file_page), chart


def _shortages(audited: Audit) -> Iterator[tuple[str, Picture]]:
    frame = frames.shortage_frame(audited)
    if frame.height:
        yield sentence("picture.shortages"), shortages_by_subject(frame)


def _movers(audited: Audit) -> Iterator[tuple[str, Picture]]:
    frame = frames.mover_frame(audited)
    if frame.height:
        yield sentence("picture.movers"), movers_by_group(frame)


def _outcomes(screening: Screening) -> Iterator[tuple[str, Picture]]:
    for file_page, _, part in _paged(frames.outcome_frame(screening)):
        yield sentence("picture.outcomes", page=file_page), outcomes_by_unit(part)


def _trade_off(curve: TradeOffCurve | None) -> Iterator[tuple[str, Picture]]:
    if curve is not None and len(curve.titles) > 1:
        yield sentence("picture.trade-off"), trade_off_curve(curve)


def _paged(frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Divide a frame by its units, with the page's word in file names and in titles.

    Both words are empty where there is but one page.
    """
    units = frame["unit"].unique(maintain_order=True).to_list()
    parts = list(frames.pages(units, _MOST_ROWS))
    for number, part in enumerate(parts, start=1):
        rows = frame.filter(pl.col("unit").is_in(part))
        if len(parts) == 1:
            yield "", "", rows
        else:
            title = sentence("chart.page", page=number, pages=len(parts))
            yield sentence("picture.page", page=number), title, rows
