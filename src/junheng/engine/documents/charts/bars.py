"""Bars: outcomes by unit, coefficients with their limits, shortages by subject."""

from __future__ import annotations

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.drawing import Picture
from junheng.messages import sentence

_WIDTH, _LOOSE, _TIGHT, _FEW = 500, 16, 12, 30


def outcomes_by_unit(frame: pl.DataFrame) -> Picture:
    """Draw how many persons of each outcome every unit has.

    Parameters
    ----------
    frame : columns ``unit`` (name), ``outcome`` (Chinese title), ``place`` of the outcome in
        the stack, its ``colour``, ``persons``; units in order
    """
    step = _LOOSE if frame["unit"].n_unique() <= _FEW else _TIGHT
    kinds = frame.select("place", "outcome", "colour").unique().sort("place")
    shades = alt.Scale(domain=kinds["outcome"].to_list(), range=kinds["colour"].to_list())
    chart: alt.Chart = (
        alt.Chart(frame, title=sentence("chart.outcomes"))
        .mark_bar()
        .encode(
            y=alt.Y("unit:N", sort=None, title=None),
            x=alt.X("persons:Q", stack="zero", title=sentence("chart.persons")),
            color=alt.Color("outcome:N", title=None, scale=shades),
            order=alt.Order("place:Q"),
        )
        .properties(width=_WIDTH, height=alt.Step(step))
    )
    return chart


def coefficients(frame: pl.DataFrame) -> Picture:
    """Draw each coefficient of variation before and after, with its limit as a mark.

    Parameters
    ----------
    frame : columns ``cell`` (stage and indicator), ``moment`` (before/after title), ``cv``,
        ``limit``
    """
    moments = alt.Scale(
        domain=[sentence("chart.before"), sentence("chart.after")],
        range=[colours.BEFORE, colours.AFTER],
    )
    base = alt.Chart().encode(
        x=alt.X("moment:N", sort=None, title=None, axis=alt.Axis(labels=False))
    )
    bars = base.mark_bar().encode(
        y=alt.Y("cv:Q", title=sentence("chart.cv")),
        color=alt.Color("moment:N", scale=moments, title=None),
    )
    limits = base.mark_tick(color=colours.SHORT, thickness=2).encode(y="limit:Q")
    labels = base.mark_text(dy=-6, fontSize=9).encode(
        y="cv:Q", text=alt.Text("cv:Q", format=".3f")
    )
    layered = alt.layer(bars, limits, labels, data=frame).properties(width=70, height=170)
    picture: alt.FacetChart = layered.facet(
        column=alt.Column("cell:N", title=None, sort=_as_given(frame, "cell")),
        title=sentence("chart.coefficients"),
    )
    return picture


def _as_given(frame: pl.DataFrame, column: str) -> list[str]:
    """Return a column's words in the order of the frame: facets would sort them."""
    return frame[column].unique(maintain_order=True).to_list()


def shortages_by_subject(frame: pl.DataFrame) -> Picture:
    """Draw how many required posts stay empty, by stage and subject, before and after.

    Parameters
    ----------
    frame : columns ``cell`` (stage and subject), ``moment`` (before/after title), ``posts``
    """
    moments = alt.Scale(
        domain=[sentence("chart.before"), sentence("chart.after")],
        range=[colours.BEFORE, colours.AFTER],
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("cell:N", sort=None, title=None),
        yOffset=alt.YOffset("moment:N", sort=None),
        x=alt.X("posts:Q", title=sentence("chart.posts"), axis=alt.Axis(tickMinStep=1)),
    )
    bars = base.mark_bar().encode(color=alt.Color("moment:N", scale=moments, title=None))
    numbers = base.mark_text(align="left", dx=3, fontSize=8.5).encode(text="posts:Q")
    chart: Picture = alt.layer(bars, numbers).properties(
        title=sentence("chart.shortages"), width=_WIDTH, height=alt.Step(9)
    )
    return chart
