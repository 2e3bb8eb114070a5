"""How many people work where: headcounts, teams, subjects present and subjects required.

Everything here is whole-number matrices over (unit, stage, subject); persons are made from it
afterwards, so that shortage and surplus are planted on purpose and not by accident.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole, apportion
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.shares import THOUSAND

STAGES = ("小学", "初中", "高中", "幼儿园")
SUBJECTS: tuple[str, ...] = tuple(
    dict.fromkeys(word for split in shares.SUBJECTS.values() for word in split.words)
)
NO_SUBJECT = len(SUBJECTS)
"""Subject number of those who do not teach."""
HEAD, DEPUTY, SECRETARY = 0, 1, 2
LEADERSHIP = ("校长", "副校长", "书记")


@dataclass(frozen=True, slots=True)
class Headcount:
    """Sizes of every unit.

    Attributes
    ----------
    total : persons, shape (units,)
    team : leaders by post 校长, 副校长, 书记, shape (units, 3)
    other : persons who do not teach, shape (units,)
    present : teachers who are no leaders, shape (units, stages, subjects)
    required : teachers required, same shape
    area : position in the list of areas, as words
    """

    total: Whole
    team: Whole
    other: Whole
    present: Whole
    required: Whole
    areas: tuple[str, ...]


def by_area(table: dict[str, tuple[int, int]], area: str) -> tuple[int, int]:
    """Look up a range by area; villages, hills and remote places share ``rural``."""
    return table.get(area, table["rural"])


def headcount(sites: tuple[Site, ...], persons: int, seed: int) -> Headcount:
    """Divide the county's persons over units, stages and subjects."""
    draws = Draws(seed, "headcount")
    areas = tuple(site.school.area for site in sites)
    total = _totals(sites, persons)
    team = np.zeros((len(sites), 3), dtype=np.int64)
    team[:, HEAD] = total > 1
    team[:, SECRETARY] = total >= shares.SECRETARY_FROM
    for least, deputies in reversed(shares.TEAMS):
        team[total >= least, DEPUTY] = deputies
    other = np.where(
        total >= shares.OTHER_STAFF_FROM, (total * shares.OTHER_STAFF + 500) // THOUSAND, 0
    )
    teachers = _per_stage(sites, total - team.sum(axis=1) - other)
    even = _even_weights()
    present = _subjects(teachers, even[None] * _scarcity(areas, draws) // THOUSAND)
    low, high = np.array([by_area(shares.NEED, area) for area in areas]).T
    need = draws.between(len(sites), low, high)[:, None]
    required = _subjects(
        (teachers * need + 500) // THOUSAND, np.repeat(even[None], len(sites), 0)
    )
    return Headcount(total, team, other, present, required, areas)


def _totals(sites: tuple[Site, ...], persons: int) -> Whole:
    sizes = np.array([site.school.size * site.noise for site in sites], dtype=np.int64)
    active = sizes > 0
    least = min(3, persons // max(1, int(active.sum())))
    base = np.where(active, least, 0)
    rest = np.array([persons - int(base.sum())])
    totals: Whole = base + apportion(rest, sizes[None])[0]
    return totals


def _per_stage(sites: tuple[Site, ...], teachers: Whole) -> Whole:
    weights = np.zeros((len(sites), len(STAGES)), dtype=np.int64)
    for position, site in enumerate(sites):
        for stage in site.school.stages:
            weights[position, STAGES.index(stage)] = THOUSAND
        if len(site.school.stages) == 2:
            weights[position, :2] = (shares.PRIMARY_PART, THOUSAND - shares.PRIMARY_PART)
    return apportion(teachers, weights)


def _even_weights() -> Whole:
    weights = np.zeros((len(STAGES), len(SUBJECTS)), dtype=np.int64)
    for row, stage in enumerate(STAGES):
        for word, weight in shares.SUBJECTS[stage].parts:
            weights[row, SUBJECTS.index(word)] = weight * THOUSAND
    return weights


def _scarcity(areas: tuple[str, ...], draws: Draws) -> Whole:
    """Per thousand of the even share, for each unit and subject, shape (units, 1, subjects)."""
    low, high = np.array([by_area(shares.SCARCE_PRESENT, area) for area in areas]).T
    size = (len(areas), len(SUBJECTS))
    scarce = np.array([word in shares.SCARCE for word in SUBJECTS])
    drawn = draws.between(
        size[0] * size[1], np.repeat(low, size[1]), np.repeat(high, size[1])
    ).reshape(size)
    plain = draws.between(size[0] * size[1], 850, 1150).reshape(size)
    return np.where(scarce[None], drawn, plain)[:, None, :]


def _subjects(teachers: Whole, weights: Whole) -> Whole:
    units, stages, subjects = weights.shape
    flat = apportion(teachers.reshape(-1), weights.reshape(-1, subjects))
    return flat.reshape(units, stages, subjects)


def posts_frame(
    counts: Headcount, units: pl.Series, staffed: Truth, establishment: Whole, seed: int
) -> pl.DataFrame:
    """Return the rows of ``posts``: for teachers, for leaders, and the post structure."""
    return pl.concat(
        [
            _teaching_posts(counts, units, staffed),
            _leadership_posts(counts, units, staffed, Draws(seed, "posts")),
            _structure(counts, units, staffed, establishment),
        ],
        how="diagonal_relaxed",
    )


def _teaching_posts(counts: Headcount, units: pl.Series, staffed: Truth) -> pl.DataFrame:
    wanted = (counts.required > 0) | (counts.present > 0)
    unit, stage, subject = np.nonzero(wanted & staffed[:, None, None])
    required = counts.required[unit, stage, subject]
    present = counts.present[unit, stage, subject]
    established = required + (required >= 5)
    return pl.DataFrame(
        {
            "unit_id": units.gather(unit),
            "stage": pl.Series(STAGES).gather(stage),
            "subject": pl.Series(SUBJECTS).gather(subject),
            "role": pl.repeat("教师", len(unit), eager=True),
            "required": required,
            "established": established,
            "vacant": np.maximum(established - present, 0),
        }
    )


def _leadership_posts(
    counts: Headcount, units: pl.Series, staffed: Truth, draws: Draws
) -> pl.DataFrame:
    team = counts.team.copy()
    short = draws.chance(len(team), 60) & (team[:, DEPUTY] > 0)
    team[short, DEPUTY] += 1
    unit, post = np.nonzero((team > 0) & staffed[:, None])
    number = team[unit, post]
    return pl.DataFrame(
        {
            "unit_id": units.gather(unit),
            "role": pl.Series(LEADERSHIP).gather(post),
            "required": number,
            "established": number,
            "vacant": number - counts.team[unit, post],
        }
    )


def _structure(
    counts: Headcount, units: pl.Series, staffed: Truth, establishment: Whole
) -> pl.DataFrame:
    juniors = counts.present[:, 1].sum(axis=1) > counts.present[:, 0].sum(axis=1)
    primary, junior = (np.array(shares.STRUCTURE[stage].weights) for stage in ("小学", "初中"))
    places = apportion(establishment, np.where(juniors[:, None], junior, primary))
    unit, band = np.nonzero((places >= 0) & staffed[:, None])
    return pl.DataFrame(
        {
            "unit_id": units.gather(unit),
            "role": pl.repeat("教师", len(unit), eager=True),
            "grade_band": pl.Series(shares.STRUCTURE["小学"].words).gather(band),
            "established": places[unit, band],
        }
    )
