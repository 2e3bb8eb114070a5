from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    ByFact,
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
    Not,
    ParameterRef,
    RuleTest,
    SwitchRef,
    SwitchTest,
    Unset,
)
from junheng.engine.policy.items import RetirementSchedule
from junheng.engine.policy.loading import load as load_pack
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import programme_year, require, resolve, unset_for
from junheng.engine.policy.walking import walk
from junheng.errors import QuestionError, UnsetFigures

_ON = date(2026, 8, 31)
load = cache(load_pack)


def _comparison(pack: ResolvedPack, rule: str, fact: str) -> tuple[object, object]:
    found = next(
        test
        for test in walk(pack.items.rules[rule])
        if isinstance(test, FactTest) and test.fact == fact
    )
    return found.comparisons[0].figure, found.comparisons[0].reading


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 8, 31), 2026),
        (date(2026, 9, 1), 2026),
        (date(2026, 9, 2), 2027),
        (date(2026, 1, 1), 2026),
        (date(2026, 12, 31), 2027),
    ],
)
def test_programme_year_is_that_of_the_nearest_first_of_september(on: date, year: int) -> None:
    assert programme_year(on) == year


def test_dates_of_a_pack_fall_into_the_programme_year() -> None:
    resolved = resolve(load("datong-example"), on=date(2026, 9, 2))

    assert (resolved.year, dict(resolved.dates)) == (
        2027,
        {"roster-day": date(2027, 8, 31), "moving-day": date(2027, 9, 1)},
    )


def test_year_that_is_given_takes_the_place_of_the_computed_one() -> None:
    resolved = resolve(load("datong-example"), on=_ON, year=2030)

    assert resolved.dates["moving-day"] == date(2030, 9, 1)


def test_resolved_example_holds_no_reference_and_no_choice() -> None:
    resolved = resolve(load("district-managed-example"), on=_ON)

    kinds = (resolved.items.rules, resolved.items.quotas, resolved.items.arrangements)
    left = {
        type(value).__name__
        for kind in kinds
        for item in kind.values()
        for value in walk(item)
        if isinstance(value, ParameterRef | SwitchRef | SwitchTest | Unset)
    }
    assert left == set()


def test_parameter_by_sex_becomes_one_figure_for_each_sex() -> None:
    figure, reading = _comparison(
        resolve(load("district-managed-example"), on=_ON), "teacher-due", "age-here"
    )

    assert figure == ByFact(
        "sex", (("男", Literal((Fraction(50),))), ("女", Literal((Fraction(45),))))
    )
    assert reading == "inclusive"


def test_rule_of_a_reading_not_chosen_is_gone() -> None:
    pack = load("district-managed-example")

    together = resolve(pack, on=_ON, settings={"recruit-route": "countable"})
    apart = resolve(pack, on=_ON, settings={"recruit-route": "separate"})

    assert "recruit-included" not in together.items.rules
    assert apart.items.rules["recruit-included"].only_if is None


def test_class_that_names_a_rule_that_is_gone_is_a_class_without_it() -> None:
    pack = load("district-managed-example")

    together = resolve(pack, on=_ON, settings={"recruit-route": "countable"})
    apart = resolve(pack, on=_ON, settings={"recruit-route": "separate"})

    kept = AnyOf((RuleTest("leader-due"), RuleTest("teacher-due")))
    assert together.items.classes["meets-conditions"].when == kept
    whole = AnyOf((*kept.parts, RuleTest("recruit-included")))
    assert apart.items.classes["meets-conditions"].when == whole


def test_rule_of_an_undecided_reading_stays_and_still_tests_the_switch() -> None:
    resolved = resolve(load("district-managed"), on=_ON)

    only_if = resolved.items.rules["recruit-included"].only_if
    assert only_if == SwitchTest("recruit-route", "separate")


@pytest.mark.parametrize(
    ("option", "left"),
    [
        ("yes", lambda teaches: teaches),
        ("no", lambda teaches: All((teaches, Not(ClassTest("leader"))))),
    ],
    ids=["yes", "no"],
)
def test_decided_switch_is_folded_out_of_a_condition(
    option: str, left: Callable[[Condition], Condition]
) -> None:
    pack = load("district-managed-example")

    resolved = resolve(pack, on=_ON, settings={"principals-teach": option})

    teaches = FactTest("full_time_teacher", (Comparison(Comparator.IS, Literal((True,))),))
    assert resolved.items.classes["teacher"].when == left(teaches)


def test_value_in_force_on_the_date_is_taken() -> None:
    before = resolve(load("national"), on=date(2024, 12, 31)).figure("retirement-schedule")
    after = resolve(load("national"), on=date(2025, 1, 1)).figure("retirement-schedule")

    assert isinstance(before, RetirementSchedule)
    assert isinstance(after, RetirementSchedule)
    men = (before.step("男"), after.step("男"))
    assert [step.cap_months for step in men if step is not None] == [0, 36]


def test_setting_from_outside_replaces_a_figure_and_is_kept_for_the_receipt() -> None:
    resolved = resolve(load("datong-example"), on=_ON, settings={"teacher-years": "5"})

    figure, _ = _comparison(resolved, "teacher-due", "years-teaching-here")
    assert figure == Literal((Fraction(5),))
    assert resolved.settings["teacher-years"] == "5"
    assert resolved.settings["roster-day"] == "08-31"


def test_setting_by_word_and_list_are_read_from_text() -> None:
    resolved = resolve(
        load("datong-example"),
        on=_ON,
        settings={"age-limit": "男=55，女=50", "designated-hospital": "甲医院、乙医院"},
    )

    figure = resolved.figure("age-limit")
    assert isinstance(figure, ByFact)
    assert dict(figure.values)["女"] == Literal((Fraction(50),))
    assert resolved.items.bodies["designated-hospital"].members == ("甲医院", "乙医院")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"teacher-year": "5"}, "pack.unknown-setting"),
        ({"years-clock": "calender_years"}, "pack.unknown-option"),
        ({"teacher-years": "五"}, "pack.not-a-number"),
        ({"total-share": "0.1"}, "pack.share-with-point"),
        ({"roster-day": "2026-08-31"}, "pack.not-a-month-day"),
        ({"age-limit": "50"}, "pack.not-by-word"),
    ],
)
def test_setting_that_cannot_be_is_refused(setting: dict[str, str], code: str) -> None:
    with pytest.raises(QuestionError) as refused:
        resolve(load("datong-example"), on=_ON, settings=setting)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_all_wrong_settings_are_refused_at_once() -> None:
    with pytest.raises(QuestionError) as refused:
        resolve(load("datong"), on=_ON, settings={"a": "1", "teacher-years": "x"})

    assert len(refused.value.problems) == 2


def test_unset_figure_is_refused_with_id_title_and_clause() -> None:
    resolved = resolve(load("unset-example"), on=_ON)

    with pytest.raises(UnsetFigures) as refused:
        require(resolved, "screening")

    (problem,) = refused.value.problems
    assert dict(problem.values) == {
        "id": "teacher-years",
        "title": "连续任教年限",
        "clause": "一",
        "why": "原文为“xx年”",
    }


def test_question_that_reads_nothing_unset_is_not_refused() -> None:
    resolved = resolve(load("unset-example"), on=_ON, settings={"teacher-years": "6"})

    assert unset_for(resolved, "screening") == ()
    assert [problem.code for problem in unset_for(resolved, "planning")] == ["pack.no-planning"]


def test_planning_reads_what_screening_reads_and_more() -> None:
    resolved = resolve(load("datong"), on=_ON)

    screening = {each.values["id"] for each in unset_for(resolved, "screening")}
    planning = {each.values.get("id", "") for each in unset_for(resolved, "planning")}

    assert screening < planning
    assert "service-length" in planning - screening


def test_value_that_begins_later_is_not_in_force(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "packs/broken/sound/pack.yaml").read_text("utf-8")
    text = text.replace(
        "{value: 6, source: sd-1}", "{since: 2027-01-01, value: 6, source: sd-1}"
    )
    path = tmp_path / "pack.yaml"
    path.write_text(text, encoding="utf-8")

    before = unset_for(resolve(load_pack(path), on=_ON), "screening")
    after = unset_for(resolve(load_pack(path), on=date(2027, 1, 1)), "screening")

    assert "pack.not-in-force" in {problem.code for problem in before}
    assert {problem.code for problem in after} == {"pack.unset-switch"}


def test_pack_is_refused_before_its_first_day(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "packs/broken/sound/pack.yaml").read_text("utf-8")
    path = tmp_path / "pack.yaml"
    path.write_text(
        text.replace("valid: {undated: 示例}", "valid: {since: 2026-09-01}"), encoding="utf-8"
    )
    pack = load_pack(path)

    with pytest.raises(QuestionError) as refused:
        resolve(pack, on=date(2026, 8, 31))

    assert [problem.code for problem in refused.value.problems] == ["pack.not-yet-valid"]
    assert resolve(pack, on=date(2026, 9, 1)).year == 2026
