from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from junheng.engine.policy.items.rubrics import RECORDS
from junheng.engine.roster.tables import BY_ID
from junheng.engine.scoring import Range
from tests.engine.scoring.four_teachers import scored


def _exact(*values: int | str) -> list[Range]:
    return [Range(Fraction(each), Fraction(each)) for each in values]


def _between(low: int | None, high: int | None) -> Range:
    return Range(
        None if low is None else Fraction(low), None if high is None else Fraction(high)
    )


_LESSONS = "fact: weekly_lessons"


@pytest.mark.parametrize(
    ("line", "points"),
    [
        (f"kind: per, {_LESSONS}, points: 1/4", _exact(5, 2, 3)),
        (f"kind: per, {_LESSONS}, each: 3, points: 1", _exact(6, 2, 4)),
        (f"kind: per, {_LESSONS}, after: 10, points: 1", _exact(10, 0, 2)),
        (f"kind: per, {_LESSONS}, at_least: 12, points: 1", _exact(20, 0, 12)),
        (f"kind: per, {_LESSONS}, points: 1, cap: 10", _exact(10, 8, 10)),
        (f"kind: per, {_LESSONS}, points: -1/2, cap: -5", _exact(-5, -4, -5)),
        (
            f"kind: bands, {_LESSONS}, bands: [{{up_to: 10, points: 1}}, "
            "{up_to: 15, points: 2}, {beyond: 15, points: 3}]",
            _exact(35, 8, 14),
        ),
        (
            f"kind: ranges, {_LESSONS}, bands: [{{at_least: 12, points: 5}}, "
            "{at_least: 8, points: 3}]",
            _exact(5, 3, 5),
        ),
        ("kind: table, fact: education, points: {硕士研究生: 6, 本科: 4}", _exact(6, 4, 0)),
        ("kind: fixed, when: {fact: sex, is: 女}, points: 2", _exact(2, 0, 2)),
        (
            f"kind: rank, {_LESSONS}, within: [unit], "
            "bands: [{top: 1/3, points: 6}, {top: 100%, points: 1}]",
            [_between(1, 6), _exact(1)[0], _exact(1)[0]],
        ),
    ],
)
def test_line_gives_points_by_its_kind(tmp_path: Path, line: str, points: list[Range]) -> None:
    scores = scored(tmp_path, f"id: only, {line}")

    assert scores.items["only"][:3] == points


@pytest.mark.parametrize(
    ("line", "points"),
    [
        (f"kind: per, {_LESSONS}, points: 1/4", (0, None)),
        (f"kind: per, {_LESSONS}, points: 1, cap: 10", (0, 10)),
        (f"kind: per, {_LESSONS}, points: -1", (None, 0)),
        (f"kind: ranges, {_LESSONS}, bands: [{{at_least: 12, points: 5}}]", (0, 5)),
        ("kind: table, fact: education, points: {硕士研究生: 6, 本科: 4}", (0, 6)),
        ("kind: fixed, when: {fact: sex, is: 女}, points: 2", (0, 2)),
        ("kind: fixed, when: {fact: sex, is: 女}, points: -2", (-2, 0)),
    ],
)
def test_line_of_a_person_with_a_missing_fact_is_a_range(
    tmp_path: Path, line: str, points: tuple[int | None, int | None]
) -> None:
    scores = scored(tmp_path, f"id: only, {line}")

    assert scores.items["only"][3] == _between(*points)


def test_units_are_credited_to_those_a_condition_names(tmp_path: Path) -> None:
    credit = "credits: [{when: {fact: sex, is: 女}, units: 6}]"

    scores = scored(tmp_path, f"id: only, kind: per, {_LESSONS}, points: 1, {credit}")

    assert scores.items["only"][:3] == _exact(26, 8, 18)


_POINTS = "points: {骨干教师: {市级: 3, 县级: 1}, 教学能手: {县级: 2}}"


@pytest.mark.parametrize(
    ("combine", "points"),
    [
        ("sum", [_exact(6)[0], _between(0, 3), _between(0, None), _exact(0)[0]]),
        ("highest", [_exact(3)[0], _between(0, 3), _between(0, 3), _exact(0)[0]]),
    ],
)
def test_records_are_summed_or_the_highest_taken_and_unknown_where_undeclared(
    tmp_path: Path, combine: str, points: list[Range]
) -> None:
    line = f"kind: records, records: honours, by: [honour, honour_level], combine: {combine}"

    scores = scored(tmp_path, f"id: only, {line}, {_POINTS}")

    dated = scores.items["only"]
    assert [dated[0], dated[1], dated[2], dated[3]] == points


def test_records_before_the_window_do_not_count_and_undated_ones_may(tmp_path: Path) -> None:
    line = "id: only, kind: records, records: honours, by: [honour, honour_level]"
    window = "    evidence_window: {years: 3}\n"

    scores = scored(tmp_path, f"{line}, {_POINTS}, cap: 8", more=window)

    assert scores.items["only"][0] == _exact(5)[0]
    assert scores.items["only"][2] == _between(0, 8)


def test_window_of_a_line_goes_before_that_of_its_rubric(tmp_path: Path) -> None:
    line = "id: only, kind: records, records: honours, by: [honour, honour_level]"
    own = "evidence_window: {years: 3}"
    window = "    evidence_window: {years: 99}\n"

    scores = scored(tmp_path, f"{line}, {_POINTS}, cap: 8, {own}", more=window)

    assert scores.items["only"][0] == _exact(5)[0]


def test_every_column_points_may_differ_by_is_one_of_its_table() -> None:
    strange = {
        (table, column)
        for table, columns in RECORDS.items()
        for column in columns
        if column not in {each.id for each in BY_ID[table].columns}
    }

    assert strange == set()
