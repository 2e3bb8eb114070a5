"""The page as one HTML file that fetches nothing and runs only its own script.

Everything stands in the page as text; the script only searches, sorts and lights up lines. All
values are escaped by the template engine, and a policy in the page's head lets the browser run
nothing but the style and the script whose fingerprints it names.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from junheng.engine.documents.charts import colours
from junheng.engine.documents.charts.flow_layout import FlowMap, Node, Point, curve
from junheng.engine.documents.charts.flow_map import notes, stroke_width, zone_colours
from junheng.engine.documents.overview.contents import Overview

_BAR_WIDTH = 160


def overview_page(overview: Overview) -> str:
    """Return the page; the same text for the same contents."""
    folder = files("junheng.engine.documents") / "templates"
    style = (folder / "overview.css").read_text(encoding="utf-8")
    script = (folder / "overview.js").read_text(encoding="utf-8")
    source = (folder / "overview.html").read_text(encoding="utf-8")
    pages = Environment(
        loader=DictLoader({"overview.html": source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    places = {school.unit_id: number for number, school in enumerate(overview.schools)}
    return pages.get_template("overview.html").render(
        page=overview,
        places=places,
        movers={move.person_id: number for number, move in enumerate(overview.moves)},
        map=None if overview.flows is None else _drawing(overview, overview.flows, places),
        bar=_bar,
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; "
        f"script-src '{_fingerprint(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _bar(value: float, largest: float) -> float:
    """Return where a value stands on the small scale of a school's balance."""
    return round(_BAR_WIDTH * value / largest, 1)


def _drawing(
    overview: Overview, flows: FlowMap, places: Mapping[str, int]
) -> dict[str, object]:
    """Return the map in the words of SVG, with every single flow to light up."""
    tints = zone_colours(flows)
    nodes = {node.unit_id: node for node in flows.nodes}
    pairs = Counter((move.from_unit, move.to_unit) for move in overview.moves)
    return {
        "width": round(flows.width),
        "height": round(flows.height),
        "notes": notes(flows),
        "zones": [(_path(zone.outline), tints[zone.name]) for zone in flows.zones],
        "labels": flows.labels,
        "arcs": [
            (_path(arc.path), stroke_width(arc.persons), "band" if arc.merged else "arc")
            for arc in flows.arcs
        ],
        "singles": [
            (_path(path), stroke_width(persons), places[origin], places[host], persons)
            for (origin, host), persons in sorted(pairs.items())
            if {origin, host} <= nodes.keys() & places.keys()
            for path in [curve(nodes[origin], nodes[host]).path]
        ],
        "nodes": [
            (places[node.unit_id], node, _shade(node))
            for node in flows.nodes
            if node.unit_id in places
        ],
    }


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _shade(node: Node) -> str:
    if node.received == node.sent:
        return colours.EVEN
    return colours.GETS if node.received > node.sent else colours.GIVES
