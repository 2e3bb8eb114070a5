"""Who is hired above the post structure (超岗聘用): named by lot among those exempted."""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.constraints.stocks import limit_of
from junheng.engine.planning.matrix import NO_LIMIT, Mask
from junheng.engine.planning.problem import Problem


def over_quota(problem: Problem, chosen: Mask) -> dict[int, str]:
    """Return for each arc above the limit of its place the guard whose limit it exceeds.

    Everybody counted, a place stands above its limit by some number; so many of the exempted
    arrivals there are named: the largest weight in the draw, then the last id.
    """
    stock = problem.structure
    after = stock.after(chosen)
    found: dict[int, str] = {}
    exempted = np.flatnonzero(chosen & problem.exempt)
    for place in np.flatnonzero(stock.established < NO_LIMIT).tolist():
        above = int(after[place]) - limit_of(stock, place)
        here = exempted[stock.arriving[exempted] == place].tolist()
        here.sort(key=lambda arc: (problem.draws[arc], problem.arcs.person[arc]), reverse=True)
        found |= dict.fromkeys(here[: max(0, above)], stock.names[place].rule)
    return found
