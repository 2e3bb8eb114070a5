"""Collects what the checks find."""

from __future__ import annotations

from dataclasses import dataclass, field

from junheng.errors import PackPlace, Problem, Severity


@dataclass(slots=True)
class Findings:
    """Errors stop the loading; doubts become warnings of the pack."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, place: PackPlace, **values: str) -> None:
        """Note an error."""
        self.problems.append(Problem(f"pack.{code}", place=place, values=values))

    def doubtful(self, code: str, place: PackPlace, **values: str) -> None:
        """Note a warning."""
        self.problems.append(Problem(f"pack.{code}", Severity.WARNING, place, values))
