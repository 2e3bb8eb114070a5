import importlib.util
import sys
from pathlib import Path

import pytest

from tools import commands
from tools.commands import CHECKS, Check, check
from tools.environment import CannotPrepare

_PASSES = Check("one that passes", ("this",))
_FAILS = Check("one that fails", ("json.tool", "no-such-file"))
_PYTHON = Path(sys.executable)


def test_every_check_names_a_module_that_exists() -> None:
    modules = {each.arguments[0] for each in CHECKS}

    assert {name for name in modules if importlib.util.find_spec(name) is None} == set()


def test_check_goes_on_after_a_failure_and_names_the_failed_ones(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "CHECKS", (_FAILS, _PASSES))

    code = check(_PYTHON, ())

    talk = capfd.readouterr().err
    assert code == 1
    assert "== one that passes" in talk
    assert talk.splitlines()[-1] == "失败 / failed: one that fails"


def test_check_ends_with_zero_when_all_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "CHECKS", (_PASSES,))

    assert check(_PYTHON, ()) == 0


def test_environment_that_cannot_be_made_is_one_line_and_code_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> Path:
        raise CannotPrepare("one line")

    monkeypatch.setattr(commands, "ready_python", refuse)

    assert commands.run(["check"]) == 2
    assert capsys.readouterr().err == "one line\n"


def test_interruption_is_one_line_and_code_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "ready_python", interrupt)

    assert commands.run(["check"]) == 130
    assert capsys.readouterr().err == "\n已中断 / Interrupted\n"
