import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment
from tools.environment import ROOT, CannotPrepare, child_environment, ready_python, stamp


def test_stamp_changes_with_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp()
    changed = tmp_path / "requirements.lock"
    changed.write_text("click==8.5.1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "_LOCK", changed)

    assert stamp() != before


def test_children_speak_utf_8_and_find_our_tools_first() -> None:
    children = child_environment()

    assert children["PYTHONUTF8"] == "1"
    assert Path(children["PATH"].split(os.pathsep)[0]).parent == ROOT / ".venv"


def test_python_without_ensurepip_gets_one_line_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "_STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(CannotPrepare, match="python3-venv") as caught:
        ready_python()

    assert "\n" not in str(caught.value)


def test_old_python_gets_one_line_in_both_languages_and_exit_code_two() -> None:
    pretend = "import sys, runpy; sys.version_info = (3, 7); sys.argv = ['dev.py', 'test'];"
    pretend += "runpy.run_path('dev.py', run_name='__main__')"

    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, check=False
    )

    line = done.stderr.decode("utf-8")
    assert done.returncode == 2
    assert line.count("\n") == 1
    assert "需要 Python 3.11" in line
    assert "Python 3.11 or newer is needed" in line


def test_unknown_command_is_wrong_usage_on_a_code_page_936_console() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", "dance"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    )

    assert done.returncode == 2
    assert "dance" in done.stderr.decode("utf-8")
