"""Balance of each school before and after, against the threshold; one picture per stage."""

from __future__ import annotations

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.drawing import Picture
from junheng.messages import sentence

_WIDTH = 520
_LOOSE, _TIGHT, _FEW = 17, 12, 30


def balance_by_school(frame: pl.DataFrame, *, title: str, subtitle: str) -> Picture:
    """Draw counted teachers per 100 pupils of every school of one stage before and after.

    Parameters
    ----------
    frame : columns ``unit``, ``before``, ``after``, ``threshold`` and ``mean`` per 100 pupils;
        rows in the order drawn, from top to bottom
    """
    step = _LOOSE if frame.height <= _FEW else _TIGHT
    names = alt.Y(
        "unit:N",
        sort=frame["unit"].to_list(),
        title=None,
        axis=alt.Axis(
            labelFontSize=10, labelOverlap=False, ticks=False, domain=False, labelPadding=8
        ),
    )
    base = alt.Chart(frame.with_columns(verdict=_verdicts())).encode(y=names)
    scale = alt.Scale(zero=True, nice=True)
    amount = alt.X("after:Q", title=sentence("chart.per-hundred"), scale=scale)
    link = base.mark_rule(color=colours.BEFORE, strokeWidth=1.5).encode(
        x=alt.X("before:Q", scale=scale), x2="after:Q"
    )
    kinds = [sentence(f"chart.{kind}") for kind in ("before", "after-met", "after-short")]
    shades = alt.Scale(domain=kinds, range=[colours.BEFORE, colours.AFTER, colours.SHORT])
    legend = alt.Color("verdict:N", title=None, scale=shades)
    before = (
        base.mark_point(size=38, strokeWidth=1.6, filled=False, fill="white", opacity=1)
        .encode(x=alt.X("before:Q"), color=legend)
        .transform_calculate(verdict=f"'{kinds[0]}'")
    )
    after = base.mark_circle(size=46, opacity=1).encode(x=amount, color=legend)
    lines = [
        alt.Chart(frame.head(1))
        .mark_rule(color=colour, strokeDash=dash, strokeWidth=1.4)
        .encode(x=f"{column}:Q")
        for column, colour, dash in (
            ("threshold", colours.SHORT, [1, 0]),
            ("mean", colours.FAINT, [4, 3]),
        )
    ]
    chart: Picture = alt.layer(link, *lines, before, after).properties(
        width=_WIDTH,
        height=alt.Step(step),
        title=alt.TitleParams(title, subtitle=subtitle),
    )
    return chart


def _verdicts() -> pl.Expr:
    met, short = (pl.lit(sentence(f"chart.after-{kind}")) for kind in ("met", "short"))
    return pl.when(pl.col("after") >= pl.col("threshold")).then(met).otherwise(short)
