from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve, unset_for
from junheng.engine.screening.cases import run_cases

_ON = date(2026, 8, 31)
_PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-pack.md"
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def _pack(folder: Path, *, decided: bool) -> Path:
    """Put the blocks of the page together as a reader would; the last is the decision."""
    blocks = _BLOCK.findall(_PAGE.read_text(encoding="utf-8"))
    *stated, decision = blocks
    path = folder / "pack.yaml"
    text = "".join(stated)
    if decided:
        text = text.replace("settings:\n", decision, 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_pack_written_as_the_how_to_says_has_no_error_and_no_warning(tmp_path: Path) -> None:
    pack = load(_pack(tmp_path, decided=False))

    assert [problem.code for problem in pack.warnings] == []
    assert set(pack.items.rules) == {
        "outside-scope",
        "defer-health",
        "defer-project",
        "must-temper",
        "may-encourage",
        "may-apply",
    }


def test_cases_of_the_how_to_come_out_as_the_page_says(tmp_path: Path) -> None:
    pack = load(_pack(tmp_path, decided=False))

    assert run_cases(pack) == ()


def test_decided_pack_of_the_how_to_is_enough_for_screening(tmp_path: Path) -> None:
    pack = load(_pack(tmp_path, decided=True))

    assert unset_for(resolve(pack, on=_ON), "screening") == ()


def test_decision_of_the_how_to_sets_what_it_names(tmp_path: Path) -> None:
    pack = load(_pack(tmp_path, decided=True))
    open_before = load(_pack(tmp_path, decided=False))

    resolved = resolve(pack, on=_ON)
    before = {
        each.values.get("id") for each in unset_for(resolve(open_before, on=_ON), "screening")
    }
    after = {each.values.get("id") for each in unset_for(resolved, "screening")}

    assert before - after == {"age-below", "age-measure", "grade-year", "missing-grade"}


_MORE = _PAGE.with_name("say-more-in-a-pack.md")


def test_further_ways_of_the_how_to_make_one_pack_without_errors(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    blocks = _BLOCK.findall(_MORE.read_text(encoding="utf-8"))
    path.write_text("".join(blocks), encoding="utf-8")

    pack = load(path)

    quotas = resolve(pack, on=_ON, settings={"twice": "first_listed"}).items.quotas
    assert list(quotas) == [
        "floors:leader",
        "floors:backbone",
        "floors:teacher",
        "walking:least",
        "walking:most",
    ]
