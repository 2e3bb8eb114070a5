"""What a register (名册) is: a titled table for one purpose, ready to print and sign.

A register is plain values; how it looks on paper is :mod:`.workbook`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register.

    Attributes
    ----------
    title : Chinese heading
    width : in characters of the body font; a Chinese character counts two
    decimals : for numbers that are not whole, how many places are shown; the cell keeps all
    """

    title: str
    width: float = 10
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Register:
    """One sheet of the result workbook.

    Attributes
    ----------
    name : sheet name
    title : heading printed over the table
    fields : columns, after the running number that every register has
    rows : in the officer's own order of schools, then by person id
    note : printed below the table; empty for none
    signed : whether lines for signature and seal are printed
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    signed: bool = True

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns: they would print under wrong headings."""
        for row in self.rows:
            if len(row) != len(self.fields):
                raise ValueError(
                    f"{self.name}: a row has {len(row)} of {len(self.fields)} cells"
                )
