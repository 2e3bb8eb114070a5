"""The trade-off between balance, wishes and travel: exact points, each a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.drawing import Picture
from junheng.messages import sentence

_WIDTH, _HEIGHT = 270, 250


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffPoint:
    """One plan on the curve, each value exact and proven.

    Attributes
    ----------
    name : short name written beside the point
    balance : the sum of CV² over the stages
    wishes : cost of the wishes
    kilometres : sum over the moves
    chosen : whether this is the plan of the report
    """

    name: str
    balance: float
    wishes: int
    kilometres: float
    chosen: bool


def trade_off_curve(points: Sequence[TradeOffPoint]) -> alt.HConcatChart:
    """Draw balance against wishes and balance against travel; less is better in all three."""
    rows = [
        {
            "name": point.name,
            "order": place,
            "balance": point.balance,
            "wishes": point.wishes,
            "kilometres": point.kilometres,
            "kind": sentence("chart.this-plan" if point.chosen else "chart.other-plan"),
        }
        for place, point in enumerate(points)
    ]
    frame = pl.DataFrame(rows)
    chart: alt.HConcatChart = alt.hconcat(
        _panel(frame, "wishes"), _panel(frame, "kilometres"), spacing=40
    ).properties(
        title=alt.TitleParams(
            sentence("chart.trade-off"), subtitle=sentence("chart.trade-off-how")
        )
    )
    return chart


def _panel(frame: pl.DataFrame, column: str) -> Picture:
    tight = alt.Scale(zero=False, nice=True, padding=14)
    kinds = [sentence("chart.this-plan"), sentence("chart.other-plan")]
    base = alt.Chart(frame).encode(
        x=alt.X(f"{column}:Q", title=sentence(f"chart.{column}"), scale=tight),
        y=alt.Y("balance:Q", title=sentence("chart.balance-sum"), scale=tight),
    )
    line = base.mark_line(color=colours.BEFORE, strokeWidth=1.5).encode(order="order:Q")
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=kinds, range=[colours.SHORT, colours.AFTER]),
        )
    )
    names = base.mark_text(dy=-11, fontSize=10, color=colours.INK).encode(text="name:N")
    panel: Picture = alt.layer(line, dots, names).properties(width=_WIDTH, height=_HEIGHT)
    return panel
