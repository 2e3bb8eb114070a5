"""Prints whose outcome changes between two readings of a pack."""

from __future__ import annotations

import polars as pl

from junheng.cli.console import Console
from junheng.messages import sentence


def show_outcome_changes(console: Console, changed: pl.DataFrame) -> list[dict[str, object]]:
    """Print each person with the outcome before and after and the rules; return them."""
    for row in changed.iter_rows(named=True):
        old = sentence(f"outcome.{row['from']}", console.language)
        new = sentence(f"outcome.{row['to']}", console.language)
        console.show(f"{row['person_id']}\t{old} → {new}\t{'、'.join(row['because'])}")
    console.say("cli.outcomes-changed", count=changed.height)
    return changed.to_dicts()
