"""Grounds of health, family and investigation never leave the engine unasked (§12)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given

from junheng.engine.answers import reasons, reasons_lines, stay_lines
from junheng.engine.answers.account_words import account_lines
from junheng.engine.answers.accounts import unit_account
from junheng.engine.answers.explaining import wishes_of
from junheng.engine.answers.pricing import price
from junheng.engine.answers.pricing_words import price_lines
from junheng.engine.answers.situation import situation
from junheng.engine.answers.staying import stay_of
from junheng.engine.answers.what_if import NobodyMoves, Stays, WhatIf
from junheng.engine.audit import audit, audit_lines, violation_text
from junheng.engine.documents import write_report
from junheng.engine.documents.report import all_registers
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Move, plan_text
from junheng.engine.policy.vocabulary import CIRCUMSTANCE_PRIVACY
from junheng.engine.roster.generator import tiny
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.writing import write_workbook
from junheng.engine.screening import Reader, Screening, explain, explanation_lines, screen
from junheng.errors import JunhengError, Problem
from junheng.messages import Language, word
from tests.laws.counties import (
    ON,
    PACKS,
    County,
    pack_of,
    planned,
    tiny_counties,
    tried,
    with_rows,
    with_table,
)

EVIDENCE, SANCTION, REASON, NAME = "某证明甲", "某处分乙", "某理由丙", "某人丁"
PRIVATE = (*CIRCUMSTANCE_PRIVACY, EVIDENCE, SANCTION, REASON)


def _burdened(roster: Roster, seed: int) -> Roster:
    """Give every second person a private ground, a sanction and a decision with a reason."""
    people = roster["persons"]["person_id"].to_list()[::2]
    grounds = list(CIRCUMSTANCE_PRIVACY)
    since = {"since": date(2026, 7, 1), "since_precision": "day"}
    agreed = {"school_approval": "同意", "bureau_approval": "同意", "issuer": "示例县人民医院"}
    shown = {"publicised_since": date(2026, 7, 2), "publicised_until": date(2026, 7, 20)}
    named = pl.Series([f"{NAME}{number}" for number in range(roster["persons"].height)])
    persons = roster["persons"].with_columns(person_name=named)
    roster = with_table(roster, "persons", persons)
    for number, person in enumerate(people):
        own = {"person_id": person}
        ground = {"circumstance": grounds[(seed + number) % len(grounds)], "evidence": EVIDENCE}
        roster = with_rows(roster, "circumstances", own | since | agreed | shown | ground)
        roster = with_rows(roster, "sanctions", own | since | {"sanction": SANCTION})
    forbidden = {"decision_kind": "禁止", "person_id": people[0], "unit_id": None}
    return with_rows(roster, "decisions", forbidden | {"reason": REASON})


def _told(texts: Iterable[str], words: Iterable[str] = PRIVATE) -> list[str]:
    """Return which of the words are told, with what was said."""
    wanted = tuple(words)
    return [f"{each}: {text}" for text in texts for each in wanted if each in text]


def _explanations(screening: Screening, reader: Reader) -> Iterator[str]:
    for person in screening.evaluation.person_ids:
        for language in Language:
            yield from explanation_lines(explain(screening, person, reader), language)


def _worded(problems: Iterable[Problem]) -> list[str]:
    return [
        str(word(each, language)) + str(dict(each.values)) + str(each.place)
        for each in problems
        for language in Language
    ]


@tried(8)
@given(tiny_counties())
def test_explanations_for_others_name_no_ground(county: County) -> None:
    screening = county.having(_burdened(county.roster, county.seed)).screening

    assert _told(_explanations(screening, Reader.OTHERS)) == []


def test_explanations_for_the_officer_name_the_ground_that_others_do_not_see() -> None:
    screening = screen(_burdened(tiny(0, 3, 9), 0), pack_of(PACKS[0]))

    assert _told(_explanations(screening, Reader.OFFICER)) != []


@tried(10)
@given(tiny_counties())
def test_plan_audit_registers_and_reasons_name_no_ground(county: County) -> None:
    burdened = county.having(_burdened(county.roster, county.seed))
    roster, screening = burdened.roster, burdened.screening
    found = planned(burdened)
    audited = audit(roster, screening, found)
    why = reasons(roster, screening, found)

    texts = [
        plan_text(found),
        *(line for language in Language for line in audit_lines(audited, language)),
        *(line for each in why for line in reasons_lines(each, screening)),
        *(
            str(cell)
            for register in all_registers(screening, found, audited)
            for row in register.rows
            for cell in (register.title, *row)
        ),
    ]
    assert _told(texts) == []
    assert _told([plan_text(found)], [NAME]) == []


@tried(10)
@given(tiny_counties())
def test_why_somebody_stays_what_it_costs_and_accounts_of_units_name_no_ground(
    county: County,
) -> None:
    burdened = county.having(_burdened(county.roster, county.seed))
    roster, screening = burdened.roster, burdened.screening
    today = situation(roster, screening, planned(burdened))
    staying = [p for p in today.problem.staff.ids if p not in today.move_of]
    wishes = wishes_of(roster)
    what_ifs: list[WhatIf] = [NobodyMoves()]
    if today.move_of:
        what_ifs = [Stays(min(today.move_of))]

    stays = [stay_of(today, person, dict(wishes.get(person, {}))) for person in staying]
    texts = [
        *(line for stay in stays for line in stay_lines(stay, screening)),
        *(
            line
            for unit in today.problem.units.ids
            for line in account_lines(unit_account(today, unit), screening)
        ),
        *price_lines(price(today, what_ifs), today, what_ifs),
    ]

    assert _told([*texts], [*PRIVATE, NAME]) == []


def _texts_in(file: Path) -> Iterator[str]:
    if not zipfile.is_zipfile(file):
        yield file.read_bytes().decode(errors="ignore")
        return
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode(errors="ignore")


@pytest.mark.slow
@pytest.mark.parametrize("pack_id", PACKS)
def test_the_folder_of_results_names_no_ground_but_the_internal_file_does(
    pack_id: str, tmp_path: Path
) -> None:
    roster = _burdened(tiny(2, 3, 9), 2)
    screening = screen(roster, pack_of(pack_id))
    outcome = plan(roster, screening, seed=2)
    assert isinstance(outcome, Planned)

    files = write_report(roster, screening, outcome.plan, folder=tmp_path, with_grounds=True)

    told = {each.name for each in files if _told(_texts_in(each))}
    assert {"名册.xlsx", "情况说明.docx"} <= {each.name for each in files}
    assert told <= {"暂缓事由(内部).xlsx"}
    assert len(told) == ("deferred" in screening.counts() or "barred" in screening.counts())


def test_problems_of_a_question_that_cannot_be_asked_name_no_ground_and_no_person() -> None:
    roster = _burdened(tiny(3, 3, 9), 3)
    blank = roster["persons"].with_columns(
        pl.lit(None, pl.String).alias(each) for each in ("stage", "subject", "in_post")
    )
    unanswerable = with_table(roster, "persons", blank)
    screening = screen(unanswerable, pack_of(PACKS[0]))

    with pytest.raises(JunhengError) as refused:
        plan(unanswerable, screening, seed=1)

    texts = [*_worded(refused.value.problems), str(refused.value)]
    assert len(refused.value.problems) >= 1
    assert _told(texts, (*PRIVATE, NAME)) == []


def test_problems_of_cells_that_cannot_be_read_name_no_ground_and_no_person(
    tmp_path: Path,
) -> None:
    roster = _burdened(tiny(4, 3, 9), 4)
    damaged = roster["circumstances"].with_columns(bureau_approval=pl.lit("也许"))
    wrong = with_table(roster, "circumstances", damaged)
    twice = with_table(wrong, "persons", pl.concat([wrong["persons"], wrong["persons"][:2]]))
    write_workbook(twice, tmp_path / "县.xlsx", on=ON)

    with pytest.raises(JunhengError) as refused:
        read_roster(tmp_path / "县.xlsx")

    texts = [*_worded(refused.value.problems), str(refused.value), repr(refused.value)]
    assert "roster.persons-twice" in {each.code for each in refused.value.problems}
    assert _told(texts, (*PRIVATE, NAME)) == []


def test_warnings_about_words_that_are_not_in_the_lists_name_no_ground(tmp_path: Path) -> None:
    roster = _burdened(tiny(4, 3, 9), 4)
    unusual = roster["circumstances"].with_columns(pl.col("circumstance") + "（待定）")
    write_workbook(with_table(roster, "circumstances", unusual), tmp_path / "县.xlsx", on=ON)

    warnings = read_roster(tmp_path / "县.xlsx").warnings

    values = [{**each.values, "expected": ""} for each in warnings]
    assert "roster.unlisted-code" in {each.code for each in warnings}
    assert _told(map(str, values), (*PRIVATE, NAME)) == []


def test_a_violation_about_a_deferred_person_names_the_clause_only() -> None:
    roster = _burdened(tiny(2, 3, 9), 2)
    screening = screen(roster, pack_of(PACKS[0]))
    outcome = plan(roster, screening, seed=2)
    assert isinstance(outcome, Planned)
    deferred = screening.verdicts.filter(outcome="deferred")["person_id"][0]
    person = roster["persons"].row(by_predicate=pl.col("person_id") == deferred, named=True)
    away = next(unit for unit in roster["units"]["unit_id"] if unit != person["unit_id"])
    move = Move(
        person_id=deferred, from_unit=person["unit_id"], to_unit=away, stage="小学", subject=""
    )

    audited = audit(roster, screening, replace(outcome.plan, moves=(move,)))

    blamed = [each for each in audited.violations if each.private]
    texts = [violation_text(each, language) for each in blamed for language in Language]
    assert [each.persons for each in blamed] == [(deferred,)]
    assert _told([*texts, *(str(dict(each.problem.values)) for each in blamed)]) == []
    assert all("三.3" in text for text in texts)
