"""Every kind of file is read alike; what is unsafe, damaged or something else is refused."""

import codecs
import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import odfdo
import openpyxl
import pytest
import xlsxwriter
import xlwt

from junheng.engine.roster.reading import examine, read_roster
from junheng.engine.roster.reading.extents import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    letters_of,
    number_of,
)
from junheng.engine.roster.roster import Roster
from junheng.errors import RosterError, Severity
from tests.engine.roster.officers_files import (
    HILLTOP,
    LIN,
    RIVERSIDE,
    ZHAO,
    Cells,
    cell_of,
    codes,
    only,
    rows_of,
    write_xlsx,
)

SHEETS = {
    "单位": rows_of(RIVERSIDE, HILLTOP),
    "人员": rows_of(LIN | {"出生日期": "1987-03"}, ZHAO),
}


def _xls(path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in SHEETS.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                sheet.write(number, index, value)
    book.save(str(path))


def _ods(path: Path) -> None:
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    for name, rows in SHEETS.items():
        table = odfdo.Table(name)
        for row in rows:
            line = odfdo.Row()
            line.set_values([str(value) for value in row])
            table.append_row(line)
        book.body.append(table)
    book.save(str(path))


def _csv(path: Path, rows: Sequence[Cells], *, encoding: str, delimiter: str = ",") -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)


def _said(roster: Roster) -> list[tuple[object, ...]]:
    return roster["persons"].select("person_id", "person_name", "birth", "row").rows()


def _expected(folder: Path) -> list[tuple[object, ...]]:
    return _said(read_roster(write_xlsx(folder / "expected.xlsx", SHEETS)))


def test_xls_and_ods_are_read_like_xlsx(tmp_path: Path) -> None:
    _xls(tmp_path / "roster.xls")
    _ods(tmp_path / "roster.ods")

    assert _said(read_roster(tmp_path / "roster.xls")) == _expected(tmp_path)
    assert _said(read_roster(tmp_path / "roster.ods")) == _expected(tmp_path)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gbk", ","), ("gb18030", "\t"), ("utf-16", "\t")],
)
def test_a_folder_of_csv_files_is_read_in_every_encoding(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    folder = tmp_path / "名册"
    folder.mkdir()
    for name, rows in SHEETS.items():
        _csv(folder / f"{name}.csv", rows, encoding=encoding, delimiter=delimiter)

    assert _said(read_roster(folder)) == _expected(tmp_path)


def test_a_rare_character_survives_a_gb18030_csv(tmp_path: Path) -> None:
    _csv(tmp_path / "persons.csv", rows_of(LIN | {"姓名": "李𬀩"}), encoding="gb18030")

    roster = read_roster(tmp_path / "persons.csv")

    assert roster["persons"]["person_name"].to_list() == ["李𬀩"]


def test_text_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "人员.csv"
    path.write_bytes("人员编号,姓名\nP1,".encode() + b"\xff\xff\xff\xff\n")

    assert only(examine(path), "roster.unknown-encoding").is_error


def test_the_workbooks_of_several_schools_in_a_folder_are_put_together(tmp_path: Path) -> None:
    for school, person in {"河畔": LIN, "山顶": ZHAO}.items():
        write_xlsx(tmp_path / f"{school}.xlsx", {"人员": rows_of(person)})
    (tmp_path / "~$河畔.xlsx").write_bytes(b"lock")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")

    roster = read_roster(tmp_path)

    assert sorted(roster["persons"]["person_id"]) == ["P1", "P2"]
    places = {roster.sheets[source].file for source in roster["persons"]["source"]}
    assert places == {"河畔.xlsx", "山顶.xlsx"}


def test_an_empty_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    assert only(examine(tmp_path), "roster.empty-folder").is_error
    assert only(examine(tmp_path / "gone.xlsx"), "roster.no-such-file").is_error


def test_macros_are_not_run_and_said(tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "plain.xlsx", SHEETS)
    with zipfile.ZipFile(plain) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(tmp_path / "macros.xlsm", "w") as target:
        for name, content in (parts | {"xl/vbaProject.bin": b"\xd0\xcf"}).items():
            target.writestr(name, content)

    reading = examine(tmp_path / "macros.xlsm")

    assert only(reading, "roster.macros-ignored").severity is Severity.WARNING
    assert codes(reading) == ["roster.macros-ignored"]


def test_formula_cells_are_read_by_value_and_said_once_per_column(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row("A1", ["人员编号", "姓名", "工作单位编号"])
        for row in (2, 3):
            sheet.write_row(f"A{row}", [f"P{row}", "林静"])
            sheet.write_formula(f"C{row}", '="S"&1', None, "S1")

    reading = examine(path)

    assert cell_of(only(reading, "roster.formula-cells")) == "C"
    assert reading.frames["persons"]["unit_id"].to_list() == ["S1", "S1"]


def test_a_cell_that_shows_an_error_is_not_taken_for_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    for row in rows_of(LIN, ZHAO | {"性别": "女"}):
        sheet.append(list(row))
    sheet["D2"] = "#N/A"
    book.save(tmp_path / "roster.xlsx")

    problem = only(examine(tmp_path / "roster.xlsx"), "roster.error-cells")

    assert (cell_of(problem), problem.values["cells"]) == ("D2", "D2")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", f"A{ROW_LIMIT + 1}", "EA2"])
def test_a_value_far_outside_is_refused_at_its_cell(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        for number, row in enumerate(rows_of(LIN)):
            sheet.write_row(number, 0, row)
        sheet.write(cell, "。")

    problem = only(examine(path), "roster.sheet-too-large")

    assert cell_of(problem) == cell


def test_styled_blank_cells_far_outside_are_no_values(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        for number, row in enumerate(rows_of(LIN)):
            sheet.write_row(number, 0, row)
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    assert read_roster(path)["persons"].height == 1


def test_the_last_allowed_column_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        for number, row in enumerate(rows_of(LIN)):
            sheet.write_row(number, 0, row)
        sheet.write(f"{letters_of(COLUMN_LIMIT)}2", "。")

    assert read_roster(path)["persons"].height == 1


def test_column_letters_count_from_a_to_xfd() -> None:
    assert [letters_of(n) for n in (1, 26, 27, COLUMN_LIMIT, 702, 703, 16384)] == [
        *("A", "Z", "AA", "DZ", "ZZ", "AAA", "XFD")
    ]
    assert all(number_of(letters_of(n)) == n for n in range(1, 16385))


def test_a_far_value_in_an_ods_sheet_is_refused(tmp_path: Path) -> None:
    _ods(tmp_path / "roster.ods")
    with zipfile.ZipFile(tmp_path / "roster.ods") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    far = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        '</table:table-row><table:table-row><table:table-cell office:value-type="string">'
        "<text:p>。</text:p></table:table-cell></table:table-row></table:table>"
    )
    content = parts["content.xml"].decode().replace("</table:table>", far, 1)
    with zipfile.ZipFile(tmp_path / "far.ods", "w") as target:
        for name, part in (parts | {"content.xml": content.encode()}).items():
            target.writestr(name, part)

    problem = only(examine(tmp_path / "far.ods"), "roster.sheet-too-large")

    assert cell_of(problem) == "A1048004"


def _content(kind: str) -> bytes:
    stream = io.BytesIO()
    match kind:
        case "xlsx":
            openpyxl.Workbook().save(stream)
            return stream.getvalue()
        case "zip":
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr("a.txt", "a")
            return stream.getvalue()
        case "html":
            return b"<html><table><tr><td>1</td></tr></table></html>"
        case "binary":
            return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
        case _:
            return codecs.BOM_UTF8 + "人员编号,姓名\n".encode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("r.xlsx", "html"), ("r.xls", "html"), ("r.xls", "xlsx"), ("r.xlsx", "csv")),
        *(("r.csv", "xlsx"), ("r.xlsx", "zip"), ("r.csv", "binary"), ("r.ods", "xlsx")),
    ],
)
def test_a_wrong_type_under_the_right_name_is_told_by_its_bytes(
    tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / name).write_bytes(_content(kind))

    problem = only(examine(tmp_path / name), "roster.wrong-file-type")

    assert (problem.values["found"], problem.values["ending"]) == (kind, Path(name).suffix)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.pdf", b"%PDF-1.7", "roster.unknown-file-type"),
        ("r.xlsx", b"", "roster.empty-file"),
        ("r.xlsx", b"PK\x03\x04 torn", "roster.damaged-file"),
        ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "roster.damaged-file"),
        (
            "r.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "roster.encrypted-file",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)

    assert only(examine(tmp_path / name), code).is_error


def test_a_zip_bomb_is_refused_before_it_is_expanded(tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "plain.xlsx", SHEETS)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/media/image1.png", b"\0" * (64 << 20))

    problem = only(examine(tmp_path / "bomb.xlsx"), "roster.zip-too-large")

    assert problem.values["found"] == "64 MB"


def test_a_part_longer_than_it_declares_is_damage(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "roster.xlsx", SHEETS)
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content = path.read_bytes()
    directory = content.index(b"PK\x01\x02")
    at = content.rindex(b"xl/worksheets/sheet1.xml", directory) - 46 + 24
    forged = (part.file_size // 2).to_bytes(4, "little")
    path.write_bytes(content[:at] + forged + content[at + 4 :])

    assert only(examine(path), "roster.damaged-file").is_error


def test_read_roster_raises_with_every_error_and_no_warning(tmp_path: Path) -> None:
    people = rows_of(LIN | {"性别": "ABC", "出生日期": "1987-02-30", "爱好": "面"})
    path = write_xlsx(tmp_path / "roster.xlsx", {"人员": people})

    with pytest.raises(RosterError) as caught:
        read_roster(path)

    found = [problem.code for problem in caught.value.problems]
    assert found == ["roster.unknown-code", "roster.impossible-date"]
    assert "林静" not in str(caught.value)


def test_an_xls_sheet_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("人员")
    for number, row in enumerate(rows_of(LIN)):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    sheet.write(65535, 255, "。")
    book.save(str(tmp_path / "roster.xls"))

    problem = only(examine(tmp_path / "roster.xls"), "roster.sheet-too-large")

    assert cell_of(problem) == "IV65536"


def test_dates_merged_cells_and_booleans_of_an_xls_are_read(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("人员")
    for index, header in enumerate(
        ["人员编号", "姓名", "工作单位编号", "出生日期", "专任教师"]
    ):
        sheet.write(0, index, header)
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, person in enumerate(["P1", "P2", "P3"], start=1):
        for index, value in {0: person, 1: f"甲{number}", 4: True}.items():
            sheet.write(number, index, value)
        sheet.write(number, 3, date(1987, 3, number), style)
    sheet.write_merge(1, 2, 2, 2, "S1")
    sheet.write(3, 2, "S2")
    book.save(str(tmp_path / "roster.xls"))

    reading = examine(tmp_path / "roster.xls")

    persons = reading.frames["persons"]
    assert only(reading, "roster.merged-cells").values["found"] == "C2:C3"
    assert persons["birth"].to_list() == [date(1987, 3, day) for day in (1, 2, 3)]
    assert persons["unit_id"].to_list() == ["S1", "S1", "S2"]
    assert persons["full_time_teacher"].to_list() == [True, True, True]


@pytest.mark.parametrize("name", ["r.xlsx", "r.xls", "r.ods"])
def test_a_damaged_file_never_ends_in_a_traceback(tmp_path: Path, name: str) -> None:
    {"r.xls": _xls, "r.ods": _ods}.get(name, lambda p: write_xlsx(p, SHEETS))(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    for cut in range(8, len(whole), len(whole) // 40):
        torn = whole[:cut] + bytes([whole[cut] ^ 0xFF]) * 16 + whole[cut + 16 :]
        (tmp_path / name).write_bytes(torn)

        reading = examine(tmp_path / name)

        assert all(problem.code.startswith("roster.") for problem in reading.problems)


def test_a_hidden_copy_of_a_sheet_is_passed_over_and_a_visible_one_is_named(
    tmp_path: Path,
) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("人员", "人员 (2)", "旧表"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows_of(LIN)):
                sheet.write_row(number, 0, row)
        sheet.hide()

    reading = examine(path)

    assert only(reading, "roster.unknown-sheet-near").values["found"] == "人员 (2)"
    assert codes(reading) == ["roster.unknown-sheet-near"]
    assert reading.frames["persons"].height == 1


def test_an_error_cell_of_an_xls_is_not_taken_for_empty(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("人员")
    for number, row in enumerate(rows_of(LIN | {"性别": "女"}, ZHAO)):
        for index, value in enumerate(row):
            if value != "":
                sheet.write(number, index, value)
    sheet.row(2).set_cell_error(3, "#N/A!")
    book.save(str(tmp_path / "roster.xls"))

    assert cell_of(only(examine(tmp_path / "roster.xls"), "roster.error-cells")) == "D3"
