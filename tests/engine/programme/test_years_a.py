"""Whole programmes of five rotation packs, from the first step to the last, without any web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.programme import Member, State, events, open_duties
from junheng.engine.programme.state import FactValue
from junheng.engine.programme.workloads import loads
from tests.engine.programme.playing import Play, undecided, unfinished

AUTUMN = date(2025, 9, 1)
CITY: Mapping[str, FactValue] = {
    "unit_area": "城市",
    "unit_ownership": "公办",
    "unit_stages": ("小学",),
    "unit_kind": "小学",
}
VILLAGE = {**CITY, "unit_area": "乡村", "unit_kind": "村小"}
CENTRE = {**CITY, "unit_area": "县镇", "unit_kind": "中心校"}
TEACHER: Mapping[str, FactValue] = {
    "office_level": "无",
    "full_time_teacher": True,
    "post_grade": Fraction(9),
    "applied": False,
}
_RULES = ("teacher-due", "leader-due", "recruit-included")
SCHOOL = {
    "roster-day": "08-31",
    "years-clock": "calendar_years",
    "support-time": "counted",
    "leave-time": "counted",
    "same-school": "legal_entity",
    "bridged-gap": "31",
}


def _member(person: str, unit: str, facts: Mapping[str, FactValue], *rules: str) -> Member:
    return Member(
        id=person,
        unit=unit,
        outcome="due",
        track="teacher",
        facts={**TEACHER, **facts},
        rules={**dict.fromkeys(_RULES, False), **dict.fromkeys(rules, True)},
    )


def _placed(
    person: str, way: str, arrangement: str, until: date | None, by: str = "bureau"
) -> events.Placed:
    origin, host = way.split(">")
    return events.Placed(
        on=AUTUMN,
        by=events.Actor("director", by),
        person=person,
        origin=origin,
        host=host,
        arrangement=arrangement,
        since=AUTUMN,
        until=until,
    )


def _begun(
    pack_id: str,
    start: date,
    settings: Mapping[str, str],
    members: tuple[Member, ...],
    units: Mapping[str, Mapping[str, FactValue]],
) -> Play:
    pack = resolve(load(pack_id), on=start, year=start.year, settings=settings)
    state = State(
        programme=f"{pack_id}-{start.year}",
        year=start.year,
        day=start,
        members={each.id: each for each in members},
        units=units,
    )
    return Play(pack=pack, state=state, placed_after="", placing=())


def _left(play: Play) -> tuple[object, ...]:
    """Return what is left to do: steps, decisions, duties."""
    duties = open_duties(play.state, play.pack, play.calendar, play.state.day)
    return (*unfinished(play), *undecided(play), *(each.item for each in duties))


def _copy(play: Play) -> Play:
    """Return a play that can go on without the other noticing."""
    return replace(play, happened=[*play.happened], refused=[*play.refused])


def _acts(play: Play) -> set[tuple[str, str]]:
    return {(each.person, each.act) for each in play.state.proposals.values()}


def _refused_with(play: Play, event: events.Event) -> tuple[str, ...]:
    """Take an event that has to be refused; return the gates that refuse it."""
    known = len(play.refused)
    assert not play.take(event)
    return tuple(each.gate for each in play.refused[known:])


def _by(body: str, unit: str = "") -> events.Actor:
    return events.Actor(f"head of {unit or body}", body, unit)


def _absent(person: str, since: date, until: date, *, excused: bool) -> events.Absent:
    return events.Absent(
        on=until,
        by=_by("host", "U2"),
        person=person,
        since=since,
        until=until,
        excused=excused,
    )


def _graded(play: Play, person: str, appraisal: str, grade: str, on: date) -> events.Appraised:
    placement = play.state.placements[person]
    return events.Appraised(
        on=on,
        by=_by("host", placement.host),
        person=person,
        appraisal=appraisal,
        grade=grade,
        since=date(on.year - 1, 9, 1),
    )


def _observe(play: Play, person: str, **values: Fraction | bool) -> None:
    for fact, value in values.items():
        play.take(
            events.Observed(
                on=play.state.day, by=_by("host", "U2"), person=person, fact=fact, value=value
            )
        )


def _loads(play: Play, person: str) -> dict[str, bool | None]:
    found = loads(play.state, play.pack, play.calendar, person, play.state.day)
    return {each.item.id: each.met for each in found}


@cache
def _support() -> Play:
    """Return a support-teaching year up to its last day, and one who had to be replaced."""
    settings = {
        "roster-day": "08-31",
        "letters-day": "08-25",
        "report-day": "09-01",
        "ten-days": "spell",
        "fifteen-exact": "exclusive",
        "absence-year": "school_year",
        "absence-days": "calendar_first_counted",
        "one-teacher": "illustrative",
        "no-title-length": "2",
        "repeat-length": "1",
    }
    members = tuple(_member(person, "U1", {}) for person in ("P1", "P2", "P3", "P4"))
    units = {
        "U1": {**CITY, "staffing_gap": Fraction(3)},
        "U2": {**VILLAGE, "staffing_gap": Fraction(-3)},
    }
    play = _begun("support-teaching", date(2025, 6, 20), settings, members, units)
    end = date(2026, 9, 1)
    play.placed_after = "fix"
    play.placing = tuple(_placed(each, "U1>U2", "support", end) for each in ("P1", "P2", "P3"))
    play.until(date(2026, 3, 20))
    play.take(_absent("P1", date(2026, 3, 2), date(2026, 3, 20), excused=True))
    play.take(_absent("P2", date(2026, 3, 2), date(2026, 3, 13), excused=False))
    day = date(2026, 3, 20)
    play.take(events.Recorded(on=day, by=_by("host", "U2"), person="P3", event="unfit"))
    play.take(events.Replaced(on=day, by=_by("own-unit", "U1"), person="P3", successor="P4"))
    play.take(replace(_placed("P4", "U1>U2", "support", end), on=day, since=day))
    play.until(end)
    return play


def test_support_year_is_reported_month_by_month_and_term_by_term() -> None:
    submitted = {each for each in _support().state.submitted if each[1] == "P1"}

    periods = {(duty, period) for duty, _, period in submitted}
    months = {period for duty, period in periods if duty == "monthly-attendance"}
    assert months == {f"2025-{n:02}" for n in range(9, 13)} | {
        f"2026-{n:02}" for n in range(1, 10)
    }
    visits = {period for duty, period in periods if duty == "visit"}
    assert {"2025-1-middle", "2025-1-end", "2025-2-middle", "2025-2-end"} <= visits


def test_support_teacher_away_without_leave_fails_of_itself_and_one_on_leave_does_not() -> None:
    play = _support()

    assert ("P2", "automatic_grade") in _acts(play)
    assert ("P1", "automatic_grade") not in _acts(play)
    assert ("P3", "replace") in _acts(play)
    assert play.state.placements["P2"].grades[-1].grade == "不合格"


def test_support_workloads_are_met_once_they_are_recorded() -> None:
    play = _copy(_support())

    before = _loads(play, "P1")
    _observe(play, "P1", lessons_at_origin=Fraction(0), lives_at_host=True)
    _observe(play, "P1", load_against_host=Fraction(-1))

    assert set(before.values()) == {None}
    assert _loads(play, "P1") == {
        "no-work-at-origin": True,
        "host-average": False,
        "lives-in": True,
    }


def test_support_year_ends_in_return_or_in_another_year() -> None:
    play = _copy(_support())
    end = date(2026, 9, 1)

    refused = _refused_with(play, _graded(play, "P2", "final", "合格", end))
    play.take(_graded(play, "P1", "final", "合格", end))
    play.take(_graded(play, "P2", "final", "不合格", end))
    play.take(_graded(play, "P4", "final", "合格", end))
    play.until(date(2027, 8, 31))
    again = play.state.placements["P2"].until
    play.take(_graded(play, "P2", "final", "合格", date(2027, 9, 1)))
    play.until(date(2027, 9, 2))

    assert refused == ("automatic-grade",)
    assert again == date(2027, 9, 1)
    acts = {("P1", "credit"), ("P1", "return"), ("P2", "ban"), ("P2", "repeat")}
    assert acts <= _acts(play)
    assert _left(play) == ()


@cache
def _lechang() -> Play:
    """Return a year of paired schools up to its last day."""
    settings = {
        **SCHOOL,
        "before-tenth": "exclusive",
        "week-count": "calendar_first_not_counted",
    }
    members = (
        _member("P1", "U3", {}),
        _member("P2", "U4", {}),
        _member("P3", "U1", {}),
        _member("P4", "U2", {}),
        _member("P5", "U4", {"office_level": "副校级"}),
    )
    units = {"U1": CENTRE, "U2": VILLAGE, "U3": CITY, "U4": CITY}
    play = _begun("paired-schools-lechang", date(2025, 6, 2), settings, members, units)
    end = date(2026, 9, 1)
    play.placed_after = "compete"
    play.placing = (
        _placed("P1", "U3>U4", "paired-swap", end),
        _placed("P2", "U4>U3", "paired-swap", end),
        _placed("P3", "U1>U2", "main-and-village", end),
        _placed("P4", "U2>U4", "city-competition", None),
    )
    play.until(date(2026, 8, 31))
    return play


def test_lechang_pairs_file_within_the_week_and_the_centre_school_its_papers() -> None:
    records = _lechang().state.records

    assert {who for step, who in records if step == "file-pair"} == {"P1", "P2"}
    assert {who for step, who in records if step == "file-centre"} == {"U1"}
    filed = records["file-pair", "P1"]
    assert (filed.on - records["choose", ""].on).days <= 7
    assert not filed.late
    assert not records["file-centre", "U1"].late
    assert {who for step, who in records if step == "arrange-principals"} == {"P5"}


def test_lechang_relation_is_put_in_order_only_for_who_competed() -> None:
    records = _lechang().state.records

    assert {who for step, who in records if step == "put-in-order"} == {"P4"}


def test_lechang_year_ends_in_return_but_not_for_who_competed() -> None:
    play = _copy(_lechang())
    end = date(2026, 9, 1)
    nothing_sent = events.Done(on=end, by=_by("own-unit", "U4"), step="file-pair", subject="P4")

    refused = _refused_with(play, nothing_sent)
    for person in ("P1", "P2", "P3", "P4"):
        play.take(events.Ended(on=end, by=_by("bureau"), person=person))
    play.until(date(2026, 9, 2))

    assert "not-concerned" in refused
    assert _acts(play) == {("P1", "return"), ("P2", "return"), ("P3", "return")}
    assert _left(play) == ()


WELL: Mapping[str, FactValue] = {"expecting-or-nursing": False, "ill": False}


@cache
def _datong() -> Play:
    """Return the example county's year up to its filing, with an objection to the notice."""
    members = (
        _member("P1", "U1", WELL, "teacher-due"),
        _member("P2", "U2", {**WELL, "ill": True}, "teacher-due"),
        _member("P3", "U1", {**WELL, "applied": True}),
    )
    play = _begun("datong-example", date(2025, 5, 1), {}, members, {"U1": CITY, "U2": VILLAGE})
    play.placed_after = "fix-hosts"
    play.placing = (
        _placed("P1", "U1>U2", "guidance", date(2028, 9, 1), "authority"),
        _placed("P3", "U1>U2", "guidance", date(2028, 9, 1), "authority"),
    )
    play.until(date(2025, 5, 2))
    play.take(
        events.Objected(
            on=date(2025, 5, 3),
            by=events.Actor("P1", "person"),
            step="publish-deferrals",
            subject="U2",
            objection="1",
        )
    )
    return play


def test_datong_notice_names_whoever_has_a_ground_and_waits_for_its_days_and_answer() -> None:
    play = _copy(_datong())
    answer = events.Replied(
        on=date(2025, 5, 3), by=_by("own-unit", "U2"), objection="1", upheld=False
    )

    refused = _refused_with(play, answer)
    play.until(date(2025, 5, 8))
    waiting = ("submit-roster", "U2") in play.state.records
    play.until(date(2025, 5, 9))

    assert "handler-is-decider" in refused
    assert play.state.objections["1"].answered == date(2025, 5, 3)
    assert not waiting
    assert play.state.records["submit-roster", "U2"].is_done


def test_datong_year_ends_with_three_papers_filed_and_nothing_else_asked_by_its_text() -> None:
    play = _copy(_datong())
    early = events.Done(
        on=date(2025, 5, 3), by=_by("authority"), step="file-with-city", subject=""
    )

    refused = _refused_with(play, early)
    play.until(date(2025, 9, 10))

    assert {"needs", "copies"} <= set(refused)
    assert next(step for step, who in play.state.records if who == "P3") == "apply"
    filed = play.state.records["file-with-city", ""]
    assert {each.document for each in filed.copies} == {
        "annual-report",
        "exchange-roster",
        "report-in-slips",
    }
    assert play.pack.items.consequences == {}
    assert _left(play) == ()


@cache
def _region() -> Play:
    """Return the autonomous region's county up to its last step."""
    settings = {
        **SCHOOL,
        "age-measure": "completed_years",
        "age-below": "inclusive",
        "term-length": "5",
        "publicity-days": "7",
        "publicity-count": "working_first_not_counted",
        "county-establishment": "100",
    }
    well = {"under-inquiry-now": False, "expecting-or-nursing": False, "ill-or-disabled": False}
    members = (
        _member("P1", "U1", well, "teacher-due"),
        _member("P2", "U1", {**well, "expecting-or-nursing": True}),
        _member("P3", "U2", {**well, "applied": True}),
        _member("P4", "U1", {**well, "office_level": "正校级"}, "leader-due"),
    )
    units = {"U1": CITY, "U2": VILLAGE}
    play = _begun("autonomous-county", date(2025, 5, 6), settings, members, units)
    play.placed_after = "plan"
    play.placing = (
        _placed("P1", "U1>U2", "regular", date(2028, 9, 1)),
        _placed("P4", "U1>U2", "leaders-regular", date(2028, 9, 1)),
    )
    play.until(date(2025, 5, 7))
    return play


def test_region_hears_objections_before_the_authority_agrees_to_deferrals() -> None:
    play = _copy(_region())
    day = date(2025, 5, 8)
    play.take(
        events.Objected(
            on=day,
            by=events.Actor("P1", "person"),
            step="publish",
            subject="U1",
            objection="1",
        )
    )
    agree = events.Done(on=day, by=_by("own-unit", "U1"), step="agree-deferrals", subject="U1")

    refused = _refused_with(play, agree)
    play.until(date(2025, 5, 30))

    assert set(refused) == {"publicity", "objections"}
    agreed = play.state.records["agree-deferrals", "U1"]
    assert agreed.on == date(2025, 5, 16)
    assert agreed.signed[0][0] == "bureau"


def test_region_names_the_post_of_a_leader_and_ends_when_service_is_over() -> None:
    play = _copy(_region())
    play.until(date(2028, 9, 1))

    records = play.state.records
    assert {who for step, who in records if step == "name-post"} == {"P4"}
    assert {who for step, who in records if step == "apply"} == {"P3"}
    assert records["serve", "P1"].on == date(2028, 9, 1)
    assert _acts(play) == set()
    assert _left(play) == ()


@cache
def _district() -> Play:
    """Return three years of the example district up to the last day of service."""
    members = (
        *(_member(person, "U1", {}, "teacher-due") for person in ("P1", "P2", "P4", "P5")),
        _member("P3", "U3", {}, "teacher-due"),
        _member("P6", "U1", {}),
        _member("P7", "U2", {"office_level": "正校级"}, "leader-due"),
    )
    units = {"U1": CITY, "U2": VILLAGE, "U3": VILLAGE}
    play = _begun("district-managed-example", date(2025, 4, 1), {}, members, units)
    end = date(2028, 9, 1)
    play.placed_after = "recommend"
    play.placing = (
        _placed("P1", "U1>U2", "urban-rural", end),
        _placed("P2", "U1>U2", "urban-rural", end),
        _placed("P3", "U3>U2", "rural-junior", end),
        _placed("P4", "U1>U2", "rebalancing", end),
    )
    play.until(date(2025, 9, 2))
    play.take(
        events.Recorded(on=date(2025, 9, 2), by=_by("bureau"), person="P5", event="refusal")
    )
    grades = {"P1": "合格 优秀 合格", "P2": "合格 基本合格 合格", "P3": "合格 合格 合格"}
    for index in range(3):
        on = date(2026 + index, 7, 1)
        play.until(on)
        for person, given in grades.items():
            grade = given.split()[index]
            play.take(_graded(play, person, "annual-appraisal", grade, on))
    play.until(date(2028, 8, 31))
    return play


def test_district_declares_files_and_reports_before_anybody_serves() -> None:
    records = _district().state.records

    assert {who for step, who in records if step == "declare"} == {
        "P1",
        "P2",
        "P3",
        "P4",
        "P5",
        "P7",
    }
    assert {each.to for each in records["file-lists-types", ""].copies} == {
        "bureau",
        "establishment-office",
        "personnel-bureau",
    }
    assert {who for step, who in records if step == "adjust-relations"} == {"P4"}
    signed = {body for body, _, _ in records["adjust-relations", "P4"].signed}
    assert signed == {"bureau", "establishment-office", "personnel-bureau"}
    assert {who for step, who in records if step == "arrange-principals"} == {"P7"}
    assert records["report-in", "P1"].on == AUTUMN


def test_district_bans_who_refuses_and_whose_year_was_poor_for_three_years() -> None:
    proposals = _district().state.proposals.values()

    bans = {each.person: (each.since, each.until) for each in proposals if each.act == "ban"}
    assert bans == {
        "P5": (date(2025, 9, 2), date(2028, 9, 2)),
        "P2": (date(2027, 7, 1), date(2030, 7, 1)),
    }


def test_district_lets_three_good_years_choose_and_settles_a_poor_one() -> None:
    play = _copy(_district())
    end = date(2028, 9, 1)
    own = replace(
        _graded(play, "P1", "annual-appraisal", "优秀", end), by=_by("own-unit", "U1")
    )

    refused = _refused_with(play, own)
    for person in ("P1", "P2", "P3", "P4"):
        play.take(events.Ended(on=end, by=_by("bureau"), person=person))
    play.until(end)
    offer = next(each for each in play.state.proposals.values() if each.act == "may_choose")
    chose = events.Chose(on=end, by=events.Actor("P1", "person"), act=offer.id, option="return")

    assert refused == ("separation",)
    assert play.take(chose)
    acts = {("P1", "may_choose"), ("P2", "settle"), ("P4", "settle")}
    assert {each for each in _acts(play) if each[1] != "ban"} == acts
    assert _left(play) == ()
