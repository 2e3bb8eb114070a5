"""The list of outcomes is in words, has every person once, and tells no ground (§12)."""

from __future__ import annotations

from collections import Counter

import pytest

from junheng.engine.documents.outcome_list import outcome_list
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import TINY_DAY, generate
from junheng.engine.screening import Screening, screen
from junheng.messages import sentence

PACKS = ("datong-example", "district-managed-example")


@pytest.fixture(scope="module", params=PACKS)
def screened(request: pytest.FixtureRequest) -> Screening:
    roster = generate(units=20, persons=400, seed=23, on=TINY_DAY)
    return screen(roster, resolve(load(request.param), on=TINY_DAY))


def test_everybody_has_one_line_with_the_own_outcome(screened: Screening) -> None:
    found = outcome_list(screened)

    told = dict(found.select("人员编号", "类别").iter_rows())
    verdicts = screened.verdicts.select("person_id", "outcome").iter_rows()
    assert found.height == screened.verdicts.height
    assert told == {person: sentence(f"outcome.{each}") for person, each in verdicts}


def test_no_code_of_a_program_stands_in_a_list_for_people(screened: Screening) -> None:
    found = outcome_list(screened).drop("人员编号", "单位编号", "单位")

    cells = {cell for row in found.iter_rows() for cell in row}
    ids = {*screened.evaluation.pack.items.rules, *screened.evaluation.pack.header.tracks}
    assert [cell for cell in cells if any(each in cell for each in ids)] == []


def test_what_a_private_clause_asks_is_left_out(screened: Screening) -> None:
    found = outcome_list(screened)
    private = {
        rule.title for rule in screened.evaluation.pack.items.rules.values() if rule.private
    }

    text = found.write_csv()

    assert [title for title in private if title in text] == []
    assert Counter(found["条款要点"])[""] > 0


def test_whoever_is_due_is_told_what_the_clause_asks(screened: Screening) -> None:
    due = screened.verdicts.filter(outcome="due").row(0, named=True)

    line = outcome_list(screened).filter(人员编号=due["person_id"]).row(0, named=True)

    pack = screened.evaluation.pack
    rules = [pack.items.rules[rule] for rule in due["because"]]
    assert line["条款要点"] == "、".join(rule.title for rule in rules)
    assert line["依据"] == "、".join(
        dict.fromkeys(clause.at for rule in rules for clause in pack.clauses(rule.source))
    )
