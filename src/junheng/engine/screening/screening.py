"""Screening a roster under a pack: rules, outcomes and receipt."""

from __future__ import annotations

from importlib.metadata import version

import polars as pl

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import require
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.outcomes import verdicts
from junheng.engine.screening.receipt import Receipt
from junheng.engine.screening.rules import RuleTruth, judge
from junheng.engine.screening.verdicts import Screening, Truth


def screen(roster: Roster, pack: ResolvedPack) -> Screening:
    """Decide what every person is under a pack, on the pack's date.

    Raises
    ------
    UnsetFigures
        If a rule reads a figure or switch that is not set (§2); all are named.
    """
    require(pack, "screening")
    evaluation, judged = evaluate(roster, pack)
    return Screening(
        verdicts=decide(evaluation, judged),
        rules=rule_columns(evaluation, judged),
        evaluation=evaluation,
        receipt=receipt_of(roster, pack),
    )


def evaluate(
    roster: Roster, pack: ResolvedPack
) -> tuple[RosterEvaluation, dict[str, RuleTruth]]:
    """Answer every rule for every person; the first half of :func:`screen`."""
    evaluation = RosterEvaluation(roster, pack)
    return evaluation, judge(evaluation)


def decide(evaluation: RosterEvaluation, judged: dict[str, RuleTruth]) -> pl.DataFrame:
    """Return everybody's verdict and let conditions about tracks be asked from then on."""
    found = verdicts(evaluation.pack, judged, evaluation.ground.persons["person_id"])
    evaluation.tracks = tuple(found["track"].to_list())
    return found


def rule_columns(evaluation: RosterEvaluation, judged: dict[str, RuleTruth]) -> pl.DataFrame:
    """Return person ids and, for each rule, yes, no or null where unknown."""
    columns = {rule: _nullable(each.truth) for rule, each in judged.items()}
    return pl.DataFrame({"person_id": evaluation.ground.persons["person_id"], **columns})


def _nullable(truth: Truth) -> pl.Series:
    frame = pl.DataFrame({"yes": truth.yes, "unknown": truth.unknown})
    return frame.select(pl.when(~pl.col("unknown")).then("yes")).to_series()


def receipt_of(roster: Roster, pack: ResolvedPack) -> Receipt:
    """Return what an answer about a roster under a pack was computed from."""
    return Receipt(
        roster=fingerprint(roster),
        pack_id=pack.header.id,
        pack_version=pack.header.version,
        pack=pack.fingerprint,
        settings=pack.settings,
        engine=version("junheng"),
        on=pack.on,
        year=pack.year,
    )
