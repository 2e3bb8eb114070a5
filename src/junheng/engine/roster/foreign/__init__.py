"""Forms of others: the district roster of 72 headings and the provincial returns.

``detect`` tells by the headers which form a sheet is, ``convert`` turns its rows into rows of
our own tables. What such a form does not hold is unknown (§1): it is enough to screen, and
``plan`` and ``balance`` list the tables that are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from junheng.engine.roster.foreign import district, returns
from junheng.engine.roster.foreign.building import Register
from junheng.engine.roster.foreign.sheets import (
    Conversion,
    DerivedTable,
    ForeignSheet,
    plain,
)


class ForeignForm(StrEnum):
    """The foreign forms known."""

    DISTRICT = "district"
    PRINCIPALS = "principals"
    TEACHERS = "teachers"


_MARKS: dict[ForeignForm, frozenset[str]] = {
    ForeignForm.DISTRICT: district.MARKS,
    ForeignForm.PRINCIPALS: returns.PRINCIPAL_MARKS,
    ForeignForm.TEACHERS: returns.TEACHER_MARKS,
}


def detect(headers: Sequence[str]) -> ForeignForm | None:
    """Return the foreign form that has these headers; None where it is none of them.

    A form is known by headings that our own form does not use; order, spaces and bracketed
    instructions do not matter.
    """
    found = {plain(header) for header in headers}
    for form, marks in _MARKS.items():
        if marks <= found:
            return form
    return None


def convert(found: Sequence[tuple[ForeignForm, ForeignSheet]]) -> tuple[Conversion, ...]:
    """Turn sheets of foreign forms into rows of our own tables, cells as found.

    All sheets of one import go in together, because they share units; one conversion comes
    back for each. Ids: a column 人员编号 or 单位编号 (as in a marked copy) is used where it is
    filled; otherwise persons are numbered ``T0001`` … in the order of rows, and units take
    their 统一社会信用代码, else ``U001`` … in the order of their first row.
    """
    register = Register()
    for form, sheet in found:
        _naming(form)(sheet, register)
    return tuple(_converting(form)(sheet, register) for form, sheet in found)


def _naming(form: ForeignForm) -> Callable[[ForeignSheet, Register], None]:
    match form:
        case ForeignForm.DISTRICT:
            return district.name_units
        case ForeignForm.PRINCIPALS:
            return returns.name_principal_units
        case ForeignForm.TEACHERS:
            return returns.name_teacher_units


def _converting(form: ForeignForm) -> Callable[[ForeignSheet, Register], Conversion]:
    match form:
        case ForeignForm.DISTRICT:
            return district.convert
        case ForeignForm.PRINCIPALS:
            return returns.convert_principals
        case ForeignForm.TEACHERS:
            return returns.convert_teachers


__all__ = ["Conversion", "DerivedTable", "ForeignForm", "ForeignSheet", "convert", "detect"]
