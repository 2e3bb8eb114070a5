"""The one-page report in Word loses no character and runs no clock."""

from datetime import UTC, date, datetime
from pathlib import Path

import altair as alt
import polars as pl
import pytest
from docx import Document

from junheng.engine.documents.brief import Brief, QuotaLine, write_brief
from junheng.engine.documents.charts.drawing import draw
from junheng.engine.documents.pictures import Illustration

HOSTILE = "成绩<60 & 备注 {{ x }}"


@pytest.fixture(scope="module")
def picture() -> Illustration:
    frame = pl.DataFrame({"单位": ["河畔小学"], "人数": [3]})
    return Illustration(
        "差异系数", draw(alt.Chart(frame).mark_bar().encode(x="人数:Q", y="单位:N"))
    )


def _brief() -> Brief:
    return Brief(
        title="情况说明",
        subtitle="某县教育局",
        screened=HOSTILE,
        quotas=[QuotaLine("每年交流教师", "三.1", "至少 4 人", "4 人", "达到")],
        planned="交流 4 人",
        balance=[],
        audited="未发现违反",
        receipt="1a2b",
    )


def test_brief_keeps_angle_brackets_ampersands_and_braces(
    picture: Illustration, tmp_path: Path
) -> None:
    path = tmp_path / "情况说明.docx"

    write_brief(_brief(), path, pictures=[picture], on=date(2026, 8, 31))

    assert HOSTILE in [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_brief_has_one_row_for_each_quota(picture: Illustration, tmp_path: Path) -> None:
    path = tmp_path / "情况说明.docx"

    write_brief(_brief(), path, pictures=[picture], on=date(2026, 8, 31))

    table = Document(str(path)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "依据", "要求", "完成", "结论"],
        ["每年交流教师", "三.1", "至少 4 人", "4 人", "达到"],
    ]


def test_brief_is_dated_by_the_question(picture: Illustration, tmp_path: Path) -> None:
    path = tmp_path / "情况说明.docx"

    write_brief(_brief(), path, pictures=[picture], on=date(2026, 8, 31))

    created = Document(str(path)).core_properties.created
    assert created is not None
    assert created.replace(tzinfo=UTC) == datetime(2026, 8, 31, tzinfo=UTC)


def test_pictures_after_the_first_follow_with_a_description_for_who_cannot_see(
    picture: Illustration, tmp_path: Path
) -> None:
    path = tmp_path / "情况说明.docx"

    write_brief(_brief(), path, pictures=[picture] * 3, on=date(2026, 8, 31))

    shapes = Document(str(path)).inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in shapes]
    assert described[1:] == ["差异系数", "差异系数"]
    assert {round(shape.width.cm, 1) for shape in shapes} <= {11.0, *_at_one_scale(picture)}


def _at_one_scale(picture: Illustration) -> set[float]:
    return {round(picture.drawn.width * 0.0243, 1)}


def test_picture_draws_chinese_characters_as_shapes_not_boxes() -> None:
    frame = pl.DataFrame({"单位": ["乾", "坤"], "人数": [1, 2]})
    other = frame.with_columns(pl.Series("单位", ["坤", "乾"]))

    first, second = (
        draw(alt.Chart(each).mark_text().encode(x="人数:Q", text="单位:N")).png
        for each in (frame, other)
    )

    # Two missing glyphs would be the same box, and the two pictures the same bytes.
    assert first != second
