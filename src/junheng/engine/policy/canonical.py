"""The canonical form of a pack and its fingerprint (§3, §10).

Two packs that say the same have the same fingerprint, however their files are cut, ordered or
indented: items sorted by kind and id, texts in NFC, figures in lowest terms, places left out.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from junheng.engine.policy.pack import Header, Items

FORMAT = "junheng-pack/1"


def fingerprint(header: Header, items: Items) -> str:
    """Return SHA-256 over the canonical form, as 64 hexadecimal digits."""
    form = [FORMAT, canonical(header), canonical(items)]
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def canonical(value: Any) -> Any:
    """Return a value of a pack as JSON values, the same for all ways to write it."""
    found: Any
    match value:
        case None | bool() | int():
            found = value
        case Enum():
            found = value.value
        case str():
            found = unicodedata.normalize("NFC", value)
        case Fraction() | date():
            found = str(value)
        case Mapping():
            found = {str(key): canonical(each) for key, each in value.items()}
        case tuple():
            found = [canonical(each) for each in value]
        case _:
            found = _attributes(value)
    return found


def _attributes(value: Any) -> dict[str, Any]:
    if not is_dataclass(value):
        raise TypeError(f"a pack cannot hold a {type(value).__name__}")
    named = {
        each.name: canonical(getattr(value, each.name))
        for each in fields(value)
        if each.name != "place"
    }
    return {"": type(value).__name__, **named}
