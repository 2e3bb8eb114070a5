"""``junheng pack explain``."""

import json

from tests.cli.conftest import Run

_BAN = ("pack", "explain", "scored-exchange-ninghai", "no-exchange", "--on", "2024-11-05")


def test_ban_is_told_with_clause_and_its_days(run: Run) -> None:
    told = run(*_BAN, "--since", "2024-11-05")

    assert told.exit_code == 0, told.output
    assert "五.3" in told.stdout
    assert "2025-01-01 起，到 2027-12-31 止" in told.stdout


def test_ban_without_a_day_is_told_by_its_length(run: Run) -> None:
    told = run(*_BAN)

    assert told.exit_code == 0, told.output
    assert "从下一自然年起，3 年" in told.stdout
    assert "2027" not in told.stdout


def test_json_holds_days_and_clauses(run: Run) -> None:
    told = json.loads(run(*_BAN, "--since", "2024-11-05", "--json").stdout)["result"]

    (act,) = told["acts"]
    assert (act["since"], act["until"], act["figures"]) == (
        "2025-01-01",
        "2028-01-01",
        {"years": "3"},
    )
    assert [each["at"] for each in told["clauses"]] == ["五.3"]


def test_unknown_item_is_refused_with_one_like_it(run: Run) -> None:
    refused = run("pack", "explain", "hiring-base", "publsh", "--on", "2025-07-01")

    assert refused.exit_code == 2
    assert "相近的：publish" in refused.stderr
