"""The colours of pictures: told apart also by readers who see no red or no green."""

BEFORE, AFTER, SHORT = "#9aa5b1", "#0072b2", "#d55e00"
INK, FAINT, GRID = "#1f2933", "#616e7c", "#e4e7eb"
GIVES, GETS, EVEN = "#d55e00", "#0072b2", "#ffffff"
BAND, ARC = "#8fa6bd", "#334e68"
ZONES = (
    "#7fb77e", "#c59bd1", "#e0b04b", "#7eb6d9",
    "#d98880", "#9fb35c", "#b0a18f", "#6cbfb0",
)  # fmt: skip
"""Zones beside each other should differ; more zones than colours begin again."""
