"""Compile the Chinese wording of the command line library into the form Python reads.

``python -m tools.make_translations`` writes ``messages.mo`` beside ``messages.po``; a test
compares the two.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = (
    Path(__file__).resolve().parent.parent / "src/junheng/cli/locale/zh/LC_MESSAGES/messages.po"
)
_MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed stamp: the same bytes on every run
COMPILED = SOURCE.with_suffix(".mo")


def compiled() -> bytes:
    """Return the compiled catalogue."""
    with SOURCE.open("rb") as source:
        catalogue = read_po(source)
    catalogue.creation_date = catalogue.revision_date = _MADE
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> int:
    """Write the compiled catalogue."""
    COMPILED.write_bytes(compiled())
    return 0


if __name__ == "__main__":
    sys.exit(main())
