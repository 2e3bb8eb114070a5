"""The worked pack of these tests, and short ways to ask it something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve_with

WORKED = Path(__file__).parent / "worked"


@cache
def worked() -> Pack:
    """Return the worked pack."""
    return load(WORKED)


def resolved(on: date = date(2025, 8, 31), **settings: object) -> ResolvedPack:
    """Return the worked pack resolved with the settings of its cases."""
    chosen = {**dict(worked().items.settings["for-cases"].values), **settings}
    return resolve_with(worked(), on=on, settings=chosen)


def expecting(case_id: str, **expected: object) -> Pack:
    """Return the worked pack with one case only, which expects something else."""
    case = worked().items.cases[case_id]
    changed = replace(case, expect=tuple(expected.items()))
    return replace(worked(), items=replace(worked().items, cases={case_id: changed}))
