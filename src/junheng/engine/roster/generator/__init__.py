"""Synthetic counties (样例县) for trying, testing and measuring; nobody in them exists."""

from __future__ import annotations

from junheng.engine.roster.generator.county import generate

__all__ = ["generate"]
