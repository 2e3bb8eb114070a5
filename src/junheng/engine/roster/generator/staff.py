"""The people of a synthetic county: where they work, what they teach, since when.

Persons are held as one array per attribute; a person's number is the row. Text is made last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.posts import NO_SUBJECT, STAGES, Headcount
from junheng.engine.roster.generator.shares import THOUSAND, Split

Days = NDArray[np.datetime64]

TEACHER, OTHER = 3, 4
"""Role numbers after 校长, 副校长, 书记."""
WRITTEN = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Staff:
    """Attributes of all persons, shape (persons,).

    Attributes
    ----------
    home : unit they belong to
    unit : unit they work at; another than ``home`` while on exchange
    role : 0 校长, 1 副校长, 2 书记, 3 teacher, 4 other
    stage, subject : numbers in the lists of :mod:`posts`
    age : completed years on the day of the question
    career, start, office : year of the September in which the career, the time at the present
        school and the present office began
    since, written : first day at the home school and how exactly it is written
    served : years an exchange has lasted; minus one for those not on exchange
    """

    home: Whole
    unit: Whole
    role: Whole
    stage: Whole
    subject: Whole
    male: Truth
    birth: Days
    age: Whole
    career: Whole
    start: Whole
    office: Whole
    since: Days
    written: Whole
    served: Whole

    @property
    def size(self) -> int:
        """Number of persons."""
        return len(self.home)

    @property
    def leads(self) -> Truth:
        """Heads, deputies and secretaries."""
        leading: Truth = self.role < TEACHER
        return leading

    @property
    def teaches(self) -> Truth:
        """Teachers who lead nothing."""
        teaching: Truth = self.role == TEACHER
        return teaching


def school_year(on: date) -> int:
    """Return the year in which the school year of this day began."""
    return on.year if on.month >= 9 else on.year - 1


def autumn(years: Whole) -> Days:
    """Return the first of September of each year."""
    months: Days = ((years - 1970) * 12 + 8).astype("datetime64[M]")
    return months.astype("datetime64[D]")


def from_bands(draws: Draws, size: int, split: Split, last: int) -> Whole:
    """Draw whole numbers from a table of bands given by where each begins."""
    starts = np.array([int(word) for word in split.words] + [last + 1])
    band = draws.pick(size, split.weights)
    return draws.between(size, starts[band], starts[band + 1] - 1)


def staff_of(sites: tuple[Site, ...], counts: Headcount, seed: int, on: date) -> Staff:
    """Make the persons of all units, in the order of the units."""
    home, role, stage, subject = _places(counts)
    size = len(home)
    draws = Draws(seed, "staff")
    women = np.array([shares.FEMALE[stage] for stage in STAGES])[stage]
    male = ~draws.chance(size, np.where(role < TEACHER, women // 2, women))
    age, birth = _ages(draws, male, role, on)
    now = school_year(on)
    career = np.minimum(
        birth.astype("datetime64[Y]").astype(np.int64) + 1970
        + from_bands(draws, size, shares.CAREER_START, 26),
        now,
    )  # fmt: skip
    years = from_bands(draws, size, shares.YEARS_AT_SCHOOL, 26)
    start = np.maximum(now - years, career)
    in_office = from_bands(draws, size, shares.YEARS_IN_OFFICE, 12)
    start = np.where(
        role < TEACHER, np.maximum(now - np.maximum(years, in_office), career), start
    )
    office = np.maximum(now - in_office, start)
    start = _merged(sites, home, start, career, draws)
    since, written = _starts(draws, start)
    unit, served = _exchanged(sites, draws, (home, role, stage, start), now)
    return Staff(
        home, unit, role, stage, subject, male, birth, age, career, start,
        np.maximum(office, start), since, written, served,
    )  # fmt: skip


def _places(counts: Headcount) -> tuple[Whole, Whole, Whole, Whole]:
    """Return home, role, stage and subject of everybody, sorted by unit."""
    unit, post = np.nonzero(counts.team)
    leaders = np.repeat(np.stack([unit, post]), counts.team[unit, post], axis=1)
    main = counts.present.sum(axis=2).argmax(axis=1)
    rows = np.nonzero(counts.present)
    teachers = np.repeat(np.stack(rows), counts.present[rows], axis=1)
    others = np.repeat(np.arange(len(counts.other)), counts.other)
    home = np.concatenate([leaders[0], teachers[0], others])
    role = np.concatenate(
        [leaders[1], np.full(teachers.shape[1], TEACHER), np.full(len(others), OTHER)]
    )
    stage = np.concatenate([main[leaders[0]], teachers[1], main[others]])
    taught = counts.present[np.arange(len(main)), main].argmax(axis=1)
    subject = np.concatenate(
        [taught[leaders[0]], teachers[2], np.full(len(others), NO_SUBJECT)]
    )
    order = np.argsort(home, kind="stable")
    return home[order], role[order], stage[order], subject[order]


def _ages(draws: Draws, male: Truth, role: Whole, on: date) -> tuple[Whole, Days]:
    size = len(male)
    age = from_bands(draws, size, shares.AGES, 59)
    age = np.where(role < TEACHER, np.maximum(age, 32), age)
    age = np.minimum(age, np.where(male, shares.OLDEST["男"], shares.OLDEST["女"]))
    today = np.datetime64(on, "D")
    months = today.astype("datetime64[M]").astype(np.int64) - 12 * age
    anniversary = months.astype("datetime64[M]").astype("datetime64[D]")
    # Months keep their length from year to year, except for 29 February.
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    anniversary = anniversary + (day - 1)
    birth: Days = anniversary - draws.below(size, 365)
    return age, birth


def _merged(
    sites: tuple[Site, ...], home: Whole, start: Whole, career: Whole, draws: Draws
) -> Whole:
    """Let some came with a merged school: they began here in the year of the merger."""
    merger = np.zeros(len(sites), dtype=np.int64)
    for site in sites:
        if site.successor is not None and site.until is not None:
            merger[site.successor] = site.until.year
    year = merger[home]
    came = draws.chance(len(home), 300) & (year > 0) & (career < year)
    return np.where(came, year, start)


def _starts(draws: Draws, start: Whole) -> tuple[Days, Whole]:
    """Write the first day in one of the usual ways."""
    size = len(start)
    way = draws.pick(size, shares.STARTS.weights)
    first = autumn(start)
    late_august = first - draws.between(size, 1, 12)
    spring = first - 184
    new_year: Days = (start - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    since = np.select(
        [way == 1, way == 3, way == 4], [late_august, spring, new_year], default=first
    )
    # 184 days before 1 September is 1 March in every year.
    return since, np.select([way == 2, way == 4], [1, 2], default=0)


def _exchanged(
    sites: tuple[Site, ...], draws: Draws, who: tuple[Whole, Whole, Whole, Whole], now: int
) -> tuple[Whole, Whole]:
    """Send a few teachers to another school of the same stage in their county."""
    home, role, stage, start = who
    size = len(home)
    served = from_bands(draws, size, shares.SERVED_YEARS, 2)
    public = np.array([site.in_scope for site in sites])
    goes = draws.chance(size, shares.SERVING) & (role == TEACHER) & public[home]
    goes &= start < now - served
    host = other_unit(sites, draws, home, stage)
    goes &= host != home
    return np.where(goes, host, home), np.where(goes, served, -1)


def other_unit(sites: tuple[Site, ...], draws: Draws, home: Whole, stage: Whole) -> Whole:
    """Draw for everybody a public school of the same county and stage; own one if alone."""
    lists: dict[tuple[int, str], list[int]] = {}
    for position, site in enumerate(sites):
        if site.in_scope:
            for word in site.school.stages:
                lists.setdefault((site.county, word), []).append(position)
    pool: list[int] = []
    counties = max(site.county for site in sites) + 1
    first = np.zeros((counties, len(STAGES)), dtype=np.int64)
    size = np.zeros((counties, len(STAGES)), dtype=np.int64)
    place: dict[tuple[int, int], int] = {}
    for (county, word), members in lists.items():
        column = STAGES.index(word)
        first[county, column], size[county, column] = len(pool), len(members)
        place |= {(member, column): number for number, member in enumerate(members)}
        pool += members
    county_of = np.array([site.county for site in sites])[home]
    begin, number = first[county_of, stage], size[county_of, stage]
    own = np.full((len(sites), len(STAGES)), -1, dtype=np.int64)
    for (member, column), rank in place.items():
        own[member, column] = rank
    # Draw among the others: a place after one's own, cyclically.
    step = 1 + draws.below(len(home), np.maximum(number - 1, 1))
    place_drawn = (np.maximum(own[home, stage], 0) + step) % np.maximum(number, 1)
    found = np.array(pool, dtype=np.int64)[np.minimum(begin + place_drawn, len(pool) - 1)]
    return np.where((number > 1) & (own[home, stage] >= 0), found, home)


def per_mille(split: dict[str, int], area: str) -> int:
    """Look up a share by area; villages, hills and remote places share ``rural``."""
    return split.get(area, split.get("rural", THOUSAND))
