"""Random rosters full of holes: blanks, vague dates, undeclared tables, odd histories."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl

from junheng.engine import codes
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.tables import BY_ID
from tests.engine.screening.ragged_records import ON, dated, further, near_day, span

__all__ = ["ON", "ragged_county"]

BLANKED = {
    "persons": (
        "birth",
        "sex",
        "full_time_teacher",
        "office_level",
        "recruited_on",
        "recruited_into",
        "title",
        "title_since",
        "subject",
        "stage",
        "employment",
        "weekly_lessons",
    ),
    "units": (
        "unit_area",
        "unit_kind",
        "unit_stages",
        "unit_ownership",
        "unit_quality",
        "alliance",
        "zone",
        "pair_partner",
        "primary_pupils",
        "junior_classes",
        "unit_traits",
    ),
    "posts": ("required", "established"),
    "stints": ("post", "stint_kind", "cycle_completed", "relation_moved", "until"),
    "honours": ("honour_level", "since", "until", "confirmed"),
    "circumstances": (
        "issuer",
        "publicised_since",
        "publicised_until",
        "bureau_approval",
        "until",
    ),
    "wishes": ("school_approval", "bureau_approval", "wished_on"),
}
BLANKED_TOO = {
    "persons": ("post_grade", "in_post", "education"),
    "units": ("county", "township", "establishment", "near_town"),
    "posts": ("stage",),
}
_CADRES = {
    "rank": codes.RANK,
    "reserve_kind": codes.RESERVE_KIND,
    "post_kind": codes.POST_KIND,
}
TOUCHED = ("stints", "honours", "circumstances", "wishes", "classifications", "declarations")


def ragged_county(seed: int, persons: int = 240) -> Roster:
    """Return a small county with everything that can be missing missing somewhere."""
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    whole = generate(units=12, persons=persons, seed=seed, on=ON)
    frames = {name: whole[name] for name in sorted(whole.given)}
    people = whole["persons"]["person_id"].to_list()
    units = whole["units"]["unit_id"].to_list()
    added = {
        "stints": [_stint(chance, people, units) for _ in range(persons)],
        "circumstances": [_circumstance(chance, people) for _ in range(persons // 2)],
        "honours": [_honour(chance, people) for _ in range(persons // 3)],
        "wishes": [_wish(chance, people) for _ in range(persons // 2)],
        "classifications": [_classification(chance, units) for _ in range(len(units))],
    }
    for name, rows in further(chance, people, units).items():
        added[name] = [*added.get(name, []), *rows]
    for name, rows in added.items():
        schema = BY_ID[name].schema
        keys = dict.fromkeys(key for row in rows for key in row)
        extra = pl.DataFrame(rows, schema={key: schema[key] for key in keys})
        frames[name] = pl.concat([frames.get(name, extra.clear()), extra], how="diagonal")
    for name, columns in BLANKED.items():
        for column in columns:
            frames[name] = _blanked(chance, frames[name], column)
    frames["persons"] = _vague(chance, _on_the_day(chance, frames["persons"]), "birth")
    frames["persons"] = _with_more_columns(chance, frames["persons"])
    frames["declarations"] = _declared(chance, frames["declarations"])
    kept = {
        name: frame
        for name, frame in sorted(frames.items())
        if chance.random() > 0.05 or name not in TOUCHED
    }
    return roster_of({**kept, **_more_open(seed, frames)})


def _more_open(seed: int, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Fill in what cadres have and leave more blank, by draws of their own."""
    chance = random.Random(f"more{seed}")  # noqa: S311 -- picks test inputs
    found = {name: frames[name] for name in BLANKED_TOO}
    for name, columns in BLANKED_TOO.items():
        for column in columns:
            found[name] = _blanked(chance, found[name], column)
    size = found["persons"].height
    drawn = {
        name: pl.Series([chance.choice((*listed.codes, None)) for _ in range(size)])
        for name, listed in _CADRES.items()
    }
    return {
        **found,
        "persons": found["persons"].with_columns(**drawn),
        "units": _with_traits(chance, found["units"]),
    }


def _with_more_columns(chance: random.Random, frame: pl.DataFrame) -> pl.DataFrame:
    """Fill in columns that few counties have, and leave some of each blank."""
    rows = [
        {
            **dated(chance, "teaching_since"),
            **dated(chance, "transferred_on"),
            **dated(chance, "leaves_office_on"),
            "grades_taught": chance.choice(("一年级", "五年级、六年级", "七年级,八年级")),
        }
        for _ in range(frame.height)
    ]
    schema = BY_ID["persons"].schema
    more = pl.DataFrame(rows, schema={key: schema[key] for key in rows[0]})
    frame = frame.drop(*(name for name in more.columns if name in frame.columns)).hstack(more)
    for column in ("teaching_since", "transferred_on", "leaves_office_on", "grades_taught"):
        frame = _blanked(chance, frame, column)
    return frame


def _with_traits(chance: random.Random, frame: pl.DataFrame) -> pl.DataFrame:
    """Give units some traits each, or none, or leave them blank."""
    told = [
        chance.choice((chance.sample(codes.TRAIT.codes, 3), [], None))
        for _ in range(frame.height)
    ]
    return frame.with_columns(unit_traits=pl.Series(told, dtype=pl.List(pl.String)))


def _stint(chance: random.Random, people: list[str], units: list[str]) -> dict[str, Any]:
    posts = ("教师", "校长", "副校长", "书记、校长", "党支部书记", "团委书记", "校长助理", None)
    return {
        "person_id": chance.choice(people),
        "unit_id": chance.choice([*units, "elsewhere"]),
        "post": chance.choice(posts),
        "grade_band": chance.choice(("高级", "中级", None)),
        "stint_kind": chance.choice([*codes.STINT_KIND.codes, "任教", "任职"]),
        "relation_moved": chance.choice((True, False, None)),
        "cycle_completed": chance.choice((True, False, None)),
        **span(chance),
    }


def _circumstance(chance: random.Random, people: list[str]) -> dict[str, Any]:
    publicised = ON - timedelta(chance.randint(0, 20))
    return {
        "person_id": chance.choice(people),
        "circumstance": chance.choice(
            ("孕期", "哺乳期", "重病", "领衔特色课程", "审计", "不能满负荷工作")
        ),
        "issuer": chance.choice(("示例县人民医院", "别处诊所", None)),
        "publicised_since": publicised,
        "publicised_until": publicised + timedelta(chance.randint(5, 9)),
        "bureau_approval": chance.choice(("同意", "不同意", None)),
        "approved_on": chance.choice((near_day(chance), ON + timedelta(3), None)),
        **span(chance),
    }


def _honour(chance: random.Random, people: list[str]) -> dict[str, Any]:
    return {
        "person_id": chance.choice(people),
        "honour": chance.choice(codes.HONOUR.codes),
        "honour_level": chance.choice([*codes.LEVEL.codes, None]),
        "confirmed": chance.choice((True, False)),
        **span(chance),
    }


def _wish(chance: random.Random, people: list[str]) -> dict[str, Any]:
    return {
        "person_id": chance.choice(people),
        "wish_kind": chance.choice(("自愿申请", "留任意愿")),
        "wished_on": ON + timedelta(chance.randint(-30, 3)),
        "school_approval": chance.choice(("同意", "不同意", None)),
        "bureau_approval": chance.choice(("同意", "不同意", None)),
    }


def _classification(chance: random.Random, units: list[str]) -> dict[str, Any]:
    when = span(chance)
    return {
        "unit_id": chance.choice(units),
        "unit_area": chance.choice([*codes.AREA.codes, None]),
        "unit_quality": chance.choice([*codes.QUALITY.codes, None]),
        "since": when["since"],
        "until": when["until"],
    }


def _blanked(chance: random.Random, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    gone = pl.Series([chance.random() < 0.06 for _ in range(frame.height)], dtype=pl.Boolean)
    kept = pl.when(~gone).then(pl.col(column))
    return frame.with_columns(kept.alias(column))


def _on_the_day(chance: random.Random, frame: pl.DataFrame) -> pl.DataFrame:
    """Let some be born on or about the day of a limit of age."""
    moved = [
        date(2026 - chance.choice((45, 50)), 8, 31) + timedelta(chance.choice((-1, 0, 1)))
        if chance.random() < 0.3
        else None
        for _ in range(frame.height)
    ]
    return frame.with_columns(pl.coalesce(pl.Series("birth", moved, dtype=pl.Date), "birth"))


def _vague(chance: random.Random, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    written = pl.Series(
        [chance.choice(("day", "day", "month", "year")) for _ in range(frame.height)]
    )
    day = pl.col(column)
    return frame.with_columns(written.alias(f"{column}_precision")).with_columns(
        pl.when(pl.col(f"{column}_precision") == "year")
        .then(day.dt.truncate("1y"))
        .when(pl.col(f"{column}_precision") == "month")
        .then(day.dt.truncate("1mo"))
        .otherwise(day)
        .alias(column)
    )


def _declared(chance: random.Random, frame: pl.DataFrame) -> pl.DataFrame:
    """Keep most declarations; some only for one kind, some only from a later day."""
    kinds = (None, None, None, "孕期", "自愿申请", "骨干教师", "对调", "年度考核")
    rows = frame.with_columns(
        kind=pl.Series([chance.choice(kinds) for _ in range(frame.height)], dtype=pl.String),
        complete_as_of_precision=pl.Series(
            [chance.choice(("day", "day", "day", "month")) for _ in range(frame.height)]
        ),
        kept=pl.Series([chance.random() < 0.85 for _ in range(frame.height)]),
        later=pl.Series([chance.random() < 0.1 for _ in range(frame.height)]),
    )
    rows = rows.with_columns(
        complete_as_of=pl.when("later")
        .then(pl.lit(date(2026, 9, 1)))
        .otherwise("complete_as_of")
    )
    return rows.filter("kept").drop("kept", "later")
