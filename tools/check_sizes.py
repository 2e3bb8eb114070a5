"""Check sizes: functions, test functions and modules stay short.

A function body counts its lines without the docstring, first to last. Exceptions are listed
below by path (and function) with a reason; an entry that is no longer needed is itself a fault,
so that the list only shrinks.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_LINES = 60
TEST_LINES = 40
MODULE_LINES = 600
_FOLDERS = ("src", "tests", "tools", "bench")

EXCEPTIONS: Mapping[str, str] = {}
"""``path`` or ``path::function`` -> reason."""


@dataclass(frozen=True, slots=True)
class Oversize:
    """A module or function above its limit."""

    place: str
    lines: int
    limit: int

    def __str__(self) -> str:
        """Write the finding as one line."""
        return f"{self.place}: {self.lines} lines, at most {self.limit}"


def oversizes(path: str, text: str) -> Iterator[Oversize]:
    """Yield what is too long in one module.

    Parameters
    ----------
    path : path relative to the root, with forward slashes
    text : source of the module
    """
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield Oversize(path, lines, MODULE_LINES)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            limit = TEST_LINES if node.name.startswith("test_") else FUNCTION_LINES
            length = _body_lines(node)
            if length > limit:
                yield Oversize(f"{path}::{node.name}", length, limit)


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def faults(found: list[Oversize], exceptions: Mapping[str, str]) -> list[str]:
    """Return the findings that no exception covers, and the exceptions nothing needs."""
    places = {each.place for each in found}
    lines = [str(each) for each in found if each.place not in exceptions]
    lines += [
        f"{place}: exception no longer needed" for place in sorted(set(exceptions) - places)
    ]
    return lines


def main() -> int:
    """Print what is too long; 1 when there is anything."""
    found: list[Oversize] = []
    for path in sorted(each for folder in _FOLDERS for each in (ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        found += oversizes(place, path.read_text(encoding="utf-8"))
    lines = faults(found, EXCEPTIONS)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
