"""Whole programmes of the cadre and enterprise plans are played, without any web.

What a plan leaves open is set here for the test; none of it is said to be the plan's.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve_with, unset_for
from junheng.engine.programme import Member, State, events, replay
from tests.engine.programme.playing import Play
from tests.engine.programme.years import (
    AUTHORITY,
    Facts,
    Going,
    Year,
    act,
    acts,
    finished,
    record,
    reported,
    sent,
    tried,
)


def _done_alone(play: Play, step: str, person: str) -> events.Done:
    """Return a step that a person does for themselves and by themselves."""
    by = events.Actor(person, "person")
    return events.Done(on=play.state.day, by=by, step=step, subject=person)


# 县科级以下干部
_LISTS = {"form-2", "form-3", "form-4", "form-5", "form-6"}
_RULES = ("exchange-due", "rotation-due", "deferred-cadre", "exempt-cadre")


def _cadre(person: str, unit: str, *holding: str) -> Member:
    rules = {rule: rule in holding for rule in _RULES}
    return Member(id=person, unit=unit, facts={"rank": "科员"}, rules=rules)


def _county() -> Play:
    return Year(
        pack="county-cadres",
        start=date(2025, 5, 11),
        members=(
            _cadre("P1", "U1", "exchange-due"),
            _cadre("P2", "U1", "rotation-due"),
            _cadre("P3", "U2", "exchange-due"),
            _cadre("P4", "U2", "exchange-due", "deferred-cadre"),
            _cadre("P5", "U2"),
        ),
        units={"U1": {"unit_system": "政府"}, "U2": {"unit_system": "党群"}},
        going={
            "P1": Going(form="exchange", host="U2", since=date(2025, 7, 1)),
            "P2": Going(form="post-rotation", host="U1", since=date(2025, 7, 1)),
            "P3": Going(form="exchange", host="U1", since=date(2025, 7, 1)),
        },
        placed_after="county-review",
        settings={},
    ).play()


def _objected(play: Play, step: str, subject: str, on: date) -> None:
    by = events.Actor("colleague", "own-unit", subject)
    event = events.Objected(on=on, by=by, step=step, subject=subject, objection="1")
    assert play.take(event)


@pytest.fixture(scope="module")
def county() -> Play:
    """Return the county's year, with an objection to the notice of one unit."""
    play = _county()
    play.until(date(2025, 5, 23))
    _objected(play, "publish-all", "U2", date(2025, 5, 24))
    play.until(date(2025, 7, 31))
    return play


def test_the_county_leaves_nothing_open(county: Play) -> None:
    finished(county)
    assert county.state.proposals == {}


def test_the_forms_go_to_the_section_of_the_units_system(county: Play) -> None:
    assert sent(county, "report-government", "U1") == {
        (form, "cadre-management-section") for form in _LISTS
    }
    assert sent(county, "report-party", "U2") == {
        (form, "party-cadre-section") for form in _LISTS
    }
    assert ("report-party", "U1") not in county.state.records


def test_the_reports_wait_for_the_seven_days_on_the_wall(county: Play) -> None:
    posted = county.state.records["publish-all", "U1"].on
    sent_on = county.state.records["report-government", "U1"].on

    assert (posted, sent_on) == (date(2025, 5, 21), date(2025, 5, 29))


def test_form_seven_goes_to_both_sections_at_the_end(county: Play) -> None:
    both = {("form-7", "party-cadre-section"), ("form-7", "cadre-management-section")}

    assert sent(county, "final-report", "U1") == both
    assert sent(county, "final-report", "U2") == both


def test_only_who_changes_the_unit_is_transferred_and_accompanied(county: Play) -> None:
    transferred = {who for step, who in county.state.records if step == "transfer"}

    assert transferred == {"P1", "P3"}
    assert reported(county) == {"P1": date(2025, 7, 21), "P2": None, "P3": date(2025, 7, 21)}


def test_who_is_deferred_fills_no_form_seven(county: Play) -> None:
    registered = {who for step, who in county.state.records if step == "register"}

    assert registered == {"P1", "P2", "P3"}


def test_the_list_on_the_wall_names_who_is_deferred_too() -> None:
    play = _county()
    play.until(date(2025, 5, 21))
    (posted,) = (
        each
        for each in play.happened
        if isinstance(each, events.Posted) and each.subject == "U2"
    )

    assert posted.names == ("P3", "P4")


def test_a_cadre_neither_transfers_nor_reports_alone_a23() -> None:
    play = _county()
    play.until(date(2025, 7, 20))

    assert "actor" in tried(play, _done_alone(play, "transfer", "P1"))
    assert "accompanied" in tried(play, _done_alone(play, "report-in", "P1"))


# 云龙区卫生系统
_POSTING = ("window-due", "posting", "as-needed")


def _health_member(person: str, unit: str, office: str, rule: str) -> Member:
    rules = {each: each == rule for each in _POSTING}
    return Member(id=person, unit=unit, facts={"office_level": office}, rules=rules)


def _health(**other: object) -> Play:
    return Year(
        pack="health-cadres-yunlong",
        start=date(2025, 6, 30),
        members=(
            _health_member("P1", "U1", "中层正职", "posting"),
            _health_member("P2", "U2", "副校级", "posting"),
            _health_member("P3", "U2", "无", "window-due"),
            _health_member("P4", "U3", "中层副职", "posting"),
        ),
        units={
            "U1": {"unit_kind": "机关科室", "unit_traits": ()},
            "U2": {"unit_kind": "事业单位", "unit_traits": ("副科级单位",)},
            "U3": {"unit_kind": "事业单位", "unit_traits": ()},
        },
        going={
            "P1": Going(
                form="down-posting", host="U2", since=date(2025, 7, 1), until=date(2026, 7, 1)
            ),
            "P2": Going(
                form="up-posting", host="U1", since=date(2025, 7, 1), until=date(2026, 7, 1)
            ),
            "P3": Going(
                form="window-rotation",
                host="U3",
                since=date(2025, 7, 1),
                until=date(2026, 7, 1),
            ),
        },
        placed_after="propose",
        settings=other,
    ).play()


@pytest.fixture(scope="module")
def health() -> Play:
    """Return the health system's year; one cadre refuses, one writes to the committee."""
    play = _health()
    play.until(date(2025, 7, 1))
    _objected(play, "publish", "U3", date(2025, 7, 2))
    record(play, date(2025, 7, 3), "P4", "refusal", "own-unit")
    play.until(date(2025, 7, 31))
    record(play, date(2025, 12, 1), "P1", "written-opinion", "party-committee")
    for person in ("P1", "P2", "P3"):
        ended = events.Ended(on=date(2026, 7, 1), by=AUTHORITY, person=person)
        assert play.take(ended)
    play.until(date(2026, 7, 2))
    return play


def test_the_health_system_leaves_nothing_open(health: Play) -> None:
    finished(health)


def test_who_refuses_gets_no_office_until_somebody_says_how_long_a16(health: Play) -> None:
    assert acts(health) == {("P4", "ban"), ("P4", "report_to"), ("P1", "record")}
    ban = act(health, "P4", "ban")
    assert (ban.matters, ban.since, ban.until) == (("领导职务",), date(2025, 7, 3), None)
    assert act(health, "P4", "report_to").to == ("organisation-department",)


def test_only_the_deputy_of_a_deputy_section_unit_is_examined_before(health: Play) -> None:
    assert {who for step, who in health.state.records if step == "pre-examine"} == {"P2"}


def test_nobody_hands_over_before_the_notice_is_full(health: Play) -> None:
    posted = health.state.records["publish", "U1"].on
    handed_over = health.state.records["hand-over", "P1"].on

    assert (posted, handed_over) == (date(2025, 6, 30), date(2025, 7, 6))


def test_the_ban_ends_where_the_district_sets_three_years() -> None:
    play = _health(**{"no-office-length": "3"})

    record(play, date(2025, 7, 3), "P4", "refusal", "own-unit")

    assert act(play, "P4", "ban").until == date(2028, 7, 3)


def test_the_bureau_cannot_propose_in_the_committees_place() -> None:
    play = _health()
    by = events.Actor("clerk", "bureau")

    gates = tried(play, events.Done(on=play.state.day, by=by, step="propose"))

    assert "actor" in gates


# 深圳市卫生系统
def test_of_the_shenzhen_plan_nothing_can_be_asked() -> None:
    pack = resolve_with(load("health-shenzhen"), on=date(2025, 8, 31), settings={})

    refused = [each.code for each in unset_for(pack, "screening")]

    assert refused == ["pack.no-rules-rotation"]


# 记名自荐的单位
def _self_nomination() -> Play:
    cadre = {"cadre-may": True, "worker-may": False}
    worker = {"cadre-may": False, "worker-may": True}
    return Year(
        pack="self-nomination-unit",
        start=date(2025, 11, 18),
        members=(
            Member(id="P1", unit="U1", facts={"office_level": "中层正职"}, rules=cadre),
            Member(id="P2", unit="U2", facts={"office_level": "无"}, rules=worker),
        ),
        units={"U1": {}, "U2": {}},
        going={
            "P1": Going(form="post-change", host="U2", since=date(2025, 11, 20)),
            "P2": Going(form="post-change", host="U1", since=date(2025, 11, 20)),
        },
        placed_after="announce",
        settings={},
    ).play()


def test_the_self_nominating_unit_leaves_nothing_open() -> None:
    play = _self_nomination()

    play.until(date(2025, 12, 30))

    finished(play)
    assert set(reported(play).values()) == {date(2025, 11, 20)}


def test_a_ballot_with_one_post_is_not_taken_in_a62() -> None:
    play = _self_nomination()
    by = events.Actor("P1", "person")
    ballot = events.Voted(
        on=date(2025, 11, 20),
        by=by,
        step="nominate",
        subject="P1",
        vote="self-nomination",
        choices=1,
        signed=True,
    )

    assert tried(play, ballot) == ("ballot-choices",)


def test_cadres_and_workers_are_not_talked_to_in_one_meeting_a64() -> None:
    play = _self_nomination()
    play.until(date(2025, 11, 19))
    by = events.Actor("secretary", "party-committee")
    talk = events.Done(
        on=date(2025, 11, 20),
        by=by,
        step="talk-cadres",
        subject="P1",
        together_with=("talk-workers",),
    )

    assert "apart" in tried(play, talk)


# 机关
_GOVERNED = (
    "post-due",
    "risk-due",
    "lead-due",
    "rank-due",
    "rank-total-due",
    "reserve-due",
    "reserve-may",
    "voluntary",
)


def _official(person: str, unit: str, facts: Facts, rule: str) -> Member:
    return Member(
        id=person, unit=unit, facts=facts, rules={each: each == rule for each in _GOVERNED}
    )


def _organs(settings: str) -> Play:
    middle: Facts = {"office_level": "中层正职", "years_to_leaving_office": Fraction(2)}
    return Year(
        pack="government-organs",
        start=date(2025, 6, 2),
        members=(
            _official("P1", "U1", {**middle, "rank": "正科级"}, "risk-due"),
            _official("P2", "U2", {"office_level": "副校级", "rank": "副科级"}, "risk-due"),
        ),
        units={"U1": {}, "U2": {}},
        going={
            "P1": Going(form="internal", host="U1", since=date(2025, 6, 2)),
            "P2": Going(form="cross-unit", host="U1", since=date(2025, 6, 2)),
        },
        placed_after="approve",
        settings=dict(load("government-organs").items.settings[settings].values),
    ).play()


@pytest.mark.parametrize("settings", ["for-cases", "for-cases-total"])
def test_the_organs_leave_nothing_open_either_way_of_placing(settings: str) -> None:
    play = _organs(settings)

    play.until(date(2025, 6, 30))
    for person in ("P1", "P2"):
        record(play, date(2025, 7, 1), person, "appointment", "approving-department")
    play.until(date(2025, 7, 1))

    finished(play)
    assert acts(play) == {("P1", "set_term"), ("P2", "set_term")}


def test_the_term_is_what_is_left_but_at_most_three_years_a65() -> None:
    play = _organs("for-cases-total")
    for person in ("P1", "P2"):
        record(play, date(2025, 7, 1), person, "appointment", "approving-department")

    terms = {each.person: dict(each.figures) for each in play.state.proposals.values()}

    assert terms == {"P1": {"years": 2}, "P2": {"years": 3}}


def _pooled(play: Play) -> None:
    """Put two posts on offer; only then can anybody wish for one."""
    by = events.Actor("clerk", "organisation-department")
    play.withheld = {("pool-posts", ""), ("choice", "")}
    play.until(date(2025, 6, 3))
    on, step = play.state.day, "pool-posts"
    register = events.Sent(
        on=on, by=by, step=step, document="post-register", to="organisation-department"
    )
    pooled = events.Done(
        on=on,
        by=by,
        step=step,
        states=play.pack.items.steps[step].fields,
        offers=(events.Offer("audit", "U1", 1), events.Offer("finance", "U2", 1)),
    )
    assert play.take(register)
    assert play.take(pooled)
    play.until(on)


def test_each_gets_the_post_on_which_both_sides_agree() -> None:
    play = _organs("for-cases")
    _pooled(play)
    on, by = play.state.day, events.Actor("clerk", "organisation-department")
    for person, choices in {"P1": ("finance",), "P2": ("finance", "audit")}.items():
        own = events.Actor(person, "person")
        entered = events.Entered(
            on=on, by=own, step="two-way", round="choice", person=person, choices=choices
        )
        assert play.take(entered)
    orders = (("audit", ("P2",)), ("finance", ("P1", "P2")))
    held = events.RoundHeld(on=on, by=by, step="two-way", round="choice", orders=orders)
    assert play.take(held)

    play.withheld = set()
    play.until(date(2025, 6, 30))

    hired = {who: each.post for who, each in play.state.hired.items()}
    assert hired == {"P1": "finance", "P2": "audit"}
    finished(play)


def test_an_official_does_not_hand_over_by_themselves() -> None:
    play = _organs("for-cases")

    assert "actor" in tried(play, _done_alone(play, "hand-over", "P1"))


# 企业
_ROUTES = ("risk-due", "reserve-path", "applies")


def _manager(person: str, facts: Facts, rule: str) -> Member:
    rules = {each: each == rule for each in _ROUTES}
    return Member(id=person, unit="U1", facts=facts, rules=rules)


def _company() -> Play:
    return Year(
        pack="enterprise",
        start=date(2025, 6, 9),
        members=(
            _manager("P1", {"office_level": "中层正职", "reserve_kind": "无"}, "risk-due"),
            _manager("P2", {"office_level": "高层", "reserve_kind": "无"}, "risk-due"),
            _manager(
                "P3", {"office_level": "中层", "reserve_kind": "中层后备"}, "reserve-path"
            ),
        ),
        units={"U1": {"unit_kind": "机关科室"}, "U2": {"unit_kind": "子公司"}},
        going={
            "P1": Going(form="post-out", host="U2", since=date(2025, 6, 9)),
            "P2": Going(form="post-out", host="U2", since=date(2025, 6, 9)),
            "P3": Going(form="personal-path", host="U1", since=date(2025, 6, 9)),
        },
        placed_after="appoint",
        settings={},
    ).play()


@pytest.fixture(scope="module")
def company() -> Play:
    """Return the company's year; one asks to come back and one is called back."""
    play = _company()
    play.until(date(2025, 8, 11))
    record(play, date(2025, 12, 1), "P1", "recall-asked", "personnel")
    play.until(date(2025, 12, 1))
    record(play, date(2025, 12, 8), "P1", "recall-passed", "general-manager-office")
    record(play, date(2025, 12, 8), "P2", "recall-ordered", "general-manager-office")
    play.until(date(2025, 12, 9))
    return play


def test_the_company_leaves_nothing_open(company: Play) -> None:
    finished(company)


def test_hand_over_takes_its_working_days_by_rank_a68(company: Play) -> None:
    done = {
        who: each.on
        for (step, who), each in company.state.records.items()
        if step in {"hand-over-mid", "hand-over-senior"}
    }

    assert done == {
        "P1": date(2025, 6, 30),
        "P2": date(2025, 7, 21),
        "P3": date(2025, 6, 30),
    }


def test_who_is_called_back_returns_and_only_who_asked_is_referred(company: Play) -> None:
    assert acts(company) == {("P1", "refer"), ("P1", "return"), ("P2", "return")}
    ended = {who: each.ended_on for who, each in company.state.placements.items()}
    assert ended == {"P1": date(2025, 12, 8), "P2": date(2025, 12, 8), "P3": None}


def test_personnel_cannot_pass_a_recall() -> None:
    play = _company()
    by = events.Actor("clerk", "personnel")
    on = play.state.day

    gates = tried(play, events.Recorded(on=on, by=by, person="P1", event="recall-passed"))

    assert gates == ("actor",)


def test_only_a_reserve_cadre_gets_a_plan_of_posts(company: Play) -> None:
    assert {who for step, who in company.state.records if step == "personal-plan"} == {"P3"}


@pytest.mark.parametrize("name", ["county", "health", "company"])
def test_a_year_folded_again_from_its_events_gives_the_same_state(
    name: str, request: pytest.FixtureRequest
) -> None:
    play: Play = request.getfixturevalue(name)
    fresh = State(
        programme=play.state.programme,
        year=play.state.year,
        day=play.happened[0].on,
        members=play.state.members,
        units=play.state.units,
    )

    assert replay(fresh, play.happened, play.pack, play.calendar) == play.state
