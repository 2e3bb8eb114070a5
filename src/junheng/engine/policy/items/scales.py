"""Scales (等次): ordered words, best first, and how those of one scale match another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import Kind
from junheng.engine.policy.shapes import Field, Many, Pairs, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Item):
    """Ordered words, such as the grades of an appraisal.

    Attributes
    ----------
    grades : best first
    equals : scale → (its grade, grade of this scale): words of another family (合格 and 称职)
        that stand for the same; each grade of the other scale once
    """

    grades: tuple[str, ...]
    equals: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def reaching(self, grade: str) -> tuple[str, ...]:
        """Return the words as good as a grade or better, those of other scales included."""
        return self._alike(self.grades[: self.grades.index(grade) + 1])

    def within(self, grade: str) -> tuple[str, ...]:
        """Return the words as good as a grade or worse, those of other scales included."""
        return self._alike(self.grades[self.grades.index(grade) :])

    def _alike(self, own: tuple[str, ...]) -> tuple[str, ...]:
        others = (pair for _, pairs in self.equals for pair in pairs)
        return tuple(dict.fromkeys((*own, *(word for word, mine in others if mine in own))))


KINDS: Mapping[str, Kind] = {
    "scales": Kind(
        "等次",
        Scale,
        {
            "grades": Field(Many(Text("等次")), "各等次，由高到低", required=True),
            "equals": Field(
                Pairs(Pairs(Text("本表的等次"))),
                "与另一套等次的对应",
            ),
        },
    ),
}
