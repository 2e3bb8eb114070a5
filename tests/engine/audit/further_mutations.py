"""Single violations of the rules that the shipped examples do not have."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import polars as pl

from junheng.engine.plans.plan import Move, PassedOver
from junheng.engine.policy.items import Bound, SelectionKey, Strength
from tests.engine.audit.mutant import Mutant, Mutation, mover
from tests.engine.audit.rules import (
    horizon_quota,
    is_word,
    kin_rule,
    number,
    pair_quota,
    selection,
    with_items,
    with_planning,
)
from tests.engine.audit.worlds import World

_ALIKE = ("unit_id", "stage", "subject", "title")
"""Columns in which a colleague must be like a mover to go instead."""


def _value(world: World, person: str, column: str) -> object:
    return world.persons[person][column]


def relatives(world: World, random: Random) -> Mutant | None:
    """Relate a mover to a colleague who is left behind, or to somebody at the host."""
    move = mover(world, random)
    if move is None:
        return None
    moving = {each.person_id for each in world.plan.moves}
    rule = kin_rule(strength=random.choice([Strength.HARD, Strength.PRINCIPLE]))
    at = move.to_unit
    if random.random() < 0.5:
        rule, at = replace(rule, rule="together"), move.from_unit
    staff = world.ground.staff.members.items()
    others = [p for p, member in staff if member.unit == at and p not in moving]
    if not others:
        return None
    other = random.choice(others)
    row = {"person_id": [move.person_id], "relative_id": [other], "kinship": ["夫妻"]}
    if random.random() < 0.5:  # declared by either side
        row["person_id"], row["relative_id"] = row["relative_id"], row["person_id"]
    spoilt = world.with_pack(with_items(world.pack, kin_rules={rule.id: rule})).with_table(
        "kinship",
        pl.DataFrame(row, schema_overrides=world.roster["kinship"].schema)
        .pipe(lambda new: pl.concat([world.roster["kinship"], new], how="diagonal_relaxed"))
        .select(world.roster["kinship"].columns),
    )
    return Mutant(spoilt, f"audit.kin-{rule.rule}", rule.id, move.person_id)


def _paired(world: World, move: Move) -> tuple[World, int, int]:
    """Pair origin and host of a move alone; count who is sent either way."""
    frame = world.roster["units"].with_columns(
        pair_partner=pl.when(pl.col("unit_id") == move.from_unit).then(pl.lit(move.to_unit))
    )
    ways = [(each.from_unit, each.to_unit) for each in world.plan.moves]
    there, back = (move.from_unit, move.to_unit), (move.to_unit, move.from_unit)
    return world.with_table("units", frame), ways.count(there), ways.count(back)


def unequal_sides(world: World, random: Random) -> Mutant | None:
    """Ask of two schools that they send as many each, where one sends more."""
    move = mover(world, random)
    if move is None:
        return None
    paired, there, back = _paired(world, move)
    if there == back:
        return None
    quota = pair_quota(strength=random.choice([Strength.HARD, Strength.PRINCIPLE]))
    spoilt = paired.with_pack(with_items(world.pack, quotas={quota.id: quota}))
    return Mutant(spoilt, "audit.unequal-sides", quota.id, unit=move.to_unit)


def side_above_its_number(world: World, random: Random) -> Mutant | None:
    """Allow one side of a pair one fewer than it sends."""
    move = mover(world, random)
    if move is None:
        return None
    paired, there, _ = _paired(world, move)
    bound = Bound(number=number(there - 1))
    quota = pair_quota(bound=bound, equal_sides=False)
    spoilt = paired.with_pack(with_items(world.pack, quotas={quota.id: quota}))
    return Mutant(spoilt, "audit.cap", quota.id, move.person_id, move.from_unit)


def over_quota_mark(world: World, random: Random) -> Mutant | None:
    """Mark a mover as hired above the posts though no guard excepts anybody."""
    move = mover(world, random)
    if move is None:
        return None
    marked = replace(move, over_quota="no-over-structure")
    return Mutant(world.with_moves(marked), "audit.over-quota", person=move.person_id)


def passed_over(world: World, random: Random) -> Mutant | None:
    """Put a colleague who could go instead before a mover in the order of selection."""
    moves = list(world.plan.moves)
    random.shuffle(moves)
    for move, person in ((m, p) for m in moves for p in _colleagues(world, m)):
        rest = [each for each in moves if each != move]
        instead = world.silent((*rest, world.move(person, move.to_unit))).audited()
        owing = [sum(u.amount for u in each.unmet) for each in (world.audited(), instead)]
        if instead.clean and owing[1] <= owing[0]:
            prefer = is_word("sex", str(_value(world, person, "sex")))
            order = selection(
                strength=random.choice([Strength.HARD, Strength.PRINCIPLE]),
                within=("unit", "stage", "subject"),
                keys=(SelectionKey(prefer=prefer),),
            )
            spoilt = world.with_pack(with_items(world.pack, selection={order.id: order}))
            return Mutant(spoilt, "audit.passed-over", order.id, person)
    return None


def _colleagues(world: World, move: Move) -> list[str]:
    """Return who is due, stays, and is like a mover in everything but sex."""
    moving = {each.person_id for each in world.plan.moves}
    due = [p for p in (move.person_id, *world.quiet(movable=True)) if _is_due(world, p)]
    return [
        person
        for person in due[1:]
        if due[0] == move.person_id
        and person not in moving
        and all(_value(world, person, c) == _value(world, move.person_id, c) for c in _ALIKE)
        and _value(world, person, "sex") != _value(world, move.person_id, "sex")
    ]


def _is_due(world: World, person: str) -> bool:
    return bool(world.verdicts[person]["outcome"] == "due")


def passed_over_claim(world: World, random: Random) -> Mutant | None:
    """State that somebody is passed over under a pack without any order."""
    move = mover(world, random)
    if move is None:
        return None
    stated = (PassedOver(rule="oldest-first", person_id=move.person_id),)
    spoilt = replace(world, plan=replace(world.plan, passed_over=stated))
    return Mutant(spoilt, "audit.claim-passed-over", person=move.person_id)


def coverage_cap(world: World, random: Random) -> Mutant | None:
    """Allow no exchange at all within a horizon, in the county or in each unit."""
    move = mover(world, random)
    if move is None:
        return None
    quota = horizon_quota(
        relation="at_most",
        bound=Bound(number=number(0)),
        rounding="none",
        per=random.choice([("unit",), ("unit", "subject")]),
    )
    quotas = {**world.pack.items.quotas, quota.id: quota}
    spoilt = world.with_pack(with_items(world.pack, quotas=quotas))
    return Mutant(spoilt, "audit.cap", quota.id, move.person_id, move.from_unit)


def neighbour_without_post(world: World, random: Random) -> Mutant | None:
    """Let a mover teach a neighbouring subject for which the host has no post."""
    teachers = [m for m in world.plan.moves if not world.leads(m.person_id)]
    if not teachers:
        return None
    move = random.choice(teachers)
    pairs = ((world.persons[move.person_id]["subject"], "天文"),)
    pack = with_planning(world.pack, neighbouring_subjects=pairs)
    spoilt = world.with_pack(pack).with_moves(replace(move, subject="天文"))
    return Mutant(spoilt, "audit.no-post", person=move.person_id, unit=move.to_unit)


FURTHER: tuple[Mutation, ...] = (
    relatives,
    over_quota_mark,
    passed_over,
    passed_over_claim,
    coverage_cap,
    unequal_sides,
    side_above_its_number,
    neighbour_without_post,
)
