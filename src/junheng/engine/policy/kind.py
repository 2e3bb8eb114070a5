"""What a kind of item is: its Chinese name, its class, its keys and how they become an item.

Each module of :mod:`junheng.engine.policy.items` holds some kinds whole: the classes of their
items, the shapes only they have, and their entries in ``KINDS``. To add a kind, write those
there, and give it its attribute in :class:`junheng.engine.policy.pack.Items`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import ConditionOf
from junheng.engine.policy.item import Item
from junheng.engine.policy.reader import Node, Scalar, Table
from junheng.engine.policy.shapes import (
    DAY,
    SCALAR,
    Field,
    Many,
    Mention,
    Reading,
    Record,
    Schema,
    Text,
    Word,
    read_fields,
    table_schema,
)
from junheng.engine.policy.vocabulary import About
from junheng.messages import Bilingual

Values = dict[str, Any]
Arranged = Callable[[Values, Table, Reading], Values]


def as_read(values: Values, table: Table, reading: Reading) -> Values:
    """Return the values as they were read."""
    return values


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    Attributes
    ----------
    title : Chinese name
    item : class of the items
    fields : keys beside the common ones
    sourced : whether an item must cite a clause
    arrange : turns what was read into the attributes of the item, where they differ
    titled : whether an item must have a title; else its id stands for it
    choose : gives the keys of one item, where they depend on what is written in it
    """

    title: str
    item: type[Item]
    fields: Mapping[str, Field]
    sourced: bool = True
    titled: bool = True
    arrange: Arranged = as_read
    choose: Callable[[Table], Mapping[str, Field]] | None = None


STRICTER = "stricter"
OPEN = Word(
    (
        "nation",
        "province",
        "city",
        "county",
        "district",
        "town",
        "school_district",
        "school",
        "unit",
    )
)
"""Levels of authorities, highest first."""
OPEN_TO = Word((*OPEN.words, STRICTER))
"""Who below may override an item: a level, or anybody who only tightens it."""


@dataclass(frozen=True, slots=True)
class Title:
    """A Chinese title, or ``{zh, en}``."""

    says: str = "中文名称，或 `{zh, en}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar):
            return Bilingual(node.text)
        keys = {"zh": Field(Text(), required=True), "en": Field(Text(), required=True)}
        found = read_fields(node, keys, reading, self.says)
        return Bilingual(found["zh"], found["en"]) if found else Bilingual("")

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        keys = {"zh": Field(Text(), required=True), "en": Field(Text(), required=True)}
        return {"anyOf": [SCALAR, table_schema(keys)]}


TITLE = Title()
PERSON = ConditionOf(About.PERSON)
UNIT = ConditionOf(About.UNIT)
MOVE = ConditionOf(About.MOVE)
PLACEMENT = ConditionOf(About.PLACEMENT)
BODIES = Many(Mention(("bodies",)), lone=True)
CLAUSES = Many(Mention(("clauses",)), lone=True)

COMMON: Mapping[str, Field] = {
    "id": Field(Text("编号，小写字母、数字和连字符"), "全包唯一，永不重用", required=True),
    "title": Field(TITLE, "中文名称，或 `{zh, en}`", required=True),
    "source": Field(CLAUSES, "依据的条款编号"),
    "only_if": Field(PERSON, "只在某一开关取某一选项时存在"),
    "in_force": Field(
        Record(
            {"since": Field(DAY), "until": Field(DAY)},
            lambda since=None, until=None: (since, until),
            "起止日期，含起不含止",
        ),
        "有效期间",
    ),
    "open": Field(
        Many(OPEN_TO), "可以改动本条的下级；`stricter` 为谁都可以收紧", attribute="open_to"
    ),
    "note": Field(Text(), "说明"),
}
"""Keys that every item may have."""
