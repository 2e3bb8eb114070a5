"""Make the Word template of the one-page report (情况说明) anew.

The template is an ordinary Word file that an officer may edit; this script only says how the
shipped one came about. Run it after changing it here, and look at the page::

    python tools/make_brief_template.py
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

TARGET = Path(__file__).parents[1] / "src/junheng/engine/documents/templates/brief.docx"
BODY, HEAD = "仿宋", "黑体"
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- a fixed stamp: the same bytes on every run


def main() -> None:
    """Write the template."""
    document = Document()
    _set_up_page(document)
    _line(document, "{{ title }}", font=HEAD, size=18, centred=True)
    _line(document, "{{ subtitle }}", size=10, centred=True)
    _line(document, "一、摸底", font=HEAD)
    _line(document, "{{ screened }}", indent=True)
    _line(document, "二、指标", font=HEAD)
    _table(
        document,
        ("指标", "依据", "要求", "完成", "结论"),
        "quota",
        "quotas",
        ("title", "clause", "required", "reached", "verdict"),
        (5.2, 2.6, 4.4, 2.0, 2.4),
    )
    _line(document, "三、方案", font=HEAD)
    _line(document, "{{ planned }}", indent=True)
    _line(document, "四、均衡（差异系数）", font=HEAD)
    _table(
        document,
        ("学段", "指标", "交流前", "交流后", "限值", "结论"),
        "row",
        "balance",
        ("stage", "indicator", "before", "after", "limit", "verdict"),
        (1.8, 5.4, 2.2, 2.2, 2.0, 3.0),
    )
    _line(document, "五、审核与提请决定的事项", font=HEAD)
    _line(document, "{{ audited }}", indent=True)
    _line(document, "{{ picture }}", centred=True)
    _line(document, "{{ receipt }}", size=7)
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MADE
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(TARGET))


def _set_up_page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.5)


def _line(
    document: Doc,
    text: str,
    *,
    font: str = BODY,
    size: float = 10.5,
    centred: bool = False,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(5 if font == HEAD else 0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _write(paragraph, text, font=font, size=size)


def _write(paragraph: Paragraph, text: str, *, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(
    document: Doc,
    heads: tuple[str, ...],
    name: str,
    rows: str,
    keys: tuple[str, ...],
    widths: tuple[float, ...],
) -> None:
    table = document.add_table(rows=4, cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _fill(table, 0, heads, HEAD)
    _fill(table, 1, (f"{{%tr for {name} in {rows} %}}",), BODY)
    _fill(table, 2, tuple(f"{{{{ {name}.{key} }}}}" for key in keys), BODY)
    _fill(table, 3, ("{%tr endfor %}",), BODY)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _fill(table: Table, row: int, texts: tuple[str, ...], font: str) -> None:
    for cell, text in zip(table.rows[row].cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, text, font=font, size=9)


if __name__ == "__main__":
    main()
