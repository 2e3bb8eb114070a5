from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.policy.linting.copying import LONGEST, copied
from tests.engine.policy.small_packs import child

_PRINTED = "（一）校长、教师在同一所义务教育学校连续任教满六年的，原则上应当进行交流轮岗。"
_OWN = """\
sources:
  - id: own
    title: 本县办法
    issuer: 示例县教育局
    number: {unset: 示例}
    dated: 2020-01-01
    clauses:
      - {id: own-1, at: 一, says: 满了%s, rule: no, because: 示例}
"""
_MARKLESS = "校长教师在同一所义务教育学校连续任教满六年的原则上应当进行交流轮岗"


@pytest.mark.parametrize(("length", "found"), [(LONGEST - 1, 0), (LONGEST, 1)])
def test_wording_is_a_copy_from_twenty_characters_on(
    tmp_path: Path, length: int, found: int
) -> None:
    pack = child(tmp_path, _OWN % _MARKLESS[:length])

    assert len(copied(pack.items, _PRINTED)) == found


def test_copied_wording_names_the_clause_and_shows_the_stretch(tmp_path: Path) -> None:
    pack = child(tmp_path, _OWN % _MARKLESS)

    (problem,) = copied(pack.items, _PRINTED)

    assert (problem.values["item"], problem.values["found"]) == ("own-1", _MARKLESS[:LONGEST])
