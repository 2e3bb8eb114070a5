"""Lists hold whom they should, totals are kept, and people stay apart who must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from junheng.engine.policy.conditions import TrackTest
from junheng.engine.programme import Member, State, advance, calendar_of, events, open_duties
from junheng.engine.programme.confidence import readers_of
from junheng.engine.programme.contents import total_of
from junheng.engine.programme.events import Actor, Issued
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.wording import refusal_problem
from junheng.messages import word
from tests.engine.programme.scenes import BUREAU, fold, fresh, gates, placed, resolved

DAY = date(2025, 6, 2)


def _school(**offices: str) -> State:
    """Return a programme with persons by office; an empty office is not known."""
    members = {
        name: Member(
            id=name,
            unit="U2" if name.startswith("Q") else "U1",
            facts={"office_level": office} if office else {},
        )
        for name, office in offices.items()
    }
    return replace(fresh(), members=members)


def _list(*names: str) -> events.Posted:
    by = Actor("head", "own-unit", "U1")
    return events.Posted(on=DAY, by=by, step="publish-leaders", subject="U1", names=names)


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("P1", "P2"), set()),
        (("P1",), {"list-lacks"}),
        (("P1", "P2", "P3"), {"list-beyond"}),
        (("P1", "P2", "Q1"), {"list-beyond"}),
        (("P1", "P3"), {"list-lacks", "list-beyond"}),
    ],
)
def test_list_of_a_school_holds_exactly_those_of_the_school_whom_it_is_about(
    names: tuple[str, ...], refused: set[str]
) -> None:
    state = _school(P1="正校级", P2="副校级", P3="无", Q1="正校级")

    assert gates(state, _list(*names)) == refused


def test_list_waits_for_somebody_of_whom_it_is_not_known_but_not_for_another_school() -> None:
    assert gates(_school(P1="正校级", P2=""), _list("P1")) == {"list-unsettled"}
    assert gates(_school(P1="正校级", Q1=""), _list("P1")) == set()


def _allot(*shares: tuple[str, int]) -> events.Done:
    posts = tuple(Issued("total-posts", unit, Fraction(number)) for unit, number in shares)
    staff = (Issued("total-staff", "U1", Fraction(1)),)
    return events.Done(on=DAY, by=BUREAU, step="allot", issued=(*posts, *staff))


def test_total_issued_by_a_step_counts_and_not_that_of_the_pack() -> None:
    by = Actor("clerk", "establishment-office")
    fixed = events.Done(
        on=DAY, by=by, step="fix-posts", issued=(Issued("total-posts", "", Fraction(10)),)
    )
    state = fold(fresh(), fixed)

    assert total_of(fresh(), resolved(), "total-posts") is None
    assert total_of(state, resolved(), "total-posts") == 10
    assert total_of(state, resolved(), "total-staff") == 120
    assert gates(state, _allot(("U1", 6), ("U2", 4))) == set()
    assert gates(state, _allot(("U1", 6), ("U2", 5))) == {"over-total"}


def test_whoever_acts_by_delegation_belongs_to_the_body_acted_for() -> None:
    heard = events.Done(
        on=DAY,
        by=Actor("deputy", "appeals", delegated_by="judge"),
        step="hear-appeal",
    )
    joined = events.Composed(
        on=DAY, by=BUREAU, body="personnel-section", members=(), people=("judge",)
    )

    assert gates(fold(fresh(), heard), joined) == {"never-with"}


def test_only_the_panel_reads_what_is_sealed_and_anybody_the_rest() -> None:
    assert readers_of(resolved(), "candidate-file") == frozenset({"panel"})
    assert readers_of(resolved(), "name-list") is None


def _bound(since: date | None) -> State:
    member = Member(id="P1", unit="U1", locks={"stay-two-years": since})
    return replace(fresh(), members={"P1": member})


def _left(on: date) -> events.Recorded:
    by = Actor("head", "own-unit", "U1")
    return events.Recorded(on=on, by=by, person="P1", event="left")


@pytest.mark.parametrize(
    ("since", "on", "acts"),
    [
        (date(2024, 9, 1), date(2026, 8, 31), ["cancel_entitlement"]),
        (date(2024, 9, 1), date(2026, 9, 1), []),
        (None, date(2026, 9, 1), ["find_out"]),
    ],
)
def test_who_leaves_within_the_lock_loses_and_where_its_first_day_is_unknown_it_is_asked(
    since: date | None, on: date, acts: list[str]
) -> None:
    state = fold(_bound(since), _left(on))

    assert [each.act for each in state.proposals.values()] == acts


def test_act_of_a_duty_is_decided_by_whoever_has_the_duty() -> None:
    unfit = events.Recorded(
        on=date(2025, 10, 1), by=Actor("head", "host", "U2"), person="P1", event="unfit"
    )
    state = fold(fresh(), placed(), unfit)
    (proposal,) = [e for e in state.proposals.values() if e.consequence == "replace-sick"]

    assert proposal.act == "replace"
    assert proposal.decided_by == "own-unit"


def test_second_of_two_acts_that_exclude_each_other_cites_the_clauses_of_both() -> None:
    leader = fresh(office_level="正校级")
    recalled = events.Recorded(on=date(2025, 10, 1), by=BUREAU, person="P1", event="recall")
    state = fold(leader, placed(), recalled)
    first, second = (
        each.id for each in state.proposals.values() if each.act in {"return", "repeat"}
    )
    state = fold(state, events.Decided(on=DAY, by=BUREAU, act=first, agreed=True))
    decided = events.Decided(on=DAY, by=BUREAU, act=second, agreed=True)
    (refusal,) = advance(state, decided, resolved(), calendar_of(resolved())).refusals

    assert refusal.gate == "contradicts"
    assert word(refusal_problem(refusal, resolved())).found == "未做满重新交流（依据：三、四）"


def test_duty_that_comes_round_says_for_which_round_it_is() -> None:
    pack, on = resolved(), date(2025, 10, 15)
    duties = open_duties(fold(fresh(), placed()), pack, calendar_of(pack), on)

    assert [d.period for d in duties if d.item == "monthly-attendance"] == [
        "2025-09",
        "2025-10",
    ]


@pytest.mark.parametrize(
    ("track", "outcome", "holds"),
    [
        ("teacher", "due", True),
        ("principal", "due", False),
        ("", "not_due", False),
        ("", "undecided", None),
        ("", "", None),
    ],
)
def test_whoever_is_settled_without_a_track_is_on_none(
    track: str, outcome: str, *, holds: bool | None
) -> None:
    member = Member(id="P1", unit="U1", track=track, outcome=outcome)
    state = replace(fresh(), members={"P1": member})
    pack = resolved()
    view = view_of(state, pack, calendar_of(pack), pack.items.steps["letters"], "P1", DAY)

    assert view.holds(TrackTest(("teacher",))) is holds
