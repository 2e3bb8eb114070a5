"""Whatever a shipped pack names, it names in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.topics import TITLES
from junheng.messages import Bilingual

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORKED_EXAMPLES = ("cast", "cases")


def _names(value: object, where: str) -> Iterator[tuple[str, Bilingual]]:
    """Yield every name in a value with where it stands."""
    if isinstance(value, Bilingual):
        yield where, value
    for name, each in _parts(value):
        yield from _names(each, f"{where}/{name}")


def _parts(value: object) -> Iterator[tuple[object, object]]:
    match value:
        case Mapping():
            yield from value.items()
        case tuple():
            yield from enumerate(value)
        case _ if is_dataclass(value):
            named = [each.name for each in fields(value) if each.name not in _WORKED_EXAMPLES]
            yield from ((name, getattr(value, name)) for name in named)


@pytest.mark.parametrize("name", shipped())
def test_everything_named_has_a_chinese_and_an_english_name(name: str) -> None:
    pack = load(name)

    named = [*_names(pack.header, "pack"), *_names(pack.items, "")]

    lacking = [at for at, text in named if not text.en or _CHINESE.search(text.en)]
    assert lacking == []


@pytest.mark.parametrize("name", shipped())
def test_every_track_has_a_name_that_is_not_its_id(name: str) -> None:
    header = load(name).header

    assert [track for track in header.tracks if header.track_title(track) == track] == []


def test_every_topic_of_a_switch_and_every_option_has_an_english_name() -> None:
    named = [*_names(TITLES, "topics")]

    assert len(named) == sum(1 + len(topic.options) for topic in TITLES.values())
    assert [at for at, text in named if not text.en or _CHINESE.search(text.en)] == []
