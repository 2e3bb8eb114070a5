"""The unit sheet of a synthetic county: pupils, classes, establishment and school assets."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.posts import STAGES, Headcount, by_area
from junheng.engine.roster.generator.shares import THOUSAND

_ASSETS = (
    ("rooms_area", (450, 580)),
    ("sports_area", (750, 1020)),
    ("equipment_value", (200000, 250000)),
)
"""Column and usual amount per hundred pupils in the primary and the junior stage."""


def establishment(counts: Headcount, persons: pl.DataFrame, ids: pl.Series, seed: int) -> Whole:
    """Return approved establishment per unit, around the persons on its establishment."""
    draws = Draws(seed, "establishment")
    low, high = np.array([by_area(shares.ESTABLISHMENT, area) for area in counts.areas]).T
    per_mille = draws.between(len(ids), low, high)
    on_it = persons.filter(pl.col("employment") == "在编")["establishment_unit"]
    staff = ids.to_frame("unit").join(
        on_it.value_counts(), left_on="unit", right_on="establishment_unit", how="left",
        maintain_order="left",
    )["count"].fill_null(0)  # fmt: skip
    approved: Whole = (staff.to_numpy().astype(np.int64) * per_mille + 500) // THOUSAND
    return approved


def pupils(counts: Headcount, seed: int) -> Whole:
    """Return pupils per unit and stage, shape (units, stages)."""
    draws = Draws(seed, "pupils")
    teachers = counts.present.sum(axis=2)
    columns = [
        teachers[:, position]
        * draws.between(len(teachers), *(100 * n for n in shares.PUPILS_PER_TEACHER[stage]))
        // 100
        for position, stage in enumerate(STAGES)
    ]
    return np.stack(columns, axis=1)


def units_frame(
    sites: tuple[Site, ...], counts: Headcount, approved: Whole, seed: int
) -> pl.DataFrame:
    """Return the unit sheet."""
    learners = pupils(counts, seed)
    ids = [site.unit_id for site in sites]
    active = [site.until is None for site in sites]
    frame = pl.DataFrame(
        {
            "unit_id": ids,
            "unit_name": [site.name for site in sites],
            "unit_kind": [site.school.kind for site in sites],
            "parent_unit": [_id_of(ids, site.parent) for site in sites],
            "unit_ownership": [site.ownership for site in sites],
            "county": [_county_name(site.county) for site in sites],
            "township": [site.township for site in sites],
            "near_town": [site.near_town for site in sites],
            "unit_traits": [list(site.traits) for site in sites],
            "unit_system": ["政府"] * len(sites),
            "unit_stages": [list(site.school.stages) for site in sites],
            "unit_since": [site.since for site in sites],
            "unit_until": [site.until for site in sites],
            "successor_unit": [_id_of(ids, site.successor) for site in sites],
            "unit_area": [site.school.area for site in sites],
            "unit_quality": [site.quality for site in sites],
            "zone": [f"第{site.zone + 1}片区" if site.in_scope else None for site in sites],
            "alliance": [site.alliance or None for site in sites],
            "pair_partner": [_id_of(ids, site.partner) for site in sites],
            "establishment": _where(approved, active),
            "leadership_posts": _where(counts.team.sum(axis=1), active),
            "supervision_group": [
                f"第{site.zone // 2 + 1}督导组" if site.in_scope else None for site in sites
            ],
            "latitude": [site.latitude for site in sites],
            "longitude": [site.longitude for site in sites],
        },
        schema_overrides={"unit_traits": pl.List(pl.String), "unit_until": pl.Date},
    )
    return frame.with_columns(_per_stage(counts, learners, Draws(seed, "assets")))


def _county_name(county: int) -> str:
    return f"示例{county + 1}县" if county else "示例县"


def _id_of(ids: list[str], position: int | None) -> str | None:
    return None if position is None else ids[position]


def _where(amounts: Whole, keep: list[bool]) -> list[int | None]:
    return [n if k else None for n, k in zip(amounts.tolist(), keep, strict=True)]


def _per_stage(counts: Headcount, learners: Whole, draws: Draws) -> list[pl.Series]:
    class_size = np.array([shares.CLASS_SIZE[area] for area in counts.areas])
    series = []
    for position, prefix in enumerate(("primary", "junior")):
        number = learners[:, position]
        some = (number > 0).tolist()
        classes = -(-number // class_size)
        series.append(pl.Series(f"{prefix}_pupils", _where(number, some)))
        series.append(pl.Series(f"{prefix}_classes", _where(classes, some)))
        for name, usual in _ASSETS:
            amount = number * usual[position] * draws.between(len(number), 850, 1600) // 10**5
            known = (some & ~draws.chance(len(number), 2 * shares.BLANK)).tolist()
            series.append(pl.Series(f"{prefix}_{name}", _where(amount, known)))
        rooms = classes * draws.between(len(number), 900, 1200) // THOUSAND
        series.append(pl.Series(f"{prefix}_multimedia_rooms", _where(rooms, some)))
    return series


def classifications_frame(sites: tuple[Site, ...], seed: int, on: date) -> pl.DataFrame:
    """Return the dated classes of the few schools that were reclassified."""
    draws = Draws(seed, "classifications")
    changed = draws.chance(len(sites), shares.RECLASSIFIED)
    years = draws.between(len(sites), 4, 9)
    order = [i for i, site in enumerate(sites) if site.in_scope]
    chosen = [i for i in order if changed[i]] or order[:1]
    rows: list[tuple[str, str, str, date, date | None]] = []
    for i in chosen:
        site = sites[i]
        turn = date(on.year - int(years[i]), 9, 1)
        before = {"县镇": "乡村", "乡村": "山区", "城市": "县镇"}.get(site.school.area, "乡村")
        rows.append((site.unit_id, before, "薄弱", site.since, turn))
        rows.append((site.unit_id, site.school.area, site.quality, turn, None))
    return pl.DataFrame(
        rows,
        schema={
            "unit_id": pl.String,
            "unit_area": pl.String,
            "unit_quality": pl.String,
            "since": pl.Date,
            "until": pl.Date,
        },
        orient="row",
    )
