"""Sources (依据文件): policy documents with their clauses, restated in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import Field, Many, OrUnset, Reading, Record, Text, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The smallest citable part of a document, restated in our own words.

    ``because`` says why a part is no rule text and nothing can cite it; empty where it is.
    """

    id: str
    at: str
    says: str
    document: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Item):
    """A policy document (政策文件) with its clauses."""

    issuer: str
    number: str | Unset
    dated: date | str | Unset
    clauses: tuple[Clause, ...]


CLAUSE = Record(
    {
        "id": Field(Text(), required=True),
        "at": Field(Text(), "在原文的位置", required=True),
        "says": Field(Text(), "用自己的话转述", required=True),
        "rule": Field(Word(("no",)), "不是规则，没有条目会引用"),
        "because": Field(Text(), "为什么不是规则"),
    },
    lambda rule="", **clause: Clause(document="", **clause),
    "条款",
)


def _document(values: Values, table: Table, reading: Reading) -> Values:
    for node in getattr(table.entries.get("clauses"), "parts", ()):
        if isinstance(node, Table) and ("rule" in node.places) != ("because" in node.places):
            reading.wrong("no-rule-half-said", node.place, found="、".join(node.places))
    clauses = tuple(
        replace(each, document=values["id"]) for each in values["clauses"] if each is not None
    )
    return {**values, "clauses": clauses}


KINDS: Mapping[str, Kind] = {
    "sources": Kind(
        "依据文件",
        Document,
        {
            "issuer": Field(Text(), "发文机关", required=True),
            "number": Field(OrUnset(Text()), "文号", required=True),
            "dated": Field(OrUnset(Text()), "成文日期", required=True),
            "clauses": Field(Many(CLAUSE), "条款", required=True),
        },
        sourced=False,
        arrange=_document,
    ),
}
