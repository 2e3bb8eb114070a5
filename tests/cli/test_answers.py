"""Every command answers in the one JSON form, and in the exit codes that are documented."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import QUESTION, Run

SCHEMA = json.loads((files("junheng.cli") / "schema/answer.schema.json").read_text("utf-8"))


def _answer(output: str) -> dict[str, Any]:
    answer = json.loads(output)
    Draft202012Validator(SCHEMA).validate(answer)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    "words",
    [
        ("roster", "check", "{county}"),
        ("roster", "diff", "{county}", "{county}"),
        ("pack", "list"),
        ("pack", "show", "datong"),
        ("screen", "{county}", *QUESTION),
        ("explain", "{county}", "--person", "T01000001", *QUESTION),
        ("audit", "{county}", "{plan}", *QUESTION),
        ("balance", "{county}", "{plan}", *QUESTION),
    ],
)
def test_command_answers_in_the_json_form(
    words: tuple[str, ...], run: Run, county: Path, planned: Path
) -> None:
    arguments = [word.format(county=county, plan=planned) for word in words]

    result = run(*arguments, "--json")

    assert result.exit_code == 0, result.output
    assert _answer(result.stdout)["command"] == " ".join(
        word for word in words[:2] if not word.startswith(("{", "-"))
    )


def test_plan_is_the_same_bytes_on_every_run(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    run("plan", county, *QUESTION, "--seed", "7", "--out", tmp_path)

    assert (tmp_path / "plan.json").read_bytes() == planned.read_bytes()


def test_check_of_a_messy_roster_answers_no_and_leaves_a_marked_copy(
    run: Run, tmp_path: Path
) -> None:
    messy = tmp_path / "杂乱.xlsx"
    run("sample", messy, "--seed", "7", "--messy")

    result = run("roster", "check", messy)

    assert result.exit_code == 1
    assert (tmp_path / "杂乱（标注）.xlsx").is_file()


def test_roster_with_errors_ends_with_two_and_names_every_problem(
    run: Run, tmp_path: Path
) -> None:
    messy = tmp_path / "杂乱.xlsx"
    run("sample", messy, "--seed", "7", "--messy")

    result = run("screen", messy, *QUESTION, "--json")

    problems = _answer(result.stdout)["problems"]
    assert result.exit_code == 2
    assert isinstance(problems, list)
    assert len([p for p in problems if p["severity"] == "error"]) > 10


def test_pack_with_an_unset_figure_ends_with_two_and_names_it(run: Run, county: Path) -> None:
    result = run("screen", county, "--pack", "unset-example", "--on", "2026-08-31", "--json")

    codes = {p["code"] for p in _answer(result.stdout)["problems"]}
    assert result.exit_code == 2
    assert len(codes) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("screen", "没有这个文件.xlsx", *QUESTION),
        ("screen", "{county}", "--pack", "datong-example", "--on", "2026-13-01"),
        ("screen", "{county}", "--pack", "datnog-example", "--on", "2026-08-31"),
        ("screen", "{county}", *QUESTION, "--set", "teacher-yaers=5"),
        ("explain", "{county}", *QUESTION, "--person", "没有此人"),
        ("pack", "check"),
        ("sample", "{county}.xlsx", "--units", "100", "--persons", "10"),
    ],
)
def test_wrong_use_ends_with_two_and_one_clear_message(
    words: tuple[str, ...], run: Run, county: Path
) -> None:
    result = run(*(word.format(county=county) for word in words))

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_setting_shows_who_changes_and_by_which_rule(run: Run, county: Path) -> None:
    result = run("screen", county, *QUESTION, "--set", "teacher-years=5", "--json")

    changes = _answer(result.stdout)["result"]["changes"]
    assert changes
    assert {"person_id", "from", "to", "because"} <= set(changes[0])


def test_english_is_spoken_when_asked_for(run: Run, county: Path) -> None:
    result = run("roster", "check", county, "--lang", "en")

    assert "Checked: 0 errors" in result.stderr


def test_report_leaves_registers_page_and_pictures(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    result = run("report", county, planned, *QUESTION, "--out", tmp_path)

    assert result.exit_code == 0, result.output
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {"名册.xlsx", "情况说明.docx", "方案一览.html", "流向图.svg", "流向图.png"}
    assert not list(tmp_path.glob("*内部*"))


@pytest.mark.slow
def test_report_draws_the_trade_off_when_asked(
    run: Run, county: Path, planned: Path, tmp_path: Path
) -> None:
    result = run("report", county, planned, *QUESTION, "--trade-off", "--out", tmp_path)

    assert result.exit_code == 0, result.output
    assert (tmp_path / "取舍曲线.png").is_file()
