"""Whole programmes of the plans of a town, a school and a county town are played, web-free.

What a plan leaves open is set here for the test; none of it is said to be the plan's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from junheng.engine.programme import Member, events, replay
from junheng.engine.programme.state import FactValue
from junheng.engine.programme.workloads import loads
from tests.engine.programme.playing import Play
from tests.engine.programme.years import (
    Facts,
    Going,
    Year,
    act,
    acts,
    appraised,
    finished,
    record,
    reported,
    sent,
    tried,
)


def _member(person: str, unit: str, track: str = "", **facts: FactValue) -> Member:
    return Member(id=person, unit=unit, track=track, facts=facts)


# 乌石学校：全镇四种交流
_TOWN_SCHOOLS: dict[str, Facts] = {
    "U1": {"unit_kind": "中心校"},
    "U2": {"unit_kind": "村小"},
    "U3": {"unit_kind": "教学点"},
}


def _wushi() -> Play:
    two_years = {"since": date(2025, 9, 1), "until": date(2027, 9, 1)}
    return Year(
        pack="wushi",
        start=date(2025, 8, 20),
        members=(
            _member("P1", "U1", "voluntary"),
            _member("P2", "U1", "tempering"),
            _member("P3", "U3", "encouragement"),
            _member("P4", "U2", "voluntary"),
        ),
        units=_TOWN_SCHOOLS,
        going={
            "P1": Going(form="voluntary-exchange", host="U2", **two_years),
            "P2": Going(form="tempering-exchange", host="U3", **two_years),
            "P3": Going(form="encouragement-exchange", host="U1", **two_years),
        },
        placed_after="place",
        settings={},
    ).play()


def test_two_years_at_wushi_end_with_a_return_and_a_teacher_who_stays() -> None:
    play = _wushi()
    play.withheld = {("report-in", "P2")}
    play.until(date(2025, 9, 9))
    play.withheld = set()
    record(play, date(2025, 9, 10), "P4", "refusal", "centre-school")
    play.until(date(2025, 12, 31))
    assert play.take(
        events.Absent(
            on=date(2026, 3, 1),
            by=events.Actor("clerk", "host", "U2"),
            person="P1",
            since=date(2026, 3, 1),
            until=date(2026, 8, 1),
            excused=True,
            kind="产假",
        )
    )
    for person, grade in {"P1": "合格", "P2": "合格", "P3": "优秀"}.items():
        assert play.take(appraised(play, date(2027, 8, 31), person, "end-of-service", grade))
    wrong = appraised(play, date(2027, 8, 31), "P1", "end-of-service", "优秀", by="own-unit")
    assert tried(play, wrong) == ("actor",)
    play.until(date(2027, 9, 1))
    choice = act(play, "P3", "may_choose")
    stays = events.Chose(
        on=date(2027, 9, 1), by=events.Actor("P3", "person"), act=choice.id, option="stay"
    )
    assert play.take(stays)

    finished(play)
    assert acts(play) == {
        ("P1", "return"),
        ("P2", "admonish"),
        ("P2", "return"),
        ("P3", "may_choose"),
        ("P4", "ban"),
    }
    assert reported(play)["P2"] == date(2025, 9, 10)
    assert play.state.records["study", ""].on == date(2025, 12, 1)


# 全镇小学（中心校组织）
def _town() -> Play:
    since = date(2025, 8, 25)
    improving: dict[str, FactValue] = {
        "rank-change": "上升",
        "bottom-three-now": False,
        "gap-now": Fraction(0),
    }
    return Year(
        pack="town-centre-school",
        start=date(2025, 7, 1),
        members=(
            _member("P1", "U2", "reward", **{"gap-now": Fraction(15)}, incidents=()),
            _member("P2", "U2", "supervised", **improving),
            _member("P3", "U2", "supervised", **{"rank-change": "持平"}),
            _member("P4", "U3", "reverse"),
            _member("P5", "U1", "reverse-assigned"),
        ),
        units=_TOWN_SCHOOLS,
        going={
            "P1": Going(form="reward-exchange", host="U3", since=since),
            "P2": Going(form="supervised-exchange", host="U3", since=since),
            "P3": Going(form="supervised-exchange", host="U3", since=since),
            "P4": Going(form="reverse-exchange", host="U1", since=since),
            "P5": Going(form="reverse-exchange", host="U2", since=since),
        },
        placed_after="decide",
        settings={},
    ).play()


def test_a_year_of_the_town_keeps_its_days_and_asks_for_a_better_rank() -> None:
    play = _town()
    play.until(date(2025, 8, 31))
    record(play, date(2026, 7, 5), "P1", "town-test", "centre-school")
    by_host = events.Recorded(
        on=date(2026, 7, 6),
        by=events.Actor("clerk", "host", "U3"),
        person="P1",
        event="incident-recorded",
    )
    assert tried(play, by_host) == ("actor",)
    for person in ("P2", "P3"):
        ended = events.Ended(on=date(2026, 8, 30), by=by_host.by, person=person)
        assert play.take(ended)
    play.until(date(2026, 8, 31))

    finished(play)
    assert acts(play) == {("P1", "cancel_entitlement"), ("P2", "complete"), ("P3", "extend")}
    assert set(reported(play).values()) == {date(2025, 8, 25)}
    days = {step: play.state.records[step, ""].on for step in ("decide", "file", "notify")}
    assert days == {
        "decide": date(2025, 8, 1),
        "file": date(2025, 8, 11),
        "notify": date(2025, 8, 1),
    }
    assert {each.gate for each in play.refused} == {"too-early", "actor"}


# 新密市某校：五种形式
def _worked(play: Play, on: date, person: str, **times: int) -> None:
    by = events.Actor("clerk", "host", "U2")
    for kind, number in times.items():
        assert play.take(events.Worked(on=on, by=by, person=person, kind=kind, times=number))


def _unmet(play: Play, person: str) -> set[str]:
    found = loads(play.state, play.pack, play.calendar, person, play.state.day)
    return {each.item.id for each in found if each.met is not True}


def _xinmi() -> Play:
    school_year = {"since": date(2025, 9, 1), "until": date(2026, 9, 1)}
    return Year(
        pack="school-partnership-xinmi",
        start=date(2025, 8, 20),
        members=tuple(_member(f"P{n}", "U1", "teacher") for n in range(1, 5)),
        units={"U1": {}, "U2": {}},
        going={
            "P1": Going(form="seconded", host="U2", **school_year),
            "P2": Going(form="delivery", host="U2", **school_year),
            "P3": Going(form="full-time", host="U2", **school_year),
        },
        placed_after="file",
        settings={},
    ).play()


def test_a_partnership_year_counts_the_work_and_repeats_a_poor_exchange() -> None:
    play = _xinmi()
    play.until(date(2025, 9, 2))
    record(play, date(2025, 9, 3), "P4", "refusal", "own-unit")
    play.until(date(2025, 9, 5))
    _worked(play, date(2026, 6, 1), "P1", 听评课=20, 教研活动=16)
    assert _unmet(play, "P1") == {"seconded-report", "seconded-lives-in"}
    _worked(play, date(2026, 6, 1), "P1", 调研报告=1)
    _worked(play, date(2026, 6, 1), "P2", 送课=8, 评课=8)
    host = events.Actor("clerk", "host", "U2")
    lives = events.Observed(
        on=date(2026, 6, 1), by=host, person="P1", fact="lives_at_host", value=True
    )
    assert play.take(lives)
    assert (_unmet(play, "P1"), _unmet(play, "P2")) == (set(), set())
    for person, grade in {"P1": "优秀", "P2": "称职", "P3": "基本称职"}.items():
        assert play.take(appraised(play, date(2026, 8, 20), person, "period", grade))
    wrong = appraised(play, date(2026, 8, 20), "P1", "period", "称职", by="own-unit")
    assert tried(play, wrong) == ("actor",)
    play.until(date(2026, 9, 1))
    assert play.state.placements["P3"].until == date(2027, 9, 1)
    assert play.take(appraised(play, date(2027, 8, 20), "P3", "period", "称职"))
    play.until(date(2027, 9, 1))

    finished(play)
    assert sent(play, "timetable", "P2") == {("form-four", "host")}
    assert acts(play) == {
        ("P1", "return"),
        ("P2", "return"),
        ("P3", "repeat"),
        ("P3", "return"),
        ("P4", "cap_appraisal"),
    }


# 宁海中学：按分排名
def _applicant(person: str, track: str, *, applies: bool) -> Member:
    return Member(id=person, unit="U1", track=track, rules={"applies": applies})


def _ninghai() -> Play:
    year = {"since": date(2025, 9, 1), "until": date(2026, 9, 1)}
    return Year(
        pack="scored-exchange-ninghai",
        start=date(2025, 5, 6),
        members=(
            *(_applicant(f"P{n}", "voluntary", applies=True) for n in range(1, 4)),
            _applicant("P4", "", applies=False),
        ),
        units={"U1": {}, "U2": {}},
        going={
            "P1": Going(form="inter-school", host="U2", **year),
            "P2": Going(form="inter-school", host="U2", **year),
        },
        placed_after="score",
        settings={},
    ).play()


def test_a_scored_exchange_waits_for_its_notice_and_bans_who_disobeys() -> None:
    play = _ninghai()
    play.until(date(2025, 5, 8))
    objector = events.Actor("P4", "person")
    objects = events.Objected(
        on=date(2025, 5, 9), by=objector, step="publish", subject="", objection="1"
    )
    assert play.take(objects)
    serves = events.Done(
        on=date(2025, 5, 9), by=events.Actor("clerk", "host", "U2"), step="serve", subject="P1"
    )
    assert tried(play, serves) == ("publicity", "objections")
    play.until(date(2025, 5, 20))
    late = events.Objected(
        on=date(2025, 5, 20), by=objector, step="publish", subject="", objection="2"
    )
    assert tried(play, late) == ("closed",)
    record(play, date(2025, 11, 5), "P2", "disobedience", "host")
    play.until(date(2025, 11, 6))
    assert not tuple(
        e for e in play.happened if isinstance(e, events.Done) and e.step == "serve"
    )
    assert play.take(events.DayPassed(on=date(2026, 8, 31), by=objector))
    play.until(date(2026, 9, 1))

    finished(play)
    assert acts(play) == {("P2", "ban")}
    ban = act(play, "P2", "ban")
    assert (ban.since, ban.until) == (date(2026, 1, 1), date(2029, 1, 1))
    assert ("application", "own-unit") in sent(play, "apply", "P1")
    assert ("apply", "P4") not in play.state.records


# 瑞安市：三类人员，随迁关系
_CITY: dict[str, Facts] = {
    "U1": {"unit_area": "城市"},
    "U2": {"unit_area": "乡村", "vacancy-in-band": Fraction(1)},
}


def _ruian() -> Play:
    three_years = {"since": date(2022, 9, 1), "until": date(2025, 9, 1)}
    graded: dict[str, FactValue] = {"post_grade": Fraction(9)}
    return Year(
        pack="ruian",
        start=date(2022, 2, 27),
        members=(
            _member("P1", "U1", "principal", office_level="正校级", **graded),
            _member("P2", "U1", "backbone", **{"rural-post-years": Fraction(3)}, **graded),
            _member("P3", "U1", "volunteer", **graded),
            _member("P4", "U1", "ordinary", office_level="中层副职", **graded),
        ),
        units=_CITY,
        going={
            "P1": Going(form="guidance", host="U2", **three_years),
            "P2": Going(form="guidance", host="U2", **three_years),
            "P3": Going(form="optimising", host="U2", **three_years),
        },
        placed_after="district-scheme",
        settings={},
    ).play()


def test_three_years_in_ruian_end_with_a_choice_a_raise_and_an_archive() -> None:
    play = _ruian()
    own = events.Actor("clerk", "own-unit", "U1")
    surveys = events.Opened(on=date(2022, 2, 27), by=own, step="school-survey", subject="U1")
    assert "needs" in tried(play, surveys)
    play.until(date(2022, 3, 5))
    record(play, date(2022, 3, 6), "P4", "refusal", "bureau")
    play.until(date(2022, 3, 7))
    for person, grade in {"P1": "合格", "P2": "优秀", "P3": "基本合格"}.items():
        assert play.take(appraised(play, date(2025, 8, 20), person, "end-of-service", grade))
    bureau = {"appraisal": "outstanding-review", "grade": "优秀", "by": "bureau"}
    assert play.take(appraised(play, date(2025, 8, 21), "P2", **bureau))
    for person in ("P1", "P2", "P3"):
        assert play.take(events.Ended(on=date(2025, 8, 31), by=own, person=person))
    play.until(date(2025, 9, 2))

    finished(play)
    assert acts(play) == {
        ("P1", "may_choose"),
        ("P2", "may_choose"),
        ("P2", "raise_post_grade"),
        ("P4", "ban"),
        ("P4", "lower_post_grade"),
        ("P4", "cancel_entitlement"),
        ("P4", "cancel_honour"),
        ("P4", "remove_from_office"),
    }
    raised = dict(act(play, "P2", "raise_post_grade").figures)
    assert raised == {"from": Fraction(9), "to": Fraction(8)}


def test_ruian_files_its_plan_and_its_posts_with_those_who_are_to_have_them() -> None:
    play = _ruian()
    play.until(date(2022, 3, 2))

    assert sent(play, "file-plan") == {
        ("annual-plan", "establishment-office"),
        ("annual-plan", "personnel-bureau"),
    }
    assert sent(play, "file-posts") == {
        ("establishment-change", "establishment-office"),
        ("establishment-change", "personnel-bureau"),
        ("establishment-change", "finance-bureau"),
    }
    assert {body for body, _, _ in play.state.records["scheme", "U1"].signed} == {"bureau"}


@pytest.mark.parametrize(
    ("begin", "last"),
    [
        (_wushi, date(2025, 9, 3)),
        (_town, date(2025, 8, 31)),
        (_xinmi, date(2025, 9, 3)),
        (_ninghai, date(2025, 5, 20)),
        (_ruian, date(2022, 3, 5)),
    ],
)
def test_a_programme_folded_again_from_its_events_stands_where_it_stood(
    begin: Callable[[], Play], last: date
) -> None:
    play = begin()
    play.until(last)

    assert replay(begin().state, play.happened, play.pack, play.calendar) == play.state
