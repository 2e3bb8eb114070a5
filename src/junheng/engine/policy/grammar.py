"""Which kinds of items a pack may have, and which keys its header has.

The tables here are the grammar: the reader checks by them, the JSON Schema for editors and
the reference page are generated from them. A kind itself is described beside the class of its
items, in :mod:`junheng.engine.policy.items`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.item import Outcome
from junheng.engine.policy.items import (
    arrangements,
    bodies,
    calendars,
    cases,
    consequences,
    eligibility,
    facts,
    figures,
    incentives,
    moves,
    papers,
    planning,
    quotas,
    rubrics,
    scales,
    selection,
    service,
    sources,
    standards,
    steps,
)
from junheng.engine.policy.items.eligibility import EFFECT
from junheng.engine.policy.kind import CLAUSES, OPEN, TITLE, Kind
from junheng.engine.policy.reader import Node, Scalar
from junheng.engine.policy.shapes import (
    DAY,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    Schema,
    Text,
    Word,
    read_fields,
    table_schema,
)
from junheng.messages import Bilingual

_TOPICS = (
    sources,
    figures,
    scales,
    facts,
    eligibility,
    quotas,
    moves,
    arrangements,
    bodies,
    steps,
    papers,
    service,
    consequences,
    calendars,
    rubrics,
    selection,
    incentives,
    standards,
    planning,
    cases,
)

KINDS: Mapping[str, Kind] = {
    name: kind for topic in _TOPICS for name, kind in topic.KINDS.items()
}
"""The kinds in the order of the reference."""


@dataclass(frozen=True, slots=True)
class NeedsDocument:
    """A document to be supplied first: its id among the sources, or ``{title, source}``."""

    says: str = "`sources` 条目的编号，或 `{title: 名称, source: 条款}`"

    def _fields(self) -> dict[str, Field]:
        return {
            "title": Field(Text(), "名称", required=True),
            "source": Field(CLAUSES, "从何得知", required=True),
        }

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar):
            return reading.mention(node, "sources")
        found = read_fields(node, self._fields(), reading, self.says)
        return found["title"] if found else ""

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [{"type": "string"}, table_schema(self._fields())]}


_TRACK = Record(
    {"id": Field(Text(), required=True), "title": Field(TITLE, required=True)},
    lambda id, title: (id, title),
    "一种人员类型",
)


@dataclass(frozen=True, slots=True)
class _Track:
    """One track: its id, or its id and title; read as a pair."""

    says: str = "编号，或 `{id, title}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar):
            return node.text, Bilingual(node.text)
        return _TRACK.read(node, reading) or ("", Bilingual(""))

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [{"type": "string"}, _TRACK.schema()]}


HEADER: Mapping[str, Field] = {
    "id": Field(Text("编号"), "与文件夹同名", required=True),
    "title": Field(TITLE, "名称", required=True),
    "level": Field(OPEN, "层级", required=True),
    "authority": Field(TITLE, "主管部门", required=True),
    "version": Field(Text(), "版本", required=True),
    "valid": Field(
        Record(
            {"since": Field(OrUnset(DAY)), "undated": Field(Text())},
            lambda since=None, undated="": since,
            "`{since: 日期}` 或 `{undated: 原因}`",
        ),
        "施行日期",
        required=True,
    ),
    "extends": Field(
        Many(
            Record(
                {
                    "pack": Field(Text(), "上级包编号", required=True),
                    "version": Field(Text(), "上级包版本", required=True),
                    "withdraws": Field(Many(Text()), "撤回的条目"),
                },
                lambda pack, version, withdraws=(): (pack, version, withdraws),
                "上级包",
            )
        ),
        "上级包，近者在后",
    ),
    "as_of": Field(Mention(("dates",)), "事实取哪一天"),
    "precedence": Field(
        Many(EFFECT),
        "结果的先后，先成立者为准",
    ),
    "otherwise": Field(Word((Outcome.NOT_DUE.value,), Outcome), "都不成立时"),
    "tracks": Field(
        Many(_Track()), "人员类型，先后为序：编号，或 `{id, title}`", attribute="titled_tracks"
    ),
    "kind": Field(Word(("rotation", "hiring", "activity")), "轮岗、竞聘，还是不涉及轮岗的活动"),
    "needs_document": Field(NeedsDocument(), "须先取得的文件"),
    "higher_documents": Field(
        Record(
            {
                "prevail": Field(Word(("yes",)), "以上级文件为准", required=True),
                "on": Field(Many(Word(("conflict", "silence"))), "何时", required=True),
                "source": Field(CLAUSES, "依据", required=True),
            },
            lambda prevail, on, source: (on, source),
            "与上级文件不一致或没有规定时的处理",
        ),
        "上级文件优先",
    ),
    "note": Field(Text(), "说明"),
}
"""Keys of ``pack:``."""
