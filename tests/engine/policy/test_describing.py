from __future__ import annotations

import json

from junheng.engine.policy.describing import counts, describe
from junheng.engine.policy.loading import load
from junheng.engine.policy.vocabulary import UNITS
from junheng.messages import Language, catalogue


def test_unset_things_stand_first_with_reason_and_clause() -> None:
    rows = describe(load("unset-example")).rows

    assert (rows[0].id, rows[0].unset, rows[0].clause) == (
        "teacher-years",
        "原文为“xx年”",
        "一",
    )
    assert [row.id for row in rows[1:] if row.unset] == []


def test_example_county_shows_what_it_decided_in_place_of_the_gap() -> None:
    rows = {row.id: row for row in describe(load("datong-example")).rows}

    assert (rows["service-length"].figure, rows["service-length"].unset) == ("3", "")
    assert rows["years-clock"].figure == "按周年（calendar_years）"


def test_description_names_every_item_once() -> None:
    pack = load("datong")

    rows = describe(pack).rows

    assert len({row.id for row in rows}) == len(rows)
    assert {"teacher-due", "age-limit", "dt"} <= {row.id for row in rows}


def test_description_can_be_written_as_json() -> None:
    values = describe(load("national")).values

    assert json.loads(json.dumps(values, ensure_ascii=False))["id"] == "national"


def test_counts_tell_rules_cases_and_gaps() -> None:
    found = counts(load("unset-example"))

    assert (found.rules, found.cases, found.unset, found.warnings) == (1, 3, 1, 0)


def test_retirement_schedule_is_shown_by_kind() -> None:
    rows = {row.id: row for row in describe(load("national")).rows}

    assert "女工人 50" in rows["retirement-schedule"].figure


def test_figures_are_written_as_people_write_them() -> None:
    rows = {row.id: row.figure for row in describe(load("national")).rows}

    assert rows["remaining-share"] == "85%"
    assert rows["cv-limit-2017"] == "小学 0.5，初中 0.45"
    assert rows["composite-limit-2012"] == "小学 0.65，初中 0.55"
    assert rows["resource-thresholds"].startswith("小学 4.2、1、0.9、4.5、7.5、2000、2.3")


def test_rule_is_shown_with_its_outcome_and_strength_in_words() -> None:
    rows = {row.id: row.figure for row in describe(load("datong")).rows}

    assert rows["teacher-due"] == "应交流，刚性"


def test_description_in_english_takes_english_titles_where_there_are() -> None:
    rows = {row.id: row for row in describe(load("national"), Language.EN).rows}

    assert rows["backbone"].title == "Backbone teacher of county level or above"


def test_every_unit_has_a_word_in_both_languages() -> None:
    assert {
        (unit, language)
        for unit in UNITS
        for language in Language
        if f"pack.unit-{unit}" not in catalogue(language)
    } == set()
