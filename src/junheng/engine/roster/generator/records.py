"""Records kept about the people of a synthetic county: honours, circumstances, sanctions."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.posts import SUBJECTS
from junheng.engine.roster.generator.shares import Split
from junheng.engine.roster.generator.staff import OTHER, Days, Staff, autumn, per_mille

_HOSPITALS = ("示例县人民医院", "示例县中医院")


def records(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, seed: int, on: date
) -> dict[str, pl.DataFrame]:
    """Return what is kept about persons, from honours to test results."""
    return {
        "honours": _honours(sites, staff, ids, Draws(seed, "honours"), on),
        "circumstances": _circumstances(staff, ids, Draws(seed, "circumstances"), on),
        "sanctions": _sanctions(staff, ids, Draws(seed, "sanctions"), on),
        "appraisals": _appraisals(sites, staff, ids, Draws(seed, "appraisals"), on),
        "kinship": _kinship(staff, ids, Draws(seed, "kinship")),
        "obligations": _obligations(staff, ids, Draws(seed, "obligations")),
        "test_results": _test_results(sites, staff, ids, Draws(seed, "tests"), on),
    }


def _words(draws: Draws, size: int, split: Split) -> pl.Series:
    return pl.Series(split.words).gather(draws.pick(size, split.weights))


def _all(word: str, size: int) -> pl.Series:
    return pl.repeat(word, size, dtype=pl.String, eager=True)


def _dates(days: Days) -> pl.Series:
    return pl.Series(days).cast(pl.Date)


def _honours(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    size = staff.size
    share = np.array([per_mille(shares.BACKBONE, site.school.area) for site in sites])
    works = staff.role != OTHER
    backbone = draws.chance(size, share[staff.home]) & works
    commended = draws.chance(size, shares.COMMENDED) & works
    at_school = draws.chance(size, shares.SCHOOL_BACKBONE) & works & ~backbone
    lapsed = draws.chance(size, shares.LAPSED_HONOUR) & works & ~backbone
    lapsed &= staff.career < on.year - 5
    parts = []
    for who, split, level in (
        (backbone, shares.BACKBONE_HONOURS, None),
        (commended, shares.COMMENDATIONS, "县级"),
        (at_school, Split("", (("骨干教师", 1),)), "校级"),
        (lapsed, Split("", (("骨干教师", 1),)), "县级"),
    ):
        rows = np.nonzero(who)[0]
        ago = draws.between(len(rows), 4 if who is lapsed else 1, 8)
        year = np.maximum(on.year - ago, staff.career[rows])
        parts.append(
            pl.DataFrame(
                {
                    "person_id": ids.gather(rows),
                    "honour": _words(draws, len(rows), split),
                    "honour_level": _all(level, len(rows))
                    if level
                    else _words(draws, len(rows), shares.BACKBONE_LEVELS),
                    "since": _dates(autumn(year)),
                    "since_precision": _all("month", len(rows)),
                    "until": _dates(autumn(np.full(len(rows), on.year - 1)))
                    if who is lapsed
                    else pl.Series([None] * len(rows), dtype=pl.Date),
                }
            )
        )
    honours = pl.concat(parts).with_columns(
        until_precision=pl.when(pl.col("until").is_not_null()).then(pl.lit("month"))
    )
    return honours.sort("person_id", "since", "honour", "honour_level")


def _concerned(staff: Staff, word: str) -> Truth:
    fertile: Truth = ~staff.male & (staff.age >= 24) & (staff.age <= 41)
    match word:
        case "孕期" | "哺乳期":
            return fertile
        case "子女无人接送":
            return (staff.age >= 28) & (staff.age <= 45)
        case "领衔特色课程":
            return staff.teaches
        case _:
            return np.ones(staff.size, dtype=np.bool_)


def _circumstances(staff: Staff, ids: pl.Series, draws: Draws, on: date) -> pl.DataFrame:
    parts = []
    taken = np.zeros(staff.size, dtype=np.bool_)
    for word, share in shares.CIRCUMSTANCES:
        who = _concerned(staff, word) & draws.chance(staff.size, share) & ~taken
        taken |= who
        parts.append(_circumstance_rows(np.nonzero(who)[0], word, ids, draws, on))
    audited = staff.leads & draws.chance(staff.size, shares.AUDITED_LEADERS)
    parts.append(_circumstance_rows(np.nonzero(audited)[0], "审计", ids, draws, on))
    return pl.concat(parts).sort("person_id", "since", "circumstance")


_ILLNESSES = ("重病", "孕期", "哺乳期")


def _circumstance_rows(
    who: Whole, word: str, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    size = len(who)
    today = np.datetime64(on, "D")
    since = today - draws.between(size, 40, 170)
    if word in ("重病", "领衔特色课程", "残疾"):
        since = since - draws.between(size, 0, 700)
    until = today + draws.between(size, 70, 300)
    publicised = draws.chance(size, shares.PUBLICISED)
    short = draws.chance(size, shares.PUBLICISED_SHORT)
    approved = draws.chance(size, shares.APPROVED)
    posted = today - draws.between(size, 20, 35)
    taken_down = posted + np.where(short, 3, 8)
    medical = word in _ILLNESSES
    rows = pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "circumstance": _all(word, size),
            "since": _dates(since),
            "until": _dates(until),
            "issuer": pl.Series(_HOSPITALS).gather(draws.pick(size, (700, 300)))
            if medical
            else _all("所在学校", size),
            "evidence": _all("诊断证明" if medical else "书面说明", size),
            "publicised": publicised,
            "publicised_since": _dates(posted),
            "publicised_until": _dates(taken_down),
            "approved": approved,
            "approved_on": _dates(np.minimum(since + 30, today - 10)),
        }
    )
    return _signed(rows)


def _signed(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep publicity and approval only where they took place."""
    posted, approved = pl.col("publicised"), pl.col("approved")
    return rows.with_columns(
        pl.when(posted).then(pl.col("publicised_since", "publicised_until")),
        pl.when(approved).then(pl.col("approved_on")),
        school_approval=pl.lit("同意"),
        bureau_approval=pl.when(approved).then(pl.lit("同意")),
        approver=pl.when(approved).then(pl.lit("示例县教育局")),
    ).drop("publicised", "approved")


def _sanctions(staff: Staff, ids: pl.Series, draws: Draws, on: date) -> pl.DataFrame:
    who = np.nonzero(draws.chance(staff.size, shares.SANCTIONED))[0]
    since = np.datetime64(on, "D") - draws.between(len(who), 60, 900)
    return pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "sanction": _words(draws, len(who), shares.SANCTIONS),
            "since": _dates(since),
            "until": _dates(since + draws.between(len(who), 180, 540)),
            "barred_from": _all("评优评先", len(who)),
            "decided_by": _all("示例县教育局", len(who)),
        }
    ).sort("person_id")


def _appraisals(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    units = pl.Series([site.unit_id for site in sites])
    return pl.DataFrame(
        {
            "person_id": ids,
            "appraisal": _all("年度考核", staff.size),
            "appraisal_year": np.full(staff.size, on.year - 1),
            "grade": _words(draws, staff.size, shares.APPRAISED),
            "assessor_unit": units.gather(staff.unit),
        }
    )


def _kinship(staff: Staff, ids: pl.Series, draws: Draws) -> pl.DataFrame:
    """Marry neighbours in the list who work at one unit and differ in sex."""
    first = np.arange(0, staff.size - 1, 2)
    couple = draws.chance(len(first), shares.COUPLES)
    couple &= (staff.home[first] == staff.home[first + 1]) & (
        staff.male[first] != staff.male[first + 1]
    )
    one, other = first[couple], first[couple] + 1
    return pl.DataFrame(
        {
            "person_id": ids.gather(np.concatenate([one, other])),
            "relative_id": ids.gather(np.concatenate([other, one])),
            "kinship": _all("夫妻", 2 * len(one)),
        }
    ).sort("person_id")


def _obligations(staff: Staff, ids: pl.Series, draws: Draws) -> pl.DataFrame:
    young = (staff.age < 28) & staff.teaches & draws.chance(staff.size, shares.OBLIGED)
    who = np.nonzero(young)[0]
    return pl.DataFrame(
        {
            "person_id": ids.gather(who),
            "obligation": _words(draws, len(who), shares.OBLIGATIONS),
            "since": _dates(autumn(staff.career[who])),
            "until": _dates(autumn(staff.career[who] + 6)),
        }
    )


_TESTED = ("语文", "数学", "英语")


def _test_results(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, draws: Draws, on: date
) -> pl.DataFrame:
    """Return the summer tests of primary teachers in the towns, ranked within their town."""
    rural = np.array([site.in_scope and site.school.area != "城市" for site in sites])
    tested = np.array([word in _TESTED for word in (*SUBJECTS, "无")])
    who = rural[staff.home] & (staff.stage == 0) & tested[staff.subject] & staff.teaches
    rows = np.nonzero(who)[0]
    towns = pl.Series([f"{site.county} {site.township}" for site in sites])
    own = pl.Series("own_average", draws.between(len(rows), 550, 950)).cast(pl.Decimal(20, 4))
    group = ("town", "subject")
    average = pl.col("own_average").mean().over(group)
    return (
        pl.DataFrame(
            {
                "person_id": ids.gather(rows),
                "test_year": np.full(len(rows), on.year),
                "subject": pl.Series((*SUBJECTS, "无")).gather(staff.subject[rows]),
                "own_average": own / 10,
                "town": towns.gather(staff.home[rows]),
            }
        )
        .with_columns(
            town_average=average.round(1),
            test_rank=pl.col("own_average").rank("min", descending=True).over(group),
            entrants=pl.len().over(group),
        )
        .drop("town")
    )
