"""Where a synthetic county's schools lie: zones, townships, pairs, alliances, positions.

A county is a square of 40 km. Zones are the cells of a grid over it; every zone holds a slice
of the city at the centre and the towns and villages of its cell, so that zones mix both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, apportion
from junheng.engine.roster.generator.shares import SCHOOL_TYPES, THOUSAND, SchoolType

HALF_COUNTY_KM = 20.0
LATITUDE_PER_KM = 1 / 111.195
LONGITUDE_PER_KM = 1 / 89.96
_CLOSED, _CLOSED_YEARS = "已撤并教学点", 7
_ORIGIN = (36.0, 103.0)
"""South-west corner of the first county; no statement about the place that lies there."""

_CITY_WORDS = (
    "实验", "育才", "文昌", "启明", "新华", "阳光", "育英", "思源",
    "明德", "博文", "育红", "向阳", "春晖", "求知", "弘毅", "致远",
)  # fmt: skip
_TOWN_FIRST = "清白石双金长大高平安青龙凤云松柳桃梅南北东西"
_TOWN_SECOND = "溪河桥岭坪塘沟泉岗湾坝川峰原沙洲口集"
_TOWN_THIRD = ("", "东", "西", "南", "北")
_VILLAGE = "上下前后里外小新老中"


@dataclass(frozen=True, slots=True)
class Site:
    """One unit of the county before it has staff.

    Attributes
    ----------
    county, zone : numbers from 0; zones count within the county, minus one outside the zones
    kind : its school type
    noise : size of the unit per thousand of what is usual for the type
    km : east and north of the county's south-west corner, in kilometres
    until : first day it no longer exists; None while it does
    """

    county: int
    number: int
    school: SchoolType
    name: str
    zone: int
    township: str
    near_town: bool
    quality: str
    km: tuple[float, float]
    noise: int
    ownership: str = "公办"
    since: date = date(1985, 9, 1)
    until: date | None = None
    successor: int | None = None
    partner: int | None = None
    alliance: str = ""
    parent: int | None = None
    traits: tuple[str, ...] = field(default=())

    @property
    def unit_id(self) -> str:
        """Text id of the unit."""
        return f"S{self.county + 1:02d}{self.number:04d}"

    @property
    def in_scope(self) -> bool:
        """Whether it is a public school of the compulsory stage that still exists."""
        return self.zone >= 0

    @property
    def latitude(self) -> float:
        """Degrees north, to five decimals."""
        return round(_ORIGIN[0] + self.km[1] * LATITUDE_PER_KM, 5)

    @property
    def longitude(self) -> float:
        """Degrees east, to five decimals; counties lie side by side."""
        east = self.km[0] + 2 * HALF_COUNTY_KM * self.county
        return round(_ORIGIN[1] + east * LONGITUDE_PER_KM, 5)


def lay_out(units: int, counties: int, seed: int, on: date) -> tuple[Site, ...]:
    """Return all units of all counties; a place in the tuple is the unit number used within."""
    each = apportion(np.array([units]), np.ones((1, counties), dtype=np.int64))[0]
    sites: list[Site] = []
    for county, size in enumerate(each.tolist()):
        draws = Draws(seed, f"places-{county}")
        sites += _county_sites(county, size, draws, on)
    offsets = np.concatenate([[0], np.cumsum(each)])
    return tuple(_shifted(site, int(offsets[site.county])) for site in sites)


def _shifted(site: Site, offset: int) -> Site:
    def move(position: int | None) -> int | None:
        return None if position is None else position + offset

    return replace(
        site,
        successor=move(site.successor),
        partner=move(site.partner),
        parent=move(site.parent),
    )


def _county_sites(county: int, size: int, draws: Draws, on: date) -> list[Site]:
    beyond = [
        (word, max(1, size * share // THOUSAND)) for word, share in shares.BEYOND if size >= 10
    ]
    schools = size - sum(number for _, number in beyond)
    types = _types(schools)
    zones = max(1, (schools + 3) // shares.SCHOOLS_PER_ZONE)
    towns = _towns(types, zones)
    sites = [
        _school(_Plot(county, position, position % zones, zones), school, towns, draws)
        for position, school in enumerate(types)
    ]
    sites = _with_parents(_with_partners(sites))
    villages = [i for i, site in enumerate(sites) if site.school.kind == "村小"]
    for word, number in beyond:
        for _ in range(number):
            outsider = _outsider(_Plot(county, len(sites), -1, zones), word, draws)
            if word == _CLOSED:
                outsider = _merged(outsider, villages, sites, on)
            sites.append(outsider)
    return sites


def _types(schools: int) -> list[SchoolType]:
    weights = np.array([[school.share for school in SCHOOL_TYPES]])
    counts = apportion(np.array([schools]), weights)[0].tolist()
    return [t for t, count in zip(SCHOOL_TYPES, counts, strict=True) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a school stands in the lists of its county."""

    county: int
    position: int
    zone: int
    zones: int


def _towns(types: list[SchoolType], zones: int) -> list[list[int]]:
    """Return for every zone the places in the list of its centre schools; each has a town."""
    towns: list[list[int]] = [[] for _ in range(zones)]
    for position, school in enumerate(types):
        if school.kind == "中心校":
            towns[position % zones].append(position)
    return towns


def _school(plot: _Plot, school: SchoolType, towns: list[list[int]], draws: Draws) -> Site:
    township, name = _names(plot, school, towns[plot.zone])
    split = shares.QUALITY[school.area]
    return Site(
        county=plot.county,
        number=plot.position + 1,
        school=school,
        name=name,
        zone=plot.zone,
        township=township,
        near_town=bool(draws.chance(1, shares.NEAR_TOWN[school.area])[0]),
        quality=split.words[int(draws.pick(1, split.weights)[0])],
        km=_place(school.area, plot.zone, plot.zones, draws),
        noise=int(draws.between(1, 800, 1200)[0]),
        since=date(int(draws.between(1, 1952, 2004)[0]), 9, 1),
        traits=("寄宿制",) if school.kind == "九年一贯制" else (),
    )


def _place(area: str, zone: int, zones: int, draws: Draws) -> tuple[float, float]:
    """Place a school in its zone: the city near the centre, remote schools outwards."""
    side = int(np.ceil(np.sqrt(zones)))
    cell = 2 * HALF_COUNTY_KM / side
    centre = ((zone % side + 0.5) * cell, (zone // side + 0.5) * cell)
    pull, spread = {"城市": (0.12, 2.0), "县镇": (0.9, 1.5), "乡村": (1.0, cell / 3)}.get(
        area, (1.15, cell / 2)
    )
    jitter = (draws.between(2, -1000, 1000) / 1000 * spread).tolist()
    east, north = (
        HALF_COUNTY_KM + (centre[axis] - HALF_COUNTY_KM) * pull + jitter[axis]
        for axis in (0, 1)
    )
    return _inside(east), _inside(north)


def _inside(km: float) -> float:
    return round(min(max(km, 0.0), 2 * HALF_COUNTY_KM), 3)


def _town(county: int, number: int) -> str:
    """Return the name of a town; the first 1,980 of a county differ."""
    turn, first = divmod(number + 7 * county, len(_TOWN_FIRST))
    second = _TOWN_SECOND[(turn + 5 * first) % len(_TOWN_SECOND)]
    third = _TOWN_THIRD[turn // len(_TOWN_SECOND) % len(_TOWN_THIRD)]
    return _TOWN_FIRST[first] + second + third


def _names(plot: _Plot, school: SchoolType, centres: list[int]) -> tuple[str, str]:
    """Return township and name; a number in every name shows that the place is made up."""
    number = plot.position + 1
    if school.area == "城市":
        word = _CITY_WORDS[plot.position % len(_CITY_WORDS)]
        suffix = {"小学": "小学", "初中": "中学", "九年一贯制": "学校"}[school.kind]
        return f"城关街道{plot.zone + 1}片", f"{word}{number}号{suffix}"
    rank = plot.position // plot.zones % max(1, len(centres))
    if plot.position in centres:
        rank = centres.index(plot.position)
    town = _town(plot.county, plot.zone + rank * plot.zones)
    if school.area == "县镇":
        suffix = "中心小学" if school.kind == "中心校" else "初级中学"
        return f"{town}镇", f"{town}镇{number}号{suffix}"
    village = _VILLAGE[plot.position % len(_VILLAGE)]
    village += _TOWN_SECOND[plot.position % len(_TOWN_SECOND)]
    suffix = {"初中": "初中", "九年一贯制": "九年制学校", "教学点": "教学点"}.get(
        school.kind, "小学"
    )
    return f"{town}镇", f"{town}镇{village}{number}号{suffix}"


def _with_parents(sites: list[Site]) -> list[Site]:
    centres: dict[str, int] = {}
    for position, site in enumerate(sites):
        if site.school.kind == "中心校":
            centres.setdefault(site.township, position)
    return [
        replace(site, parent=centres.get(site.township))
        if site.school.kind in ("村小", "教学点")
        else site
        for site in sites
    ]


def _with_partners(sites: list[Site]) -> list[Site]:
    """Pair town schools with village schools of the same stages, about a third of all."""
    villages: dict[tuple[str, ...], list[int]] = {}
    for position, site in enumerate(sites):
        if site.school.area in ("乡村", "山区", "边远") and site.school.kind != "教学点":
            villages.setdefault(site.school.stages, []).append(position)
    wanted = max(1, len(sites) * shares.PAIRED // THOUSAND // 2)
    paired = list(sites)
    made = 0
    for position, site in enumerate(sites):
        waiting = villages.get(site.school.stages, [])
        if site.school.area != "城市" or not waiting or made == wanted:
            continue
        other = waiting.pop(0)
        name = f"第{made // 2 + 1}教育联盟"
        paired[position] = replace(site, partner=other, alliance=name)
        paired[other] = replace(sites[other], partner=position, alliance=name)
        made += 1
    return paired


def _outsider(plot: _Plot, word: str, draws: Draws) -> Site:
    """Return a unit beyond the public compulsory stage, in the middle of the county."""
    school = {
        "高中": shares.SENIOR,
        "民办小学": shares.PRIVATE,
        "幼儿园": shares.KINDERGARTEN,
        _CLOSED: shares.FORMER,
    }[word]
    number = plot.position + 1
    return Site(
        county=plot.county,
        number=number,
        school=school,
        name=f"{_town(plot.county, plot.position)}{number}号{word.removeprefix('已撤并')}",
        zone=plot.zone,
        township="城关街道1片",
        near_town=False,
        quality="一般",
        km=(round(20 + float(draws.between(1, -2000, 2000)[0]) / 1000, 3), 20.0),
        noise=THOUSAND,
        ownership="民办" if word == "民办小学" else "公办",
    )


def _merged(closed: Site, villages: list[int], sites: list[Site], on: date) -> Site:
    """Close a teaching point some years ago; its people went to a village school."""
    gone = replace(closed, until=date(on.year - _CLOSED_YEARS, 9, 1))
    if not villages:
        return gone
    successor = villages[closed.number % len(villages)]
    return replace(gone, successor=successor, township=sites[successor].township)
