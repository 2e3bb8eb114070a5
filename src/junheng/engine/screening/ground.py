"""The roster laid out for screening: persons and units in order, histories by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import days
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.stints import Stints, stints_of

NOBODY = -1
"""Position of a person or unit that the roster does not have."""


@dataclass(frozen=True)
class Ground:
    """A roster and what screening looks up in it again and again.

    Persons and units stand in the order of their ids; an array over persons or units has one
    element for each. ``start`` is the day on which moves begin, where the pack states one.
    """

    roster: Roster
    start: date | None = None

    @cached_property
    def persons(self) -> pl.DataFrame:
        """Return the persons, sorted by id."""
        return _sorted(self.roster["persons"], "person_id")

    @cached_property
    def units(self) -> pl.DataFrame:
        """Return the units, sorted by id."""
        return _sorted(self.roster["units"], "unit_id")

    @cached_property
    def unit_positions(self) -> Mapping[str, int]:
        """Return unit id → position."""
        return {unit: n for n, unit in enumerate(self.units["unit_id"])}

    @cached_property
    def own_unit(self) -> Whole:
        """Return each person's working unit, as a position."""
        return self.unit_column(self.persons["unit_id"])

    @cached_property
    def establishment_unit(self) -> Whole:
        """Return the unit on whose establishment each person is."""
        stated = self.unit_column(self.persons["establishment_unit"])
        blank = self.persons["establishment_unit"].is_null().to_numpy()
        returning = np.where(self.origin_unit != self.own_unit, self.origin_unit, self.own_unit)
        return np.where(blank, returning, stated)

    @cached_property
    def origin_unit(self) -> Whole:
        """Return the unit that a move would leave.

        It is the working unit; an exchange without change of relations that has ended by the
        day moves begin returns the person to the unit of origin.
        """
        origin = self.own_unit.copy()
        if self.start is None:
            return origin
        frame = self.roster["exchanges"]
        owner = self.owners_of("exchanges")
        here = self.unit_column(frame["host_unit"])
        back = self.unit_column(frame["origin_unit"])
        since = days.day_numbers(frame["since"], days.NEVER)
        until = days.day_numbers(frame["until"], days.FOREVER)
        day = days.number(self.start)
        at_home = (owner >= 0) & (here >= 0) & (here == np.append(origin, NOBODY)[owner])
        serving = np.zeros(len(origin) + 1, dtype=np.bool_)
        serving[owner[at_home & (since <= day) & (until > day)]] = True
        stayed = frame["relation_moved"].eq(other=False).fill_null(value=False).to_numpy()
        ended = np.flatnonzero(
            at_home & stayed & (until <= day) & (back >= 0) & ~serving[owner]
        )
        ended = ended[np.argsort(until[ended], kind="stable")]
        origin[owner[ended]] = back[ended]  # of several, the latest is written last
        return origin

    def unit_column(self, unit_ids: pl.Series) -> Whole:
        """Return units as positions; ``NOBODY`` where blank or not in the roster."""
        return _positions(unit_ids, self.units["unit_id"])

    def owners(self, person_ids: pl.Series) -> Whole:
        """Return persons as positions; ``NOBODY`` where not in the roster."""
        return _positions(person_ids, self.persons["person_id"])

    @cached_property
    def _owners(self) -> dict[str, Whole]:
        return {}

    def owners_of(self, table_id: str) -> Whole:
        """Return whose each row of a table is."""
        if table_id not in self._owners:
            self._owners[table_id] = self.owners(self.roster[table_id]["person_id"])
        return self._owners[table_id]

    @cached_property
    def stints(self) -> Stints:
        """Return the stints, sorted out for counting."""
        frame = self.roster["stints"]
        unit = self.unit_column(frame["unit_id"])
        return stints_of(frame, self.owners_of("stints"), unit, self.units.height)

    @cached_property
    def successors(self) -> Whole:
        """Return for each unit the one that carries it on today; itself while it stands."""
        following = self.unit_column(self.units["successor_unit"])
        carried = np.arange(len(following))
        for _ in range(len(following)):
            further = following[carried]
            if not (further >= 0).any():
                break
            carried = np.where(further >= 0, further, carried)
        return carried

    def closed(self, table_id: str, kinds: tuple[str, ...], on: date) -> Mask:
        """Return for each person whether absence from a table means no (§1).

        It does where the person's unit declared the table complete on or before the day: the
        whole of it, or each of the kinds. A table that was not given at all is never closed.
        """
        whole = np.zeros(self.units.height + 1, dtype=np.bool_)
        if table_id not in self.roster.given:
            return whole[self.own_unit]
        whole |= self._declared(table_id, "", on)
        if kinds:
            each = np.array([self._declared(table_id, kind, on) for kind in kinds])
            whole |= each.all(axis=0)
        return whole[self.own_unit]

    def _declared(self, table_id: str, kind: str, on: date) -> Mask:
        """Return units that declared a table, or one kind of it, complete; last: no unit."""
        rows = self.roster["declarations"].filter(
            pl.col("table_name") == BY_ID[table_id].sheet,
            pl.col("kind").fill_null("").str.strip_chars() == kind,
            pl.col("complete_as_of").is_not_null(),
        )
        as_of = days.day_numbers(rows["complete_as_of"], days.FOREVER)
        known = days.latest_days(as_of, rows["complete_as_of_precision"]) <= days.number(on)
        units = self.unit_column(rows["unit_id"])
        declared = np.zeros(self.units.height + 1, dtype=np.bool_)
        declared[units[known & (units >= 0)]] = True
        return declared


def ground_of(roster: Roster, pack: ResolvedPack) -> Ground:
    """Lay a roster out for the questions of a pack."""
    planned = list(pack.items.planning.values())
    start = pack.dates.get(planned[0].start) if len(planned) == 1 else None
    return Ground(roster, start if isinstance(start, date) else None)


def _sorted(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    return frame if frame[key].is_sorted() else frame.sort(key)


def _positions(wanted: pl.Series, known: pl.Series) -> Whole:
    """Return where each id stands among the known ones, ``NOBODY`` where nowhere."""
    if not known.len():
        return np.full(wanted.len(), NOBODY, dtype=np.int64)
    table = pl.DataFrame({"id": known, "position": np.arange(known.len())})
    found = pl.DataFrame({"id": wanted}).join(table, on="id", how="left", maintain_order="left")
    positions: NDArray[np.int64] = found["position"].fill_null(NOBODY).to_numpy()
    return positions
