"""What each word after ``dev.py`` runs, inside the checkout's own environment."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tools.environment import ROOT, CannotPrepare, child_environment, ready_python

_INTERRUPTED = 130
_TEST_PROCESSES = 2


class Check(NamedTuple):
    """One check of ``dev.py check``: what it is called and what it runs."""

    title: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("format", ("ruff", "format", "--check", ".")),
    Check("lint", ("ruff", "check", ".")),
    Check("types", ("mypy",)),
    Check("import contracts", ("tools.check_imports",)),
    Check("sizes", ("tools.check_sizes",)),
    Check("glossary", ("tools.check_glossary",)),
    Check("reasons of exceptions", ("tools.check_noqa_reasons",)),
    Check("lock", ("tools.check_lock",)),
    Check("packs", ("junheng", "pack", "check", "--all")),
)


def run(arguments: Sequence[str]) -> int:
    """Run one command of ``dev.py``; what follows the command is passed on.

    Returns
    -------
    int
        0 done, 1 a check or test failed, 2 wrong usage or no environment, 130 interrupted.
    """
    options, rest = _parser().parse_known_args(arguments)
    try:
        return _COMMANDS[options.command](ready_python(), rest)
    except CannotPrepare as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断 / Interrupted\n")
        return _INTERRUPTED


def demo(python: Path, rest: Sequence[str]) -> int:
    """Walk once through a sample county and say where the files lie."""
    return _call(python, "junheng.cli.demo", *rest)


def bench(python: Path, rest: Sequence[str]) -> int:
    """Print every figure that the documentation claims."""
    return _call(python, "bench.bench", *rest)


def docs(python: Path, rest: Sequence[str]) -> int:
    """Build the documentation into ``build/docs``; a broken link or warning is an error."""
    sphinx = ("sphinx", "-W", "--keep-going", "-q", "docs", "build/docs")
    code = _call(python, *sphinx, *rest)
    if code == 0:
        sys.stderr.write("文档 / documentation: build/docs/index.html\n")
    return code


def check(python: Path, _rest: Sequence[str]) -> int:
    """Run every check, also after one that fails, and list at the end which failed."""
    failed: list[str] = []
    for each in CHECKS:
        sys.stderr.write(f"== {each.title}\n")
        if _call(python, *each.arguments) != 0:
            failed.append(each.title)
    sys.stderr.write(
        f"失败 / failed: {'; '.join(failed)}\n" if failed else "检查通过 / checks pass\n"
    )
    return 1 if failed else 0


def test(python: Path, rest: Sequence[str]) -> int:
    """Run the checks and all tests; with ``--fast`` only the tests that are not slow."""
    pytest = ("pytest", "-q", "-n", str(_TEST_PROCESSES))
    if "--fast" in rest:
        others = [word for word in rest if word != "--fast"]
        return _call(python, *pytest, "-m", "not slow", *others)
    checked = check(python, ())
    return _call(python, *pytest, *rest) or checked


_COMMANDS: dict[str, Callable[[Path, Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "docs": docs,
    "bench": bench,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="demo 演示，test 测试（--fast 快的），check 检查，docs 文档，bench 测速",
        allow_abbrev=False,
    )
    parser.add_argument("command", choices=list(_COMMANDS))
    return parser


def _call(python: Path, module: str, *arguments: str) -> int:
    done = subprocess.run(  # noqa: S603 -- fixed command of our own
        [str(python), "-m", module, *arguments],
        cwd=ROOT,
        env=child_environment(),
        check=False,
    )
    return done.returncode
