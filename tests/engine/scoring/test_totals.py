from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from junheng.engine.scoring import Range, places
from junheng.errors import UnsetFigures
from tests.engine.scoring.four_teachers import scored

_LOAD = "id: load, kind: per, fact: weekly_lessons, points: 1, cap: 20, out_of: 20"
_DEGREE = (
    "id: degree, kind: table, fact: education, points: {硕士研究生: 10, 本科: 5}, out_of: 10"
)


def _totals(folder: Path, items: str, combine: str, more: str = "") -> list[Fraction | None]:
    return [each.exact for each in scored(folder, items, combine, more).totals]


def test_items_are_added_and_cut_at_the_full_mark(tmp_path: Path) -> None:
    totals = _totals(tmp_path, f"{_LOAD}\n{_DEGREE}", "sum", "    out_of: 25\n")

    assert totals == [Fraction(25), Fraction(13), Fraction(12), None]


def test_weighted_item_counts_by_its_weight_of_the_full_mark(tmp_path: Path) -> None:
    items = f"{_LOAD}, weight: 60%\n{_DEGREE}, weight: 40%"

    totals = _totals(tmp_path, items, "weighted", "    out_of: 100\n")

    assert totals == [Fraction(100), Fraction(24 + 20), Fraction(36), None]


def test_items_are_compared_in_order_and_never_added(tmp_path: Path) -> None:
    scores = scored(tmp_path, f"{_DEGREE}\n{_LOAD}", "lexicographic")

    first = places(scores, ["A", "B", "C"], 2)
    assert (first.inside, [key[1].exact for key in scores.keys]) == (
        ("A", "B"),
        [Fraction(5), Fraction(8)],
    )


@pytest.mark.parametrize(("threshold", "qualified"), [(12, True), (13, False)])
def test_total_qualifies_from_the_threshold_on(
    tmp_path: Path, threshold: int, *, qualified: bool
) -> None:
    scores = scored(tmp_path, _LOAD, more=f"    threshold: {threshold}\n")

    assert scores.qualified[2:] == (qualified, None)


def test_rubric_whose_items_are_unset_is_refused_by_name(tmp_path: Path) -> None:
    text = "id: nested, kind: rubric, rubric: announced"
    more = (
        "  - {id: announced, title: 细则, source: sd-1, combine: sum, items: {unset: 未附}}\n"
    )

    with pytest.raises(UnsetFigures) as refused:
        scored(tmp_path, text, more=more)

    assert [problem.values["id"] for problem in refused.value.problems] == ["announced"]


def test_nobody_is_ranked_at_a_cut_where_ranges_overlap(tmp_path: Path) -> None:
    scores = scored(tmp_path, _LOAD)

    found = places(scores, ["A", "B", "C", "D"], 2)
    assert (found.inside, found.open, found.left) == (("A",), ("C", "D"), 1)


def test_missing_points_that_cannot_change_the_cut_do_not_stop_the_ranking(
    tmp_path: Path,
) -> None:
    scores = scored(tmp_path, "id: load, kind: per, fact: weekly_lessons, points: 1, cap: 10")

    assert places(scores, ["A", "B", "C"], 2).inside == ("A", "C")


def test_equal_totals_at_the_cut_are_left_to_the_tie_rule(tmp_path: Path) -> None:
    scores = scored(tmp_path, "id: load, kind: per, fact: weekly_lessons, points: 1, cap: 10")

    found = places(scores, ["A", "B", "C"], 1)
    assert (found.inside, found.tied, found.open, found.left) == ((), ("A", "C"), (), 1)


def test_equal_totals_are_told_apart_by_the_items_named_for_it(tmp_path: Path) -> None:
    items = f"{_LOAD}, cap: 10\n{_DEGREE}".replace("cap: 20, ", "")
    scores = scored(tmp_path, items, more="    then_by: [degree]\n")

    assert places(scores, ["A", "C"], 1).inside == ("A",)


def test_points_of_one_person_are_told_item_by_item(tmp_path: Path) -> None:
    scores = scored(tmp_path, f"{_LOAD}\n{_DEGREE}")

    five, eight = Fraction(5), Fraction(8)
    assert scores.of("B") == {"load": Range(eight, eight), "degree": Range(five, five)}
