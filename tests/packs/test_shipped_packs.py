from __future__ import annotations

from dataclasses import fields
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items import Case, Quota
from junheng.engine.policy.linting import contradictions
from junheng.engine.policy.loading import load as load_pack
from junheng.engine.policy.loading import shipped
from junheng.engine.policy.resolving import resolve, resolve_with, unset_for
from junheng.engine.policy.shares import bound

_ON = date(2026, 8, 31)
load = cache(load_pack)
_CASES = [(name, case) for name in shipped() for case in load(name).items.cases.values()]


_CONTRADICTORY = {
    "datong": {"pack.part-may-exceed-whole"},
    "district-managed": {"pack.part-may-exceed-whole"},
    "paired-schools-lechang": {"pack.unit-in-two-groups"},
}
"""Texts that contradict themselves, with what the linter finds."""


def _cases(*keys: str) -> list[tuple[str, Case]]:
    return [(name, case) for name, case in _CASES if {*keys} <= {*dict(case.expect)}]


def _id(value: object) -> str:
    return value.id if isinstance(value, Case) else str(value)


def test_every_plan_of_the_collection_is_a_shipped_pack() -> None:
    assert shipped() == (
        "autonomous-county",
        "class-teachers-meeting",
        "county-cadres",
        "datong",
        "datong-example",
        "district-managed",
        "district-managed-example",
        "enterprise",
        "government-organs",
        "health-cadres-yunlong",
        "health-shenzhen",
        "hiring-baqiao",
        "hiring-base",
        "hiring-class-teachers",
        "hiring-generic",
        "hiring-management-posts",
        "hiring-project-template",
        "hiring-puyang",
        "hiring-school-district",
        "hiring-secondary-staff",
        "hiring-single-school",
        "hiring-yicheng",
        "national",
        "national-calendar",
        "paired-schools-lechang",
        "parents-exchange",
        "ruian",
        "school-partnership-xinmi",
        "scored-exchange-ninghai",
        "self-nomination-unit",
        "support-teaching",
        "talks",
        "tournament",
        "town-centre-school",
        "unset-example",
        "wushi",
    )


@pytest.mark.parametrize("name", shipped())
def test_shipped_pack_has_only_the_warning_that_its_text_contradicts_itself(name: str) -> None:
    warned = {problem.code for problem in load(name).warnings}

    assert warned == _CONTRADICTORY.get(name, set())


@pytest.mark.parametrize("name", ["datong-example", "district-managed-example"])
@pytest.mark.parametrize("question", ["screening", "planning", "balance"])
def test_example_county_leaves_nothing_unset(name: str, question: str) -> None:
    assert unset_for(resolve(load(name), on=_ON), question) == ()


@pytest.mark.parametrize(("name", "case"), _cases("question"), ids=_id)
def test_case_of_refusal_names_exactly_what_is_unset(name: str, case: Case) -> None:
    pack = load(name)
    expect = dict(case.expect)
    resolved = resolve_with(pack, on=case.on or _ON, settings=_settings(name, case))

    refused = {
        problem.values["id"]
        for problem in unset_for(resolved, str(expect["question"]))
        if problem.code.startswith("pack.unset")
    }

    assert refused == set(_names(expect["refused"]))


@pytest.mark.parametrize(("name", "case"), _cases("quota", "exact"), ids=_id)
def test_case_of_a_quota_gives_its_number_and_exact_fraction(name: str, case: Case) -> None:
    expect = dict(case.expect)
    resolved = resolve_with(load(name), on=_ON, settings=_settings(name, case))
    quota = resolved.items.quotas[str(expect["quota"])]

    number, exact = _bound_of(quota, dict(case.counts))

    assert (number, exact) == (
        int(str(expect.get("required", expect.get("allowed")))),
        Fraction(str(expect["exact"])),
    )


def _bound_of(quota: Quota, counts: dict[str, int]) -> tuple[int, Fraction]:
    number, share = quota.bound.number, quota.bound.share
    if isinstance(number, Literal):
        return int(str(number.values[0])), Fraction(str(number.values[0]))
    assert isinstance(share, Literal)
    assert isinstance(share.values[0], Fraction)
    assert isinstance(quota.rounding, str)
    assert quota.bound.of is not None
    return bound(share.values[0], counts[str(quota.bound.of.among)], quota.rounding)


@pytest.mark.parametrize(("name", "case"), _cases("load"), ids=_id)
def test_case_of_a_contradiction_shows_both_quotas_and_figures(name: str, case: Case) -> None:
    expect = dict(case.expect)
    resolved = resolve_with(load(name), on=_ON, settings=_settings(name, case))

    found = [dict(problem.values) for problem in contradictions(resolved)]

    whole, part = _names(expect["between"])
    low, high = _names(expect.get("figures", ("", "")))
    values = {"item": part, "found": high, "whole": whole, "expected": low}
    assert found == ([values] if expect["load"] == "contradiction" else [])


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _settings(name: str, case: Case) -> dict[str, object]:
    if isinstance(case.settings, str):
        return dict(load(name).items.settings[case.settings].values)
    return dict(case.settings)


@pytest.mark.parametrize("name", ["county-cadres", "enterprise", "health-cadres-yunlong"])
def test_pack_of_units_that_are_no_schools_inherits_no_item_about_schools(name: str) -> None:
    pack, calendar = load(name), load("national-calendar")

    items = {key for kind in fields(pack.items) for key in getattr(pack.items, kind.name)}

    assert items - pack.own == calendar.own
