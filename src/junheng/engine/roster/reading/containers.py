"""What a file really is, and whether it is safe to open: magic bytes and zip sizes.

Nothing here trusts a file's name or what a zip declares about itself.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from junheng.errors import Problem, SheetPlace

EXPANDED_LIMIT = 1 << 30
"""Bytes that a workbook may expand to; 100,000 rows of 30 columns take a fifth of it."""

RATIO_LIMIT = 200
"""Expanded to packed; office workbooks stay under 60, a zip bomb goes up to 1,032."""

RATIO_APPLIES_FROM = 50 << 20
"""Bytes below which the ratio is not asked: a small file of blanks packs well, no harm."""

TYPES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv"}
"""File endings that are read, with the type that must be inside."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BLOCK = 1 << 22

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the readers of zips, XML and old workbooks raise on bytes they did not expect."""


def contents(path: Path) -> str:
    """Tell what a file is, by its bytes.

    Returns
    -------
    str
        ``xlsx``, ``xls``, ``ods``, ``csv`` (any text), or a word for what cannot
        be read: ``xlsb``, ``zip``, ``html``, ``binary``, ``damaged``, ``encrypted``, ``empty``.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    if not start:
        return "empty"
    if start.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in path.read_bytes() else "xls"
    if start.startswith(_ZIP):
        return _zipped(path)
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith((b"<html", b"<!doctype", b"<?xml")):
        return "html"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return "csv"


def type_problem(path: Path, found: str) -> Problem | None:
    """Return the problem of a file whose bytes are not what its ending promises."""
    expected = TYPES.get(path.suffix.lower())
    if expected is None:
        code = "roster.unknown-file-type"
    elif found in ("encrypted", "empty", "damaged"):
        code = f"roster.{found}-file"
    elif found != expected:
        code = "roster.wrong-file-type"
    else:
        return None
    values = {"ending": path.suffix or "-", "found": found, "expected": expected or ""}
    return Problem(code, place=SheetPlace(path.name), values=values)


def zip_problem(path: Path) -> Problem | None:
    """Return the problem of a zipped workbook that expands too far or is damaged.

    The declared sizes are asked first; the parts are then expanded in blocks and must come to
    what was declared, so that a forged declaration is found before a parser sees it.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        expanded = sum(part.file_size for part in parts)
    packed = max(1, path.stat().st_size)
    ratio = expanded / packed
    too_dense = ratio > RATIO_LIMIT and expanded > RATIO_APPLIES_FROM
    if expanded <= EXPANDED_LIMIT and not too_dense:
        return None
    values = {
        "found": f"{expanded / 2**20:,.0f} MB",
        "ratio": f"{ratio:,.0f}",
        "expected": f"{EXPANDED_LIMIT / 2**20:,.0f} MB",
        "ratio_limit": str(RATIO_LIMIT),
    }
    return Problem("roster.zip-too-large", place=SheetPlace(path.name), values=values)


def damaged(path: Path) -> Problem:
    """Return the problem of a file that its reader cannot make sense of."""
    return Problem("roster.damaged-file", place=SheetPlace(path.name))


def drain(archive: zipfile.ZipFile, name: str) -> None:
    """Expand a part without keeping it, to see that it is what it declares.

    Raises
    ------
    zipfile.BadZipFile, zlib.error
        If the part is longer than declared or does not match its checksum.
    """
    with archive.open(name) as part:
        while part.read(_BLOCK):
            pass


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except DAMAGE:
        return "damaged"
    for part, kind in _MARKS.items():
        if part in names:
            return kind
    return "zip"
