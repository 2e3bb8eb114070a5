"""Why one person is what they are: rules, clauses, facts, figures and sources (说明).

The answers are those of the screening itself, looked up at the person's place; only the records
behind a fact are read again, for this person alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from junheng.engine.policy.conditions import (
    All,
    AnyOf,
    ByFact,
    ClassTest,
    Condition,
    FactTest,
    Figure,
    Literal,
    Not,
    RuleTest,
)
from junheng.engine.policy.items import Clause, Outcome, Rule
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.screening.details import Records, detail_of
from junheng.engine.screening.evaluation import RosterEvaluation, Wording
from junheng.engine.screening.facts.values import Words
from junheng.engine.screening.findings import Answer, Compared, Node
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.grounds import PRIVATE_TABLES, rests_on_ground
from junheng.engine.screening.missing import Unknown, own_evaluation, unknowns
from junheng.engine.screening.rules import RuleTruth, judge
from junheng.engine.screening.verdicts import Screening, Truth
from junheng.errors import Problem, QuestionError


class Reader(StrEnum):
    """Who reads an explanation: the officer sees grounds, others only clauses (§12)."""

    OFFICER = "officer"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about the person.

    Attributes
    ----------
    parts : who, when and unless, as trees; without grounds where the reader may not see them
    required : what must be on record, with its answer
    private : whether grounds are left out for this reader
    """

    rule: Rule
    clauses: tuple[Clause, ...]
    answer: Answer
    parts: tuple[Node, ...]
    required: tuple[tuple[str, Answer], ...]
    private: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that must be brought, and the cells that would tell it; '' for a whole table."""

    fact: str
    title: str
    cells: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    private: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict of one person with everything it rests on.

    ``called`` are the titles of the track and of further ones, the own first.
    ``findings`` begins with the rules that decided; ``wanted`` is empty unless undecided.
    """

    person_id: str
    outcome: str
    track: str
    also: tuple[str, ...]
    called: tuple[str, ...]
    could_be: tuple[str, ...]
    because: tuple[str, ...]
    strength: str
    on: str
    findings: tuple[Finding, ...]
    wanted: tuple[Wanted, ...]


def _tracks(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["track"], *row["also"]) if row["track"] else ()


def explain(
    screening: Screening, person_id: str, reader: Reader = Reader.OTHERS
) -> Explanation:
    """Explain the verdict of one person; for many, keep an :class:`Explainer`.

    Raises
    ------
    QuestionError
        If the roster has nobody of that id.
    """
    return Explainer(screening).explain(person_id, reader)


@dataclass(frozen=True)
class Explainer:
    """Explains verdicts of one screening; what all persons share is looked up once."""

    screening: Screening

    def explain(self, person_id: str, reader: Reader = Reader.OTHERS) -> Explanation:
        """Explain the verdict of one person.

        Raises
        ------
        QuestionError
            If the roster has nobody of that id.
        """
        evaluation = self._evaluation
        if person_id not in self._place_of:
            raise QuestionError([Problem("screening.nobody", values={"found": person_id})])
        place = self._place_of[person_id]
        row = self.screening.verdicts.row(place, named=True)
        view = View(evaluation, place, reader, self._records.of(person_id))
        judged = self._judged
        order = sorted(judged.values(), key=lambda each: each.rule.id not in row["because"])
        wanted: tuple[Wanted, ...] = ()
        if row["outcome"] == Outcome.UNDECIDED:
            found = [each for each in self._unknowns if each.where[place]]
            wanted = tuple(view.wanted(each, judged) for each in found)
        return Explanation(
            person_id=person_id,
            outcome=row["outcome"],
            track=row["track"],
            also=tuple(row["also"]),
            called=tuple(map(evaluation.pack.header.track_title, _tracks(row))),
            could_be=tuple(row["could_be"]),
            because=tuple(row["because"]),
            strength=row["strength"],
            on=str(evaluation.pack.on),
            findings=tuple(view.finding(each) for each in order),
            wanted=tuple(dict.fromkeys(wanted)),
        )

    @cached_property
    def _evaluation(self) -> RosterEvaluation:
        return own_evaluation(self.screening.evaluation)

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {person: k for k, person in enumerate(self._evaluation.person_ids)}

    @cached_property
    def _judged(self) -> dict[str, RuleTruth]:
        return judge(self._evaluation)

    @cached_property
    def _unknowns(self) -> tuple[Unknown, ...]:
        return tuple(unknowns(self.screening))

    @cached_property
    def _records(self) -> Records:
        return Records(self._evaluation)


def answer_at(truth: Truth, place: int) -> Answer:
    """Return the answer about the person at a place."""
    if truth.unknown[place]:
        return Answer.UNKNOWN
    return Answer.YES if truth.yes[place] else Answer.NO


def view_of(records: Records, place: int, reader: Reader) -> View:
    """Look at an evaluation from one person's place."""
    evaluation = records.evaluation
    return View(evaluation, place, reader, records.of(evaluation.person_ids[place]))


@dataclass(frozen=True)
class View:
    """The screening, looked at from one person's place."""

    evaluation: RosterEvaluation
    place: int
    reader: Reader
    alone: Ground

    def finding(self, each: RuleTruth) -> Finding:
        """Return what a rule says about the person."""
        rule = each.rule
        hidden = self._hidden(rule)
        parts = () if hidden else tuple(self._parts(each))
        required = () if hidden else tuple(self._required(each))
        clauses = self.evaluation.pack.clauses(rule.source)
        return Finding(rule, clauses, self._at(each.truth), parts, required, hidden)

    def wanted(self, unknown: Unknown, judged: dict[str, RuleTruth]) -> Wanted:
        """Return what the person must bring before a rule can be answered."""
        rule = judged[unknown.rule].rule
        clauses = self.evaluation.pack.clauses(rule.source)
        if self._hidden(rule):
            return Wanted("", "", (), clauses, private=True)
        told = [gap for gap in unknown.gaps if not self._secret(gap.table)]
        cells = tuple((gap.table, gap.column) for gap in told if gap.where[self.place])
        title = self._title(unknown.fact)
        return Wanted(unknown.fact, title, cells, clauses, private=False)

    def _hidden(self, rule: Rule) -> bool:
        return self.reader is Reader.OTHERS and (
            rests_on_ground(self.evaluation.pack, rule) or self._gives_away(rule)
        )

    def _gives_away(self, rule: Rule) -> bool:
        """Whether an answer about a rule would tell one about a private rule beside it.

        Others are told the clause only. Where another rule of the same effect rests on the
        same clause, hearing that it does not hold would leave the private one.
        """
        pack = self.evaluation.pack
        cited = {clause.at for clause in pack.clauses(rule.source)}
        return any(
            other.effect is rule.effect
            and rests_on_ground(pack, other)
            and not cited.isdisjoint(clause.at for clause in pack.clauses(other.source))
            for other in pack.items.rules.values()
        )

    def _secret(self, table: str) -> bool:
        return self.reader is Reader.OTHERS and table in PRIVATE_TABLES

    def _at(self, truth: Truth) -> Answer:
        return answer_at(truth, self.place)

    def _parts(self, each: RuleTruth) -> Iterator[Node]:
        bare = Wording(each.wording.if_unknown)
        if each.rule.who is not None:
            yield self.node(each.rule.who, bare)
        yield self.node(each.rule.when, each.wording)
        if each.rule.unless is not None:
            yield self.node(Not(each.rule.unless), bare)

    def _required(self, each: RuleTruth) -> Iterator[tuple[str, Answer]]:
        kinds = tuple(dict.fromkeys(r.kind for r in each.rule.requires))
        for truth in each.required:
            yield "、".join(kinds), self._at(truth)

    def node(self, condition: Condition, wording: Wording) -> Node:
        """Return the answer to a condition with the answers of its parts."""
        evaluation = self.evaluation
        truth = evaluation.answer(condition, evaluation.everybody, wording)
        answer = self._at(truth)
        match condition:
            case All(parts) | AnyOf(parts):
                kind = "all" if isinstance(condition, All) else "any"
                below = tuple(self.node(part, wording) for part in parts)
                return Node(kind, answer, below)
            case Not(part):
                below = (self.node(part, Wording(wording.if_unknown)),)
                return Node("not", answer, below)
            case ClassTest(klass):
                item = evaluation.pack.items.classes[klass]
                told = answer is Answer.UNKNOWN or self.reader is Reader.OFFICER
                why = (self.node(item.when, wording),) if told else ()
                return Node("class", answer, why, item.title)
            case RuleTest(rule):
                return Node("rule", answer, (), evaluation.pack.items.rules[rule].title)
            case FactTest():
                return self._leaf(condition, wording, answer)
            case _:
                return Node("always", answer)

    def _leaf(self, test: FactTest, wording: Wording, answer: Answer) -> Node:
        evaluation = self.evaluation
        plain = self._at(evaluation.answer(test, evaluation.everybody, Wording()))
        compared = tuple(
            Compared(each.comparator, each.reading, *self._figure(each.figure))
            for each in test.comparisons
        )
        shown = detail_of(evaluation, test.fact, self.place, self._title(test.fact), self.alone)
        if any(self._secret(each.table) for each in shown.sources):
            shown = replace(shown, sources=())
        taken = answer is not plain and test not in wording.grounds
        return Node("fact", answer, (), "", shown, compared, plain, treated=taken)

    def _figure(self, figure: Figure) -> tuple[Literal | None, str]:
        """Return the figure that applies to the person, and by which word; None if unknown."""
        match figure:
            case Literal():
                return figure, ""
            case ByFact(by, values):
                words = self.evaluation.value(by)
                known = [
                    (literal, word)
                    for word, literal in values
                    if isinstance(words, Words) and words.is_word(word)[self.place]
                ]
                return known[0] if known else (None, "")
            case _:
                return None, ""

    def _title(self, fact: str) -> str:
        item = self.evaluation.pack.items.facts.get(fact)
        if item is not None:
            return item.title
        return FACTS[fact].title if fact in FACTS else fact
