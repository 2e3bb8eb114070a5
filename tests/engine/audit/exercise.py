"""A hand-made list with twenty mistakes, for the tutorial “检查手头的名单”.

The list is what an officer might keep in Excel: names and school names, a title row, some
cells left blank. Twelve rows are right; twenty hold one mistake each. Where a mistake goes is
searched for, so that it breaks one rule and no other; which code it must be given is stated
here, never taken from the auditor.

``python -m tests.engine.audit.exercise`` writes the files into the documentation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from junheng.engine.audit.findings import QuotaLine
from junheng.engine.plans.plan import Move
from junheng.engine.roster.names import plain_word, unbracketed
from junheng.engine.roster.writing import write_workbook
from junheng.engine.screening import screen
from tests.engine.audit.worlds import DAY, START, World, world

PACK = "datong-example"
SETTINGS = {"exchange-relation": "relation-moves"}
SEED = 21
LEAVERS = "example-planning"
FOLDER = Path(__file__).parents[3] / "docs/tutorial/check-your-list"
FIRST_ROW = 4
HEADERS = (
    *("序号", "姓名", "原单位", "学段", "学科", "接收单位"),
    *("交流形式", "开始", "结束", "是否调动人事关系", "备注"),
)
_WIDTHS = (6, 13, 20, 8, 10, 20, 14, 12, 12, 11, 16)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list as written, with the mistake in it: its code, rule and words."""

    name: str
    origin: str
    stage: str
    subject: str
    host: str
    form: str = ""
    since: str = ""
    until: str = ""
    relation: str = ""
    code: str = ""
    rule: str = ""
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mistake to plant: what it must be called, and the moves that may show it."""

    mistake: str
    code: str
    rule: str
    moves: Callable[[World], Iterator[Move]]


@cache
def exercise() -> tuple[World, tuple[Row, ...]]:
    """Return the county and the rows of the list, in the order of the sheet."""
    right = _school_at_its_limit(world(screen, PACK, SEED, settings=SETTINGS, persons=500))
    rows = [_row(right, move, k) for k, move in enumerate(right.plan.moves)]
    spoilt = right
    for number, wanted in enumerate(WANTED):
        move = _planted(spoilt, wanted, number)
        spoilt = spoilt.with_moves(move)
        told = {"code": wanted.code, "rule": wanted.rule, "mistake": wanted.mistake}
        rows.append(replace(_row(right, move, number), **told))
    rows += _unreadable(spoilt, right.plan.moves[0])
    shuffled = rows[:]
    Random(SEED).shuffle(shuffled)  # noqa: S311 -- not for secrets
    # The first of two rows of one person is the right one.
    twice = next(row for row in rows if row.code == "plans.person-twice")
    shuffled.remove(twice)
    return right, (*shuffled, twice)


def write(folder: Path) -> None:
    """Write roster, list and answers."""
    county, rows = exercise()
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(county.roster, folder / "roster.xlsx", on=DAY)
    _write_list(rows, folder / "list.xlsx")
    answers = [
        f"| {number} | {row.mistake} |"
        for number, row in enumerate(rows, start=FIRST_ROW)
        if row.code
    ]
    text = "\n".join(["| 行 | 错在哪里 |", "|--|--|", *answers, ""])
    (folder / "answers.txt").write_text(text, encoding="utf-8", newline="\n")


def _school_at_its_limit(county: World) -> World:
    """Add right moves from one school until no more may leave it, but one more could."""
    limits = {each.cell[0]: each.bound for each in _leavers(county)}
    for unit, bound in sorted(limits.items(), key=lambda pair: (pair[1], pair[0])):
        found = county
        for move in _leaving(county, unit):
            full = sum(each.from_unit == unit for each in found.plan.moves) >= bound
            new = move.person_id not in {each.person_id for each in found.plan.moves}
            tried = found.with_moves(move)
            if new and full and set(_findings(tried)) == {("audit.leavers", LEAVERS)}:
                return found
            if new and not full and tried.audited().clean:
                found = tried
    raise LookupError("no school of this county can be brought to its limit")


def _leavers(county: World) -> list[QuotaLine]:
    return [line for line in county.audited().quotas if line.id == LEAVERS]


def _leaving(county: World, unit: str) -> Iterator[Move]:
    return (move for move in _every(_teachers)(county) if move.from_unit == unit)


def _row(county: World, move: Move, style: int) -> Row:
    """Write a move as an office does; every third row in full, the others with blanks."""
    person = county.persons[move.person_id]
    member = county.ground.staff.members.get(move.person_id)
    form = county.ground.form_of(member, move.to_unit) if member else None
    full = style % 3 == 0
    dated = full or move.since is not None
    ends = move.until or date(START.year + 3, START.month, START.day)
    last = ends - timedelta(days=1)
    return Row(
        name=person["person_name"],
        origin=county.units[move.from_unit]["unit_name"],
        stage=move.stage,
        subject=move.subject,
        host=county.units[move.to_unit]["unit_name"],
        form=unbracketed(plain_word(form.title)) if full and form else "",
        since=f"{START.year}年{START.month}月" if dated else "",
        until=f"{last.year}年{last.month}月" if dated else "",
        relation={True: "是", False: "否", None: ""}[move.relation_moved],
    )


def _planted(county: World, wanted: Wanted, seed: int) -> Move:
    """Return the first move that shows the mistake and nothing else."""
    before = _findings(county)
    after = before + Counter([(wanted.code, wanted.rule)])
    taken = {move.person_id for move in county.plan.moves}
    moves = [move for move in wanted.moves(county) if move.person_id not in taken]
    Random(seed).shuffle(moves)  # noqa: S311 -- not for secrets
    for move in moves[:200]:
        if _findings(county.with_moves(move)) == after:
            return move
    raise LookupError(f"no place in this county for {wanted.mistake}")


def _findings(county: World) -> Counter[tuple[str, str]]:
    return Counter((found.code, found.rule) for found in county.audited().violations)


def _every(
    persons: Callable[[World], list[str]], *, within: bool = True
) -> Callable[[World], Iterator[Move]]:
    """Return every move of these persons to a unit with their post, or without it."""

    def moves(county: World) -> Iterator[Move]:
        for person in persons(county):
            open_units = county.open_units(person)
            own = county.persons[person]["unit_id"]
            others = [u for u in county.units if u not in open_units and u != own]
            for unit in open_units if within else others:
                yield _written(county, person, unit)

    return moves


def _written(county: World, person: str, unit: str) -> Move:
    move = county.move(person, unit)
    return replace(move, subject="") if county.leads(person) else move


def _teachers(county: World) -> list[str]:
    return [p for p in county.quiet(movable=True) if not county.leads(p)]


def _leaders(county: World) -> list[str]:
    return [p for p in county.quiet(movable=True) if county.leads(p)]


def _decided(outcome: str, rule: str = "") -> Callable[[World], list[str]]:
    """Return the persons of one outcome, decided by one rule alone."""

    def persons(county: World) -> list[str]:
        because = [rule] if rule else []
        found = [p for p, v in county.verdicts.items() if v["outcome"] == outcome]
        return [p for p in found if list(county.verdicts[p]["because"] or ()) == because]

    return persons


def _serving(county: World) -> list[str]:
    return [p for p, member in county.ground.staff.members.items() if member.serving]


def _home(county: World) -> Iterator[Move]:
    for person in _teachers(county):
        yield county.move(person, county.persons[person]["unit_id"])


def _from_full(county: World) -> Iterator[Move]:
    for line in _leavers(county):
        if line.reached >= line.bound:
            yield from _leaving(county, line.cell[0])


def _heads(county: World) -> list[str]:
    return [p for p in _leaders(county) if county.persons[p]["role"] == "校长"]


def _stated(form: str = "", **known: Any) -> Callable[[World], Iterator[Move]]:
    """Return moves that are right but for what they state, under one form or any."""

    def moves(county: World) -> Iterator[Move]:
        for move in _every(_teachers)(county):
            found = county.ground.form_of(
                county.ground.staff.members[move.person_id], move.to_unit
            )
            if not form or (found and found.id == form):
                yield replace(move, **known)

    return moves


def _unreadable(county: World, again: Move) -> list[Row]:
    """Return the rows in which nobody can tell who is meant, or where to."""
    taken = {move.person_id for move in county.plan.moves}
    free = [
        move
        for move in _every(_teachers)(county)
        if move.person_id not in taken and move.subject
    ]
    names = Counter((p["person_name"], p["unit_id"]) for p in county.persons.values())
    stranger = replace(_row(county, free[0], 1), name="欧阳无名")
    lost = next(move for move in free if move.person_id != free[0].person_id)
    shared = next(
        person
        for person, row in county.persons.items()
        if names[row["person_name"], row["unit_id"]] > 1 and county.open_units(person)
    )
    common = _written(county, shared, county.open_units(shared)[0])
    other = next(u for u in county.open_units(again.person_id) if u != again.to_unit)
    return [
        replace(stranger, code="plans.no-such-person", mistake="花名册里没有这个姓名"),
        replace(
            _row(county, common, 1),
            code="plans.ambiguous-person",
            mistake="这所学校有两个同名的人，看不出是哪一个",
        ),
        replace(
            _row(county, lost, 1),
            host="城关镇第一小学",
            code="plans.unknown-unit",
            mistake="花名册里没有这所学校",
        ),
        replace(
            _row(county, replace(again, to_unit=other), 1),
            code="plans.person-twice",
            mistake="同一个人前面已经派往另一所学校",
        ),
    ]


def _write_list(rows: tuple[Row, ...], path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.combine(DAY, time())})
        sheet = book.add_worksheet("方案")
        centred = {"align": "center", "valign": "vcenter", "font_name": "宋体"}
        title = book.add_format({**centred, "bold": True, "font_size": 16})
        head = book.add_format({**centred, "bold": True, "border": 1, "text_wrap": True})
        text = book.add_format({**centred, "border": 1, "num_format": "@", "shrink": True})
        sheet.merge_range(0, 0, 0, len(HEADERS) - 1, "示例县2026年校长教师交流名单", title)
        sheet.write_string(1, 0, "填报单位：示例县教育局人事股")
        sheet.set_row(2, 32)
        for index, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(2, index, header, head)
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number + 2, 20)
            cells = (row.name, row.origin, row.stage, row.subject, row.host)
            more = (row.form, row.since, row.until, row.relation, "")
            for index, cell in enumerate((str(number), *cells, *more)):
                sheet.write_string(number + 2, index, cell, text)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


WANTED = (
    Wanted("校长走了，没有人接", "audit.no-head", "", _every(_heads)),
    Wanted("一所学校走的人太多", "audit.leavers", LEAVERS, _from_full),
    Wanted("原单位和接收单位是同一所学校", "audit.own-unit", "", _home),
    Wanted(
        "接收学校没有这个学段、学科的岗位", "audit.no-post", "", _every(_teachers, within=False)
    ),
    Wanted("学科写错了：此人不教这一科", "audit.wrong-subject", "", _stated(subject="劳动")),
    Wanted(
        "此人年限未满，也没有申请",
        "audit.not-movable",
        "teacher-due",
        _every(_decided("not_due", "teacher-due")),
    ),
    Wanted(
        "此人今年暂缓交流",
        "audit.not-movable",
        "defer-health",
        _every(_decided("deferred", "defer-health")),
    ),
    Wanted(
        "此人的材料还没有核实",
        "audit.not-movable",
        "teacher-due",
        _every(_decided("undecided", "teacher-due")),
    ),
    Wanted(
        "此人不属于这次交流的范围",
        "audit.not-movable",
        "outside-scope",
        _every(_decided("out_of_scope", "outside-scope")),
    ),
    Wanted("此人正在外校交流，还没有期满", "audit.serving", "", _every(_serving)),
    Wanted(
        "农村学校的教师派到了别的片区",
        "audit.destination",
        "teachers-in-zone",
        _every(_teachers),
    ),
    Wanted("接收学校的这个领导岗位已经有人", "audit.leaders", "", _every(_leaders)),
    Wanted("一所学校的班子走得太多", "audit.cap", "leaders-at-once", _every(_leaders)),
    Wanted(
        "接收学校已经满编", "audit.establishment", "no-over-establishment", _every(_teachers)
    ),
    Wanted(
        "期限写成一年，办法规定三年",
        "audit.wrong-period",
        "guidance",
        _stated("guidance", since=START, until=date(START.year + 1, START.month, START.day)),
    ),
    Wanted(
        "写了不调动人事关系，办法规定随人走",
        "audit.wrong-relation",
        "guidance",
        _stated("guidance", relation_moved=False),
    ),
)
"""What is planted, rule by rule; four rows that cannot be read come after."""


if __name__ == "__main__":
    write(FOLDER)
