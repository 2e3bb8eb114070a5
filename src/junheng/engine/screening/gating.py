"""Whether the gates before a title, honour or post are open to somebody (评聘门槛).

A gate is asked as a rule would be, so that its answer is told with the same clauses, facts and
arithmetic; nothing here decides an outcome of rotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from junheng.engine.policy.conditions import Always, ClassTest, Literal, RuleTest, TrackTest
from junheng.engine.policy.items import Gate, Outcome, Rule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.unset import require
from junheng.engine.policy.walking import walk
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.details import Records
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.explaining import Finding, Reader, answer_at, view_of
from junheng.engine.screening.findings import Answer
from junheng.engine.screening.receipt import Receipt
from junheng.engine.screening.rules import RuleTruth, judge, judged
from junheng.engine.screening.screening import decide, receipt_of
from junheng.errors import Problem, QuestionError


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What one gate says of one person.

    Attributes
    ----------
    answer : whether the gate is passed
    since : the day from which it is asked, where that is later than the day of the question
    finding : clauses, facts and arithmetic; grounds only for who may see them (§12). None
        where everybody was asked about
    """

    gate: Gate
    answer: Answer
    since: date | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a matter is open to a person: every gate that concerns them.

    ``answer`` is no if some gate is not passed, else unknown if some may not be, else yes.
    """

    person_id: str
    answer: Answer
    gates: tuple[GateAnswer, ...]


@dataclass(frozen=True, slots=True)
class Admissions:
    """What the gates before a matter say of everybody asked about, in the order of ids."""

    matter: str
    persons: tuple[Admission, ...]
    receipt: Receipt


def admissions(
    roster: Roster,
    pack: ResolvedPack,
    matter: str,
    person_ids: tuple[str, ...] = (),
    reader: Reader = Reader.OTHERS,
) -> Admissions:
    """Check persons against the gates before a title, an honour or a post.

    Parameters
    ----------
    matter : as a gate of the pack names it
    person_ids : whom to check; empty for everybody

    Raises
    ------
    QuestionError
        If no gate of the pack stands before the matter, or the roster has no such person.
    UnsetFigures
        If a gate reads a figure or switch that is not set (§2).
    """
    gates = gates_before(pack, matter)
    asked = replace(pack, items=replace(pack.items, gates=gates))
    require(asked, "gates")
    evaluation = RosterEvaluation(roster, pack)
    _let_rules_be_asked(evaluation, gates)
    truths = {gate.id: judged(evaluation, _as_rule(gate)) for gate in gates.values()}
    places = _places(evaluation, person_ids)
    records = Records(evaluation) if person_ids else None
    desk = _Desk(evaluation, gates, truths, reader, records)
    persons = [desk.admission(place) for place in places]
    return Admissions(matter, tuple(persons), receipt_of(roster, pack))


def gate_answer(evaluation: RosterEvaluation, gate_id: str, place: int) -> Answer:
    """Return whether one person passes one gate; yes where it does not concern them.

    Raises
    ------
    UnsetFigures
        If the gate reads a figure or switch that is not set (§2).
    """
    pack = evaluation.pack
    gates = {gate_id: pack.items.gates[gate_id]}
    require(replace(pack, items=replace(pack.items, gates=gates)), "gates")
    _let_rules_be_asked(evaluation, gates)
    truths = {gate_id: judged(evaluation, _as_rule(gates[gate_id]))}
    return _Desk(evaluation, gates, truths, Reader.OTHERS, None).admission(place).answer


def gates_before(pack: ResolvedPack, matter: str) -> Mapping[str, Gate]:
    """Return the gates before a matter.

    Raises
    ------
    QuestionError
        If there are none; the matters that the pack knows are named.
    """
    gates = {key: gate for key, gate in pack.items.gates.items() if matter in gate.opens}
    if not gates:
        known = dict.fromkeys(each for gate in pack.items.gates.values() for each in gate.opens)
        values = {"found": matter, "known": "、".join(known) or "—"}
        raise QuestionError([Problem("screening.no-such-gate", values=values)])
    return gates


def _let_rules_be_asked(evaluation: RosterEvaluation, gates: Mapping[str, Gate]) -> None:
    """Judge the pack's rules where a gate mentions one, or a track, or a class that does."""
    mentioned = _mentioned(evaluation.pack, gates)
    if any(isinstance(each, RuleTest | TrackTest) for each in mentioned):
        require(evaluation.pack, "screening")
        decide(evaluation, judge(evaluation))


def _mentioned(pack: ResolvedPack, gates: Mapping[str, Gate]) -> Iterator[object]:
    """Yield every part of the gates and of the classes that they ask for, directly or not."""
    asked: list[object] = list(gates.values())
    known: set[str] = set()
    while asked:
        for each in walk(asked.pop()):
            yield each
            if isinstance(each, ClassTest) and each.klass not in known:
                known.add(each.klass)
                asked.append(pack.items.classes[each.klass])


def _as_rule(gate: Gate) -> Rule:
    """Write a gate as a rule that holds where it is passed, for explaining it."""
    return Rule(
        id=gate.id,
        title=gate.title,
        source=gate.source,
        place=gate.place,
        effect=Outcome.MAY,
        strength=gate.strength,
        when=gate.when or Always(),
        if_unknown=gate.if_unknown,
        unknown_because=gate.unknown_because,
    )


def _places(evaluation: RosterEvaluation, person_ids: tuple[str, ...]) -> list[int]:
    """Return where the persons asked about stand among all; everybody for none."""
    at = {person: place for place, person in enumerate(evaluation.person_ids)}
    unknown = [person for person in person_ids if person not in at]
    if unknown:
        raise QuestionError(
            [Problem("screening.nobody", values={"found": each}) for each in unknown]
        )
    return sorted(at[person] for person in person_ids) or list(range(len(at)))


@dataclass(frozen=True)
class _Desk:
    """The gates before one matter, asked of one person after the other."""

    evaluation: RosterEvaluation
    gates: Mapping[str, Gate]
    truths: Mapping[str, RuleTruth]
    reader: Reader
    records: Records | None

    def admission(self, place: int) -> Admission:
        found = tuple(self._asked(place))
        answers = {each.answer for each in found}
        answer = next((a for a in (Answer.NO, Answer.UNKNOWN) if a in answers), Answer.YES)
        return Admission(self.evaluation.person_ids[place], answer, found)

    def _asked(self, place: int) -> Iterator[GateAnswer]:
        for gate in self.gates.values():
            concerned = self._concerned(gate, place)
            if concerned is Answer.NO:
                continue
            judged = self.truths[gate.id]
            since = _later(gate, self.evaluation.pack.on)
            answer = answer_at(judged.truth, place)
            if since is not None:
                answer = Answer.YES
            elif gate.compare or (concerned, answer) == (Answer.UNKNOWN, Answer.NO):
                answer = Answer.UNKNOWN
            yield GateAnswer(gate, answer, since, self._told(judged, place))

    def _concerned(self, gate: Gate, place: int) -> Answer:
        if gate.who is None:
            return Answer.YES
        return answer_at(self.evaluation.persons(gate.who), place)

    def _told(self, judged: RuleTruth, place: int) -> Finding | None:
        if self.records is None:
            return None
        return view_of(self.records, place, self.reader).finding(judged)


def _later(gate: Gate, on: date) -> date | None:
    """Return the day a gate is asked from, where that day has not come."""
    match gate.since:
        case Literal((date() as since, *_)) if since > on:
            return since
    return None
