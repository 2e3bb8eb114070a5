"""What a pack may say is read by something, or its description calls it a remark."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import junheng
from junheng.engine.policy import items
from junheng.engine.policy.grammar import KINDS
from junheng.engine.policy.items.consequences import ACT_FIELDS
from junheng.engine.policy.shapes import Field

_SOURCES = Path(junheng.__file__).parent
_ELSEWHERE = {
    "each_unit_once": "a unit in two groups is warned of whether or not the text forbids it",
    "cites": "says which worked scenario a case answers",
    "issuer": "printed in the reference of the packs",
    "dated": "printed in the reference of the packs",
    "pay": "read with the other pointers of a relation by name",
    "performance_pay": "read with the other pointers of a relation by name",
    "issued_in": "read as `issued`",
}


def _read_outside_items() -> str:
    paths = (each for each in _SOURCES.rglob("*.py") if "policy/items" not in each.as_posix())
    return "\n".join(each.read_text("utf-8") for each in paths)


def _fields(shape: object) -> Iterator[tuple[str, Field]]:
    """Yield every key below a kind or shape, with its field."""
    declared = getattr(shape, "__dataclass_fields__", {})
    for value in (*(getattr(shape, name) for name in declared), getattr(shape, "inner", None)):
        if isinstance(value, Mapping):
            for key, field in value.items():
                if isinstance(field, Field):
                    yield field.attribute or key, field
                    yield from _fields(field.shape)
        elif hasattr(value, "read"):
            yield from _fields(value)


def _remarks() -> frozenset[str]:
    """Return the attributes whose keys the grammar calls a remark."""
    acts = ((field.attribute or key, field) for key, field in ACT_FIELDS.items())
    below = (*acts, *(each for kind in KINDS.values() for each in _fields(kind)))
    return frozenset(attribute for attribute, field in below if "只作说明" in field.says)


def _attributes() -> dict[str, str]:
    """Return every attribute of what a pack is read into, with where it is declared."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(items.__path__):
        loaded = importlib.import_module(f"{items.__name__}.{module.name}")
        for name, each in vars(loaded).items():
            if dataclasses.is_dataclass(each) and each.__module__ == loaded.__name__:
                found |= {
                    field.name: f"{name}.{field.name}" for field in dataclasses.fields(each)
                }
    return found


def test_every_key_of_the_language_is_read_or_called_a_remark() -> None:
    code, remarks = _read_outside_items(), _remarks()

    unread = [
        place
        for attribute, place in _attributes().items()
        if not re.search(rf'\.{attribute}\b|"{attribute}"', code)
        and attribute not in _ELSEWHERE
        and attribute not in remarks
    ]

    assert unread == []
