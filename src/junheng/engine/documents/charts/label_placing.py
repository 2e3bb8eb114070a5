"""Placing names so that they cover neither each other nor what they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_CLEARANCE = 2.0
_NOT_FIRST = "，。；：、）！？”"

Spot = tuple[float, float, float]
"""x, y and radius of what a label names."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in picture points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, frame: Box) -> bool:
        """Whether the whole box lies in the frame."""
        return (
            self.left >= frame.left
            and self.top >= frame.top
            and self.right <= frame.right
            and self.bottom <= frame.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A text centred at a point."""

    text: str
    x: float
    y: float
    kind: str


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is: a Chinese character as wide as high, others 0.58."""
    return sum(size if ord(letter) > 0x2E80 else size * 0.58 for letter in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most a width; between characters, as Chinese may be."""
    lines = [""]
    for letter in text:
        if text_width(lines[-1] + letter, size) > width and letter not in _NOT_FIRST:
            lines.append("")
        lines[-1] += letter
    return lines


def place_labels(
    wanted: Sequence[tuple[str, Sequence[Spot]]],
    *,
    size: float,
    kind: str,
    taken: list[Box],
    frame: Box,
) -> list[Label]:
    """Place each label at the first free side of its point; one without any is left out.

    Parameters
    ----------
    wanted : text and the spots it may stand at, the best first; the most important label first
    taken : boxes that must stay free; those of the placed labels are added
    """
    placed: list[Label] = []
    for text, spots in wanted:
        width = text_width(text, size)
        boxes = (box for spot in spots for box in _candidates(*spot, width, size))
        for box in boxes:
            if box.inside(frame) and not any(box.meets(other) for other in taken):
                taken.append(box)
                middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
                placed.append(Label(text, round(middle[0], 2), round(middle[1], 2), kind))
                break
    return placed


def _candidates(x: float, y: float, radius: float, width: float, size: float) -> Sequence[Box]:
    """Return boxes right, left, above, below and at the corners, near ones first."""
    half_wide, half_high = width / 2, size / 2 + 1
    away = radius + _CLEARANCE
    boxes = []
    for far in (away, away + size * 0.8):
        side, up = far + half_wide, far + half_high
        for dx, dy in (
            (side, 0), (-side, 0), (0, -up), (0, up),
            (half_wide, -up), (-half_wide, -up), (half_wide, up), (-half_wide, up),
        ):  # fmt: skip
            boxes.append(
                Box(
                    x + dx - half_wide,
                    y + dy - half_high,
                    x + dx + half_wide,
                    y + dy + half_high,
                )
            )
    return boxes
