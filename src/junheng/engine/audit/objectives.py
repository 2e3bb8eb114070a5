"""The objectives of a plan, recomputed one by one in whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import asin, cos, radians, sin, sqrt
from typing import Any

from junheng.engine.audit.figures import numbers, whole
from junheng.engine.audit.ground import Ground
from junheng.engine.audit.placements import Placement
from junheng.engine.balance.indicators import schools
from junheng.engine.balance.report import chosen_counting, counting_unit
from junheng.engine.balance.staff import Member, cell_of
from junheng.engine.balance.standards import STAGES, Standards
from junheng.engine.plans.plan import Unmet
from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import BalancePart
from junheng.errors import EngineBug, Problem, QuestionError, Severity

UNMET, SELECTION, BALANCE, WISHES, TRAVEL, DRAW = (
    "unmet_obligations",
    "selection",
    "balance",
    "wishes",
    "travel",
    "draw",
)
BALANCE_SCALE = 10**6
EARTH_RADIUS_METRES = 6_371_008.8
_DRAW_BITS = 20
_APPLICATION = "志愿"
_HALF = Fraction(1, 2)

Placed = Mapping[str, Placement]


def objective_values(
    ground: Ground, placed: Placed, unmet: Sequence[Unmet], passed_over: int | None, seed: int
) -> dict[str, int | None]:
    """Recompute the pack's objectives in its order, and the draw last.

    Travel is None where a position is missing; :func:`missing_positions` names it.

    Parameters
    ----------
    passed_over : persons passed over, over all selections; None where the order is not known

    Raises
    ------
    QuestionError
        If a fact is missing that the balance needs.
    UnsetFigures
        If the pack leaves open a cost, a weight, or where exchangees count.
    """
    values: dict[str, int | None] = {}
    for name in ground.planning.objectives:
        match name.partition(":")[0]:
            case "unmet_obligations":
                values[name] = sum(each.amount for each in unmet)
            case "selection":
                values[name] = passed_over
            case "balance":
                values[name] = balance_value(ground, placed, name)
            case "wishes":
                values[name] = wishes_value(ground, placed)
            case "travel":
                values[name] = travel_value(ground, placed)
            case _:
                raise QuestionError([Problem("audit.objective", values={"id": name})])
    return values | {DRAW: draw_value(ground, placed, seed)}


def balance_value(ground: Ground, placed: Placed, name: str = BALANCE) -> int:
    """Return the weighted sum of the pack's indicators, or the value of one of them.

    Parameters
    ----------
    name : ``balance`` for all indicators, ``balance:<id>`` for one
    """
    parts = ground.planning.balances
    _, _, wanted = name.partition(":")
    if wanted:
        part = next((each for each in parts if each.id == wanted), None)
        if part is None:
            raise QuestionError([Problem("audit.objective", values={"id": name})])
        return indicator_value(ground, placed, part.of)
    return sum(
        _weight(part, alone=len(parts) == 1) * indicator_value(ground, placed, part.of)
        for part in parts
    )


def _weight(part: BalancePart, *, alone: bool) -> int:
    if part.weight is None and alone:
        return 1
    if part.weight is None:
        raise QuestionError([Problem("audit.no-number", values={"found": part.id})])
    return whole(part.weight, part.id)


def indicator_value(ground: Ground, placed: Placed, of: Condition) -> int:
    """Return the scaled sum over stages of CV² + 1 of the persons for whom ``of`` holds.

    Each school of x teachers costs its steps t = 0 … x-1, each rounded half up to whole
    millionths; the number of teachers of the stage is that of the start.
    """
    compared = schools(ground.roster, ground.staff, Standards(ground.pack))
    counted_at = chosen_counting(ground.planning)
    places = {(school.unit_id, school.stage): school.pupils for school in compared}
    counted = _counted(ground, of, counted_at, places)
    before = Counter((counting_unit(m, counted_at), m.stage) for m in counted)
    after = Counter((_counts_at(m, counted_at, placed), m.stage) for m in counted)
    total = 0
    for stage in STAGES:
        pupils = sum(number for (_, at), number in places.items() if at == stage)
        teachers = sum(before[place] for place in places if place[1] == stage)
        for place in (each for each in places if each[1] == stage and teachers):
            step = Fraction(BALANCE_SCALE * pupils, teachers**2 * places[place])
            total += sum(half_up(step * (2 * t + 1)) for t in range(after[place]))
    return total


def _counted(
    ground: Ground, of: Condition, counted_at: str, places: Mapping[tuple[str, str], int]
) -> list[Member]:
    found: list[Member] = []
    problems: list[Problem] = []
    for person, member in ground.staff.members.items():
        answer = ground.ask.person(of, person)
        if answer:
            found.append(member)
        elif answer is None and (counting_unit(member, counted_at), member.stage) in places:
            place = cell_of(ground.roster, member.row, "person_id")
            values = {"person": person}
            problems.append(Problem("balance.backbone-unknown", place=place, values=values))
    if problems:
        raise QuestionError(problems)
    return found


def _counts_at(member: Member, counted_at: str, placed: Placed) -> str:
    placement = placed.get(member.person_id)
    if placement and (placement.transferred or counted_at == "host"):
        return placement.move.to_unit
    return counting_unit(member, counted_at)


def wishes_value(ground: Ground, placed: Placed) -> int:
    """Return the cost of wishes: by rank, elsewhere, kept, and of those who never asked."""
    planning = ground.planning
    by_rank = numbers(planning.wish_costs, planning.id)
    elsewhere, kept, unasked = (
        numbers(figure, planning.id)[0]
        for figure in (planning.elsewhere_cost, planning.kept_cost, planning.unasked_cost)
    )
    wishes = ranked_wishes(ground)
    total = Fraction(0)
    for person, member in ground.staff.members.items():
        placement, wished = placed.get(person), wishes.get(person)
        if placement is None:
            total += kept if wished and ground.movable(member) else 0
        elif not wished:
            total += unasked
        else:
            rank = wished.get(placement.move.to_unit)
            listed = rank is not None and rank <= len(by_rank)
            total += by_rank[rank - 1] if listed and rank else elsewhere
    if total.denominator != 1:
        raise EngineBug([Problem("audit.bug", values={"condition": WISHES})])
    return int(total)


def ranked_wishes(ground: Ground) -> dict[str, dict[str, int]]:
    """Return person → unit → best rank, of the ranked wishes."""
    found: dict[str, dict[str, int]] = {}
    for row in ground.roster["wishes"].to_dicts():
        if row["wish_kind"] == _APPLICATION and row["wish_rank"] is not None:
            ranks = found.setdefault(row["person_id"], {})
            unit = row["unit_id"] or ""
            ranks[unit] = min(row["wish_rank"], ranks.get(unit, row["wish_rank"]))
    return found


def travel_value(ground: Ground, placed: Placed) -> int | None:
    """Return the metres of all moves, from home, else from the unit of the start.

    None where a position is missing.
    """
    total = 0
    for placement in placed.values():
        origin, host = move_ends(placement, ground)
        if origin is None or host is None:
            return None
        total += great_circle_metres(origin, host)
    return total


def missing_positions(ground: Ground, placed: Placed) -> tuple[Problem, ...]:
    """Name each move whose travel cannot be measured, where the pack looks at travel."""
    if TRAVEL not in ground.planning.objectives:
        return ()
    return tuple(
        Problem(
            "audit.no-position",
            Severity.WARNING,
            values={"person": person, "unit": placement.move.to_unit},
        )
        for person, placement in sorted(placed.items())
        if None in move_ends(placement, ground)
    )


def great_circle_metres(first: tuple[float, float], second: tuple[float, float]) -> int:
    """Return the haversine distance of two (latitude, longitude) in degrees, in whole metres.

    Halves round up; the earth is a sphere of the mean radius 6,371,008.8 m.
    """
    latitude_1, longitude_1, latitude_2, longitude_2 = map(radians, (*first, *second))
    height = sin((latitude_2 - latitude_1) / 2) ** 2
    width = sin((longitude_2 - longitude_1) / 2) ** 2
    chord = height + cos(latitude_1) * cos(latitude_2) * width
    return half_up(Fraction(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord)))))


def draw_value(ground: Ground, placed: Placed, seed: int) -> int:
    """Return the sum of the published draw over the moves (§9)."""
    programme = f"{ground.pack.header.id}-{ground.pack.year}"
    return sum(
        draw(seed, programme, person, placement.move.to_unit)
        for person, placement in placed.items()
    )


def draw(seed: int, programme: str, person: str, unit: str) -> int:
    """Return the first 20 bits of SHA-256 of ``seed:programme:person:unit``, plus one."""
    digest = sha256(f"{seed}:{programme}:{person}:{unit}".encode()).digest()
    return (int.from_bytes(digest[:4], "big") >> (32 - _DRAW_BITS)) + 1


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number, halves up."""
    return (number + _HALF).__floor__()


_Position = tuple[float, float]


def move_ends(
    placement: Placement, ground: Ground
) -> tuple[_Position | None, _Position | None]:
    """Return home, else the unit of the start, and the host, as (latitude, longitude).

    None where the roster gives no position.
    """
    units, member = ground.staff.units, placement.member
    home = _position(member.row, "home_")
    return home or _position(units[member.unit], ""), _position(
        units[placement.move.to_unit], ""
    )


def _position(row: Mapping[str, Any], prefix: str) -> _Position | None:
    latitude, longitude = row[f"{prefix}latitude"], row[f"{prefix}longitude"]
    return None if latitude is None or longitude is None else (latitude, longitude)
