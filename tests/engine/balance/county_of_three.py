"""A county of three schools whose balance can be reckoned by hand, with its answers given.

Riverside 河畔 (300 pupils), Hilltop 山顶 (100) and New Town 新城 (a nine-year school). Of whom
a screening would say *backbone* is given by id, so that nothing here depends on screening.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster, roster_of

DAY = date(2026, 8, 31)
RIVERSIDE, HILLTOP, NEW_TOWN = "河畔", "山顶", "新城"
FOUNDED = {"reason": "试验", "approver": "试验"}
"""What an override must say beside what it lifts."""


@dataclass(frozen=True)
class Answer:
    """Answers for all persons."""

    yes: NDArray[np.bool_]
    unknown: NDArray[np.bool_]


@dataclass(frozen=True)
class Known:
    """Answers every condition with the same persons."""

    pack: ResolvedPack
    person_ids: Sequence[str]
    backbone: frozenset[str]
    open_cases: frozenset[str] = frozenset()
    unit_ids: Sequence[str] = ()

    def moves(
        self, condition: Condition, persons: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Answer:
        """Answer: not known."""
        assert condition is not None
        return Answer(np.zeros(len(persons), np.bool_), np.ones(len(units), np.bool_))

    def persons(self, condition: Condition) -> Answer:
        """Answer: backbone, not known, or neither."""
        assert condition is not None
        return Answer(
            np.array([p in self.backbone for p in self.person_ids]),
            np.array([p in self.open_cases for p in self.person_ids]),
        )


@dataclass(frozen=True)
class Screened:
    """A screening in which everybody is due."""

    verdicts: pl.DataFrame
    rules: pl.DataFrame
    evaluation: Known


@dataclass(frozen=True)
class Move:
    """One move."""

    person_id: str
    to_unit: str
    form: str = "guidance"
    relation_moved: bool | None = False


@dataclass(frozen=True)
class Moves:
    """A plan that states its moves and nothing else."""

    moves: Sequence[Move] = field(default_factory=tuple)


def unit(unit_id: str, **known: Any) -> dict[str, Any]:
    """Return a primary school with an establishment of nine."""
    row = {
        "unit_id": unit_id,
        "unit_name": unit_id,
        "unit_kind": "小学",
        "unit_stages": ["小学"],
        "unit_ownership": "公办",
        "unit_area": "城市",
        "county": "示例县",
        "zone": "第1片区",
        "establishment": 9,
    }
    return row | known


def person(person_id: str, unit_id: str, **known: Any) -> dict[str, Any]:
    """Return a full-time teacher of Chinese in a primary school, with a bachelor's degree."""
    row = {
        "person_id": person_id,
        "person_name": person_id,
        "sex": "女",
        "birth": date(1990, 1, 1),
        "retirement_kind": "女干部",
        "employment": "在编",
        "in_post": "在岗",
        "office_level": "无",
        "full_time_teacher": True,
        "unit_id": unit_id,
        "education": "本科",
        "subject": "语文",
        "stage": "小学",
    }
    return row | known


def county(
    persons: Iterable[dict[str, Any]],
    units: Iterable[dict[str, Any]] = (),
    **tables: list[dict[str, Any]],
) -> Roster:
    """Return a roster of Riverside, Hilltop, further units and these persons."""
    rows = [
        unit(RIVERSIDE, primary_pupils=300),
        unit(HILLTOP, primary_pupils=100),
        *units,
    ]
    frames = {"units": rows, "persons": list(persons), "posts": [], **tables}
    return roster_of(
        {name: pl.DataFrame(found, infer_schema_length=None) for name, found in frames.items()}
    )


def screened(
    roster: Roster,
    backbone: Iterable[str],
    *,
    open_cases: Iterable[str] = (),
    pack: str = "datong-example",
) -> Screened:
    """Return a screening in which everybody is due and these are backbone teachers."""
    ids = sorted(roster["persons"]["person_id"])
    resolved = resolve(load(pack), on=DAY)
    due = [rule.id for rule in resolved.items.rules.values() if rule.effect is Outcome.DUE]
    return Screened(
        pl.DataFrame({"person_id": ids, "outcome": ["due"] * len(ids)}),
        pl.DataFrame({"person_id": ids} | {rule: [True] * len(ids) for rule in due}),
        Known(resolved, ids, frozenset(backbone), frozenset(open_cases)),
    )
