"""Cases that play part of a programme come out as expected, and say so when they do not."""

from dataclasses import replace

import pytest

from junheng.engine.policy.pack import Items
from junheng.engine.programme.cases import run_played_cases, untried
from tests.engine.programme.scenes import expecting, worked


def test_every_case_of_the_worked_pack_comes_out_as_expected() -> None:
    assert run_played_cases(worked()) == ()


def test_every_consequence_of_the_worked_pack_is_played_on_both_sides() -> None:
    assert untried(worked()) == ()


@pytest.mark.parametrize(
    ("left_out", "item", "lacking"),
    [
        ("passed", "credited", "acts: [credit、return]"),
        ("recalled-teacher", "called-back", "acts: []"),
    ],
)
def test_consequence_that_no_case_plays_is_reported_with_the_side_that_is_missing(
    left_out: str, item: str, lacking: str
) -> None:
    cases = {key: case for key, case in worked().items.cases.items() if key != left_out}
    pack = replace(worked(), items=replace(worked().items, cases=cases))

    problems = untried(pack)

    assert [(p.values["item"], p.values["expected"]) for p in problems] == [(item, lacking)]
    assert {problem.is_error for problem in problems} == {False}


def test_consequences_of_a_parent_are_not_asked_of_the_child() -> None:
    assert untried(replace(worked(), own=frozenset(), items=_without_cases())) == ()
    assert untried(replace(worked(), items=_without_cases())) != ()


def _without_cases() -> Items:
    return replace(worked().items, cases={})


def test_worked_pack_plays_more_than_fifty_cases() -> None:
    played = [case for case in worked().items.cases.values() if case.play]

    assert len(played) > 50


@pytest.mark.parametrize(
    ("case_id", "expected", "found"),
    [
        ("seventh-day", {"possible_from": "2021-06-08"}, "2021-06-09"),
        ("seventh-day", {"refused": ("publicity",)}, "copies、publicity"),
        ("eighth-day", {"accepted": "no"}, "yes"),
        ("filed-tenth-late", {"late": "no"}, "yes"),
        ("reply-due", {"due": "2025-06-10"}, "2025-06-11"),
        ("three-copies", {"copies": "2"}, "3"),
        ("no-union", {"missing": ("纪检",)}, "工会"),
        ("late-sixteen", {"raises": ("admonished",)}, "resigned"),
        ("next-year", {"ban": {"since": "2025-01-01", "until": "2027-01-01"}}, "2028"),
        ("refuses-lowest", {"remark": "next-measure"}, "no-lower-grade"),
        ("one-basic", {"acts": ("may_choose",)}, "settle"),
        ("eleven-days", {"grade": "合格"}, "不合格"),
        ("load-short", {"workloads": ()}, "host-average"),
        ("too-short", {"length": "ok"}, "too_short"),
        ("pay", {"relation": {"pay": "host"}}, "origin"),
        ("wish-only", {"weight": "—"}, "reference_only"),
        ("survey-window", {"closes": "2025-06-11"}, "2025-06-10"),
        ("count-unset", {"refused": ("copies",)}, "notice-count"),
    ],
)
def test_a_case_that_expects_something_else_is_reported_with_what_was_found(
    case_id: str, expected: dict[str, object], found: str
) -> None:
    problems = run_played_cases(expecting(case_id, **expected))

    assert [problem.code for problem in problems] == ["screening.case-failed"]
    assert found in problems[0].values["found"]
