"""Scenarios about marks: who comes before whom, and what must be decided between equals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve_with, unset_for
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.scoring import Places, places, score
from junheng.engine.screening.evaluation import RosterEvaluation

_ON = date(2025, 8, 31)
_MARKS = {"数九十": 90, "数甲": 85, "数乙": 85, "语": 99}


def _roster(marks: dict[str, int]) -> Roster:
    """Three teachers of mathematics and one of Chinese, with the marks of the group."""
    people = pl.DataFrame(
        {
            "person_id": list(_MARKS),
            "unit_id": ["宁海"] * 4,
            "subject": ["数学", "数学", "数学", "语文"],
        }
    )
    given = pl.DataFrame(
        {
            "person_id": list(marks),
            "rubric_id": ["group-points"] * len(marks),
            "points": [Decimal(points) for points in marks.values()],
            "scored_on": [date(2025, 6, 1)] * len(marks),
        }
    )
    units = pl.DataFrame({"unit_id": ["宁海"], "unit_name": ["宁海"]})
    return roster_of({"units": units, "persons": people, "scores": given})


def _places(subject: str, number: int, marks: dict[str, int]) -> Places:
    roster = _roster(marks)
    pack = load("scored-exchange-ninghai")
    settings = dict(pack.items.settings["for-cases"].values)
    evaluation = RosterEvaluation(roster, resolve_with(pack, on=_ON, settings=settings))
    among = roster["persons"].filter(pl.col("subject") == subject)["person_id"].to_list()
    return places(score(evaluation, "exchange-score"), among, number)


def test_the_highest_mark_of_another_subject_takes_no_place_from_mathematics_a98() -> None:
    assert _places("数学", 1, _MARKS).inside == ("数九十",)
    assert _places("语文", 1, _MARKS).inside == ("语",)


def test_equal_marks_at_the_cut_are_left_to_the_rule_for_ties_a98() -> None:
    found = _places("数学", 2, _MARKS)

    assert (found.inside, set(found.tied), found.left) == (("数九十",), {"数甲", "数乙"}, 1)


def test_places_enough_for_both_equals_need_no_rule_for_ties_a98() -> None:
    assert set(_places("数学", 3, _MARKS).inside) == {"数九十", "数甲", "数乙"}


def test_a_mark_not_yet_given_leaves_the_places_open_a98() -> None:
    unmarked = {person: mark for person, mark in _MARKS.items() if person != "数乙"}

    assert "数乙" in _places("数学", 2, unmarked).open


@pytest.mark.parametrize(("ties", "missing"), [({}, True), ({"equal-scores": "draw"}, False)])
def test_how_equals_are_told_apart_must_be_said_before_anybody_is_sent_a98(
    ties: dict[str, object], *, missing: bool
) -> None:
    pack = resolve_with(load("scored-exchange-ninghai"), on=_ON, settings=ties)

    named = {each.values.get("id") for each in unset_for(pack, "planning")}

    assert ("equal-scores" in named) is missing
