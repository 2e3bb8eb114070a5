"""Whole programmes of hiring by schools and of the four activities are played, without any web.

What a plan leaves open is set here for the test; none of it is said to be the plan's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.programme import Member, State, events, open_duties, replay
from junheng.engine.programme.state import FactValue, Post
from tests.engine.programme.playing import Play, undecided, unfinished

Facts = Mapping[str, FactValue]
SCORE = "competition-score"


def _year(
    pack_id: str,
    start: date,
    people: Mapping[str, tuple[str, Facts]],
    posts: Mapping[str, Post] | None = None,
) -> Play:
    """Set a programme up before anything has happened; ``people``: unit and facts."""
    settings = dict(load(pack_id).items.settings["for-cases"].values)
    pack = resolve_with(load(pack_id), on=start, year=start.year, settings=settings)
    units = sorted({unit for unit, _ in people.values()})
    state = State(
        programme=f"{pack_id}-{start.year}",
        year=start.year,
        day=start,
        members={
            person: Member(id=person, unit=unit, facts=facts)
            for person, (unit, facts) in people.items()
        },
        units={unit: {} for unit in units},
        zones=dict.fromkeys(units, "Z1"),
        posts=posts or {},
    )
    rounds = {(name, each) for name in pack.items.rounds for each in ("", "Z1", *units)}
    first = next(iter(pack.items.steps))
    return Play(pack=pack, state=state, placed_after=first, placing=(), withheld=rounds)


def _finished(play: Play) -> None:
    """Assert that nothing is left to be done, decided or answered."""
    assert unfinished(play) == ()
    assert undecided(play) == ()
    assert open_duties(play.state, play.pack, play.calendar, play.state.day) == ()


def _tried(play: Play, event: events.Event) -> set[str]:
    """Return the gates that refuse an event which must be refused."""
    before = len(play.refused)
    assert not play.take(event)
    return {each.gate for each in play.refused[before:]}


def _done(play: Play, step: str, body: str, unit: str = "", **said: Any) -> events.Done:
    by = events.Actor(f"clerk of {body}", body, unit)
    return events.Done(on=play.state.day, by=by, step=step, subject=unit, **said)


def _begun_again(play: Play, start: date) -> State:
    fresh = State(
        programme=play.state.programme,
        year=start.year,
        day=start,
        members=play.state.members,
        units=play.state.units,
        zones=play.state.zones,
        posts=play.state.posts,
    )
    return replay(fresh, play.happened, play.pack, play.calendar)


# 竞聘
HIRING = date(2025, 4, 1)
TEACHER: Facts = {
    "employment": "在编",
    "in_post": "在岗",
    "office_level": "无",
    "years_to_retirement": Fraction(20),
}


def _hiring() -> Play:
    return _year(
        "hiring-management-posts",
        HIRING,
        {
            "P1": ("U1", {**TEACHER, "office_level": "正校级"}),
            "P2": ("U1", TEACHER),
            "P3": ("U1", TEACHER),
            "P4": ("U2", TEACHER),
            "P5": ("U2", {**TEACHER, "employment": "临聘"}),
        },
        {
            "lead": Post("U1", 1),
            "maths": Post("U1", 1),
            "music": Post("U2", 1),
            "art": Post("U2", 1),
        },
    )


def _enter(play: Play, name: str, person: str, *choices: str) -> None:
    assert play.take(
        events.Entered(
            on=play.state.day,
            by=events.Actor(person, "person"),
            step="compete",
            round=name,
            person=person,
            choices=choices,
        )
    )


def _held(play: Play, name: str, body: str, subject: str, **how: Any) -> events.RoundHeld:
    scored: Mapping[str, int] = how.pop("points", {})
    scores = tuple(events.Score(SCORE, who, Fraction(n)) for who, n in scored.items())
    by = events.Actor(f"head of {body}", body, subject if body == "own-unit" else "")
    return events.RoundHeld(
        on=play.state.day,
        by=by,
        step="compete",
        round=name,
        subject=subject,
        scores=scores,
        **how,
    )


def _compete(play: Play) -> None:
    """Hold the five rounds; P4 is left to the bureau and does not take the place."""
    assert play.take(_held(play, "direct", "own-unit", "U1", places=(("P1", "lead"),)))
    assert play.take(_held(play, "direct", "own-unit", "U2"))
    _enter(play, "in-school", "P2", "maths")
    _enter(play, "in-school", "P3", "maths")
    assert play.take(_held(play, "in-school", "own-unit", "U1", points={"P2": 90, "P3": 85}))
    assert play.take(_held(play, "in-school", "own-unit", "U2"))
    _enter(play, "in-zone", "P3", "music")
    _enter(play, "in-zone", "P4", "music")
    assert play.take(_held(play, "in-zone", "bureau", "Z1", points={"P3": 85, "P4": 70}))
    assert play.take(_held(play, "across", "bureau", ""))
    assert play.take(_held(play, "placement", "bureau", "", places=(("P4", "art"),)))
    assert play.take(
        events.Recorded(
            on=play.state.day,
            by=events.Actor("clerk of bureau", "bureau"),
            person="P4",
            event="refused-placement",
        )
    )


@pytest.fixture(scope="module")
def hiring() -> Play:
    """Return a year of hiring, from the totals to the hand-over."""
    play = _hiring()
    play.until(date(2025, 6, 25))
    _compete(play)
    play.until(date(2025, 8, 31))
    return play


def test_a_year_of_hiring_leaves_nothing_open(hiring: Play) -> None:
    _finished(hiring)


def test_everybody_hired_has_the_post_of_the_round_that_gave_it(hiring: Play) -> None:
    hired = {who: (each.round, each.post) for who, each in hiring.state.hired.items()}

    assert hired == {
        "P1": ("direct", "lead"),
        "P2": ("in-school", "maths"),
        "P3": ("in-zone", "music"),
    }


def test_who_refuses_a_place_waits_and_is_trained(hiring: Play) -> None:
    acts = {(each.person, each.act) for each in hiring.state.proposals.values()}

    assert acts == {("P4", "wait_and_train")}


def test_only_staff_on_the_books_apply(hiring: Play) -> None:
    applied = {who for step, who in hiring.state.records if step == "apply"}

    assert applied == {"P1", "P2", "P3", "P4"}


def test_contracts_wait_for_seven_days_of_notice(hiring: Play) -> None:
    posted = hiring.state.records["publish", "U1"].on
    signed = hiring.state.records["contract", "U1"].on

    assert (posted, signed) == (date(2025, 6, 25), date(2025, 7, 3))


def test_a_year_of_hiring_folded_again_gives_the_same_state(hiring: Play) -> None:
    assert _begun_again(hiring, HIRING) == hiring.state


def test_a_notice_without_closing_date_is_refused_while_the_year_goes_on() -> None:
    play = _hiring()
    play.withheld |= {("notice", "U1"), ("notice", "U2")}
    play.until(date(2025, 4, 30))
    event = events.Posted(
        on=play.state.day,
        by=events.Actor("clerk of own-unit", "own-unit", "U1"),
        step="notice",
        subject="U1",
        states=("岗位要求", "薪酬待遇", "工作地点", "报名条件"),
    )

    assert _tried(play, event) == {"fields"}
    assert ("notice", "U1") in unfinished(play)


def test_hiring_is_not_over_while_a_round_is_left() -> None:
    play = _hiring()
    play.until(date(2025, 6, 25))

    assert _tried(play, _done(play, "compete", "bureau")) == {"rounds-left"}


# 谈心
STAFF: Facts = {"office_level": "无", "full_time_teacher": True}


def _talks() -> Play:
    return _year(
        "talks",
        date(2025, 11, 24),
        {
            "P1": ("U1", {**STAFF, "office_level": "副校级"}),
            "P2": ("U1", {**STAFF, "office_level": "中层正职"}),
            "P3": ("U1", STAFF),
            "P4": ("U1", {**STAFF, "full_time_teacher": False}),
        },
    )


def test_the_talks_are_held_and_each_form_is_kept() -> None:
    play = _talks()
    play.until(date(2025, 12, 24))
    handed = {who for step, who in play.state.records if step == "hand-in"}

    _finished(play)
    assert handed == {"P1", "P2", "P3"}
    assert play.state.records["leaders-talk", ""].on == date(2025, 12, 1)


def test_the_talks_do_not_begin_before_the_fourteenth_week() -> None:
    play = _talks()
    subjects = ("职业标准", "师德要求", "业务素养", "个人秉性", "天赋特长", "工作情况")

    event = _done(play, "leaders-talk", "leaders", states=subjects)

    assert _tried(play, event) == {"too-early"}


# 家校交流
def _parents() -> Play:
    first: Facts = {"full_time_teacher": True, "grades_taught": ("一年级",)}
    third: Facts = {"full_time_teacher": True, "grades_taught": ("三年级",)}
    people = {"P1": ("U1", first), "P2": ("U1", first), "P3": ("U2", third)}
    return _year("parents-exchange", date(2025, 11, 24), people)


def test_the_lower_grades_write_and_the_upper_grades_meet() -> None:
    play = _parents()
    play.until(date(2025, 12, 6))

    _finished(play)
    assert {who for step, who in play.state.records if step == "write"} == {"P1", "P2"}
    assert {who for step, who in play.state.records if step == "salon"} == {"P3"}
    assert {each.late for each in play.state.records.values()} == {False}


def test_one_letter_is_too_few() -> None:
    play = _parents()
    event = events.Done(
        on=play.state.day,
        by=events.Actor("P1", "person"),
        step="write",
        subject="P1",
        states=("留存复印件",),
        amounts=(Fraction(1),),
    )

    assert _tried(play, event) == {"each-person-too-little"}


# 交流会
def _meeting() -> Play:
    speaker: Facts = {**STAFF, "post_kind": "班主任", "grades_taught": ("三年级",)}
    listener: Facts = {**STAFF, "post_kind": "专业技术", "grades_taught": ("三年级",)}
    people = {"P1": ("U1", speaker), "P2": ("U2", listener)}
    return _year("class-teachers-meeting", date(2025, 10, 19), people)


def test_the_meeting_is_prepared_held_and_reported() -> None:
    play = _meeting()
    play.until(date(2025, 11, 20))

    _finished(play)
    assert play.state.records["names", "U1"].on == date(2025, 10, 23)
    assert play.state.records["speak", ""].on == date(2025, 10, 26)
    assert ("texts", "P1") in play.state.records
    assert ("reflections", "P2") in play.state.records


def test_nobody_speaks_for_eleven_minutes() -> None:
    play = _meeting()
    play.withheld = {("speak", "")}
    play.until(date(2025, 10, 25))
    play.until(date(2025, 10, 26))
    event = _done(play, "speak", "moral-office", amounts=(Fraction(11),))

    assert _tried(play, event) == {"each-person-too-much"}


# 篮球赛
def _tournament() -> Play:
    people: dict[str, tuple[str, Facts]] = {
        f"P{n}": (f"U{n}", {"post_kind": "参赛队", "group-place": Fraction(n)})
        for n in range(1, 4)
    }
    posts = {"red": Post("U1", 2), "blue": Post("U2", 1)}
    return _year("tournament", date(2025, 3, 3), people, posts)


def _draw(play: Play, step: str, name: str, seed: str) -> events.RoundHeld:
    by = events.Actor("head", "sports-department" if step == "draw-groups" else "referees")
    return events.RoundHeld(on=play.state.day, by=by, step=step, round=name, seed=seed)


def test_the_tournament_is_drawn_played_and_awarded() -> None:
    play = _tournament()
    play.withheld = {("group-draw", "")}
    play.until(date(2025, 3, 9))
    for person in play.state.members:
        by = events.Actor(person, "person")
        entered = events.Entered(
            on=play.state.day,
            by=by,
            step="draw-groups",
            round="group-draw",
            person=person,
            choices=("red", "blue"),
        )
        assert play.take(entered)
    assert play.take(_draw(play, "draw-groups", "group-draw", "一号球"))
    play.until(date(2025, 4, 30))

    _finished(play)
    assert sorted(each.post for each in play.state.hired.values()) == ["blue", "red", "red"]


def test_a_draw_without_a_published_seed_is_refused() -> None:
    play = _tournament()
    play.until(date(2025, 3, 9))

    assert _tried(play, _draw(play, "draw-groups", "group-draw", "")) == {"seed-blank"}
