from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.screening.cases import run_cases
from tests.engine.policy.small_packs import child

_GATE = """\
gates:
  - {id: senior, title: 高级职称, source: sd-1, opens: 高级教师, strength: hard,
     for: {class: leader}, when: {fact: full_time_teacher, is: yes}, if_unknown: ask}
cases:
  - {id: asked, title: 问一人, on: 2026-08-31, person: {%s}, expect: {gate: senior, passes: %s}}
"""


@pytest.mark.parametrize(
    ("person", "answer"),
    [
        ("office_level: 正校级, full_time_teacher: yes", "yes"),
        ("office_level: 正校级, full_time_teacher: no", "no"),
        ("office_level: 正校级, full_time_teacher: null", "unknown"),
        ("office_level: 无, full_time_teacher: no", "yes"),
    ],
)
def test_case_asks_whether_a_person_passes_a_gate(
    tmp_path: Path, person: str, answer: str
) -> None:
    wrong = "no" if answer == "yes" else "yes"

    right = run_cases(child(tmp_path, _GATE % (person, answer)))
    failing = run_cases(child(tmp_path, _GATE % (person, wrong)))

    assert (right, [each.code for each in failing]) == ((), ["screening.case-failed"])


_THROUGH_A_CLASS = """\
classes:
  - {id: outsider, of: person, title: 范围外的人, source: sd-1, when: {rule: outside}}
gates:
  - {id: senior, title: 高级职称, source: sd-1, opens: 高级教师, strength: hard,
     for: {class: outsider}, when: {fact: full_time_teacher, is: yes}, if_unknown: ask}
cases:
  - {id: asked, title: 问一人, on: 2026-08-31, settings: {clock: calendar_years},
     person: {unit_ownership: %s, full_time_teacher: no}, expect: {gate: senior, passes: %s}}
"""


@pytest.mark.parametrize(("ownership", "answer"), [("民办", "no"), ("公办", "yes")])
def test_gate_for_a_class_that_names_a_rule_asks_the_rule(
    tmp_path: Path, ownership: str, answer: str
) -> None:
    assert run_cases(child(tmp_path, _THROUGH_A_CLASS % (ownership, answer))) == ()
