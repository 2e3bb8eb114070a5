"""What somebody asked for (志愿): applications, staying, titles sought, exchanges agreed."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.screening import days
from junheng.engine.screening.facts.measure import Computed, Gap, Measure
from junheng.engine.screening.facts.records import Records, answered, marked
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers, Truths, Words
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.verdicts import Truth

APPLICATION, STAYING = "自愿申请", "留任意愿"
_CHOICE, _SWAP, _TITLE = "志愿", "对调", "申报职称"
_PAIR = 1 << 32


def wishes(ground: Ground, kind: str, on: date, matters: tuple[str, ...] = ()) -> Records:
    """Return the wishes of a kind entered by a day; one without a date has been entered.

    Of applications for something, those that say they are for it; one that does not say what
    it is for may be.
    """
    frame = ground.roster["wishes"]
    owner = ground.owners_of("wishes")
    meant = frame["wish_kind"].eq(kind).fill_null(value=False).to_numpy()
    by_then = days.day_numbers(frame["wished_on"], days.NEVER) <= days.number(on)
    sure = np.ones(len(owner), dtype=np.bool_)
    if matters:
        meant &= frame["matter"].is_in(matters).fill_null(value=True).to_numpy()
        sure = frame["matter"].is_not_null().to_numpy()
    rows = np.flatnonzero(meant & by_then & (owner >= 0))
    return Records(rows, owner[rows], sure[rows])


def applied(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody has applied by the day, for what the condition says."""
    return _wished(ground, measure, APPLICATION)


def wishes_to_stay(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody has stated by the day that they wish to stay."""
    return _wished(ground, measure, STAYING)


def seeks_title(ground: Ground, measure: Measure) -> Computed:
    """Return the title applied for; 不申报 where none is, between them where several are."""
    listed = FACTS["seeks_title"].words
    records = wishes(ground, _TITLE, measure.on)
    sought = ground.roster["wishes"]["sought"][records.row]
    code = sought.cast(pl.Enum(listed)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    size = ground.persons.height
    last = len(listed) - 1
    closed = ground.closed("wishes", (_TITLE,), measure.on)
    low, high = np.full(size, last), np.full(size, -1)
    np.minimum.at(low, records.owner, np.where(code < 0, 0, code))
    np.maximum.at(high, records.owner, np.where(code < 0, last, code))
    none = high < 0
    high = np.where(none, last, high)
    low = np.where(none & ~closed, 0, low)
    gaps = (Gap("wishes", "", none & ~closed), Gap("wishes", "sought", ~none & (low != high)))
    return Computed(Words(low, high, listed), gaps)


def first_wish_repeated(ground: Ground, measure: Measure) -> Computed:
    """Return for how many years running, up to the day's, the first wish was the same unit.

    A year without a first wish ends the run where the table is declared complete; else
    earlier years may have had the same.
    """
    frame = ground.roster["wishes"]
    records = wishes(ground, _CHOICE, measure.on)
    rows = frame[records.row]
    first = rows["wish_rank"].eq(1).fill_null(value=False).to_numpy()
    unit = rows["unit_id"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
    year = rows["wished_on"].dt.year().fill_null(measure.on.year).to_numpy()
    ago = measure.on.year - year.astype(np.int64)
    size = ground.persons.height
    span = int(ago[first].max(initial=-1)) + 2
    chosen = np.zeros((size, span), dtype=np.int64)
    chosen[records.owner[first], ago[first]] = unit[first]
    same = (chosen == chosen[:, :1]) & (chosen[:, :1] > 0)
    run = np.cumprod(same, axis=1).sum(axis=1)
    ends = chosen[np.arange(size), np.minimum(run, span - 1)]
    closed = ground.closed("wishes", (_CHOICE,), measure.on)
    may_go_on = (ends == 0) & ~closed
    value = Numbers(run, np.where(may_go_on, UNBOUNDED, run))
    return Computed(value, (Gap("wishes", "", may_go_on),))


def agreement_found(ground: Ground, measure: Measure) -> Computed:
    """Return whether somebody and a partner have each named the other to change places with."""
    frame = ground.roster["wishes"]
    records = wishes(ground, _SWAP, measure.on)
    partner = ground.owners(frame["partner_id"][records.row])
    unnamed = frame["partner_id"][records.row].is_null().to_numpy()
    named = records.owner * _PAIR + partner
    answer = partner * _PAIR + records.owner
    size = ground.persons.height
    mutual = np.isin(answer, named) & (partner >= 0)
    closed = np.append(ground.closed("wishes", (_SWAP,), measure.on), np.True_)
    waiting = unnamed | (~mutual & ~closed[partner])
    yes = marked(records.owner[mutual], size)
    unknown = (marked(records.owner[waiting], size) | ~closed[:size]) & ~yes
    gaps = (
        Gap("wishes", "", unknown),
        Gap("wishes", "partner_id", marked(records.owner[unnamed], size)),
    )
    return Computed(Truths(Truth(yes, unknown)), gaps)


def _wished(ground: Ground, measure: Measure, kind: str) -> Computed:
    records = wishes(ground, kind, measure.on, measure.matters)
    closed = ground.closed("wishes", (kind,), measure.on)
    truth = answered(records, records.certain, ~records.certain, closed)
    unsure = marked(records.owner[~records.certain], len(closed))
    return Computed(
        Truths(truth), (Gap("wishes", "", ~closed), Gap("wishes", "matter", unsure))
    )
