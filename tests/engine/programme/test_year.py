"""A whole programme is played from survey to settlement, without any web."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.programme import Member, State, events, open_duties, replay
from junheng.engine.programme.state import Effect, FactValue
from junheng.engine.programme.wording import duty_words, proposal_words
from tests.engine.programme.playing import Play, undecided, unfinished

BUREAU = events.Actor("director", "bureau")
START = date(2025, 4, 1)
FACTS: dict[str, FactValue] = {
    "office_level": "无",
    "full_time_teacher": True,
    "post_grade": Fraction(9),
    "expecting-or-nursing": False,
    "ill": False,
}
UNITS: dict[str, dict[str, FactValue]] = {
    "U1": {"unit_area": "城市", "unit_ownership": "公办", "unit_stages": ("小学",)},
    "U2": {"unit_area": "乡村", "unit_ownership": "公办", "unit_stages": ("小学",)},
    "U3": {"unit_area": "乡村", "unit_ownership": "公办", "unit_stages": ("小学",)},
}


def _member(person: str, unit: str, **rules: bool) -> Member:
    return Member(
        id=person, unit=unit, outcome="due", track="teacher", facts=FACTS, rules=rules
    )


def _play(pack_id: str, placed_after: str, arrangement: str, until: date | None) -> Play:
    pack = resolve(load(pack_id), on=START, year=2025)
    rules = {"teacher-due": True, "leader-due": False, "recruit-included": False}
    rules["defer-health"] = False
    members = [_member(f"P{n}", "U1" if n < 3 else "U3", **rules) for n in range(1, 5)]
    state = State(
        programme=f"{pack_id}-2025",
        year=2025,
        day=START,
        members={each.id: each for each in members},
        units=UNITS,
    )
    placing = tuple(
        events.Placed(
            on=START,
            by=BUREAU,
            person=person,
            origin="U1",
            host="U2",
            arrangement=arrangement,
            since=date(2025, 9, 1),
            until=until,
        )
        for person in ("P1", "P2")
    )
    return Play(pack=pack, state=state, placed_after=placed_after, placing=placing)


@pytest.fixture(scope="module")
def district() -> Play:
    """Return a year of the example district, up to the day everybody has reported."""
    play = _play("district-managed-example", "recommend", "urban-rural", None)
    play.until(date(2025, 9, 3))
    return play


@pytest.fixture(scope="module")
def datong() -> Play:
    """Return a year of the example county."""
    play = _play("datong-example", "fix-hosts", "guidance", date(2028, 9, 1))
    play.until(date(2025, 5, 1))
    return play


def test_every_step_of_the_district_is_done_by_the_time_people_serve(district: Play) -> None:
    assert unfinished(district) == ()


def test_every_step_of_the_county_is_done_once_the_notice_was_full(datong: Play) -> None:
    assert unfinished(datong) == ()
    posted = datong.state.records["publish-deferrals", "U1"]
    submitted = datong.state.records["submit-roster", "U1"]
    assert (submitted.on - posted.on).days == 8


def test_everybody_placed_has_reported_on_the_first_day_of_september(district: Play) -> None:
    reported = {each.reported_on for each in district.state.placements.values()}

    assert reported == {date(2025, 9, 1)}


@pytest.mark.parametrize("pack_id", ["district", "datong"])
def test_a_year_folded_again_from_its_events_gives_the_same_state(
    pack_id: str, request: pytest.FixtureRequest
) -> None:
    play: Play = request.getfixturevalue(pack_id)
    fresh = State(
        programme=play.state.programme,
        year=2025,
        day=START,
        members=play.state.members,
        units=play.state.units,
    )

    assert replay(fresh, play.happened, play.pack, play.calendar) == play.state


def _serve(play: Play, person: str, *grades: str) -> None:
    for index, grade in enumerate(grades):
        play.take(
            events.Appraised(
                on=date(2026 + index, 7, 1),
                by=events.Actor("head of U2", "host", "U2"),
                person=person,
                appraisal="annual-appraisal",
                grade=grade,
                since=date(2025 + index, 9, 1),
            )
        )


def test_three_good_years_let_a_town_teacher_choose_and_one_poor_settles() -> None:
    play = _play("district-managed-example", "recommend", "urban-rural", None)
    play.until(date(2025, 9, 3))
    _serve(play, "P1", "合格", "优秀", "合格")
    _serve(play, "P2", "合格", "基本合格", "合格")
    for person in ("P1", "P2"):
        play.take(events.Ended(on=date(2028, 8, 31), by=BUREAU, person=person))
    play.until(date(2028, 9, 1))
    acts = {(each.person, each.act) for each in play.state.proposals.values()}

    assert acts == {("P1", "may_choose"), ("P2", "ban"), ("P2", "settle")}
    assert undecided(play) == ()
    assert {each.effect for each in play.state.proposals.values()} == {Effect.EFFECTIVE}
    said = [proposal_words(each, play.pack) for each in play.state.proposals.values()]
    assert any(
        "拟限制（评优评先、职称晋升" in each and "（依据：八.8）" in each for each in said
    )


def test_duties_and_acts_are_said_in_sentences_with_their_clause(district: Play) -> None:
    start = State(
        programme="x",
        year=2025,
        day=START,
        members=district.state.members,
        units=district.state.units,
    )
    duties = open_duties(start, district.pack, district.calendar, START)
    said = [duty_words(each, district.pack) for each in duties]

    assert (
        "流出学校应办理“学校摸底，定方案和学年度计划”（U1）。（依据：七（二）1、二.2）" in said
    )
