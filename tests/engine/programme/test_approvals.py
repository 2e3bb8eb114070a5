"""Approvals in order, return and joint signature; objections answered by somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.engine.programme import State, calendar_of, events, open_duties
from junheng.engine.programme.events import Actor
from junheng.engine.programme.state import Standing
from tests.engine.programme.scenes import BUREAU, OFFICER, fold, fresh, gates, resolved

SCHOOL = Actor("clerk", "own-unit", "U1")
COMMITTEE = Actor("secretary", "committee")
ARBITER = Actor("arbiter", "arbitration")
DAY = date(2025, 6, 2)


def _done(by: Actor, step: str, subject: str = "", on: date = DAY) -> events.Done:
    return events.Done(on=on, by=by, step=step, subject=subject)


def _approved(by: Actor, step: str = "scheme", subject: str = "U1") -> events.Approved:
    return events.Approved(on=DAY, by=by, step=step, subject=subject)


@pytest.fixture
def submitted() -> State:
    """Return a scheme that waits for the bureau and then the committee."""
    return fold(fresh(), _done(SCHOOL, "scheme", "U1"))


def test_scheme_is_done_when_all_have_approved_in_order(submitted: State) -> None:
    state = fold(submitted, _approved(BUREAU), _approved(COMMITTEE))

    assert submitted.records["scheme", "U1"].standing is Standing.SUBMITTED
    assert state.records["scheme", "U1"].is_done


def test_the_second_to_approve_cannot_go_first(submitted: State) -> None:
    assert gates(submitted, _approved(COMMITTEE)) == {"turn"}


def test_who_submitted_cannot_approve_even_for_another_body(submitted: State) -> None:
    assert gates(submitted, _approved(Actor("clerk", "bureau"))) == {"own-proposal"}


def test_nobody_approves_twice_or_before_anything_is_submitted(submitted: State) -> None:
    approved = fold(submitted, _approved(BUREAU))

    assert gates(approved, _approved(BUREAU)) == {"already-done"}
    assert gates(fresh(), _approved(BUREAU)) == {"nothing-submitted"}


def test_what_is_sent_back_is_submitted_and_approved_again_from_the_beginning(
    submitted: State,
) -> None:
    back = events.Returned(on=DAY, by=COMMITTEE, step="scheme", subject="U1")
    state = fold(submitted, _approved(BUREAU), back, _done(SCHOOL, "scheme", "U1"))

    assert state.records["scheme", "U1"].signed == ()
    assert gates(state, _approved(COMMITTEE)) == {"turn"}


def test_joint_signatures_may_come_in_any_order() -> None:
    begun = fold(fresh(), _done(BUREAU, "relations-together", "P1"))
    office = Actor("registrar", "establishment-office")
    state = fold(begun, _approved(office, "relations-together", "P1"))

    assert not begun.records["relations-together", "P1"].is_done
    assert state.records["relations-together", "P1"].is_done


@pytest.fixture
def posted() -> State:
    """Return a notice at U1, posted on 2 June."""
    composed = events.Composed(
        on=DAY,
        by=OFFICER,
        body="unit-group",
        unit="U1",
        members=("政工", "组织", "纪检", "工会"),
    )
    survey = events.Done(on=DAY, by=OFFICER, step="survey", subject="U1", states=("任教年限",))
    notice = events.Posted(on=DAY, by=OFFICER, step="publish", subject="U1")
    return fold(fresh(), composed, survey, notice)


def _objected(on: date) -> events.Objected:
    return events.Objected(on=on, by=SCHOOL, step="publish", subject="U1", objection="1")


def test_one_can_object_on_the_last_day_of_the_notice_and_not_after(posted: State) -> None:
    assert gates(posted, _objected(date(2025, 6, 9))) == set()
    assert gates(posted, _objected(date(2025, 6, 10))) == {"closed"}


def test_objection_that_is_upheld_sends_the_notice_back_to_be_posted_anew(
    posted: State,
) -> None:
    objected = fold(posted, _objected(DAY))
    reply = events.Replied(on=DAY, by=ARBITER, objection="1", upheld=True)
    state = fold(objected, reply)
    again = events.Posted(on=date(2025, 6, 5), by=OFFICER, step="publish", subject="U1")

    assert state.records["publish", "U1"].standing is Standing.RETURNED
    assert fold(state, again).records["publish", "U1"].on == date(2025, 6, 5)


def test_who_posted_never_answers_even_delegated_to_another_body(posted: State) -> None:
    objected = fold(posted, _objected(DAY))
    delegated = Actor("deputy", "arbitration", delegated_by="officer")
    reply = events.Replied(on=DAY, by=delegated, objection="1", upheld=False)

    assert gates(objected, reply) == {"handler-is-decider"}


def test_body_that_lacks_a_member_cannot_begin() -> None:
    survey = events.Opened(on=DAY, by=OFFICER, step="survey", subject="U1")

    assert gates(fresh(), survey) == {"composition"}


def test_another_schools_clerk_cannot_act_for_this_one() -> None:
    stranger = Actor("stranger", "own-unit", "U2")

    assert gates(fresh(), _done(stranger, "scheme", "U1")) == {"actor"}


def test_what_names_nothing_is_refused_and_changes_nothing() -> None:
    assert gates(fresh(), _done(SCHOOL, "no-such-step", "U1")) == {"unknown"}


def test_step_that_nobody_has_to_do_is_no_duty_and_holds_up_only_its_own_person() -> None:
    pack, day = resolved(), date(2025, 6, 2)
    state = fresh()
    listed = {duty.item for duty in open_duties(state, pack, calendar_of(pack), day)}
    by_person = Actor("P1", "person")
    plan = events.Done(on=day, by=BUREAU, step="plan-all")
    withdrawn = events.Done(on=day, by=by_person, step="withdraw", subject="P1")
    applied = events.Done(on=day, by=by_person, step="form-eight", subject="P1")

    assert listed & {"form-eight", "withdraw", "plan-all"} == {"plan-all"}
    assert gates(state, plan) == set()
    assert gates(state, withdrawn) == {"needs"}
    assert gates(fold(state, applied), withdrawn) == set()
