"""Screening of a million persons against one hand-written Polars query, in one process.

Both start from the same persons, units, stints, circumstances and wishes tables. The query
knows the datong-example rules by heart: due, deferred and deemed, for data without gaps; the
screening answers every rule with yes, no or unknown and decides every outcome. The ratio leaves
out the fingerprint of the receipt, which the query has no counterpart of; a whole ``screen``
with it, as a user waits for it, is timed beside.

Asked for: at most fifteen times the query. Every other shipped pack with rules, as its cases
set it and with a plain choice where it is still open, is timed on the same roster in turns with
datong-example; asked for, per distinct fact and person: at most twice the time of that.

``python -m bench.screening [PERSONS] [--packs PACK …]`` times the packs named instead of all.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve, resolve_with
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.unset import unset_for
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.screening import decide, evaluate, rule_columns, screen

ON = date(2026, 8, 31)
PERSONS = 1_000_000
PERSONS_A_UNIT = 40
UNITS_A_COUNTY = 125
LIMIT = 15
RUNS = 3
REFERENCE = "datong-example"
FACTOR = 2
_WORDS = ("孕期", "哺乳期", "重病")


@dataclass(frozen=True, slots=True)
class Timed:
    """A pack's seconds and distinct facts, and those of the reference beside it."""

    seconds: float
    facts: int
    beside: float
    beside_facts: int

    @property
    def share(self) -> float:
        """Return the time for a fact and person as a multiple of the reference's."""
        return self.seconds / self.facts / (self.beside / self.beside_facts)


def _history(roster: Roster) -> pl.LazyFrame:
    """Sum up the stints of each person."""
    stints = (
        roster["stints"]
        .lazy()
        .filter(pl.col("since") <= ON)
        .with_columns(
            open=pl.col("until").is_null() | (pl.col("until") > ON),
            leading=pl.col("stint_kind") == "任职",
        )
        .join(roster["units"].lazy().select("unit_id", "unit_area", "unit_kind"), on="unit_id")
    )
    years = (pl.lit(ON) - pl.col("since")).dt.total_days() / 365.25
    worked = (
        pl.min_horizontal(pl.col("until").fill_null(ON), pl.lit(ON)) - pl.col("since")
    ).dt.total_days() / 365.25
    hills = pl.col("unit_area").is_in(["山区", "丘陵"])
    remote = (pl.col("unit_area") == "边远") | (pl.col("unit_kind") == "教学点")
    return stints.group_by("person_id").agg(
        teaching=years.filter(pl.col("open") & ~pl.col("leading")).max(),
        leading=years.filter(pl.col("open") & pl.col("leading")).max(),
        cycle=(pl.col("cycle_completed") & pl.col("open")).any(),
        hills=worked.filter(hills).sum(),
        remote=worked.filter(remote).sum(),
    )


def by_hand(roster: Roster) -> pl.DataFrame:
    """Compute due, deferred and deemed as one lazy query, without unknowns."""
    grounds = (
        roster["circumstances"]
        .lazy()
        .filter(
            (pl.col("since") <= ON) & (pl.col("until").is_null() | (pl.col("until") > ON)),
            (pl.col("publicised_until") - pl.col("publicised_since")).dt.total_days() >= 7,
            pl.col("circumstance").is_in(["孕期", "哺乳期", "重病"]),
        )
        .group_by("person_id")
        .agg(deferred=pl.len() > 0)
    )
    wishes = (
        roster["wishes"]
        .lazy()
        .filter(pl.col("wish_kind") == "留任意愿")
        .group_by("person_id")
        .agg(stays=pl.len() > 0)
    )
    age = (pl.lit(ON) - pl.col("birth")).dt.total_days() / 365.25
    young = age <= pl.when(pl.col("sex") == "男").then(50).otherwise(45)
    leader = pl.col("office_level").is_in(["正校级", "副校级"])
    teacher = pl.col("full_time_teacher") & ~leader
    area = (pl.col("hills") >= 9) | (pl.col("remote") >= 6)
    return (
        roster["persons"]
        .lazy()
        .join(_history(roster), on="person_id", how="left")
        .join(grounds, on="person_id", how="left")
        .join(wishes, on="person_id", how="left")
        .select(
            "person_id",
            due=(leader & (pl.col("leading") >= 6) & young)
            | (teacher & (pl.col("teaching") >= 6) & pl.col("cycle") & young),
            deferred=pl.col("deferred").fill_null(value=False),
            deemed=area & pl.col("stays").fill_null(value=False),
        )
        .sort("person_id")
        .collect()
    )


def screened(roster: Roster, pack: ResolvedPack) -> pl.DataFrame:
    """Answer every rule and decide every outcome, from the tables alone."""
    evaluation, judged = evaluate(roster, pack)
    verdicts = decide(evaluation, judged)
    return rule_columns(evaluation, judged).hstack(verdicts.drop("person_id"))


def timed(work: Callable[[], pl.DataFrame]) -> float:
    """Return the median time of some runs, in seconds."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def questions(names: Sequence[str]) -> Iterator[tuple[str, ResolvedPack]]:
    """Yield the packs with rules, everything decided that screening reads."""
    for name in names:
        pack = load(name)
        if not pack.items.rules:
            continue
        cases = pack.items.settings.get("for-cases")
        settings: dict[str, Any] = {} if cases is None else dict(cases.values)
        for problem in unset_for(resolve_with(pack, on=ON, settings=settings), "screening"):
            settings[problem.values["id"]] = _plain_choice(pack, problem.values["id"])
        yield name, resolve_with(pack, on=ON, settings=settings)


def _plain_choice(pack: Pack, identity: str) -> Any:
    """Return some value that is allowed for what a pack leaves open."""
    items = pack.items
    if identity in items.switches:
        switch = items.switches[identity]
        return [*(word for word, _ in switch.options), *TOPICS.get(switch.topic, ())][0]
    if identity in items.dates:
        return f"{ON:%m-%d}"
    if identity in items.bodies:
        return ("示例县人民医院",)
    return _WORDS if items.parameters[identity].unit == "words" else "6"


def by_fact(roster: Roster, pack: ResolvedPack) -> tuple[float, int]:
    """Return the seconds one screening takes and how many distinct facts it computes."""
    start = time.perf_counter()
    evaluation, judged = evaluate(roster, pack)
    decide(evaluation, judged)
    rule_columns(evaluation, judged)
    return time.perf_counter() - start, len(evaluation.computed_facts)


def in_turns(roster: Roster, pack: ResolvedPack, reference: ResolvedPack) -> Timed:
    """Time a pack in turns with the reference, each several times; keep the medians."""
    rounds = [(by_fact(roster, reference), by_fact(roster, pack)) for _ in range(RUNS)]
    seconds, beside = (statistics.median(each[side][0] for each in rounds) for side in (1, 0))
    return Timed(seconds, rounds[0][1][1], beside, rounds[0][0][1])


def other_packs(roster: Roster, names: Sequence[str]) -> bool:
    """Time every pack for each distinct fact and person; return whether all keep the limit."""
    persons = roster["persons"].height
    reference = resolve(load(REFERENCE), on=ON)
    kept = True
    for name, pack in questions(names):
        found = in_turns(roster, pack, reference)
        print(
            f"{name:<28}{found.seconds:7.2f} s {found.facts:4} facts "
            f"{found.seconds / found.facts / persons * 1e9:8.1f} ns each"
            f"{found.share:6.2f} × {REFERENCE} ({found.beside:.2f} s)",
            flush=True,
        )
        kept &= found.share <= FACTOR
    return kept


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if something takes longer than asked for."""
    asked = argparse.ArgumentParser(prog="python -m bench.screening")
    asked.add_argument("persons", nargs="?", type=int, default=PERSONS)
    asked.add_argument("--packs", nargs="+", default=shipped())
    asked.add_argument("--only-packs", action="store_true", help="leave out the query")
    given = asked.parse_args(arguments)
    units = given.persons // PERSONS_A_UNIT
    counties = max(units // UNITS_A_COUNTY, 1)
    roster = generate(units=units, persons=given.persons, seed=1, on=ON, counties=counties)
    sizes = {name: roster[name].height for name in ("persons", "stints", "circumstances")}
    print(", ".join(f"{count:,} {name}" for name, count in sizes.items()), flush=True)
    near = given.only_packs or against_query(roster)
    return int(not (other_packs(roster, given.packs) and near))


def against_query(roster: Roster) -> bool:
    """Time the screening against the hand-written query; return whether it keeps the limit."""
    pack = resolve(load(REFERENCE), on=ON)
    hand = timed(lambda: by_hand(roster))
    ours = timed(lambda: screened(roster, pack))
    whole = timed(lambda: screen(roster, pack).verdicts)
    print(f"one hand-written query  {hand:7.2f} s")
    print(f"screening, all rules    {ours:7.2f} s   median of {RUNS}")
    print(f"ratio                   {ours / hand:7.1f}     asked for: at most {LIMIT}")
    print(f"screen with receipt     {whole:7.2f} s   with the fingerprint of the roster")
    return ours <= LIMIT * hand


if __name__ == "__main__":
    sys.exit(main())
