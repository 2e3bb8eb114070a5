"""Scenarios about moves: which rule of the text a move meets, and under which form it goes."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import polars as pl

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Relation, Strength
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve, resolve_with
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import screen
from junheng.engine.screening.verdicts import Evaluation

_ON = date(2026, 8, 31)
_UNITS = ("城一", "城二", "村一", "村二")


@cache
def _roster() -> Roster:
    """Two town and two village junior schools; 城一 over its establishment, 村一 under it."""
    units = pl.DataFrame(
        {
            "unit_id": _UNITS,
            "unit_name": _UNITS,
            "unit_kind": ["初中"] * 4,
            "unit_ownership": ["公办"] * 4,
            "unit_stages": [["初中"]] * 4,
            "unit_area": ["城市", "城市", "乡村", "乡村"],
            "county": ["甲县"] * 4,
            "zone": ["东", "西", "东", "西"],
            "establishment": [0, 1, 5, 1],
        }
    )
    persons = pl.DataFrame(
        {
            "person_id": [f"{unit}-人" for unit in _UNITS],
            "person_name": ["某"] * 4,
            "unit_id": _UNITS,
            "employment": ["在编"] * 4,
            "in_post": ["在岗"] * 4,
            "full_time_teacher": [True] * 4,
            "office_level": ["无"] * 4,
            "stage": ["初中"] * 4,
            "subject": ["语文"] * 4,
        }
    )
    return roster_of({"units": units, "persons": persons})


_OFFICES = ("局机关", "直属一", "直属二", "子公司")
_CASES_OF = ("government-organs", "health-cadres-yunlong", "enterprise")
"""Packs of cadres, asked with the values of their own cases."""


@cache
def _offices() -> Roster:
    """A bureau, two units directly under it and a subsidiary, each with a head of finance."""
    units = pl.DataFrame(
        {
            "unit_id": _OFFICES,
            "unit_name": _OFFICES,
            "unit_kind": ["机关科室", "事业单位", "事业单位", "子公司"],
            "unit_traits": [["职能部门"], ["直属"], ["直属"], ["合资"]],
        }
    )
    persons = pl.DataFrame(
        {
            "person_id": [f"{unit}-人" for unit in _OFFICES],
            "person_name": ["某"] * 4,
            "unit_id": _OFFICES,
            "employment": ["在编"] * 4,
            "in_post": ["在岗"] * 4,
            "office_level": ["中层正职"] * 4,
            "post_kind": ["财务"] * 4,
        }
    )
    return roster_of({"units": units, "persons": persons})


@cache
def _evaluation(pack: str) -> tuple[ResolvedPack, Evaluation]:
    read = load(pack)
    if pack not in _CASES_OF:
        resolved = resolve(read, on=_ON)
        return resolved, screen(_roster(), resolved).evaluation
    values = dict(read.items.settings["for-cases"].values)
    resolved = resolve_with(read, on=_ON, settings=values)
    return resolved, screen(_offices(), resolved).evaluation


def _form(pack: str, origin: str, destination: str) -> str:
    """Return the first form whose conditions a move meets; empty if none."""
    resolved, evaluation = _evaluation(pack)
    (planning,) = resolved.items.planning.values()
    for form in planning.forms:
        moves = resolved.items.arrangements[form].moves
        if moves is None or _holds(evaluation, moves, origin, destination):
            return form
    return ""


def _holds(evaluation: Evaluation, condition: Condition, origin: str, destination: str) -> bool:
    person = np.array([evaluation.person_ids.index(f"{origin}-人")])
    unit = np.array([evaluation.unit_ids.index(destination)])
    return bool(evaluation.moves(condition, person, unit).yes[0])


def _met(pack: str, origin: str, destination: str) -> dict[str, Strength]:
    """Return the destinations that a move is not what they ask, or is what they prefer."""
    resolved, evaluation = _evaluation(pack)
    found = {}
    for item in resolved.items.destinations.values():
        about = item.who is None or _holds(evaluation, item.who, origin, destination)
        where = item.where is None or _holds(evaluation, item.where, origin, destination)
        asked = item.must if item.must is not None else item.prefer
        if about and where and asked is not None:
            kept = _holds(evaluation, asked, origin, destination)
            if kept == (item.must is None):
                found[item.id] = item.strength
    return found


def test_town_teacher_across_zones_is_encouraged_and_breaks_nothing() -> None:
    """Cites A46."""
    met = _met("datong-example", "城一", "村二")

    assert met["urban-across-zones"] is Strength.ENCOURAGED
    assert Strength.PRINCIPLE not in met.values()


def test_village_teacher_across_zones_needs_an_approved_exception() -> None:
    """Cites A46."""
    met = _met("datong-example", "村一", "城二")

    assert met["teachers-in-zone"] is Strength.PRINCIPLE


def test_village_teacher_within_the_zone_needs_none() -> None:
    """Cites A46."""
    assert Strength.PRINCIPLE not in _met("datong-example", "村一", "城一").values()


def _relation(pack: str, form: str) -> Relation:
    resolved, _ = _evaluation(pack)
    relation = resolved.items.arrangements[form].relation
    return resolved.items.relations[str(relation)]


def test_move_from_surplus_to_shortage_takes_the_relation_along() -> None:
    """Cites A73."""
    form = _form("district-managed-example", "城一", "村一")

    assert form == "rebalancing"
    assert _relation("district-managed-example", form).personnel == "moves"
    resolved, _ = _evaluation("district-managed-example")
    assert resolved.items.arrangements[form].decided_by == (
        "bureau",
        "establishment-office",
        "personnel-bureau",
    )


def test_move_between_village_junior_schools_leaves_the_relation() -> None:
    """Cites A73."""
    form = _form("district-managed-example", "村一", "村二")

    assert form == "rural-junior"
    assert _relation("district-managed-example", form).personnel == "origin"


def test_move_that_meets_no_form_is_not_allowed() -> None:
    assert _form("district-managed-example", "村二", "城二") == ""


def test_head_of_finance_changes_the_post_inside_their_unit() -> None:
    assert _met("government-organs", "直属一", "直属一") == {}


def test_head_of_finance_goes_to_another_unit_of_the_kind_only_by_exception() -> None:
    met = _met("government-organs", "直属一", "直属二")

    assert met == {"inside-first": Strength.PRINCIPLE}


def test_head_of_finance_never_goes_where_the_unit_is_not_under_the_bureau() -> None:
    met = _met("government-organs", "直属一", "局机关")

    assert met == {
        "inside-first": Strength.PRINCIPLE,
        "affiliated-if-need-be": Strength.HARD,
    }


def test_head_of_finance_of_the_bureau_itself_may_go_anywhere() -> None:
    assert _met("government-organs", "局机关", "直属一") == {}


def _moves_by(pack: str, form: str, origin: str, destination: str) -> bool:
    resolved, evaluation = _evaluation(pack)
    moves = resolved.items.arrangements[form].moves
    assert moves is not None
    return _holds(evaluation, moves, origin, destination)


def test_posting_up_and_down_are_told_apart_by_their_direction_a14() -> None:
    pack = "health-cadres-yunlong"

    assert _moves_by(pack, "up-posting", "直属一", "局机关")
    assert not _moves_by(pack, "up-posting", "局机关", "直属一")
    assert _moves_by(pack, "down-posting", "局机关", "直属一")
    assert not _moves_by(pack, "down-posting", "直属一", "直属二")


def test_posting_out_is_to_a_subsidiary() -> None:
    assert _moves_by("enterprise", "post-out", "局机关", "子公司")
    assert not _moves_by("enterprise", "post-out", "子公司", "局机关")


def test_changing_units_is_no_change_inside_the_unit() -> None:
    assert _moves_by("government-organs", "cross-unit", "直属一", "直属二")
    assert not _moves_by("government-organs", "cross-unit", "直属一", "直属一")
