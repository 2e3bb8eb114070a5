"""What holds of every programme: it can be told again, and a day's order does not matter."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.engine.programme import State, advance, calendar_of, events, replay
from junheng.engine.programme.events import Actor
from tests.engine.programme.scenes import BUREAU, fresh, placed, resolved

PACK = resolved()
CALENDAR = calendar_of(PACK)
HOST = Actor("head", "host", "U2")
PEOPLE = ("P1", "P2", "P3")
DAYS = st.dates(date(2025, 9, 1), date(2026, 6, 30))


def _serving() -> State:
    return replay(fresh(*PEOPLE), [placed(each) for each in PEOPLE], PACK, CALENDAR)


def _events(on: date) -> st.SearchStrategy[events.Event]:
    person = st.sampled_from(PEOPLE)
    absent = st.builds(
        lambda who, days, excused: events.Absent(
            on=on,
            by=HOST,
            person=who,
            since=on - timedelta(days=days),
            until=on,
            excused=excused,
        ),
        person,
        st.integers(1, 20),
        st.booleans(),
    )
    worked = st.builds(
        lambda who, kind: events.Worked(on=on, by=HOST, person=who, kind=kind),
        person,
        st.sampled_from(("听评课", "示范课")),
    )
    recorded = st.builds(
        lambda who, word: events.Recorded(on=on, by=HOST, person=who, event=word),
        person,
        st.sampled_from(("unfit", "paid-substitute", "refusal")),
    )
    return st.one_of(absent, worked, recorded)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_events_of_one_day_may_come_in_any_order(data: st.DataObject) -> None:
    on = data.draw(DAYS)
    happened = data.draw(st.lists(_events(on), max_size=6))
    shuffled = data.draw(st.permutations(happened))

    assert replay(_serving(), shuffled, PACK, CALENDAR) == replay(
        _serving(), happened, PACK, CALENDAR
    )


@given(st.lists(DAYS.flatmap(_events), max_size=8))
@settings(max_examples=60, deadline=None)
def test_folding_the_accepted_events_again_gives_the_same_state(
    happened: list[events.Event],
) -> None:
    state, accepted = _serving(), []
    for event in happened:
        came = advance(state, event, PACK, CALENDAR)
        accepted += [] if came.refusals else [event]
        state = came.state

    assert replay(_serving(), accepted, PACK, CALENDAR) == state


@given(st.lists(DAYS.flatmap(_events), max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_act_takes_effect_without_a_decision(happened: list[events.Event]) -> None:
    state = replay(_serving(), happened, PACK, CALENDAR)

    assert {each.effect for each in state.proposals.values()} <= {"proposed"}
    assert [each for each in state.placements.values() if each.ended_on] == []


def test_a_refused_event_leaves_the_state_as_it_was() -> None:
    state = _serving()
    wrong = events.Decided(on=date(2025, 9, 1), by=BUREAU, act="none", agreed=True)

    came = advance(state, wrong, PACK, CALENDAR)

    assert came.state == state
    assert [each.gate for each in came.refusals] == ["unknown"]
