"""Every shipped pack with rules, with all that it leaves open chosen one way or another."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from junheng.engine.policy.items import Switch
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.unset import unset_for
from tests.engine.screening.ragged_records import ON

_NUMBERS = ("1", "3", "6", "12")
_HOSPITALS = ("示例县人民医院",)
_GROUNDS = ("孕期", "哺乳期", "重病")
_WORDS = {
    "exempt-kinds": ("审计", "不能满负荷工作"),
    "direct-offices": ("正校级", "副校级"),
}
"""What a county may write into a list that a pack leaves open; grounds, if nothing else."""


@cache
def packs_with_rules() -> tuple[str, ...]:
    """Return the shipped packs that decide outcomes."""
    return tuple(name for name in shipped() if load(name).items.rules)


def asked(name: str, seed: int | None = None) -> ResolvedPack:
    """Return a pack that can screen: as its cases set it, or with every choice at random."""
    pack = load(name)
    chance = random.Random(f"{name}{seed}")  # noqa: S311 -- picks test inputs
    cases = pack.items.settings.get("for-cases")
    settings: dict[str, Any] = {} if cases is None else dict(cases.values)
    if seed is not None:
        settings |= {key: _option(chance, each) for key, each in pack.items.switches.items()}
    found = resolve_with(pack, on=ON, settings=settings)
    for problem in unset_for(found, "screening"):
        settings[problem.values["id"]] = _chosen(chance, pack, problem.values["id"])
    return resolve_with(pack, on=ON, settings=settings)


def _option(chance: random.Random, switch: Switch) -> str:
    options = [word for word, _ in switch.options] or [*TOPICS[switch.topic]]
    return chance.choice(options)


def _chosen(chance: random.Random, pack: Pack, identity: str) -> Any:
    if identity in pack.items.switches:
        return _option(chance, pack.items.switches[identity])
    if identity in pack.items.dates:
        return "08-31"
    if identity in pack.items.bodies:
        return _HOSPITALS
    if pack.items.parameters[identity].unit == "words":
        return _WORDS.get(identity, _GROUNDS)
    return chance.choice(_NUMBERS)
