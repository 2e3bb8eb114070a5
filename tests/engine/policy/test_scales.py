from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.policy.conditions import (
    Comparator,
    Comparison,
    FactTest,
    Literal,
    Unset,
)
from junheng.engine.policy.items import Scale
from tests.engine.policy.small_packs import resolved

GRADES = Scale(
    id="four-grades",
    title="年度考核",
    grades=("优秀", "合格", "基本合格", "不合格"),
    equals=(("civil-grades", (("称职", "合格"), ("不称职", "不合格"))),),
)
_PACK = """\
scales:
  - id: levels
    title: 骨干级别
    source: sd-1
    grades: [国家级, 省级, 市级, 县级, 校级, 无]
facts:
  - {id: level, from: backbone_level, title: 骨干级别, source: sd-1, with: {kinds: [骨干教师]}}
classes:
  - {id: backbone, of: person, title: 骨干, source: sd-1,
     when: {fact: level, %s, on_scale: levels}}
  - {id: all-of-them, of: person, title: 全部, source: sd-1, when: {class: backbone}}
rules:
  - {id: deferred, title: 暂缓, source: sd-1, effect: deferred, strength: hard,
     when: {class: all-of-them}, if_unknown: ask}
"""


def test_grades_of_another_family_stand_for_those_they_equal() -> None:
    reached = (GRADES.reaching("合格"), GRADES.within("基本合格"))

    assert reached == (("优秀", "合格", "称职"), ("基本合格", "不合格", "不称职"))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("at_least: 市级", ("国家级", "省级", "市级")),
        ("more_than: 市级", ("国家级", "省级")),
        ("at_most: 县级", ("县级", "校级", "无")),
        ("less_than: 县级", ("校级", "无")),
    ],
)
def test_comparison_on_a_scale_is_resolved_into_the_words_it_allows(
    tmp_path: Path, written: str, words: tuple[str, ...]
) -> None:
    pack = resolved(tmp_path, _PACK % written)

    among = (Comparison(Comparator.AMONG, Literal(words)),)
    assert pack.items.classes["backbone"].when == FactTest("level", among)


def test_comparison_on_a_scale_with_an_unset_word_stays_unset(tmp_path: Path) -> None:
    least = "{id: least, title: 最低级别, unit: words, values: [{unset: 未载, source: sd-1}]}"
    text = f"parameters: [{least}]\n" + _PACK % "at_least: {parameter: least}"

    pack = resolved(tmp_path, text)

    test = pack.items.classes["backbone"].when
    assert isinstance(test, FactTest)
    assert isinstance(test.comparisons[0].figure, Unset)
