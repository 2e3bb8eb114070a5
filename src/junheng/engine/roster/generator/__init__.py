"""Synthetic counties (样例县) for trying, testing and measuring; nobody in them exists."""

from __future__ import annotations

from junheng.engine.roster.generator.county import generate
from junheng.engine.roster.generator.mess import PlantedError, write_messy
from junheng.engine.roster.generator.tiny import TINY_DAY, tiny

__all__ = ["TINY_DAY", "PlantedError", "generate", "tiny", "write_messy"]
