"""Where everything of the map of flows stands: schools, zones, arcs, labels, in picture points.

The picture and the page draw the same layout. Geography is kept as far as it can be read:
schools that would cover each other are pushed apart a little, and that is said on the map.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from junheng.engine.documents.charts.label_placing import Box, Label, Spot, place_labels

WIDTH = 680.0
_LEAST_HEIGHT, _MOST_HEIGHT = 360.0, 860.0
_MARGIN = 48.0
_LEAST_RADIUS, _RADIUS_OF_ONE = 3.5, 1.5
_GAP = 4.0
_ZONE_PAD = 13.0
_ARC_POINTS = 13
_BEND = 0.16
_MOST_ARCS, _MOST_BANDS, _MOST_LABELS, _MOST_NUMBERS = 100, 24, 28, 12
_MOST_ARCS_UNZONED = 250
"""Without zones there is nothing to add small flows up to: rather dense than not drawn."""
_NAME_SIZE, _ZONE_SIZE, _NUMBER_SIZE = 10.0, 11.0, 9.0

Point = tuple[float, float]
Positions = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A unit with moves, or any that shows where others stand; degrees, None where unknown."""

    unit_id: str
    name: str
    zone: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A school on the map: centre, radius, and how many leave and arrive."""

    unit_id: str
    name: str
    zone: str
    x: float
    y: float
    radius: float
    sent: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """One drawn line from one place to another.

    Attributes
    ----------
    start, end : unit ids, or zone names where several small flows are drawn as one
    persons : how many move along it
    merged : whether it stands for several pairs of schools
    path : points of the curve; ``tip`` is where the arrow points, ``angle`` its direction in
        degrees clockwise from up
    """

    start: str
    end: str
    persons: int
    merged: bool
    path: tuple[Point, ...]
    tip: Point
    angle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Outline and label of a zone; ``inside`` persons move within it and are not drawn."""

    name: str
    outline: tuple[Point, ...]
    inside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowMap:
    """A map ready to be drawn.

    Attributes
    ----------
    hubs : middles of the places that merged flows go from and to
    least : flows of at least so many persons are drawn each on their own
    scattered : persons on merged lines too thin to be drawn
    off_map : persons who leave or reach a school without a position
    unplaced : (name, sent, received) of schools with moves but without a position
    """

    width: float
    height: float
    nodes: tuple[Node, ...]
    zones: tuple[Zone, ...]
    hubs: tuple[Point, ...]
    arcs: tuple[Arc, ...]
    labels: tuple[Label, ...]
    least: int
    scattered: int
    off_map: int
    unplaced: tuple[tuple[str, int, int], ...]


def lay_out(schools: Sequence[School], flows: Mapping[tuple[str, str], int]) -> FlowMap:
    """Place schools, zones, arcs and labels.

    Parameters
    ----------
    schools : all units that may stand on the map, in the officer's order
    flows : (from, to) → persons; at least one
    """
    sent, received = _totals(flows)
    moving = {unit for pair in flows for unit in pair}
    placed = [s for s in schools if s.latitude is not None and s.longitude is not None]
    placed = [s for s in placed if s.unit_id in moving or s.zone]
    height, nodes = _nodes(placed, sent, received)
    by_id = {node.unit_id: node for node in nodes}
    drawn = {pair: n for pair, n in flows.items() if by_id.keys() >= set(pair)}
    zoned = any(node.zone for node in nodes)
    least = _least_drawn(drawn.values(), _MOST_ARCS if zoned else _MOST_ARCS_UNZONED)
    single = {pair: n for pair, n in drawn.items() if n >= least}
    inside, between = _merged({p: n for p, n in drawn.items() if n < least}, by_id)
    bands = dict(sorted(between.items(), key=lambda each: (-each[1], each[0]))[:_MOST_BANDS])
    zones = _zones(nodes, inside)
    middles = _middles(nodes)
    arcs = (*_bands(bands, middles), *_arcs(single, by_id))
    return FlowMap(
        width=WIDTH,
        height=height,
        nodes=nodes,
        zones=zones,
        hubs=tuple(middles[place] for place in sorted({p for pair in bands for p in pair})),
        arcs=arcs,
        labels=_labels(nodes, zones, arcs, height),
        least=least,
        scattered=sum(between.values()) - sum(bands.values()),
        off_map=sum(flows.values()) - sum(drawn.values()),
        unplaced=tuple(
            (s.name, sent[s.unit_id], received[s.unit_id])
            for s in schools
            if s.unit_id in moving and s.unit_id not in by_id
        ),
    )


def curve(start: Node, end: Node) -> Arc:
    """Return the line from one school to another, for nobody yet."""
    trims = (start.radius, end.radius + 4.0)
    arc = _curve((start.x, start.y), (end.x, end.y), trims)
    return replace(arc, start=start.unit_id, end=end.unit_id)


def _totals(flows: Mapping[tuple[str, str], int]) -> tuple[Counter[str], Counter[str]]:
    sent: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for (origin, host), persons in flows.items():
        sent[origin] += persons
        received[host] += persons
    return sent, received


def _nodes(
    schools: Sequence[School], sent: Counter[str], received: Counter[str]
) -> tuple[float, tuple[Node, ...]]:
    """Project equirectangularly at the county's own latitude, then push apart."""
    if not schools:
        return _LEAST_HEIGHT, ()
    latitude = np.array([s.latitude for s in schools], dtype=np.float64)
    longitude = np.array([s.longitude for s in schools], dtype=np.float64)
    east = longitude * math.cos(math.radians(float(latitude.mean())))
    wide, high = float(np.ptp(east)) or 1e-6, float(np.ptp(latitude)) or 1e-6
    inner = WIDTH - 2 * _MARGIN
    scale = min(inner / wide, (_MOST_HEIGHT - 2 * _MARGIN) / high)
    tall = max(scale * high, _LEAST_HEIGHT - 2 * _MARGIN)
    centre = np.array([WIDTH / 2, tall / 2 + _MARGIN])
    middle = np.array([(east.max() + east.min()) / 2, (latitude.max() + latitude.min()) / 2])
    at = centre + scale * (np.column_stack([east, -latitude]) - middle * np.array([1, -1]))
    moves = np.array([sent[s.unit_id] + received[s.unit_id] for s in schools])
    radius = _LEAST_RADIUS + _RADIUS_OF_ONE * np.sqrt(moves)
    height = tall + 2 * _MARGIN
    at = _apart(at, radius, height)
    return height, tuple(
        Node(
            unit_id=school.unit_id,
            name=school.name,
            zone=school.zone,
            x=round(float(at[k, 0]), 2),
            y=round(float(at[k, 1]), 2),
            radius=round(float(radius[k]), 2),
            sent=sent[school.unit_id],
            received=received[school.unit_id],
        )
        for k, school in enumerate(schools)
    )


def _apart(at: Positions, radius: Positions, height: float) -> Positions:
    """Push apart what overlaps, a little at a time; the same result on every run."""
    least = radius[:, None] + radius[None, :] + _GAP
    spread = np.arange(len(at))
    at = at + np.column_stack([np.cos(spread), np.sin(spread)]) * 1e-3
    for _ in range(200):
        offset = at[:, None, :] - at[None, :, :]
        distance = np.sqrt((offset**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        overlap = np.clip(least - distance, 0, None)
        if not overlap.any():
            break
        push = (offset / distance[:, :, None]) * overlap[:, :, None]
        at = at + push.sum(axis=1) * 0.25
        at = np.clip(at, _MARGIN / 2, np.array([WIDTH, height]) - _MARGIN / 2)
    return at


def _least_drawn(persons: Iterable[int], most: int) -> int:
    """Return the least number of persons such that at most so many flows are drawn alone."""
    counted = Counter(persons)
    least = max(counted, default=0) + 1
    total = 0
    for number in sorted(counted, reverse=True):
        total += counted[number]
        if total > most:
            break
        least = number
    return least


def _place_of(node: Node) -> str:
    """Return the zone a school is merged into; a school without a zone stays itself."""
    return node.zone or node.unit_id


def _merged(
    small: Mapping[tuple[str, str], int], nodes: Mapping[str, Node]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    inside: Counter[str] = Counter()
    between: Counter[tuple[str, str]] = Counter()
    for (origin, host), persons in small.items():
        start, end = _place_of(nodes[origin]), _place_of(nodes[host])
        if start == end:
            inside[start] += persons
        else:
            between[start, end] += persons
    return inside, between


def _zones(nodes: Sequence[Node], inside: Mapping[str, int]) -> tuple[Zone, ...]:
    members: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.zone:
            members[node.zone].append(node)
    return tuple(
        Zone(name=name, outline=_outline(members[name]), inside=inside.get(name, 0))
        for name in members
    )


def _outline(nodes: Sequence[Node]) -> tuple[Point, ...]:
    """Return the convex hull of the zone's schools with a margin around each."""
    points = sorted(
        {
            (
                round(n.x + (n.radius + _ZONE_PAD) * math.cos(k * math.tau / 24), 2),
                round(n.y + (n.radius + _ZONE_PAD) * math.sin(k * math.tau / 24), 2),
            )
            for n in nodes
            for k in range(24)
        }
    )
    lower, upper = _half_hull(points), _half_hull(points[::-1])
    hull = [*lower[:-1], *upper[:-1]]
    return (*hull, hull[0])


def _half_hull(points: Sequence[Point]) -> list[Point]:
    """Andrew's monotone chain, one side."""
    hull: list[Point] = []
    for x, y in points:
        while len(hull) > 1:
            (ax, ay), (bx, by) = hull[-2], hull[-1]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            hull.pop()
        hull.append((x, y))
    return hull


def _middles(nodes: Sequence[Node]) -> dict[str, Point]:
    members: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        members[_place_of(node)].append(node)
    return {
        place: (
            round(sum(n.x for n in those) / len(those), 2),
            round(sum(n.y for n in those) / len(those), 2),
        )
        for place, those in members.items()
    }


def _bands(
    between: Mapping[tuple[str, str], int], middle: Mapping[str, Point]
) -> Iterable[Arc]:
    """Draw what is merged from the middle of one place to the middle of the other."""
    for (start, end), persons in between.items():
        arc = _curve(middle[start], middle[end], (6.0, 9.0))
        yield replace(arc, start=start, end=end, persons=persons, merged=True)


def _arcs(single: Mapping[tuple[str, str], int], nodes: Mapping[str, Node]) -> Iterable[Arc]:
    for (origin, host), persons in sorted(single.items(), key=lambda each: (each[1], each[0])):
        yield replace(curve(nodes[origin], nodes[host]), persons=persons)


def _curve(start: Point, end: Point, trims: tuple[float, float]) -> Arc:
    """Bend to the right of the way, so that there and back are two lines."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    first, last = (min(trim / length, 0.4) for trim in trims)
    bend = (
        (start[0] + end[0]) / 2 - dy * _BEND,
        (start[1] + end[1]) / 2 + dx * _BEND,
    )
    steps = [first + (1 - first - last) * k / (_ARC_POINTS - 1) for k in range(_ARC_POINTS)]
    path = tuple(_bezier(start, bend, end, t) for t in steps)
    (ax, ay), (bx, by) = path[-2], path[-1]
    angle = math.degrees(math.atan2(bx - ax, ay - by)) % 360
    return Arc(
        start="",
        end="",
        persons=0,
        merged=False,
        path=path,
        tip=path[-1],
        angle=round(angle, 1),
    )


def _bezier(start: Point, bend: Point, end: Point, t: float) -> Point:
    x, y = (
        (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
        for a, b, c in zip(start, bend, end, strict=True)
    )
    return round(x, 2), round(y, 2)


def _labels(
    nodes: Sequence[Node], zones: Sequence[Zone], arcs: Sequence[Arc], height: float
) -> tuple[Label, ...]:
    """Name the ends of the largest flows first, then the schools with most moves."""
    taken = [Box(n.x - n.radius, n.y - n.radius, n.x + n.radius, n.y + n.radius) for n in nodes]
    frame = Box(0, 0, WIDTH, height)
    at_ends: Counter[str] = Counter()
    for arc in arcs:
        if not arc.merged:
            at_ends[arc.start] += arc.persons
            at_ends[arc.end] += arc.persons
    order = sorted(nodes, key=lambda n: (-at_ends[n.unit_id], -(n.sent + n.received)))
    wanted = [(zone.name, _zone_anchors(zone)) for zone in zones]
    named = place_labels(wanted, size=_ZONE_SIZE, kind="zone", taken=taken, frame=frame)
    single = [arc for arc in arcs if not arc.merged and arc.persons > 1]
    largest = sorted(single, key=lambda arc: -arc.persons)[:_MOST_NUMBERS]
    numbers = [(str(arc.persons), [(*arc.path[_ARC_POINTS // 2], 2.0)]) for arc in largest]
    schools = [(n.name, [(n.x, n.y, n.radius)]) for n in order if n.sent + n.received]
    return (
        *named,
        *place_labels(numbers, size=_NUMBER_SIZE, kind="number", taken=taken, frame=frame),
        *place_labels(
            schools[:_MOST_LABELS], size=_NAME_SIZE, kind="school", taken=taken, frame=frame
        ),
    )


def _zone_anchors(zone: Zone) -> list[Spot]:
    """Return the topmost, lowest and outermost points of the outline."""
    ends = (
        min(zone.outline, key=lambda point: (point[1], point[0])),
        max(zone.outline, key=lambda point: (point[1], point[0])),
        min(zone.outline),
        max(zone.outline),
    )
    return [(x, y, 0.0) for x, y in ends]
