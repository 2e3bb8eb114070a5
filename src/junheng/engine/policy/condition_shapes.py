"""How figures and conditions are written in a pack, and what makes one impossible.

Whatever can be known while a leaf is read is checked there, so that a message names the very
line: the fact exists and has the subject, the comparator fits its type, the unit of the figure
is its unit, the word is on its list, the boundary of 以下 and 以后 is stated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from junheng.engine.policy import literals, reader
from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
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
    Subject,
    SwitchTest,
    TrackTest,
    Unset,
    Value,
    several,
)
from junheng.engine.policy.reader import Node, Scalar, Table, written
from junheng.engine.policy.shapes import (
    SCALAR,
    UNSET_SCHEMA,
    Many,
    Mention,
    Reading,
    Schema,
    SettingOf,
    Word,
    nearest,
    scalar,
    truth,
    unset_in,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS, About, Fact, FactType

PARAMETER_SCHEMA: Schema = {
    "type": "object",
    "properties": {"parameter": {"type": "string", "description": "数值取自哪个参数，写编号"}},
    "required": ["parameter"],
    "additionalProperties": False,
}

_ORDERED = (
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.MORE_THAN,
    Comparator.LESS_THAN,
    Comparator.UP_TO,
    Comparator.FROM,
)
_ALLOWED = {
    FactType.NUMBER: (*_ORDERED, Comparator.IS),
    FactType.DATE: (*_ORDERED, Comparator.IS),
    FactType.TRUTH: (Comparator.IS,),
    FactType.WORD: (Comparator.IS, Comparator.AMONG),
    FactType.WORDS: (Comparator.OVERLAPS,),
}
_ON_SCALE = (
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.MORE_THAN,
    Comparator.LESS_THAN,
)
_READ_EITHER_WAY = (Comparator.UP_TO, Comparator.FROM)
_READING = SettingOf(TOPICS["boundary"], "boundary")


ANY_UNIT = ""
"""Unit of a figure that goes with a fact whose unit is known only elsewhere."""


@dataclass(frozen=True, slots=True)
class FigureOf:
    """A literal, ``{parameter: id}`` or ``{unset: why}`` of a unit; a list where ``many``.

    A parameter may have one of the units ``also``, which count the same.
    """

    unit: str
    many: bool = False
    also: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"数值{unit}；或 `{{parameter: 编号}}`；或 `{{unset: 原因}}`"

    def read(self, node: Node, reading: Reading) -> Figure:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        referred = reference(node, reading, (self.unit, *self.also))
        if referred is not None:
            return referred
        if self.many and isinstance(node, reader.Sequence):
            return Literal(tuple(self._value(part, reading) for part in node.parts))
        return Literal((self._value(node, reading),))

    def _value(self, node: Node, reading: Reading) -> Value:
        found = scalar(node, reading, self.says)
        value = literals.literal(found.text, self.unit) if found else ""
        if found and isinstance(value, literals.Fault):
            reading.wrong(value.code, found.place, found=found.text, expected=value.expected)
        return "" if isinstance(value, literals.Fault) else value

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        written_out: list[Schema] = [SCALAR, PARAMETER_SCHEMA, UNSET_SCHEMA]
        if self.many:
            written_out.append({"type": "array", "items": SCALAR})
        return {"anyOf": written_out}


def reference(
    node: Node, reading: Reading, units: tuple[str, ...]
) -> ParameterRef | Unset | None:
    """Return the parameter or unset value a node states, if it states one."""
    unset = unset_in(node, reading)
    if unset is not None:
        return unset
    if not (isinstance(node, Table) and set(node.places) == {"parameter"}):
        return None
    named = scalar(node.entries["parameter"], reading, "parameters") if node.entries else None
    if named is None:
        return ParameterRef("")
    unit = reading.units.get(named.text, "")
    if unit and unit not in units and ANY_UNIT not in units:
        reading.wrong(
            "wrong-unit", named.place, found=f"{named.text}: {unit}", expected="、".join(units)
        )
    return ParameterRef(reading.mention(named, "parameters"))


@dataclass(frozen=True, slots=True)
class ConditionOf:
    """A condition on persons, units or moves."""

    about: About

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"条件（关于{_ABOUT[self.about]}）"

    def read(self, node: Node, reading: Reading) -> Condition:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        return _Conditions(self.about, reading).read(node)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"$ref": "#/$defs/condition"}


_ABOUT = {
    About.PERSON: "人员",
    About.UNIT: "单位",
    About.MOVE: "一次交流",
    About.PLACEMENT: "派任",
}
_LEAVES = ("fact", "class", "track", "rule", "switch", "flow", "arrangement")
_WITH_TWO_ENDS = (About.MOVE, About.PLACEMENT)
_SEVERAL = {"at_least", "of"}
_MOST_PARTS = 8
_KEYS = ("all", "any", "not", *_LEAVES)


class _Conditions:
    """Reads one condition tree."""

    def __init__(self, about: About, reading: Reading) -> None:
        self._about = about
        self._reading = reading
        self._readers: dict[str, Callable[[Table], Condition]] = {
            "all": lambda table: All(self._parts(table, "all")),
            "any": lambda table: AnyOf(self._parts(table, "any")),
            "not": lambda table: Not(self.read(table.entries["not"])),
            "fact": self._fact,
            "class": self._class,
            "track": self._track,
            "rule": self._rule,
            "switch": self._switch,
            "flow": self._flow,
            "arrangement": self._arrangement,
        }

    def read(self, node: Node) -> Condition:
        if isinstance(node, Scalar) and node.text == "always":
            return Always()
        if not isinstance(node, Table):
            self._reading.wrong(
                "not-a-condition", node.place, found=written(node), expected="、".join(_KEYS)
            )
            return Always()
        if set(node.places) == _SEVERAL and set(node.entries) == _SEVERAL:
            return self._several(node)
        kinds = [key for key in _KEYS if key in node.entries]
        if len(kinds) != 1:
            self._unreadable(node)
            return Always()
        return self._readers[kinds[0]](node)

    def _several(self, table: Table) -> Condition:
        parts: tuple[Condition, ...] = Many(ConditionOf(self._about)).read(
            table.entries["of"], self._reading
        )
        word = self._word(table.entries["at_least"])
        number = literals.number(word.text)
        if isinstance(number, literals.Fault) or number not in range(2, len(parts)):
            expected = f"2 – {len(parts) - 1}" if len(parts) > 2 else "any、all"
            self._reading.wrong("not-so-many", word.place, found=word.text, expected=expected)
            return Always()
        if len(parts) > _MOST_PARTS:
            self._reading.wrong(
                "too-many-parts",
                table.place,
                found=str(len(parts)),
                expected=str(_MOST_PARTS),
            )
            return Always()
        return several(int(number), parts)

    def _unreadable(self, node: Table) -> None:
        key = next(iter(node.places), "")
        self._reading.wrong(
            "not-a-condition",
            node.place,
            found=written(node),
            expected=f"{'、'.join(_KEYS)}（最接近 {nearest(key, _KEYS)}）",
        )

    def _only(self, table: Table, *keys: str) -> None:
        for key, place in table.places.items():
            if key not in keys:
                self._reading.unlisted("unknown-key", Scalar(key, place), keys)

    def _parts(self, table: Table, key: str) -> tuple[Condition, ...]:
        self._only(table, key)
        shape = Many(ConditionOf(self._about))
        found: tuple[Condition, ...] = shape.read(table.entries[key], self._reading)
        return found

    def _word(self, node: Node) -> Scalar:
        found = scalar(node, self._reading, "编号")
        return found or Scalar("", node.place)

    def _subject(self, table: Table) -> Subject | None:
        if "of" not in table.entries:
            return None
        words = tuple(each.value for each in Subject)
        found: Subject | None = Word(words, Subject).read(table.entries["of"], self._reading)
        if found in {Subject.ORIGIN, Subject.DESTINATION, Subject.HOST} and (
            self._about not in _WITH_TWO_ENDS
        ):
            self._reading.wrong(
                "no-such-subject", table.place, found=str(found), expected=_ABOUT[self._about]
            )
        return found

    def _class(self, table: Table) -> Condition:
        self._only(table, "class", "of")
        named = self._word(table.entries["class"])
        about = self._reading.class_of.get(named.text)
        if about is About.PERSON and (self._about is About.UNIT or "of" in table.entries):
            self._reading.wrong(
                "wrong-subject",
                named.place,
                found=named.text,
                about=_ABOUT[about],
                expected=_ABOUT[About.UNIT],
            )
        return ClassTest(self._reading.mention(named, "classes"), self._subject(table))

    def _track(self, table: Table) -> Condition:
        self._only(table, "track")
        return TrackTest(
            Many(Mention(("tracks",)), lone=True).read(table.entries["track"], self._reading)
        )

    def _rule(self, table: Table) -> Condition:
        self._only(table, "rule")
        return RuleTest(self._reading.mention(self._word(table.entries["rule"]), "rules"))

    def _switch(self, table: Table) -> Condition:
        self._only(table, "switch", "is")
        named = self._word(table.entries["switch"])
        option = self._word(table.entries.get("is", Scalar("", table.place)))
        _, options = self._reading.topics.get(named.text, ("", ()))
        if options and option.text not in options:
            self._reading.unlisted("unknown-option", option, options, switch=named.text)
        return SwitchTest(self._reading.mention(named, "switches"), option.text)

    def _flow(self, table: Table) -> Condition:
        self._only(table, "flow")
        if self._about not in _WITH_TWO_ENDS:
            self._reading.wrong(
                "no-such-subject", table.place, found="flow", expected=_ABOUT[self._about]
            )
        rows = Many(Many(Mention(("classes",)))).read(table.entries["flow"], self._reading)
        pairs = tuple(row for row in rows if len(row) == 2)
        if len(pairs) != len(rows):
            self._reading.wrong(
                "not-a-pair", table.place, found=written(table), expected="[[a, b]]"
            )
        return FlowTest(pairs)

    def _arrangement(self, table: Table) -> Condition:
        self._only(table, "arrangement")
        if self._about is not About.PLACEMENT:
            self._reading.wrong(
                "no-such-subject",
                table.place,
                found="arrangement",
                expected=_ABOUT[About.PLACEMENT],
            )
        shape = Many(Mention(("arrangements",)), lone=True)
        forms = shape.read(table.entries["arrangement"], self._reading)
        comparison = Comparison(Comparator.AMONG, Literal(forms))
        return FactTest("arrangement", (comparison,))

    def _fact(self, table: Table) -> Condition:
        comparators = [each for each in Comparator if each.value in table.entries]
        words = tuple(each.value for each in Comparator)
        self._only(table, "fact", "of", "for", "reading", "on_scale", *words)
        named = self._word(table.entries["fact"])
        fact = self._reading.facts.get(named.text)
        if fact is None:
            self._reading.unlisted("unknown-fact", named, tuple(self._reading.facts))
            return Always()
        self._check_subject(named, fact)
        check_measured(named, fact, self._reading)
        if not comparators:
            expected = "、".join(each.value for each in _ALLOWED[fact.type])
            self._reading.wrong(
                "no-comparator", table.place, fact=named.text, expected=expected
            )
        comparisons = tuple(self._compare(table, named, fact, each) for each in comparators)
        matter = self._matter(table, named, fact)
        fact_id = self._reading.mention(named, "facts", "registered")
        return FactTest(
            fact_id, comparisons, self._subject(table), matter, self._scale(table, named, fact)
        )

    def _matter(self, table: Table, named: Scalar, fact: Fact) -> str:
        if "for" not in table.entries:
            return ""
        if not fact.matters:
            able = "、".join(name for name, each in FACTS.items() if each.matters)
            place = table.places["for"]
            self._reading.wrong("fact-about-nothing", place, fact=named.text, expected=able)
        return self._word(table.entries["for"]).text

    def _scale(self, table: Table, named: Scalar, fact: Fact) -> str:
        if "on_scale" not in table.entries:
            return ""
        scale = self._word(table.entries["on_scale"])
        if fact.type is not FactType.WORD:
            self._reading.wrong("no-scale-for-fact", scale.place, fact=named.text)
        return self._reading.mention(scale, "scales")

    def _check_subject(self, named: Scalar, fact: Fact) -> None:
        misplaced = (
            (fact.about is About.MOVE and self._about not in _WITH_TWO_ENDS)
            or (fact.about is About.PERSON and self._about is About.UNIT)
            or (fact.about is About.PLACEMENT and self._about is not About.PLACEMENT)
        )
        if misplaced:
            self._reading.wrong(
                "wrong-subject",
                named.place,
                found=named.text,
                about=_ABOUT[fact.about],
                expected=_ABOUT[self._about],
            )

    def _compare(
        self, table: Table, named: Scalar, fact: Fact, comparator: Comparator
    ) -> Comparison:
        allowed = _ALLOWED[fact.type]
        if fact.type is FactType.WORD and "on_scale" in table.places:
            allowed = (*allowed, *_ON_SCALE)
        node = table.entries[comparator.value]
        if comparator not in allowed:
            self._reading.wrong(
                "wrong-comparator",
                node.place,
                fact=named.text,
                found=comparator.value,
                expected="、".join(each.value for each in allowed),
            )
        self._check_reading(table, comparator)
        read_either_way = comparator in _READ_EITHER_WAY and "reading" in table.entries
        setting = (
            _READING.read(table.entries["reading"], self._reading) if read_either_way else None
        )
        return Comparison(comparator, self._figure(node, fact), setting)

    def _check_reading(self, table: Table, comparator: Comparator) -> None:
        either = comparator in _READ_EITHER_WAY
        if either and "reading" not in table.places:
            self._reading.wrong("no-reading", table.place, found=comparator.value)
        if not either and "reading" in table.places:
            self._reading.wrong(
                "needless-reading", table.places["reading"], found=comparator.value
            )

    def _figure(self, node: Node, fact: Fact) -> Figure:
        match fact.type:
            case FactType.NUMBER:
                return FigureOf(fact.unit).read(node, self._reading)
            case FactType.DATE:
                return FigureOf("date").read(node, self._reading)
            case FactType.TRUTH:
                answer = Word(("yes", "no"), truth).read(node, self._reading)
                return Literal((bool(answer),))
            case _:
                return self._words(node, fact)

    def _words(self, node: Node, fact: Fact) -> Figure:
        referred = reference(node, self._reading, ("words",))
        if referred is not None:
            return referred
        parts = node.parts if isinstance(node, reader.Sequence) else (node,)
        found = [self._word(part) for part in parts]
        for word in found:
            if fact.words and word.text not in fact.words:
                report = self._doubt if fact.open_ended else self._reading.unlisted
                report("unlisted-word" if fact.open_ended else "not-in-list", word, fact.words)
        return Literal(tuple(word.text for word in found))

    def _doubt(self, code: str, word: Scalar, known: tuple[str, ...]) -> None:
        self._reading.doubtful(
            code, word.place, found=word.text, nearest=nearest(word.text, known)
        )


def check_measured(named: Scalar, fact: Fact, reading: Reading) -> None:
    """Refuse a registered fact named by itself where a pack must say how it is measured."""
    needed = [name for name, each in fact.settings.items() if each.required]
    if needed and FACTS.get(named.text) is fact:
        expected = "、".join(needed)
        reading.wrong("fact-needs-settings", named.place, fact=named.text, expected=expected)


@dataclass(frozen=True, slots=True)
class FactOf:
    """A fact outside a condition: registered and needing no settings, or the pack's own."""

    about: About

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return "`facts` 条目的编号，或登记的事实"

    def read(self, node: Node, reading: Reading) -> str:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        named = scalar(node, reading, self.says)
        if named is None:
            return ""
        fact = reading.facts.get(named.text)
        if fact is not None:
            check_measured(named, fact, reading)
            if fact.about is not self.about:
                values = {"about": _ABOUT[fact.about], "expected": _ABOUT[self.about]}
                reading.wrong("wrong-subject", named.place, found=named.text, **values)
        return reading.mention(named, "facts", "registered")

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "string"}
