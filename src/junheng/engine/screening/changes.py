"""Whose outcome changes when the pack is set differently (screen --set)."""

from __future__ import annotations

import polars as pl

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import require
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.screening import decide, evaluate


def what_if(roster: Roster, before: ResolvedPack, after: ResolvedPack) -> pl.DataFrame:
    """Return the persons whose outcome or track changes, sorted by id.

    Returns
    -------
    DataFrame
        ``person_id``, ``from``, ``to`` (outcomes), ``from_track``, ``to_track`` and
        ``because``: the rules that decide under ``after``.

    Raises
    ------
    UnsetFigures
        If either pack leaves unset what screening reads.
    """
    for pack in (before, after):
        require(pack, "screening")
    old, new = (decide(*evaluate(roster, pack)) for pack in (before, after))
    both = old.select("person_id", "outcome", "track").rename(
        {"outcome": "from", "track": "from_track"}
    )
    both = both.with_columns(
        new["outcome"].alias("to"), new["track"].alias("to_track"), new["because"]
    )
    changed = (pl.col("from") != pl.col("to")) | (pl.col("from_track") != pl.col("to_track"))
    return both.filter(changed).select(
        "person_id", "from", "to", "from_track", "to_track", "because"
    )
