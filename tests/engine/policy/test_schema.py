from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from junheng.engine.policy.reader import read_file
from junheng.engine.policy.schema import pack_schema, schema_text
from junheng.engine.policy.shapes import plain
from junheng.errors import Problem

_PACKS = Path(str(files("junheng.packs")))
_FILES = sorted(_PACKS.glob("*/*.yaml"))
_BROKEN = Path(__file__).parents[2] / "packs" / "broken"


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(pack_schema())


def _content(path: Path) -> Any:
    problems: list[Problem] = []
    table = read_file(path, path.name, problems.append)
    assert table is not None
    return _lists(plain(table))


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, tuple) else value


def test_shipped_schema_is_the_one_the_grammar_gives() -> None:
    shipped = _PACKS / "schema" / "pack.schema.json"

    assert shipped.read_text(encoding="utf-8") == schema_text()


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(pack_schema())


@pytest.mark.parametrize("path", _FILES, ids=[f"{p.parent.name}/{p.name}" for p in _FILES])
def test_shipped_file_keeps_the_schema(path: Path) -> None:
    faults = [f"{e.json_path}: {e.message}" for e in _validator().iter_errors(_content(path))]

    assert faults == []


@pytest.mark.parametrize(
    "name",
    [
        *("unknown-key", "unknown-kind", "unknown-effect", "missing-key", "two-keywords"),
        *("act-unknown", "ban-start-unknown", "empty-list", "form-without-copies"),
        *("header-without-authority", "item-not-a-table", "items-not-a-list", "no-header"),
        *("parameter-without-values", "rounding-missing", "step-unknown-kind"),
        *("notice-without-day-count", "two-values-for-one", "document-with-a-wrong-key"),
    ],
)
def test_schema_shows_an_editor_the_commonest_mistakes(name: str) -> None:
    assert not _validator().is_valid(_content(_BROKEN / f"{name}.yaml"))


def _undescribed(schema: Any, path: str = "") -> list[str]:
    """Return every key of a schema for which an editor has no help to show."""
    if isinstance(schema, list):
        return [each for part in schema for each in _undescribed(part, path)]
    if not isinstance(schema, dict):
        return []
    properties = schema.get("properties", {})
    own = [f"{path}.{key}" for key, each in properties.items() if not each.get("description")]
    below = [each for key, part in properties.items() for each in _undescribed(part, key)]
    rest = [part for key, part in schema.items() if key != "properties"]
    return own + below + _undescribed(rest, path)


def test_every_key_has_a_description_for_editors() -> None:
    assert sorted(set(_undescribed(pack_schema()))) == []
