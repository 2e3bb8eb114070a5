"""Where a programme begins: who takes part, with what screening knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.programme.state import FactValue, Member, State
from junheng.engine.screening.facts.registry import COLUMN_FACTS
from junheng.engine.screening.incentives import Owed
from junheng.engine.screening.verdicts import Screening, Truth
from junheng.errors import UnsetFigures

_KEPT = tuple(
    name
    for name in COLUMN_FACTS
    if FACTS[name].about is About.PERSON
    and FACTS[name].type in {FactType.WORD, FactType.NUMBER}
)
"""Column facts that figures, votes and acts may ask of a person; conditions ask classes."""


def beginning(
    screening: Screening,
    *,
    programme: str,
    owed: Iterable[Owed] = (),
    earlier: Mapping[str, date] = MappingProxyType({}),
) -> State:
    """Return a programme before anything has happened.

    Parameters
    ----------
    screening : of the roster frozen for the programme; its outcomes, rules and classes are
        taken over as they stand, unknown ones stay unknown (§1)
    programme : id of the programme
    owed : service that persons owe (:func:`~junheng.engine.screening.owed`)
    earlier : step that comes round every so many years → the day it was last done

    Returns
    -------
    State
        Every person and unit of the roster, on the day of the screening.
    """
    pack = screening.evaluation.pack
    locks = _locks(owed)
    return State(
        programme=programme,
        year=pack.year,
        day=pack.on,
        members={
            each.id: replace(each, locks=locks.get(each.id, {})) for each in _members(screening)
        },
        units={unit: {} for unit in screening.evaluation.unit_ids},
        unit_classes=_unit_classes(screening),
        zones=_zones(screening),
        earlier=dict(earlier),
    )


def _locks(owed: Iterable[Owed]) -> Mapping[str, Mapping[str, date | None]]:
    """Return for each person the locks that bind them, each from its latest day known."""
    found: dict[str, dict[str, date | None]] = {}
    for each in sorted(owed, key=lambda one: (one.since is None, one.since or date.min)):
        found.setdefault(each.person_id, {})[each.lock] = each.since
    return found


def _members(screening: Screening) -> Iterator[Member]:
    evaluation = screening.evaluation
    classes = dict(_answers(screening, About.PERSON))
    columns = [name for name in _KEPT if name in evaluation.roster["persons"].columns]
    rows = {
        row["person_id"]: row
        for row in evaluation.roster["persons"]
        .select("person_id", "unit_id", *columns)
        .iter_rows(named=True)
    }
    verdicts = screening.verdicts.iter_rows(named=True)
    rules = screening.rules.drop("person_id").iter_rows(named=True)
    for place, (verdict, judged) in enumerate(zip(verdicts, rules, strict=True)):
        row = rows[verdict["person_id"]]
        yield Member(
            id=verdict["person_id"],
            unit=row["unit_id"] or "",
            outcome=verdict["outcome"],
            track=verdict["track"],
            facts={name: _value(name, row[name]) for name in columns if row[name] is not None},
            rules={name: truth for name, truth in judged.items() if truth is not None},
            classes=_known(classes, place),
        )


def _zones(screening: Screening) -> Mapping[str, str]:
    rows = screening.evaluation.roster["units"].select("unit_id", "zone").iter_rows()
    return {unit: zone for unit, zone in rows if zone}


def _unit_classes(screening: Screening) -> Mapping[str, Mapping[str, bool]]:
    classes = dict(_answers(screening, About.UNIT))
    evaluation = screening.evaluation
    return {unit: _known(classes, n) for n, unit in enumerate(evaluation.unit_ids)}


def _answers(screening: Screening, about: About) -> Iterator[tuple[str, Truth]]:
    """Yield who is of each class; those that read something unset are left out."""
    evaluation = screening.evaluation
    ask = evaluation.persons if about is About.PERSON else evaluation.units
    for name, item in evaluation.pack.items.classes.items():
        if item.of == about:
            with suppress(UnsetFigures):
                yield name, ask(item.when)


def _known(classes: Mapping[str, Truth], place: int) -> Mapping[str, bool]:
    """Return the classes whose answer at a place is known."""
    return {
        name: bool(truth.yes[place])
        for name, truth in classes.items()
        if not truth.unknown[place]
    }


def _value(name: str, value: object) -> FactValue:
    return Fraction(str(value)) if FACTS[name].type is FactType.NUMBER else str(value)
