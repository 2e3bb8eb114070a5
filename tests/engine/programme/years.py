"""Sets a programme up to be played, and asks what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.programme import Member, State, events, open_duties
from junheng.engine.programme.state import Effect, FactValue, Proposal
from tests.engine.programme.playing import Play, undecided, unfinished

AUTHORITY = events.Actor("officer", "authority")
Facts = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How one person goes: form, to which unit, from when, and until when if that is said."""

    form: str
    host: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A programme to be played with the settings of the pack's own cases.

    Attributes
    ----------
    going : person → how they go, once ``placed_after`` is done
    settings : others beside those of the cases
    """

    pack: str
    start: date
    members: tuple[Member, ...]
    units: Mapping[str, Facts]
    going: Mapping[str, Going]
    placed_after: str
    settings: Mapping[str, object]

    def play(self) -> Play:
        """Set the programme up before anything has happened."""
        pack = load(self.pack)
        chosen = {**dict(pack.items.settings["for-cases"].values), **self.settings}
        resolved = resolve_with(pack, on=self.start, year=self.start.year, settings=chosen)
        state = State(
            programme=f"{self.pack}-{self.start.year}",
            year=self.start.year,
            day=self.start,
            members={each.id: each for each in self.members},
            units=self.units,
        )
        homes = {each.id: each.unit for each in self.members}
        placing = tuple(
            events.Placed(
                on=self.start,
                by=AUTHORITY,
                person=person,
                origin=homes[person],
                host=way.host,
                arrangement=way.form,
                since=way.since,
                until=way.until,
            )
            for person, way in self.going.items()
        )
        return Play(pack=resolved, state=state, placed_after=self.placed_after, placing=placing)


def finished(play: Play) -> None:
    """Assert that nothing is left to be done, decided or answered."""
    assert unfinished(play) == ()
    assert undecided(play) == ()
    assert all(each.answered is not None for each in play.state.objections.values())
    assert open_duties(play.state, play.pack, play.calendar, play.state.day) == ()


def tried(play: Play, event: events.Event) -> tuple[str, ...]:
    """Return the gates that refuse an event which must be refused."""
    before = len(play.refused)
    assert not play.take(event)
    return tuple(each.gate for each in play.refused[before:])


def record(play: Play, on: date, person: str, word: str, body: str) -> None:
    """Record by a body that something happened to a person."""
    by = events.Actor(f"clerk of {body}", body)
    assert play.take(events.Recorded(on=on, by=by, person=person, event=word))


def appraised(
    play: Play, on: date, person: str, appraisal: str, grade: str, by: str = "host"
) -> events.Appraised:
    """Return a grade given on a day for the service of a person."""
    placement = play.state.placements[person]
    unit = {"host": placement.host, "own-unit": placement.origin}.get(by, "")
    return events.Appraised(
        on=on,
        by=events.Actor(f"head of {unit or by}", by, unit),
        person=person,
        appraisal=appraisal,
        grade=grade,
        since=placement.since,
    )


def acts(play: Play) -> set[tuple[str, str]]:
    """Return the acts that have taken effect, with whom they are about."""
    effective = (e for e in play.state.proposals.values() if e.effect is Effect.EFFECTIVE)
    return {(each.person, each.act) for each in effective}


def act(play: Play, person: str, word: str) -> Proposal:
    """Return the one act of a kind about a person."""
    (found,) = (
        each
        for each in play.state.proposals.values()
        if (each.person, each.act) == (person, word)
    )
    return found


def sent(play: Play, step: str, subject: str = "") -> set[tuple[str, str]]:
    """Return which documents of a step went to whom."""
    return {(each.document, each.to) for each in play.state.records[step, subject].copies}


def reported(play: Play) -> dict[str, date | None]:
    """Return the days on which those placed reported in."""
    return {each.person: each.reported_on for each in play.state.placements.values()}
