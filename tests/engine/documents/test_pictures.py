"""The pictures of a whole county: which there are, what they count, and that each is drawn."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from junheng.engine.documents import frames
from junheng.engine.documents.charts.trade_off import TradeOffCurve, TradeOffPoint
from junheng.engine.documents.pictures import Illustration, illustrations
from junheng.engine.policy.conditions import ClassTest
from junheng.engine.policy.items.planning import BalancePart
from tests.engine.documents.conftest import County

CURVE = TradeOffCurve(
    ("均衡", "志愿"),
    tuple(
        TradeOffPoint(name="", values=values, chosen=values[0] < 2, proven=True)
        for values in ((1.9, 7), (2.1, 3))
    ),
)


@pytest.fixture(scope="module")
def drawn(county: County) -> tuple[Illustration, ...]:
    return illustrations(county.screening, county.plan, county.audited, trade_off=CURVE)


def test_every_picture_is_drawn_and_coefficients_come_first(
    drawn: tuple[Illustration, ...],
) -> None:
    assert [picture.name for picture in drawn] == [
        "差异系数",
        "流向图",
        "均衡前后-初中",
        "均衡前后-小学",
        "余缺-小学",
        "余缺-初中",
        "缺员",
        "交流人员构成",
        "摸底结果",
        "取舍曲线",
    ]


def test_no_picture_is_wider_than_a_page_can_show_in_readable_letters(
    drawn: tuple[Illustration, ...],
) -> None:
    assert [picture.name for picture in drawn if picture.drawn.width > 700] == []


def test_no_person_is_in_any_picture(county: County, drawn: tuple[Illustration, ...]) -> None:
    persons = county.screening.evaluation.roster["persons"]
    secret = {*persons["person_id"], *persons["person_name"]}

    texts = {
        text for picture in drawn for text in re.findall(r">([^<>]+)</text>", picture.drawn.svg)
    }

    assert texts & secret == set()


def test_school_with_most_before_the_exchange_stands_first(county: County) -> None:
    roster = county.screening.evaluation.roster

    frame = frames.school_frame(county.audited.balance, roster, "L2")

    for _, rows in frame.group_by("stage"):
        before = rows["before"].to_list()
        assert before == sorted(before, reverse=True)


def test_heat_map_adds_up_to_the_shortages_of_the_audit(county: County) -> None:
    roster = county.screening.evaluation.roster
    expected = sum(
        max(0, (line.required or 0) - line.after)
        for line in county.audited.staffing
        if line.stage == "小学" and line.subject
    )

    frame = frames.staffing_frame(county.audited, roster, "小学")

    after = frame.filter((pl.col("moment") == "交流后") & (pl.col("lack") < 0))
    assert -int(after["lack"].sum()) == expected


def test_flows_count_every_move_between_known_units_once(county: County) -> None:
    roster = county.screening.evaluation.roster
    stray = replace(county.plan.moves[0], to_unit="没有这个单位")
    plan = replace(county.plan, moves=(*county.plan.moves, stray))

    flows = frames.flows_of(plan, roster)

    moved = Counter((move.from_unit, move.to_unit) for move in county.plan.moves)
    assert flows == dict(moved)


def test_movers_of_every_kind_add_up_to_the_plan_and_no_group_singles_anybody_out(
    county: County,
) -> None:
    frame = frames.mover_frame(county.audited)

    sums = frame.group_by("kind").agg(pl.col("moved").sum())
    assert dict(sums.iter_rows()) == dict.fromkeys(
        ("职称", "职务层级", "年龄", "性别"), len(county.plan.moves)
    )
    assert frame["movable"].min() in range(3, 500)


@pytest.mark.parametrize(
    ("classes", "indicators"),
    [
        (("backbone",), ["L2"]),
        (("arts-and-sports-teacher", "above-required-education"), ["L1", "L3"]),
        (("young",), ["L2"]),
    ],
)
def test_indicators_drawn_are_those_of_the_objective(
    classes: tuple[str, ...], indicators: list[str], county: County
) -> None:
    pack = county.screening.evaluation.pack
    ((name, planning),) = pack.items.planning.items()
    parts = tuple(BalancePart(id=each, title=each, of=ClassTest(each)) for each in classes)
    items = replace(pack.items, planning={name: replace(planning, balances=parts)})

    assert frames.balanced_indicators(replace(pack, items=items)) == indicators


def test_two_schools_of_one_name_keep_a_row_each(county: County) -> None:
    roster = county.screening.evaluation.roster
    alike = roster["units"].with_columns(unit_name=pl.lit("中心小学"))
    same = replace(roster, tables={**roster.tables, "units": alike})

    frame = frames.staffing_frame(county.audited, same, "小学")

    before = frames.staffing_frame(county.audited, roster, "小学")
    assert frame["unit"].n_unique() == before["unit"].n_unique() > 1
    assert all(unit.startswith("中心小学（S") for unit in frame["unit"])


def test_pages_are_of_like_length_and_lose_nothing() -> None:
    units = [str(n) for n in range(71)]

    parts = list(frames.pages(units, 70))

    assert [len(part) for part in parts] == [36, 35]
    assert [unit for part in parts for unit in part] == units
    assert list(frames.pages(units[:70], 70)) == [units[:70]]
    assert list(frames.pages([], 70)) == []
