"""One slip of the hand in a shipped pack is said where it is, or it changes the pack."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from junheng.engine.policy.loading import load, shipped
from junheng.errors import PackError, PackPlace, Problem
from junheng.messages import Language, word

_PACKS = Path(__file__).parents[2] / "src/junheng/packs"
_LEFT_OPEN = re.compile(r"\{[a-z_]+\}")
_SLIPS = (
    *("", "null", "~", "[]", "{}", "[a, b]", "-1", "150%", "１５％", "百分之十", "五"),
    *("2021-02-30", "{unset: 原文未载}", "{parameter: none-such}", "{switch: none-such}"),
)
_TRIES = 4


@cache
def _fingerprint(pack: str) -> str:
    return load(pack).fingerprint


def _nodes(node: yaml.Node) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield every key and every value of a file, with where each stands."""
    match node:
        case yaml.MappingNode(value=entries):
            for key, value in entries:
                yield "key", key
                yield from _nodes(value)
        case yaml.SequenceNode(value=parts):
            for part in parts:
                yield from _nodes(part)
        case yaml.ScalarNode():
            yield "value", node


def _misspelt(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return chance.choice([text[:at] + text[at + 1 :], text[:at] + "q" + text[at:]])


def _slipped(file: Path, sort: str, chance: random.Random) -> int:
    """Make one slip in a file and return its line."""
    text = file.read_text("utf-8")
    root = yaml.compose(text)
    assert root is not None
    found = [node for kind, node in _nodes(root) if kind == sort]
    node = chance.choice(found)
    start, end = node.start_mark.index, node.end_mark.index
    written = _misspelt(text[start:end], chance) if sort == "key" else chance.choice(_SLIPS)
    file.write_text(text[:start] + written + text[end:], encoding="utf-8")
    return int(node.start_mark.line) + 1


def _copied(pack: str, tmp_path: Path, number: int) -> Path:
    return Path(shutil.copytree(_PACKS / pack, tmp_path / str(number) / pack))


def _found(folder: Path) -> tuple[str, list[Problem]]:
    try:
        loaded = load(folder)
    except PackError as error:
        return "", list(error.problems)
    return loaded.fingerprint, list(loaded.warnings)


def _ill_said(problem: Problem) -> bool:
    """Whether a problem lacks its place or a word in one of the languages."""
    placed = isinstance(problem.place, PackPlace) and problem.place.file
    worded = [word(problem, language) for language in Language]
    left_open = any(_LEFT_OPEN.search(f"{each.title}{each.remedy}") for each in worded)
    return not placed or left_open or not all(each.title and each.remedy for each in worded)


@pytest.mark.slow
@pytest.mark.parametrize("pack", shipped())
def test_misspelt_key_of_a_shipped_pack_never_passes(pack: str, tmp_path: Path) -> None:
    chance = random.Random(pack)  # noqa: S311 -- picks test inputs
    passed = []
    for number in range(_TRIES):
        folder = _copied(pack, tmp_path, number)
        file = chance.choice(sorted(folder.glob("*.yaml")))
        line = _slipped(file, "key", chance)
        fingerprint, _ = _found(folder)
        if fingerprint == _fingerprint(pack):
            passed.append((file.name, line))

    assert passed == []


@pytest.mark.slow
@pytest.mark.parametrize("pack", shipped())
def test_slip_in_a_value_is_said_in_words_with_its_place(pack: str, tmp_path: Path) -> None:
    chance = random.Random(pack)  # noqa: S311 -- picks test inputs
    ill_said = []
    for number in range(_TRIES):
        folder = _copied(pack, tmp_path, number)
        file = chance.choice(sorted(folder.glob("*.yaml")))
        line = _slipped(file, "value", chance)
        _, problems = _found(folder)
        ill_said += [(file.name, line, each.code) for each in problems if _ill_said(each)]

    assert ill_said == []
