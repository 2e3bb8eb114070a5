"""Goes through all values inside an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def walk(value: Any) -> Iterator[Any]:
    """Yield a value and all typed values inside it, outside in; words and numbers left out."""
    if isinstance(value, tuple):
        for each in value:
            yield from walk(each)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for attribute in fields(value):
            inner = getattr(value, attribute.name)
            if not isinstance(inner, str | date | int):
                yield from walk(inner)
