"""What the audit says of whole plans: overrides, plans made by hand, tables, privacy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest

from junheng.engine.audit import audit_lines, audit_values
from junheng.engine.plans.plan import ObjectiveValue, PlanReceipt
from junheng.engine.policy.items import Strength
from junheng.engine.screening import screen
from junheng.engine.screening.receipt import Receipt
from junheng.messages import Language
from tests.engine.audit.mutations import not_movable, outside_zone
from tests.engine.audit.worlds import World, world


@cache
def county() -> World:
    """Return a county with a clean plan under the first example pack."""
    return world(screen, "datong-example", 3)


def _outside() -> tuple[World, str, str]:
    """Return the county with one teacher sent to another zone, against a principle."""
    mutant = outside_zone(county(), Random(1))  # noqa: S311 -- not for secrets
    assert mutant is not None
    return mutant.world, mutant.person, mutant.unit


def test_principle_is_a_violation_until_a_decision_lifts_it() -> None:
    """Cites A118."""
    spoilt, person, unit = _outside()
    lifted = spoilt.with_decision(
        "例外批准", person_id=person, unit_id=unit, rule_id="teachers-in-zone"
    )

    before, after = spoilt.audited(), lifted.audited()

    assert (before.clean, after.clean) == (False, True)
    assert [(v.rule, v.overridden) for v in after.violations] == [("teachers-in-zone", True)]


@pytest.mark.parametrize("blank", ["reason", "approver"])
def test_person_added_by_hand_against_a_principle_needs_reason_and_approver_a118(
    blank: str,
) -> None:
    spoilt, person, unit = _outside()
    known = {"person_id": person, "unit_id": unit, "rule_id": "teachers-in-zone"}
    unfounded = spoilt.with_decision("例外批准", **known, **{blank: ""})

    found = unfounded.audited()

    assert not found.clean
    assert "audit.override-unfounded" in {note.code for note in found.notes}


@pytest.mark.parametrize("other", [{"rule_id": "leaders-in-county"}, {"person_id": "T-无"}])
def test_decision_about_something_else_lifts_nothing(other: dict[str, str]) -> None:
    spoilt, person, _ = _outside()
    known = {"person_id": person, "rule_id": "teachers-in-zone"} | other

    assert not spoilt.with_decision("例外批准", **known).audited().clean


@pytest.mark.parametrize("employment", ["在编", "聘用"])
def test_pin_to_the_own_unit_is_kept_by_whoever_stays(employment: str) -> None:
    moving = {move.person_id for move in county().plan.moves}
    person, unit = next(
        (person, row["unit_id"])
        for person, row in county().persons.items()
        if row["employment"] == employment
        and person not in moving
        and person not in county().exchanged
    )

    pinned = county().with_decision("固定", person_id=person, unit_id=unit)

    assert pinned.audited().clean


def test_hard_rule_cannot_be_lifted_and_the_attempt_is_noted() -> None:
    """Cites A118."""
    mutant = not_movable(county(), Random(3))  # noqa: S311 -- not for secrets
    assert mutant is not None
    hard = next(
        rule.id for rule in county().pack.items.rules.values() if rule.strength is Strength.HARD
    )
    tried = mutant.world.with_decision("例外批准", person_id=mutant.person, rule_id=hard)

    found = tried.audited()

    assert not found.clean
    assert [note.code for note in found.notes if note.code.startswith("audit.")] == [
        "audit.override-of-hard"
    ]


def test_plan_made_by_hand_claims_nothing_but_its_roster() -> None:
    silent = county().silent(county().plan.moves)
    nothing = Receipt(
        roster=silent.screening.receipt.roster,
        pack_id="",
        pack_version="",
        pack="",
        settings={},
        engine="",
        on=date.min,
        year=1,
    )
    receipt = PlanReceipt(screening=nothing, solver="", seed=0, programme="")
    blank = tuple(
        replace(move, form="", since=None, until=None, relation_moved=None)
        for move in silent.plan.moves
    )
    by_hand = replace(silent, plan=replace(silent.plan, receipt=receipt, moves=blank))

    assert by_hand.audited().violations == ()


def test_start_written_without_an_end_is_held_to_the_start_alone_in_a_list_made_by_hand() -> (
    None
):
    spoken = county()
    assert any(move.until is not None for move in spoken.plan.moves)
    only_start = tuple(replace(move, until=None) for move in spoken.plan.moves)

    found = spoken.silent(only_start).audited().violations

    assert "audit.wrong-period" not in {each.code for each in found}


def _claiming(found: World, beyond: int) -> World:
    """Return the world with a plan that states its objectives, each too high by so much."""
    scale = 10**6
    objectives = tuple(
        ObjectiveValue(id=line.id, value=line.value + beyond, bound=0, scale=scale)
        for line in found.audited().objectives
        if line.value is not None
    )
    return replace(found, plan=replace(found.plan, objectives=objectives))


def test_end_left_out_of_a_plan_that_states_its_objectives_is_a_violation() -> None:
    spoken = _claiming(county(), beyond=0)
    endless = next(move for move in spoken.plan.moves if move.until is not None)
    moves = tuple(replace(m, until=None) if m is endless else m for m in spoken.plan.moves)
    world = replace(spoken, plan=replace(spoken.plan, moves=moves))

    before, after = spoken.audited().violations, world.audited().violations

    assert before == ()
    assert [(e.code, e.persons) for e in after] == [
        ("audit.wrong-period", (endless.person_id,))
    ]


def test_wrong_claim_is_told_in_the_places_of_its_quantity() -> None:
    told = _claiming(county(), beyond=1).audited().violations

    assert {each.code for each in told} == {"audit.claim-objective"}
    assert {len(each.values["stated"].partition(".")[2]) for each in told} == {6}


def test_staffing_table_moves_everybody_once_and_loses_nobody() -> None:
    found = county().audited()

    assert sum(line.after for line in found.staffing) == sum(
        line.before for line in found.staffing
    )
    changed = sum(max(0, line.after - line.before) for line in found.staffing)
    assert 0 < changed <= len(county().plan.moves)


def test_burden_counts_each_mover_once_in_each_kind_of_group() -> None:
    moved: Counter[str] = Counter()
    for line in county().audited().burden:
        moved[line.kind] += line.moved

    assert moved == dict.fromkeys(("age", "sex", "unit", "title"), len(county().plan.moves))


def test_audit_gives_the_same_answer_twice() -> None:
    assert audit_values(county().audited()) == audit_values(county().audited())


def test_deferred_person_is_named_by_outcome_and_clause_without_grounds() -> None:
    random = Random(5)  # noqa: S311 -- not for secrets
    texts = []
    for _ in range(40):
        mutant = not_movable(county(), random)
        if mutant is not None and mutant.rule == "defer-health":
            texts = list(audit_lines(mutant.world.audited(), Language.ZH))
            break

    circumstances = set(county().roster["circumstances"]["circumstance"])
    said = [text for text in texts if "暂缓" in text]
    assert len(said) == 1
    assert [word for word in circumstances if any(word in text for text in texts)] == []
