"""Puts conditions, figures and readings of a pack into words, with titles for ids."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ByFact,
    ClassTest,
    Condition,
    FactTest,
    Figure,
    FlowTest,
    Literal,
    Not,
    RuleTest,
    Setting,
    Subject,
    SwitchTest,
    TrackTest,
    Unset,
)
from junheng.engine.policy.literals import plain
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.topics import TITLES
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.programme.itemising import Known
from junheng.messages import Language, catalogue, in_language, sentence

_OPTIONS = {word: title for topic in TITLES.values() for word, title in topic.options.items()}


@dataclass(frozen=True, slots=True)
class Speech:
    """Says values of one resolved pack in one language.

    Attributes
    ----------
    known : every item of the pack by id
    """

    pack: ResolvedPack
    known: Known
    language: Language

    def say(self, code: str, /, **values: object) -> str:
        """Fill a sentence of the area ``item``."""
        return sentence(f"item.{code}", self.language, **values)

    def joined(self, texts: Any) -> str:
        """Join texts as an enumeration."""
        return self.say("and").join(each for each in texts if each)

    def title(self, word: str) -> str:
        """Return what an id or word is called; the word itself where nothing says."""
        item = self.known.get(word)
        if item is not None:
            return str(in_language(item.title, self.language))
        for area in ("item.word", "programme.act"):
            code = f"{area}-{word.replace('_', '-')}"
            if code in catalogue(self.language):
                return sentence(code, self.language)
        return str(in_language(_OPTIONS.get(word, word), self.language))

    def named(self, word: str) -> str:
        """Return a title in quotation marks, with the id."""
        return self.say("named", title=self.title(word), id=word)

    def figure(self, figure: Figure | Setting | None) -> str:
        """Say a figure or reading; of one unset, that it is."""
        match figure:
            case Unset(why=why):
                return self.say("unset-here", why=why)
            case Literal(values=values):
                return self.joined(self._plain(each) for each in values)
            case ByFact(values=by_word):
                return self.joined(f"{word} {self.figure(each)}" for word, each in by_word)
            case str():
                return self.title(figure)
        return ""

    def _plain(self, value: object) -> str:
        match value:
            case bool():
                return self.title("yes" if value else "no")
            case Fraction() | date():
                return plain(value)
        return self.title(str(value))

    def condition(self, condition: Condition | None) -> str:
        """Say a condition; empty where there is none."""
        match condition:
            case None:
                return ""
            case Always():
                return self.say("always")
            case All(parts=parts):
                return self.say("all").join(self._inner(each) for each in parts)
            case AnyOf(parts=parts):
                return self.say("any").join(self._inner(each) for each in parts)
            case Not(part=part):
                return self.say("not", what=self._inner(part))
        return self._leaf(condition)

    def _inner(self, part: Condition) -> str:
        said = self.condition(part)
        return self.say("brackets", what=said) if isinstance(part, All | AnyOf) else said

    def _leaf(self, condition: Condition) -> str:
        said = ""
        match condition:
            case FactTest():
                said = self._fact(condition)
            case ClassTest(klass=klass, of=of):
                said = self._whose(of) + self.say("of-class", title=self.title(klass))
            case TrackTest(tracks=tracks):
                header = self.pack.header
                titles = (in_language(header.track_title(t), self.language) for t in tracks)
                said = self.say("of-class", title=self.joined(titles))
            case RuleTest(rule=rule):
                said = self.say("rule-holds", title=self.title(rule))
            case FlowTest(pairs=pairs):
                said = self.joined(
                    self.say("flow", origin=self.title(one), host=self.title(other))
                    for one, other in pairs
                )
            case SwitchTest(switch=switch, option=option):
                read = {"title": self.title(switch), "option": self.title(option)}
                said = self.say("reading", **read)
        return said

    def _whose(self, of: Subject | None) -> str:
        return "" if of is None else self.say(f"whose-{of.value.replace('_', '-')}")

    def _fact(self, test: FactTest) -> str:
        fact = FACTS.get(test.fact)
        own = self.title(test.fact)
        title = in_language(fact.title, self.language) if fact and own == test.fact else own
        compared = (
            self.say(
                each.comparator.value.replace("_", "-"),
                figure=self.figure(each.figure),
                reading=self._reading(each.reading),
            )
            for each in test.comparisons
        )
        return self._whose(test.of) + str(title) + self.joined(compared)

    def _reading(self, reading: Setting | None) -> str:
        return "" if reading is None else self.say("reading-of", how=self.figure(reading))

    def value(self, value: Any) -> str:
        """Say any value of an item; a table by its parts; empty for nothing, no and none."""
        if value is None or value is False or value in ("", ()):
            return ""
        match value:
            case Unset() | Literal() | ByFact():
                said = self.figure(value)
            case tuple():
                said = self.joined(self.value(each) for each in value)
            case int() if not isinstance(value, bool):
                said = str(value or "")
            case _ if isinstance(value, Condition):
                said = self.condition(value)
            case _ if is_dataclass(value):
                said = self._parts(value)
            case _:
                said = self._plain(value)
        return said

    def _parts(self, value: Any) -> str:
        said = (self.value(getattr(value, each.name)) for each in fields(value))
        return self.say("parts").join(each for each in said if each)
