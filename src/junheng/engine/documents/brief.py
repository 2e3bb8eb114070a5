"""The one-page report (情况说明) in Word, for the head of the bureau.

The page is a Word template that an officer may edit; this module fills it. Everything is
escaped: a value with ``<`` or ``&`` must not lose its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from junheng.engine.documents.pictures import Illustration

_PICTURE_WIDTH_CM = 11.0
_CM_PER_POINT, _WIDEST_CM, _HIGHEST_CM = 0.0243, 16.4, 24.2


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One quota: its title, clause, what was required, what is reached, and the verdict."""

    title: str
    clause: str
    required: str
    reached: str
    verdict: str


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One coefficient of one stage, before and after, with its limit."""

    stage: str
    indicator: str
    before: str
    after: str
    limit: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the page says; sentences are worded by the caller."""

    title: str
    subtitle: str
    screened: str
    quotas: Sequence[QuotaLine]
    planned: str
    balance: Sequence[BalanceLine]
    audited: str
    receipt: str


def write_brief(
    brief: Brief, path: Path, *, pictures: Sequence[Illustration], on: date
) -> None:
    """Fill the template and save the page, with the pictures on further pages.

    Parameters
    ----------
    pictures : the first stands at the end of the page itself, the others follow as an annex
    on : the document's date of creation; the engine has no clock (§4)
    """
    source = files("junheng.engine.documents") / "templates" / "brief.docx"
    with as_file(source) as template_path:
        template = DocxTemplate(str(template_path))
        values: dict[str, object] = {**asdict(brief), "picture": ""}
        if pictures:
            first = BytesIO(pictures[0].drawn.png)
            values["picture"] = InlineImage(template, first, width=Cm(_PICTURE_WIDTH_CM))
        template.render(values, autoescape=True)
    _append(template.docx, pictures[1:])
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    template.docx.core_properties.created = stamp
    template.docx.core_properties.modified = stamp
    template.save(str(path))


def _append(document: Document, pictures: Sequence[Illustration]) -> None:
    """Add the pictures at one scale, so that letters have one size; too big ones smaller."""
    for number, picture in enumerate(pictures):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.page_break_before = number == 0
        width, height = picture.drawn.width, picture.drawn.height
        scale = min(_CM_PER_POINT, _WIDEST_CM / width, _HIGHEST_CM / height)
        shape = paragraph.add_run().add_picture(
            BytesIO(picture.drawn.png), width=Cm(width * scale), height=Cm(height * scale)
        )
        shape._inline.docPr.set("descr", picture.name)
