"""Conditions on one person, unit or placement of a programme, in three-valued logic (§1).

Screening judges whole columns as of one date; here one placement is judged from its own
history and from what screening knew of the person and the two schools. None is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ByFact,
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Figure,
    FlowTest,
    Literal,
    Not,
    ParameterRef,
    RuleTest,
    Setting,
    Subject,
    SwitchRef,
    SwitchTest,
    TrackTest,
    Unset,
)
from junheng.engine.policy.item import Outcome
from junheng.engine.policy.items import Item
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.programme.placement_facts import PLACEMENT_FACTS, History
from junheng.engine.programme.state import FactValue, Member, Placement, State
from junheng.engine.programme.working_days import Calendar
from junheng.errors import Problem, UnsetFigures

Truth = bool | None
_AT_HOST = (Subject.HOST, Subject.DESTINATION)
_NONE: Mapping[str, FactValue] = {}


def refuse_unset(pack: ResolvedPack, unset: Unset, reader: Item) -> UnsetFigures:
    """Return the refusal of a figure or setting that is not set (§2)."""
    items = pack.items
    named = {**items.switches, **items.parameters, **items.dates, **items.bodies}
    item = named.get(unset.id, reader)
    clauses = "、".join(each.at for each in pack.clauses(item.source)) or "—"
    values = {"id": unset.id or item.id, "title": item.title, "clause": clauses}
    return UnsetFigures(
        [Problem("pack.unset", place=item.place, values={**values, "why": unset.why})]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One person, unit or placement on a day, as conditions see it.

    Attributes
    ----------
    reader : the item whose condition is judged; named where a figure is unset
    unit : the unit the question is about where no person is
    """

    pack: ResolvedPack
    state: State
    calendar: Calendar
    reader: Item
    on: date
    member: Member | None = None
    placement: Placement | None = None
    unit: str = ""

    def number(self, figure: Figure) -> Fraction | None:
        """Return a figure; None where it differs by a fact that is unknown.

        Raises
        ------
        UnsetFigures
            If it is unset.
        """
        values = self._literal(figure)
        value = values.values[0] if values else None
        return value if isinstance(value, Fraction) else None

    def _literal(self, figure: Figure) -> Literal | None:
        match figure:
            case Literal():
                return figure
            case Unset():
                raise refuse_unset(self.pack, figure, self.reader)
            case ByFact(by=by, values=values):
                word = self.fact(by, None)
                return dict(values).get(word) if isinstance(word, str) else None
            case ParameterRef(parameter=parameter):
                raise KeyError(f"{parameter} is not resolved")

    def word(self, setting: Setting) -> str:
        """Return the word of a setting.

        Raises
        ------
        UnsetFigures
            If it is unset.
        """
        match setting:
            case Unset():
                raise refuse_unset(self.pack, setting, self.reader)
            case SwitchRef(switch=switch):
                raise KeyError(f"{switch} is not resolved")
        return setting

    def settled(self, item: Item) -> None:
        """Refuse an item that one reading of the text has and another has not.

        Raises
        ------
        UnsetFigures
            If no reading is chosen.
        """
        self.holds(item.only_if)

    def holds(self, condition: Condition | None) -> Truth:
        """Return whether a condition holds; no condition always does."""
        truth: Truth
        match condition:
            case None | Always():
                truth = True
            case All(parts=parts):
                truth = _every(self.holds(each) for each in parts)
            case AnyOf(parts=parts):
                truth = _not(_every(_not(self.holds(each)) for each in parts))
            case Not(part=part):
                truth = _not(self.holds(part))
            case _:
                truth = self._leaf(condition)
        return truth

    def _leaf(self, condition: Condition) -> Truth:
        match condition:
            case FactTest():
                return self._compare(condition)
            case ClassTest(klass=klass, of=of):
                return self._belongs(klass, of)
            case TrackTest(tracks=tracks):
                return self._on_track(tracks)
            case RuleTest(rule=rule):
                return self.member.rules.get(rule) if self.member else None
            case FlowTest(pairs=pairs):
                return self._flows(pairs)
            case SwitchTest(switch=switch):
                chosen = self.pack.items.switches[switch].chosen
                raise refuse_unset(
                    self.pack,
                    chosen if isinstance(chosen, Unset) else Unset("", switch),
                    self.reader,
                )
        return None

    def _on_track(self, tracks: tuple[str, ...]) -> Truth:
        """Whether the person is on one of the tracks; whoever is settled without one is not."""
        member = self.member
        if member is None or (not member.track and member.outcome in {"", Outcome.UNDECIDED}):
            return None
        return member.track in tracks

    def _belongs(self, klass: str, of: Subject | None) -> Truth:
        """Whether the subject is of a class: as screening found, else by what is known here."""
        item = self.pack.items.classes[klass]
        if item.of == About.UNIT:
            found = self.state.unit_classes.get(self._unit(of), {})
        else:
            found = self.member.classes if self.member else {}
        return found[klass] if klass in found else self._of(of).holds(item.when)

    def _of(self, of: Subject | None) -> View:
        """Return the view a class with ``of`` is judged in: that of a unit."""
        if of is None:
            return self
        return View(
            pack=self.pack,
            state=self.state,
            calendar=self.calendar,
            reader=self.reader,
            on=self.on,
            unit=self._unit(of),
        )

    def _flows(self, pairs: tuple[tuple[str, str], ...]) -> Truth:
        ways = (
            _every((self._belongs(origin, Subject.ORIGIN), self._belongs(host, Subject.HOST)))
            for origin, host in pairs
        )
        return _not(_every(_not(each) for each in ways))

    def _unit(self, of: Subject | None) -> str:
        if self.placement is not None and of in _AT_HOST:
            return self.placement.host
        if self.placement is not None and of is not Subject.OWN_UNIT:
            return self.placement.origin
        return self.member.unit if self.member else self.unit

    def fact(self, name: str, of: Subject | None) -> FactValue | None:
        """Return the value of a fact, None if unknown."""
        item = self.pack.items.facts.get(name)
        origin = item.origin if item else name
        registered = FACTS.get(origin)
        if registered is not None and registered.about is About.PLACEMENT:
            return self._of_placement(origin, name)
        if registered is not None and registered.about is About.UNIT:
            return self._unit_facts(of).get(name)
        given = self.member.facts if self.member else _NONE
        return given.get(name, given.get(origin) if item is None else None)

    def _unit_facts(self, of: Subject | None) -> Mapping[str, FactValue]:
        return self.state.units.get(self._unit(of), _NONE)

    def _of_placement(self, origin: str, name: str) -> FactValue | None:
        if self.placement is None:
            return None
        given = self.member.facts if self.member else _NONE
        if name in given:
            return given[name]
        item = self.pack.items.facts.get(name)
        settings = dict(item.settings) if item else {}
        words = {
            key: value.values if isinstance(value, Literal) else (self.word(value),)
            for key, value in settings.items()
            if isinstance(value, str | Unset | Literal)
        }
        history = History(
            placement=self.placement,
            events=tuple(e.event for e in self.state.findings.get(self.placement.person, ())),
            on=self.on,
            calendar=self.calendar,
            settings={key: tuple(str(each) for each in value) for key, value in words.items()},
        )
        return PLACEMENT_FACTS[origin](history)

    def _compare(self, test: FactTest) -> Truth:
        value = self.fact(test.fact, test.of)
        if value is None:
            return None
        return _every(self._one(value, each) for each in test.comparisons)

    def _one(self, value: FactValue, comparison: Comparison) -> Truth:
        literal = self._literal(comparison.figure)
        if literal is None:
            return None
        if isinstance(value, bool | str | tuple):
            return _matches(value, literal)
        figure = literal.values[0]
        if not isinstance(figure, Fraction | date):
            return None
        inclusive = comparison.reading is None or self.word(comparison.reading) == "inclusive"
        return _ordered(value, figure, comparison.comparator, inclusive=inclusive)


def _matches(value: FactValue, literal: Literal) -> bool:
    if isinstance(value, tuple):
        return bool(set(value) & set(literal.values))
    return value in literal.values


def _ordered(
    value: Fraction | date, figure: Fraction | date, comparator: Comparator, *, inclusive: bool
) -> bool:
    mine, theirs = _comparable(value), _comparable(figure)
    return (mine > theirs) - (mine < theirs) in _SIGNS[comparator, inclusive]


def _comparable(value: Fraction | date) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value.toordinal())


_SIGNS: Mapping[tuple[Comparator, bool], tuple[int, ...]] = {
    **{
        (comparator, inclusive): signs
        for comparator, signs in {
            Comparator.AT_LEAST: (0, 1),
            Comparator.AT_MOST: (-1, 0),
            Comparator.MORE_THAN: (1,),
            Comparator.LESS_THAN: (-1,),
            Comparator.IS: (0,),
            Comparator.AMONG: (0,),
            Comparator.OVERLAPS: (0,),
        }.items()
        for inclusive in (True, False)
    },
    (Comparator.UP_TO, True): (-1, 0),
    (Comparator.UP_TO, False): (-1,),
    (Comparator.FROM, True): (0, 1),
    (Comparator.FROM, False): (1,),
}


def _every(truths: Iterable[Truth]) -> Truth:
    found = tuple(truths)
    if False in found:
        return False
    return None if None in found else True


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth
