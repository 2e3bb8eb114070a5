"""A cheap look into the XML of a workbook before the parser allocates memory for it.

The parser makes one dense block from the first to the last cell that holds a value. One stray
character in the last possible cell of a sheet, XFD1048576, would ask for 400 GB. Here the last
cells, the columns with formulas and the cells with errors are found in one pass of patterns
over the expanded bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from junheng.engine.roster.reading.containers import drain

ROW_LIMIT = 200_000
"""Rows of one sheet; twice the largest county. More goes into several workbooks of a folder."""

COLUMN_LIMIT = 130
"""Columns of one sheet (to DZ); the widest known form has 72. Both limits together keep the
parser's block under 1 GiB."""

_BLOCK = 1 << 22
_LONGEST_ROW = 1 << 26  # a row beyond this is not looked at in one piece
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# The limits as a pattern: it begins with plain bytes and so passes over what is no address
# at the speed of memory. An address at the limit itself is near enough to be looked at.
_FAR = re.compile(rb'r="(?:[A-Z]{1,3}(?:[2-9][0-9]{5}|[0-9]{7})|[E-Z][A-Z][0-9]|[A-Z]{3}[0-9])')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*?(?<!/)>(?!</(?:\w+:)?c>)')
_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)[0-9]+"[^>]*><(?:\w+:)?f[\s/>]')
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]+[0-9]+)"')


@dataclass(slots=True)
class Look:
    """What was seen in one sheet.

    Attributes
    ----------
    far_cell : address of a cell with a value beyond the limits; empty if there is none
    formula_columns : letters of columns that hold formulas
    error_cells : addresses of cells that show an error such as #N/A
    """

    far_cell: str = ""
    formula_columns: set[str] = field(default_factory=set)
    error_cells: list[str] = field(default_factory=list)


def look_into_xlsx(archive: zipfile.ZipFile) -> dict[str, Look]:
    """Look into every sheet of an xlsx archive; by sheet name.

    Every other part is expanded once as well, so that a forged size is found here.

    Raises
    ------
    zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError
        If the archive is damaged.
    """
    sheets = _sheet_parts(archive)
    looks = {}
    for name in archive.namelist():
        if name in sheets:
            looks[sheets[name]] = _look(archive, name)
        elif name.startswith("xl/") and name.endswith(".xml"):
            drain(archive, name)
    return looks


def number_of(letters: str) -> int:
    """Return the position of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    """Return the letters of a column position from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet names by the part that holds them."""
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in _parsed(archive, "xl/_rels/workbook.xml.rels")
    }
    parts = {}
    for element in _parsed(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = relations.get(element.get(_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts[part] = element.get("name", "")
    return parts


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(  # noqa: S314 -- expat refuses entity bombs; size was checked
        archive.read(name)
    )


def _look(archive: zipfile.ZipFile, name: str) -> Look:
    look = Look()
    # One byte is found many times faster than two: it decides whether the rest is looked for.
    for block in _row_blocks(archive, name):
        if b"'" in block and b"='" in block:
            block = block.replace(b"'", b'"')
        if b"f" in block and (b"<f" in block or b":f" in block):
            look.formula_columns |= {letter.decode() for letter in _FORMULA.findall(block)}
        if b"#" in block and b't="e"' in block:
            look.error_cells += [cell.decode() for cell in _ERROR.findall(block)]
        if not look.far_cell and _FAR.search(block):
            look.far_cell = _far_cell(block)
    return look


def _row_blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the part in blocks that end where a row ends."""
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(_BLOCK):
            rest += piece
            cut = rest.rfind(b"</row>") + len(b"</row>")
            if cut >= len(b"</row>"):
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                yield rest
                rest = b""
    yield rest


def _far_cell(block: bytes) -> str:
    """Return the first cell with a value beyond the limits; styled blanks do not count."""
    for letters, row in _CELL.findall(block):
        if number_of(letters.decode()) > COLUMN_LIMIT or int(row) > ROW_LIMIT:
            return f"{letters.decode()}{int(row)}"
    return ""
