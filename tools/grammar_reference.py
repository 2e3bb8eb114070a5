"""Write the page on the grammar of packs and the JSON Schema for editors, from the grammar.

``python -m tools.grammar_reference`` writes both; tests compare them with the grammar.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.engine.policy.grammar import HEADER, KINDS
from junheng.engine.policy.kind import COMMON, Kind
from junheng.engine.policy.schema import schema_text
from junheng.engine.policy.shapes import Field, Many, OrUnset, Pairs, Record
from tools.play_words import play_pages

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "pack-grammar.md"
SCHEMA = ROOT / "src" / "junheng" / "packs" / "schema" / "pack.schema.json"

_OPENING = """\
# 政策包的写法

本页由程序中的语法表生成（`python -m tools.grammar_reference`）；
`junheng pack check` 按同一张表检查。能用的事实、开关主题和单位见[政策包可用的词](facts.md)，
写法示范见[写一个政策包](../how-to/write-a-pack.md)。

一个包是一个文件夹。每一种条目可以写在 `pack.yaml` 里，也可以写在同名文件（`rules.yaml`）
或同名文件夹（`rules/*.yaml`）里。所有值先按文字读入，再按下表定类型；是非只写 `yes`、`no`；
比例写 `10%` 或 `1/10`，不带小数点；原文没有的写 `{unset: 原因}`。
不许有重复的键、锚点、标签、合并、制表符和第二份文档。

在支持 JSON Schema 的编辑器里，第一行写 `# yaml-language-server: $schema=…/pack.schema.json`，
就有提示和检查；文件随程序安装，在 `junheng/packs/schema/` 里。

## 条件

| 写法 | 意思 |
|--|--|
| `always` | 总成立 |
| `{all: [条件, …]}` | 都成立 |
| `{any: [条件, …]}` | 有一个成立 |
| `{at_least: 2, of: [条件, …]}` | 至少有几个成立（“具备下列条件中的两项”），至多列八个 |
| `{not: 条件}` | 不成立 |
| `{fact: 事实, 比较词: 值}` | 事实与值比较；几个比较词写在一起须都成立 |
| `{class: 类别, of: origin}` | 属于某一类；`of` 说的是谁，不写就是本条所说的对象 |
| `{track: 类别}` | 人员的类别 |
| `{rule: 规则}` | 某条规则成立 |
| `{switch: 开关, is: 选项}` | 采用某种读法 |
| `{arrangement: [形式, …]}` | 以这些形式交流，只用于关于派任的条件 |
| `{flow: [[流出类, 流入类], …]}` | 从前一类学校到后一类学校，只用于关于交流的条件 |

| 比较词 | 代表的说法 | 含本数 |
|--|--|--|
| `at_least` | 满、达到、不少于、不低于、以上 | 含 |
| `at_most` | 不超过、至多、及以下、以内 | 含 |
| `more_than` | 超过、多于 | 不含 |
| `less_than` | 不足、未满、少于 | 不含 |
| `up_to` 加 `reading` | 以下、前，两种读法都有 | 由 `boundary` 开关定 |
| `from` 加 `reading` | 以后、以上，两种读法都有 | 由 `boundary` 开关定 |
| `is`、`among` | 为、属于 | |
| `overlaps` | 有下列之一 | |
| `at_least` 等加 `on_scale` | 按某一套等次比较，如“县级以上骨干” | 同上 |
"""


def reference(header: Mapping[str, Field], kinds: Mapping[str, Kind]) -> str:
    """Return the page: conditions, the header, the keys of all items, each kind, plays."""
    parts = [_OPENING, f"## 包的说明（`pack`）\n\n{_keys(header)}"]
    parts.append(f"## 每个条目都可以有的键\n\n{_keys(COMMON)}")
    for name, kind in kinds.items():
        sourced = "须写 `source`。\n\n" if kind.sourced else ""
        parts.append(f"## {kind.title}（`{name}`）\n\n{sourced}{_keys(kind.fields)}")
    return "\n".join([*parts, play_pages()])


def _keys(fields: Mapping[str, Field]) -> str:
    lines = ["| 键 | 必写 | 说明 | 值 |", "|--|--|--|--|", *_rows(fields)]
    return "\n".join([*lines, ""])


def _rows(fields: Mapping[str, Field]) -> Iterator[str]:
    yield from _nested("", fields, ())


_Keys = Mapping[str, Field]


def _nested(above: str, fields: _Keys, seen: tuple[_Keys, ...]) -> Iterator[str]:
    """Yield the row of each key, then those of the keys inside it, written ``key.inner``."""
    for key, each in fields.items():
        shape = each.shape.says.replace("|", "\\|")
        needed = "必写" if each.required else ""
        yield f"| `{above}{key}` | {needed} | {each.says} | {shape} |"
        inner = _inside(each.shape)
        if inner and inner not in seen and key not in _ELSEWHERE:
            yield from _nested(f"{above}{key}.", inner, (*seen, inner))


_ELSEWHERE = ("of",)
"""Keys whose own keys are those of another key of the same kind."""


def _inside(shape: object) -> _Keys:
    """Return the keys of the table a shape is made of, inside a list or an alternative."""
    while isinstance(shape, Many | OrUnset | Pairs):
        shape = shape.of
    found: _Keys = shape.fields if isinstance(shape, Record) else getattr(shape, "inner", {})
    return found


def main() -> int:
    """Write the page and the schema."""
    PAGE.write_text(reference(HEADER, KINDS), encoding="utf-8", newline="\n")
    SCHEMA.parent.mkdir(exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
