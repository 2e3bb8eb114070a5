"""The edges of dates, shares and permissions, each tried from both sides."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.linting import contradictions
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import Pack
from junheng.engine.policy.resolving import resolve, unset_for
from junheng.errors import PackError

_SOUND = (Path(__file__).parents[2] / "packs/broken/sound/pack.yaml").read_text("utf-8")
_ON = date(2026, 8, 31)


def _changed(folder: Path, old: str, new: str) -> Pack:
    assert old in _SOUND
    path = folder / "pack.yaml"
    path.write_text(_SOUND.replace(old, new), encoding="utf-8")
    return load(path)


def _errors(folder: Path, old: str, new: str) -> list[str]:
    with pytest.raises(PackError) as refused:
        _changed(folder, old, new)
    return [problem.code for problem in refused.value.problems if problem.is_error]


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(2025, 8, 31), {"outside"}),
        (date(2025, 9, 1), {"outside", "teacher-due"}),
        (date(2026, 8, 31), {"outside", "teacher-due"}),
        (date(2026, 9, 1), {"outside"}),
    ],
)
def test_item_exists_from_its_first_day_to_the_day_before_its_last(
    on: date, rules: set[str], tmp_path: Path
) -> None:
    dated = "{id: teacher-due, in_force: {since: 2025-09-01, until: 2026-09-01},"
    pack = _changed(tmp_path, "{id: teacher-due,", dated)

    assert set(resolve(pack, on=on).items.rules) == rules


@pytest.mark.parametrize(
    ("word", "year"), [("previous", 2025), ("programme", 2026), ("next", 2027)]
)
def test_date_falls_into_the_year_it_names(word: str, year: int, tmp_path: Path) -> None:
    pack = _changed(tmp_path, "year: programme", f"year: {word}")

    assert resolve(pack, on=_ON).dates["roster-day"] == date(year, 8, 31)


def test_switch_behind_a_flow_is_reached_by_planning_but_not_by_screening() -> None:
    resolved = resolve(load("datong"), on=_ON)

    reached = {
        question: "town-side"
        in {each.values.get("id") for each in unset_for(resolved, question)}
        for question in ("screening", "planning")
    }
    assert reached == {"screening": False, "planning": True}


def test_fingerprint_does_not_see_how_letters_are_composed(tmp_path: Path) -> None:
    composed = _changed(tmp_path, "title: 示例办法", "title: 示例é")
    fingerprint = composed.fingerprint
    apart = unicodedata.normalize("NFD", "示例é")

    assert _changed(tmp_path, "title: 示例办法", f"title: {apart}").fingerprint == fingerprint


_PART = """\
  - id: part
    title: 其中
    source: sd-2
    strength: hard
    part_of: yearly-floor
    count: {among: movers, who: {class: leader}}
    at_least: {share: %s, of: {among: {switch: base}}}
    per: county
    each: year
    rounding: up
relations:
"""


@pytest.mark.parametrize(("share", "times"), [("1/10", 0), ("11/100", 1)])
def test_part_contradicts_its_whole_only_where_its_share_is_larger(
    share: str, times: int, tmp_path: Path
) -> None:
    pack = _changed(tmp_path, "relations:\n", _PART % share)

    warned = [problem.code for problem in pack.warnings]
    found = contradictions(resolve(pack, on=_ON, settings={"base": "due"}))
    assert warned.count("pack.part-may-exceed-whole") == times
    assert len(found) == times


@pytest.mark.parametrize("second", ["2022-01-01", "2021-12-31"])
def test_two_figures_never_begin_on_one_day_or_backwards(second: str, tmp_path: Path) -> None:
    first = "{since: 2022-01-01, value: 6, source: sd-1}"
    twice = f"{first}, {{since: {second}, value: 7, source: sd-1}}"

    assert _errors(tmp_path, "{value: 6, source: sd-1}", twice) == ["pack.dates-out-of-order"]


@pytest.mark.parametrize(("level", "errors"), [("city", []), ("county", ["pack.already-set"])])
def test_decision_replaces_a_figure_only_where_it_is_open_to_the_level(
    level: str, errors: list[str], tmp_path: Path
) -> None:
    text = _SOUND.replace("{id: teacher-years,", f"{{id: teacher-years, open: [{level}],")
    path = tmp_path / "pack.yaml"
    chosen = "settings:\n  - {id: chosen, title: 决定, values: {teacher-years: 7}}\n"
    path.write_text(text + chosen, encoding="utf-8")

    found: list[str] = []
    try:
        load(path)
    except PackError as error:
        found = [problem.code for problem in error.problems if problem.is_error]
    assert found == errors


def test_class_that_only_mentions_itself_is_still_unused(tmp_path: Path) -> None:
    own = "{id: alone, of: person, title: 自己, source: sd-1, when: {not: {class: alone}}}\n"

    found = _errors(tmp_path, "classes:\n", f"classes:\n  - {own}")
    assert sorted(found) == ["pack.circle", "pack.unused"]


@pytest.mark.parametrize("side", ["because", "fails"])
def test_rule_with_cases_on_one_side_only_lacks_the_other(side: str, tmp_path: Path) -> None:
    case = (
        "cases:\n  - {id: one, title: 例, person: {sex: 女}, "
        f"expect: {{outcome: due, {side}: [teacher-due]}}}}\n"
    )
    pack = _changed(tmp_path, "quotas:\n", f"{case}quotas:\n")

    lacking = {
        problem.values["expected"]
        for problem in pack.warnings
        if problem.code == "pack.rule-without-cases" and problem.values["item"] == "teacher-due"
    }
    assert lacking == {"because", "fails"} - {side}


def test_unset_start_of_the_moves_stops_planning_and_nothing_else() -> None:
    pack = load("datong-example")
    day = replace(pack.items.dates["moving-day"], month_day=Unset("待定", "moving-day"))
    items = replace(pack.items, dates={**pack.items.dates, "moving-day": day})
    resolved = resolve(replace(pack, items=items), on=_ON)

    assert unset_for(resolved, "screening") == ()
    assert [each.values["id"] for each in unset_for(resolved, "planning")] == ["moving-day"]
