from __future__ import annotations

from pathlib import Path

import pytest

from junheng.engine.policy.reader import Scalar, Sequence, Table, read_file, read_text
from junheng.errors import PackPlace, Problem


def _read(text: str) -> tuple[Table | None, list[Problem]]:
    problems: list[Problem] = []
    return read_text(text, "rules.yaml", problems.append), problems


@pytest.mark.parametrize("text", ["no", "0123", "12:30", "1e3", "2021-08-31", "0.10"])
def test_scalar_stays_the_text_that_was_written(text: str) -> None:
    table, problems = _read(f"a: {text}\n")

    assert problems == []
    assert table is not None
    assert table.entries["a"] == Scalar(text, PackPlace("rules.yaml", 1, "a"))


def test_value_knows_its_line_and_the_keys_above_it() -> None:
    table, _ = _read("rules:\n  - id: a\n    when:\n      fact: sex\n")

    assert table is not None
    rules = table.entries["rules"]
    assert isinstance(rules, Sequence)
    rule = rules.parts[0]
    assert isinstance(rule, Table)
    when = rule.entries["when"]
    assert isinstance(when, Table)
    assert when.entries["fact"].place == PackPlace("rules.yaml", 4, "rules[1].when.fact")


def test_all_problems_of_a_file_are_reported_not_only_the_first() -> None:
    _, problems = _read("a: &x 1\nb: *x\nc: !!int 3\nd:\na: 2\n<<: {e: 1}\n")

    assert [(p.code, getattr(p.place, "line", 0)) for p in problems] == [
        ("pack.anchor", 1),
        ("pack.alias", 2),
        ("pack.tag", 3),
        ("pack.empty-value", 4),
        ("pack.repeated-key", 5),
        ("pack.merge", 6),
    ]


def test_every_line_with_a_tab_is_reported() -> None:
    table, problems = _read("a: 1\t\nb: 2\n\tc: 3\n")

    assert table is None
    assert [getattr(p.place, "line", 0) for p in problems] == [1, 3]


def test_deep_nesting_is_refused_and_the_rest_is_still_read() -> None:
    deep = "{a: " * 60 + "1" + "}" * 60

    table, problems = _read(f"first: {deep}\nlast: 1\n")

    assert [problem.code for problem in problems] == ["pack.too-deep"]
    assert table is not None
    assert "last" in table.entries


def test_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes("a: 1\nb: 教师\n".encode("gbk"))
    problems: list[Problem] = []

    assert read_file(path, "rules.yaml", problems.append) is None
    assert [(p.code, p.place) for p in problems] == [
        ("pack.not-utf-8", PackPlace("rules.yaml", 2))
    ]


def test_byte_order_mark_of_an_editor_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("a: 1\n", encoding="utf-8-sig")
    problems: list[Problem] = []

    table = read_file(path, "rules.yaml", problems.append)

    assert problems == []
    assert table is not None
    assert list(table.entries) == ["a"]


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"#" * 2_000_001)
    problems: list[Problem] = []

    assert read_file(path, "rules.yaml", problems.append) is None
    assert [problem.code for problem in problems] == ["pack.file-too-large"]


def test_key_that_is_a_list_is_refused() -> None:
    _, problems = _read("? [a, b]\n: 1\nc: 2\n")

    assert [problem.code for problem in problems] == ["pack.key-not-a-word"]
