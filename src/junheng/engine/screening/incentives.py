"""Registers of what exchange gives and asks: entitlements (待遇) and service owed (服务期).

The engine names who, what, payer and clause; it pays nothing. Who is on exchange, or was, is
read from the roster; whoever a plan moves is not asked about here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl

from junheng.engine.policy.conditions import Figure, Literal, Unset
from junheng.engine.policy.items import Entitlement, Lock
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.unset import require
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import days
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.explaining import answer_at
from junheng.engine.screening.facts.records import marked
from junheng.engine.screening.findings import Answer
from junheng.engine.screening.kleene import Mask, Whole, all_yes, certain, every
from junheng.engine.screening.rules import judge
from junheng.engine.screening.screening import decide
from junheng.engine.screening.verdicts import Truth

_MONTHS = 12
_NO_EXCHANGE = "无"
_OF_POSTS = ("reserved_posts",)


@dataclass(frozen=True, slots=True)
class Entitled:
    """One entitlement of one person; of a pack as a whole where ``person_id`` is empty.

    Attributes
    ----------
    amount : in the unit of its parameter; None where the text leaves it open or has none
    payer : ids of the bodies that pay; empty where the text does not say
    answer : yes, or unknown where a fact is missing
    """

    entitlement: str
    person_id: str
    unit_id: str
    gives: str
    amount: Fraction | None
    payer: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Owed:
    """Service that somebody owes after a title, an honour or being recruited.

    Attributes
    ----------
    since, until : half-open; None where the day is not known
    answer : whether it is owed on the day of the question
    """

    lock: str
    person_id: str
    unit_id: str
    obtained: str
    since: date | None
    until: date | None
    answer: Answer


def entitled(roster: Roster, pack: ResolvedPack) -> tuple[Entitled, ...]:
    """Return who is entitled to what on the day of the question, by item and person.

    Of populations that only a plan or a step makes (movers, applicants …) nothing is told.

    Raises
    ------
    UnsetFigures
        If a condition reads a figure or switch that is not set; an amount left open stays so.
    """
    evaluation = _evaluation(roster, pack)
    return tuple(
        each
        for item in pack.items.entitlements.values()
        for each in _entitled(evaluation, item)
    )


def owed(roster: Roster, pack: ResolvedPack) -> tuple[Owed, ...]:
    """Return whoever has obtained what binds them to stay, by item and person.

    Raises
    ------
    UnsetFigures
        If a length or condition is not set.
    """
    require(pack, "locks")
    evaluation = RosterEvaluation(roster, pack)
    return tuple(
        each for lock in pack.items.locks.values() for each in _locked(evaluation, lock)
    )


def _evaluation(roster: Roster, pack: ResolvedPack) -> RosterEvaluation:
    require(pack, "screening")
    evaluation = RosterEvaluation(roster, pack)
    decide(evaluation, judge(evaluation))
    return evaluation


def _entitled(evaluation: RosterEvaluation, item: Entitlement) -> Iterator[Entitled]:
    amount = _amount(item.amount)
    payer = () if isinstance(item.payer, Unset) else item.payer
    if item.gives in _OF_POSTS:
        yield Entitled(item.id, "", "", item.gives, amount, payer, Answer.YES)
        return
    truth = _population(evaluation, item)
    if truth is None:
        return
    units = evaluation.ground.persons["unit_id"]
    for place in np.flatnonzero(truth.yes | truth.unknown):
        answer = Answer.YES if truth.yes[place] else Answer.UNKNOWN
        person = evaluation.person_ids[place]
        yield Entitled(item.id, person, units[int(place)], item.gives, amount, payer, answer)


def _population(evaluation: RosterEvaluation, item: Entitlement) -> Truth | None:
    """Return who belongs to the population of an entitlement; None where a plan makes it."""
    population = item.population
    among = _among(evaluation, str(population.among))
    if among is None:
        return None
    parts = [among]
    if population.who is not None:
        parts.append(evaluation.persons(population.who))
    if population.move is not None:
        parts.append(_moved(evaluation, item))
    return every(parts, len(among.yes))


def _among(evaluation: RosterEvaluation, word: str) -> Truth | None:
    size = evaluation.ground.persons.height
    match word:
        case "staff":
            return all_yes(size)
        case "full_time":
            stated = evaluation.ground.persons["full_time_teacher"]
            yes = stated.fill_null(value=False).to_numpy()
            return Truth(yes, stated.is_null().to_numpy())
        case "serving":
            return certain(marked(_exchanges(evaluation, serving=True)[0], size))
        case "served":
            return certain(marked(_exchanges(evaluation, serving=False)[0], size))
    return None


def _exchanges(evaluation: RosterEvaluation, *, serving: bool) -> tuple[Whole, Whole]:
    """Return persons and hosts of exchanges that go on, or have ended, on the day."""
    ground, day = evaluation.ground, days.number(evaluation.pack.on)
    frame = ground.roster["exchanges"]
    owner = ground.owners_of("exchanges")
    since = days.day_numbers(frame["since"], days.FOREVER)
    until = days.day_numbers(frame["until"], days.FOREVER)
    when: Mask = (since <= day) & (day < until) if serving else until <= day
    real = frame["exchange_kind"].ne(_NO_EXCHANGE).fill_null(value=True).to_numpy()
    rows = np.flatnonzero(when & real & (owner >= 0))
    host = ground.unit_column(frame["host_unit"])
    return owner[rows], host[rows]


def _moved(evaluation: RosterEvaluation, item: Entitlement) -> Truth:
    """Answer the condition on the move for the exchange that each person is, or was, on."""
    size = evaluation.ground.persons.height
    serving = str(item.population.among) == "serving"
    owner, host = _exchanges(evaluation, serving=serving)
    if item.population.move is None:
        return all_yes(size)
    known = host >= 0
    truth = evaluation.moves(item.population.move, owner[known], host[known])
    yes = marked(owner[known][truth.yes], size)
    open_ended = marked(np.concatenate((owner[~known], owner[known][truth.unknown])), size)
    return Truth(yes, open_ended & ~yes)


def _amount(amount: Figure | str | None) -> Fraction | None:
    match amount:
        case Literal((Fraction() as number, *_)):
            return number
    return None


def _locked(evaluation: RosterEvaluation, lock: Lock) -> Iterator[Owed]:
    years = _amount(lock.stay)
    if years is None:
        return
    obtained = _obtained(evaluation, lock)
    units = dict(evaluation.ground.persons.select("person_id", "unit_id").iter_rows())
    for row, bound in zip(
        obtained.iter_rows(), _bound(evaluation, lock, obtained), strict=True
    ):
        person_id, what, since, precision = row
        if bound is Answer.NO:
            continue
        until = None if since is None else _later(since, years)
        answer = _owes(evaluation.pack.on, since, until, precision)
        if bound is Answer.UNKNOWN and answer is Answer.YES:
            answer = Answer.UNKNOWN
        yield Owed(lock.id, person_id, units[person_id], what, since, until, answer)


def _bound(evaluation: RosterEvaluation, lock: Lock, obtained: pl.DataFrame) -> list[Answer]:
    """Return for each row whether it was obtained at such a unit, by the stints of that day."""
    if lock.obtained_at is None:
        return [Answer.YES] * obtained.height
    truth = evaluation.units(lock.obtained_at)
    worked = evaluation.roster["stints"].select("person_id", "unit_id", "until", begun="since")
    there = (
        obtained.with_row_index("place")
        .join(worked, on="person_id")
        .filter(
            pl.col("begun") <= pl.col("since"),
            pl.col("until").is_null() | (pl.col("until") > pl.col("since")),
        )
    )
    found = [Answer.UNKNOWN] * obtained.height
    at = evaluation.ground.unit_column(there["unit_id"])
    for place, unit in zip(there["place"], at, strict=True):
        found[place] = Answer.UNKNOWN if unit < 0 else answer_at(truth, int(unit))
    return found


def _obtained(evaluation: RosterEvaluation, lock: Lock) -> pl.DataFrame:
    """Return person, what was obtained, when and how exactly that is known; sorted."""
    persons, honours = evaluation.ground.persons, evaluation.roster["honours"]
    names = ("person_id", "what", "since", "precision")
    parts = []
    for each in lock.after:
        if each.title:
            frame = persons.filter(pl.col("title") == each.title)
            columns = ("person_id", "title", "title_since", "title_since_precision")
        elif each.honour:
            frame = honours.filter(pl.col("honour") == each.honour)
            columns = ("person_id", "honour", "since", "since_precision")
        else:
            frame = persons.filter(pl.col("recruited_into") == each.recruited)
            columns = ("person_id", "recruited_into", "recruited_on", "recruited_on_precision")
        parts.append(frame.select(**dict(zip(names, map(pl.col, columns), strict=True))))
    known = pl.concat(parts).filter(pl.col("person_id").is_in(persons["person_id"].implode()))
    return known.sort("person_id", "what", "since")


def _later(since: date, years: Fraction) -> date:
    start = np.array([days.number(since)])
    return days.day_of(int(days.plus_months(start, np.array([int(years * _MONTHS)]))[0]))


def _owes(on: date, since: date | None, until: date | None, precision: str | None) -> Answer:
    """Return whether service is owed on a day; known by year, only where no day matters."""
    if since is None or until is None:
        return Answer.UNKNOWN
    vague = precision == "year"
    if on < since or (on >= until and (not vague or on.year > until.year)):
        return Answer.NO
    return Answer.UNKNOWN if vague and until.year <= on.year else Answer.YES
