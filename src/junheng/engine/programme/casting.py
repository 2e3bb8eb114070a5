"""Sets the scene of a case: one person, two schools, what was done and what happened before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.engine.policy.items import Case
from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS, FactType
from junheng.engine.programme import events
from junheng.engine.programme.deadlines import add_years
from junheng.engine.programme.events import Actor, Issued, Offer, Score
from junheng.engine.programme.frame import done_for, subjects
from junheng.engine.programme.state import (
    FactValue,
    Grade,
    Member,
    Placement,
    Post,
    Record,
    Standing,
    State,
    Work,
)
from junheng.engine.programme.working_days import Calendar
from junheng.engine.screening.cases import asked_on
from junheng.errors import Problem, QuestionError

PERSON, OWN, HOST = "P1", "U1", "U2"
OFFICER = "officer"
"""Who acts for a body where a case names nobody."""
_ZONE = "Z1"
_PLACED = ("origin", "host", "person", "grades", "work", "earlier")
EVENT_WORDS: Mapping[str, type[events.Event]] = {
    "opened": events.Opened,
    "done": events.Done,
    "posted": events.Posted,
    "objected": events.Objected,
    "replied": events.Replied,
    "voted": events.Voted,
    "approved": events.Approved,
    "returned": events.Returned,
    "sent": events.Sent,
    "entered": events.Entered,
    "round_held": events.RoundHeld,
    "composed": events.Composed,
    "reported_in": events.ReportedIn,
    "absent": events.Absent,
    "worked": events.Worked,
    "observed": events.Observed,
    "appraised": events.Appraised,
    "extended": events.Extended,
    "replaced": events.Replaced,
    "ended": events.Ended,
    "submitted": events.Submitted,
    "decided": events.Decided,
    "chose": events.Chose,
    "day_passed": events.DayPassed,
}
"""Words of a case for events; any other word is one that a body records of the person."""


def wrong(case: Case, found: object) -> QuestionError:
    """Return the error that a case says something no scene can be made of."""
    values = {"case": case.id, "found": str(found)}
    return QuestionError(
        [Problem("programme.case-unplayable", place=case.place, values=values)]
    )


class Scene:
    """The scene of one case."""

    def __init__(self, case: Case, pack: ResolvedPack, calendar: Calendar) -> None:
        self.case = case
        self.pack = pack
        self.calendar = calendar
        self.on = asked_on(case, pack.header)
        self.play = dict(case.play)
        self.placement = _table(self.play.get("placement", {}))

    def state(self) -> State:
        """Return where the programme of the case stands before the event asked about."""
        placement = self._placement() if "placement" in self.play else None
        state = State(
            programme=self.pack.header.id,
            year=self.pack.year,
            day=self.on,
            members=self._members(),
            units={
                OWN: self._facts({**_table(self.play.get("unit", {})), **self._side("origin")}),
                HOST: self._facts(self._side("host")),
            },
            placements={PERSON: placement} if placement else {},
            composed=self._composed(),
            zones={OWN: _ZONE, HOST: _ZONE},
            posts={e.post: Post(e.unit, e.number) for e in _offers(self.play.get("posts"))},
            earlier={str(k): _day(v) for k, v in _table(self.play.get("earlier", {})).items()},
        )
        return self._with_done(state)

    def before(self) -> Iterator[events.Event]:
        """Yield what happened before, in the order of the case."""
        happened = self.play.get("happened", ())
        for each in happened if isinstance(happened, tuple) else (happened,):
            yield self.event(_table(each))

    def event(self, written: Mapping[str, object]) -> events.Event:
        """Return an event as a case writes it."""
        rest = dict(written)
        on = _day(rest.pop("on", self.on))
        if "end_of" in rest:
            year = int(str(rest.get("number", 0))) if rest["end_of"] == "year" else 0
            return events.Ended(on=on, by=self._actor("", ""), person=PERSON, year=year)
        word = str(rest.pop("event", ""))
        body = str(rest.pop("by", ""))
        kind = EVENT_WORDS.get(word)
        if kind is None:
            by = self._actor(body, "", str(rest.get("officer", OFFICER)))
            reason = str(rest.get("reason", ""))
            return events.Recorded(on=on, by=by, person=PERSON, event=word, reason=reason)
        return self._of_kind(kind, on, body, rest)

    def _of_kind(
        self, kind: type[events.Event], on: date, body: str, rest: dict[str, object]
    ) -> events.Event:
        typed: dict[str, Any] = {key: _typed(kind, key, value) for key, value in rest.items()}
        if issubclass(kind, events.StepEvent):
            typed.setdefault("subject", self.subject_of(str(rest.get("step", ""))))
        elif issubclass(kind, events.PersonEvent | events.Entered):
            typed.setdefault("person", PERSON)
        elif issubclass(kind, events.RoundHeld):
            item = self.pack.items.rounds.get(str(rest.get("round", "")))
            scopes = {"unit": OWN, "zone": _ZONE}
            typed.setdefault("subject", scopes.get(item.scope if item else "", ""))
            body = body or (item.decided_by if item else "")
        by = self._actor(body, str(rest.get("step", "")), str(rest.get("officer", OFFICER)))
        typed.pop("officer", None)
        if kind is events.Decided:
            typed.setdefault("agreed", True)
        try:
            return kind(on=on, by=by, **typed)
        except TypeError as error:
            raise wrong(self.case, error) from error

    def _actor(self, body: str, step: str, officer: str = OFFICER) -> Actor:
        item = self.pack.items.steps.get(step)
        acting = body or (item.actor[0] if item else "")
        if acting == PERSON_WORD:
            return Actor(PERSON, PERSON_WORD)
        held = self.pack.items.bodies.get(acting)
        unit = {"own_unit": OWN, "host": HOST}.get(held.acts_for if held else "", "")
        return Actor(officer, acting, unit)

    def subject_of(self, step: str) -> str:
        """Return for whom a step of the case is done."""
        item = self.pack.items.steps.get(step)
        if item is None:
            raise wrong(self.case, step)
        scope = done_for(item, self.pack)
        if scope == "unit":
            sides = {self.pack.items.bodies[each].acts_for for each in item.actor}
            return HOST if sides == {"host"} else OWN
        return {"programme": "", "person": PERSON}[scope]

    def _members(self) -> Mapping[str, Member]:
        others = {
            name: Member(
                id=name,
                unit=str(written.pop("unit", OWN)),
                facts=self._facts(written),
            )
            for name, given in _table(self.play.get("others", {})).items()
            for written in (dict(_table(given)),)
        }
        return {PERSON: self._member(), **others}

    def _member(self) -> Member:
        written: dict[str, object] = {}
        person = {**_table(self.placement.get("person", {})), **dict(self.case.person)}
        like = person.pop("like", None)
        if isinstance(like, str):
            written.update(dict(self.pack.items.cast[like].values))
        written.update(person)
        facts = {**written, **self._own_facts()}
        rules = {str(each): True for each in _listed(facts.pop("rules", ()))}
        locks = {
            str(lock): None if day is None else _day(day)
            for lock, day in _table(facts.pop("locks", {})).items()
        }
        track = str(facts.pop("track", ""))
        return Member(
            id=PERSON,
            unit=OWN,
            track=track,
            facts=self._facts(facts),
            rules=rules,
            locks=locks,
        )

    def _own_facts(self) -> dict[str, object]:
        """Return the facts that a case gives of the placement by name."""
        known = {*FACTS, *self.pack.items.facts} - {"arrangement"}
        return {key: value for key, value in self.placement.items() if key in known}

    def _side(self, side: str) -> Mapping[str, object]:
        return _table(self.placement.get(side, {}))

    def _facts(self, written: Mapping[str, object]) -> Mapping[str, FactValue]:
        found: dict[str, FactValue] = {}
        for name, value in written.items():
            item = self.pack.items.facts.get(name)
            registered = FACTS.get(item.origin if item else name)
            if registered is None:
                raise wrong(self.case, name)
            if value is not None:
                found[name] = _fact_value(registered.type, value)
        return found

    def _placement(self) -> Placement:
        written = self.placement
        unknown = set(written) - {*_PLACED, *_DATES, "arrangement", *self._own_facts()}
        if unknown:
            raise wrong(self.case, "、".join(sorted(unknown)))
        stated = {key: written[key] for key in _DATES if key in written}
        unreported = stated.pop("reported_on", "") == "no"
        dates = {key: _day(value) for key, value in stated.items()}
        since = dates.pop("since", add_years(self.on, Fraction(-1)))
        return Placement(
            person=PERSON,
            origin=OWN,
            host=HOST,
            arrangement=str(written.get("arrangement", "")),
            since=since,
            until=dates.get("until"),
            report_by=dates.get("report_by"),
            reported_on=None if unreported else self._reported(since),
            ended_on=dates.get("ended_on"),
            grades=tuple(self._grades(since)),
            work=tuple(
                Work(since, str(kind), int(str(times)))
                for kind, times in sorted(_table(written.get("work", {})).items())
            ),
            earlier=tuple(
                (_day(_table(each)["since"]), _day(_table(each)["until"]))
                for each in _listed(written.get("earlier", ()))
            ),
        )

    def _reported(self, since: date) -> date:
        """Return the day of reporting in: the first day of service where a case is silent."""
        return _day(self.placement.get("reported_on", since))

    def _grades(self, since: date) -> Iterator[Grade]:
        """Yield grades given as a list by appraisal, one for each year of service."""
        for appraisal, listed in _table(self.placement.get("grades", {})).items():
            for index, grade in enumerate(_listed(listed)):
                begun = add_years(since, Fraction(index))
                yield Grade(begun, appraisal, str(grade), add_years(begun, Fraction(1)))

    def _composed(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        composed = {}
        for body in self.pack.items.bodies.values():
            unit = {"own_unit": OWN, "host": HOST}.get(body.acts_for, "")
            composed[body.id, unit] = body.must_include
        given = _table(self.play.get("body", {}))
        if "members" in given:
            named = str(given["id"])
            held = self.pack.items.bodies[named]
            unit = {"own_unit": OWN, "host": HOST}.get(held.acts_for, "")
            composed[named, unit] = tuple(str(each) for each in _listed(given["members"]))
        return composed

    def _with_done(self, state: State) -> State:
        done = self.play.get("done", ())
        listed = done if isinstance(done, dict) else dict.fromkeys(map(str, _listed(done)), "")
        for name, day in listed.items():
            step = self.pack.items.steps.get(name)
            if step is None:
                raise wrong(self.case, name)
            on = _day(day) if day else self.on
            standing = Standing.POSTED if step.publicity else Standing.DONE
            record = Record(standing=standing, on=on, by=self._actor("", name))
            for subject in tuple(subjects(state, self.pack, self.calendar, step)):
                state = state.with_record(name, subject, record)
        return replace(state, day=self.on)


_DATES = ("since", "until", "report_by", "reported_on", "ended_on")


def _typed(kind: type[events.Event], key: str, value: object) -> object:
    if key == "value" and kind is events.Observed:
        return value == "yes" if value in {"yes", "no"} else Fraction(str(value))
    if key == "choices" and kind is events.Entered:
        return _texts(value)
    return _READERS.get(key, str)(value)


def _issued(written: Mapping[str, object]) -> Iterator[Issued]:
    """Yield figures given out, each a number or a table of units' shares."""
    for parameter, value in written.items():
        shares = value if isinstance(value, dict) else {"": value}
        for unit, number in shares.items():
            yield Issued(parameter, unit, Fraction(str(number)))


def _offers(written: object) -> Iterator[Offer]:
    """Yield posts as a case writes them: ``{post: {unit, number}}``."""
    for post, value in _table(written).items():
        given = _table(value)
        yield Offer(post, str(given.get("unit", OWN)), int(str(given.get("number", 1))))


def _scores(written: object) -> Iterator[Score]:
    """Yield scores as a case writes them: ``{rubric: {person: points}}``."""
    for rubric, points in _table(written).items():
        for person, value in _table(points).items():
            yield Score(rubric, _person(person), Fraction(str(value)))


def _person(word: str) -> str:
    return PERSON if word == PERSON_WORD else word


def _people(value: object) -> tuple[str, ...]:
    return tuple(_person(each) for each in _texts(value))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in _listed(value))


def _fact_value(kind: FactType, value: object) -> FactValue:
    match kind:
        case FactType.NUMBER:
            return Fraction(str(value))
        case FactType.DATE:
            return _day(value)
        case FactType.TRUTH:
            return value == "yes"
        case FactType.WORDS:
            return tuple(str(each) for each in _listed(value))
    return str(value)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


_READERS: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("on", "since", "until"), _day),
    **dict.fromkeys(
        ("times", "copies", "entitled", "present", "choices", "year"),
        lambda value: int(str(value)),
    ),
    **dict.fromkeys(
        ("upheld", "signed", "own", "excused", "agreed"), lambda value: value == "yes"
    ),
    **dict.fromkeys(("states", "together_with", "accompanied_by", "members"), _texts),
    **dict.fromkeys(("names", "people", "tie_order"), _people),
    "offers": lambda value: tuple(_offers(value)),
    "scores": lambda value: tuple(_scores(value)),
    "orders": lambda value: tuple((k, _people(v)) for k, v in _table(value).items()),
    "places": lambda value: tuple((_person(k), str(v)) for k, v in _table(value).items()),
    "grades": lambda value: tuple((grade, int(str(n))) for grade, n in _table(value).items()),
    "amounts": lambda value: tuple(Fraction(each) for each in _texts(value)),
    "issued": lambda value: tuple(_issued(_table(value))),
}
"""How the keys of an event are read; all others are words."""
