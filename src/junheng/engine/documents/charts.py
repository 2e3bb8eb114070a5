"""The first pictures of a result, from plain frames; drawn without a browser or a network.

Each function takes the frame it draws and returns a chart; :func:`write_picture` saves it as
SVG and PNG with the Chinese font of the package.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt
import polars as pl
import vl_convert

from junheng.engine.documents.fonts import register_font
from junheng.messages import sentence

_BEFORE, _AFTER, _LIMIT = "#9aa5b1", "#c8102e", "#1f2933"
Picture = alt.Chart | alt.LayerChart | alt.FacetChart

_WIDTH = 620
_PNG_SCALE = 2.0
_ROW_HEIGHT = 16


def outcomes_by_unit(frame: pl.DataFrame) -> Picture:
    """Draw how many persons of each outcome every unit has.

    Parameters
    ----------
    frame : columns ``unit`` (name), ``outcome`` (Chinese title), ``place`` of the outcome in
        the stack, its ``colour``, ``persons``; units in order
    """
    kinds = frame.select("place", "outcome", "colour").unique().sort("place")
    colours = alt.Scale(domain=kinds["outcome"].to_list(), range=kinds["colour"].to_list())
    chart: alt.Chart = (
        alt.Chart(frame, title=sentence("chart.outcomes"))
        .mark_bar()
        .encode(
            y=alt.Y("unit:N", sort=None, title=None),
            x=alt.X("persons:Q", stack="zero", title=sentence("chart.persons")),
            color=alt.Color("outcome:N", title=None, scale=colours),
            order=alt.Order("place:Q"),
        )
        .properties(width=_WIDTH, height=alt.Step(_ROW_HEIGHT))
    )
    return chart


def balance_by_unit(frame: pl.DataFrame) -> Picture:
    """Draw backbone teachers per 100 pupils of every school before and after the plan.

    Parameters
    ----------
    frame : columns ``stage``, ``unit``, ``before``, ``after`` (per 100 pupils), and ``mean`` of
        the county in the stage; a school with two stages stands once in each
    """
    base = alt.Chart().encode(y=alt.Y("unit:N", sort=None, title=None))
    line = base.mark_rule(color="#cbd2d9", strokeWidth=2).encode(x="before:Q", x2="after:Q")
    moments = alt.Scale(
        domain=[sentence("chart.before"), sentence("chart.after")], range=[_BEFORE, _AFTER]
    )
    points = [
        base.mark_circle(size=70, opacity=1)
        .encode(
            x=alt.X(f"{column}:Q", title=sentence("chart.per-hundred")),
            color=alt.Color("moment:N", scale=moments, title=None),
        )
        .transform_calculate(moment=f"'{sentence(f'chart.{column}')}'")
        for column in ("before", "after")
    ]
    mean = alt.Chart().mark_rule(color=_LIMIT, strokeDash=[4, 3]).encode(x="mean(mean):Q")
    layered = alt.layer(line, mean, *points, data=frame).properties(
        width=_WIDTH, height=alt.Step(_ROW_HEIGHT)
    )
    picture: alt.FacetChart = layered.facet(
        row=alt.Row("stage:N", title=None, sort=_as_given(frame, "stage")),
        title=sentence("chart.balance"),
    ).resolve_scale(y="independent")
    return picture


def coefficients(frame: pl.DataFrame) -> Picture:
    """Draw each coefficient of variation before and after, with its limit as a mark.

    Parameters
    ----------
    frame : columns ``cell`` (stage and indicator), ``moment`` (before/after title), ``cv``,
        ``limit``
    """
    moments = alt.Scale(
        domain=[sentence("chart.before"), sentence("chart.after")], range=[_BEFORE, _AFTER]
    )
    base = alt.Chart().encode(
        x=alt.X("moment:N", sort=None, title=None, axis=alt.Axis(labels=False))
    )
    bars = base.mark_bar().encode(
        y=alt.Y("cv:Q", title=sentence("chart.cv")),
        color=alt.Color("moment:N", scale=moments, title=None),
    )
    limits = base.mark_tick(color=_LIMIT, thickness=2).encode(y="limit:Q")
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
        domain=[sentence("chart.before"), sentence("chart.after")], range=[_BEFORE, _AFTER]
    )
    chart: alt.Chart = (
        alt.Chart(frame, title=sentence("chart.shortages"))
        .mark_bar()
        .encode(
            y=alt.Y("cell:N", sort=None, title=None),
            yOffset=alt.YOffset("moment:N", sort=None),
            x=alt.X("posts:Q", title=sentence("chart.posts"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("moment:N", scale=moments, title=None),
        )
        .properties(width=_WIDTH, height=alt.Step(8))
    )
    return chart


def write_picture(chart: Picture, stem: Path) -> tuple[Path, Path]:
    """Write ``stem.svg`` and ``stem.png`` and return both paths.

    The PNG holds the characters as drawn here; the SVG names the font, so a machine without
    any Chinese font should be given the PNG.
    """
    family = register_font()
    specification = chart.to_dict()
    specification["config"] = specification.get("config", {}) | {
        "font": family,
        "view": {"stroke": None},
        "axis": {"labelLimit": 260},
        "legend": {"orient": "top"},
        "title": {"fontSize": 15, "anchor": "start"},
    }
    vector, raster = stem.with_suffix(".svg"), stem.with_suffix(".png")
    vector.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")
    raster.write_bytes(vl_convert.vegalite_to_png(specification, scale=_PNG_SCALE))
    return vector, raster
