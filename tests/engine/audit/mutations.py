"""Single violations, each put into a clean plan on purpose, with the name it must be given.

A mutation gets a world and a random generator and returns the spoilt world with the code, rule,
person and unit that the audit must name; or None where this world offers no place for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import polars as pl

from junheng.engine.plans.plan import Move, ObjectiveValue
from junheng.engine.policy.conditions import Literal, Not
from junheng.engine.policy.items import (
    Bound,
    Destination,
    Population,
    Rule,
    Strength,
)
from junheng.engine.policy.pack import ResolvedPack
from tests.engine.audit.further_mutations import FURTHER
from tests.engine.audit.mutant import Mutant, Mutation, mover
from tests.engine.audit.worlds import MOVABLE, START, World


def person_twice(world: World, random: Random) -> Mutant | None:
    """Send a mover to a second unit as well."""
    move = mover(world, random)
    others = [u for u in world.open_units(move.person_id) if u != move.to_unit] if move else []
    if move is None or not others:
        return None
    again = replace(move, to_unit=random.choice(others))
    spoilt = world.silent((*world.plan.moves, again))
    return Mutant(spoilt, "audit.person-twice", person=move.person_id)


def unknown_person(world: World, random: Random) -> Mutant | None:
    """Name somebody who is not on the roster."""
    move = mover(world, random)
    if move is None:
        return None
    stranger = replace(move, person_id="T-周")
    return Mutant(
        world.silent((*world.plan.moves, stranger)), "audit.unknown-person", person="T-周"
    )


def unknown_unit(world: World, random: Random) -> Mutant | None:
    """Send a mover to a unit that is not on the roster."""
    move = mover(world, random)
    if move is None:
        return None
    spoilt = world.with_moves(replace(move, to_unit="S-无"))
    return Mutant(spoilt, "audit.unknown-unit", person=move.person_id, unit="S-无")


def own_unit(world: World, random: Random) -> Mutant | None:
    """Send a mover to where they are."""
    move = mover(world, random)
    if move is None:
        return None
    spoilt = world.with_moves(replace(move, to_unit=move.from_unit))
    return Mutant(spoilt, "audit.own-unit", person=move.person_id, unit=move.from_unit)


def unit_gone(world: World, random: Random) -> Mutant | None:
    """Close the host on the first day of the plan."""
    move = mover(world, random)
    if move is None:
        return None
    spoilt = world.with_unit(move.to_unit, unit_until=START)
    return Mutant(spoilt, "audit.unit-gone", person=move.person_id, unit=move.to_unit)


def not_on_staff(world: World, random: Random) -> Mutant | None:
    """Move somebody who is hired outside the establishment."""
    outside = [
        person
        for person, row in world.persons.items()
        if row["employment"] != "在编"
        and world.verdicts[person]["outcome"] in (*MOVABLE, "not_due", "undecided")
        and world.open_units(person)
    ]
    if not outside:
        return None
    person = random.choice(outside)
    move = world.move(person, random.choice(world.open_units(person)))
    return Mutant(world.with_moves(move), "audit.not-on-staff", person=person)


def not_movable(world: World, random: Random) -> Mutant | None:
    """Move somebody whose outcome forbids it; each deciding rule has the same chance."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for person in world.quiet(movable=False):
        if world.open_units(person):
            verdict = world.verdicts[person]
            reason = (verdict["outcome"], "、".join(verdict["because"] or ()))
            by_reason.setdefault(reason, []).append(person)
    if not by_reason:
        return None
    reason = random.choice(sorted(by_reason))
    person = random.choice(by_reason[reason])
    move = world.move(person, random.choice(world.open_units(person)))
    return Mutant(world.with_moves(move), "audit.not-movable", reason[1], person)


def decided_against(world: World, random: Random) -> Mutant | None:
    """Let any one rule of the pack decide against a mover, or leave the mover undecided."""
    move = mover(world, random)
    return decided_by(world, move, random.choice([*closing(world), None])) if move else None


def closing(world: World) -> list[Rule]:
    """Return the rules of the pack that let nobody move whom they decide about."""
    rules = world.pack.items.rules.values()
    return [rule for rule in rules if rule.effect.value not in MOVABLE]


def decided_by(world: World, move: Move, rule: Rule | None) -> Mutant:
    """Let a rule decide against a mover; without one the mover is undecided."""
    spoilt = world.with_verdict(
        move.person_id,
        outcome=rule.effect.value if rule else "undecided",
        track="",
        because=[rule.id] if rule else [],
        strength=rule.strength.value if rule else "",
    )
    return Mutant(spoilt, "audit.not-movable", rule.id if rule else "", move.person_id)


def serving(world: World, random: Random) -> Mutant | None:
    """Put a mover on an exchange that has not ended."""
    move = mover(world, random)
    if move is None:
        return None
    frame = world.roster["exchanges"]
    row = pl.DataFrame(
        {
            "person_id": [move.person_id],
            "exchange_kind": ["轮岗"],
            "relation_moved": [False],
            "since": [START - timedelta(days=365)],
            "until": [START + timedelta(days=1)],
            "origin_unit": [move.to_unit],
            "host_unit": [move.from_unit],
        }
    )
    added = pl.concat([frame, row], how="diagonal_relaxed").select(frame.columns)
    spoilt = world.with_table("exchanges", added.cast(frame.schema))
    return Mutant(spoilt, "audit.serving", person=move.person_id)


def wrong_statement(world: World, random: Random) -> Mutant | None:
    """State a wrong origin, stage or subject."""
    move = mover(world, random)
    if move is None:
        return None
    stage = "初中" if move.stage == "小学" else "小学"
    subject = "化学" if move.subject != "化学" else "语文"
    code, wrong = random.choice(
        [
            ("audit.wrong-origin", replace(move, from_unit=move.to_unit)),
            ("audit.wrong-stage", replace(move, stage=stage)),
            ("audit.wrong-subject", replace(move, subject=subject)),
        ]
    )
    return Mutant(world.with_moves(wrong), code, person=move.person_id)


def no_post(world: World, random: Random) -> Mutant | None:
    """Take away the host's post of the mover's stage and subject."""
    move = mover(world, random)
    if move is None or world.leads(move.person_id):
        return None
    here = (
        (pl.col("unit_id") == move.to_unit)
        & (pl.col("stage") == move.stage)
        & (pl.col("subject") == move.subject)
    )
    posts = world.roster["posts"].filter(~here.fill_null(value=False))
    spoilt = world.with_table("posts", posts)
    return Mutant(spoilt, "audit.no-post", person=move.person_id, unit=move.to_unit)


def no_arrangement(world: World, random: Random) -> Mutant | None:
    """Leave only the form of alliances, and look for a move between others."""
    if "cooperative" not in world.pack.items.arrangements:
        return None
    outside = [move for move in world.plan.moves if not _alike(world, move, "alliance")]
    if not outside:
        return None
    move = random.choice(outside)
    planning = next(iter(world.pack.items.planning.values()))
    only = replace(planning, forms=("cooperative",))
    items = replace(world.pack.items, planning={planning.id: only})
    spoilt = world.with_pack(replace(world.pack, items=items))
    spoilt = spoilt.silent((replace(move, form="", since=None, until=None),))
    return Mutant(spoilt, "audit.no-arrangement", person=move.person_id, unit=move.to_unit)


def wrong_form(world: World, random: Random) -> Mutant | None:
    """State another form than the one that comes first."""
    move = mover(world, random)
    if move is None:
        return None
    planning = next(iter(world.pack.items.planning.values()))
    others = [form for form in planning.forms if form != move.form]
    spoilt = world.with_moves(replace(move, form=random.choice(others)))
    return Mutant(spoilt, "audit.wrong-form", move.form, move.person_id)


def wrong_period(world: World, random: Random) -> Mutant | None:
    """Begin or end a move on another day."""
    move = mover(world, random)
    if move is None:
        return None
    day = timedelta(days=random.choice([-1, 1]))
    ends = (move.until or START.replace(year=START.year + 1)) + day
    wrong = random.choice([replace(move, since=START + day), replace(move, until=ends)])
    return Mutant(world.with_moves(wrong), "audit.wrong-period", move.form, move.person_id)


def wrong_relation(world: World, random: Random) -> Mutant | None:
    """State the opposite of what the form says of the personnel relation."""
    move = mover(world, random)
    if move is None:
        return None
    wrong = replace(move, relation_moved=not move.relation_moved)
    return Mutant(world.with_moves(wrong), "audit.wrong-relation", move.form, move.person_id)


def banned(world: World, random: Random) -> Mutant | None:
    """Forbid the person the unit, the person everything, or everybody the unit."""
    move = mover(world, random)
    if move is None:
        return None
    known = random.choice(
        [
            {"person_id": move.person_id, "unit_id": move.to_unit},
            {"person_id": move.person_id},
            {"unit_id": move.to_unit},
        ]
    )
    spoilt = world.with_decision("禁止", **known)
    return Mutant(spoilt, "audit.banned", person=move.person_id, unit=move.to_unit)


def pin_broken(world: World, random: Random) -> Mutant | None:
    """Fix a mover to the own unit, or somebody who stays to another unit."""
    move = mover(world, random)
    if move is None:
        return None
    person, unit = move.person_id, move.from_unit
    moving = {each.person_id for each in world.plan.moves}
    staying = [p for p in world.quiet(movable=True) if p not in moving and world.open_units(p)]
    if staying and random.random() < 0.5:
        person = random.choice(staying)
        unit = random.choice(world.open_units(person))
    spoilt = world.with_decision("固定", person_id=person, unit_id=unit)
    return Mutant(spoilt, "audit.pin-broken", person=person, unit=unit)


def outside_zone(world: World, random: Random) -> Mutant | None:
    """Send a teacher of a school outside the town to another zone (a principle)."""
    return _across(world, random, "teachers-in-zone", "zone")


def outside_county(world: World, random: Random) -> Mutant | None:
    """Let a leader's host lie in another county (a principle)."""
    leaders = [p for p in world.quiet(movable=True) if world.leads(p) and world.open_units(p)]
    if not leaders or "leaders-in-county" not in world.pack.items.destinations:
        return None
    person = random.choice(leaders)
    unit = random.choice(world.open_units(person))
    spoilt = world.with_unit(unit, county="邻县").with_moves(world.move(person, unit))
    return Mutant(spoilt, "audit.destination", "leaders-in-county", person, unit)


def hard_destination(world: World, random: Random) -> Mutant | None:
    """Make the rule about zones hard, or turn it round, before breaking it."""
    rule = world.pack.items.destinations.get("teachers-in-zone")
    if rule is None or rule.must is None:
        return None
    hard = replace(rule, strength=Strength.HARD)
    if random.random() < 0.5:
        hard = replace(hard, must=None, must_not=Not(rule.must))
    return _across(
        world.with_pack(_with_destination(world.pack, hard)), random, rule.id, "zone"
    )


def recruit_to_town(world: World, random: Random) -> Mutant | None:
    """Apply the rule about recruits to everybody, and send somebody to a good town school."""
    rule = world.pack.items.destinations.get("recruits-first")
    if rule is None:
        return None
    found = [
        (person, unit)
        for person in world.quiet(movable=True)
        for unit in world.open_units(person)
        if world.units[unit]["unit_area"] == "城市"
        and world.units[unit]["unit_quality"] in ("优质", "一般")
    ]
    if not found:
        return None
    person, unit = random.choice(found)
    pack = _with_destination(world.pack, replace(rule, who=None))
    spoilt = world.with_pack(pack).with_moves(world.move(person, unit))
    return Mutant(spoilt, "audit.destination", rule.id, person, unit)


def unknown_destination(world: World, random: Random) -> Mutant | None:
    """Blank the zone of a host that must lie in the same zone."""
    movers = [move for move in world.plan.moves if _bound_to_zone(world, move.person_id)]
    if not movers or "teachers-in-zone" not in world.pack.items.destinations:
        return None
    move = random.choice(movers)
    spoilt = world.with_unit(move.to_unit, zone=None)
    return Mutant(
        spoilt, "audit.destination-unknown", "teachers-in-zone", move.person_id, move.to_unit
    )


def establishment(world: World, random: Random) -> Mutant | None:
    """Approve one person fewer than a unit has after taking somebody in."""
    grown = [line for line in world.audited().establishment if line.after > line.before]
    if not grown:
        return None
    line = random.choice(grown)
    spoilt = world.with_unit(line.unit_id, establishment=line.after - 1)
    rule = _guard(world.pack, "no-over-establishment")
    return Mutant(spoilt, "audit.establishment", rule, unit=line.unit_id)


def structure(world: World, random: Random) -> Mutant | None:
    """Approve one post fewer than a title band has after taking somebody in."""
    grown = [line for line in world.audited().structure if line.after > line.before]
    rule = _guard(world.pack, "no-over-structure")
    if not grown or not rule:
        return None
    line = random.choice(grown)
    here = (
        (pl.col("unit_id") == line.unit_id)
        & (pl.col("grade_band") == line.band)
        & pl.col("subject").is_null()
    )
    posts = world.roster["posts"].with_columns(
        pl.when(here).then(line.after - 1).otherwise(pl.col("established")).alias("established")
    )
    return Mutant(world.with_table("posts", posts), "audit.structure", rule, unit=line.unit_id)


def leaders(world: World, random: Random) -> Mutant | None:
    """Send a leader to a school whose post is filled."""
    holders = Counter(
        (row["unit_id"], row["role"])
        for person, row in world.persons.items()
        if world.leads(person) and row["employment"] == "在编" and row["in_post"] == "在岗"
    )
    moving = {move.from_unit for move in world.plan.moves if world.leads(move.person_id)}
    found = [
        (person, unit)
        for person in world.quiet(movable=True)
        if world.leads(person)
        for unit in world.open_units(person)
        if unit not in moving
        and holders[unit, world.persons[person]["role"]]
        >= world.leading[unit, world.persons[person]["role"]]
    ]
    if not found:
        return None
    person, unit = random.choice(found)
    spoilt = world.with_moves(world.move(person, unit))
    return Mutant(spoilt, "audit.leaders", person=person, unit=unit)


def no_head(world: World, random: Random) -> Mutant | None:
    """Send away the only head of a school."""
    heads = [
        person
        for person in world.quiet(movable=True)
        if world.leads(person)
        and world.persons[person]["role"] == "校长"
        and world.open_units(person)
    ]
    if not heads:
        return None
    person = random.choice(heads)
    spoilt = world.with_moves(world.move(person, random.choice(world.open_units(person))))
    unit = world.persons[person]["unit_id"]
    return Mutant(spoilt, "audit.no-head", person=person, unit=unit)


def cap(world: World, random: Random) -> Mutant | None:
    """Send a leader away from a team so small that the cap is nobody; sometimes a hard cap."""
    rule = next((q for q in world.pack.items.quotas.values() if q.relation == "at_most"), None)
    small = [
        (person, unit)
        for person in world.quiet(movable=True)
        if world.leads(person) and _alone(world, person)
        for unit in world.open_units(person)
        if world.formed(person, unit)
    ]
    if rule is None or not small:
        return None
    person, unit = random.choice(small)
    strength = random.choice([Strength.HARD, Strength.PRINCIPLE])
    quotas = {**world.pack.items.quotas, rule.id: replace(rule, strength=strength)}
    pack = replace(world.pack, items=replace(world.pack.items, quotas=quotas))
    spoilt = world.with_pack(pack).with_moves(world.move(person, unit))
    return Mutant(spoilt, "audit.cap", rule.id, unit=world.persons[person]["unit_id"])


def leavers(world: World, random: Random) -> Mutant | None:
    """Allow one leaver fewer than a unit has."""
    move = mover(world, random)
    if move is None:
        return None
    number = sum(each.from_unit == move.from_unit for each in world.plan.moves)
    planning = next(iter(world.pack.items.planning.values()))
    staff = Population(among="staff")
    bound = Bound(number=_literal(number - 1), of=staff)
    lower = replace(planning, leavers_at_most=bound)
    items = replace(world.pack.items, planning={planning.id: lower})
    spoilt = world.with_pack(replace(world.pack, items=items))
    return Mutant(spoilt, "audit.leavers", planning.id, unit=move.from_unit)


def claim(world: World, random: Random) -> Mutant | None:
    """State a wrong objective, a bound above it, or leave out an unmet obligation."""
    plan = world.plan
    at = random.randrange(len(plan.objectives))
    line = plan.objectives[at]
    better = replace(line, value=line.value - 1, bound=line.bound - 1)
    above = replace(line, bound=line.value + 1)
    with_line = [
        ("audit.claim-objective", _replaced(world, at, better)),
        ("audit.claim-bound", _replaced(world, at, above)),
    ]
    if plan.unmet:
        left = random.randrange(len(plan.unmet))
        unmet = plan.unmet[:left] + plan.unmet[left + 1 :]
        spoilt = replace(world, plan=replace(plan, unmet=unmet))
        with_line.append(("audit.claim-unmet", spoilt))
    code, spoilt = random.choice(with_line)
    return Mutant(spoilt, code)


def receipt(world: World, random: Random) -> Mutant | None:
    """Change one part of the receipt."""
    said = world.plan.receipt.screening
    changed = random.choice(
        [
            ("audit.receipt-roster", replace(said, roster="0" * 64)),
            ("audit.receipt-pack", replace(said, pack="0" * 64)),
            ("audit.receipt-pack", replace(said, pack_version="0")),
            ("audit.receipt-settings", replace(said, settings={"total-base": "staff"})),
            ("audit.receipt-date", replace(said, on=said.on - timedelta(days=1))),
            ("audit.receipt-date", replace(said, year=said.year + 1)),
        ]
    )
    whole = replace(world.plan.receipt, screening=changed[1])
    if random.random() < 0.15:
        whole = replace(world.plan.receipt, programme="别处-2026")
        changed = ("audit.receipt-programme", said)
    return Mutant(replace(world, plan=replace(world.plan, receipt=whole)), changed[0])


MUTATIONS: Mapping[str, Mutation] = {
    mutation.__name__.replace("_", "-"): mutation
    for mutation in (
        person_twice,
        unknown_person,
        unknown_unit,
        own_unit,
        unit_gone,
        not_on_staff,
        not_movable,
        decided_against,
        serving,
        wrong_statement,
        no_post,
        no_arrangement,
        wrong_form,
        wrong_period,
        wrong_relation,
        banned,
        pin_broken,
        outside_zone,
        outside_county,
        hard_destination,
        recruit_to_town,
        unknown_destination,
        establishment,
        structure,
        leaders,
        no_head,
        cap,
        leavers,
        claim,
        receipt,
        *FURTHER,
    )
}
"""Every kind of single violation, by name."""


def mutants(worlds: list[World], number: int, seed: int) -> Iterator[tuple[str, Mutant]]:
    """Yield so many mutants: each rule that closes in each world, then every kind in turn."""
    random = Random(seed)  # noqa: S311 -- not for secrets
    each = [(world, rule) for world in worlds for rule in closing(world)][:number]
    for world, rule in each:
        move = random.choice(world.plan.moves)
        yield "decided-against", decided_by(world, move, rule)
    found = len(each)
    barren = 0
    while found < number and barren < 50 * len(MUTATIONS):
        for name, mutation in MUTATIONS.items():
            mutant = mutation(random.choice(worlds), random)
            barren += mutant is None
            if mutant is not None and found < number:
                found += 1
                yield name, mutant


def _across(world: World, random: Random, rule: str, column: str) -> Mutant | None:
    if rule not in world.pack.items.destinations:
        return None
    found = [
        (person, unit)
        for person in world.quiet(movable=True)
        if _bound_to_zone(world, person)
        for unit in world.open_units(person)
        if world.units[unit][column] is not None
        and world.units[unit][column] != _own(world, person)[column]
    ]
    if not found:
        return None
    person, unit = random.choice(found)
    spoilt = world.with_moves(world.move(person, unit))
    return Mutant(spoilt, "audit.destination", rule, person, unit)


def _bound_to_zone(world: World, person: str) -> bool:
    row, own = world.persons[person], _own(world, person)
    teaches = row["full_time_teacher"] is True and not world.leads(person)
    return (
        teaches
        and own["unit_area"] in ("乡村", "丘陵", "山区", "边远")
        and own["zone"] is not None
    )


def _own(world: World, person: str) -> dict[str, object]:
    return world.units[world.persons[person]["unit_id"]]


def _alike(world: World, move: Move, column: str) -> bool:
    host = world.units[move.to_unit][column]
    return host is not None and world.units[move.from_unit][column] == host


def _alone(world: World, person: str) -> bool:
    """Whether the cap's share of the person's team is less than one."""
    unit = world.persons[person]["unit_id"]
    team = sum(
        row["unit_id"] == unit and world.leads(each) for each, row in world.persons.items()
    )
    rule = next(q for q in world.pack.items.quotas.values() if q.relation == "at_most")
    share = rule.bound.share
    number = share.values[0] if isinstance(share, Literal) else None
    return isinstance(number, Fraction) and team * number < 1


def _guard(pack: ResolvedPack, guard: str) -> str:
    return guard if guard in pack.items.guards else ""


def _with_destination(pack: ResolvedPack, rule: Destination) -> ResolvedPack:
    destinations = {**pack.items.destinations, rule.id: rule}
    return replace(pack, items=replace(pack.items, destinations=destinations))


def _replaced(world: World, at: int, line: ObjectiveValue) -> World:
    lines = list(world.plan.objectives)
    lines[at] = line
    return replace(world, plan=replace(world.plan, objectives=tuple(lines)))


def _literal(number: int) -> Literal:
    return Literal((Fraction(number),))
