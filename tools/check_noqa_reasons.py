"""Check that every silenced finding says why, with a reason from a closed list.

``noqa``, ``type: ignore`` and ``pragma: no cover`` comments end with `` -- reason``.
mypy wants a second hash before it: ``# type: ignore[index]  # -- library without types``. A new
reason is added here, where a reviewer sees it.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = ("src", "tests", "tools", "bench", "docs")

REASONS = frozenset(
    {
        "fixed command of our own",
        "our own fixed script",
        "old interpreters must read this file",
        "a fixed stamp: the same bytes on every run",
        "no clock",
        "highspy is not typed",
        "library without types",
        "the interpreter is checked first",
        "imported late to start fast",
        "not a secret",
        "not for secrets",
        "not for security",
        "builds texts, lists and tables only",
        "picks test inputs",
        "a figure differs by a word",
        "our own file",
        "the public surface",
        "the test needs the wrong type",
        "reached on another system only",
        "a Chinese character that looks like another is meant",
        "the name is given by the framework",
        "just narrowed",
        "expat refuses entity bombs; size was checked",
        "a workbook's own date has no zone",
        "one argument for each option of the command",
        "the last door: a crash must say it is ours",
        "the value itself is three-valued",
    }
)

_SILENCER = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|ruff:\s*noqa|mypy:)")
_REASON = re.compile(r" -- (?P<reason>.+)$")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 1, finding) for every silencing comment without a listed reason."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or not _SILENCER.search(token.string):
            continue
        reason = _REASON.search(token.string)
        if reason is None:
            yield token.start[0], "ends without ' -- reason'"
        elif reason["reason"].strip() not in REASONS:
            yield token.start[0], f"reason not in the list: {reason['reason'].strip()}"


def main() -> int:
    """Print every fault as ``path:line: finding``; 1 when there are any."""
    paths = [ROOT / "dev.py"]
    paths += sorted(each for folder in _FOLDERS for each in (ROOT / folder).rglob("*.py"))
    found = False
    for path in paths:
        for line, finding in faults(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(ROOT).as_posix()}:{line}: {finding}")
            found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
