"""The plan workbook: sheet 方案, as an office writes it by hand or as we write it.

Needed are 人员编号, or 姓名 with 原单位; and 接收单位. Units may be given by id or by name;
what is ambiguous is refused, never guessed. A blank stage is the person's; a blank subject
stays blank, because what somebody teaches after a move depends on the posts of the host.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.roster.dates import WrittenDate, read_date
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.names import normalised_name, plain_word, unbracketed
from junheng.engine.roster.reading.workbooks import RawSheet, open_sheets
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.receipt import Receipt
from junheng.errors import Problem, RosterError, SheetPlace

SHEET = "方案"
HEADERS: Mapping[str, tuple[str, ...]] = {
    "person_id": ("人员编号", "教师编号", "教职工号", "工号"),
    "person_name": ("姓名", "教师姓名"),
    "from_unit": ("原单位", "原单位编号", "派出单位", "派出学校", "现单位"),
    "to_unit": ("接收单位", "接收单位编号", "接收学校", "交流单位", "交流学校"),
    "stage": ("学段", "任教学段"),
    "subject": ("学科", "任教学科"),
    "form": ("交流形式", "形式"),
    "since": ("开始", "开始时间", "起始时间"),
    "until": ("结束", "结束时间", "终止时间"),
    "relation_moved": ("是否调动人事关系", "调动人事关系"),
}
"""Column → headers accepted, our own first."""
_WIDTHS = (14, 10, 14, 14, 8, 10, 22, 12, 12, 18)
_SEARCHED_ROWS = 20
_TRUTHS = {"是": True, "否": False, "": None}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed stamp: the same bytes on every run

Cells = Mapping[str, object]


def write_plan_workbook(plan: Plan, roster: Roster, path: Path) -> None:
    """Write the sheet 方案 of a plan: ids, names and units as an office reads them.

    The last day of a move is printed inclusive; everything that is text stays text.
    """
    names = dict(roster["persons"].select("person_id", "person_name").iter_rows())
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "border": 1})
        for index, (headers, width) in enumerate(zip(HEADERS.values(), _WIDTHS, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, headers[0], head)
        for row, move in enumerate(plan.moves, start=1):
            for index, cell in enumerate(_written(move, names)):
                sheet.write_string(row, index, cell, text)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)


def _written(move: Move, names: Mapping[str, str]) -> tuple[str, ...]:
    last_day = None if move.until is None else move.until - timedelta(days=1)
    truth = {True: "是", False: "否", None: ""}[move.relation_moved]
    return (
        move.person_id,
        names.get(move.person_id, ""),
        move.from_unit,
        move.to_unit,
        move.stage,
        move.subject,
        move.form,
        "" if move.since is None else move.since.isoformat(),
        "" if last_day is None else last_day.isoformat(),
        truth,
    )


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as far as its file can be read, and what of it cannot.

    Attributes
    ----------
    plan : the rows that name one person and one unit of the roster
    problems : every other row, and every other cell that cannot be read
    places : person id → the row of the sheet; empty for plan.json
    """

    plan: Plan
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, SheetPlace] = field(default_factory=dict)


def examine_plan_workbook(path: Path, roster: Roster) -> PlanReading:
    """Read what can be read of a workbook with a sheet 方案, and collect the problems.

    The receipt says that nothing is claimed about the plan: no solver, no pack.

    Raises
    ------
    RosterError
        If no row can be read at all: no such sheet, or headers missing.
    """
    opened = open_sheets(path)
    reader = _Reader(roster, path.name, problems=[p for p in opened.problems if p.is_error])
    sheet = reader.plan_sheet(opened.sheets)
    head = None if sheet is None else reader.find_headers(sheet)
    if sheet is None or head is None:
        raise RosterError(reader.problems)
    moves = sorted(reader.moves(sheet, head), key=_order)
    plan = Plan(receipt=hand_made(roster), moves=tuple(moves))
    return PlanReading(plan, tuple(reader.problems), reader.places)


def read_plan_workbook(path: Path, roster: Roster) -> Plan:
    """Read a plan from a workbook with a sheet 方案, all of it or nothing.

    Raises
    ------
    RosterError
        With every problem: no such sheet, headers missing, persons or units unknown or
        ambiguous, dates that cannot be read, a person twice.
    """
    reading = examine_plan_workbook(path, roster)
    if reading.problems:
        raise RosterError(reading.problems)
    return reading.plan


def hand_made(roster: Roster) -> PlanReceipt:
    """Return the receipt of a plan made by hand: it names the roster and nothing else."""
    nothing = Receipt(
        roster=fingerprint(roster),
        pack_id="",
        pack_version="",
        pack="",
        settings={},
        engine="",
        on=date.min,
        year=date.min.year,
    )
    return PlanReceipt(screening=nothing, solver="", seed=0, programme="")


def _order(move: Move) -> tuple[str, str]:
    return move.person_id, move.to_unit


@dataclass(slots=True)
class _Reader:
    """Reads the rows of a sheet against the roster and collects problems."""

    roster: Roster
    file: str
    problems: list[Problem]
    sheet: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    places: dict[str, SheetPlace] = field(default_factory=dict)

    def plan_sheet(self, sheets: Sequence[RawSheet]) -> RawSheet | None:
        named = [each for each in sheets if plain_word(each.name) == SHEET]
        found = named or (list(sheets) if len(sheets) == 1 else [])
        if not found:
            if not self.problems:
                self._add("plans.no-sheet", SheetPlace(self.file), expected=SHEET)
            return None
        self.sheet = found[0].sheet_name
        return found[0]

    def moves(self, sheet: RawSheet, head: int) -> Iterator[Move]:
        directory = _Directory.of(self.roster)
        seen: dict[str, int] = {}
        for offset, row in enumerate(sheet.rows[head + 1 :]):
            cells = {column: row[index] for column, index in self.columns.items()}
            number = sheet.first_row + head + 1 + offset
            if any(_text(cell) for cell in cells.values()):
                move = self._move(cells, number, directory)
                if move is not None and move.person_id in seen:
                    first = str(seen[move.person_id])
                    self._add("plans.person-twice", self._named(number, cells), first=first)
                elif move is not None:
                    seen[move.person_id] = number
                    self.places[move.person_id] = self._named(number, cells)
                    yield move

    def find_headers(self, sheet: RawSheet) -> int | None:
        known = {header: column for column, headers in HEADERS.items() for header in headers}
        best: dict[str, int] = {}
        at = None
        for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            words = [unbracketed(plain_word(_text(cell))) for cell in row]
            found = {
                known[word]: k for k, word in reversed(list(enumerate(words))) if word in known
            }
            if len(found) > len(best):
                best, at = found, number
        by_name = {"person_name", "from_unit"} <= best.keys()
        if "to_unit" not in best or not ("person_id" in best or by_name):
            self._add("plans.no-headers", SheetPlace(self.file, self.sheet))
            return None
        self.columns = best
        self.letters = {column: sheet.letter(index) for column, index in best.items()}
        return at

    def _move(self, cells: Cells, row: int, directory: _Directory) -> Move | None:
        from_unit = self._unit(cells, "from_unit", row, directory)
        to_unit = self._unit(cells, "to_unit", row, directory)
        person = self._person(cells, row, directory, from_unit)
        since, until = self._day(cells, "since", row), self._day(cells, "until", row)
        relation_moved = self._truth(cells, row)
        if person is None or not to_unit:
            return None
        known = directory.persons[person]
        return Move(
            person_id=person,
            from_unit=from_unit or known.unit,
            to_unit=to_unit,
            stage=_text(cells.get("stage")) or known.stage,
            subject=_text(cells.get("subject")),
            form=_text(cells.get("form")),
            since=None if since is None else since.first,
            until=None if until is None else until.until,
            relation_moved=relation_moved,
        )

    def _person(
        self, cells: Cells, row: int, directory: _Directory, from_unit: str | None
    ) -> str | None:
        person_id = _text(cells.get("person_id"))
        name = normalised_name(_text(cells.get("person_name")))
        if person_id:
            if person_id not in directory.persons:
                self._add("plans.unknown-person", self._at(row, "person_id"), found=person_id)
                return None
            if name and person_id not in directory.by_name.get(name, ()):
                self._add("plans.name-differs", self._at(row, "person_name"), id=person_id)
                return None
            return person_id
        found = directory.by_name.get(name, ())
        if from_unit:
            found = tuple(p for p in found if directory.persons[p].unit == from_unit)
        if len(found) == 1 and from_unit:
            return found[0]
        if from_unit is not None:  # an unknown unit was reported already
            at_all = directory.by_name.get(name, ())
            code = _person_fault(from_unit, found, at_all)
            self._add(code, self._at(row, "person_name"), ids="、".join(found or at_all))
        return None

    def _unit(self, cells: Cells, column: str, row: int, directory: _Directory) -> str | None:
        """Return a unit's id; empty for an empty cell, None, noted, for an unknown one."""
        word = _text(cells.get(column))
        if word in directory.units:
            return word
        if not word:
            if column == "to_unit":
                self._add("plans.no-destination", self._at(row, column))
            return ""
        found = directory.units_by_name.get(plain_word(word), ())
        if len(found) == 1:
            return found[0]
        code = "plans.ambiguous-unit" if found else "plans.unknown-unit"
        self._add(code, self._at(row, column), found=word, ids="、".join(found))
        return None

    def _day(self, cells: Cells, column: str, row: int) -> WrittenDate | None:
        cell = cells.get(column)
        if isinstance(cell, datetime | date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return WrittenDate(day, "day")
        written = _text(cell)
        found = read_date(written) if written else None
        if found is None or isinstance(found, WrittenDate):
            return found
        self._add("plans.unreadable-date", self._at(row, column), found=written)
        return None

    def _truth(self, cells: Cells, row: int) -> bool | None:
        word = _text(cells.get("relation_moved"))
        if word not in _TRUTHS:
            self._add("plans.not-yes-or-no", self._at(row, "relation_moved"), found=word)
        return _TRUTHS.get(word)

    def _named(self, row: int, cells: Cells) -> SheetPlace:
        """Return the cell in which a row names its person."""
        return self._at(row, "person_id" if _text(cells.get("person_id")) else "person_name")

    def _at(self, row: int, column: str) -> SheetPlace:
        return SheetPlace(self.file, self.sheet, f"{self.letters.get(column, '')}{row}")

    def _add(self, code: str, place: SheetPlace, /, **values: str) -> None:
        self.problems.append(Problem(code, place=place, values=values))


@dataclass(frozen=True, slots=True)
class _Known:
    """Where a person of the roster works, and in which stage."""

    unit: str
    stage: str


@dataclass(frozen=True, slots=True)
class _Directory:
    """Persons and units of the roster by id and by name."""

    persons: Mapping[str, _Known]
    by_name: Mapping[str, tuple[str, ...]]
    units: frozenset[str]
    units_by_name: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(roster: Roster) -> _Directory:
        persons: dict[str, _Known] = {}
        by_name: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in roster["persons"].sort("person_id").iter_rows(named=True):
            persons[row["person_id"]] = _Known(row["unit_id"], row["stage"] or "")
            by_name[normalised_name(row["person_name"] or "")] += (row["person_id"],)
        units_by_name: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        units = roster["units"].sort("unit_id").select("unit_id", "unit_name")
        for unit_id, unit_name in units.iter_rows():
            units_by_name[plain_word(unit_name or "")] += (unit_id,)
        return _Directory(persons, by_name, frozenset(units["unit_id"]), units_by_name)


def _person_fault(from_unit: str, here: Sequence[str], at_all: Sequence[str]) -> str:
    """Say why a name and a unit do not give one person."""
    if not from_unit and at_all:
        return "plans.no-origin"
    if len(here) > 1:
        return "plans.ambiguous-person"
    return "plans.person-elsewhere" if at_all else "plans.no-such-person"


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
