"""Reading the column of identity numbers (身份证号)."""

from __future__ import annotations

import polars as pl

from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.identity import IdFault, faults, masked, upgraded
from junheng.engine.roster.names import plain_word
from junheng.engine.roster.reading.cells import ColumnCells, report, report_where
from junheng.engine.roster.reading.words import refuse_numbers

_NOTHING_SAID = ("无", "/", "-", "—", "空")
_ALREADY_PLAIN = r"^[0-9]{17}[0-9X]$"


def read_id_numbers(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read identity numbers: eighteen characters in upper case, or null where wrong.

    Lower-case x, full-width digits and spaces are made plain and fifteen-digit numbers get
    their eighteen-character form, each with a warning.
    """
    refuse_numbers(cells, findings)
    text = cells.text
    text = text.set(text.is_in(list(_NOTHING_SAID)), None)
    text = text.set(
        text.str.contains(r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$").fill_null(value=False), None
    )
    text = _made_plain(cells, text, findings)
    known = text.is_not_null().arg_true()
    found = faults(text.gather(known).to_list())
    wrong = [(int(i), fault) for i, fault in zip(known, found, strict=True) if fault]
    if not wrong:
        return text
    report(cells, ((i, _fault(text[i], fault)) for i, fault in wrong), findings)
    return text.scatter([i for i, _ in wrong], None)


def _made_plain(cells: ColumnCells, text: pl.Series, findings: Findings) -> pl.Series:
    odd = (~text.str.contains(_ALREADY_PLAIN)).fill_null(value=False).arg_true()
    if not len(odd):
        return text
    plain = [plain_word(each).strip("'‘’").upper() for each in text.gather(odd)]
    modern = [upgraded(each) or each for each in plain]
    old = [i for i, a, b in zip(odd, plain, modern, strict=True) if a != b]
    changed = text.clone().scatter(odd, pl.Series(modern, dtype=pl.String))
    fault = Fault("roster.id-number-legacy", severity=WARNING)
    report(cells, ((int(i), fault) for i in old), findings)
    rewritten = changed.ne_missing(text)
    if old:
        rewritten = rewritten.scatter(old, values=False)
    report_where(
        cells, rewritten, Fault("roster.id-number-normalised", severity=WARNING), findings
    )
    return changed


def _fault(number: str, fault: IdFault) -> Fault:
    values = {"found": masked(number), "length": str(len(number))}
    return Fault(f"roster.id-{fault}", values)
