"""Every shipped pack keeps its own worked cases."""

from dataclasses import replace

import pytest

from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack
from junheng.engine.programme.cases import run_played_cases
from junheng.engine.screening.cases import run_cases


def _expecting(pack: Pack, case_id: str, **expected: object) -> Pack:
    """Return a pack in which one case expects something else."""
    case = pack.items.cases[case_id]
    changed = replace(case, expect=tuple({**dict(case.expect), **expected}.items()))
    return replace(pack, items=replace(pack.items, cases={case_id: changed}))


@pytest.mark.parametrize("pack_id", shipped())
def test_every_case_of_a_shipped_pack_comes_out_as_expected(pack_id: str) -> None:
    pack = load(pack_id)

    assert (*run_cases(pack), *run_played_cases(pack)) == ()


@pytest.mark.parametrize(
    ("case_id", "expected", "found"),
    [
        ("woman-45-six-years", {"outcome": "may"}, "due"),
        ("woman-45-six-years", {"track": "principal"}, "teacher"),
        ("woman-45-six-years", {"because": ("leader-due",)}, "—"),
        (
            "woman-46-too-old",
            {"fails": ("leader-due", "volunteer", "no-rule")},
            "leader-due、volunteer",
        ),
        ("cycle-unknown", {"could_be": ("due", "may")}, "due、not_due"),
        ("cycle-unknown", {"missing": ("age-here",)}, "cycle_completed"),
        ("thirty-three-due", {"required": "3"}, "4"),
        ("thirty-three-due", {"exact": "3"}, "33/10"),
        ("team-of-four", {"allowed": "2"}, "1"),
        ("contradiction-reported", {"load": "consistent"}, "contradiction"),
    ],
)
def test_a_case_that_expects_something_else_is_reported_with_what_was_found(
    case_id: str, expected: dict[str, object], found: str
) -> None:
    problems = run_cases(_expecting(load("datong"), case_id, **expected))

    assert [each.code for each in problems] == ["screening.case-failed"]
    assert problems[0].values["case"] == case_id
    assert problems[0].values["found"] == found


def test_a_case_without_the_settings_it_needs_is_reported_as_refused() -> None:
    pack = load("datong")
    case = replace(pack.items.cases["woman-45-six-years"], settings=())
    bare = replace(pack, items=replace(pack.items, cases={case.id: case}))

    problems = run_cases(bare)

    assert [each.code for each in problems] == ["screening.case-refused"]
    assert "years-clock" in problems[0].values["found"].split("、")


@pytest.mark.parametrize(
    ("pack_id", "case_id", "wrong", "found"),
    [
        ("wushi", "fourth-person", "yes", "no"),
        ("wushi", "third-person", "no", "yes"),
        ("school-partnership-xinmi", "twenty-one-in-service", "yes", "no"),
        ("school-partnership-xinmi", "seven-persons", "no", "yes"),
    ],
)
def test_a_number_counted_is_held_against_the_bound_of_its_quota(
    pack_id: str, case_id: str, wrong: str, found: str
) -> None:
    problems = run_cases(_expecting(load(pack_id), case_id, met=wrong))

    assert [each.values["found"] for each in problems] == [found]
