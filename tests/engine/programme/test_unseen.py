"""Plans written in the policy language from its pages alone: their cases, and a year played."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.programme import Member, events, replay
from junheng.engine.programme.cases import run_played_cases, untried
from junheng.engine.screening.cases import run_cases
from tests.engine.programme.playing import Play
from tests.engine.programme.years import Going, Year, finished, sent

UNSEEN = Path(__file__).parent / "unseen"


@pytest.mark.parametrize("name", sorted(each.name for each in UNSEEN.iterdir()))
def test_every_case_of_a_plan_written_from_the_pages_comes_out(name: str) -> None:
    pack = load(UNSEEN / name)

    assert pack.warnings == ()
    assert run_cases(pack) == ()
    assert run_played_cases(pack) == ()
    assert untried(pack) == ()


def _cadres() -> Play:
    """Set up the exchange of a head and a deputy; a third cadre stays."""
    known = {"rank": "正科级", "post_kind": "管理"}
    return Year(
        pack=str(UNSEEN / "cadre-exchange"),
        start=date(2025, 10, 9),
        members=tuple(
            Member(id=person, unit=unit, facts={**known, "office_level": office})
            for person, unit, office in (
                ("P1", "U1", "正校级"),
                ("P2", "U2", "副校级"),
                ("P3", "U2", "副校级"),
            )
        ),
        units={"U1": {}, "U2": {"unit_traits": ("欠发达",)}},
        going={
            "P1": Going(form="exchange-post", host="U2", since=date(2025, 11, 1)),
            "P2": Going(form="exchange-post", host="U1", since=date(2025, 11, 1)),
        },
        placed_after="vote",
        settings={},
    ).play()


def test_cadres_are_exchanged_handed_over_and_audited() -> None:
    play = _cadres()
    play.until(date(2026, 3, 31))

    assert {(e.step, e.subject) for e in play.happened if isinstance(e, events.Done)} >= {
        ("audit", "P1"),
        ("arrive", "P1"),
        ("arrive", "P2"),
        ("trial", "P2"),
    }
    assert ("audit", "P2") not in play.state.records
    assert ("notify", "P3") not in play.state.records
    assert sent(play, "hand-over", "P1") == {
        ("hand-over-list", "organisation"),
        ("hand-over-list", "audit-office"),
    }
    assert all(not record.late for record in play.state.records.values())
    returned = {period for duty, who, period in play.state.submitted if who == "P1"}
    assert returned == {"2025-11", "2025-12", "2026-01", "2026-02", "2026-03"} | {
        "2025-H2",
        "2026-H1",
    }
    yearly = {period for duty, who, period in play.state.submitted if who == ""}
    assert yearly == {
        "2025-Q4",
        "2026-Q1",
        "first-term-ends-2026",
        "second-term-ends-2026",
    }
    assert replay(_cadres().state, play.happened, play.pack, play.calendar) == play.state


def _hospital() -> Play:
    """Set up a batch of two doctors who go down to a township for six months."""
    known = {"post_kind": "专业技术"}
    going = Going(form="down-batch", host="T1", since=date(2026, 3, 2), until=date(2026, 9, 2))
    return Year(
        pack=str(UNSEEN / "health-team"),
        start=date(2026, 2, 20),
        members=tuple(Member(id=each, unit="H1", facts=known) for each in ("D1", "D2")),
        units={"H1": {}, "T1": {}},
        going={"D1": going, "D2": going},
        placed_after="choose",
        settings={},
    ).play()


def test_a_doctor_replaced_owes_nothing_more_and_one_who_stays_away_stays_longer() -> None:
    play = _hospital()
    play.until(date(2026, 4, 1))
    host = events.Actor("head of T1", "host", "T1")
    play.take(events.Replaced(on=date(2026, 4, 2), by=host, person="D2", successor="D3"))
    away = events.Absent(
        on=date(2026, 4, 16),
        by=host,
        person="D1",
        since=date(2026, 4, 13),
        until=date(2026, 4, 16),
        excused=False,
    )
    assert play.take(away)
    play.until(date(2026, 10, 12))

    assert ("judge", "D2") not in play.state.records
    assert play.state.placements["D1"].until == date(2026, 10, 2)
    assert {period for _, who, period in play.state.submitted if who == "D2"} == {
        "2026-03",
        "2026-04",
    }
    assert sent(play, "judge", "D1") == {("report", "group"), ("report", "bureau")}
    finished(play)
