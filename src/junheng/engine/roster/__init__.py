"""The roster (花名册): reading, checking, comparing and making it."""

from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.reading import Reading, examine, read_roster
from junheng.engine.roster.roster import Roster

__all__ = ["Reading", "Roster", "examine", "fingerprint", "read_roster"]
