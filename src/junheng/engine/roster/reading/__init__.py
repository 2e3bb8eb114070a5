"""Reading rosters from workbooks and text files, with every problem found at once."""

from junheng.engine.roster.reading.examining import (
    Reading,
    SheetReading,
    examine,
    read_roster,
)

__all__ = ["Reading", "SheetReading", "examine", "read_roster"]
