"""The map of flows between schools: zones, schools, arrows as wide as persons move."""

from __future__ import annotations

import math
from typing import Literal

import altair as alt
import polars as pl

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.flow_layout import Arc, FlowMap, Node
from junheng.engine.documents.charts.label_placing import Label, text_width, wrapped
from junheng.messages import sentence

_WIDTH_OF_ONE, _THICKEST = 1.0, 14.0
_NOTE_SIZE = 10.5
_SHOWN_WIDTHS = (1, 2, 3, 5, 8, 12)
_LISTED_UNPLACED = 8


def flow_map(flows: FlowMap) -> alt.LayerChart:
    """Draw the layout; everything in it stands in picture points."""
    layers = [
        *_zone_layers(flows),
        *_arc_layers(flows, [arc for arc in flows.arcs if arc.merged]),
        *_arc_layers(flows, [arc for arc in flows.arcs if not arc.merged]),
        *_hub_layers(flows),
        _node_layer(flows),
        *_label_layers(flows),
    ]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .resolve_scale(color="independent", strokeWidth="shared", fill="independent")
        .properties(
            width=flows.width,
            height=flows.height,
            title=alt.TitleParams(sentence("chart.flows"), subtitle=notes(flows)),
        )
    )
    return chart


def notes(flows: FlowMap) -> list[str]:
    """Say what is merged, what is not drawn, and which schools have no position."""
    lines = [sentence("chart.flows-how")]
    if flows.least > 1:
        lines.append(sentence("chart.flows-merged", least=flows.least))
    inside = sum(zone.inside for zone in flows.zones)
    if inside or flows.scattered:
        values = {"inside": inside, "scattered": flows.scattered}
        lines.append(sentence("chart.flows-left", **values))
    if flows.unplaced:
        named = "；".join(
            sentence("chart.unplaced-school", name=name, sent=sent, received=received)
            for name, sent, received in flows.unplaced[:_LISTED_UNPLACED]
        )
        more = len(flows.unplaced) - _LISTED_UNPLACED
        code = "chart.flows-unplaced-more" if more > 0 else "chart.flows-unplaced"
        lines.append(sentence(code, persons=flows.off_map, schools=named, more=more))
    return [part for line in lines for part in wrapped(line, flows.width, _NOTE_SIZE)]


def stroke_width(persons: int) -> float:
    """Return how wide a flow is drawn, in picture points."""
    return min(persons * _WIDTH_OF_ONE, _THICKEST)


def zone_colours(flows: FlowMap) -> dict[str, str]:
    """Return zone → colour, in the order of the officer's units."""
    return {
        zone.name: colours.ZONES[place % len(colours.ZONES)]
        for place, zone in enumerate(flows.zones)
    }


def _x(flows: FlowMap, column: str = "x") -> alt.X:
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, flows.width], nice=False), axis=None)


def _y(flows: FlowMap, column: str = "y") -> alt.Y:
    return alt.Y(
        f"{column}:Q", scale=alt.Scale(domain=[flows.height, 0], nice=False), axis=None
    )


def _width(flows: FlowMap) -> alt.StrokeWidth:
    """Scale and legend of the lines: so many points for each person, up to the thickest."""
    most = max((arc.persons for arc in flows.arcs), default=1)
    widest = _THICKEST / _WIDTH_OF_ONE
    return alt.StrokeWidth(
        "persons:Q",
        title=None,
        scale=alt.Scale(domain=[0, widest], range=[0, _THICKEST], clamp=True),
        legend=alt.Legend(
            values=[n for n in _SHOWN_WIDTHS if n <= most],
            symbolSize=400,
            labelExpr=f"datum.label + '{sentence('chart.of-persons')}'",
        ),
    )


def _zone_layers(flows: FlowMap) -> list[alt.Chart]:
    tints = zone_colours(flows)
    return [
        alt.Chart(pl.DataFrame(zone.outline, schema=["x", "y"], orient="row").with_row_index())
        .mark_line(
            fill=tints[zone.name],
            fillOpacity=0.16,
            stroke=tints[zone.name],
            strokeOpacity=0.9,
            strokeWidth=1.2,
        )
        .encode(x=_x(flows), y=_y(flows), order="index:Q")
        for zone in flows.zones
    ]


def _arc_layers(flows: FlowMap, arcs: list[Arc]) -> list[alt.Chart]:
    if not arcs:
        return []
    merged = arcs[0].merged
    colour, opacity = (colours.BAND, 0.55) if merged else (colours.ARC, 0.85)
    points = pl.DataFrame(
        [
            {"arc": k, "step": step, "x": x, "y": y, "persons": arc.persons}
            for k, arc in enumerate(arcs)
            for step, (x, y) in enumerate(arc.path)
        ]
    )
    tips = pl.DataFrame(
        [
            {"x": arc.tip[0], "y": arc.tip[1], "angle": arc.angle,
             "size": 26 + 10 * stroke_width(arc.persons)}
            for arc in arcs
        ]
    )  # fmt: skip
    lines = (
        alt.Chart(points)
        .mark_line(color=colour, strokeOpacity=opacity, strokeCap="butt")
        .encode(
            x=_x(flows),
            y=_y(flows),
            detail="arc:N",
            order="step:Q",
            strokeWidth=_width(flows),
        )
    )
    arrows = (
        alt.Chart(tips)
        .mark_point(shape="triangle", filled=True, color=colour, opacity=1, fillOpacity=opacity)
        .encode(
            x=_x(flows),
            y=_y(flows),
            angle=alt.Angle("angle:Q", scale=None),
            size=alt.Size("size:Q", scale=None),
        )
    )
    return [lines, arrows]


def _hub_layers(flows: FlowMap) -> list[alt.Chart]:
    if not flows.hubs:
        return []
    hubs = pl.DataFrame(flows.hubs, schema=["x", "y"], orient="row")
    return [
        alt.Chart(hubs)
        .mark_point(
            shape="diamond", size=60, filled=True, opacity=1, color=colours.BAND, stroke="white"
        )
        .encode(x=_x(flows), y=_y(flows))
    ]


def _node_layer(flows: FlowMap) -> alt.Chart:
    kinds = [sentence(f"chart.{kind}") for kind in ("gets", "gives", "even")]
    shades = [colours.GETS, colours.GIVES, colours.EVEN]
    frame = pl.DataFrame(
        [
            (node.x, node.y, math.pi * node.radius**2, kinds[_kind(node)])
            for node in flows.nodes
        ],
        schema={"x": pl.Float64, "y": pl.Float64, "size": pl.Float64, "kind": pl.String},
        orient="row",
    )
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_circle(opacity=1, stroke=colours.INK, strokeWidth=0.7)
        .encode(
            x=_x(flows),
            y=_y(flows),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("kind:N", title=None, scale=alt.Scale(domain=kinds, range=shades)),
        )
    )
    return chart


def _kind(node: Node) -> int:
    return 0 if node.received > node.sent else 1 if node.sent > node.received else 2


def _label_layers(flows: FlowMap) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    looks: tuple[tuple[str, int, Literal["bold", "normal"], str], ...] = (
        ("zone", 11, "bold", colours.FAINT),
        ("school", 10, "normal", colours.INK),
        ("number", 9, "bold", colours.ARC),
    )
    for kind, size, weight, colour in looks:
        rows = [_label_row(label, size) for label in flows.labels if label.kind == kind]
        if not rows:
            continue
        base = alt.Chart(pl.DataFrame(rows))
        # A pale ground first: a name is read also where a line runs under it.
        ground = base.mark_rect(color="white", fillOpacity=0.7).encode(
            x=_x(flows, "left"), x2="right:Q", y=_y(flows, "top"), y2="bottom:Q"
        )
        words = base.mark_text(fontSize=size, fontWeight=weight, color=colour)
        layers += [ground, words.encode(x=_x(flows), y=_y(flows), text="text:N")]
    return layers


def _label_row(label: Label, size: float) -> dict[str, object]:
    half_wide, half_high = text_width(label.text, size) / 2 + 1, size / 2 + 1
    return {
        "text": label.text,
        "x": label.x,
        "y": label.y,
        "left": label.x - half_wide,
        "right": label.x + half_wide,
        "top": label.y - half_high,
        "bottom": label.y + half_high,
    }
