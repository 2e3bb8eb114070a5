"""What an order reads is missed like anything else that is unset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve, unset_for

_ON = date(2026, 8, 31)
_PACK = Path(__file__).parent / "every-rule" / "pack.yaml"
_UNSET = "{unset: 待定}"
_FACT = f"""\
  - {{id: age-now, from: age, title: 周岁, source: ev-order, with: {{measure: {_UNSET}}}}}
"""
_KEY = "{fact: years-here, order: longest}]\n    ties"


def _unset(folder: Path, text: str) -> set[str]:
    path = folder / "pack.yaml"
    path.write_text(text, encoding="utf-8")
    pack = resolve(load(path), on=_ON)
    return {str(each.values["id"]) for each in unset_for(pack, "planning")}


@pytest.mark.parametrize(("fact", "missing"), [("years-here", set()), ("age-now", {"age-now"})])
def test_a_fact_that_only_an_order_reads_stops_planning_while_it_is_unset(
    tmp_path: Path, fact: str, missing: set[str]
) -> None:
    text = _PACK.read_text(encoding="utf-8")
    stated = text.replace("facts:\n", f"facts:\n{_FACT}", 1) if missing else text
    key = _KEY.replace("years-here", fact)

    assert _unset(tmp_path, stated.replace(_KEY, key, 1)) == missing


@pytest.mark.parametrize("what", ["service", "merit"])
def test_a_rubric_that_only_an_order_reads_stops_planning_while_it_is_unset(
    tmp_path: Path, what: str
) -> None:
    text = _PACK.read_text(encoding="utf-8")
    start = text.index("    items: [{id: service")
    line = text[start : text.index("\n", start)]
    points = line.replace("points: 2", f"points: {_UNSET}")
    unset = {"merit": f"    items: {_UNSET}", "service": points}

    assert _unset(tmp_path, text.replace(line, unset[what], 1))
