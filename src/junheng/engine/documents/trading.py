"""The planner's points of a trade-off as a curve to draw."""

from __future__ import annotations

from junheng.engine.answers.pricing_words import objective_title
from junheng.engine.answers.replanning import may_lose
from junheng.engine.answers.tradeoff import AT_MOST, TODAY, Point, TradeOff
from junheng.engine.documents.charts.trade_off import TradeOffCurve, TradeOffPoint
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


def curve_of(trade_off: TradeOff, plan: Plan, screening: Screening) -> TradeOffCurve:
    """Return the traded objectives of every point, exact; the plan's own point is marked.

    What nobody trades (unmet obligations, selection) is left out.
    """
    pack = screening.evaluation.pack
    objectives = list(trade_off.scales)
    start = next((k for k, each in enumerate(objectives) if may_lose(each)), len(objectives))
    traded = objectives[start:]
    reached = {objective.id: objective.value for objective in plan.objectives}
    points = tuple(
        TradeOffPoint(
            name=_name(point, pack),
            values=tuple(point.values[each] / trade_off.scales[each] for each in traded),
            chosen=all(point.values[each] == reached.get(each) for each in traded),
            proven=point.proven,
        )
        for point in trade_off.found
    )
    titles = (objective_title(each, pack, Language.ZH, full=True) for each in traded)
    return TradeOffCurve(tuple(titles), points)


def _name(point: Point, pack: ResolvedPack) -> str:
    """Name a point by what comes first in it; those between stand where the axes say."""
    if point.label == AT_MOST:
        return ""
    if point.label == TODAY:
        return sentence("chart.point-today")
    title = objective_title(point.objective, pack, Language.ZH).partition("（")[0]
    return sentence("chart.point-first", title=title)
