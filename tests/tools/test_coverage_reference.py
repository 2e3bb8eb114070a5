from pathlib import Path

from junheng.engine.policy.loading import load, shipped
from tests.engine.policy.small_packs import written
from tools.coverage_reference import PAGE, coverage, reference

_OWN = """\
sources:
  - id: own
    title: 本县办法
    issuer: 示例县教育局
    number: {unset: 示例}
    dated: 2020-01-01
    clauses:
      - {id: own-1, at: 一, says: 为了均衡, rule: no, because: 只说目的}
      - {id: own-2, at: 二, says: 满八年的可以暂缓}
      - {id: own-3, at: 三, says: 其余照旧}
parameters:
  - {id: eight, title: 八年, unit: years, values: [{value: 8, source: own-2}]}
rules:
  - {id: deferred, title: 暂缓, source: sd-1, effect: deferred, strength: hard,
     when: {fact: years-hired, at_least: {parameter: eight}}, if_unknown: ask}
"""


def test_clause_is_covered_by_an_item_no_rule_or_open(tmp_path: Path) -> None:
    folder = tmp_path / "child"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        written(tmp_path, _OWN).read_text(encoding="utf-8"), encoding="utf-8"
    )

    ((document, rows),) = coverage(load(folder))

    states = [(row.clause.id, row.state, row.items) for row in rows]
    assert (document.id, states) == (
        "own",
        [("own-1", "no-rule", ()), ("own-2", "covered", ("eight",)), ("own-3", "open", ())],
    )


def test_page_in_the_documentation_is_what_the_packs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(map(load, shipped()))
