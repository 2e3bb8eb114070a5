"""The shapes of values in a pack file: how each is read, described, and put into a schema.

A shape never raises: what it finds wrong goes to the reading, and the item it belongs to is
then left out. So everything wrong in a pack is found at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol

from junheng.engine.policy import literals, reader
from junheng.engine.policy.conditions import SwitchRef, Unset
from junheng.engine.policy.item import Strength
from junheng.engine.policy.reader import Node, Scalar, Table, written
from junheng.engine.policy.vocabulary import About, Fact
from junheng.errors import PackPlace, Problem, Severity

Schema = dict[str, Any]
SCALAR: Schema = {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Use:
    """One mention of another item: where, and of which kinds it may be."""

    id: str
    kinds: tuple[str, ...]
    place: PackPlace


@dataclass(slots=True)
class Reading:
    """What shapes need to know of the rest of the pack, and what they find.

    Attributes
    ----------
    facts : registered facts and the pack's own, by name
    units : unit of each parameter
    topics : topic of each switch, and its own options where it is a ``choice``
    class_of : what each class is about
    uses : mentions of other items, in the order read
    item : the item being read, for messages
    lost : tables with a value that the reader of YAML has already refused
    """

    facts: Mapping[str, Fact]
    units: Mapping[str, str]
    topics: Mapping[str, tuple[str, tuple[str, ...]]]
    class_of: Mapping[str, About]
    problems: list[Problem] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    item: str = ""
    lost: int = 0

    @property
    def errors(self) -> int:
        """How many errors were found so far, those the reader of YAML met included."""
        return self.lost + sum(problem.is_error for problem in self.problems)

    def wrong(self, code: str, place: PackPlace, **values: str) -> None:
        """Report an error at a place."""
        self._add(code, place, Severity.ERROR, values)

    def doubtful(self, code: str, place: PackPlace, **values: str) -> None:
        """Report a warning at a place."""
        self._add(code, place, Severity.WARNING, values)

    def _add(
        self, code: str, place: PackPlace, severity: Severity, values: dict[str, str]
    ) -> None:
        found = {"item": self.item, **values}
        self.problems.append(Problem(f"pack.{code}", severity, place, found))

    def unlisted(self, code: str, node: Scalar, known: Collection[str], **more: str) -> None:
        """Report a word that is not on its list, with the nearest one that is."""
        self.wrong(
            code,
            node.place,
            found=node.text,
            expected=listing(known),
            nearest=nearest(node.text, known),
            **more,
        )

    def mention(self, node: Scalar, *kinds: str) -> str:
        """Note that another item is mentioned, and return its id."""
        self.uses.append(Use(node.text, kinds, node.place))
        return node.text


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word most like ``word``, or a dash."""
    inside = sorted(each for each in known if word and (word in each or each in word))
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.5) or inside[:1]
    return close[0] if close else "—"


def listing(known: Collection[str], most: int = 14) -> str:
    """List what is allowed, shortened where it is long."""
    shown = list(known)[:most]
    return "、".join(shown) + ("…" if len(known) > most else "")


class Shape(Protocol):
    """What a value must look like."""

    @property
    def says(self) -> str:
        """Describe the shape in Chinese, for the reference."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; anything after reporting an error."""

    def schema(self) -> Schema:
        """Return the JSON Schema for editors."""


def scalar(node: Node, reading: Reading, expected: str) -> Scalar | None:
    """Return the node if it is one value, else report."""
    if isinstance(node, Scalar):
        return node
    reading.wrong("not-one-value", node.place, found=written(node), expected=expected)
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """Free text."""

    says: str = "文字"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = scalar(node, reading, self.says)
        return found.text if found else ""

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return SCALAR


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value that one function reads, such as a share or a day."""

    parse: Callable[[str], Any]
    says: str

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = scalar(node, reading, self.says)
        if found is None:
            return None
        value = self.parse(found.text)
        if isinstance(value, literals.Fault):
            reading.wrong(value.code, found.place, found=found.text, expected=value.expected)
        return value

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return SCALAR


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a closed list; ``into`` turns it into its type."""

    words: tuple[str, ...]
    into: Callable[[str], Any] = str

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return " · ".join(f"`{word}`" for word in self.words)

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = scalar(node, reading, listing(self.words))
        if found is None:
            return None
        if found.text in self.words:
            return self.into(found.text)
        reading.unlisted("unknown-word", found, self.words, key=found.place.key)
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        truths: list[Any] = [word == "yes" for word in self.words if word in {"yes", "no"}]
        return {"enum": [*self.words, *truths]}


def truth(text: str) -> bool:
    """Return whether a truth word is yes."""
    return text == "yes"


YES_NO = Word(("yes", "no"), truth)
STRENGTH = Word(tuple(each.value for each in Strength), Strength)
DAY = Parsed(literals.day, "日期，如 `2025-09-01`")


@dataclass(frozen=True, slots=True)
class Mention:
    """The id of another item, of one of these kinds."""

    kinds: tuple[str, ...]

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return "/".join(f"`{kind}`" for kind in self.kinds) + " 条目的编号"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = scalar(node, reading, self.says)
        return reading.mention(found, *self.kinds) if found else ""

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Many:
    """A list; where ``lone`` is set, a single value may stand without brackets."""

    of: Shape
    lone: bool = False

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"列表：{self.of.says}" if not self.lone else f"{self.of.says}，或其列表"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, reader.Sequence):
            if not node.parts:
                reading.wrong("empty-list", node.place, key=node.place.key)
            return tuple(self.of.read(part, reading) for part in node.parts)
        if self.lone:
            return (self.of.read(node, reading),)
        reading.wrong("not-a-list", node.place, found=written(node), expected=self.says)
        return ()

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        many: Schema = {"type": "array", "items": self.of.schema(), "minItems": 1}
        return {"anyOf": [self.of.schema(), many]} if self.lone else many


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table from words to values, read as pairs in the order written."""

    of: Shape
    keys: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"对照表，值为{self.of.says}"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if not isinstance(node, Table):
            reading.wrong("not-pairs", node.place, found=written(node), expected=self.says)
            return ()
        for key in node.places:
            if self.keys and key not in self.keys:
                reading.unlisted("unknown-key", Scalar(key, node.places[key]), self.keys)
        return tuple((key, self.of.read(each, reading)) for key, each in node.entries.items())

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        if not self.keys:
            return {"type": "object", "additionalProperties": self.of.schema()}
        listed = {key: {**self.of.schema(), "description": self.of.says} for key in self.keys}
        return {"type": "object", "properties": listed, "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table: its shape, whether it must be there, where the value goes."""

    shape: Shape
    says: str = ""
    required: bool = False
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A table with known keys; ``build`` makes the value from those that are there."""

    fields: Mapping[str, Field]
    build: Callable[..., Any]
    title: str

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return self.title

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        before = reading.errors
        values = read_fields(node, self.fields, reading, self.title)
        if values is None or reading.errors > before:
            return None
        return self.build(**values)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return table_schema(self.fields)


def read_fields(
    node: Node, fields: Mapping[str, Field], reading: Reading, expected: str
) -> dict[str, Any] | None:
    """Read the keys of a table; None, reported, where one that should be there cannot be."""
    if not isinstance(node, Table):
        reading.wrong("not-pairs", node.place, found=written(node), expected=expected)
        return None
    for key, place in node.places.items():
        if key not in fields:
            reading.unlisted("unknown-key", Scalar(key, place), tuple(fields))
    absent = [key for key, each in fields.items() if each.required and key not in node.places]
    for key in absent:
        reading.wrong("missing-key", node.place, key=key, expected=fields[key].shape.says)
    values = {
        fields[key].attribute or key: fields[key].shape.read(each, reading)
        for key, each in node.entries.items()
        if key in fields
    }
    if node.places.keys() - node.entries.keys():
        reading.lost += 1
        return None
    return None if absent else values


def table_schema(fields: Mapping[str, Field]) -> Schema:
    """Return the JSON Schema of a table with these keys."""
    properties = {
        key: {**each.shape.schema(), "description": each.says or each.shape.says}
        for key, each in fields.items()
    }
    required = [key for key, each in fields.items() if each.required]
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return {**schema, "required": required} if required else schema


UNSET_SCHEMA: Schema = {
    "type": "object",
    "properties": {"unset": {**SCALAR, "description": "为什么还没有定，如：原文未载"}},
    "required": ["unset"],
    "additionalProperties": False,
}


def unset_in(node: Node, reading: Reading) -> Unset | None:
    """Return the unset value a node states, if it states one."""
    if not (isinstance(node, Table) and set(node.places) == {"unset"}):
        return None
    return Unset(Text().read(node.entries["unset"], reading) if node.entries else "")


@dataclass(frozen=True, slots=True)
class OrUnset:
    """A value, or ``{unset: why}``."""

    of: Shape

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"{self.of.says}，或 `{{unset: 原因}}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        return unset_in(node, reading) or self.of.read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [self.of.schema(), UNSET_SCHEMA]}


@dataclass(frozen=True, slots=True)
class SettingOf:
    """One word of a list, ``{switch: id}`` of that topic, or ``{unset: why}``.

    With ``mentions``, the words are ids of items of that kind.
    """

    words: tuple[str, ...]
    topic: str
    mentions: str = ""

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        mentioned = f"`{self.mentions}` 条目的编号；" if self.mentions else ""
        listed = f"{Word(self.words).says}；" if self.words else mentioned
        return f"{listed}或 `{{switch: 编号}}`；或 `{{unset: 原因}}`".removeprefix("或 ")

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar):
            if self.mentions:
                return reading.mention(node, self.mentions)
            return Word(self.words).read(node, reading)
        unset = unset_in(node, reading)
        if unset is not None:
            return unset
        if isinstance(node, Table) and set(node.entries) == {"switch"}:
            return self._switch(node.entries["switch"], reading)
        reading.wrong("not-a-setting", node.place, found=written(node), expected=self.says)
        return None

    def _switch(self, node: Node, reading: Reading) -> SwitchRef:
        found = scalar(node, reading, self.says)
        if found is None:
            return SwitchRef("")
        topic, options = reading.topics.get(found.text, ("", ()))
        if topic and topic not in {self.topic, "choice"}:
            reading.wrong(
                "wrong-topic", found.place, found=f"{found.text}: {topic}", expected=self.topic
            )
        for option in options if topic == "choice" else ():
            self._option(option, found, reading)
        return SwitchRef(reading.mention(found, "switches"))

    def _option(self, option: str, found: Scalar, reading: Reading) -> None:
        if self.mentions:
            reading.mention(Scalar(option, found.place), self.mentions)
        elif self.words and option not in self.words:
            reading.unlisted("unknown-word", Scalar(option, found.place), self.words, key="")

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        word = Word(self.words).schema() if self.words else {"type": "string"}
        switch: Schema = {
            "type": "object",
            "properties": {
                "switch": {"type": "string", "description": "由哪个开关决定，写开关的编号"}
            },
            "required": ["switch"],
            "additionalProperties": False,
        }
        return {"anyOf": [word, switch, UNSET_SCHEMA]}


def plain(node: Node) -> Any:
    """Return a node as texts, tuples and dictionaries; ``null`` is None."""
    match node:
        case Scalar(text=text):
            return None if text == "null" else text
        case reader.Sequence(parts=parts):
            return tuple(plain(part) for part in parts)
        case Table(entries=entries):
            return {key: plain(each) for key, each in entries.items()}


@dataclass(frozen=True, slots=True)
class Plain:
    """Values kept as written, for cases and settings; checked where they are used."""

    says: str = "照原样保留的值"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        return plain(node)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {}
