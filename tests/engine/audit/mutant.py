"""What a mutation gives: a spoilt world, and what the audit must say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from junheng.engine.plans.plan import Move
from tests.engine.audit.worlds import World


@dataclass(frozen=True)
class Mutant:
    """A spoilt world and what the audit must say of it."""

    world: World
    code: str
    rule: str = ""
    person: str = ""
    unit: str = ""


Mutation = Callable[[World, Random], Mutant | None]


def mover(world: World, random: Random) -> Move | None:
    """Return any mover of the plan."""
    return random.choice(world.plan.moves) if world.plan.moves else None
