"""What is asked of a fact: its registered name, how it is measured, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.items import FactSetting, RetirementSchedule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.screening.days import number
from junheng.engine.screening.facts.values import FactValue
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask
from junheng.errors import EngineBug, Problem, UnsetFigures

RETIREMENT_SCHEDULE = "retirement-schedule"
"""The parameter that holds the statutory retirement ages."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact as one question asks for it.

    Attributes
    ----------
    name : registered name
    on : the day it is taken at (§4)
    settings : setting name → word, list of words, figure, or one word for each kind
    schedule : the pack's statutory retirement ages, for the fact that reads them
    matters : what it is about, by id and by title; empty where the condition does not say
    """

    name: str
    on: date
    settings: tuple[tuple[str, FactSetting], ...] = ()
    schedule: RetirementSchedule | None = None
    matters: tuple[str, ...] = ()

    @property
    def day(self) -> int:
        """Return the day as its number."""
        return number(self.on)

    def word(self, setting: str) -> str:
        """Return a setting that is one word."""
        value = self._value(setting)
        return value if isinstance(value, str) else ""

    def words(self, setting: str) -> tuple[str, ...]:
        """Return a setting that is a list of words; empty where the pack gives none."""
        value = self._value(setting)
        if isinstance(value, Literal):
            return tuple(str(word) for word in value.values)
        return (value,) if isinstance(value, str) and value else ()

    def whole(self, setting: str) -> int:
        """Return a setting that is a whole number; 0 where the pack gives none."""
        value = self._value(setting)
        return int(str(value.values[0])) if isinstance(value, Literal) else 0

    def figure(self, setting: str) -> Fraction:
        """Return a setting that is a number; 0 where the pack gives none."""
        match self._value(setting):
            case Literal((Fraction() as number, *_)):
                return number
        return Fraction(0)

    def date(self, setting: str) -> date | None:
        """Return a setting that is a day; none where the pack gives none."""
        match self._value(setting):
            case Literal((date() as day, *_)):
                return day
        return None

    def states(self, setting: str) -> bool:
        """Return whether the pack gives a setting."""
        return bool(self._value(setting))

    def with_settings(self, name: str, **settings: FactSetting) -> Measure:
        """Return the question for another fact, with some settings of its own."""
        return replace(self, name=name, settings=(*self.settings, *settings.items()))

    def refuse(self, setting: str) -> UnsetFigures:
        """Return the refusal of a question that needs a setting the pack does not give."""
        return _unset(f"{self.name}.{setting}")

    def by_kind(self, setting: str) -> dict[str, str]:
        """Return a setting that is one word for each kind."""
        value = self._value(setting)
        if not isinstance(value, tuple):
            return {}
        for kind, word in value:
            if not isinstance(word, str):
                raise _unset(f"{self.name}.{setting}.{kind}")
        return {kind: str(word) for kind, word in value}

    def _value(self, setting: str) -> FactSetting:
        value = dict(self.settings).get(setting, "")
        if isinstance(value, Unset):
            raise _unset(value.id or f"{self.name}.{setting}")
        return value


def _unset(identity: str) -> UnsetFigures:
    values = {"id": identity, "title": "", "clause": "—", "why": ""}
    return UnsetFigures([Problem("pack.unset", values=values)])


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a fact can be unknown: which column would say it, and for whom it does not.

    ``column`` is empty where the whole table is not known to be complete.
    """

    table: str
    column: str
    where: Mask


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact of every subject, with what is missing where it is unknown."""

    value: FactValue
    gaps: tuple[Gap, ...] = ()


FactFunction = Callable[[Ground, Measure], Computed]


def measure_of(pack: ResolvedPack, fact: str, matter: str = "") -> Measure:
    """Return what a fact test of a pack asks for: a registered fact, or one of the pack's own.

    ``matter`` is the id of what the test is about (``for:``); a record may name it by its
    title as well.

    Raises
    ------
    UnsetFigures
        If the date it is taken at, or a parameter it reads, is not set.
    """
    item = pack.items.facts.get(fact)
    name = fact if item is None else item.origin
    on = day_of(pack, "" if item is None else item.on)
    settings = () if item is None else item.settings
    schedule = _schedule(pack) if RETIREMENT_SCHEDULE in FACTS[name].reads else None
    matters = _matters(pack, matter) if matter and FACTS[name].matters else ()
    return Measure(name, on, settings, schedule, matters)


def _matters(pack: ResolvedPack, matter: str) -> tuple[str, ...]:
    """Return the words by which a record can name a matter of the pack."""
    kinds = (getattr(pack.items, each.name) for each in fields(pack.items))
    titles = [held[matter].title for held in kinds if matter in held]
    return tuple(dict.fromkeys((matter, *titles)))


def _schedule(pack: ResolvedPack) -> RetirementSchedule:
    """Return the statutory retirement ages in force on the date of the question."""
    if RETIREMENT_SCHEDULE not in pack.items.parameters:
        raise _unset(RETIREMENT_SCHEDULE)
    match pack.figure(RETIREMENT_SCHEDULE):
        case RetirementSchedule() as schedule:
            return schedule
        case Unset():
            raise _unset(RETIREMENT_SCHEDULE)
        case other:
            raise bug(type(other).__name__)


def day_of(pack: ResolvedPack, date_id: str) -> date:
    """Return the day of a pack's date; of its as-of date, else of the question, for ''."""
    day = pack.dates.get(date_id or pack.header.as_of, pack.on)
    if isinstance(day, Unset):
        raise _unset(day.id)
    return day


def bug(found: str) -> EngineBug:
    """Return the error for what a checked pack cannot ask."""
    return EngineBug([Problem("screening.bug", values={"found": found})])
