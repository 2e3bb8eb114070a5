"""What happened to the people of a synthetic county: stints, exchanges, honours and more."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Whole
from junheng.engine.roster.generator.places import Site
from junheng.engine.roster.generator.posts import SUBJECTS
from junheng.engine.roster.generator.staff import (
    WRITTEN,
    Days,
    Staff,
    autumn,
    other_unit,
    school_year,
)

_POSTS = ("校长", "副校长", "书记", "教师", "职员")
_KINDS = ("任教", "任职", "支教", "交流", "脱产学习")
TAUGHT, LED, SUPPORTED, EXCHANGED, AWAY = range(5)
_NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Spells:
    """Stints of some persons: one row each, all arrays of one length.

    Attributes
    ----------
    person, unit, post, kind : numbers of person, unit, role and kind of stint
    since, until : half-open; ``until`` is not-a-time while it lasts
    begun, ended : how exactly each is written, numbers in WRITTEN
    """

    person: Whole
    unit: Whole
    post: Whole
    kind: Whole
    since: Days
    until: Days
    begun: Whole
    ended: Whole


def _spells(
    person: Whole,
    where: tuple[Whole, Whole, int],
    since: tuple[Days, Whole],
    until: tuple[Days, Whole],
) -> Spells:
    unit, post, kind = where
    return Spells(
        person, unit, post, np.full(len(person), kind), since[0], until[0], since[1], until[1]
    )


def histories(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, seed: int, on: date
) -> dict[str, pl.DataFrame]:
    """Return the stints and exchanges of everybody."""
    draws = Draws(seed, "histories")
    now = school_year(on)
    host = other_unit(sites, draws, staff.home, staff.stage)
    support = np.where(host != staff.home, _support_years(staff, draws, now), 0)
    leave = _leave_years(staff, support, draws, now)
    spells = [
        *_earlier(sites, staff, draws),
        *_present(staff, (support, host), leave, now),
    ]
    stints = _stints_frame(sites, staff, ids, spells, (draws, now))
    exchanges = _exchanges_frame(sites, staff, ids, (support, host), (draws, now))
    return {"stints": stints, "exchanges": exchanges}


def _day(size: int) -> Whole:
    return np.zeros(size, dtype=np.int64)


def _open(size: int) -> tuple[Days, Whole]:
    return np.full(size, _NEVER), _day(size)


def _support_years(staff: Staff, draws: Draws, now: int) -> Whole:
    """Return the year in which a year of support began, 0 for those without."""
    possible = staff.teaches & (staff.start <= now - 4) & (staff.served < 0)
    goes = possible & draws.chance(staff.size, shares.SUPPORT_STAY)
    first = staff.start + 1
    year = draws.between(staff.size, first, np.maximum(now - 2, first))
    return np.where(goes, year, 0)


def _leave_years(staff: Staff, support: Whole, draws: Draws, now: int) -> Whole:
    """Return the year in which a year of study began, 0 for those without."""
    possible = staff.teaches & (staff.start <= now - 4) & (staff.served < 0) & (support == 0)
    return np.where(possible & draws.chance(staff.size, shares.TOOK_LEAVE), now - 2, 0)


def _earlier(sites: tuple[Site, ...], staff: Staff, draws: Draws) -> list[Spells]:
    """Return the stints before the present school: one, or two after a long time."""
    before = staff.start - staff.career
    first_unit = other_unit(sites, draws, staff.home, staff.stage)
    former, year = _mergers(sites)
    came = staff.start == year[staff.home]
    last_unit = np.where(
        came, former[staff.home], other_unit(sites, draws, staff.home, staff.stage)
    )
    # Where no other school has the stage, people came from outside the county.
    some = np.nonzero((before > 0) & (last_unit != staff.home))[0]
    twice = (before[some] >= 8) & draws.chance(len(some), 500)
    turn = staff.career[some] + before[some] // 2
    teaching = np.where(staff.role[some] == 4, 4, 3)
    middle = autumn(turn), _day(len(some))
    end = staff.since[some], staff.written[some]
    begin = autumn(np.where(twice, turn, staff.career[some])), _day(len(some))
    two = np.nonzero(twice)[0]
    return [
        _spells(some, (last_unit[some], teaching, TAUGHT), begin, end),
        _spells(
            some[two],
            (first_unit[some[two]], teaching[two], TAUGHT),
            (autumn(staff.career[some[two]]), _day(len(two))),
            (middle[0][two], middle[1][two]),
        ),
    ]


def _mergers(sites: tuple[Site, ...]) -> tuple[Whole, Whole]:
    """Return for every unit the unit that merged into it and in which year; 0 where none."""
    former, year = np.zeros((2, len(sites)), dtype=np.int64)
    for position, site in enumerate(sites):
        if site.successor is not None and site.until is not None:
            former[site.successor], year[site.successor] = position, site.until.year
    return former, year


def _present(
    staff: Staff, support: tuple[Whole, Whole], leave: Whole, now: int
) -> list[Spells]:
    """Return the stints at the present school, cut where something else began."""
    year, host = support
    led = staff.leads & (staff.office > staff.start)
    supported, studied = year > 0, leave > 0
    away = staff.served >= 0
    plain = ~(led | supported | studied | away)
    gone = autumn(now - staff.served)
    return [
        *_whole(staff, np.nonzero(plain)[0]),
        *_before_office(staff, np.nonzero(led)[0]),
        *_around(staff, np.nonzero(supported)[0], (year, host), SUPPORTED),
        *_around(staff, np.nonzero(studied)[0], (leave, staff.home), AWAY),
        *_left(staff, np.nonzero(away)[0], gone),
    ]


def _start_of(staff: Staff, who: Whole) -> tuple[Days, Whole]:
    return staff.since[who], staff.written[who]


def _whole(staff: Staff, who: Whole) -> list[Spells]:
    leads = who[staff.leads[who]]
    rest = who[~staff.leads[who]]
    return [
        _spells(
            group,
            (staff.home[group], staff.role[group], kind),
            _start_of(staff, group),
            _open(len(group)),
        )
        for group, kind in ((leads, LED), (rest, TAUGHT))
    ]


def _before_office(staff: Staff, who: Whole) -> list[Spells]:
    turn = autumn(staff.office[who]), _day(len(who))
    deputy = (staff.role[who] == 0) & (staff.age[who] % 2 == 0)
    before = np.where(deputy, 1, 3)
    home = staff.home[who]
    first = _spells(who, (home, before, TAUGHT), _start_of(staff, who), turn)
    kinds = np.where(deputy, LED, TAUGHT)
    first = Spells(
        first.person, first.unit, first.post, kinds, first.since, first.until,
        first.begun, first.ended,
    )  # fmt: skip
    return [first, _spells(who, (home, staff.role[who], LED), turn, _open(len(who)))]


def _around(
    staff: Staff, who: Whole, elsewhere: tuple[Whole, Whole], kind: int
) -> list[Spells]:
    year, host = elsewhere
    out = autumn(year[who]), _day(len(who))
    back = autumn(year[who] + 1), _day(len(who))
    home, role = staff.home[who], staff.role[who]
    return [
        _spells(who, (home, role, TAUGHT), _start_of(staff, who), out),
        _spells(who, (host[who], role, kind), out, back),
        _spells(who, (home, role, TAUGHT), back, _open(len(who))),
    ]


def _left(staff: Staff, who: Whole, gone: Days) -> list[Spells]:
    out = gone[who], _day(len(who))
    role = staff.role[who]
    return [
        _spells(who, (staff.home[who], role, TAUGHT), _start_of(staff, who), out),
        _spells(who, (staff.unit[who], role, EXCHANGED), out, _open(len(who))),
    ]


def _stints_frame(
    sites: tuple[Site, ...],
    staff: Staff,
    ids: pl.Series,
    spells: list[Spells],
    chance: tuple[Draws, int],
) -> pl.DataFrame:
    draws, now = chance
    rows = _in_order(spells)
    ended = pl.Series("e", WRITTEN).gather(rows.ended)
    return pl.DataFrame(
        {
            "person_id": ids.gather(rows.person),
            "unit_id": pl.Series([s.unit_id for s in sites]).gather(rows.unit),
            "post": pl.Series(_POSTS).gather(rows.post),
            "subject": pl.Series((*SUBJECTS, "无")).gather(staff.subject[rows.person]),
            "since": pl.Series(rows.since).cast(pl.Date),
            "since_precision": pl.Series(WRITTEN).gather(rows.begun),
            "until": pl.Series(rows.until).cast(pl.Date),
            "stint_kind": pl.Series(_KINDS).gather(rows.kind),
            "relation_moved": (rows.kind == TAUGHT) | (rows.kind == LED),
            "cycle_completed": _cycle(staff, rows, now, draws),
        }
    ).with_columns(until_precision=pl.when(pl.col("until").is_not_null()).then(ended))


def _in_order(spells: list[Spells]) -> Spells:
    """Join the stints, drop empty ones and sort by person and beginning."""

    def joined(name: str) -> Whole:
        column: Whole = np.concatenate([getattr(spell, name) for spell in spells])
        return column

    columns: list[Any] = [joined(item.name) for item in fields(Spells)]
    person, since, until = columns[0], columns[4], columns[5]
    order = np.lexsort((since, person))
    order = order[(np.isnat(until) | (until > since))[order]]
    return Spells(*(column[order] for column in columns))


def _cycle(staff: Staff, stints: Spells, now: int, draws: Draws) -> pl.Series:
    """Say for each teaching stint whether a whole cycle was taught: six years, or three.

    At the present school all years since coming count, also across a year of support.
    """
    size = len(stints.person)
    length = stints.until.astype("datetime64[Y]") - stints.since.astype("datetime64[Y]")
    here = stints.unit == staff.home[stints.person]
    years = np.where(here, now - staff.start[stints.person], length.astype(np.int64))
    need = np.where(staff.stage[stints.person] == 0, 6, 3)
    done = (years >= need) & draws.chance(size, shares.CYCLE_DONE)
    blank = draws.chance(size, shares.CYCLE_BLANK) | (stints.kind != TAUGHT)
    frame = pl.DataFrame({"done": done, "blank": blank})
    return frame.select(pl.when(~pl.col("blank")).then(pl.col("done")).alias("d"))["d"]


def _exchanges_frame(
    sites: tuple[Site, ...],
    staff: Staff,
    ids: pl.Series,
    support: tuple[Whole, Whole],
    chance: tuple[Draws, int],
) -> pl.DataFrame:
    draws, now = chance
    year, host = support
    units = pl.Series([site.unit_id for site in sites])
    went, away = np.nonzero(year > 0)[0], np.nonzero(staff.served >= 0)[0]
    before = other_unit(sites, draws, staff.home, staff.stage)
    moved_for_good = staff.teaches & (staff.start > staff.career) & (staff.start <= now - 4)
    moved_for_good &= draws.chance(staff.size, shares.MOVED_FOR_GOOD) & (before != staff.home)
    stayed = np.nonzero(moved_for_good)[0]
    starts = now - staff.served[away]
    return pl.concat(
        [
            _exchange_rows(
                ids.gather(went), "支教", (year[went], year[went] + 1),
                (units.gather(staff.home[went]), units.gather(host[went])), "合格",
            ),
            _exchange_rows(
                ids.gather(away), "定期交流", (starts, starts + 3),
                (units.gather(staff.home[away]), units.gather(staff.unit[away])), None,
            ),
            _exchange_rows(
                ids.gather(stayed), "轮岗", (staff.start[stayed], staff.start[stayed] + 3),
                (units.gather(before[stayed]), units.gather(staff.home[stayed])), "优秀",
            ).with_columns(relation_moved=pl.lit(value=True)),
        ]
    ).sort("person_id", "since")  # fmt: skip


def _exchange_rows(
    persons: pl.Series,
    kind: str,
    years: tuple[Whole, Whole],
    places: tuple[pl.Series, pl.Series],
    result: str | None,
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "person_id": persons,
            "exchange_kind": pl.repeat(kind, len(persons), dtype=pl.String, eager=True),
            "relation_moved": np.zeros(len(persons), dtype=np.bool_),
            "since": pl.Series(autumn(years[0])).cast(pl.Date),
            "until": pl.Series(autumn(years[1])).cast(pl.Date),
            "origin_unit": places[0],
            "host_unit": places[1],
            "result": pl.Series([result] * len(persons), dtype=pl.String),
        }
    )
