"""Facts of leadership offices (领导职务): terms served, promotion in place, leaving office."""

from __future__ import annotations

import numpy as np

from junheng.engine.policy.conditions import Literal
from junheng.engine.screening import days
from junheng.engine.screening.facts.columns import date_range
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.places import units_as_one
from junheng.engine.screening.facts.records import marked
from junheng.engine.screening.facts.retirement import SCALE, span
from junheng.engine.screening.facts.tenure import tenure
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import Doing
from junheng.engine.screening.verdicts import Truth

_MONTHS = 12


def terms_served(ground: Ground, measure: Measure) -> Computed:
    """Return the whole terms of office served without a break, each of the length stated."""
    months = measure.with_settings(
        "tenure", doing=Literal(("leading",)), clock="months", part_year="drop"
    )
    served = tenure(ground, months)
    if not isinstance(served.value, Numbers):
        return served
    length = measure.figure("term_length") * _MONTHS
    low, high = served.value.low, served.value.high
    terms = [each * length.denominator // length.numerator for each in (low, high)]
    unbounded = high >= UNBOUNDED
    return Computed(Numbers(terms[0], np.where(unbounded, UNBOUNDED, terms[1])), served.gaps)


def years_to_leaving_office(ground: Ground, measure: Measure) -> Computed:
    """Return the span to the day somebody leaves office, exact to the day."""
    first, last = date_range(ground.persons, "leaves_office_on")
    known = first != days.NEVER
    on = measure.day
    low = np.where(known, span(on, np.where(known, first, on)), -UNBOUNDED)
    high = np.where(known, span(on, np.where(known, last, on)), UNBOUNDED)
    gap = Gap("persons", "leaves_office_on", first != last)
    return Computed(Numbers(low, high, SCALE), (gap,))


def promoted_at_unit(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody holds an office at the unit where a lower one was held before.

    No for whoever leads nothing there today. A blank post or kind at the unit leaves it open
    unless what is stated suffices; so do stints that nobody declared complete.
    """
    stints = ground.stints
    size = ground.persons.height
    present = units_as_one(ground, ground.own_unit, measure)[stints.owner]
    here = units_as_one(ground, stints.unit, measure) == present
    here &= ground.own_unit[stints.owner] >= 0
    here &= (stints.possible != 1 << Doing.LEAVE) & (stints.first <= measure.day)
    vague = here & ((stints.post < 0) | _may_be_leave(stints.possible))
    known = here & ~vague & (stints.last <= measure.day)
    now = known & (stints.until > measure.day)
    level = stints.level
    best = np.zeros(size, dtype=np.int64)
    np.maximum.at(best, stints.owner[now], level[now])
    held = now & (level == best[stints.owner])
    begun_first = np.full(size, days.FOREVER)
    np.minimum.at(begun_first, stints.owner[held], stints.first[held])
    begun_last = np.full(size, days.FOREVER)
    np.minimum.at(begun_last, stints.owner[held], stints.last[held])
    lower = known & (level < best[stints.owner])
    before = lower & (stints.last < begun_first[stints.owner])
    perhaps = lower & (stints.first < begun_last[stints.owner])
    yes = marked(stints.owner[before], size)
    loose = marked(stints.owner[(here & ~known) | (perhaps & ~before)], size)
    closed = ground.closed("stints", (), measure.on)
    truth = Truth(yes, (loose | ~closed) & ~yes)
    gaps = (Gap("stints", "", ~closed), Gap("stints", "post", loose & truth.unknown))
    return Computed(Truths(truth), gaps)


def _may_be_leave(possible: Whole) -> Mask:
    found: Mask = (possible & (1 << Doing.LEAVE)) != 0
    return found
