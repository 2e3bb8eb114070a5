"""Whatever is done to a pack file, the answer is a pack or problems in words, not a crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from junheng.engine.policy.loading import load
from junheng.errors import PackError
from junheng.messages import Language, word

_PACKS = Path(__file__).parents[2] / "src/junheng/packs"
_JUNK = (
    "",
    "yes",
    "-1",
    "10%",
    "x",
    "年",
    "{unset: 未载}",
    "null",
    "2021-02-30",
    "teacher-due",
)


def _text(pack: str) -> str:
    """Return all files of a shipped pack as one table of kinds."""
    merged: dict[str, object] = {}
    for path in sorted((_PACKS / pack).glob("*.yaml")):
        found = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- builds texts, lists and tables only
        merged |= found
    return yaml.safe_dump(merged, allow_unicode=True, sort_keys=False)


def _mutilate(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[at]
            case 1:
                key, _, _ = lines[at].partition(":")
                lines[at] = f"{key}: {chance.choice(_JUNK)}"
            case 2:
                key, _, _ = lines[at].partition(":")
                lines[at] = f"{key}: [{chance.choice(_JUNK)}, {{a: b}}]"
            case _:
                lines[at] = lines[at].replace("a", "b").replace("-", "_", 1)
    return "\n".join(lines)


def _worded(path: Path) -> list[str]:
    """Load a pack and return its errors in words of both languages."""
    try:
        load(path)
    except PackError as error:
        return [str(word(each, tongue)) for each in error.problems for tongue in Language]
    return []


@pytest.mark.parametrize("pack", ["datong", "district-managed", "national", "unset-example"])
def test_mutilated_pack_is_refused_in_words_or_loaded(pack: str, tmp_path: Path) -> None:
    text, chance = _text(pack), random.Random(pack)  # noqa: S311 -- picks test inputs
    path = tmp_path / "pack.yaml"
    refused = 0
    for _ in range(30):
        path.write_text(_mutilate(text, chance), encoding="utf-8")
        refused += bool(_worded(path))

    assert refused > 15
