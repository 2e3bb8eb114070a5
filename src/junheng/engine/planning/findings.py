"""Collecting what keeps a planning question from being asked, with its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NoReturn

from junheng.engine.policy.conditions import Literal, Setting, Unset
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Place, Problem, QuestionError, SheetPlace, UnsetFigures

Row = Mapping[str, Any]


@dataclass(slots=True)
class Findings:
    """Problems found while a question is put together; all are reported at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place | None = None, /, **values: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, place=place, values=values))

    def refuse_if_any(self) -> None:
        """Raise everything noted so far.

        Raises
        ------
        UnsetFigures
            If all that was found is figures, switches or dates that nobody has set (§2).
        QuestionError
            Otherwise, if anything was found.
        """
        if self.problems:
            self.refuse()

    def refuse(self) -> NoReturn:
        """Raise everything noted so far, as :meth:`refuse_if_any` does."""
        if all(problem.code == "planning.unset-figure" for problem in self.problems):
            raise UnsetFigures(self.problems)
        raise QuestionError(self.problems)

    def blank_cells(
        self, roster: Roster, table_id: str, column_id: str, rows: Sequence[Row]
    ) -> None:
        """Note blank cells of one column: one problem for each sheet, with all its rows."""
        by_sheet: dict[int | None, list[Row]] = {}
        for row in rows:
            by_sheet.setdefault(row["source"], []).append(row)
        table = BY_ID[table_id]
        for found in by_sheet.values():
            self.add(
                "planning.blank-cell",
                _place(roster, found, column_id),
                sheet=table.sheet,
                column=table.column(column_id).header,
                count=str(len(found)),
            )

    def word(self, setting: Setting, item_id: str) -> str:
        """Return a setting; an unset one is noted and read as empty."""
        if isinstance(setting, str):
            return setting
        self.unset(setting, item_id)
        return ""

    def number(self, figure: object, item_id: str) -> Fraction | None:
        """Return a figure that must be one number; None, noted, where it is not."""
        numbers = self.numbers(figure, item_id)
        if len(numbers) == 1:
            return numbers[0]
        if numbers:
            self.add("planning.figure-not-single", id=item_id, count=str(len(numbers)))
        return None

    def numbers(self, figure: object, item_id: str) -> tuple[Fraction, ...]:
        """Return a figure that is a list of numbers; empty, noted, where it is not."""
        if isinstance(figure, Literal):
            found = tuple(value for value in figure.values if isinstance(value, Fraction))
            if found and len(found) == len(figure.values):
                return found
        elif isinstance(figure, Unset):
            self.unset(figure, item_id)
            return ()
        self.add("planning.figure-not-a-number", id=item_id)
        return ()

    def words(self, figure: object, item_id: str) -> frozenset[str]:
        """Return a figure that is a list of words; empty, noted, where it is not."""
        if isinstance(figure, Literal):
            return frozenset(str(value) for value in figure.values)
        if isinstance(figure, Unset):
            self.unset(figure, item_id)
        else:
            self.add("planning.figure-not-words", None, id=item_id)
        return frozenset()

    def unset(self, unset: object, item_id: str) -> None:
        """Note a figure, setting or date that nobody has set (§2)."""
        why = unset.why if isinstance(unset, Unset) else ""
        missing = (unset.id if isinstance(unset, Unset) else "") or item_id
        values = {"id": missing, "item": item_id, "why": why}
        problem = Problem("planning.unset-figure", values=values)
        if problem not in self.problems:
            self.problems.append(problem)


def cell_place(roster: Roster, row: Row, column_id: str) -> SheetPlace | None:
    """Point at a cell; None for rows that no file holds."""
    if row["source"] is None or row["row"] is None:
        return None
    return roster.sheets[row["source"]].place(row["row"], column_id)


def _place(roster: Roster, rows: Iterable[Row], column_id: str) -> SheetPlace | None:
    first, *others = rows
    place = cell_place(roster, first, column_id)
    if place is None:
        return None
    further = tuple(row["row"] for row in others if row["row"] is not None)
    return SheetPlace(place.file, place.sheet, place.cell, further)
