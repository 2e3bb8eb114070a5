"""The checkout's own ``.venv``: made once, filled from the lock, then left alone.

Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VENV = ROOT / ".venv"
_STAMP = _VENV / "junheng-stamp.txt"
_LOCK = ROOT / "requirements.lock"


class CannotPrepare(Exception):
    """The environment cannot be made; the text is one line for the person at the keyboard."""


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment on this operating system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def child_environment() -> dict[str, str]:
    """Return the environment for children: UTF-8 everywhere, our tools first on the path."""
    scripts = python_of(_VENV).parent
    return {
        **os.environ,
        "PYTHONUTF8": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", "")]),
    }


def stamp() -> str:
    """Return what the environment was made from, as one hash.

    Covers the lock, the project file and the place of the checkout: when one of them changes,
    the environment is filled again. The Python that runs ``dev.py`` does not count: the lock
    is good for all, so two of them may take turns.
    """
    parts = [_LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts.append(str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ready_python() -> Path:
    """Return the interpreter of a filled ``.venv``, making and filling it when needed.

    Raises
    ------
    CannotPrepare
        When this Python has no ``venv``, or the packages could not be installed.
    """
    python = python_of(_VENV)
    wanted = stamp()
    if python.exists() and _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == wanted:
        return python
    _make(python)
    _fill(python)
    _STAMP.write_text(wanted, encoding="utf-8")
    return python


def _make(python: Path) -> None:
    if _works(python):
        return
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise CannotPrepare(
            "此 Python 缺少 venv 或 ensurepip：Debian、Ubuntu 先 apt install python3-venv。 / "
            "This Python lacks venv or ensurepip: on Debian, Ubuntu: apt install python3-venv."
        )
    _say("正在建立 .venv …… / Making .venv …")
    # --clear removes the remains of an environment whose interpreter is gone or too old
    _run(
        [sys.executable, "-m", "venv", "--clear", str(_VENV)], "建立 .venv 失败 / .venv failed"
    )


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    answer = subprocess.run(  # noqa: S603 -- fixed command of our own
        [str(python), "-c", question], capture_output=True, check=False
    )
    return answer.returncode == 0


def _fill(python: Path) -> None:
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    _say(
        "正在按 requirements.lock 安装依赖（首次约一分钟）…… / Installing the locked packages …"
    )
    failed = "安装依赖失败，请检查网络后重试。 / Packages not installed: check the network."
    _run([*pip, "--require-hashes", "--requirement", str(_LOCK)], failed)
    # The build backend is in the lock; without isolation nothing unhashed is fetched.
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], failed)


def _run(command: list[str], failed: str) -> None:
    done = subprocess.run(  # noqa: S603 -- fixed command of our own
        command, cwd=ROOT, env=child_environment(), check=False
    )
    if done.returncode != 0:
        raise CannotPrepare(failed)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
