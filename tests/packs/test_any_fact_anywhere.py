"""Whatever fact a pack names wherever a fact may stand: refused by the check, or answered."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from junheng.engine.policy.registration import Fact, FactType
from junheng.engine.policy.resolving import resolve
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.roster.roster import Roster
from junheng.engine.scoring import score
from junheng.engine.screening import screen
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.errors import PackError, UnsetFigures
from tests.engine.policy.small_packs import ON, child
from tests.engine.screening.counties import ragged_county

_SETTINGS = {"clock": "calendar_years", "route": "separate", "base": "due"}
_KINDS = {
    "per": "points: 1",
    "bands": "bands: [{up_to: 3, points: 1}, {beyond: 3, points: 2}]",
    "ranges": "bands: [{at_least: 3, points: 1}]",
    "rank": "bands: [{top: 10%, points: 1}]",
    "table": "points: {yes: 1, no: 2}",
}


@cache
def _county() -> Roster:
    return ragged_county(41, persons=60)


def _compared(fact: Fact) -> str:
    match fact.type:
        case FactType.TRUTH:
            return "is: yes"
        case FactType.WORD:
            return f"is: {next(iter(fact.words), '甲')}"
        case FactType.WORDS:
            return f"overlaps: [{next(iter(fact.words), '甲')}]"
        case FactType.DATE:
            return "at_least: 2015-09-01"
        case FactType.NUMBER:
            return f"at_least: {'10%' if fact.unit == 'share' else '3'}"


def _answered(folder: Path, items: str) -> bool:
    """Load a pack and answer all it asks; whether it passed the check."""
    try:
        pack = child(folder, items)
    except PackError:
        return False
    resolved = resolve(pack, on=ON, settings=_SETTINGS)
    screen(_county(), resolved)
    evaluation = RosterEvaluation(_county(), resolved)
    for rubric in resolved.items.rubrics:
        score(evaluation, rubric)
    for key in (each for item in resolved.items.selection.values() for each in item.keys):
        evaluation.levels(key.fact)
    return True


@pytest.mark.parametrize("name", FACTS)
def test_fact_in_a_rule_is_refused_or_answered(name: str, tmp_path: Path) -> None:
    fact = FACTS[name]
    whose = ", of: own_unit" if fact.about == "unit" else ""
    needs = any(each.required for each in fact.settings.values())
    rule = (
        "rules:\n  - {id: new-rule, title: 新规则, source: sd-1, effect: due, track: teacher, "
        f"strength: hard, when: {{fact: {name}{whose}, {_compared(fact)}}}, if_unknown: ask}}\n"
    )

    try:
        answered = _answered(tmp_path, rule)
    except UnsetFigures:
        return

    assert not (answered and needs)


@pytest.mark.parametrize("name", FACTS)
def test_fact_in_a_rubric_or_an_order_is_refused_or_answered(name: str, tmp_path: Path) -> None:
    order = "latest" if FACTS[name].type is FactType.DATE else "highest"
    head = "{id: new, title: 新, source: sd-1"
    uses = [
        f"rubrics:\n  - {head}, combine: sum, items: "
        f"[{{id: one, kind: {kind}, fact: {name}, {rest}}}]}}\n"
        for kind, rest in _KINDS.items()
    ]
    uses.append(
        f"selection:\n  - {head}, strength: hard, keys: [{{fact: {name}, order: {order}}}]}}\n"
    )

    try:
        answered = [_answered(tmp_path, each) for each in uses]
    except UnsetFigures:
        return

    assert FACTS[name].about == "person" or not any(answered)


def test_fact_that_needs_no_settings_is_answered_in_a_rule_and_a_rubric(tmp_path: Path) -> None:
    rubric = (
        "rubrics:\n  - {id: new, title: 新, source: sd-1, combine: sum, "
        "items: [{id: one, kind: per, fact: post_grade, points: 1}]}\n"
        "selection:\n  - {id: order, title: 次序, source: sd-1, strength: hard, "
        "keys: [{fact: post_grade, order: highest}]}\n"
    )

    assert _answered(tmp_path, rubric)
