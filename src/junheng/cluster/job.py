"""What one county is asked and what it answers; plain values that pass between processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from junheng.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyTask:
    """The planning question of one county.

    Attributes
    ----------
    county : id of the county, also the name of its folder below ``out``
    roster : workbook, or folder of workbooks or CSV files
    pack : id of a shipped pack, or a folder
    seed : published seed of the draw (§9)
    settings : what is set beyond the pack's text, as (id, value)
    time_limit : seconds of solver time; None: until everything is proven
    out : folder in which each county has one
    """

    county: str
    roster: Path
    pack: str | Path
    on: date
    seed: int
    out: Path
    year: int | None = None
    settings: tuple[tuple[str, str], ...] = ()
    time_limit: float | None = None

    def __post_init__(self) -> None:
        """Refuse an id that is not the plain name of one folder."""
        name = self.county
        if not name.strip() or name in {".", ".."} or {"/", "\\", "\0"} & set(name):
            raise ValueError(f"{name!r} is not the name of a folder")

    @property
    def folder(self) -> Path:
        """Where the county's files go."""
        return self.out / self.county


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyPlanned:
    """A plan was found and lies in the county's folder as ``plan.json``.

    Attributes
    ----------
    unmet : obligations that stay unmet, as the plan lists them
    objectives : id → (value, bound, scale), in the pack's order; the draw left out
    skipped : found finished from an earlier run, and not planned again
    """

    county: str
    moves: int
    unmet: int
    objectives: tuple[tuple[str, int, int, int], ...]
    skipped: bool = False

    @property
    def proven(self) -> bool:
        """Whether no plan can be better, objective by objective."""
        return all(value == bound for _, value, bound, _ in self.objectives)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyConflict:
    """No plan exists; ``lines`` say which rules and decisions cannot hold together."""

    county: str
    lines: tuple[str, ...]
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyRefused:
    """Roster or pack cannot answer the question; every problem is named."""

    county: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyOutOfTime:
    """The time was up before any plan was found."""

    county: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyFailed:
    """The process was lost each time, or met a bug of ours.

    Attributes
    ----------
    attempts : how often it was tried
    reason : ``lost`` for a process that ended without an answer, else kind and place of the bug
    """

    county: str
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyCancelled:
    """The caller gave up before this county was finished."""

    county: str


CountyResult = (
    CountyPlanned
    | CountyConflict
    | CountyRefused
    | CountyOutOfTime
    | CountyFailed
    | CountyCancelled
)
