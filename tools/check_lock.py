"""Check the lock: every package pinned and hashed, and no address of any registry in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
_PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*==[^ ]+( ; [^\\]+)? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def faults(text: str) -> list[str]:
    """Return one line per fault of a lock's text, with the line number from 1."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if "://" in line:
            found.append(f"line {number}: holds an address")
        elif _PINNED.fullmatch(line):
            if number == len(lines) or not _HASH.fullmatch(lines[number]):
                found.append(f"line {number}: no hash follows")
        elif not _HASH.fullmatch(line):
            found.append(f"line {number}: neither a pinned package nor a hash")
    return found


def main() -> int:
    """Print the faults of ``requirements.lock``; 1 when there are any."""
    found = faults(_LOCK.read_text(encoding="utf-8"))
    for fault in found:
        print(f"requirements.lock {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
