"""Measurements: every figure the documentation claims, printed by ``python dev.py bench``."""
