"""Who moves: how many of each title, rank, age and sex, beside those who may be moved."""

from __future__ import annotations

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.messages import sentence

_WIDTH, _STEP = 380, 20


def movers_by_group(frame: pl.DataFrame) -> alt.FacetChart:
    """Draw movers and movable persons of each group, with the share that moves.

    Parameters
    ----------
    frame : columns ``kind`` (title), ``group`` (title), ``movable``, ``moved``;
        kinds and groups in the order drawn, every group of a kind under a name of its own
    """
    kinds = frame["kind"].unique(maintain_order=True).to_list()
    base = alt.Chart().encode(
        y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    words = [sentence("chart.movable"), sentence("chart.moved")]
    scale = alt.Scale(domain=words, range=["#cfd8e3", colours.AFTER])
    bars = [
        base.mark_bar(height=height)
        .transform_calculate(part=f"'{word}'")
        .encode(
            x=alt.X(
                f"{column}:Q",
                title=sentence("chart.persons"),
                stack=None,
                axis=alt.Axis(tickMinStep=1),
            ),
            color=alt.Color("part:N", title=None, scale=scale),
        )
        for column, word, height in (("movable", words[0], 14), ("moved", words[1], 8))
    ]
    counts = frame.select("moved", "movable").iter_rows()
    labels = pl.Series([_label(moved, movable) for moved, movable in counts], dtype=pl.String)
    numbers = base.mark_text(align="left", dx=5, fontSize=10, color=colours.INK).encode(
        x="movable:Q", text="label:N"
    )
    layered = alt.layer(*bars, numbers, data=frame.with_columns(label=labels)).properties(
        width=_WIDTH, height=alt.Step(_STEP)
    )
    picture: alt.FacetChart = layered.facet(
        row=alt.Row(
            "kind:N",
            sort=kinds,
            title=None,
            header=alt.Header(
                labelAngle=0, labelAlign="left", labelFontSize=12, labelPadding=8
            ),
        ),
        title=alt.TitleParams(sentence("chart.movers"), subtitle=sentence("chart.movers-how")),
        spacing=12,
    ).resolve_scale(y="independent")
    return picture


def _label(moved: int, movable: int) -> str:
    """Write moved of movable and the percentage, rounded half up; none of nobody."""
    if not movable:
        return f"{moved} / {movable}"
    tenths = (2000 * moved + movable) // (2 * movable)
    return f"{moved} / {movable}（{tenths // 10}.{tenths % 10}%）"
