"""The school rule of 2017 (校级达标): six of seven indicators met, the other at least 85 %.

The figures stand in the pack. Source: 教督[2017]6号.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction


class Standing(StrEnum):
    """How one indicator of one school stands against its threshold."""

    MET = "met"
    NEAR = "near"
    FAILED = "failed"
    UNDECIDED = "undecided"


def standing(value: Fraction | None, threshold: Fraction, floor_share: Fraction) -> Standing:
    """Compare a value with its threshold and with the floor below it, unrounded."""
    if value is None:
        return Standing.UNDECIDED
    if value >= threshold:
        return Standing.MET
    return Standing.NEAR if value >= threshold * floor_share else Standing.FAILED


def rule_met(standings: Mapping[str, Standing], least_met: int) -> bool | None:
    """Tell whether a school meets the rule; None while missing amounts could decide it.

    Parameters
    ----------
    standings : one for each indicator
    least_met : how many must be met; the remaining ones must reach the floor
    """
    found = list(standings.values())
    may_miss = len(found) - least_met
    if Standing.FAILED in found or found.count(Standing.NEAR) > may_miss:
        return False
    return None if Standing.UNDECIDED in found else True
