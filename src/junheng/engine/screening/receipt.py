"""The receipt of an answer (§3): everything somebody else needs to get the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an answer was computed from.

    Attributes
    ----------
    roster : fingerprint of the roster
    pack_id, pack_version, pack : the pack's id, version and fingerprint
    settings : what was set beyond the pack's text, id → value
    engine : version of junheng
    on, year : the date of the question and the programme year
    """

    roster: str
    pack_id: str
    pack_version: str
    pack: str
    settings: Mapping[str, str]
    engine: str
    on: date
    year: int
