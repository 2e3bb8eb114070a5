"""The trade-off between the objectives that may be traded: exact points, each a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.drawing import Picture
from junheng.messages import sentence

_WIDTH, _HEIGHT, _ROW_OF_PANELS = 270, 240, 2
_KINDS = ("this-plan", "other-plan", "other-unproven")


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffPoint:
    """One plan on the curve.

    Attributes
    ----------
    name : short name written beside the point; may be empty
    values : one for each objective traded, in the order of the titles
    chosen : whether this is the plan of the report
    proven : whether every value is proven best in the order of the point
    """

    name: str
    values: tuple[float, ...]
    chosen: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class TradeOffCurve:
    """Points in the order of the first objective; ``titles`` of the objectives traded."""

    titles: tuple[str, ...]
    points: tuple[TradeOffPoint, ...]


def trade_off_curve(curve: TradeOffCurve) -> alt.ConcatChart:
    """Draw the first objective against each of the others; less is better in all."""
    frame = pl.DataFrame(
        [
            {
                "name": point.name,
                "kind": sentence(f"chart.{_kind(point)}"),
                **{f"value{number}": value for number, value in enumerate(point.values)},
            }
            for point in curve.points
        ]
    )
    panels = [
        _panel(frame, number, title, curve.titles[0])
        for number, title in enumerate(curve.titles)
        if number
    ]
    chart: alt.ConcatChart = alt.concat(*panels, columns=_ROW_OF_PANELS, spacing=36).properties(
        title=alt.TitleParams(
            sentence("chart.trade-off", titles="、".join(_without_unit(curve.titles))),
            subtitle=sentence("chart.trade-off-how"),
        )
    )
    return chart


def _without_unit(titles: Sequence[str]) -> list[str]:
    return [title.partition("（")[0] for title in titles]


def _kind(point: TradeOffPoint) -> str:
    if point.chosen:
        return _KINDS[0]
    return _KINDS[1] if point.proven else _KINDS[2]


def _panel(frame: pl.DataFrame, number: int, title: str, first: str) -> Picture:
    """Draw one pair; the line joins the points that nothing beats in this pair."""
    tight = alt.Scale(zero=False, nice=True, padding=36)
    column = f"value{number}"
    base = alt.Chart(frame).encode(
        x=alt.X(f"{column}:Q", title=title, scale=tight),
        y=alt.Y("value0:Q", title=first, scale=tight),
    )
    best = frame.sort(column, "value0").filter(pl.col("value0") == pl.col("value0").cum_min())
    line = (
        alt.Chart(best.unique([column, "value0"], maintain_order=True))
        .mark_line(color=colours.BEFORE, strokeWidth=1.5, interpolate="step-after")
        .encode(x=f"{column}:Q", y="value0:Q")
    )
    kinds = [sentence(f"chart.{kind}") for kind in _KINDS]
    shades = [colours.SHORT, colours.AFTER, colours.BEFORE]
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=shades))
    )
    names = base.mark_text(dy=-11, fontSize=10, color=colours.INK).encode(text="name:N")
    panel: Picture = alt.layer(line, dots, names).properties(width=_WIDTH, height=_HEIGHT)
    return panel
