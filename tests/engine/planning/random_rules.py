"""Very small random counties in which one more rule is at work, and the same without it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import polars as pl

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import (
    Arrangement,
    BalancePart,
    Bound,
    Guard,
    Horizon,
    KinRule,
    Planning,
    Quota,
    Selection,
    SelectionKey,
    Strength,
)
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.generator import tiny
from junheng.engine.roster.roster import Roster, roster_of
from tests.engine.balance.county_of_three import FOUNDED
from tests.engine.planning.brute_force import County
from tests.engine.planning.hand_screening import (
    FULL_TIME,
    SAME_ZONE,
    SENIOR,
    TO_COUNTRYSIDE,
    by_lot,
    is_,
    number,
    pack_of,
    planning_item,
    population,
    screened,
    share,
)
from tests.engine.planning.trying import combinations

DRAW_SEED = 20260901
WOMEN, YOUNGER = is_("sex", "女"), is_("title", "二级教师")
NOT_WORSE = is_("post_structure_worsened", True)
_TOO_MANY = 700
_KEPT = (Strength.HARD, Strength.PRINCIPLE)
Packs = tuple[ResolvedPack, ResolvedPack]


def dice(seed: int) -> Random:
    """Return dice of a seed."""
    return Random(seed)  # noqa: S311 -- not for security


def counties(rule: str, seed: int) -> tuple[County, County]:
    """Return a county with a rule and without it, small enough to try every plan."""
    with_rule, without = RULES[rule](dice(seed))
    for persons in range(dice(seed).randint(6, 9), 2, -1):
        roster = tiny(seed, units=2 + seed % 3, persons=persons)
        lifted = _may_be_lifted(with_rule)
        roster = _enriched(roster, dice(seed), lifted=lifted and rule == "kin")
        if rule == "pairs":
            roster = _paired(roster, dice(seed), lifted=lifted)
        found = tuple(
            County(roster, screened(roster, pack, by_lot(seed)), DRAW_SEED)
            for pack in (with_rule, without)
        )
        if max(map(combinations, found)) <= _TOO_MANY:
            return found[0], found[1]
    raise AssertionError("no county small enough")


def _may_be_lifted(pack: ResolvedPack) -> bool:
    strengths = [rule.strength for rule in pack.items.kin_rules.values()]
    strengths += [quota.strength for quota in pack.items.quotas.values()]
    return Strength.PRINCIPLE in strengths


def _enriched(roster: Roster, random: Random, *, lifted: bool) -> Roster:
    """Add relatives, earlier exchanges, grades, blank townships and lifted rules."""
    frames = {table: _plain(roster, table) for table in roster.given}
    persons = frames["persons"]
    grades = [random.randint(1, 3) for _ in range(persons.height)]
    frames["persons"] = persons.with_columns(pl.Series("post_grade", grades))
    ids, units = persons["person_id"].to_list(), frames["units"]["unit_id"].to_list()
    for column in ("township", "zone"):
        blank = [random.random() < 0.2 for _ in units]
        kept = pl.when(pl.Series(blank)).then(None).otherwise(pl.col(column))
        frames["units"] = frames["units"].with_columns(kept.alias(column))
    frames["kinship"] = _frame([_kin(random, ids) for _ in range(random.randint(1, 3))])
    more = {
        "exchanges": [_served(random, row, units) for row in persons.to_dicts()],
        "decisions": [_lifted(random, ids)] if lifted else [],
    }
    for table, rows in more.items():
        held = frames[table].to_dicts() if table in frames else []
        drawn = [row for row in rows if random.random() < 0.3]
        if held or drawn:
            frames[table] = _frame([*held, *drawn])
    return roster_of(frames)


def _paired(roster: Roster, random: Random, *, lifted: bool) -> Roster:
    """Pair the first two schools, and the next two; sometimes lift the quota somewhere."""
    frames = {table: _plain(roster, table) for table in roster.given}
    rows = frames["units"].to_dicts()
    for first in range(0, len(rows) - 1, 2):
        one, other = rows[first], rows[first + 1]
        named = random.choice([(one, other), (other, one)])
        named[0]["pair_partner"] = named[1]["unit_id"]
        if random.random() < 0.5:
            named[1]["pair_partner"] = named[0]["unit_id"]
        if random.random() < 0.3:
            one["unit_stages"] = random.choice([None, ["高中"]])
    frames["units"] = frames["units"].with_columns(
        pl.Series(column, [row[column] for row in rows], dtype=frames["units"][column].dtype)
        for column in ("pair_partner", "unit_stages")
    )
    if lifted and random.random() < 0.5:
        unit = random.choice([None, *(row["unit_id"] for row in rows)])
        override = {"decision_kind": "例外批准", **FOUNDED, "rule_id": "pairs", "unit_id": unit}
        held = frames["decisions"].to_dicts() if "decisions" in frames else []
        frames["decisions"] = _frame([*held, override | {"person_id": None}])
    return roster_of(frames)


def _plain(roster: Roster, table: str) -> pl.DataFrame:
    return roster[table].drop("source", "row")


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def _kin(random: Random, ids: list[str]) -> dict[str, Any]:
    one, other = random.sample(ids, 2)
    return {"person_id": one, "relative_id": other, "kinship": random.choice(["夫妻", "其他"])}


def _served(random: Random, row: Mapping[str, Any], units: list[str]) -> dict[str, Any]:
    year = random.randint(2022, 2025)
    others = [unit for unit in units if unit != row["unit_id"]]
    return {
        "person_id": row["person_id"],
        "exchange_kind": "定期交流",
        "relation_moved": False,
        "since": date(year, 9, 1),
        "until": date(year + 1, 9, 1),
        "origin_unit": row["unit_id"],
        "host_unit": random.choice(others),
    }


def _lifted(random: Random, ids: list[str]) -> dict[str, Any]:
    person = random.choice([*ids, None])
    rule = {"decision_kind": "例外批准", **FOUNDED, "rule_id": "kin", "unit_id": None}
    return rule | {"person_id": person}


def _planning(random: Random, **changes: object) -> Planning:
    settings: dict[str, object] = {
        "duties": (("teacher", random.choice(["everyone", "quota"])),),
        "leavers_at_most": Bound(number=number(random.randint(1, 3))),
        "counted_at": random.choice(["host", "origin"]),
        "forms": random.choice([("transfer", "exchange"), ("exchange",), ("transfer",)]),
    }
    return planning_item(**(settings | changes))


def _transfer(random: Random) -> Condition | None:
    return random.choice([None, TO_COUNTRYSIDE, SENIOR])


def _neighbours(random: Random) -> Packs:
    settings = random.getstate()
    packs = []
    for pairs in ((("语文", "数学"), ("数学", "语文")), ()):
        random.setstate(settings)
        planning = _planning(random, neighbouring_subjects=pairs)
        packs.append(pack_of(planning, transfer=_transfer(random)))
    return packs[0], packs[1]


def _balances(random: Random) -> Packs:
    weights = [number(random.randint(1, 4)) for _ in range(2)]
    parts = tuple(
        BalancePart(id=name, title=name, of=of, weight=weight)
        for name, of, weight in zip(("upper", "women"), (SENIOR, WOMEN), weights, strict=True)
    )
    asked = random.choice([("balance",), ("balance:women", "balance:upper")])
    duties = (("teacher", "quota"),)
    settings = random.getstate()
    packs = []
    for objectives, kept in ((asked, parts), (("balance",), parts[:1])):
        random.setstate(settings)
        ordered = ("unmet_obligations", *objectives, "wishes", "travel")
        planning = _planning(random, balances=kept, objectives=ordered, duties=duties)
        packs.append(pack_of(planning, transfer=_transfer(random)))
    return packs[0], packs[1]


def _selection(random: Random) -> Packs:
    grade = SelectionKey(fact="post_grade", order=random.choice(["highest", "shortest"]))
    orders = tuple(
        Selection(
            id=f"order-{each}",
            title="次序",
            strength=random.choice(list(Strength)),
            who=random.choice([None, None, SENIOR, FULL_TIME]),
            within=random.choice([(), (), ("unit",), ("zone",), ("stage", "subject")]),
            waves=random.choice([(), (WOMEN,), (YOUNGER, WOMEN)]),
            keys=random.choice([(grade,), (SelectionKey(prefer=SENIOR), grade)]),
        )
        for each in range(random.randint(1, 2))
    )
    settings = random.getstate()
    packs = []
    for more in (("selection",), ()):
        random.setstate(settings)
        objectives = ("unmet_obligations", *more, "balance", "wishes", "travel")
        duties = (("teacher", "quota"),)
        planning = _planning(random, objectives=objectives, duties=duties)
        packs.append(pack_of(planning, selection=orders, transfer=_transfer(random)))
    return packs[0], packs[1]


def _kin_rules(random: Random) -> Packs:
    rule = KinRule(
        id="kin",
        title="亲属",
        strength=random.choice(_KEPT),
        among=random.choice([("夫妻",), ("夫妻", "其他")]),
        rule=random.choice(["apart", "together"]),
        at=random.choice(["unit", "zone", "township", "county"]),
    )
    planning, transfer = _planning(random), _transfer(random)
    kept = pack_of(planning, kin_rules=(rule,), transfer=transfer)
    encouraged = KinRule(
        id="kin",
        title="亲属",
        strength=Strength.ENCOURAGED,
        among=rule.among,
        rule=rule.rule,
        at=rule.at,
    )
    return kept, pack_of(planning, kin_rules=(encouraged,), transfer=transfer)


def _exempt(random: Random) -> Packs:
    planning = _planning(random, forms=("transfer",))
    exempt = random.choice([SENIOR, WOMEN, TO_COUNTRYSIDE, SAME_ZONE])
    packs = [
        pack_of(
            planning,
            guards=(
                Guard(
                    id="structure",
                    title="结构",
                    strength=Strength.HARD,
                    never=NOT_WORSE,
                    exempt=each,
                ),
            ),
            transfer=None,
        )
        for each in (exempt, None)
    ]
    return packs[0], packs[1]


def _horizon(random: Random) -> Packs:
    over = Horizon(
        years=number(random.randint(1, 4)), since=number(random.choice([2023, 2024, 2026]))
    )
    quota = Quota(
        id="covered",
        title="覆盖",
        strength=Strength.HARD,
        count=population("movers_and_served", random.choice([None, SENIOR, WOMEN])),
        relation=random.choice(["at_least", "at_least", "at_most", "exactly"]),
        bound=Bound(
            share=share(random.randint(2, 4), 5), of=population(random.choice(["staff", "due"]))
        ),
        per=random.choice([("county",), ("unit",), ("zone",)]),
        each="horizon",
        rounding=random.choice(["up", "down", "nearest"]),
        over=over,
    )
    planning, transfer = _planning(random, duties=(("teacher", "quota"),)), _transfer(random)
    return pack_of(planning, quotas=(quota,), transfer=transfer), pack_of(
        planning, transfer=transfer
    )


def _pairs(random: Random) -> Packs:
    strength = random.choice(_KEPT)
    plain = Bound(number=number(random.randint(0, 2)))
    of_movers = Bound(share=share(1, 2), of=population("movers"))
    of_staff = Bound(share=share(1, 3), of=population("staff"))
    per = random.choice([("pair", "side", "stage"), ("pair", "side"), ("side", "pair")])
    quota = Quota(
        id="pairs",
        title="结对",
        strength=strength,
        count=population("movers", random.choice([None, None, SENIOR, WOMEN])),
        relation=random.choice(["at_least", "at_most", "exactly", "exactly"]),
        bound=random.choice([plain, plain, of_movers, of_staff]),
        per=per,
        each="programme",
        rounding=random.choice(["up", "down"]),
        equal_sides=random.random() < 0.7,
    )
    if not quota.equal_sides and random.random() < 0.5:
        quota = replace(quota, per=("pair", "stage"))
    idle = replace(quota, strength=Strength.ENCOURAGED, relation="at_most")
    planning, transfer = _planning(random), _transfer(random)
    return pack_of(planning, quotas=(quota,), transfer=transfer), pack_of(
        planning, quotas=(idle,), transfer=transfer
    )


def _forms(random: Random) -> Packs:
    plain = (
        Arrangement(id="transfer", title="调动", relation="moved"),
        Arrangement(id="exchange", title="交流", relation="stays"),
    )
    limited = tuple(
        replace(
            form,
            who=random.choice([None, SENIOR, WOMEN]),
            within=random.choice(["", "zone", "zone", "township", "county"]),
            subjects=random.choice([(), (), ("语文",)]),
            changes=random.choice(["unit", "unit", "unit", "post"]),
        )
        for form in plain
    )
    planning = _planning(random)
    return pack_of(planning, arrangements=limited), pack_of(planning, arrangements=plain)


RULES: Mapping[str, Callable[[Random], Packs]] = {
    "neighbouring-subjects": _neighbours,
    "several-balances": _balances,
    "selection": _selection,
    "kin": _kin_rules,
    "over-quota": _exempt,
    "horizon": _horizon,
    "pairs": _pairs,
    "forms": _forms,
}
"""For each rule two packs that differ in it alone: with it, and without."""
