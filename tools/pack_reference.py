"""Write ``docs/reference/packs.md``: what the shipped policy packs state and leave open.

``python -m tools.pack_reference`` writes it; a test compares it with the packs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from junheng.engine.policy.choosing import CHOSEN
from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.items import (
    Document,
    Item,
    Parameter,
    Quota,
    Rule,
    Strength,
)
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack
from junheng.messages import sentence

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "packs.md"

Kept = TypeVar("Kept", bound=Item)

_OPENING = """\
# 随带的政策包

本页由政策包本身生成（`python -m tools.pack_reference`）；`junheng pack show 编号` 显示更多。

原文没有写定的数字和读法保持“未定”，用到它们的计算会拒绝并指出名称；以“示例”命名的政策包虚构了一个县的决定，
把它们全部定下来，只供试用。
"""
_STRENGTHS = {
    Strength.HARD: "刚性",
    Strength.PRINCIPLE: "原则上",
    Strength.ENCOURAGED: "鼓励",
}
_RELATIONS = {"at_least": "不少于", "at_most": "不超过", "exactly": "恰好", "about": "左右"}


def reference(packs: Iterable[Pack]) -> str:
    """Return the page: one section for each pack."""
    return "\n".join([_OPENING, *("\n".join(_pack(pack)) for pack in packs)])


def _pack(pack: Pack) -> Iterator[str]:
    header = pack.header
    yield f"## {header.title}（`{header.id}`）\n"
    yield f"{header.authority}，第 {header.version} 版。\n"
    if header.extends:
        yield from _decided(pack)
    if _own(pack, pack.items.sources):
        yield from _stated(pack)


def _decided(pack: Pack) -> Iterator[str]:
    """Yield what a pack that stands on others has chosen."""
    above = "、".join(f"`{parent}`" for parent in pack.header.extends)
    chosen = pack.items.settings.get(CHOSEN)
    yield f"在 {above} 之上，选定：\n" if chosen else f"在 {above} 之上。\n"
    yield from _rows(
        "参数或开关 | 取值",
        (f"`{key}` | {_chosen(value)}" for key, value in (chosen.values if chosen else ())),
    )


def _stated(pack: Pack) -> Iterator[str]:
    """Yield what the text behind a pack states, and what it leaves open."""
    items = pack.items
    at = {clause.id: clause.at for each in items.sources.values() for clause in each.clauses}
    yield from _rows("文件 | 发文 | 文号 | 日期", map(_document, _own(pack, items.sources)))
    for heads, rows in (
        ("规则 | 效果与强度", [(each, _effect(each)) for each in _own(pack, items.rules)]),
        ("指标 | 要求", [(each, _demand(each)) for each in _own(pack, items.quotas)]),
        ("参数 | 取值", [(each, _figure(each)) for each in _own(pack, items.parameters)]),
        ("开关 | 取值", [(each, _chosen(each.chosen)) for each in _own(pack, items.switches)]),
    ):
        cited = [f"{_named(item)} | {text} | {_clauses(item, at)}" for item, text in rows]
        yield from _rows(f"{heads} | 条款", cited)


def _own(pack: Pack, held: Mapping[str, Kept]) -> list[Kept]:
    """Return the items that stand in the pack's own files."""
    return [each for each in held.values() if each.place.file.startswith(f"{pack.header.id}/")]


def _rows(heads: str, rows: Iterable[str]) -> Iterator[str]:
    lines = [f"| {row} |" for row in rows]
    if lines:
        yield f"| {heads} |\n|{'--|' * (heads.count('|') + 1)}"
        yield "\n".join([*lines, ""])


def _named(item: Item) -> str:
    return f"{item.title}（`{item.id}`）"


def _document(document: Document) -> str:
    absent = [
        cell.why if isinstance(cell, Unset) else str(cell)
        for cell in (document.number, document.dated)
    ]
    return " | ".join([_named(document), document.issuer, *absent])


def _clauses(item: Item, at: dict[str, str]) -> str:
    return "、".join(dict.fromkeys(at[clause] for clause in item.source))


def _effect(rule: Rule) -> str:
    return f"{sentence(f'outcome.{rule.effect}')}，{_STRENGTHS[rule.strength]}"


def _demand(quota: Quota) -> str:
    return f"{_RELATIONS[quota.relation]}，{_STRENGTHS[quota.strength]}"


def _figure(parameter: Parameter) -> str:
    values = [f"{_since(each.since)}{_value(each.value)}" for each in parameter.values]
    return f"{'；'.join(values)}（`{parameter.unit}`）"


def _since(since: object) -> str:
    return "" if since is None else f"自 {_chosen(since)}："


def _value(value: object) -> str:
    match value:
        case Literal(values=parts):
            return "、".join(_chosen(part) for part in parts)
        case tuple():
            return "，".join(f"{word} {_value(part)}" for word, part in value)
        case Unset():
            return _chosen(value)
        case _:
            return "一张表"


def _chosen(value: object) -> str:
    match value:
        case Unset(why=why):
            return f"**未定**（{why}）"
        case Fraction() | date():
            return str(value)
        case tuple():
            return "、".join(str(part) for part in value)
        case _:
            return f"{value}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(map(load, shipped())), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
