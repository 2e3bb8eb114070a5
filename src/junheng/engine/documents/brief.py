"""The one-page report (情况说明) in Word, for the head of the bureau.

The page is a Word template that an officer may edit; this module fills it. Everything is
escaped: a value with ``<`` or ``&`` must not lose its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

_PICTURE_WIDTH_CM = 11.0


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


def write_brief(brief: Brief, path: Path, *, picture: Path, on: date) -> None:
    """Fill the template and save the page.

    Parameters
    ----------
    picture : PNG placed at the end of the page
    on : the document's date of creation; the engine has no clock (§4)
    """
    source = files("junheng.engine.documents") / "templates" / "brief.docx"
    with as_file(source) as template_path:
        template = DocxTemplate(str(template_path))
        values: dict[str, object] = {
            **asdict(brief),
            "picture": InlineImage(template, str(picture), width=Cm(_PICTURE_WIDTH_CM)),
        }
        template.render(values, autoescape=True)
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    template.docx.core_properties.created = stamp
    template.docx.core_properties.modified = stamp
    template.save(str(path))
