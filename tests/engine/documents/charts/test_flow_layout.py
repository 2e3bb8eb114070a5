"""The map of flows loses nobody, covers nothing, and tells there from back."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from junheng.engine.documents.charts.flow_layout import WIDTH, FlowMap, School, lay_out
from junheng.engine.documents.charts.label_placing import Box, text_width

UNITS = 40
_flows = st.dictionaries(
    st.tuples(st.integers(0, UNITS - 1), st.integers(0, UNITS - 1)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    st.integers(1, 9),
    min_size=1,
    max_size=300,
)


def _school(number: int, *, placed: bool = True) -> School:
    """Return one of many schools on a spiral, in one of five zones or none."""
    away, turn = 0.01 * number, 0.7 * number
    return School(
        unit_id=f"U{number:02}",
        name=f"河畔第{number}小学",
        zone=f"第{number % 6}片区" if number % 6 else "",
        latitude=36 + away * math.sin(turn) if placed else None,
        longitude=103 + away * math.cos(turn) if placed else None,
    )


def _map(flows: dict[tuple[int, int], int], *, unplaced: int = 0) -> FlowMap:
    schools = [_school(n, placed=n >= unplaced) for n in range(UNITS)]
    return lay_out(schools, {(f"U{a:02}", f"U{b:02}"): n for (a, b), n in flows.items()})


@given(_flows)
@example({(a, b): 1 + (a * b) % 9 for a in range(UNITS) for b in range(UNITS) if a != b})
def test_everybody_who_moves_is_on_a_line_or_counted_as_not_drawn(
    flows: dict[tuple[int, int], int],
) -> None:
    drawn = _map(flows, unplaced=5)

    on_lines = sum(arc.persons for arc in drawn.arcs)
    inside = sum(zone.inside for zone in drawn.zones)
    assert on_lines + inside + drawn.scattered + drawn.off_map == sum(flows.values())


@given(_flows)
def test_each_school_with_moves_is_on_the_map_or_listed(
    flows: dict[tuple[int, int], int],
) -> None:
    drawn = _map(flows, unplaced=5)

    moving = {unit for pair in flows for unit in pair}
    listed = {name for name, _, _ in drawn.unplaced}
    assert listed == {f"河畔第{n}小学" for n in moving if n < 5}
    assert {node.unit_id for node in drawn.nodes} >= {f"U{n:02}" for n in moving if n >= 5}


@given(_flows)
def test_no_label_covers_another_or_leaves_the_map(flows: dict[tuple[int, int], int]) -> None:
    drawn = _map(flows)

    sizes = {"zone": 11.0, "school": 10.0, "number": 9.0}
    boxes = [
        Box(
            label.x - text_width(label.text, sizes[label.kind]) / 2,
            label.y - sizes[label.kind] / 2,
            label.x + text_width(label.text, sizes[label.kind]) / 2,
            label.y + sizes[label.kind] / 2,
        )
        for label in drawn.labels
    ]
    frame = Box(0, 0, WIDTH, drawn.height)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert all(box.inside(frame) for box in boxes)


def test_schools_at_one_place_are_pushed_apart_until_each_is_seen() -> None:
    schools = [
        School(unit_id=f"U{n}", name=f"校{n}", zone="东片", latitude=36.0, longitude=103.0)
        for n in range(8)
    ]

    drawn = lay_out(schools, {("U0", "U1"): 3})

    gaps = [
        math.hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius
        for a, b in combinations(drawn.nodes, 2)
    ]
    assert min(gaps) > 0


def test_there_and_back_are_two_lines_and_each_arrow_stands_at_its_end() -> None:
    drawn = _map({(10, 30): 2, (30, 10): 1})

    there, back = sorted(drawn.arcs, key=lambda arc: -arc.persons)
    nodes = {node.unit_id: node for node in drawn.nodes}
    for arc in (there, back):
        start, end = nodes[arc.start], nodes[arc.end]
        to_end = math.hypot(arc.tip[0] - end.x, arc.tip[1] - end.y)
        assert to_end < math.hypot(arc.tip[0] - start.x, arc.tip[1] - start.y)
    middle = len(there.path) // 2
    assert math.dist(there.path[middle], back.path[middle]) > 10


def test_small_flows_are_merged_only_when_there_are_many() -> None:
    few = {(0, n): 1 for n in range(1, 20)}
    many = {(a, b): 1 + (a == 0) for a in range(12) for b in range(UNITS) if a != b}
    all_alike = dict.fromkeys(many, 1)

    assert not any(arc.merged for arc in _map(few).arcs)
    assert _map(many).least == _map(all_alike).least == 2
    assert all(arc.merged for arc in _map(all_alike).arcs)


def test_layout_is_the_same_whatever_the_order_of_the_flows() -> None:
    flows = {
        (a, b): 1 + (a + b) % 4 for a in range(UNITS) for b in range(0, UNITS, 3) if a != b
    }

    assert _map(flows) == _map(dict(reversed(flows.items())))
