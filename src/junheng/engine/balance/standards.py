"""The national standards the balance report compares with, read from the pack (§2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from junheng.engine.policy.conditions import ByFact, Literal, Unset
from junheng.engine.policy.pack import ResolvedPack
from junheng.errors import Problem, QuestionError, UnsetFigures

STAGES = ("小学", "初中")
INDICATORS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
OF_TEACHERS = ("L1", "L2", "L3")
"""The indicators a rotation plan can change; the others are of rooms and equipment."""

CV_LIMIT = "cv-limit-2017"
COMPOSITE_LIMIT = "composite-limit-2012"
THRESHOLDS = "resource-thresholds"
LEAST_MET = "indicators-to-meet"
FLOOR_SHARE = "remaining-share"
EXCLUDED_KINDS = "excluded-unit-kinds"
EXCLUDED_OWNERSHIP = "excluded-ownership"
SMALL_PUPILS = "least-pupils-of-teaching-point"
QUALIFICATIONS = "required-education"
ARTS_SUBJECTS = "arts-and-sports-subjects"
BACKBONE = "backbone"
TEACHING_POINT = "教学点"


@dataclass(frozen=True, slots=True)
class Standards:
    """The figures of the pack's national part, by id of the parameter."""

    pack: ResolvedPack

    def number(self, parameter_id: str, stage: str = "") -> Fraction:
        """Return a number, of one stage where it differs by stage."""
        value = self._literal(parameter_id, stage).values[0]
        if not isinstance(value, Fraction):
            raise self._unusable(parameter_id)
        return value

    def numbers(self, parameter_id: str, stage: str = "") -> tuple[Fraction, ...]:
        """Return the numbers of a list, in order."""
        values = self._literal(parameter_id, stage).values
        numbers = tuple(value for value in values if isinstance(value, Fraction))
        if len(numbers) != len(values):
            raise self._unusable(parameter_id)
        return numbers

    def words(self, parameter_id: str, stage: str = "") -> frozenset[str]:
        """Return the words of a list."""
        values = self._literal(parameter_id, stage).values
        return frozenset(value for value in values if isinstance(value, str))

    def _literal(self, parameter_id: str, stage: str) -> Literal:
        if parameter_id not in self.pack.items.parameters:
            raise self._unusable(parameter_id)
        figure = self.pack.figure(parameter_id)
        if isinstance(figure, ByFact):
            figure = dict(figure.values).get(stage, Unset("", parameter_id))
        if isinstance(figure, Unset):
            values = {"id": parameter_id, "why": figure.why}
            raise UnsetFigures([Problem("balance.unset", values=values)])
        if not isinstance(figure, Literal):
            raise self._unusable(parameter_id)
        return figure

    @staticmethod
    def _unusable(parameter_id: str) -> QuestionError:
        values = {"id": parameter_id}
        return QuestionError([Problem("balance.no-standard", values=values)])
