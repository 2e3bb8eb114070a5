from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from junheng.engine.answers.pricing_words import loss_lines, replanned_lines
from junheng.engine.answers.replanning import (
    Again,
    Replanned,
    TooFew,
    again,
    fewest_by_loss,
    fingerprint_of,
)
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Move, Plan, compare_plans
from junheng.engine.roster.roster import Roster
from junheng.messages import Language
from tests.engine.planning.brute_force import County
from tests.engine.planning.hand_screening import by_lot, screened
from tests.engine.planning.small_counties import SEED, changes, small_county, tried

SEEDS = [seed for seed in range(40) if seed % 3]


def _objected(seed: int) -> tuple[Plan, County] | None:
    """Return a plan, and its county after the first mover objected to the unit."""
    before = small_county(seed)
    outcome = plan(before.roster, before.screening, seed=SEED)
    if not isinstance(outcome, Planned) or not outcome.plan.moves:
        return None
    move = outcome.plan.moves[0]
    row = {"decision_kind": "禁止", "person_id": move.person_id, "unit_id": move.to_unit}
    decisions = before.roster["decisions"]
    more = pl.concat([decisions, pl.DataFrame([row])], how="diagonal_relaxed")
    tables = {**before.roster.tables, "decisions": more.select(decisions.columns)}
    roster = Roster(tables, before.roster.given | {"decisions"}, before.roster.sheets)
    screening = screened(roster, before.pack, by_lot(seed))
    return outcome.plan, County(roster, screening, SEED)


def _cases() -> list[tuple[Plan, County]]:
    found = [_objected(seed) for seed in SEEDS]
    return [case for case in found if case is not None and tried(case[1])][:10]


CASES = _cases()


def _asked(case: tuple[Plan, County]) -> Again:
    earlier, after = case
    return again(after.roster, after.screening, earlier)


def _moves(found: Plan) -> dict[str, str]:
    return {move.person_id: move.to_unit for move in found.moves}


@pytest.mark.parametrize("case", CASES)
def test_without_loss_no_best_plan_changes_fewer(case: tuple[Plan, County]) -> None:
    earlier, after = case
    plans = tried(after)
    best = min(each.values for each in plans)
    fewest = min(changes(_moves(earlier), p.moves) for p in plans if p.values == best)

    found = _asked(case).without_loss()

    assert isinstance(found, Replanned)
    assert tuple(each.value for each in found.plan.objectives)[:-1] == best
    assert (found.changes, found.fewest_proven) == (fewest, True)


@pytest.mark.parametrize("case", CASES)
def test_with_a_limit_the_plan_is_the_best_of_those_that_keep_it(
    case: tuple[Plan, County],
) -> None:
    earlier, after = case
    counted = [(changes(_moves(earlier), p.moves), p.values) for p in tried(after)]
    fewest = min(count for count, _ in counted)

    for most in range(4):
        found = _asked(case).with_limit(most)
        if most < fewest:
            assert found == TooFew(most, fewest)
            continue
        assert isinstance(found, Replanned)
        assert found.changes <= most
        values = tuple(each.value for each in found.plan.objectives)[:-1]
        assert values == min(values for count, values in counted if count <= most)


@pytest.mark.parametrize("case", CASES)
def test_a_loss_never_asks_for_more_changes(case: tuple[Plan, County]) -> None:
    question = _asked(case)
    free = question.without_loss()
    assert isinstance(free, Replanned)

    rows = fewest_by_loss(question, free)

    counts = [row.changes for row in rows if isinstance(row, Replanned)]
    assert len(counts) == len(rows)
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("case", CASES)
def test_with_a_loss_no_plan_that_loses_no_more_changes_fewer(
    case: tuple[Plan, County],
) -> None:
    earlier, after = case
    question = _asked(case)
    free = question.without_loss()
    assert isinstance(free, Replanned)
    unmet, *rest = (each.value for each in free.plan.objectives[:-1])

    for loss in (Fraction(1, 10), Fraction(1, 2), Fraction(9)):
        most = [int(value * (1 + loss)) for value in rest]
        fewest = min(
            changes(_moves(earlier), p.moves)
            for p in tried(after)
            if p.values[0] == unmet and all(map(int.__le__, p.values[1:], most))
        )
        found = question.with_loss(loss, free)
        assert isinstance(found, Replanned)
        assert (found.changes, found.fewest_proven) == (fewest, True)


def test_from_scratch_never_changes_fewer_than_the_fewest() -> None:
    for earlier, after in CASES:
        scratch = plan(after.roster, after.screening, seed=SEED)
        found = _asked((earlier, after)).without_loss()

        assert isinstance(scratch, Planned)
        assert isinstance(found, Replanned)
        assert found.changes <= len(compare_plans(earlier, scratch.plan).affected)


def test_a_plan_made_again_names_its_parent_and_its_terms() -> None:
    earlier, _ = CASES[0]

    found = _asked(CASES[0]).with_limit(3)

    assert isinstance(found, Replanned)
    receipt = found.plan.receipt
    assert (receipt.parent, receipt.terms) == (fingerprint_of(earlier), "at most 3 changes")


def test_a_plan_whose_question_has_not_changed_stays_as_it_is() -> None:
    county = small_county(1)
    outcome = plan(county.roster, county.screening, seed=SEED)
    assert isinstance(outcome, Planned)

    found = again(county.roster, county.screening, outcome.plan).without_loss()

    assert isinstance(found, Replanned)
    assert (found.changes, found.plan.moves) == (0, outcome.plan.moves)


def test_a_plan_made_again_reads_as_sentences_in_both_languages() -> None:
    question = _asked(CASES[0])
    free = question.without_loss()
    assert isinstance(free, Replanned)
    pack = CASES[0][1].pack
    rows = [(free.loss or 0, free)]

    said = [
        len(replanned_lines(free, question, each)) + len(loss_lines(rows, pack, each))  # type: ignore[arg-type]  # -- the test needs the wrong type
        for each in Language
    ]

    assert said[0] == said[1]


def test_somebody_who_left_the_roster_counts_among_the_changes() -> None:
    county = small_county(1)
    outcome = plan(county.roster, county.screening, seed=SEED)
    assert isinstance(outcome, Planned)
    left = Move(person_id="left", from_unit="a", to_unit="b", stage="", subject="")
    earlier = replace(outcome.plan, moves=(*outcome.plan.moves, left))
    question = again(county.roster, county.screening, earlier)

    found = question.without_loss()

    assert isinstance(found, Replanned)
    assert [each.person_id for each in found.moved.affected] == ["left"]
    assert (found.changes, question.fewest) == (1, 1)
    assert question.with_limit(0) == TooFew(0, 1)
