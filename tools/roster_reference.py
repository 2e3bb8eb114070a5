"""Write ``docs/reference/roster.md`` from the tables: the dictionary is the page.

``python -m tools.roster_reference`` writes it; a test compares it with the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

from junheng.engine.roster.columns import CodeList, Column, Kind, Table
from junheng.engine.roster.tables import TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "roster.md"
_OPENING = """\
# 花名册

本页由程序中的表头字典生成（`python -m tools.roster_reference`）。

一个工作簿，一张表一个工作表；也可以是一个文件夹，里面是各校的工作簿，或以表名命名的 CSV 文件。
支持 xlsx、xls、ods、xlsm（读值，不执行宏）、csv（UTF-8 或 GBK）。
表头按名称和别名识别，不论次序，可带括号说明，上方可有标题行。
空单元格表示“不知道”，不是“没有”；没有的请填“无”或“否”，或在“填报确认”表中声明该表已填全。

- **日期**：`2019-09-01`、`2019/9/1`、`2019.09`、`201909`、`2019年9月` 等写法都可以。
  按所写的精度保留；结束时间填最后一天（或月）。
- **编号**：一律设为文本格式；数字格式的长编号会丢失尾数，程序会拒绝并指出单元格。
- **是否**：填“是”或“否”。
- **多个值**：用顿号隔开。
"""
_KINDS = {
    Kind.TEXT: "文字",
    Kind.ID: "编号（文本）",
    Kind.CODE: "代码",
    Kind.CODES: "代码，可多个",
    Kind.YES_NO: "是/否",
    Kind.WHOLE: "整数",
    Kind.NUMBER: "数",
    Kind.DEGREES: "度",
    Kind.DATE: "日期",
    Kind.UNTIL: "结束日期",
    Kind.ID_NUMBER: "身份证号（文本）",
}


def reference(tables: tuple[Table, ...] = TABLES) -> str:
    """Return the page."""
    lists = {c.codes.id: c.codes for t in tables for c in t.columns if c.codes is not None}
    parts = [_OPENING, *(_table(table) for table in tables)]
    parts.append("## 代码表\n\n" + "\n".join(_codes(lists[name]) for name in sorted(lists)))
    return "\n".join(parts) + "\n"


def _table(table: Table) -> str:
    heads = "| 表头 | 列名 | 类型 | 必填 | 也认这些表头 |\n|--|--|--|--|--|"
    rows = "\n".join(_column(column) for column in table.columns)
    return f"## {table.sheet}（`{table.id}`）\n\n{heads}\n{rows}\n"


def _column(column: Column) -> str:
    kind = _KINDS[column.kind]
    if column.codes is not None:
        kind = f"{kind} `{column.codes.id}`"
    required = "是" if column.required else ""
    cells = (column.header, f"`{column.id}`", kind, required, "、".join(column.aliases))
    return f"| {' | '.join(cells)} |"


def _codes(codes: CodeList) -> str:
    more = "；可用其他词，程序会提醒" if codes.open_ended else ""
    also = "、".join(f"{spelling}→{code}" for spelling, code in codes.spellings)
    return f"- `{codes.id}`：{'、'.join(codes.codes)}{more}" + (f"（{also}）" if also else "")


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
