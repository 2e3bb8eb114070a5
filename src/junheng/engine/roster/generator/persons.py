"""The person sheet of a synthetic county."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.draws import Draws, Truth, Whole
from junheng.engine.roster.generator.names import id_numbers, person_names
from junheng.engine.roster.generator.places import (
    LATITUDE_PER_KM,
    LONGITUDE_PER_KM,
    Site,
)
from junheng.engine.roster.generator.posts import STAGES, SUBJECTS
from junheng.engine.roster.generator.shares import THOUSAND, Split
from junheng.engine.roster.generator.staff import OTHER, Staff, autumn

_ROLES = ("校长", "副校长", "书记", "教师", "职员")
_LEVELS = ("正校级", "副校级", "正校级", "无", "无")
_RURAL = ("乡村", "山区", "边远")


def person_ids(sites: tuple[Site, ...], staff: Staff) -> pl.Series:
    """Return ids: T, number of the county, six digits; the order of the rows."""
    county = np.array([site.county for site in sites])[staff.home]
    number = (county + 1) * 10**6 + np.arange(1, staff.size + 1)
    digits = pl.Series("person_id", number).cast(pl.String).str.zfill(8)
    return ("T" + digits).alias("person_id")


def persons_frame(
    sites: tuple[Site, ...], staff: Staff, ids: pl.Series, seed: int, on: date
) -> pl.DataFrame:
    """Return the person sheet, one row for each member of staff."""
    columns = (
        {"person_id": ids}
        | _identity(sites, staff, seed)
        | _work(sites, staff, seed)
        | _standing(sites, staff, seed, on)
        | _home(sites, staff, seed)
    )
    return pl.DataFrame(columns)


def _word(words: tuple[str, ...], positions: Whole) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(positions)


def _blanked(series: pl.Series, blank: Truth) -> pl.Series:
    kept: pl.Series = series.to_frame("s").select(
        pl.when(pl.Series(~blank)).then(pl.col("s")).alias("s")
    )["s"]
    return kept


def _by_group(draws: Draws, group: Whole, splits: tuple[Split, ...]) -> pl.Series:
    """Draw a word for everybody from the table of their group."""
    words: list[str] = []
    position = np.zeros(len(group), dtype=np.int64)
    for number, split in enumerate(splits):
        drawn = draws.pick(len(group), split.weights) + len(words)
        position = np.where(group == number, drawn, position)
        words += split.words
    return _word(tuple(words), position)


def _identity(sites: tuple[Site, ...], staff: Staff, seed: int) -> dict[str, pl.Series]:
    draws = Draws(seed, "identity")
    size = staff.size
    birth = pl.Series(staff.birth).cast(pl.Date)
    by_month = draws.chance(size, shares.BIRTH_BY_MONTH)
    without = draws.chance(size, shares.NO_ID_NUMBER) | by_month
    county = np.array([site.county for site in sites])[staff.home]
    numbers = id_numbers(county, birth, staff.male)
    rounded = staff.birth.astype("datetime64[M]").astype("datetime64[D]")
    # Workers retire first; older ones would no longer be there.
    women_workers = ~staff.male & (staff.role == OTHER) & (staff.age < 49)
    women_workers &= draws.chance(size, 500)
    kind = np.where(staff.male, 0, np.where(women_workers, 2, 1))
    return {
        "person_name": person_names(draws, size),
        "sex": _word(("女", "男"), staff.male.astype(np.int64)),
        "birth": pl.Series(np.where(by_month, rounded, staff.birth)).cast(pl.Date),
        "birth_precision": _word(("day", "month"), by_month.astype(np.int64)),
        "id_number": _blanked(numbers, without),
        "retirement_kind": _word(("男", "女干部", "女工人"), kind),
    }


def _work(sites: tuple[Site, ...], staff: Staff, seed: int) -> dict[str, pl.Series]:
    draws = Draws(seed, "work")
    size = staff.size
    units = pl.Series([site.unit_id for site in sites])
    parents = np.array(
        [i if site.parent is None else site.parent for i, site in enumerate(sites)]
    )
    moved = draws.chance(size, shares.ELSEWHERE_ESTABLISHED)
    office = np.where(moved, parents[staff.home], staff.home)
    away = staff.served >= 0
    in_post = draws.pick(size, shares.IN_POST.weights)
    in_post = np.where(staff.male & (in_post == 2), 0, in_post)
    at_work = _word(
        (*shares.IN_POST.words, "区内交流"),
        np.where(away, np.where(draws.chance(size, shares.SERVING_AS_PRESENT), 0, 6), in_post),
    )
    employed = (staff.role == OTHER).astype(np.int64)
    groups = (shares.EMPLOYMENT, shares.EMPLOYMENT_OTHER, Split("", (("在编", THOUSAND),)))
    employed = np.where(staff.leads | away, 2, employed)
    lessons = draws.between(size, np.where(staff.leads, 2, 8), np.where(staff.leads, 6, 18))
    lessons = np.where(staff.role == OTHER, 0, lessons)
    return {
        "employment": _by_group(draws, employed, groups),
        "in_post": at_work,
        "full_time_teacher": pl.Series(staff.role != OTHER),
        "unit_id": units.gather(staff.unit),
        "establishment_unit": units.gather(office),
        "relation_unit": units.gather(staff.home),
        "subject": _word((*SUBJECTS, "无"), staff.subject),
        "other_subjects": _second_subjects(staff, draws),
        "stage": _word(STAGES, staff.stage),
        "weekly_lessons": pl.Series(lessons),
        "office_level": _word(_LEVELS, staff.role),
        "role": _word(_ROLES, staff.role),
        "post_kind": _word(("专业技术", "管理"), (staff.role == OTHER).astype(np.int64)),
    }


def _second_subjects(staff: Staff, draws: Draws) -> pl.Series:
    """Give some teachers of common subjects a second one beside it."""
    main = _word((*SUBJECTS, "无"), staff.subject)
    second = main.replace_strict(dict(shares.SECOND_SUBJECTS), default=None)
    teaches = staff.teaches & draws.chance(staff.size, shares.TEACHES_SECOND)
    frame = pl.DataFrame({"second": second.cast(pl.String), "teaches": teaches})
    some = pl.col("teaches") & pl.col("second").is_not_null()
    return frame.select(pl.when(some).then(pl.concat_list("second")).alias("s"))["s"]


def _standing(
    sites: tuple[Site, ...], staff: Staff, seed: int, on: date
) -> dict[str, pl.Series]:
    draws = Draws(seed, "standing")
    size = staff.size
    junior = np.where(staff.stage == 0, 0, 1)
    education = _by_group(draws, junior, (shares.EDUCATION["小学"], shares.EDUCATION["初中"]))
    title = _titles(draws, staff)
    low, high = _grade_bounds(title)
    grade = pl.Series(draws.between(size, low, high))
    held = staff.career + draws.between(size, 1, np.maximum(1, (_year(on) - staff.career)))
    held_since = pl.Series(autumn(np.minimum(held, _year(on)))).cast(pl.Date)
    untitled = (low == 0) | draws.chance(size, shares.BLANK)
    rural = np.array([site.school.area in _RURAL for site in sites])[staff.home]
    first_rural = np.where(
        staff.career == staff.start, rural, draws.chance(size, shares.BEGAN_IN_VILLAGE)
    )
    recruited = np.minimum(autumn(staff.career), np.where(
        staff.career == staff.start, staff.since, autumn(staff.career)
    ))  # fmt: skip
    leaving = (staff.age >= np.where(staff.male, 58, 53)) & draws.chance(
        size, shares.NEAR_AGREED
    )
    days = np.where(draws.chance(size, shares.RETIRING_NOW), 0, draws.between(size, 1, 365))
    agreed = pl.Series(np.datetime64(on, "D") + days).cast(pl.Date)
    return {
        "education": education,
        "title": title,
        "title_since": _blanked(held_since, untitled),
        "title_since_precision": _blanked(_word(("month",), np.zeros(size, int)), untitled),
        "post_grade": _blanked(grade, low == 0),
        "recruited_on": _blanked(
            pl.Series(recruited).cast(pl.Date), draws.chance(size, shares.BLANK)
        ),
        "recruited_into": _blanked(
            _word(("城区学校", "农村学校"), first_rural.astype(np.int64)),
            draws.chance(size, shares.BLANK),
        ),
        "transferred_in_by": _word(
            ("招聘", "上级主管部门"), (staff.career != staff.start).astype(np.int64)
        ),
        "reserve_kind": _word(
            ("无", "学校后备干部"),
            (draws.chance(size, 30) & staff.teaches).astype(np.int64),
        ),
        "agreed_retirement": _blanked(agreed, ~leaving),
    }


def _year(on: date) -> int:
    return on.year - 1


def _titles(draws: Draws, staff: Staff) -> pl.Series:
    edges = np.array([int(word) for word in shares.TITLES])
    group = np.searchsorted(edges, staff.age, side="right") - 1
    group = np.where(staff.role == OTHER, len(edges), np.maximum(group, 0))
    none = Split("", (("未取得职称", THOUSAND),))
    return _by_group(draws, group, (*shares.TITLES.values(), none))


def _grade_bounds(title: pl.Series) -> tuple[Whole, Whole]:
    bounds = shares.POST_GRADES
    low = title.replace_strict({t: b[0] for t, b in bounds.items()}, default=0)
    high = title.replace_strict({t: b[1] for t, b in bounds.items()}, default=0)
    return low.to_numpy().astype(np.int64), high.to_numpy().astype(np.int64)


def _home(sites: tuple[Site, ...], staff: Staff, seed: int) -> dict[str, pl.Series]:
    """Place homes within three kilometres of the school, or of the town for some villagers."""
    draws = Draws(seed, "homes")
    size = staff.size
    towns: dict[tuple[int, int], int] = {}
    for position, site in enumerate(sites):
        if site.school.area == "县镇":
            towns.setdefault((site.county, site.zone), position)
    town = np.array([towns.get((s.county, s.zone), i) for i, s in enumerate(sites)])
    in_town = draws.chance(size, shares.HOME_IN_TOWN)
    base = np.where(in_town, town[staff.home], staff.home)
    missing = draws.chance(size, shares.BLANK)
    columns = {}
    for name, per_km in (("latitude", LATITUDE_PER_KM), ("longitude", LONGITUDE_PER_KM)):
        centre = np.array([getattr(site, name) for site in sites])[base]
        degrees = np.round(centre + draws.between(size, -3000, 3000) / 1000 * per_km, 5)
        columns[f"home_{name}"] = _blanked(pl.Series(degrees), missing)
    return columns
