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

ON = date(2026, 8, 31)
BLANKED = {
    "persons": (
        "birth",
        "sex",
        "full_time_teacher",
        "office_level",
        "recruited_on",
        "recruited_into",
    ),
    "units": (
        "unit_area",
        "unit_kind",
        "unit_stages",
        "unit_ownership",
        "unit_quality",
        "alliance",
    ),
    "stints": ("post", "stint_kind", "cycle_completed", "relation_moved", "until"),
    "honours": ("honour_level", "since", "until"),
    "circumstances": (
        "issuer",
        "publicised_since",
        "publicised_until",
        "bureau_approval",
        "until",
    ),
    "wishes": ("school_approval", "bureau_approval", "wished_on"),
}
TOUCHED = ("stints", "honours", "circumstances", "wishes", "classifications", "declarations")


def ragged_county(seed: int, persons: int = 240) -> Roster:
    """Return a small county with everything that can be missing missing somewhere."""
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    whole = generate(units=12, persons=persons, seed=seed, on=ON)
    frames = {name: whole[name] for name in whole.given}
    people = whole["persons"]["person_id"].to_list()
    units = whole["units"]["unit_id"].to_list()
    added = {
        "stints": [_stint(chance, people, units) for _ in range(persons)],
        "circumstances": [_circumstance(chance, people) for _ in range(persons // 2)],
        "honours": [_honour(chance, people) for _ in range(persons // 3)],
        "wishes": [_wish(chance, people) for _ in range(persons // 2)],
        "classifications": [_classification(chance, units) for _ in range(len(units))],
    }
    for name, rows in added.items():
        schema = BY_ID[name].schema
        extra = pl.DataFrame(rows, schema={key: schema[key] for key in rows[0]})
        frames[name] = pl.concat([frames[name], extra], how="diagonal")
    for name, columns in BLANKED.items():
        for column in columns:
            frames[name] = _blanked(chance, frames[name], column)
    frames["persons"] = _vague(chance, _on_the_day(chance, frames["persons"]), "birth")
    frames["declarations"] = _declared(chance, frames["declarations"])
    kept = {
        name: frame
        for name, frame in frames.items()
        if chance.random() > 0.05 or name not in TOUCHED
    }
    return roster_of(kept)


def _day(chance: random.Random) -> date:
    """Return a day near one of those where rules turn, or any other."""
    if chance.random() < 0.5:
        anniversary = date(2026 - chance.randint(0, 14), 8, 31)
        return anniversary + timedelta(chance.choice((-1, 0, 1, 2)))
    return date(2005, 1, 1) + timedelta(chance.randint(0, 7900))


def _span(chance: random.Random) -> dict[str, Any]:
    since = _day(chance)
    precision = chance.choice(("day", "day", "month", "year"))
    if precision != "day":
        since = since.replace(day=1)
    if precision == "year":
        since = since.replace(month=1)
    until = since + timedelta(chance.choice((30, 200, 365, 366, 1461, 3000)))
    return {
        "since": since,
        "since_precision": precision,
        "until": chance.choice((None, until)),
        "until_precision": "day",
    }


def _stint(chance: random.Random, people: list[str], units: list[str]) -> dict[str, Any]:
    posts = ("教师", "校长", "副校长", "书记、校长", "党支部书记", "团委书记", "校长助理", None)
    return {
        "person_id": chance.choice(people),
        "unit_id": chance.choice([*units, "elsewhere"]),
        "post": chance.choice(posts),
        "stint_kind": chance.choice([*codes.STINT_KIND.codes, "任教", "任职"]),
        "relation_moved": chance.choice((True, False, None)),
        "cycle_completed": chance.choice((True, False, None)),
        **_span(chance),
    }


def _circumstance(chance: random.Random, people: list[str]) -> dict[str, Any]:
    publicised = ON - timedelta(chance.randint(0, 20))
    return {
        "person_id": chance.choice(people),
        "circumstance": chance.choice(("孕期", "哺乳期", "重病", "领衔特色课程", "审计")),
        "issuer": chance.choice(("示例县人民医院", "别处诊所", None)),
        "publicised_since": publicised,
        "publicised_until": publicised + timedelta(chance.randint(5, 9)),
        "bureau_approval": chance.choice(("同意", "不同意", None)),
        "approved_on": chance.choice((_day(chance), ON + timedelta(3), None)),
        **_span(chance),
    }


def _honour(chance: random.Random, people: list[str]) -> dict[str, Any]:
    return {
        "person_id": chance.choice(people),
        "honour": chance.choice(codes.HONOUR.codes),
        "honour_level": chance.choice([*codes.LEVEL.codes, None]),
        **_span(chance),
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
    span = _span(chance)
    return {
        "unit_id": chance.choice(units),
        "unit_area": chance.choice([*codes.AREA.codes, None]),
        "unit_quality": chance.choice([*codes.QUALITY.codes, None]),
        "since": span["since"],
        "until": span["until"],
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
    kinds = (None, None, None, "孕期", "自愿申请", "骨干教师")
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
