"""A third reading of the page, row by row, gives every plan the verdict the auditor gives.

The plans are drawn and mostly spoilt: persons who may not go, units without a post, subjects
nobody may teach there, too many at one school.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import polars as pl
import pytest

from junheng.engine.audit import Audit, audit
from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening.verdicts import Screening
from tests.engine.balance.county_of_three import DAY
from tests.engine.planning.brute_force import County, Moves
from tests.engine.planning.hand_screening import HandEvaluation
from tests.engine.planning.random_rules import DRAW_SEED, RULES, counties, dice

STANDARDS = resolve(load("datong-example"), on=DAY).items.parameters
SEEDS = range(40)
ORDER = "audit.passed-over"
"""Whether one who was passed over could have gone instead is no question of one plan."""


def _screened(county: County) -> Screening:
    """Return the screening with strengths of verdicts and the figures of the balance report."""
    evaluation = county.screening.evaluation
    assert isinstance(evaluation, HandEvaluation)
    items = evaluation.pack.items
    known = replace(items, parameters={**STANDARDS, **items.parameters})
    evaluation.pack = replace(evaluation.pack, items=known)
    verdicts = county.screening.verdicts.with_columns(strength=pl.lit("hard"))
    return replace(county.screening, verdicts=verdicts)


def _drawn(county: County, random: Random) -> list[tuple[str, str, str]]:
    """Return (person, unit, subject), now and then as nobody may move them."""
    found = []
    for person in sorted(county.staff):
        options = [each for each in county.options(person) if each is not None]
        if options and random.random() < 0.5:
            unit, _, subject = random.choice(options)
            found.append((person, unit, subject))
        elif random.random() < 0.1:
            subject = random.choice(["语文", "数学", county.staff[person]["subject"]])
            leads = county.staff[person]["leads"]
            found.append(
                (person, random.choice(sorted(county.units)), "" if leads else subject)
            )
    return found


def _audited(county: County, drawn: list[tuple[str, str, str]]) -> Audit:
    screening = _screened(county)
    moves = tuple(
        Move(
            person_id=person,
            from_unit=county.staff[person]["at"],
            to_unit=unit,
            stage=county.staff[person]["stage"],
            subject=subject,
        )
        for person, unit, subject in drawn
    )
    receipt = PlanReceipt(
        screening=screening.receipt, solver="", seed=DRAW_SEED, programme="by-hand-2026"
    )
    return audit(county.roster, screening, Plan(receipt=receipt, moves=moves))


def _allowed(county: County, drawn: list[tuple[str, str, str]]) -> Moves | None:
    """Return the moves with their forms; None where one of them is not allowed."""
    moves = []
    for person, unit, subject in drawn:
        forms = [
            each[1]
            for each in county.options(person)
            if each is not None and (each[0], each[2]) == (unit, subject)
        ]
        if not forms:
            return None
        moves.append((person, unit, forms[0], subject))
    return tuple(moves)


def _alone(county: County, random: Random) -> list[tuple[str, str, str]]:
    """Return one move of anybody to any unit, to teach any subject."""
    person = random.choice(sorted(county.staff))
    row = county.staff[person]
    subject = "" if row["leads"] else random.choice(["语文", "数学", row["subject"]])
    return [(person, random.choice(sorted(county.units)), subject)]


def _judged_alike(county: County, drawn: list[tuple[str, str, str]]) -> bool:
    moves = _allowed(county, drawn)
    clean = (
        moves is not None and county.keeps_the_rules(moves) and not county.too_many_leave(moves)
    )
    found = _audited(county, drawn).violations
    return clean is not any(each.blocks and each.code != ORDER for each in found)


def _counted_alike(county: County, random: Random) -> bool:
    allowed = [each for each in _drawn(county, random) if _allowed(county, [each])]
    moves = _allowed(county, allowed) or ()
    found = _audited(county, allowed)
    passed = tuple((each.rule, each.person_id) for each in found.passed_over)
    return (
        tuple(line.value for line in found.objectives) == county.values(moves)
        and {each.person_id for each in found.over_quota} == county.over_quota(moves)
        and passed == county.passed_over(moves)
    )


@pytest.mark.parametrize("rule", RULES)
def test_auditor_blames_just_the_plans_that_a_third_reading_blames(rule: str) -> None:
    blamed_otherwise = []
    for seed in SEEDS:
        county, random = counties(rule, seed)[0], dice(seed)
        plans = [_drawn(county, random), *(_alone(county, random) for _ in range(4))]
        blamed_otherwise += [(seed, p) for p in plans if not _judged_alike(county, p)]

    assert blamed_otherwise == []


@pytest.mark.parametrize("rule", RULES)
def test_auditor_counts_what_a_third_reading_counts(rule: str) -> None:
    alike = {seed: _counted_alike(counties(rule, seed)[0], dice(seed)) for seed in SEEDS}

    assert [seed for seed in SEEDS if not alike[seed]] == []
