"""Screening a roster: refusal, order, closed tables, moves, empty rosters."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from junheng.engine.policy.conditions import (
    ClassTest,
    Comparator,
    Comparison,
    FactTest,
    FlowTest,
    Literal,
    Subject,
    TrackTest,
)
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import Screening, screen
from junheng.errors import UnsetFigures
from tests.engine.screening.counties import ragged_county

ON = date(2026, 8, 31)
YES = (Comparison(Comparator.IS, Literal((True,))),)


@pytest.fixture(scope="module")
def pack() -> ResolvedPack:
    return resolve(load("datong-example"), on=ON)


@pytest.fixture(scope="module")
def screening(pack: ResolvedPack) -> Screening:
    return screen(generate(units=20, persons=500, seed=1, on=ON), pack)


def _shuffled(roster: Roster) -> Roster:
    tables = {
        name: roster[name].sample(fraction=1, shuffle=True, seed=5) for name in roster.given
    }
    return roster_of(tables)


def test_a_pack_with_unset_figures_is_refused_naming_them() -> None:
    with pytest.raises(UnsetFigures) as refused:
        screen(roster_of({}), resolve(load("datong"), on=ON))

    assert "years-clock" in {each.values["id"] for each in refused.value.problems}


def test_the_order_of_rows_changes_nothing(pack: ResolvedPack) -> None:
    roster = ragged_county(7)

    first, second = screen(roster, pack), screen(_shuffled(roster), pack)

    assert first.verdicts.equals(second.verdicts)
    assert first.rules.equals(second.rules)
    assert first.receipt == second.receipt


def test_a_roster_without_anybody_gives_no_verdict(pack: ResolvedPack) -> None:
    empty = roster_of(
        {"persons": pl.DataFrame({"person_id": []}, schema={"person_id": pl.String})}
    )

    assert screen(empty, pack).counts() == {}


def test_verdicts_are_sorted_and_every_person_has_one(screening: Screening) -> None:
    ids = screening.verdicts["person_id"].to_list()

    assert ids == sorted(screening.evaluation.roster["persons"]["person_id"].to_list())
    assert screening.rules["person_id"].to_list() == ids


def _declared(as_of: date, kind: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"unit_id": ["A"], "table_name": ["志愿"], "kind": [kind], "complete_as_of": [as_of]},
        schema_overrides={"kind": pl.String},
    )


@pytest.mark.parametrize(
    ("as_of", "kind", "known"),
    [
        (ON, None, True),
        (date(2026, 9, 1), None, False),
        (ON, "自愿申请", True),
        (ON, "留任意愿", False),
    ],
)
def test_absence_means_no_only_where_the_table_was_declared_complete(
    pack: ResolvedPack, as_of: date, kind: str | None, *, known: bool
) -> None:
    frames = {
        "persons": pl.DataFrame({"person_id": ["P"], "unit_id": ["A"]}),
        "units": pl.DataFrame({"unit_id": ["A"]}),
        "wishes": pl.DataFrame({"person_id": []}, schema={"person_id": pl.String}),
        "declarations": _declared(as_of, kind),
    }

    given = screen(roster_of(frames), pack).evaluation.persons(FactTest("applied", YES))
    absent = {name: frame for name, frame in frames.items() if name != "wishes"}
    not_given = screen(roster_of(absent), pack).evaluation.persons(FactTest("applied", YES))

    assert given.unknown.tolist() == [not known]
    assert not_given.unknown.tolist() == [True]


def test_facts_of_a_move_compare_both_ends(screening: Screening) -> None:
    evaluation = screening.evaluation
    zones = dict(evaluation.roster["units"].select("unit_id", "zone").iter_rows())
    homes = dict(evaluation.roster["persons"].select("person_id", "unit_id").iter_rows())
    persons = np.arange(len(evaluation.person_ids))
    units = persons % len(evaluation.unit_ids)

    truth = evaluation.moves(FactTest("same_zone", YES), persons, units)

    ends = [
        (zones[homes[evaluation.person_ids[p]]], zones[evaluation.unit_ids[u]])
        for p, u in zip(persons, units, strict=True)
    ]
    assert truth.unknown.tolist() == [None in pair for pair in ends]
    assert truth.yes.tolist() == [None not in pair and pair[0] == pair[1] for pair in ends]


def test_a_flow_needs_the_origin_in_one_class_and_the_destination_in_the_other(
    screening: Screening,
) -> None:
    evaluation = screening.evaluation
    persons = np.arange(len(evaluation.person_ids))
    units = persons % len(evaluation.unit_ids)

    flow = evaluation.moves(FlowTest((("urban", "rural"),)), persons, units)
    origin = evaluation.moves(ClassTest("urban", Subject.ORIGIN), persons, units)
    destination = evaluation.moves(ClassTest("rural"), persons, units)

    assert flow.yes.tolist() == (origin.yes & destination.yes).tolist()
    assert 0 < flow.yes.sum() < len(persons)


def test_a_track_holds_for_those_whose_verdict_has_it(screening: Screening) -> None:
    truth = screening.evaluation.persons(TrackTest(("teacher",)))

    assert truth.yes.tolist() == (screening.verdicts["track"] == "teacher").to_list()


@pytest.mark.parametrize(
    ("kinds", "known"), [(("孕期", "哺乳期"), True), (("孕期",), False), ((), False)]
)
def test_a_table_declared_kind_by_kind_is_closed_only_for_those_kinds(
    pack: ResolvedPack, kinds: tuple[str, ...], *, known: bool
) -> None:
    names = ("unit_id", "table_name", "kind")
    declared = pl.DataFrame(
        [("A", "情形", kind) for kind in kinds],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    ).with_columns(complete_as_of=pl.lit(ON))
    frames = {
        "persons": pl.DataFrame({"person_id": ["P"], "unit_id": ["A"]}),
        "units": pl.DataFrame({"unit_id": ["A"]}),
        "circumstances": pl.DataFrame(schema={"person_id": pl.String}),
        "declarations": declared,
    }

    evaluation = screen(roster_of(frames), pack).evaluation

    assert evaluation.persons(FactTest("expecting-or-nursing", YES)).no.tolist() == [known]
    assert evaluation.persons(FactTest("ill", YES)).no.tolist() == [False]


@pytest.mark.parametrize(
    ("until", "further", "origin"),
    [
        (date(2026, 9, 1), None, "A"),
        (date(2026, 9, 2), None, "B"),
        (date(2026, 9, 1), date(2027, 9, 1), "B"),
    ],
)
def test_a_finished_exchange_makes_the_unit_of_origin_the_one_that_is_left(
    pack: ResolvedPack, until: date, further: date | None, origin: str
) -> None:
    spans = [(date(2023, 9, 1), until)]
    spans += [(date(2026, 9, 1), further)] if further else []
    exchange = {"person_id": "P", "origin_unit": "A", "host_unit": "B", "relation_moved": False}
    rows = [{**exchange, "since": since, "until": end} for since, end in spans]
    frames = {
        "persons": pl.DataFrame({"person_id": ["P"], "unit_id": ["B"]}),
        "units": pl.DataFrame({"unit_id": ["A", "B"], "unit_area": ["城市", "乡村"]}),
        "exchanges": pl.DataFrame(rows),
    }
    evaluation = screen(roster_of(frames), pack).evaluation

    urban = evaluation.moves(ClassTest("urban", Subject.ORIGIN), np.array([0]), np.array([1]))

    assert urban.yes.tolist() == [origin == "A"]
