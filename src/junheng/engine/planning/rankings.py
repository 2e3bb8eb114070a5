"""In which order candidates are sent: the selections of the pack, group by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from junheng.engine.planning.findings import Findings, Row, cell_place
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.problem import Arcs, Blocked, Ranking, Staff, Units
from junheng.engine.policy.conditions import (
    ClassTest,
    Condition,
    FactTest,
    TrackTest,
    Unset,
)
from junheng.engine.policy.items import Outcome, Selection
from junheng.engine.policy.pack import Items
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.policy.walking import walk
from junheng.engine.scoring import score
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.verdicts import Evaluation, Levels
from junheng.messages import enumerated

_NAMED = 10
"""Persons a message lists by id."""


def read_rankings(
    evaluation: Evaluation,
    units: Units,
    staff: Staff,
    arcs: Arcs,
    blocked: Sequence[Blocked],
    findings: Findings,
) -> tuple[Ranking, ...]:
    """Return every group of candidates with its tiers; what is unknown of a candidate is noted.

    A group of whom all are equal, or which is of one person, has nobody to pass over.
    """
    closed = np.zeros(len(arcs), dtype=np.bool_)
    closed[[each.arc for each in blocked]] = True
    may_go = np.zeros(len(staff.ids), dtype=np.bool_)
    may_go[arcs.person[~closed]] = True
    rows = evaluation.roster["persons"].sort("person_id").to_dicts()
    found: list[Ranking] = []
    for item in evaluation.pack.items.selection.values():
        if item.ties != "draw":
            word = findings.word(item.ties, item.id)
            if word:
                findings.add("planning.order-not-drawn", None, id=item.id, found=word)
        candidates = _candidates(evaluation, item, staff) & may_go
        keys, unknown = _keys(evaluation, item, candidates)
        for what, where in unknown.items():
            _note_unknown(evaluation, rows, item, what, candidates & where, findings)
        for group in _groups(item, units, staff, candidates):
            tiers = _tiers(group, keys)
            if len(tiers) > 1:
                found.append(Ranking(rule=item.id, tiers=tiers))
    return tuple(found)


def _candidates(evaluation: Evaluation, item: Selection, staff: Staff) -> Mask:
    """Return the movable persons the order is about; volunteers only by their track."""
    fits = np.ones(len(staff.ids), dtype=np.bool_)
    outcomes = [Outcome.DUE.value, Outcome.SUPERVISED.value]
    if item.who is not None:
        fits = evaluation.persons(item.who).yes
        if _names_track(item.who, evaluation.pack.items):
            outcomes.append(Outcome.MAY.value)
    return staff.movable & fits & np.isin(np.array(staff.outcome, dtype=np.str_), outcomes)


def _names_track(condition: Condition, items: Items) -> bool:
    """Whether a condition tests the track, itself or through the classes it names."""
    return any(
        isinstance(each, TrackTest)
        or (isinstance(each, ClassTest) and _names_track(items.classes[each.klass].when, items))
        for each in walk(condition)
    )


def _keys(
    evaluation: Evaluation, item: Selection, candidates: Mask
) -> tuple[Ints, dict[str, Mask]]:
    """Return for each person the keys in order, small first, and what is unknown of whom.

    Keys are of shape (n_keys, n_persons); the first is the wave. What is unknown stands under
    the titles of the facts, classes and lines of rubrics that would settle it.
    """
    items, size = evaluation.pack.items, len(candidates)
    wave = np.full(size, len(item.waves), dtype=np.int64)
    unknown: dict[str, Mask] = {}
    unsettled = np.ones(size, dtype=np.bool_)
    for number, condition in enumerate(item.waves):
        truth = evaluation.persons(condition)
        _merge(unknown, _read_by(condition, items), unsettled & truth.unknown)
        wave[unsettled & truth.yes] = number
        unsettled &= truth.no
    keys = [wave]
    for key in item.keys:
        if key.prefer is not None:
            truth = evaluation.persons(key.prefer)
            keys.append(np.where(truth.yes, 0, 1))
            _merge(unknown, _read_by(key.prefer, items), truth.unknown)
            continue
        levels = [evaluation.levels(key.fact)] if key.fact else []
        if key.rubric:
            levels = list(_scored(evaluation, key.rubric, unknown))
        else:
            _merge(unknown, _titled(key.fact, items), levels[0].low != levels[0].high)
        keys += [-each.low if key.large_first else each.low for each in levels]
    return np.stack(keys), unknown


def _merge(unknown: dict[str, Mask], what: str, where: Mask) -> None:
    if where.any():
        unknown[what] = unknown.get(what, np.zeros_like(where)) | where


def _read_by(condition: Condition, items: Items) -> str:
    """Name what a condition asks about, as the pack titles it."""
    names: list[str] = []
    for each in walk(condition):
        if isinstance(each, ClassTest):
            names.append(items.classes[each.klass].title)
        if isinstance(each, FactTest):
            names.append(_titled(each.fact, items))
    return enumerated(dict.fromkeys(names))


def _titled(fact: str, items: Items) -> str:
    return items.facts[fact].title if fact in items.facts else FACTS[fact].title


def _scored(evaluation: Evaluation, rubric: str, unknown: dict[str, Mask]) -> Iterator[Levels]:
    """Yield the keys of a rubric as ranks, and note of whom which line is not exact."""
    if not isinstance(evaluation, RosterEvaluation):
        raise TypeError(type(evaluation).__name__)
    scores = score(evaluation, rubric)
    lines = evaluation.pack.items.rubrics[rubric].items
    for line in () if isinstance(lines, Unset) else lines:
        open_ = [points.exact is None for points in scores.items[line.id]]
        _merge(unknown, line.title, np.array(open_, dtype=np.bool_))
    for column in scores.keys:
        exact = [points.exact for points in column]
        rank_of = {
            points: k for k, points in enumerate(sorted({p for p in exact if p is not None}))
        }
        low = [-1 if points is None else rank_of[points] for points in exact]
        high = [len(rank_of) if points is None else rank_of[points] for points in exact]
        yield Levels(ints(low), ints(high))


def _groups(item: Selection, units: Units, staff: Staff, candidates: Mask) -> Iterator[Ints]:
    """Yield the candidates who agree in all dimensions at the start."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for person in np.flatnonzero(candidates).tolist():
        unit = int(staff.works_at[person])
        words = {
            "unit": units.ids[unit],
            "county": units.counties[unit],
            "zone": units.zones[unit],
            "stage": staff.stage[person],
            "subject": "" if staff.leader[person] else staff.subject[person],
        }
        found[tuple(words[dimension] for dimension in item.within)].append(person)
    for group in sorted(found):
        yield ints(found[group])


def _tiers(group: Ints, keys: Ints) -> tuple[Ints, ...]:
    def key(person: int) -> tuple[int, ...]:
        return tuple(keys[:, person].tolist())

    ordered = sorted(group.tolist(), key=lambda person: (key(person), person))
    return tuple(ints(list(tier)) for _, tier in groupby(ordered, key=key))


def _note_unknown(
    evaluation: Evaluation,
    rows: Sequence[Row],
    item: Selection,
    what: str,
    unknown: Mask,
    findings: Findings,
) -> None:
    """Note of how many persons something is unknown, and of the first ones who they are."""
    persons = np.flatnonzero(unknown).tolist()
    if not persons:
        return
    named = [str(rows[person]["person_id"]) for person in persons[:_NAMED]]
    findings.add(
        "planning.order-undecided",
        cell_place(evaluation.roster, rows[persons[0]], "person_id"),
        title=item.title,
        what=what,
        count=str(len(persons)),
        persons="、".join(named) + ("……" if len(persons) > _NAMED else ""),
    )
