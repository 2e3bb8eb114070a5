"""A pack and a screening made by hand, for tests that ask only about planning.

The evaluation answers a few facts straight from the roster's columns. No planner code is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from junheng.engine.policy.conditions import (
    All,
    Always,
    AnyOf,
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
    Not,
    Subject,
    TrackTest,
)
from junheng.engine.policy.items import (
    Arrangement,
    BalancePart,
    Bound,
    Clause,
    DatedValue,
    Document,
    IfUnknown,
    Item,
    Outcome,
    Parameter,
    Planning,
    Population,
    Relation,
    RetirementSchedule,
    Rule,
    Strength,
)
from junheng.engine.policy.pack import Header, Items, ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.receipt import Receipt
from junheng.engine.screening.verdicts import Levels, Screening, Truth

Answer = bool | None
START = date(2026, 9, 1)


def is_(fact: str, *words: object, of: Subject | None = None) -> Condition:
    """Return a test of a fact: among these words."""
    figure = Literal(tuple(words))  # type: ignore[arg-type]  # -- the test needs the wrong type
    return FactTest(fact, (Comparison(Comparator.AMONG, figure),), of)


FULL_TIME = is_("full_time_teacher", True)
LEADER = is_("office_level", "正校级", "副校级")
SENIOR = is_("title", "高级教师")
SAME_ZONE = is_("same_zone", True)
TO_COUNTRYSIDE = is_("unit_area", "乡村", "山区", of=Subject.DESTINATION)


@dataclass
class HandEvaluation:
    """Answers conditions from columns: person facts, unit facts of both ends, same zone."""

    roster: Roster
    pack: ResolvedPack
    tracks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._persons = {r["person_id"]: r for r in self.roster["persons"].to_dicts()}
        self._units = {r["unit_id"]: r for r in self.roster["units"].to_dicts()}
        self.person_ids = tuple(sorted(self._persons))
        self.unit_ids = tuple(sorted(self._units))

    def persons(self, condition: Condition) -> Truth:
        return _truth([self.answer(condition, person, None) for person in self.person_ids])

    def levels(self, fact: str) -> Levels:
        found = [self._persons[person][fact] for person in self.person_ids]
        low = [0 if each is None else int(each) for each in found]
        high = [9 if each is None else int(each) for each in found]
        return Levels(np.array(low, dtype=np.int64), np.array(high, dtype=np.int64))

    def units(self, condition: Condition) -> Truth:
        return _truth([self.answer(condition, None, unit) for unit in self.unit_ids])

    def moves(
        self, condition: Condition, persons: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Truth:
        return _truth(
            [
                self.answer(condition, self.person_ids[p], self.unit_ids[u])
                for p, u in zip(persons, units, strict=True)
            ]
        )

    def answer(self, condition: Condition, person: str | None, unit: str | None) -> bool | None:
        match condition:
            case Always():
                return True
            case All(parts):
                return _all([self.answer(part, person, unit) for part in parts])
            case AnyOf(parts):
                answers = [self.answer(part, person, unit) for part in parts]
                return _not(_all([_not(each) for each in answers]))
            case Not(part):
                return _not(self.answer(part, person, unit))
            case ClassTest(klass):
                return self.answer(self.pack.items.classes[klass].when, person, unit)
            case _:
                return self._leaf(condition, person, unit)

    def _leaf(self, condition: Condition, person: str | None, unit: str | None) -> Answer:
        match condition:
            case TrackTest(tracks):
                return self.tracks.get(person or "") in tracks
            case FactTest(fact, (comparison,), of):
                found = self._fact(fact, of, person, unit)
                figure = comparison.figure
                assert isinstance(figure, Literal)
                return None if found is None else found in figure.values
            case _:
                raise ValueError(f"not answered by hand: {condition}")

    def _fact(
        self, fact: str, of: Subject | None, person: str | None, unit: str | None
    ) -> object:
        if fact == "same_zone":
            assert person is not None
            assert unit is not None
            home = self._units[self._persons[person]["unit_id"]]["zone"]
            there = self._units[unit]["zone"]
            return None if home is None or there is None else home == there
        if of is Subject.DESTINATION or (person is None and unit is not None):
            assert unit is not None
            return self._units[unit][fact]
        assert person is not None
        if of is Subject.ORIGIN:
            return self._units[self._persons[person]["unit_id"]][fact]
        return self._persons[person][fact]


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _truth(answers: list[bool | None]) -> Truth:
    return Truth(
        np.array([each is True for each in answers], dtype=np.bool_),
        np.array([each is None for each in answers], dtype=np.bool_),
    )


def share(numerator: int, denominator: int) -> Literal:
    """Return a share as a figure."""
    return number(numerator, denominator)


def number(numerator: int, denominator: int = 1) -> Literal:
    """Return a number as a figure."""
    return Literal((Fraction(numerator, denominator),))


def planning_item(**changes: object) -> Planning:
    """Return a planning item that asks for everything, with changes."""
    settings: dict[str, object] = {
        "id": "planning",
        "title": "编制方案",
        "start": "moving-day",
        "duties": (("teacher", "quota"),),
        "in_post": ("在岗", "区内交流"),
        "neighbouring_subjects": (),
        "leavers_at_most": Bound(number=number(9)),
        "leavers_rounding": "none",
        "wish_costs": Literal((*number(0).values, *number(2).values)),
        "elsewhere_cost": number(6),
        "kept_cost": number(4),
        "unasked_cost": number(3),
        "forms": ("transfer", "exchange"),
        "counted_at": "host",
        "balance_of": SENIOR,
        "objectives": ("unmet_obligations", "balance", "wishes", "travel"),
    }
    settings |= changes
    if "balances" not in settings:
        part = {"id": "balance", "title": "", "of": settings["balance_of"]}
        settings["balances"] = (BalancePart(**part, weight=number(1)),)  # type: ignore[arg-type]  # -- the test needs the wrong type
    return Planning(**settings)  # type: ignore[arg-type]  # -- the test needs the wrong type


def pack_of(
    planning: Planning | None = None,
    *,
    transfer: Condition | None = TO_COUNTRYSIDE,
    **given: tuple[Item, ...],
) -> ResolvedPack:
    """Return a resolved pack with two forms, a transfer and an exchange; ``given`` by kind."""
    item = planning or planning_item()
    empty: dict[str, Mapping[str, object]] = {
        kind: {} for kind in (each.name for each in fields(Items))
    }
    relations = (_relation("moved", "moves"), _relation("stays", "origin"))
    forms = (
        Arrangement(id="transfer", title="调动", moves=transfer, relation="moved"),
        Arrangement(
            id="exchange",
            title="交流",
            length_relation="exactly",
            length=number(3),
            relation="stays",
        ),
    )
    due = Rule(
        id="teacher-due",
        title="满年限",
        effect=Outcome.DUE,
        strength=Strength.HARD,
        when=Always(),
        if_unknown=IfUnknown.ASK,
    )
    items = Items(
        **empty  # type: ignore[arg-type]  # -- the test needs the wrong type
        | {
            "sources": {"plan": _document()},
            "parameters": {p.id: p for p in _parameters()},
            "rules": {due.id: due},
            "relations": {r.id: r for r in relations},
            "arrangements": {f.id: f for f in forms},
            "planning": {item.id: item},
        }
        | {kind: {each.id: each for each in items} for kind, items in given.items()}
    )
    header = Header(
        id="by-hand",
        title="手工政策包",
        level="county",
        authority="示例县教育局",
        version="1",
        as_of="moving-day",
        precedence=(Outcome.OUT_OF_SCOPE, Outcome.DUE, Outcome.MAY),
        otherwise=Outcome.NOT_DUE,
        titled_tracks=(("teacher", "教师"),),
    )
    return ResolvedPack(
        header=header,
        items=items,
        fingerprint="by-hand",
        on=date(2026, 8, 31),
        year=2026,
        dates={"moving-day": START},
        settings={},
    )


def _document() -> Document:
    clause = Clause(id="c-1", at="三（一）1", says="试验用", document="plan")
    return Document(
        id="plan", title="试验办法", issuer="", number="", dated="", clauses=(clause,)
    )


def _relation(relation_id: str, personnel: str) -> Relation:
    return Relation(
        id=relation_id,
        title=relation_id,
        strength=Strength.HARD,
        personnel=personnel,
        establishment=personnel,
        pay=personnel,
        performance_pay="host",
        appraisal="host",
    )


def _parameters() -> tuple[Parameter, ...]:
    values: dict[str, Literal | RetirementSchedule] = {
        "excluded-unit-kinds": Literal(("特殊教育学校",)),
        "excluded-ownership": Literal(("民办",)),
        "least-pupils-of-teaching-point": number(50),
        "retirement-schedule": RetirementSchedule(()),
    }
    return tuple(
        Parameter(
            id=each,
            title=each,
            unit="words",
            values=(DatedValue(since=None, value=value, source=()),),
        )
        for each, value in values.items()
    )


Verdict = tuple[Outcome, str]
Sorter = Callable[[Mapping[str, object]], Verdict]


def screened(roster: Roster, pack: ResolvedPack, sort: Sorter) -> Screening:
    """Return a screening in which ``sort`` decides outcome and track of each person."""
    rows = roster["persons"].sort("person_id").to_dicts()
    verdicts = [sort(row) for row in rows]
    frame = pl.DataFrame(
        {
            "person_id": [row["person_id"] for row in rows],
            "outcome": [outcome.value for outcome, _ in verdicts],
            "track": [track for _, track in verdicts],
            "because": [["teacher-due"] if o is Outcome.DUE else [] for o, _ in verdicts],
        },
        schema_overrides={"because": pl.List(pl.String)},
    )
    rules = pl.DataFrame(
        {
            "person_id": [row["person_id"] for row in rows],
            "teacher-due": [outcome is Outcome.DUE for outcome, _ in verdicts],
        }
    )
    receipt = Receipt(
        roster="roster",
        pack_id=pack.header.id,
        pack_version="1",
        pack=pack.fingerprint,
        settings={},
        engine="0",
        on=pack.on,
        year=pack.year,
    )
    tracks = dict(zip(frame["person_id"], frame["track"], strict=True))
    return Screening(frame, rules, HandEvaluation(roster, pack, tracks), receipt)


def everyone_due(_: Mapping[str, object]) -> Verdict:
    """Sort everybody into the due teachers."""
    return Outcome.DUE, "teacher"


def by_lot(seed: int) -> Sorter:
    """Return a sorter that draws outcomes: half due, some may, the rest stay."""
    words = [Outcome.DUE] * 5 + [Outcome.MAY] * 2 + [Outcome.NOT_DUE, Outcome.UNDECIDED]

    def sort(row: Mapping[str, object]) -> Verdict:
        lot = crc32(f"{seed}:{row['person_id']}".encode())
        outcome = [*words, Outcome.OUT_OF_SCOPE][lot % (len(words) + 1)]
        track = {Outcome.DUE: "teacher", Outcome.MAY: "volunteer"}.get(outcome, "")
        return outcome, track

    return sort


def population(among: str, who: Condition | None = None) -> Population:
    """Return a population without arrangement."""
    return Population(among=among, who=who)
