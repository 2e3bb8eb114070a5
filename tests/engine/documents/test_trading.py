"""The curve of the report shows what the planner proved, and which point is the plan."""

from __future__ import annotations

from junheng.engine.answers.tradeoff import AT_MOST, FIRST, TODAY, Point, TradeOff
from junheng.engine.documents.trading import curve_of
from tests.engine.documents.conftest import County


def _point(label: str, objective: str, values: dict[str, int], *, bound: int = 0) -> Point:
    bounds = {**values, "wishes": values["wishes"] - bound}
    return Point(
        label=label, objective=objective, ceiling=None, values=values, bounds=bounds, moves=1
    )


def test_curve_leaves_out_what_nobody_trades_and_keeps_exact_values(county: County) -> None:
    reached = {o.id: o.value for o in county.plan.objectives if o.id != "draw"}
    scales = {o.id: o.scale for o in county.plan.objectives if o.id != "draw"}
    other = {**reached, "wishes": reached["wishes"] - 1}
    points = (
        _point(TODAY, "", reached),
        _point(AT_MOST, "balance", other, bound=1),
        _point(FIRST, "wishes", other),
    )

    curve = curve_of(TradeOff(points, scales), county.plan, county.screening)

    assert list(curve.titles) == [
        "均衡程度（各学段差异系数的平方加一，相加）",
        "志愿代价",
        "路程（米）",
    ]
    assert list(curve.points[0].values) == [
        reached["balance"] / scales["balance"],
        reached["wishes"],
        reached["travel"],
    ]
    assert [point.chosen for point in curve.points] == [True, False, False]
    assert [point.proven for point in curve.points] == [True, False, True]
    assert [point.name for point in curve.points] == ["现行次序", "", "志愿优先"]
