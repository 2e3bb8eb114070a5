"""Registers on paper: text stays text, headings repeat, every sheet can be signed."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import altair as alt
import polars as pl
import pytest
from openpyxl import load_workbook

from junheng.engine.documents.charts.drawing import draw
from junheng.engine.documents.pictures import Illustration
from junheng.engine.documents.register import Field, Register
from junheng.engine.documents.workbook import Imprint, write_registers

IMPRINT = Imprint("某县教育局", date(2026, 8, 31), "回执 1a2b")


def _register(*rows: tuple[str | int | float | None, ...]) -> Register:
    fields = (Field("姓名", 10), Field("系数", 8, 3))
    return Register("应交流", "应交流人员名册", fields, rows)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@某", "𬀩·买买提"])
def test_text_that_looks_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"

    write_registers([_register((text, 0.5))], path, imprint=IMPRINT)

    cell = load_workbook(path)["应交流"]["B4"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_number_keeps_all_its_places_in_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"

    write_registers([_register(("甲", 0.501787))], path, imprint=IMPRINT)

    cell = load_workbook(path)["应交流"]["C4"]
    assert (cell.value, cell.number_format) == (0.501787, "0.000")


def test_sheet_prints_on_a4_landscape_one_page_wide_with_repeated_headings(
    tmp_path: Path,
) -> None:
    path = tmp_path / "名册.xlsx"

    write_registers([_register(("甲", 1.0))], path, imprint=IMPRINT)

    sheet = load_workbook(path)["应交流"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    fitted = sheet.sheet_properties.pageSetUpPr
    assert fitted is not None
    assert fitted.fitToPage is True
    # One page wide is what a file that names no width means.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$3"


def test_empty_register_says_that_nobody_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"

    write_registers([_register()], path, imprint=IMPRINT)

    assert load_workbook(path)["应交流"]["A4"].value == "（无）"


def test_workbook_has_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"

    write_registers([_register(("甲", 1.0))], first, imprint=IMPRINT)
    write_registers([_register(("甲", 1.0))], second, imprint=IMPRINT)

    assert first.read_bytes() == second.read_bytes()


def test_register_refuses_a_row_that_does_not_fit_its_columns() -> None:
    with pytest.raises(ValueError, match="1 of 2 cells"):
        _register(("甲",))


def test_pictures_stand_below_each_other_one_page_wide(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    chart = alt.Chart(pl.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")
    pictures = [Illustration(name, draw(chart.properties(height=700))) for name in "甲乙"]

    write_registers([_register()], path, imprint=IMPRINT, pictures=pictures)

    sheet = load_workbook(path)["图"]
    (second_begins,) = (each.id for each in sheet.row_breaks.brk)
    assert sheet.print_area == f"'图'!$A$1:$A${2 * second_begins + 1}"
    with ZipFile(path) as parts:
        kept = [parts.read(name) for name in parts.namelist() if "/media/" in name]
    assert kept == [pictures[0].drawn.png]
