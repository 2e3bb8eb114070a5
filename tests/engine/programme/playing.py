"""Plays a whole programme of any pack: whoever has something to do, does it, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme import (
    Calendar,
    Refusal,
    State,
    advance,
    calendar_of,
    events,
    open_duties,
)
from junheng.engine.programme.frame import subjects, unit_of, view_of
from junheng.engine.programme.gates import recipients
from junheng.engine.programme.state import Duty, Effect, Standing

_DAY = timedelta(days=1)


@dataclass
class Play:
    """A programme being played.

    Attributes
    ----------
    placed_after : the step after which the placements take effect
    placing : those placements
    happened : accepted events, in order
    refused : why something could not be done on its first try
    withheld : steps that somebody does not do for the time being, as (step, subject)
    """

    pack: ResolvedPack
    state: State
    placed_after: str
    placing: tuple[events.Placed, ...]
    happened: list[events.Event] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    withheld: set[tuple[str, str]] = field(default_factory=set)

    @property
    def calendar(self) -> Calendar:
        """The working days the pack knows."""
        return calendar_of(self.pack)

    def until(self, last: date) -> None:
        """Play to a day, day by day."""
        day = self.state.day
        while day <= last:
            while self._day(day):
                pass
            self.take(events.DayPassed(on=day, by=events.Actor("clock", "clock")))
            day += _DAY

    def take(self, event: events.Event) -> bool:
        """Take one event; return whether it was accepted."""
        came = advance(self.state, event, self.pack, self.calendar)
        self.refused += came.refusals
        if not came.refusals:
            self.state = came.state
            self.happened.append(event)
        return not came.refusals

    def _day(self, day: date) -> bool:
        self._place(day)
        duties = open_duties(self.state, self.pack, self.calendar, day)
        done = [self._do(duty, day) for duty in duties]
        return any(done)

    def _place(self, day: date) -> None:
        step = self.pack.items.steps[self.placed_after]
        everybody = tuple(subjects(self.state, self.pack, self.calendar, step))
        records = [self.state.record(step.id, each) for each in everybody]
        if self.placing and everybody and all(r is not None and r.is_done for r in records):
            for placed in self.placing:
                self.take(events.Placed(**{**_values(placed), "on": day, "by": placed.by}))
            self.placing = ()

    def _do(self, duty: Duty, day: date) -> bool:
        if (duty.item, duty.subject) in self.withheld:
            return False
        if duty.item in self.state.proposals:
            return self._decide(duty, day)
        if duty.subject in self.state.objections:
            return self._reply(duty, day)
        if duty.item in self.pack.items.duties:
            return self._submit(duty, day)
        if duty.item in self.pack.items.rounds:
            return self._hold(duty, day)
        return self._do_step(self.pack.items.steps[duty.item], duty, day)

    def _do_step(self, step: Step, duty: Duty, day: date) -> bool:
        if step.kind == "serve" and not self._served(duty.subject, day):
            return False
        record = self.state.record(step.id, duty.subject)
        if record is not None and record.standing is Standing.SUBMITTED:
            return self._approve(step, duty, day)
        return self._step(step, duty.subject, day)

    def _decide(self, duty: Duty, day: date) -> bool:
        proposal = self.state.proposals[duty.item]
        by = events.Actor("head", proposal.decided_by or "authority")
        return self.take(events.Decided(on=day, by=by, act=proposal.id, agreed=True))

    def _reply(self, duty: Duty, day: date) -> bool:
        by = events.Actor("whoever hears objections", *duty.who[:1] or ("hearing",))
        return self.take(events.Replied(on=day, by=by, objection=duty.subject, upheld=False))

    def _submit(self, duty: Duty, day: date) -> bool:
        by = events.Actor(f"clerk of {duty.who[0]}", duty.who[0])
        return self.take(
            events.Submitted(
                on=day, by=by, duty=duty.item, subject=duty.subject, period=duty.period
            )
        )

    def _served(self, person: str, day: date) -> bool:
        """Whether the planned end of a placement has come; one without an end is not held."""
        until = self.state.placements[person].until
        return until is None or day >= until

    def _hold(self, duty: Duty, day: date) -> bool:
        """Hold a round that nobody entered."""
        step = next(s for s in self.pack.items.steps.values() if duty.item in s.rounds)
        by = events.Actor("head", duty.who[0])
        return self.take(
            events.RoundHeld(
                on=day,
                by=by,
                step=step.id,
                round=duty.item,
                subject=duty.subject,
                seed="1",
            )
        )

    def _approve(self, step: Step, duty: Duty, day: date) -> bool:
        by = events.Actor(f"head of {duty.who[0]}", duty.who[0])
        return self.take(events.Approved(on=day, by=by, step=step.id, subject=duty.subject))

    def _step(self, step: Step, subject: str, day: date) -> bool:
        by = self._actor(step, subject)
        self._compose(by, day)
        where: dict[str, Any] = {"on": day, "by": by, "step": step.id, "subject": subject}
        if step.publicity is not None:
            states = [s for d in step.documents for s in self.pack.items.documents[d].states]
            states += [*step.considers, *_words_listed(step)]
            names = self._names(step, subject, day)
            return self.take(events.Posted(**where, states=tuple(states), names=names))
        opened = self.take(events.Opened(**where))
        if not opened and self.state.record(step.id, subject) is None:
            return False
        self._send(step, where)
        self._vote(step, where)
        companion = step.accompanied_by
        return self.take(
            events.Done(
                **where,
                states=(*step.fields, *step.considers, *_words_listed(step)),
                names=self._names(step, subject, day),
                accompanied_by=(companion.body,) if companion else (),
                issued=tuple(self._issued(step)),
                amounts=self._amounts(step, subject, day),
            )
        )

    def _issued(self, step: Step) -> Iterator[events.Issued]:
        """Yield a hundred of each total that a step issues, and one for each unit of others."""
        for name in step.issues:
            yield events.Issued(name, "", Fraction(100))
        for name in step.within_totals:
            for unit in self.state.units:
                yield events.Issued(name, unit, Fraction(1))

    def _amounts(self, step: Step, subject: str, day: date) -> tuple[Fraction, ...]:
        """Return for each person just what the step asks or allows."""
        view = view_of(self.state, self.pack, self.calendar, step, subject, day)
        found = (view.number(figure) for _, figure in step.each_person)
        return tuple(each for each in found if each is not None)

    def _names(self, step: Step, subject: str, day: date) -> tuple[str, ...]:
        if isinstance(step.lists, tuple | None):
            return ()
        return tuple(
            person
            for person, member in self.state.members.items()
            if subject in {"", member.unit, person}
            and view_of(self.state, self.pack, self.calendar, step, person, day).holds(
                step.lists
            )
        )

    def _actor(self, step: Step, subject: str) -> events.Actor:
        body = step.actor[0]
        if body == "person":
            return events.Actor(subject, "person")
        unit = unit_of(self.state, self.pack, step, subject)
        return events.Actor(f"clerk of {body}", body, unit)

    def _compose(self, by: events.Actor, day: date) -> None:
        body = self.pack.items.bodies.get(by.body)
        if (
            body is not None
            and body.must_include
            and ((by.body, by.unit) not in self.state.composed)
        ):
            self.take(
                events.Composed(
                    on=day, by=by, body=by.body, unit=by.unit, members=body.must_include
                )
            )

    def _send(self, step: Step, where: dict[str, Any]) -> None:
        for name in step.documents:
            document = self.pack.items.documents[name]
            for copy in document.copies:
                number = copy.number.values[0] if isinstance(copy.number, Literal) else 1
                for to, *_ in recipients(copy, step):
                    sent: dict[str, Any] = {
                        "document": name,
                        "to": to,
                        "copies": int(str(number)),
                    }
                    self.take(events.Sent(**where, **sent, states=document.states))

    def _vote(self, step: Step, where: dict[str, Any]) -> None:
        for name in step.votes:
            vote = self.pack.items.votes[name]
            chosen = (
                int(str(vote.choices.values[0])) if isinstance(vote.choices, Literal) else 0
            )
            grades = ((vote.pass_grades[0], 30),) if vote.pass_grades else ()
            self.take(
                events.Voted(
                    **where,
                    vote=name,
                    entitled=30,
                    present=30,
                    choices=chosen,
                    grades=grades,
                    signed=bool(vote.signed),
                )
            )


def _words_listed(step: Step) -> tuple[str, ...]:
    return step.lists if isinstance(step.lists, tuple) else ()


def _values(event: events.Placed) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def unfinished(play: Play) -> tuple[tuple[str, str], ...]:
    """Return the steps that must be done and are not, with whom they are to be done for."""
    state, pack = play.state, play.pack
    return tuple(
        (step.id, subject)
        for step in pack.items.steps.values()
        if not step.optional
        for subject in subjects(state, pack, play.calendar, step)
        if (record := state.record(step.id, subject)) is None
        or record.standing not in {Standing.DONE, Standing.POSTED}
    )


def undecided(play: Play) -> tuple[str, ...]:
    """Return the proposed acts that nobody decided."""
    proposals = play.state.proposals.values()
    return tuple(each.id for each in proposals if each.effect is Effect.PROPOSED)
