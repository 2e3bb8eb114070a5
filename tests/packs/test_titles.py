"""Whatever a shipped pack names, it names in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from junheng.engine.policy.loading import load, shipped
from junheng.messages import Bilingual

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORKED_EXAMPLES = ("cast", "cases")


def _names(value: object, where: str) -> Iterator[tuple[str, Bilingual]]:
    """Yield every name in a value with where it stands."""
    match value:
        case Bilingual():
            yield where, value
        case Mapping():
            for key, each in value.items():
                yield from _names(each, f"{where}/{key}")
        case tuple():
            for each in value:
                yield from _names(each, where)
        case _ if is_dataclass(value):
            for each in fields(value):
                if each.name not in _WORKED_EXAMPLES:
                    yield from _names(getattr(value, each.name), f"{where}/{each.name}")


@pytest.mark.parametrize("name", shipped())
def test_everything_named_has_a_chinese_and_an_english_name(name: str) -> None:
    pack = load(name)

    named = [*_names(pack.header, "pack"), *_names(pack.items, "")]

    untitled = [f"{at}: {text}" for at, text in named if not text.en or _CHINESE.search(text.en)]
    assert untitled == []


@pytest.mark.parametrize("name", shipped())
def test_every_track_has_a_name_that_is_not_its_id(name: str) -> None:
    header = load(name).header

    assert [track for track in header.tracks if header.track_title(track) == track] == []
