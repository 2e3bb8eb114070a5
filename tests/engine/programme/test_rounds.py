"""Rounds come one after the other, unit by unit, and who is placed is placed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from junheng.engine.programme import Member, State, calendar_of, events, open_duties
from junheng.engine.programme.events import Actor, Offer
from junheng.engine.programme.rounds import asked_of, lot, placed
from junheng.engine.programme.state import Hired, Post
from tests.engine.programme.scenes import BUREAU, fold, fresh, gates, resolved

DAY = date(2025, 6, 2)
SELF = {who: Actor(who, "person") for who in ("P1", "P2", "Q1")}


def _county() -> State:
    """Return two schools in two zones, a post each; P1, P2 are at the first, Q1 not."""
    units = {"P1": "U1", "P2": "U1", "Q1": "U2"}
    members = {
        who: Member(id=who, unit=unit, facts={"office_level": "无"})
        for who, unit in units.items()
    }
    return replace(
        fresh(),
        members=members,
        zones={"U1": "Z1", "U2": "Z2"},
        posts={"maths": Post("U1", 1), "music": Post("U2", 1)},
    )


def _enters(who: str, round_: str, *choices: str) -> events.Entered:
    return events.Entered(
        on=DAY, by=SELF[who], step="compete", round=round_, person=who, choices=choices
    )


def _held(round_: str, subject: str = "", **more: object) -> events.RoundHeld:
    values: dict[str, Any] = {
        "on": DAY,
        "by": BUREAU,
        "step": "compete",
        "round": round_,
        "subject": subject,
        **more,
    }
    return events.RoundHeld(**values)


def test_school_goes_on_to_its_next_round_without_waiting_for_another_school() -> None:
    state = fold(_county(), _held("direct", "U1"))

    assert gates(state, _held("in-school", "U1")) == set()
    assert gates(state, _held("in-school", "U2")) == {"round-turn"}


def test_round_of_a_zone_waits_for_the_schools_of_the_zone_only() -> None:
    of_one = [_held(each, "U1") for each in ("direct", "in-school")]
    state = fold(_county(), *of_one)

    assert gates(state, _held("two-way", "Z1")) == set()
    assert gates(state, _held("two-way", "Z2")) == {"round-turn"}
    assert gates(state, _held("direct", "U1")) == {"round-over"}


def test_duties_name_the_next_round_of_each_school_and_the_step_only_at_the_end() -> None:
    pack = resolved()

    def due(state: State) -> list[tuple[str, str]]:
        duties = open_duties(state, pack, calendar_of(pack), DAY)
        return [
            (d.item, d.subject)
            for d in duties
            if d.item in pack.items.rounds or d.item == "compete"
        ]

    state = fold(_county(), _held("direct", "U1"))
    assert due(state) == [("direct", "U2")]
    rest = [_held("direct", "U2"), _held("in-school", "U1"), _held("in-school", "U2")]
    state = fold(state, *rest)
    assert due(state) == [("two-way", "Z1"), ("two-way", "Z2")]
    committee = Actor("head", "committee")
    last = [_held("two-way", "Z1"), _held("two-way", "Z2"), _held("lots", seed="1")]
    state = fold(state, *last, _held("adjust", by=committee))
    assert due(state) == [("compete", "")]


def test_who_decides_a_round_is_who_the_pack_says() -> None:
    state = fold(_county(), *_before_last())

    assert gates(state, _held("adjust")) == {"actor"}
    assert gates(state, _held("adjust", by=Actor("head", "committee"))) == set()


def _before_last() -> list[events.Event]:
    schools = [_held(each, unit) for each in ("direct", "in-school") for unit in ("U1", "U2")]
    return [*schools, _held("two-way", "Z1"), _held("two-way", "Z2"), _held("lots", seed="1")]


@pytest.mark.parametrize(
    ("places", "refused"),
    [
        ((("P1", "maths"), ("Q1", "music")), set()),
        ((("P1", "maths"), ("P2", "maths")), {"not-its-post"}),
        ((("P1", "maths"), ("P1", "music")), {"not-an-entrant"}),
        ((("P1", "drama"),), {"not-its-post"}),
        ((("X9", "maths"),), {"not-an-entrant"}),
    ],
)
def test_decided_places_are_each_one_persons_and_no_more_than_there_are(
    places: tuple[tuple[str, str], ...], refused: set[str]
) -> None:
    state = fold(_county(), *_before_last())
    held = _held("adjust", by=Actor("head", "committee"), places=places)

    assert gates(state, held) == refused


def test_nobody_enters_for_another_person() -> None:
    state = fold(_county(), _held("direct", "U1"))
    entry = replace(_enters("P1", "in-school", "maths"), by=SELF["P2"])

    assert gates(state, entry) == {"actor"}


def test_last_wishes_count_and_a_place_once_had_shuts_the_later_rounds() -> None:
    points = tuple(
        events.Score("competition", who, Fraction(n)) for who, n in (("P1", 90), ("P2", 80))
    )
    happened: list[events.Event] = [
        _held("direct", "U1"),
        _enters("P1", "in-school"),
        _enters("P1", "in-school", "maths"),
        _enters("P2", "in-school", "maths"),
        _held("in-school", "U1", scores=points),
    ]
    state = fold(_county(), *happened)

    assert state.hired == {"P1": Hired("in-school", "maths")}
    assert gates(state, _enters("P1", "two-way", "maths")) == {"not-an-entrant", "not-its-post"}
    assert gates(state, _enters("P2", "two-way", "maths")) == {"not-its-post"}


def test_person_of_a_school_without_a_zone_enters_no_round_of_a_zone() -> None:
    state = fold(_county(), *_before_last()[:4])
    unknown = replace(state, zones={"U2": "Z2"})

    assert "entrant-unknown" in gates(unknown, _enters("P1", "two-way"))
    assert gates(state, _enters("P1", "two-way")) == set()


def test_draw_hangs_on_the_seed_and_on_nothing_else() -> None:
    state = fold(_county(), *_before_last()[:-1])
    entries = [_enters("P1", "lots", "music"), _enters("Q1", "lots", "music")]

    def drawn(seed: str, *order: events.Event) -> dict[str, str]:
        after, event = fold(state, *order), _held("lots", seed=seed)
        return placed(asked_of(after, resolved(), calendar_of(resolved()), event), event)

    for seed in ("1", "2", "3", "4"):
        first = min(("P1", "Q1"), key=lambda who: lot(seed, "lots", who))
        assert drawn(seed, *entries) == drawn(seed, *reversed(entries)) == {first: "music"}
    assert len({tuple(drawn(str(n), *entries)) for n in range(8)}) == 2


def test_posts_are_those_that_a_step_offers() -> None:
    by = Actor("clerk", "establishment-office")
    offered = events.Done(
        on=DAY,
        by=by,
        step="fix-posts",
        issued=(events.Issued("total-posts", "", Fraction(1)),),
        offers=(Offer("drama", "U1", 2),),
    )

    assert fold(_county(), offered).posts["drama"] == Post("U1", 2)
