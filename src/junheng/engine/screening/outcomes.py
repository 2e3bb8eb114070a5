"""From the truth of rules to the outcome of every person (结论), by the pack's precedence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.engine.policy.items import MOVABLE, Outcome, Strength
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.rules import RuleTruth

OUTCOMES = tuple(Outcome)
_STRENGTHS = tuple(Strength)


@dataclass(frozen=True, slots=True)
class Walk:
    """How the precedence was walked for every person.

    Attributes
    ----------
    possible : effect → persons for whom it is the outcome or could be
    decided : persons with one possible outcome
    """

    possible: Mapping[Outcome, Mask]
    decided: Mask


def walk(pack: ResolvedPack, judged: Mapping[str, RuleTruth], size: int) -> Walk:
    """Walk the precedence from the top; an effect that holds for somebody ends the walk.

    An effect of which a rule is unknown could be the outcome and the walk goes on; at the end
    stands the outcome of those for whom nothing holds.
    """
    going = np.ones(size, dtype=np.bool_)
    possible: dict[Outcome, Mask] = {}
    for effect in pack.header.precedence:
        truths = [each.truth for each in judged.values() if each.rule.effect is effect]
        holds = np.zeros(size, dtype=np.bool_)
        unsure = np.zeros(size, dtype=np.bool_)
        for truth in truths:
            holds |= truth.yes
            unsure |= truth.unknown
        possible[effect] = going & (holds | unsure)
        going &= ~holds
    rest = possible.get(pack.header.otherwise, np.zeros(size, dtype=np.bool_))
    possible[pack.header.otherwise] = rest | going
    count = np.zeros(size, dtype=np.int64)
    for mask in possible.values():
        count += mask
    return Walk(possible, count == 1)


def verdicts(
    pack: ResolvedPack, judged: Mapping[str, RuleTruth], person_ids: pl.Series
) -> pl.DataFrame:
    """Return the verdict of every person; columns as in :class:`.verdicts.Screening`.

    Persons with the same rules holding and unknown share one line of a small table; it is
    worked out once and taken for each.
    """
    size = person_ids.len()
    walked = walk(pack, judged, size)
    pattern = _patterns(judged, size)
    order, inverse = np.unique(pattern, return_inverse=True)
    first = np.zeros(len(order), dtype=np.int64)
    first[inverse[::-1]] = np.arange(size - 1, -1, -1)
    lines = [_line(pack, judged, walked, int(person)) for person in first]
    table = pl.DataFrame(lines, schema=_SCHEMA)
    return pl.DataFrame({"person_id": person_ids}).hstack(table[inverse])


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "outcome": pl.String,
    "track": pl.String,
    "also": pl.List(pl.String),
    "could_be": pl.List(pl.String),
    "because": pl.List(pl.String),
    "strength": pl.String,
}


def _patterns(judged: Mapping[str, RuleTruth], size: int) -> Whole:
    """Give equal numbers to persons for whom every rule has the same answer."""
    pattern = np.zeros(size, dtype=np.int64)
    for each in judged.values():
        for mask in (each.truth.yes, each.truth.unknown, each.who.yes):
            pattern = _refined(pattern, mask)
    return pattern


def _refined(pattern: Whole, mask: Mask) -> Whole:
    refined = pattern * 2 + mask
    if refined.max(initial=0) >= 1 << 40:
        refined = np.unique(refined, return_inverse=True)[1]
    return refined


def _line(
    pack: ResolvedPack, judged: Mapping[str, RuleTruth], walked: Walk, person: int
) -> dict[str, object]:
    """Work out the verdict of one person, standing for all with the same pattern."""
    possible = [effect for effect in OUTCOMES if _holds(walked.possible.get(effect), person)]
    if len(possible) > 1:
        because = [
            each.rule.id
            for each in judged.values()
            if each.rule.effect in possible and _may_hold(each, person)
        ]
        return _verdict(Outcome.UNDECIDED, because=because, could_be=possible)
    outcome = possible[0]
    holding = [each.rule for each in judged.values() if each.truth.yes[person]]
    deciding = [rule for rule in holding if rule.effect is outcome]
    if not deciding:
        missed = [each.rule.id for each in judged.values() if _missed(each, person)]
        return _verdict(outcome, because=missed)
    tracks: list[str] = []
    if outcome in MOVABLE:
        own = {rule.track for rule in deciding}
        others = {rule.track for rule in holding if rule.effect in MOVABLE} - own
        named = pack.header.tracks
        tracks = [t for t in named if t in own] + [t for t in named if t in others]
    strength = min((rule.strength for rule in deciding), key=_STRENGTHS.index)
    return _verdict(
        outcome, because=[rule.id for rule in deciding], tracks=tracks, strength=strength
    )


def _verdict(
    outcome: Outcome,
    *,
    because: list[str],
    could_be: list[Outcome] | None = None,
    tracks: list[str] | None = None,
    strength: str = "",
) -> dict[str, object]:
    return {
        "outcome": outcome.value,
        "track": tracks[0] if tracks else "",
        "also": tracks[1:] if tracks else [],
        "could_be": [each.value for each in could_be or ()],
        "because": because,
        "strength": str(strength),
    }


def _holds(mask: Mask | None, person: int) -> bool:
    return mask is not None and bool(mask[person])


def _may_hold(each: RuleTruth, person: int) -> bool:
    return bool(each.truth.yes[person] or each.truth.unknown[person])


def _missed(each: RuleTruth, person: int) -> bool:
    """Return whether a rule is about the person, gives a duty or route, and does not hold."""
    about = each.rule.who is not None and bool(each.who.yes[person])
    return about and each.rule.effect in MOVABLE and bool(each.truth.no[person])
