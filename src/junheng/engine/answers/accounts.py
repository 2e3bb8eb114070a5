"""What a plan does to one unit: what it gives, gets and lacks, by clause and number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from junheng.engine.answers.situation import Situation
from junheng.engine.balance.report import balance
from junheng.engine.planning.matrix import NO_LIMIT
from junheng.engine.planning.names import Name
from junheng.engine.planning.problem import Limit, Stock
from junheng.engine.plans.plan import Move
from junheng.errors import JunhengError, Problem, QuestionError

_OF_TEACHERS = ("L1", "L2", "L3")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAccount:
    """Places of one kind in a unit.

    Attributes
    ----------
    required : persons needed; None where nothing is said
    established : persons allowed; None where nothing limits them
    """

    name: Name
    required: int | None
    established: int | None
    before: int
    after: int

    @property
    def lacks(self) -> int:
        """Persons missing after the plan."""
        return max(0, (self.required or 0) - self.after)

    @property
    def above(self) -> int:
        """Persons above what is established after the plan."""
        return 0 if self.established is None else max(0, self.after - self.established)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAccount:
    """A quota or the limit on leavers in this unit: reached against bound."""

    name: Name
    floor: bool
    cap: bool
    bound: int
    reached: int

    @property
    def kept(self) -> bool:
        """Whether the number is neither too small for a floor nor too large for a cap."""
        enough = not self.floor or self.reached >= self.bound
        return enough and (not self.cap or self.reached <= self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvennessAccount:
    """One indicator of balance in one stage: persons per hundred pupils, and the threshold."""

    stage: str
    indicator: str
    before: float | None
    after: float | None
    threshold: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAccount:
    """What a plan does to one unit.

    Attributes
    ----------
    sent, received : its moves, by person
    posts : subject cells, then leadership posts
    establishment : persons on its establishment; None where the number is blank
    bands : title bands, where a guard of the pack limits them
    numbers : quotas of this unit alone, and the limit on leavers
    evenness : indicators that count teachers; empty where the figures are not known
    """

    unit_id: str
    sent: tuple[Move, ...]
    received: tuple[Move, ...]
    posts: tuple[PlaceAccount, ...]
    establishment: PlaceAccount | None
    bands: tuple[PlaceAccount, ...]
    numbers: tuple[NumberAccount, ...]
    evenness: tuple[EvennessAccount, ...]


def unit_account(standing: Situation, unit_id: str) -> UnitAccount:
    """Return what a plan does to a unit.

    Raises
    ------
    QuestionError
        If the roster has no unit of that id.
    """
    if unit_id not in standing.unit_of:
        raise QuestionError([Problem("planning.unknown-id", values={"id": unit_id})])
    problem, moves = standing.problem, standing.plan.moves
    establishment = tuple(_places(standing, problem.establishment, unit_id))
    return UnitAccount(
        unit_id=unit_id,
        sent=tuple(move for move in moves if move.from_unit == unit_id),
        received=tuple(move for move in moves if move.to_unit == unit_id),
        posts=(
            *_places(standing, problem.cells, unit_id),
            *_places(standing, problem.leadership, unit_id),
        ),
        establishment=next(iter(establishment), None),
        bands=tuple(_places(standing, problem.structure, unit_id)),
        numbers=tuple(_numbers(standing, unit_id)),
        evenness=tuple(_evenness(standing, unit_id)),
    )


def _places(standing: Situation, stock: Stock, unit_id: str) -> Iterator[PlaceAccount]:
    after = stock.after(standing.chosen)
    for place, name in enumerate(stock.names):
        if name.unit_id == unit_id:
            limited = stock.established[place] < NO_LIMIT
            yield PlaceAccount(
                name=name,
                required=int(stock.required[place]) or None,
                established=int(stock.established[place]) if limited else None,
                before=int(stock.before[place]),
                after=int(after[place]),
            )


def _numbers(standing: Situation, unit_id: str) -> Iterator[NumberAccount]:
    problem = standing.problem
    for limit in (*problem.quotas, *problem.leavers):
        if limit.name.unit_id == unit_id:
            yield _number(standing, limit)


def _number(standing: Situation, limit: Limit) -> NumberAccount:
    count, base = limit.reached(standing.chosen)
    return NumberAccount(
        name=limit.name,
        floor=limit.floor,
        cap=limit.cap,
        bound=limit.bound(base),
        reached=count,
    )


def _evenness(standing: Situation, unit_id: str) -> Iterator[EvennessAccount]:
    try:
        report = balance(standing.roster, standing.screening, standing.plan)
    except JunhengError:  # the figures are not known: the account goes without (§1)
        return
    own = report.schools.filter(
        pl.col("unit_id") == unit_id, pl.col("indicator").is_in(_OF_TEACHERS)
    )
    for (stage, indicator), rows in own.group_by("stage", "indicator", maintain_order=True):
        by_moment = {row["moment"]: row for row in rows.iter_rows(named=True)}
        before, after = by_moment["before"], by_moment["after"]
        yield EvennessAccount(
            stage=str(stage),
            indicator=str(indicator),
            before=before["value"],
            after=after["value"],
            threshold=after["threshold"],
        )
