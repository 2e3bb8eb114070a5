"""Packs with rules that the shipped examples do not have, and rosters for them, at random.

Order of selection, relatives, neighbouring subjects, several indicators, limits with
exceptions and quotas over several years are put into an example pack; relatives, exchanges of
earlier years and title bands into the roster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl

from junheng.engine.policy.conditions import (
    Always,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
    Not,
    TrackTest,
)
from junheng.engine.policy.items import (
    BalancePart,
    Bound,
    Horizon,
    KinRule,
    Planning,
    Population,
    Quota,
    Selection,
    SelectionKey,
    Strength,
)
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster

SUBJECTS = (("语文", "数学"), ("数学", "语文"))
STRENGTHS = (Strength.HARD, Strength.PRINCIPLE, Strength.ENCOURAGED)


def is_word(fact: str, *words: str) -> FactTest:
    """Return the condition that a fact is one of these words."""
    return FactTest(fact, (Comparison(Comparator.AMONG, Literal(words)),))


def number(value: int) -> Literal:
    """Return a figure of one whole number."""
    return Literal((Fraction(value),))


def with_items(pack: ResolvedPack, **changed: Mapping[str, Any]) -> ResolvedPack:
    """Return a pack with these kinds of items in place of its own."""
    return replace(pack, items=replace(pack.items, **changed))


def with_planning(pack: ResolvedPack, **changed: Any) -> ResolvedPack:
    """Return a pack with its planning item changed."""
    (planning,) = pack.items.planning.values()
    return with_items(pack, planning={planning.id: replace(planning, **changed)})


def kin_rule(**changed: Any) -> KinRule:
    """Return a hard rule that couples work at different units, but for what is changed."""
    known: dict[str, Any] = {
        "id": "kin",
        "title": "夫妻不同校",
        "strength": Strength.HARD,
        "among": ("夫妻",),
        "rule": "apart",
        "at": "unit",
    }
    return KinRule(**known | changed)


def selection(**changed: Any) -> Selection:
    """Return a hard order, the oldest first in the whole county, but for what is changed."""
    known: dict[str, Any] = {
        "id": "oldest-first",
        "title": "年长者先走",
        "strength": Strength.HARD,
        "keys": (SelectionKey(fact="age-here", order="highest"),),
    }
    return Selection(**known | changed)


def horizon_quota(**changed: Any) -> Quota:
    """Return a floor of half the staff within three years, but for what is changed."""
    known: dict[str, Any] = {
        "id": "coverage",
        "title": "三年覆盖一半",
        "strength": Strength.HARD,
        "count": Population(among="movers_and_served"),
        "relation": "at_least",
        "bound": Bound(share=Literal((Fraction(1, 2),)), of=Population(among="staff")),
        "per": ("county",),
        "each": "horizon",
        "rounding": "up",
        "over": Horizon(years=number(3), since=number(2025)),
    }
    return Quota(**known | changed)


def pair_quota(**changed: Any) -> Quota:
    """Return a cap of nine for each side of a pair, both equal, but for what is changed."""
    known: dict[str, Any] = {
        "id": "swap",
        "title": "结对互派",
        "strength": Strength.HARD,
        "count": Population(among="movers"),
        "relation": "at_most",
        "bound": Bound(number=number(9)),
        "per": ("pair", "side"),
        "each": "year",
        "rounding": "none",
        "equal_sides": True,
    }
    return Quota(**known | changed)


def ruled(pack: ResolvedPack, random: Random) -> ResolvedPack:
    """Return the pack with some further rules."""
    (planning,) = pack.items.planning.values()
    pack = with_planning(pack, **_planning(planning, random))
    if random.random() < 0.6:
        pack = with_items(pack, kin_rules={"kin": _kin(random)})
    if random.random() < 0.6:
        order = _order(random)
        pack = with_items(pack, selection={order.id: order})
        pack = _with_objective(pack, "selection")
    if random.random() < 0.4:
        quota = horizon_quota(
            relation=random.choice(["at_least", "at_most", "exactly"]),
            strength=random.choice(STRENGTHS[:2]),
            over=Horizon(
                years=number(random.randint(2, 4)), since=number(random.randint(2024, 2026))
            ),
        )
        pack = with_items(pack, quotas={**pack.items.quotas, quota.id: quota})
    if random.random() < 0.6:
        either: list[Condition] = [Always(), is_word("title", "一级教师", "高级教师")]
        exempt = random.choice(either)
        guards = {
            guard.id: replace(guard, exempt=exempt) if "structure" in guard.id else guard
            for guard in pack.items.guards.values()
        }
        pack = with_items(pack, guards=guards)
    return pack


def peopled(roster: Roster, random: Random) -> Roster:
    """Return the roster with relatives, earlier exchanges and limits on title bands."""
    persons = roster["persons"]["person_id"].to_list()
    units = roster["units"]["unit_id"].to_list()
    kin = [
        {"person_id": one, "relative_id": other, "kinship": random.choice(["夫妻", "兄弟姐妹"])}
        for one, other in (random.sample(persons, 2) for _ in range(3))
    ]
    served = [
        {
            "person_id": random.choice(persons),
            "host_unit": random.choice(units),
            "origin_unit": random.choice(units),
            "since": date(year, 9, 1),
            "until": date(year + 1, 9, 1),
            "relation_moved": True,
        }
        for year in (2023, 2024, 2025)
    ]
    bands = [
        {"unit_id": unit, "grade_band": band, "role": None, "established": random.randint(0, 2)}
        for unit in units
        for band in ("高级", "中级", "初级")
    ]
    tables = {
        "kinship": _added(roster, "kinship", kin),
        "exchanges": _added(roster, "exchanges", served),
        "posts": _added(roster, "posts", bands),
    }
    given = roster.given | tables.keys()
    return replace(roster, tables={**roster.tables, **tables}, given=given)


def _added(roster: Roster, table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    frame = roster[table]
    new = pl.DataFrame(rows, schema_overrides={k: frame.schema[k] for k in rows[0]})
    return pl.concat([frame, new], how="diagonal_relaxed").select(frame.columns)


def _planning(planning: Planning, random: Random) -> dict[str, Any]:
    everyone = tuple((track, "everyone") for track, _ in planning.duties)
    changed: dict[str, Any] = {"duties": everyone} if random.random() < 0.8 else {}
    share = Literal((Fraction(2, 3),))
    changed["leavers_at_most"] = Bound(share=share, of=Population(among="staff"))
    if random.random() < 0.6:
        changed["neighbouring_subjects"] = SUBJECTS
    if random.random() < 0.5:
        women = is_word("sex", "女")
        parts = (
            BalancePart(id="backbone", title="骨干", of=planning.balance_of, weight=number(2)),
            BalancePart(id="women", title="女教师", of=women, weight=number(1)),
        )
        listed = ["balance"] if random.random() < 0.5 else ["balance:women", "balance:backbone"]
        changed["balances"] = parts
        changed["objectives"] = ("unmet_obligations", *listed, "wishes")
    return changed


def _kin(random: Random) -> KinRule:
    return kin_rule(
        strength=random.choice(STRENGTHS),
        rule=random.choice(["apart", "together"]),
        at=random.choice(["unit", "zone", "township"]),
        among=random.choice([("夫妻",), ("夫妻", "兄弟姐妹")]),
    )


def _order(random: Random) -> Selection:
    either: list[Condition] = [is_word("sex", "女"), Not(is_word("title", "高级教师"))]
    prefer = random.choice(either)
    return selection(
        strength=random.choice(STRENGTHS),
        who=random.choice([None, TrackTest(("teacher", "volunteer"))]),
        within=random.choice([(), ("unit",), ("stage", "subject")]),
        waves=random.choice([(), (is_word("sex", "男"),)]),
        keys=(
            random.choice(
                [SelectionKey(prefer=prefer), SelectionKey(fact="age-here", order="lowest")]
            ),
        ),
    )


def _with_objective(pack: ResolvedPack, name: str) -> ResolvedPack:
    (planning,) = pack.items.planning.values()
    first, *others = planning.objectives
    return with_planning(pack, objectives=(first, name, *others))
