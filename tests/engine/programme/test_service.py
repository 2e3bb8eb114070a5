"""Service and what follows: acts are proposed, and take effect by a person's decision."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from junheng.engine.programme import Proposal, State, events, open_duties
from junheng.engine.programme.events import Actor
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.placement_facts import PLACEMENT_FACTS, History
from junheng.engine.programme.state import Effect
from junheng.engine.programme.working_days import calendar_of
from tests.engine.programme.scenes import BUREAU, fold, fresh, gates, placed, resolved

HOST = Actor("head", "host", "U2")
REFUSED = date(2025, 7, 1)


def _recorded(word: str = "refusal", on: date = REFUSED) -> events.Recorded:
    return events.Recorded(on=on, by=BUREAU, person="P1", event=word)


def _only(state: State, act: str) -> Proposal:
    (found,) = [each for each in state.proposals.values() if each.act == act]
    return found


def _decided(proposal: Proposal, by: Actor = BUREAU, on: date = REFUSED) -> events.Decided:
    return events.Decided(on=on, by=by, act=proposal.id, agreed=True)


def test_a_ban_is_only_proposed_until_somebody_decides_and_then_runs_from_that_day() -> None:
    refused = fold(fresh(), _recorded())
    ban = _only(refused, "ban")
    state = fold(refused, _decided(ban, on=date(2025, 8, 15)))

    assert (ban.effect, ban.since) == (Effect.PROPOSED, REFUSED)
    effective = _only(state, "ban")
    assert effective.effect is Effect.EFFECTIVE
    assert (effective.since, effective.until) == (date(2025, 8, 15), date(2028, 8, 15))


def test_only_the_body_the_text_names_decides_and_nobody_in_their_own_matter() -> None:
    refused = fold(fresh(), _recorded())
    ban = _only(refused, "ban")

    assert gates(refused, _decided(ban, Actor("clerk", "own-unit", "U1"))) == {"decider"}
    assert gates(refused, _decided(ban, Actor("P1", "bureau"))) == {"own-matter"}
    decided = fold(refused, _decided(ban))
    assert gates(decided, _decided(ban)) == {"already-done"}


@pytest.mark.parametrize(
    ("overlap", "since"),
    [("run_together", date(2026, 7, 1)), ("run_on", date(2028, 7, 1))],
)
def test_a_second_ban_runs_beside_the_first_or_after_it(overlap: str, since: date) -> None:
    pack = resolved({"ban-overlap": overlap})
    state = fold(fresh(), _recorded(), _recorded(on=date(2026, 7, 1)), pack=pack)
    bans = [each for each in state.proposals.values() if each.act == "ban"]

    assert [each.since for each in bans] == [REFUSED, since]


@pytest.mark.parametrize(
    ("starts", "since"),
    [
        ("decision", REFUSED),
        ("next_calendar_year", date(2026, 1, 1)),
        ("next_school_year", date(2025, 9, 1)),
        ("assessment_year", date(2025, 1, 1)),
    ],
)
def test_a_ban_starts_as_the_switch_says(starts: str, since: date) -> None:
    state = fold(fresh(), _recorded(), pack=resolved({"ban-starts": starts}))

    assert _only(state, "ban").since == since


@pytest.mark.parametrize(
    ("lowest", "remark"), [("report", "no-lower-grade"), ("next_measure", "next-measure")]
)
def test_nobody_is_lowered_below_the_lowest_grade(lowest: str, remark: str) -> None:
    worst = fresh(post_grade=Fraction(13))
    state = fold(worst, _recorded(), pack=resolved({"lowest": lowest}))

    assert _only(state, "lower_post_grade").remark == remark


def test_a_consequence_fires_once_for_each_thing_that_happened() -> None:
    once = fold(fresh(), _recorded())
    twice = fold(once, _recorded())

    assert twice.proposals == once.proposals


def test_a_cap_in_effect_keeps_the_better_grades_away() -> None:
    state = fold(fresh(), _recorded(), placed())
    state = fold(state, _decided(_only(state, "cap_appraisal")))
    grade = {
        name: events.Appraised(
            on=date(2026, 7, 1),
            by=HOST,
            person="P1",
            appraisal="yearly",
            grade=name,
            since=date(2025, 9, 1),
        )
        for name in ("合格", "基本合格", "优")
    }

    assert gates(state, grade["合格"]) == {"capped"}
    assert gates(state, grade["基本合格"]) == set()
    assert gates(state, grade["优"]) == {"grade"}


def _fact(name: str, state: State, on: date, **settings: tuple[str, ...]) -> object:
    pack = resolved()
    view = view_of(
        state, pack, calendar_of(pack), next(iter(pack.items.steps.values())), "P1", on
    )
    assert view.placement is not None
    history = History(
        placement=view.placement, events=(), on=on, calendar=view.calendar, settings=settings
    )
    return PLACEMENT_FACTS[name](history)


def test_service_is_completed_on_the_anniversary_and_earlier_spells_add_by_months() -> None:
    state = fold(fresh(), placed(earlier=((date(2023, 9, 1), date(2024, 3, 1)),)))
    alone = {"over": ("placement",)}
    together = {"over": ("all_spells",)}

    assert _fact("service_done", state, date(2026, 8, 31), **alone) == 0
    assert _fact("service_done", state, date(2026, 9, 1), **alone) == 1
    assert _fact("service_done", state, date(2026, 2, 28), **together) == 0
    assert _fact("service_done", state, date(2026, 3, 1), **together) == 1


def test_maternity_leave_counts_as_service_only_where_the_pack_credits_it() -> None:
    leave = events.Absent(
        on=date(2026, 3, 1),
        by=HOST,
        person="P1",
        since=date(2026, 1, 1),
        until=date(2026, 3, 1),
        excused=True,
        kind="产假",
    )
    state = fold(fresh(), placed(), leave)

    assert _fact("service_done", state, date(2026, 9, 1), credit=("产假",)) == 1
    assert _fact("service_done", state, date(2026, 9, 1), credit=()) == 0


@pytest.mark.parametrize(
    ("day_count", "days"), [("calendar_first_counted", 8), ("working_first_counted", 1)]
)
def test_absence_over_the_holiday_is_counted_as_the_pack_says(
    day_count: str, days: int
) -> None:
    away = events.Absent(
        on=date(2025, 10, 9),
        by=HOST,
        person="P1",
        since=date(2025, 9, 30),
        until=date(2025, 10, 8),
        excused=False,
    )
    state = fold(fresh(), placed(), away)
    measured = {"unexcused": ("yes",), "in": ("spell",), "day_count": (day_count,)}

    assert _fact("days_absent", state, date(2025, 10, 31), **measured) == days


def test_monthly_return_is_owed_for_each_month_until_it_is_handed_in() -> None:
    pack, on = resolved(), date(2025, 10, 15)
    state = fold(fresh(), placed())
    done = events.Submitted(
        on=on, by=HOST, duty="monthly-attendance", subject="P1", period="2025-10"
    )

    def owed(now: State) -> list[date]:
        duties = open_duties(now, pack, calendar_of(pack), on)
        return [d.by.last for d in duties if d.item == "monthly-attendance" and d.by]

    assert owed(state) == [date(2025, 9, 30), date(2025, 10, 31)]
    assert owed(fold(state, done)) == [date(2025, 9, 30)]


def test_what_the_record_raises_is_raised_once_however_long_it_lasts() -> None:
    passed = [
        events.DayPassed(on=date(2025, 9, day), by=BUREAU) for day in (9, 10, 11, 17, 18, 19)
    ]
    state = fold(fresh(), placed(), *passed)

    late = [each for each in state.findings["P1"] if each.raised_by == "late-reporting"]
    assert [(each.on.day, each.event) for each in late] == [(9, "admonished"), (17, "resigned")]
