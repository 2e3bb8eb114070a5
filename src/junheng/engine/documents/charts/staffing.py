"""Heat map of staffing, school by subject, before and after; one picture per stage."""

from __future__ import annotations

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.messages import sentence

_LETTER, _CELL, _LOOSE, _TIGHT, _FEW = 10, 18, 17, 12.5, 30
_DEEPEST = 3
"""Three or more short (or over) have the deepest colour; the number is in the cell."""

_RANGE = ("#a50f15", "#de2d26", "#fcbba1", "#f3f4f6", "#bdd7ee", "#3182bd", "#08519c")


def staffing_heat_map(
    frame: pl.DataFrame, *, title: str, subtitle: list[str]
) -> alt.FacetChart:
    """Draw how many each subject of each school is short (red) or over (blue).

    Parameters
    ----------
    frame : columns ``unit``, ``subject``, ``moment`` (title), ``lack``: negative for fewer than
        required, positive for more than established, 0 for neither; no row where no post is
        stated; units and subjects in the order drawn
    """
    step = _LOOSE if frame["unit"].n_unique() <= _FEW else _TIGHT
    units = frame["unit"].unique(maintain_order=True).to_list()
    subjects = frame["subject"].unique(maintain_order=True).to_list()
    base = alt.Chart().encode(x=_subject_axis(subjects), y=_unit_axis(units))
    shades = alt.Scale(
        domain=list(range(-_DEEPEST, _DEEPEST + 1)),
        range=list(_RANGE),
        clamp=True,
        interpolate="rgb",
    )
    fields = base.mark_rect(stroke=colours.GRID, strokeWidth=0.6).encode(
        color=alt.Color(
            "lack:Q",
            title=sentence("chart.lack"),
            scale=shades,
            legend=alt.Legend(
                type="symbol",
                symbolType="square",
                symbolStrokeColor=colours.FAINT,
                values=list(range(-_DEEPEST, _DEEPEST + 1)),
                labelExpr=_legend_words(),
            ),
        )
    )
    numbers = (
        base.mark_text(fontSize=9)
        .transform_filter("datum.lack != 0")
        .encode(
            text=alt.Text("lack:Q", format="+d"),
            color=alt.condition(
                f"abs(datum.lack) >= {_DEEPEST - 1} ",
                alt.value("white"),
                alt.value(colours.INK),
            ),
        )
    )
    layered = alt.layer(fields, numbers, data=frame).properties(
        width=alt.Step(_CELL), height=alt.Step(step)
    )
    picture: alt.FacetChart = layered.facet(
        column=alt.Column(
            "moment:N",
            sort=frame["moment"].unique(maintain_order=True).to_list(),
            title=None,
            header=alt.Header(labelFontSize=12, labelFontWeight="bold", labelPadding=4),
        ),
        title=alt.TitleParams(title, subtitle=subtitle),
        spacing=14,
    ).resolve_axis(y="shared")
    return picture


def _subject_axis(subjects: list[str]) -> alt.X:
    longest = max((len(subject) for subject in subjects), default=0)
    axis = alt.Axis(
        orient="top",
        labelExpr=_upright(longest),
        labelAngle=0,
        labelOverlap=False,
        labelBaseline="top",
        labelLineHeight=_LETTER,
        labelFontSize=9.5,
        labelPadding=longest * _LETTER + 2,
        ticks=False,
        domain=False,
    )
    return alt.X("subject:N", sort=subjects, title=None, axis=axis)


def _unit_axis(units: list[str]) -> alt.Y:
    axis = alt.Axis(labelFontSize=10, labelOverlap=False, ticks=False, domain=False)
    return alt.Y("unit:N", sort=units, title=None, axis=axis)


def _upright(longest: int) -> str:
    """Write a subject downwards, ending at the table; the blank is as high as a character."""
    return f"split(pad(datum.label, {longest}, '　', 'left'), '')"


def _legend_words() -> str:
    """Word the colours: 缺 3 及以上 … 0 … 多 3 及以上."""
    short, over, more = (sentence(f"chart.lack-{kind}") for kind in ("short", "over", "more"))
    ends = f"abs(datum.value) == {_DEEPEST} ? '{more}' : ''"
    return (
        f"datum.value == 0 ? '0' : (datum.value < 0 ? '{short}' : '{over}')"
        f" + abs(datum.value) + ({ends})"
    )
