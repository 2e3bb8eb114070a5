"""Runs the cases of a pack that play part of a programme: steps, events, placements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items import Case
from junheng.engine.policy.items.bodies import Groups
from junheng.engine.policy.items.consequences import Consequence
from junheng.engine.policy.linting.examples import EXPECTED_OF_PLAY
from junheng.engine.policy.pack import Pack
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.programme.advancing import Advanced, advance
from junheng.engine.programme.casting import PERSON, Scene
from junheng.engine.programme.disclosing import disclosed
from junheng.engine.programme.duties import open_duties
from junheng.engine.programme.events import Event
from junheng.engine.programme.following import was_set_off
from junheng.engine.programme.frame import subjects
from junheng.engine.programme.gates import recipients
from junheng.engine.programme.lengths import judged_length
from junheng.engine.programme.state import Proposal, State
from junheng.engine.programme.timing import Times, times_of
from junheng.engine.programme.working_days import calendar_of
from junheng.engine.programme.workloads import loads
from junheng.engine.screening.cases import asked_on, is_played
from junheng.errors import JunhengError, Problem, Severity, UnsetFigures

_FOUND_OUT = frozenset({"find_out"})
Answer = object
"""What came out, comparable with what a case expects once both are written as text."""


def run_played_cases(pack: Pack) -> tuple[Problem, ...]:
    """Run every case of a pack that plays part of a programme.

    Returns
    -------
    tuple of Problem
        ``screening.case-failed`` for each expectation that is not met, with case, expected and
        found; ``screening.case-refused`` where a question is refused that should be answered.
    """
    cases = (each for each in pack.items.cases.values() if is_played(each))
    return tuple(problem for case in cases for problem in _run(pack, case))


def untried(pack: Pack) -> tuple[Problem, ...]:
    """Return a warning for each own consequence that no case plays on both of its sides.

    A consequence is played where it proposes its acts; one with a condition also where it was
    set off and proposed nothing, or what it has for otherwise.
    """
    tried = [each for case in pack.items.cases.values() for each in _tried(pack, case)]
    return tuple(
        Problem("pack.consequence-without-cases", Severity.WARNING, item.place, values)
        for item in pack.items.consequences.values()
        if item.id in pack.own
        for lacking in ("、".join(_lacking_sides(item, tried)),)
        if lacking
        for values in ({"item": item.id, "expected": lacking},)
    )


def _tried(pack: Pack, case: Case) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each consequence that a case sets off, with the acts it proposes."""
    if not is_played(case):
        return
    try:
        state = _scene(pack, case).state
    except JunhengError:
        return
    for item in pack.items.consequences.values():
        acts = [each.act for each in state.proposals.values() if each.consequence == item.id]
        if acts or any(was_set_off(each, state, PERSON) for each in item.on):
            yield item.id, frozenset(acts)


def _lacking_sides(item: Consequence, tried: list[tuple[str, frozenset[str]]]) -> Iterator[str]:
    shown = {acts for identity, acts in tried if identity == item.id} - {_FOUND_OUT}
    wanted = {each.act for each in item.then or item.otherwise}
    if not any(acts & wanted for acts in shown):
        yield f"acts: [{'、'.join(sorted(wanted))}]"
    if (item.when is not None or item.who is not None) and len(shown) < 2:
        yield "acts: []"


def _run(pack: Pack, case: Case) -> Iterator[Problem]:
    expected = dict(case.expect)
    try:
        found = _scene(pack, case).of
        answered = {key: found(key) for key in expected}
    except UnsetFigures as refusal:
        named = tuple(sorted({each.values.get("id", each.code) for each in refusal.problems}))
        answered = {key: named if key == "refused" else "refused" for key in expected}
    except JunhengError as refusal:
        named = tuple(each.values.get("found", each.code) for each in refusal.problems)
        values = {"case": case.id, "title": case.title, "found": "、".join(named)}
        yield Problem("screening.case-refused", place=case.place, values=values)
        return
    for asked, wanted in expected.items():
        if not _same(wanted, answered[asked]):
            values = {
                "case": case.id,
                "title": case.title,
                "asked": asked,
                "expected": _written(wanted),
                "found": _written(answered[asked]),
            }
            yield Problem("screening.case-failed", place=case.place, values=values)


def _scene(pack: Pack, case: Case) -> _Answers:
    settings = case.settings
    chosen = (
        dict(pack.items.settings[settings].values)
        if isinstance(settings, str)
        else dict(settings)
    )
    resolved = resolve_with(pack, on=asked_on(case, pack.header), settings=chosen)
    return _Answers(Scene(case, resolved, calendar_of(resolved)))


class _Answers:
    """What comes out of the scene of one case."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pack = scene.pack
        self._expected = dict(scene.case.expect)
        self._before = scene.state()
        self._state = self._before
        for event in scene.before():
            self._state = self._taken(event).state
        self._came = self._asked()

    def _taken(self, event: Event) -> Advanced:
        return advance(self._state, event, self._pack, self._scene.calendar)

    def _asked(self) -> Advanced:
        written = self._scene.play.get("event")
        if not isinstance(written, dict):
            return Advanced(self._state)
        return self._taken(self._scene.event(written))

    def of(self, key: str) -> Answer:
        """Return what came out for one expectation."""
        return _ASKED[key](self)

    @property
    def state(self) -> State:
        """Where the programme stands after everything the case tells."""
        return self._came.state

    @property
    def _step(self) -> str:
        named = self._scene.play.get("step") or self._expected.get("step", "")
        event = self._scene.play.get("event")
        return str(named or (event.get("step", "") if isinstance(event, dict) else ""))

    def accepted(self) -> Answer:
        return "no" if self._came.refusals else "yes"

    def refused(self) -> Answer:
        wanted = self._expected["refused"]
        named = {str(each) for each in (wanted if isinstance(wanted, tuple) else (wanted,))}
        refusals = self._refusals()
        return tuple(sorted(i if i in named else gate for gate, i in refusals))

    def _refusals(self) -> set[tuple[str, str]]:
        found = {(each.gate, each.item) for each in self._came.refusals}
        body = self._scene.play.get("body")
        if isinstance(body, dict):
            found |= {("composition", str(body["id"]))} if self._lacking(body) else set()
        return found

    def _lacking(self, body: Mapping[str, object]) -> tuple[str, ...]:
        held = self._pack.items.bodies[str(body["id"])]
        members = body.get("members", ())
        return tuple(each for each in held.must_include if each not in _tuple(members))

    def missing(self) -> Answer:
        body = self._scene.play.get("body")
        lacking = self._lacking(body) if isinstance(body, dict) else ()
        named = [each for refusal in self._came.refusals for each in refusal.missing]
        return tuple(sorted({*named, *lacking}))

    def possible_from(self) -> Answer:
        days = [each.possible_from for each in self._came.refusals if each.possible_from]
        return max(days, default="—")

    def late(self) -> Answer:
        records = [r for (step, _), r in self._came.state.records.items() if step == self._step]
        return "yes" if any(each.late for each in records) else "no"

    def duties(self) -> Answer:
        wanted = _tuple(self._expected["duties"])
        found = {each.item for each in self._came.duties}
        return tuple(each for each in wanted if each in found)

    def due(self) -> Answer:
        days = [each.by.last for each in self._came.duties if each.by is not None]
        return min(days, default="—")

    def owed(self) -> Answer:
        """Return by when what the case asks about is to be done; ``no`` where it is not."""
        wanted = self._expected["owed"]
        asked = wanted if isinstance(wanted, dict) else dict.fromkeys(_tuple(wanted))
        found: dict[str, Answer] = dict.fromkeys(asked, "no")
        duties = open_duties(self.state, self._pack, self._scene.calendar, self.state.day)
        for each in sorted(duties, key=lambda one: one.by.last if one.by else date.max):
            if found.get(each.item) == "no":
                found[each.item] = each.by.last if each.by else "open"
        return found

    def discloses(self) -> Answer:
        """Return what a notice says of those it names, or of the person of the case."""
        event = self._scene.play.get("event")
        named = self._scene.event(event) if isinstance(event, dict) else None
        names = getattr(named, "names", ()) or (PERSON,)
        step = self._pack.items.steps[self._step]
        on = self._scene.on
        lines = disclosed(self._state, self._pack, self._scene.calendar, step, names, on)
        return {each.person: (each.category, *each.clauses, *each.grounds) for each in lines}

    def _new(self) -> list[Proposal]:
        known = self._before.proposals
        new = [each for each in self._came.state.proposals.values() if each.id not in known]
        return [each for each in new if each.act != "find_out"]

    def acts(self) -> Answer:
        return tuple(sorted(each.act for each in self._new() if each.act != "automatic_grade"))

    def ban(self) -> Answer:
        bans = [each for each in self._new() if each.act == "ban"]
        return {"since": bans[0].since, "until": bans[0].until or "open"} if bans else "—"

    def until(self) -> Answer:
        ends = [each.until for each in self._new() if each.until is not None]
        return max(ends, default="—")

    def figures(self) -> Answer:
        return {key: value for each in self._new() for key, value in each.figures}

    def remark(self) -> Answer:
        return tuple(sorted(each.remark for each in self._new() if each.remark))

    def grade(self) -> Answer:
        grades = [each.of[1] for each in self._new() if each.act == "automatic_grade"]
        return grades[0] if grades else "—"

    def raises(self) -> Answer:
        before = self._before.findings.get(PERSON, ())
        after = self._came.state.findings.get(PERSON, ())
        return tuple(sorted(each.event for each in after if each not in before))

    def step(self) -> Answer:
        concerned = self._scene.state()
        item = self._pack.items.steps.get(self._step)
        if item is None:
            return "—"
        found = tuple(subjects(concerned, self._pack, self._scene.calendar, item))
        return item.id if found else "—"

    def opens(self) -> Answer:
        return self._times().opens or "—"

    def closes(self) -> Answer:
        closes = self._times().closes
        return closes.last if closes is not None else "—"

    def _times(self) -> Times:
        item = self._pack.items.steps[self._step]
        subject = self._scene.subject_of(self._step)
        return times_of(self._state, self._pack, self._scene.calendar, item, subject)

    def to(self) -> Answer:
        step = self._pack.items.steps[self._step]
        papers = [self._pack.items.documents[each] for each in step.documents]
        copies = [copy for each in papers for copy in each.copies]
        found = {to for copy in copies for one in recipients(copy, step) for to in one}
        return tuple(sorted({*found, *step.to}))

    def copies(self) -> Answer:
        step = self._pack.items.steps.get(self._step)
        named = step.documents if step else (self._step,)
        numbers = [
            copy.number for name in named for copy in self._pack.items.documents[name].copies
        ]
        stated = [each.values[0] for each in numbers if isinstance(each, Literal)]
        return sum(map(Fraction, map(str, stated))) if len(stated) == len(numbers) else "unset"

    def weight(self) -> Answer:
        return self._pack.items.steps[self._step].weight or "—"

    def actor(self) -> Answer:
        return self._pack.items.steps[self._step].actor

    def workloads(self) -> Answer:
        on = self._scene.on
        found = loads(self._state, self._pack, self._scene.calendar, PERSON, on)
        return tuple(sorted(each.item.id for each in found if each.met is not True))

    def relation(self) -> Answer:
        form = self._state.placements[PERSON].arrangement
        relation = self._pack.items.relations[str(self._pack.items.arrangements[form].relation)]
        wanted = self._expected["relation"]
        named = wanted if isinstance(wanted, dict) else {}
        return {key: getattr(relation, key) for key in named}

    def placed(self) -> Answer:
        return {person: each.post for person, each in self._came.state.hired.items()}

    def left(self) -> Answer:
        return self._came.state.left.get(PERSON, "—")

    def length(self) -> Answer:
        return judged_length(self._state, self._pack, self._scene.calendar, PERSON)

    def _groups(self) -> Groups:
        body = self._scene.play.get("body")
        named = str(body["id"]) if isinstance(body, dict) else ""
        return self._pack.items.bodies[named].groups or Groups(number=0)

    def doubles(self) -> Answer:
        return self._groups().doubles

    def entries(self) -> Answer:
        return self._groups().entries

    def distinct(self) -> Answer:
        return len({unit for _, units in self._groups().listed for unit in units})


_ASKED: Mapping[str, Callable[[_Answers], Answer]] = {
    name: getattr(_Answers, name) for name in EXPECTED_OF_PLAY
}


def _tuple(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _plain(value: object) -> object:
    """Write an answer the way a case writes one; lists in any order."""
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return tuple(sorted(str(each) for each in value))
        case date():
            return value.isoformat()
    return str(value)


def _same(wanted: object, found: object) -> bool:
    plain = _plain(found)
    if isinstance(plain, tuple) and not isinstance(wanted, tuple):
        return _plain((wanted,)) == plain
    return _plain(wanted) == plain


def _written(value: object) -> str:
    plain = _plain(value)
    if isinstance(plain, tuple):
        return "、".join(plain) or "—"
    if isinstance(plain, dict):
        return "；".join(f"{key}：{each}" for key, each in plain.items())
    return str(plain)
