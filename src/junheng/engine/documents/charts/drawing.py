"""From a chart's specification to its picture: SVG and PNG, without browser or network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

from junheng.engine.documents.charts.colours import GRID, INK
from junheng.engine.documents.fonts import register_font

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart

PNG_SCALE = 2.0
"""Pixels of the PNG for each point of the picture."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in both forms; ``width`` and ``height`` in picture points."""

    svg: str
    png: bytes
    width: float
    height: float


def draw(chart: Picture) -> Drawn:
    """Draw a chart with the Chinese font of the package; the same bytes on every run.

    The PNG holds the characters as drawn here; the SVG names the font, so a machine without
    any Chinese font should be given the PNG.
    """
    family = register_font()
    specification = _with_look(chart.to_dict(), family)
    svg = vl_convert.vegalite_to_svg(specification)
    png = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    wide, high = _png_size(png)
    return Drawn(svg, png, wide / PNG_SCALE, high / PNG_SCALE)


def _with_look(specification: dict[str, Any], family: str) -> dict[str, Any]:
    look = {
        "font": family,
        "background": "white",
        "view": {"stroke": None},
        "axis": {
            "labelLimit": 260,
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": GRID,
            "titleFontWeight": "normal",
            "labelFontSize": 10,
            "titleFontSize": 11,
        },
        "legend": {
            "orient": "top",
            "labelFontSize": 10,
            "titleFontSize": 10,
            "labelLimit": 260,
        },
        "title": {
            "fontSize": 15,
            "anchor": "start",
            "color": INK,
            "subtitleColor": INK,
            "subtitleFontSize": 10.5,
            "subtitleLineHeight": 15,
            "offset": 10,
        },
    }
    return specification | {"config": specification.get("config", {}) | look}


def _png_size(png: bytes) -> tuple[int, int]:
    """Read width and height from the PNG's header."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
