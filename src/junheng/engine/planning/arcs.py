"""Which moves are allowed, and under which form: posts, forms, destinations, bans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from junheng.engine.planning.decisions import ANY, Decision, Decisions
from junheng.engine.planning.findings import Findings
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.posts import Posts
from junheng.engine.planning.problem import (
    NOWHERE,
    Arcs,
    Blocked,
    Form,
    Pin,
    Staff,
    Units,
)
from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Arrangement, Destination, Planning, Strength
from junheng.engine.policy.pack import Items
from junheng.engine.screening.verdicts import Evaluation

EXACTLY = "exactly"
MOVES = "moves"
POST, OWN_UNIT = "post", "own_unit"
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What stands before any move is looked at.

    ``neighbours`` gives for a main subject the others that may be taught, in the pack's order.
    """

    units: Units
    staff: Staff
    posts: Posts
    forms: tuple[Form, ...]
    decisions: Decisions
    neighbours: Mapping[str, tuple[str, ...]]

    def taught(self, person: int, unit_id: str) -> tuple[str, ...]:
        """Return what a person who is no leader may teach at a unit: the own subject first."""
        stage, own = self.staff.stage[person], self.staff.subject[person]
        cells = self.posts.cells.established
        if own not in self.neighbours:
            return (own,) if (unit_id, stage, own) in cells else ()
        wanted = dict.fromkeys((own, *self.neighbours[own]))
        return tuple(subject for subject in wanted if (unit_id, stage, subject) in cells)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Moves under examination, ``person[k]`` → ``unit[k]``, sorted, each once."""

    person: Ints
    unit: Ints


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason against moves: its name's rule and the pairs it forbids."""

    rule: str
    forbids: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """The arcs with the pins, and the reasons against arcs that only a pin asks for."""

    arcs: Arcs
    pins: tuple[Pin, ...]
    blocked: tuple[Blocked, ...]


def read_forms(
    items: Items, planning: Planning, start: date, findings: Findings
) -> tuple[Form, ...]:
    """Return the forms the planner may use, dated from the start; first come first."""
    forms = []
    for form_id in planning.forms:
        item = items.arrangements.get(form_id)
        if item is None:
            continue  # not in force under the switches and on the day that were chosen
        relation = items.relations.get(findings.word(item.relation, item.id))
        forms.append(
            Form(
                id=item.id,
                since=start,
                until=_until(item, start, findings),
                relation_moved=relation is not None and relation.personnel == MOVES,
                counts_as_exchange=findings.word(item.counts_as_exchange, item.id) == "yes",
            )
        )
    return tuple(forms)


def _until(item: Arrangement, start: date, findings: Findings) -> date | None:
    """Return the day after the last of a form; lengths that are no whole years are months."""
    if item.length_relation != EXACTLY or item.length is None:
        return None
    years = findings.number(item.length, item.id)
    if years is None:
        return None
    passed, month = divmod(start.month - 1 + int(years * _MONTHS), _MONTHS)
    try:
        return date(start.year + passed, month + 1, start.day)
    except ValueError:  # a month too short for that day ends before the next begins
        return date(start.year + passed + (month + 1) // _MONTHS, (month + 1) % _MONTHS + 1, 1)


def permissions(evaluation: Evaluation, given: Given) -> Permissions:
    """Return every allowed move with its form, and every pin."""
    units, staff, decisions = given.units, given.staff, given.decisions
    sent = [pin for pin in decisions.pins if staff.works_at[pin.person] != pin.unit]
    pairs = _pairs(given, sent)
    form = _forms(evaluation, given, pairs)
    grounds = tuple(_grounds(evaluation, given, pairs, form))
    forbidden = np.zeros(len(pairs.person), dtype=np.bool_)
    for ground in grounds:
        forbidden |= ground.forbids
    open_pairs = np.flatnonzero(~forbidden | _among(pairs, sent)).tolist()
    taught = [
        (pair, subject) for pair in open_pairs for subject in _subjects(given, pairs, pair)
    ]
    kept = ints([pair for pair, _ in taught])
    arcs = _arcs(given, pairs, form, kept, tuple(subject for _, subject in taught))
    blocked = tuple(
        Blocked(arc=arc, name=_ground_name(ground.rule, staff, units, arcs, arc))
        for arc, pair in enumerate(kept)
        for ground in grounds
        if ground.forbids[pair]
    )
    pins = tuple(_pin(staff, units, pin, arcs) for pin in decisions.pins)
    return Permissions(arcs=arcs, pins=pins, blocked=blocked)


def rules_against(
    evaluation: Evaluation, given: Given, moves: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return for moves (person, unit) the rules and structural truths that forbid each.

    Empty where a move is allowed.
    """
    ordered = sorted(set(moves))
    pairs = Pairs(ints([p for p, _ in ordered]), ints([u for _, u in ordered]))
    form = _forms(evaluation, given, pairs)
    grounds = tuple(_grounds(evaluation, given, pairs, form))
    return {
        move: tuple(dict.fromkeys(g.rule for g in grounds if g.forbids[k]))
        for k, move in enumerate(ordered)
    }


def _subjects(given: Given, pairs: Pairs, pair: int) -> tuple[str, ...]:
    """Return what is taught after a move; the own subject where a pin asks without a post."""
    person, unit = int(pairs.person[pair]), int(pairs.unit[pair])
    if given.staff.leader[person]:
        return ("",)
    return given.taught(person, given.units.ids[unit]) or (given.staff.subject[person],)


def _pairs(given: Given, sent: Sequence[Decision]) -> Pairs:
    """Return movable persons × units with a post for them, and what pins ask for."""
    staff, units, posts = given.staff, given.units, given.posts
    teaching: Mapping[tuple[str, ...], list[int]] = defaultdict(list)
    leading: Mapping[tuple[str, ...], list[int]] = defaultdict(list)
    unit_of = {unit: k for k, unit in enumerate(units.ids)}
    for unit, *rest in posts.cells.established:
        teaching[tuple(rest)].append(unit_of[unit])
    for unit, role in posts.leadership.established:
        leading[(role,)].append(unit_of[unit])
    found = {(pin.person, pin.unit) for pin in sent}
    for person in np.flatnonzero(staff.movable):
        own = staff.subject[person]
        hosts = (
            leading.get((staff.role[person],), [])
            if staff.leader[person]
            else chain.from_iterable(
                teaching.get((staff.stage[person], subject), [])
                for subject in (own, *given.neighbours.get(own, ()))
            )
        )
        found |= {(int(person), unit) for unit in hosts if unit != staff.works_at[person]}
    ordered = sorted(found)
    return Pairs(ints([p for p, _ in ordered]), ints([u for _, u in ordered]))


def _forms(evaluation: Evaluation, given: Given, pairs: Pairs) -> Ints:
    """Return for each pair the first form that is certainly for it, or ``NOWHERE``."""
    staff = given.staff
    track = np.array(staff.track, dtype=np.str_)
    subject = np.array(staff.subject, dtype=np.str_)
    found = np.full(len(pairs.person), NOWHERE, dtype=np.int64)
    items = evaluation.pack.items.arrangements
    for number, form in enumerate(given.forms):
        item = items[form.id]
        fits = found == NOWHERE
        if item.tracks:
            fits &= np.isin(track[pairs.person], item.tracks)
        if item.subjects:
            fits &= np.isin(subject[pairs.person], item.subjects) & ~staff.leader[pairs.person]
        if item.who is not None:
            fits &= evaluation.persons(item.who).yes[pairs.person]
        fits &= _yes(evaluation, item.moves, pairs) & _inside(evaluation, given, item, pairs)
        found[fits] = number
    return found


def _inside(evaluation: Evaluation, given: Given, item: Arrangement, pairs: Pairs) -> Mask:
    """Return which moves certainly stay in the place a form keeps to.

    None does under a form that changes only the post, or keeps to the own unit: the planner
    sends persons to other units. A blank place is in none.
    """
    if item.changes == POST or item.within == OWN_UNIT:
        return np.zeros(len(pairs.person), dtype=np.bool_)
    if not item.within:
        return np.ones(len(pairs.person), dtype=np.bool_)
    rows = {row["unit_id"]: row[item.within] for row in evaluation.roster["units"].to_dicts()}
    place = np.array([rows[unit] or "" for unit in given.units.ids])
    here, there = place[given.staff.works_at[pairs.person]], place[pairs.unit]
    return np.asarray((here == there) & (here != ""))


def _grounds(
    evaluation: Evaluation, given: Given, pairs: Pairs, form: Ints
) -> Iterator[Ground]:
    """Yield every reason against a move; a move is allowed when none forbids it."""
    units, staff, decisions = given.units, given.staff, given.decisions
    yield Ground(Structure.NOT_MOVABLE, ~staff.movable[pairs.person])
    yield Ground(Structure.UNIT_CLOSED, ~units.open[pairs.unit])
    yield Ground(Structure.NO_POST, ~_with_post(given, pairs))
    yield Ground(Structure.NO_FORM, form == NOWHERE)
    for item in evaluation.pack.items.destinations.values():
        if item.strength is not Strength.ENCOURAGED:
            lifted = decisions.lifts(item.id, pairs.person, pairs.unit)
            if item.strength is Strength.HARD:
                lifted[:] = False
            yield Ground(item.id, _forbidden(evaluation, item, pairs) & ~lifted)
    for ban in decisions.bans:
        here = (ban.person == ANY) | (pairs.person == ban.person)
        yield Ground(Structure.BAN, here & ((ban.unit == ANY) | (pairs.unit == ban.unit)))


def _with_post(given: Given, pairs: Pairs) -> Mask:
    def has_post(person: int, unit: int) -> bool:
        unit_id = given.units.ids[unit]
        if given.staff.leader[person]:
            role = given.staff.role[person]
            return (unit_id, role) in given.posts.leadership.established
        return bool(given.taught(person, unit_id))

    return np.array(
        [has_post(int(p), int(u)) for p, u in zip(pairs.person, pairs.unit, strict=True)],
        dtype=np.bool_,
    )


def _forbidden(evaluation: Evaluation, item: Destination, pairs: Pairs) -> Mask:
    """Return which pairs a destination rule forbids; what is unknown forbids (§1)."""
    concerned = np.ones(len(pairs.person), dtype=np.bool_)
    for condition in (item.who, item.where):
        if condition is not None:
            concerned &= ~evaluation.moves(condition, pairs.person, pairs.unit).no
    against = np.zeros(len(pairs.person), dtype=np.bool_)
    if item.must is not None:
        against |= ~evaluation.moves(item.must, pairs.person, pairs.unit).yes
    if item.must_not is not None:
        against |= ~evaluation.moves(item.must_not, pairs.person, pairs.unit).no
    return concerned & against


def _yes(evaluation: Evaluation, condition: Condition | None, pairs: Pairs) -> Mask:
    if condition is None:
        return np.ones(len(pairs.person), dtype=np.bool_)
    return evaluation.moves(condition, pairs.person, pairs.unit).yes


def _among(pairs: Pairs, sent: Sequence[Decision]) -> Mask:
    asked = {(pin.person, pin.unit) for pin in sent}
    return np.array(
        [(int(p), int(u)) in asked for p, u in zip(pairs.person, pairs.unit, strict=True)],
        dtype=np.bool_,
    )


def _arcs(
    given: Given, pairs: Pairs, form: Ints, kept: Ints, subjects: tuple[str, ...]
) -> Arcs:
    chosen, forms = form[kept], given.forms
    moved = np.array([f.relation_moved for f in forms] + [False], dtype=np.bool_)
    counts = np.array([f.counts_as_exchange for f in forms] + [False], dtype=np.bool_)
    places = sorted(set(zip(pairs.unit[kept].tolist(), subjects, strict=True)))
    number_of = {place: number for number, place in enumerate(places)}
    return Arcs(
        person=pairs.person[kept],
        unit=pairs.unit[kept],
        subject=subjects,
        place=ints(
            [
                number_of[place]
                for place in zip(pairs.unit[kept].tolist(), subjects, strict=True)
            ]
        ),
        form=chosen,
        relation_moved=moved[chosen],  # NOWHERE is -1: the last entry, no form
        exchange=counts[chosen],
    )


def _pin(staff: Staff, units: Units, pin: Decision, arcs: Arcs) -> Pin:
    return Pin(
        name=Name(
            rule=Structure.PIN, person_id=staff.ids[pin.person], unit_id=units.ids[pin.unit]
        ),
        person=pin.person,
        arcs=np.flatnonzero((arcs.person == pin.person) & (arcs.unit == pin.unit)),
    )


def _ground_name(rule: str, staff: Staff, units: Units, arcs: Arcs, arc: int) -> Name:
    """Name a reason; person and unit are kept, so that the words can point at them."""
    return Name(
        rule=rule,
        person_id=staff.ids[arcs.person[arc]],
        unit_id=units.ids[arcs.unit[arc]],
    )
