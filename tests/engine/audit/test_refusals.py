"""What an audit refuses to count without, named by code and place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import polars as pl
import pytest

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening import screen
from junheng.errors import QuestionError, UnsetFigures
from tests.engine.audit.worlds import World, world


@cache
def county() -> World:
    """Return a small county with a clean plan."""
    return world(screen, "datong-example", 3, persons=240)


def _without_posts_number(column: str) -> World:
    posts = (
        county()
        .roster["posts"]
        .with_columns(
            pl.when(pl.col("role") == "教师").then(None).otherwise(pl.col(column)).alias(column)
        )
    )
    return county().with_table("posts", posts)


def _no_establishment() -> World:
    return county().with_unit(county().plan.moves[0].from_unit, establishment=None)


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (lambda: _without_posts_number("required"), "audit.blank-post"),
        (_no_establishment, "audit.blank-establishment"),
    ],
    ids=["required-number", "establishment"],
)
def test_blank_number_that_staffing_needs_is_refused(
    spoilt: Callable[[], World], code: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        spoilt().audited()

    assert {problem.code for problem in refused.value.problems} == {code}


def test_blank_established_number_is_no_limit_and_no_fault() -> None:
    assert _without_posts_number("established").audited().clean


def _unset(pack: ResolvedPack, part: str) -> ResolvedPack:
    unset = Unset("待主管部门确定", f"the-{part}")
    items = pack.items
    planning = next(iter(items.planning.values()))
    match part:
        case "rounding":
            quotas = {k: replace(q, rounding=unset) for k, q in items.quotas.items()}
            return replace(pack, items=replace(items, quotas=quotas))
        case "start":
            return replace(pack, dates={**pack.dates, planning.start: unset})
        case "counted_at":
            planning = replace(planning, counted_at=unset)
        case _:
            planning = replace(planning, kept_cost=unset)
    return replace(pack, items=replace(items, planning={planning.id: planning}))


@pytest.mark.parametrize("part", ["rounding", "start", "counted_at", "kept_cost"])
def test_unset_choice_is_refused_by_name(part: str) -> None:
    unset = county().with_pack(_unset(county().pack, part))

    with pytest.raises(UnsetFigures) as refused:
        unset.audited()

    named = {problem.values["id"].removeprefix("the-") for problem in refused.value.problems}
    start = next(iter(county().pack.items.planning.values())).start
    assert named == {start if part == "start" else part}


def test_pack_without_a_planning_item_is_refused() -> None:
    items = replace(county().pack.items, planning={})

    with pytest.raises(QuestionError, match=r"balance.no-planning-item"):
        county().with_pack(replace(county().pack, items=items)).audited()
