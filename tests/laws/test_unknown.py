"""A fact that is missing never decides (§1), and what is asked for is all that is missing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine import codes
from junheng.engine.policy.items import IfUnknown, Outcome
from junheng.engine.roster.columns import Column, Kind
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.supplement import MissingFact
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import missing, screen
from tests.engine.screening.counties import ragged_county
from tests.laws.counties import (
    ON,
    PACKS,
    all_declared,
    pack_of,
    tried,
    with_rows,
    with_table,
)

ENUMERATED = (Kind.CODE, Kind.CODES, Kind.YES_NO, Kind.DATE)
MOST_WORDS = 8
COLUMNS = [
    (table, column.id)
    for table in ("persons", "stints", "circumstances", "wishes")
    for column in BY_ID[table].columns
    if column.kind in ENUMERATED and not column.required and column.id != "approved_on"
]
"""Cells whose every completion can be tried. Left out is the day of an opinion, which counts
as given without one."""

Answers = dict[str, tuple[str, dict[str, bool | None]]]


def _answers(roster: Roster, pack_id: str) -> Answers:
    """Return each person's outcome, and the rules by answer."""
    found = screen(roster, pack_of(pack_id))
    rules = {row.pop("person_id"): row for row in found.rules.to_dicts()}
    outcomes = found.verdicts.select("person_id", "outcome").iter_rows()
    return {person: (outcome, rules[person]) for person, outcome in outcomes}


def _contradicted(unknown: Answers, known: Answers, pack_id: str) -> list[tuple[str, str]]:
    """Return who was decided, by which rule or in all, otherwise than full facts decide.

    A rule that states that unknown counts as no (or yes) may be corrected by the fact, and with
    it the outcome.
    """
    rules = pack_of(pack_id).items.rules
    stated = {each.id for each in rules.values() if each.if_unknown is not IfUnknown.ASK}
    found = []
    for person, (outcome, truths) in unknown.items():
        true_outcome, true = known[person]
        wrong = {rule for rule, answer in truths.items() if answer not in (None, true[rule])}
        found += [(person, rule) for rule in sorted(wrong - stated)]
        if outcome not in (Outcome.UNDECIDED, true_outcome) and not wrong & stated:
            found.append((person, outcome))
    return found


def _completions(column: Column) -> list[Any]:
    match column.kind:
        case Kind.YES_NO:
            return [True, False]
        case Kind.DATE:
            years = (1, 2, 3, 6, 30, 45, 46, 50, 51)
            days = [ON.replace(year=ON.year - each, day=30) for each in years]
            return [day + timedelta(later) for day in days for later in (1, 2)]
    assert column.codes is not None
    words = list(column.codes.codes)
    chosen = words[:: -(-len(words) // MOST_WORDS)]
    return [[word] for word in chosen] if column.kind is Kind.CODES else chosen


def _one_row_each(frame: pl.DataFrame, number: int) -> pl.Expr:
    """Choose one row of each person."""
    place = pl.int_range(pl.len()).over("person_id")
    return place == number % pl.len().over("person_id")


def _filled(roster: Roster, table: str, column: str, number: int, value: object) -> Roster:
    """Write a value, or blank, into one cell of everybody."""
    frame = roster[table]
    here = _one_row_each(frame, number)
    written = [pl.when(here).then(pl.lit(value, frame.schema[column])).otherwise(column)]
    if BY_ID[table].column(column).is_date:
        precision = f"{column}_precision"
        word = pl.lit(None if value is None else "day", pl.String)
        written.append(pl.when(here).then(word).otherwise(precision).alias(precision))
    return with_table(roster, table, frame.with_columns(written[0].alias(column), *written[1:]))


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_what_is_decided_without_a_cell_is_decided_so_whatever_it_holds(
    table: str, column: str, pack_id: str
) -> None:
    number = COLUMNS.index((table, column))
    roster = ragged_county(100 + number, persons=60)
    blank = _answers(_filled(roster, table, column, number, None), pack_id)

    wrong = {}
    for value in _completions(BY_ID[table].column(column)):
        filled = _answers(_filled(roster, table, column, number, value), pack_id)
        wrong[str(value)] = _contradicted(blank, filled, pack_id)

    assert {value: who for value, who in wrong.items() if who} == {}


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize(
    ("table", "column", "years"),
    [
        ("persons", "birth", (44, 45, 46, 49, 50, 51)),
        ("persons", "recruited_on", (1, 2, 3)),
        ("stints", "since", (2, 5, 6, 7, 8, 9)),
    ],
)
def test_what_is_decided_by_a_year_is_decided_so_on_every_day_of_it(
    table: str, column: str, years: tuple[int, ...], pack_id: str
) -> None:
    roster = ragged_county(61, persons=60)
    size = roster[table].height

    def dated(month: int, day: int, precision: str) -> Answers:
        days = [date(ON.year - years[n % len(years)], month, day) for n in range(size)]
        frame = roster[table].with_columns(
            pl.Series(column, days), pl.lit(precision).alias(f"{column}_precision")
        )
        return _answers(with_table(roster, table, frame), pack_id)

    vague = dated(1, 1, "year")
    wrong = {
        day: _contradicted(vague, dated(*day, "day"), pack_id)
        for day in ((1, 1), (8, 30), (8, 31), (9, 1), (12, 31))
    }

    assert {day: who for day, who in wrong.items() if who} == {}


_SINCE = {"since": date(2026, 3, 1), "since_precision": "day"}
_AGREED = {"school_approval": "同意", "bureau_approval": "同意"}
_SHOWN = {"publicised_since": date(2026, 8, 1), "issuer": "示例县人民医院"}
_ELSEWHERE = {"unit_id": "elsewhere", "post": "教师", "stint_kind": "任教"}
UNDECLARED: dict[str, list[dict[str, object]]] = {
    "circumstances": [
        {**_SINCE, **_AGREED, **_SHOWN, "circumstance": kind}
        for kind in codes.CIRCUMSTANCE.codes
    ],
    "honours": [{**_SINCE, "honour": "骨干教师", "honour_level": "县级"}],
    "sanctions": [{**_SINCE, "sanction": "记过"}],
    "wishes": [{**_AGREED, "wish_kind": kind} for kind in ("自愿申请", "留任意愿")],
    "stints": [
        {
            **_ELSEWHERE,
            "since": date(year, 9, 1),
            "since_precision": "day",
            "until": date(year + 1, 9, 1),
            "until_precision": "day",
        }
        for year in (2004, 2024)
    ],
}
"""Rows that a table may hold that nobody has declared complete; stints at other units only."""


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize("table", UNDECLARED)
def test_what_is_decided_without_a_declaration_is_decided_so_whatever_is_not_on_record(
    table: str, pack_id: str
) -> None:
    roster = all_declared(generate(units=5, persons=50, seed=5, on=ON))
    declarations = roster["declarations"]
    open_table = declarations.filter(pl.col("table_name") != BY_ID[table].sheet)
    undeclared = _answers(with_table(roster, "declarations", open_table), pack_id)
    people = roster["persons"]["person_id"]

    wrong = {"nothing": _contradicted(undeclared, _answers(roster, pack_id), pack_id)}
    for row in UNDECLARED[table]:
        rows = [{"person_id": person, **row} for person in people]
        known = _answers(with_rows(roster, table, *rows), pack_id)
        wrong[str(row)] = _contradicted(undeclared, known, pack_id)

    assert {what: who for what, who in wrong.items() if who} == {}


def _with_records(roster: Roster) -> Roster:
    """Give some persons a circumstance that counts, and others an application."""
    people = roster["persons"]["person_id"].to_list()
    until = {"publicised_until": date(2026, 8, 20), "publicised_until_precision": "day"}
    held = {**_SINCE, **_AGREED, **_SHOWN, **until}
    kinds = ("重病", "孕期", "领衔特色课程")
    for number, person in enumerate(people[::4]):
        kind = {"circumstance": kinds[number % len(kinds)]}
        roster = with_rows(roster, "circumstances", {"person_id": person, **held, **kind})
    applied = {**_AGREED, "wish_kind": "自愿申请"}
    rows = [{"person_id": person, **applied} for person in people[1::4]]
    return with_rows(roster, "wishes", *rows)


def _with_holes(roster: Roster, seed: int) -> Roster:
    """Blank a tenth of the cells that are not required and a tenth of the declarations."""
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    for table, column in COLUMNS:
        frame = roster[table]
        gone = pl.Series([chance.random() < 0.1 for _ in range(frame.height)], dtype=pl.Boolean)
        blank = frame.with_columns(pl.when(~gone).then(pl.col(column)).alias(column))
        roster = with_table(roster, table, blank)
    declared = roster["declarations"]
    kept = [chance.random() < 0.9 for _ in range(declared.height)]
    return with_table(roster, "declarations", declared.filter(pl.Series(kept)))


def _supplied(holed: Roster, whole: Roster, fact: MissingFact) -> Roster:
    """Fill in what was asked for, from the roster that has it."""
    if not fact.column_id:
        sheet = BY_ID[fact.table_id].sheet
        asked = (pl.col("unit_id") == fact.unit_id) & (pl.col("table_name") == sheet)
        rest = holed["declarations"].filter(~asked)
        given_now = whole["declarations"].filter(asked)
        return with_table(holed, "declarations", pl.concat([rest, given_now]))
    key = "unit_id" if fact.table_id == "units" else "person_id"
    here = pl.Series(holed[fact.table_id][key] == getattr(fact, key))
    true = whole[fact.table_id][fact.column_id]
    filled = pl.when(here).then(true).otherwise(pl.col(fact.column_id))
    frame = holed[fact.table_id].with_columns(filled.alias(fact.column_id))
    return with_table(holed, fact.table_id, frame)


@tried(10)
@given(st.integers(0, 9999), st.sampled_from(PACKS))
def test_whoever_is_undecided_is_decided_once_what_is_asked_for_is_supplied(
    seed: int, pack_id: str
) -> None:
    whole = _with_records(all_declared(generate(units=4, persons=40, seed=seed, on=ON)))
    holed = _with_holes(whole, seed)
    screening = screen(holed, pack_of(pack_id))
    supplied = holed
    for fact in missing(screening):
        supplied = _supplied(supplied, whole, fact)

    after = _answers(supplied, pack_id)

    true = _answers(whole, pack_id)
    before = {person: outcome for person, (outcome, _) in _answers(holed, pack_id).items()}
    undecided = [person for person, outcome in before.items() if outcome == Outcome.UNDECIDED]
    assert {person: after[person][0] for person in undecided} == {
        person: true[person][0] for person in undecided
    }
