"""Checks of a whole pack: everything that can be wrong is found when it is loaded."""

from __future__ import annotations

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.pack import Header, Items
from junheng.errors import PackPlace, Problem


def lint(header: Header, place: PackPlace, items: Items, drafts: list[Draft]) -> list[Problem]:
    """Return what is wrong or doubtful in a pack whose items could be read."""
    return []
