"""Write ``docs/reference/roster.md`` from the dictionary of tables, columns and codes.

``python -m tools.roster_reference`` writes it; a test compares it with the dictionary.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from junheng.engine.codes import CodeList
from junheng.engine.roster.columns import Column, Kind, Table
from junheng.engine.roster.tables import TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "roster.md"

_KINDS = {
    Kind.TEXT: "文字",
    Kind.ID: "编号（文本）",
    Kind.CODE: "选一项",
    Kind.CODES: "可选多项，没有的填“无”",
    Kind.YES_NO: "是/否",
    Kind.WHOLE: "整数",
    Kind.NUMBER: "数",
    Kind.DEGREES: "度（小数）",
    Kind.DATE: "日期",
    Kind.UNTIL: "日期（最后一天）",
    Kind.ID_NUMBER: "身份证号（文本）",
}

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


def reference(tables: Sequence[Table]) -> str:
    """Return the page: one section for each table, then the code lists they use."""
    columns = [column for table in tables for column in table.columns]
    lists: dict[str, tuple[str, CodeList]] = {}
    for column in columns:
        if column.codes is not None:
            lists.setdefault(column.codes.id, (column.header, column.codes))
    parts = [_OPENING, *(_table(table) for table in tables), "## 选项\n"]
    return "\n".join([*parts, *(_codes(*each) for each in lists.values())])


def _table(table: Table) -> str:
    lines = [f"## {table.sheet}（`{table.id}`）", ""]
    lines += ["| 表头 | 编号 | 填法 | 也认作 |", "|--|--|--|--|"]
    lines += [_row(column) for column in table.columns]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    filled = _KINDS[column.kind]
    if column.codes is not None:
        filled = f"{filled}，见[选项](#{_anchor(column.codes)})"
    notes = [filled]
    notes += ["必填"] if column.required else []
    notes += ["私密"] if column.private else []
    aliases = "、".join(column.aliases)
    return f"| {column.header} | `{column.id}` | {'；'.join(notes)} | {aliases} |"


def _codes(header: str, codes: CodeList) -> str:
    lines = [
        f"({_anchor(codes)})=",
        f"### {header}（`{codes.id}`）",
        "",
        "、".join(codes.codes) + "。",
    ]
    if codes.open_ended:
        lines.append("其他写法也接受，但会提示。")
    if codes.spellings:
        lines.append("也认作：" + "，".join(f"{a}＝{b}" for a, b in codes.spellings) + "。")
    return "\n".join([*lines, ""])


def _anchor(codes: CodeList) -> str:
    return f"codes-{codes.id.replace('_', '-')}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(TABLES), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
