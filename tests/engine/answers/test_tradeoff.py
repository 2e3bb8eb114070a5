import pytest

from junheng.engine.answers.pricing_words import point_lines
from junheng.engine.answers.tradeoff import AT_MOST, TODAY, Point, TradeOff, trade_off
from junheng.engine.planning import Conflict, Planned, plan
from junheng.messages import Language
from tests.engine.planning.brute_force import County
from tests.engine.planning.small_counties import SEED, small_county, tried

ORDER = ("unmet_obligations", "balance", "wishes", "travel")


def _curve(county: County) -> TradeOff:
    found = trade_off(county.roster, county.screening, seed=SEED)
    assert isinstance(found, TradeOff)
    return found


def _values(point: Point) -> tuple[int, ...]:
    return tuple(point.values[each] for each in ORDER)


@pytest.mark.parametrize("seed", range(8))
def test_every_point_is_a_plan_that_no_other_beats_in_all_objectives(seed: int) -> None:
    county = small_county(seed)
    plans = {each.values for each in tried(county)}
    if not plans:
        assert isinstance(trade_off(county.roster, county.screening, seed=SEED), Conflict)
        return

    points = [_values(each) for each in _curve(county).found]

    assert set(points) <= plans
    for point in points:
        better = [p for p in plans if p != point and all(map(int.__le__, p, point))]
        assert better == []


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_one_point_is_the_plan_of_the_packs_order_and_all_are_proven(seed: int) -> None:
    county = small_county(seed)
    outcome = plan(county.roster, county.screening, seed=SEED)
    if not isinstance(outcome, Planned):
        return

    points = _curve(county).found

    best = {each.id: each.value for each in outcome.plan.objectives if each.id in ORDER}
    assert [each.values for each in points if each.label == TODAY] == [best]
    assert all(each.proven for each in points)


def test_points_with_a_ceiling_keep_it_and_read_in_both_languages() -> None:
    county = small_county(27)
    curve = _curve(county)

    capped = [each for each in curve.found if each.label == AT_MOST]
    said = [point_lines(curve.found, curve.scales, county.pack, each) for each in Language]

    assert [(p.ceiling, p.values["balance"], p.values["wishes"]) for p in capped] == [
        (1_850_000, 1_562_500, 8)
    ]
    assert len(said[0]) == len(said[1]) == len(curve.found) + 1
