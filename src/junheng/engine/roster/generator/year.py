"""What a synthetic county enters for the year: wishes, decisions, quotas, declarations."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from junheng.engine import codes
from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.posts import STAGES, SUBJECTS, Headcount
from junheng.engine.roster.generator.shares import THOUSAND
from junheng.engine.roster.generator.staff import Staff, school_year

_MOST_WISHES = 5
_OPEN_TABLES = ("情形", "志愿", "处分")
_OPINIONS = (("同意", "同意"), (None, None), ("不同意", None))


def year_tables(
    sites: tuple[Site, ...],
    staff: Staff,
    counts: Headcount,
    ids: pl.Series,
    seed: int,
    on: date,
) -> dict[str, pl.DataFrame]:
    """Return wishes, decisions, issued quotas and declarations."""
    return {
        "wishes": _wishes(sites, staff, ids, Draws(seed, "wishes"), on),
        "decisions": _decisions(sites, staff, ids, Draws(seed, "decisions"), on),
        "issued_quotas": _issued(sites, counts, on),
        "declarations": _declarations(sites, counts, Draws(seed, "declarations"), on),
    }


def _wishes(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    public = np.array([site.in_scope for site in sites])
    ready = staff.teaches & (staff.served < 0) & public[staff.home]
    eager = draws.chance(staff.size, shares.VOLUNTEERS) & ready
    who = np.nonzero(eager)[0]
    day = on - timedelta(days=45)
    opinion = draws.pick(len(who), shares.OPINIONS.weights)
    applied = _wish_rows(ids.gather(who), "自愿申请", day).with_columns(
        school_approval=pl.Series([o[0] for o in _OPINIONS], dtype=pl.String).gather(opinion),
        bureau_approval=pl.Series([o[1] for o in _OPINIONS], dtype=pl.String).gather(opinion),
    )
    hard = np.array([site.school.area in ("山区", "边远") for site in sites])[staff.home]
    stays = hard & (staff.start <= school_year(on) - 6) & ~eager
    stays &= draws.chance(staff.size, shares.WISHES_TO_STAY)
    staying = _wish_rows(ids.gather(np.nonzero(stays)[0]), "留任意愿", day)
    person, rank, unit = _listed(sites, staff, who, draws)
    listed = _wish_rows(ids.gather(person), "志愿", day).with_columns(
        wish_rank=pl.Series(rank),
        unit_id=pl.Series([site.unit_id for site in sites]).gather(unit),
    )
    wishes = pl.concat([applied, staying, listed], how="diagonal_relaxed")
    return wishes.sort("person_id", "wish_kind", "wish_rank")


def _wish_rows(persons: pl.Series, kind: str, day: date) -> pl.DataFrame:
    frame = pl.DataFrame({"person_id": persons})
    return frame.with_columns(wish_kind=pl.lit(kind), wished_on=pl.lit(day))


def _listed(
    sites: tuple[Site, ...], staff: Staff, who: Whole, draws: Draws
) -> tuple[Whole, Whole, Whole]:
    """Return person, rank and unit of every wish; lists are shorter where schools are few."""
    long = draws.pick(len(who), shares.WISHES.weights) + 1
    near = draws.chance(len(who) * _MOST_WISHES, shares.WISH_IN_ZONE)
    near = near.reshape(len(who), _MOST_WISHES)
    shift = draws.below(len(who) * _MOST_WISHES, 2**40).reshape(len(who), _MOST_WISHES)
    in_zone, in_county = _pools(sites)
    rows: list[tuple[int, int, int]] = []
    for position, person in enumerate(who.tolist()):
        site = sites[int(staff.home[person])]
        stage = STAGES[int(staff.stage[person])]
        pools = (in_county[site.county, stage], in_zone[site.county, site.zone, stage])
        chosen: list[int] = []
        for place in range(int(long[position])):
            pool = pools[int(near[position, place])]
            unit = pool[int(shift[position, place]) % len(pool)]
            if unit != staff.home[person] and unit not in chosen:
                chosen.append(unit)
        rows += [(person, rank + 1, unit) for rank, unit in enumerate(chosen)]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _pools(
    sites: tuple[Site, ...],
) -> tuple[dict[tuple[int, int, str], list[int]], dict[tuple[int, str], list[int]]]:
    in_zone: dict[tuple[int, int, str], list[int]] = {}
    in_county: dict[tuple[int, str], list[int]] = {}
    for position, site in enumerate(sites):
        if site.in_scope:
            for stage in site.school.stages:
                in_zone.setdefault((site.county, site.zone, stage), []).append(position)
                in_county.setdefault((site.county, stage), []).append(position)
    return in_zone, in_county


def _decisions(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    """Keep one person in place and bar one from leaving, for every thousand persons."""
    public = np.array([site.in_scope for site in sites])
    plain = np.nonzero(staff.teaches & (staff.served < 0) & public[staff.home])[0]
    number = min(len(plain) // 2, 1 + staff.size // THOUSAND)
    drawn = plain[draws.order(len(plain))[: 2 * number]]
    units = pl.Series([site.unit_id for site in sites])
    fixed = pl.DataFrame(
        {
            "person_id": ids.gather(drawn[:number]),
            "unit_id": units.gather(staff.home[drawn[:number]]),
        }
    ).with_columns(decision_kind=pl.lit("固定"))
    barred = pl.DataFrame({"person_id": ids.gather(drawn[number:])}).with_columns(
        decision_kind=pl.lit("禁止")
    )
    return pl.concat([fixed, barred], how="diagonal").with_columns(
        reason=pl.lit("示例"), approver=pl.lit("示例县教育局"), decided_on=pl.lit(on)
    )


def _issued(sites: tuple[Site, ...], counts: Headcount, on: date) -> pl.DataFrame:
    """Issue the two quotas that the shipped district pack takes by hand."""
    surplus = counts.present - counts.required
    rows: list[tuple[str, str, str | None, int]] = []
    for position, site in enumerate(sites):
        if not site.in_scope or site.school.area not in ("城市", "县镇"):
            continue
        rows.append(("surplus-quota", site.unit_id, None, 1))
        subject = int(surplus[position].sum(axis=0).argmax())
        if surplus[position].sum(axis=0)[subject] > 0:
            rows.append(("issued-quota", site.unit_id, SUBJECTS[subject], 1))
    frame = pl.DataFrame(
        rows,
        schema={
            "quota_id": pl.String,
            "unit_id": pl.String,
            "subject": pl.String,
            "number": pl.Int64,
        },
        orient="row",
    )
    return frame.with_columns(issued_on=pl.lit(on - timedelta(days=15)))


def _declarations(
    sites: tuple[Site, ...], counts: Headcount, draws: Draws, on: date
) -> pl.DataFrame:
    """Declare every table of every unit complete, except for a few open units."""
    still = np.array([site.until is None for site in sites])
    days = draws.between(len(sites), 5, 20).tolist()
    unfinished = _open_units(sites, counts, draws)
    rows = [
        (sites[i].unit_id, table, on - timedelta(days=days[i]))
        for i in np.nonzero(still)[0].tolist()
        for table in codes.TABLE_NAME.codes
        if not (unfinished[i] and table in _OPEN_TABLES)
    ]
    frame = pl.DataFrame(
        rows,
        schema={"unit_id": pl.String, "table_name": pl.String, "complete_as_of": pl.Date},
        orient="row",
    )
    return frame.with_columns(
        declared_by=pl.lit("学校人事干部"), declared_on=pl.col("complete_as_of")
    )


def _open_units(sites: tuple[Site, ...], counts: Headcount, draws: Draws) -> Truth:
    """Choose the units that have not finished, of usual size or smaller."""
    usual = int(np.median(counts.total[counts.total > 0]))
    number = max(1, len(sites) * shares.OPEN_UNITS // THOUSAND)
    order = [
        i
        for i in draws.order(len(sites)).tolist()
        if sites[i].in_scope and usual // 2 <= counts.total[i] <= usual
    ]
    chosen = np.zeros(len(sites), dtype=np.bool_)
    chosen[order[:number]] = True
    return chosen
