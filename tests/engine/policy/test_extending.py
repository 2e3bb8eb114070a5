from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import require, resolve, unset_for
from junheng.errors import PackError, QuestionError
from tests.engine.policy.small_packs import ON, child

_CAP = """\
quotas:
  - {id: team-cap, title: 本县班子上限, source: sd-2, strength: %s,
     count: {among: movers, who: {class: leader}}, at_most: {number: %s}, per: unit,
     each: year, rounding: none}
"""


@pytest.mark.parametrize("number", [2, 3])
def test_child_may_tighten_what_its_parent_opens_to_the_stricter(
    tmp_path: Path, number: int
) -> None:
    pack = child(tmp_path, _CAP % ("hard", number))

    figure = pack.items.quotas["team-cap"].bound.number
    assert isinstance(figure, Literal)
    assert (figure.values, pack.items.quotas["team-cap"].title) == ((number,), "本县班子上限")


@pytest.mark.parametrize(("strength", "number"), [("hard", 4), ("principle", 2)])
def test_child_may_neither_loosen_nor_change_anything_else(
    tmp_path: Path, strength: str, number: int
) -> None:
    with pytest.raises(PackError) as refused:
        child(tmp_path, _CAP % (strength, number))

    codes = [problem.code for problem in refused.value.problems if problem.is_error]
    assert codes == ["pack.not-stricter"]


_HEADER = """\
pack:
  id: lone
  title: 单独的包
  level: county
  authority: 示例县教育局
  version: "1"
  valid: {undated: 示例}
  kind: %s
%s
"""


def _lone(folder: Path, kind: str, more: str) -> Path:
    path = folder / "lone.yaml"
    path.write_text(_HEADER % (kind, more), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["activity", "hiring", "rotation"])
def test_pack_without_rules_is_not_screened(tmp_path: Path, kind: str) -> None:
    pack = resolve(load(_lone(tmp_path, kind, "")), on=ON)

    with pytest.raises(QuestionError) as refused:
        require(pack, "screening")

    assert [each.code for each in refused.value.problems] == [f"pack.no-rules-{kind}"]


_WAITING = """\
  as_of: day
  precedence: [due]
  otherwise: not_due
  tracks: [teacher]
  needs_document: {title: 暂行规定, source: own-1}
sources:
  - id: own
    title: 本县办法
    issuer: 示例县教育局
    number: {unset: 示例}
    dated: 2020-01-01
    clauses:
      - {id: own-1, at: 一, says: 年限见暂行规定}
dates:
  - {id: day, title: 截止日, year: programme, month_day: 08-31}
parameters:
  - {id: years, title: 年限, unit: years, values: [{unset: 见暂行规定, source: own-1}]}
facts:
  - {id: hired, from: years_since_recruited, title: 年限, source: own-1,
     with: {clock: calendar_years, part_year: drop}}
rules:
  - {id: long-here, title: 满年限, source: own-1, effect: due, track: teacher, strength: hard,
     when: {fact: hired, at_least: {parameter: years}}, if_unknown: ask}
"""


def test_document_to_be_supplied_is_named_beside_what_it_leaves_unset(tmp_path: Path) -> None:
    pack = load(_lone(tmp_path, "rotation", _WAITING))

    waiting = unset_for(resolve(pack, on=ON), "screening")
    supplied = unset_for(resolve(pack, on=ON, settings={"years": "5"}), "screening")

    named = [(each.code, each.values.get("found", "")) for each in waiting]
    assert named == [("pack.unset", ""), ("pack.needs-document", "暂行规定")]
    assert supplied == ()
