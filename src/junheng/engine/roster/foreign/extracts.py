"""What foreign forms ask about persons, looked up in a roster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from junheng.engine import codes
from junheng.engine.roster.roster import Roster

Row = Mapping[str, object]

_MAIN_STINTS = ("任教", "任职")


class Extracts:
    """Looks up units, the present stint, backbone honours and the latest exchanges."""

    def __init__(self, roster: Roster) -> None:
        self.units: dict[str, Row] = {
            str(row["unit_id"]): row for row in roster["units"].iter_rows(named=True)
        }
        self.persons = roster["persons"].sort("unit_id", "person_id").to_dicts()
        self._present = _present_stints(roster)
        self._backbone = _backbone_levels(roster)
        self._exchanges = roster["exchanges"].sort("person_id", "since", nulls_last=False)
        declared = roster["declarations"].filter(
            (pl.col("table_name") == "荣誉")
            & (pl.col("kind").is_null() | (pl.col("kind") == "骨干教师"))
        )
        self._declared = frozenset(declared["unit_id"].to_list())

    def unit_name(self, unit_id: object) -> str:
        """Return a unit's name; empty where the roster does not know it."""
        return str(self.units.get(str(unit_id), {}).get("unit_name") or "")

    def present_since(self, person: Row) -> str:
        """Return since when somebody serves at the present unit, as 1998年9月."""
        return self._present.get((str(person["person_id"]), str(person["unit_id"])), "")

    def backbone(self, person: Row) -> str | None:
        """Return the highest level: '' if unknown, None if there is no such honour."""
        return self._backbone.get(str(person["person_id"]))

    def declared_backbone(self, person: Row) -> bool:
        """Whether the person's unit declared its backbone teachers complete."""
        return person["unit_id"] in self._declared

    def latest_exchanges(self, *, support: bool) -> dict[str, Row]:
        """Return everybody's latest 支教, or latest exchange other than 支教 and 跟岗."""
        kind = pl.col("exchange_kind")
        chosen = self._exchanges.filter(
            kind == "支教" if support else ~kind.is_in(["支教", "跟岗", "无"])
        )
        return {str(row["person_id"]): row for row in chosen.iter_rows(named=True)}


def month_text(day: object, precision: object) -> str:
    """Write a date as the forms do: 1998年9月, or 1998年 where the month is unknown."""
    if not isinstance(day, date):
        return ""
    return f"{day.year}年" if precision == "year" else f"{day.year}年{day.month}月"


def last_month_text(until: object, precision: object) -> str:
    """Write the last month that still counts of a half-open end."""
    if not isinstance(until, date):
        return ""
    return month_text(until - timedelta(days=1), precision)


def _present_stints(roster: Roster) -> dict[tuple[str, str], str]:
    """Return the latest open main stint of person and unit."""
    stints = roster["stints"].filter(
        pl.col("until").is_null()
        & (pl.col("stint_kind").is_null() | pl.col("stint_kind").is_in(_MAIN_STINTS))
    )
    return {
        (str(row["person_id"]), str(row["unit_id"])): month_text(
            row["since"], row["since_precision"]
        )
        for row in stints.sort("since").iter_rows(named=True)
    }


def _backbone_levels(roster: Roster) -> dict[str, str]:
    levels = codes.LEVEL.codes
    found: dict[str, str] = {}
    honours = roster["honours"].filter(pl.col("honour") == "骨干教师")
    for person_id, level in honours.select("person_id", "honour_level").iter_rows():
        known = found.get(person_id, "")
        ranked = [each for each in levels if each in (known, level)]
        found[person_id] = ranked[0] if ranked else ""
    return found
