import sys
from pathlib import Path

from tools.walk_from_wheel import main, steps

_RECORDING = """
import sys
from pathlib import Path
Path(__file__).with_suffix(".log").open("a").write(sys.argv[1] + "\\n")
sys.exit({codes}.get(sys.argv[1], 0))
"""


def _command(folder: Path, codes: dict[str, int]) -> list[str]:
    """Return a command that records its first argument and ends with the code given for it."""
    script = folder / "recording.py"
    script.write_text(_RECORDING.format(codes=codes), encoding="utf-8")
    return [sys.executable, str(script)]


def _called(folder: Path) -> list[str]:
    return (folder / "recording.log").read_text(encoding="utf-8").split()


def test_walk_takes_every_step_in_order(tmp_path: Path) -> None:
    code = main(_command(tmp_path, {}))

    assert code == 0
    assert _called(tmp_path) == ["--help", "sample", *(step[0] for step in steps(tmp_path))]


def test_walk_stops_at_the_first_step_that_fails(tmp_path: Path) -> None:
    code = main(_command(tmp_path, {"plan": 1}))

    assert code == 1
    assert _called(tmp_path)[-1] == "plan"


def test_command_that_does_not_start_fails_the_walk(tmp_path: Path) -> None:
    code = main(_command(tmp_path, {"--help": 3}))

    assert code == 1
    assert _called(tmp_path) == ["--help"]


def test_version_without_sample_counties_has_nothing_to_walk(tmp_path: Path) -> None:
    code = main(_command(tmp_path, {"sample": 2}))

    assert code == 0
    assert _called(tmp_path) == ["--help", "sample"]
