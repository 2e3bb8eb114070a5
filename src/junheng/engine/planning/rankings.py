"""In which order candidates are sent: the selections of the pack, group by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from junheng.engine.planning.findings import Findings, Row, cell_place
from junheng.engine.planning.matrix import Ints, Mask, ints
from junheng.engine.planning.problem import Arcs, Blocked, Ranking, Staff, Units
from junheng.engine.policy.conditions import ClassTest, Condition, TrackTest
from junheng.engine.policy.items import Outcome, Selection
from junheng.engine.policy.pack import Items
from junheng.engine.policy.walking import walk
from junheng.engine.scoring import score
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.verdicts import Evaluation, Levels


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
        _note_unknown(evaluation, rows, item, candidates & unknown, findings)
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


def _keys(evaluation: Evaluation, item: Selection, candidates: Mask) -> tuple[Ints, Mask]:
    """Return for each person the keys in order, small first, and who has an unknown one.

    Keys are of shape (n_keys, n_persons); the first is the wave.
    """
    size = len(candidates)
    wave = np.full(size, len(item.waves), dtype=np.int64)
    unknown = np.zeros(size, dtype=np.bool_)
    unsettled = np.ones(size, dtype=np.bool_)
    for number, condition in enumerate(item.waves):
        truth = evaluation.persons(condition)
        unknown |= unsettled & truth.unknown
        wave[unsettled & truth.yes] = number
        unsettled &= truth.no
    keys = [wave]
    for key in item.keys:
        if key.prefer is not None:
            truth = evaluation.persons(key.prefer)
            keys.append(np.where(truth.yes, 0, 1))
            unknown |= truth.unknown
            continue
        found = _scored(evaluation, key.rubric) if key.rubric else [evaluation.levels(key.fact)]
        for levels in found:
            keys.append(-levels.low if key.large_first else levels.low)
            unknown |= levels.low != levels.high
    return np.stack(keys), unknown


def _scored(evaluation: Evaluation, rubric: str) -> list[Levels]:
    """Return the keys of a rubric as ranks; whoever's points are not exact is unknown."""
    if not isinstance(evaluation, RosterEvaluation):
        raise TypeError(type(evaluation).__name__)
    found = []
    for column in score(evaluation, rubric).keys:
        exact = [points.exact for points in column]
        rank_of = {
            points: k for k, points in enumerate(sorted({p for p in exact if p is not None}))
        }
        low = [-1 if points is None else rank_of[points] for points in exact]
        high = [len(rank_of) if points is None else rank_of[points] for points in exact]
        found.append(Levels(ints(low), ints(high)))
    return found


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
    unknown: Mask,
    findings: Findings,
) -> None:
    for person in np.flatnonzero(unknown).tolist():
        place = cell_place(evaluation.roster, rows[person], "person_id")
        findings.add(
            "planning.order-undecided", place, id=item.id, person=rows[person]["person_id"]
        )
