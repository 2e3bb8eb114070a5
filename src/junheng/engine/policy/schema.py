"""The JSON Schema of pack files, for editors; made from the grammar.

A schema shows an editor which keys and words there are. It is not the judge: names, units and
clauses are checked by ``junheng pack check``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from junheng.engine.policy.condition_shapes import PARAMETER_SCHEMA
from junheng.engine.policy.conditions import Comparator, Subject
from junheng.engine.policy.grammar import HEADER, KINDS
from junheng.engine.policy.kind import COMMON, Kind
from junheng.engine.policy.shapes import SCALAR, UNSET_SCHEMA, Field, Schema, table_schema
from junheng.engine.policy.topics import TOPICS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CONDITION: Schema = {"$ref": "#/$defs/condition"}
_ID: Schema = {"type": "string"}


def pack_schema() -> Schema:
    """Return the JSON Schema that every file of a pack keeps."""
    kinds = {name: _items(kind) for name, kind in KINDS.items()}
    header = {**table_schema(HEADER), "description": "包的说明"}
    return {
        "$schema": DIALECT,
        "title": "junheng pack / 政策包",
        "type": "object",
        "properties": {"pack": header, **kinds},
        "additionalProperties": False,
        "$defs": {"condition": _condition()},
    }


def schema_text() -> str:
    """Return the schema as the text of the shipped file."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=1) + "\n"


def _items(kind: Kind) -> Schema:
    fields: dict[str, Field] = {**COMMON, **kind.fields}
    schema = table_schema(fields)
    if kind.sourced:
        schema["required"] = [*schema["required"], "source"]
    if not kind.titled:
        schema["required"] = [each for each in schema["required"] if each != "title"]
    return {"type": "array", "description": kind.title, "items": schema}


def _condition() -> Schema:
    return {
        "anyOf": [
            {"const": "always"},
            _closed({"all": _listed(_CONDITION)}, "all"),
            _closed({"any": _listed(_CONDITION)}, "any"),
            _closed({"not": _CONDITION}, "not"),
            _closed({"at_least": SCALAR, "of": _listed(_CONDITION)}, "at_least", "of"),
            _fact(),
            _closed({"class": _ID, "of": _subject()}, "class"),
            _closed({"track": {"anyOf": [_ID, _listed(_ID)]}}, "track"),
            _closed({"rule": _ID}, "rule"),
            _closed({"switch": _ID, "is": SCALAR}, "switch", "is"),
            _closed({"flow": _listed(_listed(_ID))}, "flow"),
            _closed({"arrangement": {"anyOf": [_ID, _listed(_ID)]}}, "arrangement"),
        ]
    }


def _fact() -> Schema:
    figure: Schema = {
        "anyOf": [SCALAR, {"type": "array", "items": SCALAR}, PARAMETER_SCHEMA, UNSET_SCHEMA]
    }
    switch = _closed({"switch": _ID}, "switch")
    boundary: Schema = {"anyOf": [{"enum": list(TOPICS["boundary"])}, switch, UNSET_SCHEMA]}
    compared = {each.value: figure for each in Comparator}
    return _closed(
        {
            "fact": _ID,
            "of": _subject(),
            "for": _ID,
            "reading": boundary,
            "on_scale": _ID,
            **compared,
        },
        "fact",
    )


def _subject() -> Schema:
    return {"enum": [each.value for each in Subject]}


def _listed(of: Schema) -> Schema:
    return {"type": "array", "items": of, "minItems": 1}


_SAYS: Mapping[str, str] = {
    "all": "各条都成立",
    "any": "至少一条成立",
    "not": "这一条不成立",
    "at_least": "不少于；与 `of` 同写时是至少几条成立",
    "at_most": "不多于",
    "more_than": "多于（不含本数）",
    "less_than": "少于（不含本数）",
    "up_to": "以下、以前；是否含本数由 `reading` 说明",
    "from": "以上、以后；是否含本数由 `reading` 说明",
    "is": "等于",
    "among": "是所列之一",
    "overlaps": "与所列有相同的",
    "fact": "事实：登记的，或本包 `facts` 的编号",
    "of": "谁的：哪一个单位；或各条条件",
    "for": "为哪一件事",
    "reading": "是否含本数：inclusive、exclusive，或由开关决定",
    "on_scale": "按哪个等次表比较，写 `scales` 的编号",
    "class": "属于哪一类，写 `classes` 的编号",
    "track": "在哪一类人员中",
    "rule": "哪条规则成立，写 `rules` 的编号",
    "switch": "哪个开关，写编号",
    "flow": "从哪类单位到哪类单位",
    "arrangement": "哪种交流形式，写编号",
}
"""What each key of a condition means, shown by editors."""


def _closed(properties: Schema, *required: str) -> Schema:
    described = {key: {**each, "description": _SAYS[key]} for key, each in properties.items()}
    return {
        "type": "object",
        "properties": described,
        "required": list(required),
        "additionalProperties": False,
    }
