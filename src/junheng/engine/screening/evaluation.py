"""Answers conditions of a resolved pack for whole columns of persons, units and moves.

Each fact is computed once for each (fact, settings, date), each condition once for persons and
once for units. One person and all are answered by this same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ByFact,
    ClassTest,
    Comparison,
    Condition,
    FactTest,
    FlowTest,
    Literal,
    Not,
    RuleTest,
    Subject,
    TrackTest,
)
from junheng.engine.policy.items import IfUnknown
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.facts.areas import Spells, area_spells
from junheng.engine.screening.facts.measure import Computed, Measure, bug, measure_of
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.registry import MOVE_FACTS, REGISTRY
from junheng.engine.screening.facts.values import FactValue, Numbers, Words, compared
from junheng.engine.screening.ground import Ground, ground_of
from junheng.engine.screening.kleene import (
    Whole,
    all_unknown,
    all_yes,
    every,
    gathered,
    negated,
    selected,
    some,
)
from junheng.engine.screening.verdicts import Levels, Truth

Grounds = Mapping[FactTest, Truth]
_NO_GROUNDS: Grounds = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wording:
    """How the leaves of one rule are read.

    Attributes
    ----------
    if_unknown : what an unknown leaf is taken for
    grounds : leaves that are answered together with what the rule requires of them
    """

    if_unknown: IfUnknown = IfUnknown.ASK
    grounds: Grounds = field(default_factory=lambda: _NO_GROUNDS)


PLAIN = Wording()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a condition is asked about.

    Attributes
    ----------
    about : persons, units or moves
    size : how many
    person : the person of each move; of persons and units, nothing is stated
    destination : where each move goes
    """

    about: About
    size: int
    person: Whole | None = None
    destination: Whole | None = None


@dataclass
class RosterEvaluation:
    """The evaluation of one roster under one pack; see :class:`.verdicts.Evaluation`.

    ``given`` holds facts that are stated instead of computed, as worked cases do. ``tracks``
    and ``rule_truths`` are filled in once rules and outcomes are known.
    """

    roster: Roster
    pack: ResolvedPack
    given: Mapping[str, FactValue] = field(default_factory=dict)
    rule_truths: dict[str, Truth] = field(default_factory=dict)
    tracks: tuple[str, ...] = ()
    _facts: dict[Measure, Computed] = field(default_factory=dict)
    _spells: dict[Measure, Spells] = field(default_factory=dict)
    _known: dict[tuple[Condition, About, IfUnknown], Truth] = field(default_factory=dict)

    @cached_property
    def ground(self) -> Ground:
        """Return the roster laid out for the pack's questions."""
        return ground_of(self.roster, self.pack)

    @cached_property
    def person_ids(self) -> tuple[str, ...]:
        """Return the ids of all persons, sorted."""
        return tuple(self.ground.persons["person_id"].to_list())

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Return the ids of all units, sorted."""
        return tuple(self.ground.units["unit_id"].to_list())

    def persons(self, condition: Condition) -> Truth:
        """Answer a condition for every person; arrays of shape (n_persons,)."""
        return self.answer(condition, self.everybody, PLAIN)

    def levels(self, fact: str) -> Levels:
        """Return a number or date of every person; ``fact`` is registered or the pack's own."""
        value = self.value(fact)
        if not isinstance(value, Numbers):
            raise bug(fact)
        return Levels(value.low, value.high)

    def units(self, condition: Condition) -> Truth:
        """Answer a condition for every unit; arrays of shape (n_units,)."""
        return self.answer(condition, self.everywhere, PLAIN)

    def moves(self, condition: Condition, persons: Whole, units: Whole) -> Truth:
        """Answer a condition for moves ``persons[i]`` → ``units[i]``; shape (n_moves,).

        Facts and classes of units are those of the destination unless the condition says
        ``of``; the origin of somebody whose exchange ends is the unit they return to.
        """
        asked = Asked(About.MOVE, len(persons), np.asarray(persons), np.asarray(units))
        return self.answer(condition, asked, PLAIN)

    @cached_property
    def everybody(self) -> Asked:
        """Return all persons, as whom a condition is asked about."""
        return Asked(About.PERSON, self.ground.persons.height)

    @cached_property
    def everywhere(self) -> Asked:
        """Return all units, as what a condition is asked about."""
        return Asked(About.UNIT, self.ground.units.height)

    def answer(self, condition: Condition, asked: Asked, wording: Wording) -> Truth:
        """Answer a condition about anybody, with the leaves read as a rule says."""
        if asked.about is About.MOVE or wording.grounds:
            return self._answer(condition, asked, wording)
        key = (condition, asked.about, wording.if_unknown)
        if key not in self._known:
            self._known[key] = self._answer(condition, asked, wording)
        return self._known[key]

    def _answer(self, condition: Condition, asked: Asked, wording: Wording) -> Truth:
        match condition:
            case Always():
                return all_yes(asked.size)
            case All(parts):
                return every((self.answer(p, asked, wording) for p in parts), asked.size)
            case AnyOf(parts):
                return some((self.answer(p, asked, wording) for p in parts), asked.size)
            case Not(part):
                return negated(self.answer(part, asked, Wording(wording.if_unknown)))
            case FlowTest(pairs):
                return some((self._flow(p, asked, wording) for p in pairs), asked.size)
            case _:
                return self._leaf(condition, asked, wording)

    def _leaf(self, condition: Condition, asked: Asked, wording: Wording) -> Truth:
        match condition:
            case FactTest():
                stated = wording.grounds.get(condition)
                found = self._fact(condition, asked) if stated is None else stated
                return _taken_for(found, wording.if_unknown)
            case ClassTest(klass, of):
                return self._class(klass, of, asked, wording)
            case RuleTest(rule):
                truth = self._of_persons(self.rule_truths[rule], asked)
                return _taken_for(truth, wording.if_unknown)
            case TrackTest(tracks):
                yes = np.isin(np.array(self.tracks, dtype=np.str_), tracks)
                return self._of_persons(Truth(yes, np.zeros_like(yes)), asked)
        raise bug(type(condition).__name__)

    def _flow(self, pair: tuple[str, str], asked: Asked, wording: Wording) -> Truth:
        ends = zip(pair, (Subject.ORIGIN, Subject.DESTINATION), strict=True)
        return every((self._class(k, of, asked, wording) for k, of in ends), asked.size)

    def _class(self, klass: str, of: Subject | None, asked: Asked, wording: Wording) -> Truth:
        item = self.pack.items.classes[klass]
        if item.of == About.UNIT:
            found = self.answer(item.when, self.everywhere, Wording(wording.if_unknown))
            return self._of_units(found, of, asked)
        if item.of == About.PERSON and asked.about is About.MOVE:
            return self._of_persons(self.answer(item.when, self.everybody, wording), asked)
        return self.answer(item.when, asked, wording)

    def _fact(self, test: FactTest, asked: Asked) -> Truth:
        about = self.about(test.fact)
        if about is About.MOVE:
            return self._move_fact(test, asked)
        if about not in (About.PERSON, About.UNIT):
            raise bug(test.fact)
        truth = self._tested(test)
        of_units = test.fact not in self.given or asked.about is About.UNIT
        if about is About.UNIT and of_units:
            return self._of_units(truth, test.of, asked)
        return self._of_persons(truth, asked)

    def about(self, fact: str) -> About:
        """Return whose fact a name of the pack or the vocabulary is."""
        item = self.pack.items.facts.get(fact)
        return FACTS[item.origin if item else fact].about

    def _tested(self, test: FactTest) -> Truth:
        """Answer a leaf for all persons, or all units, whose fact it is."""
        plain = FactTest(test.fact, test.comparisons, matter=test.matter)
        key = (plain, self.about(test.fact), IfUnknown.ASK)
        if key not in self._known:
            value = self.value(test.fact, test.matter)
            self._known[key] = self._compared(value, test.comparisons)
        return self._known[key]

    def computed(self, fact: str, matter: str = "") -> Computed:
        """Return a fact of all persons, or all units, with what is missing of it.

        ``matter`` is what the test is about (``for:``), for the facts that tell matters apart.
        """
        if fact in self.given:
            return Computed(self.given[fact])
        measure = measure_of(self.pack, fact, matter)
        if measure.name in self.given:
            return Computed(self.given[measure.name])
        if measure not in self._facts:
            self._facts[measure] = REGISTRY[measure.name](self.ground, measure)
        return self._facts[measure]

    @property
    def computed_facts(self) -> tuple[Measure, ...]:
        """Return the facts computed so far, each as it was measured."""
        return tuple(self._facts)

    def spells_in_areas(self, measure: Measure) -> Spells:
        """Return the spells of all persons that certainly count for years in an area."""
        if measure not in self._spells:
            self._spells[measure] = area_spells(self.ground, measure)[0]
        return self._spells[measure]

    def value(self, fact: str, matter: str = "") -> FactValue:
        """Return the values of a fact of all persons, or all units, whose fact it is."""
        return self.computed(fact, matter).value

    def _compared(self, value: FactValue, comparisons: tuple[Comparison, ...]) -> Truth:
        by = next((c.figure.by for c in comparisons if isinstance(c.figure, ByFact)), None)
        if by is None:
            return compared(value, tuple((c, _literal(c, "")) for c in comparisons))
        words = self.value(by)
        if not isinstance(words, Words):
            raise bug(by)
        return _by_word(value, comparisons, words)

    def _move_fact(self, test: FactTest, asked: Asked) -> Truth:
        if asked.person is None or asked.destination is None:
            raise bug(test.fact)
        origin = self.ground.origin_unit[asked.person]
        moves = Moves(asked.person, origin, asked.destination)
        measure = measure_of(self.pack, test.fact)
        return self._compared(
            MOVE_FACTS[measure.name](self.ground, moves, measure), test.comparisons
        )

    def _of_persons(self, truth: Truth, asked: Asked) -> Truth:
        if asked.about is About.PERSON:
            return truth
        if asked.person is None:
            raise bug(asked.about)
        return gathered(truth, asked.person)

    def _of_units(self, truth: Truth, of: Subject | None, asked: Asked) -> Truth:
        if asked.about is About.UNIT:
            return truth
        return gathered(truth, self._unit_meant(of, asked))

    def _unit_meant(self, of: Subject | None, asked: Asked) -> Whole:
        """Return the unit that a fact or class of units speaks of."""
        ground, person = self.ground, asked.person
        match of:
            case None | Subject.DESTINATION | Subject.HOST if asked.destination is not None:
                return asked.destination
            case None | Subject.OWN_UNIT:
                units = ground.own_unit
            case Subject.ESTABLISHMENT_UNIT:
                units = ground.establishment_unit
            case Subject.ORIGIN:
                units = ground.origin_unit
            case _:
                raise bug(of)
        return units if person is None else units[person]


def _literal(comparison: Comparison, word: str) -> Literal:
    """Return the figure of a comparison, for somebody of whom ``by`` is this word."""
    match comparison.figure:
        case Literal():
            return comparison.figure
        case ByFact(_, values):
            return dict(values)[word]
    raise bug(type(comparison.figure).__name__)


def _by_word(value: FactValue, comparisons: tuple[Comparison, ...], words: Words) -> Truth:
    """Compare with a figure that differs by a word; where that is unknown, all must agree."""
    sets = [dict(c.figure.values) for c in comparisons if isinstance(c.figure, ByFact)]
    shared = [word for word in words.words if all(word in each for each in sets)]
    size = len(words.low)
    answers = {
        word: compared(value, tuple((c, _literal(c, word)) for c in comparisons))
        for word in shared
    }
    agreed = every(answers.values(), size)
    refused = some(answers.values(), size)
    complete = len(shared) == len(words.words) and bool((words.high < len(words.words)).all())
    found = all_unknown(size)
    if complete:
        found = Truth(agreed.yes, ~(agreed.yes | refused.no))
    for word, truth in answers.items():
        found = selected(truth, words.is_word(word), found)
    return found


def _taken_for(truth: Truth, if_unknown: IfUnknown) -> Truth:
    nothing = np.zeros_like(truth.unknown)
    match if_unknown:
        case IfUnknown.ASK:
            return truth
        case IfUnknown.TREAT_AS_NO:
            return Truth(truth.yes, nothing)
        case IfUnknown.TREAT_AS_YES:
            return Truth(truth.yes | truth.unknown, nothing)
