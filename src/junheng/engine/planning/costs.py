"""What a move costs: wishes, metres, weight in the draw."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from math import asin, cos, floor, isnan, lcm, radians, sin, sqrt

from junheng.engine.planning.findings import Findings
from junheng.engine.planning.matrix import Ints, ints
from junheng.engine.planning.problem import Arcs, Staff, Units, WishCosts
from junheng.engine.policy.items import Planning
from junheng.engine.roster.roster import Roster

EARTH_RADIUS_METRES = 6_371_008.8
DRAW_BITS = 20
WISH = "志愿"


def draw_weights(staff: Staff, units: Units, arcs: Arcs, *, seed: int, programme: str) -> Ints:
    """Return the published weight of each arc: the first 20 bits of a SHA-256, plus 1 (§9)."""
    weights = []
    for person, unit in zip(arcs.person, arcs.unit, strict=True):
        text = f"{seed}:{programme}:{staff.ids[person]}:{units.ids[unit]}"
        digest = int.from_bytes(sha256(text.encode()).digest(), "big")
        weights.append((digest >> (256 - DRAW_BITS)) + 1)
    return ints(weights)


def metres_between(start: tuple[float, float], end: tuple[float, float]) -> int:
    """Return the great-circle distance of two (latitude, longitude) in whole metres, half up.

    Examples
    --------
    >>> metres_between((35.0, 109.0), (35.0, 109.1))
    9109
    """
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, place)) for place in (start, end))
    half = (
        sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    )
    metres = 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(half)))
    whole = floor(metres)
    return whole + (metres - whole >= 0.5)  # this difference is exact


def travel_metres(
    roster: Roster, units: Units, staff: Staff, arcs: Arcs, findings: Findings
) -> Ints:
    """Return the metres of each arc, from home, else from the present unit, to the host."""
    homes = roster["persons"].select("person_id", "home_latitude", "home_longitude")
    home_of = [(row[1], row[2]) for row in homes.sort("person_id").iter_rows()]
    metres: list[int] = []
    without: set[int] = set()
    for person, unit in zip(arcs.person, arcs.unit, strict=True):
        latitude, longitude = home_of[person]
        start = (latitude, longitude)
        if latitude is None or longitude is None:
            start = _position(units, int(staff.works_at[person]), without)
        end = _position(units, int(unit), without)
        unknown = any(isnan(degrees) for degrees in (*start, *end))
        metres.append(0 if unknown else metres_between(start, end))
    _note_positions(roster, units, without, findings)
    return ints(metres)


def _position(units: Units, unit: int, without: set[int]) -> tuple[float, float]:
    place = (float(units.latitude[unit]), float(units.longitude[unit]))
    if any(map(isnan, place)):
        without.add(unit)
    return place


def _note_positions(
    roster: Roster, units: Units, without: set[int], findings: Findings
) -> None:
    if not without:
        return
    ids = {units.ids[unit] for unit in without}
    rows = [row for row in roster["units"].to_dicts() if row["unit_id"] in ids]
    for column in ("latitude", "longitude"):
        findings.blank_cells(roster, "units", column, [r for r in rows if r[column] is None])


def wish_costs(
    roster: Roster,
    planning: Planning,
    units: Units,
    staff: Staff,
    arcs: Arcs,
    findings: Findings,
) -> WishCosts:
    """Return what each arc, and each movable person kept, costs in wishes."""
    by_rank = findings.numbers(planning.wish_costs, planning.id)
    single = {
        figure: findings.number(getattr(planning, figure), planning.id) or Fraction(0)
        for figure in ("elsewhere_cost", "kept_cost", "unasked_cost")
    }
    figures = (*by_rank, *single.values())
    for figure in figures:
        if figure < 0:
            findings.add("planning.negative-cost", None, id=planning.id, found=str(figure))
    scale = lcm(*(figure.denominator for figure in figures)) if figures else 1
    ranks = _ranks(roster)
    moved = []
    for person, unit in zip(arcs.person, arcs.unit, strict=True):
        wished = ranks.get(staff.ids[person])
        rank = None if wished is None else wished.get(units.ids[unit])
        if wished is None:
            cost = single["unasked_cost"]
        elif rank is not None and 1 <= rank <= len(by_rank):
            cost = by_rank[rank - 1]
        else:
            cost = single["elsewhere_cost"]
        moved.append(int(cost * scale))
    kept = [
        int(single["kept_cost"] * scale) if movable and person_id in ranks else 0
        for person_id, movable in zip(staff.ids, staff.movable, strict=True)
    ]
    return WishCosts(scale=scale, moved=ints(moved), kept=ints(kept))


def _ranks(roster: Roster) -> Mapping[str, dict[str, int]]:
    """Return for each applicant the best rank of each unit wished for."""
    ranks: dict[str, dict[str, int]] = {}
    for row in roster["wishes"].to_dicts():
        rank, unit = row["wish_rank"], row["unit_id"]
        if row["wish_kind"] != WISH or rank is None:
            continue
        wished = ranks.setdefault(row["person_id"], {})
        if unit is not None:
            wished[unit] = min(rank, wished.get(unit, rank))
    return ranks
