"""Screening (摸底): facts, rules and outcomes, with reasons."""
