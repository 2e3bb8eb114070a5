"""What follows from what happened: acts proposed.

Acts are proposed with their clause and arithmetic; they take effect by a person's decision
(§13). Each consequence is fired once for each trigger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items.consequences import Act, Consequence, Trigger
from junheng.engine.policy.items.incentives import Lock
from junheng.engine.policy.items.papers import Duty
from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.deadlines import add_years
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.placement_facts import period_start, school_year_start
from junheng.engine.programme.state import Effect, Proposal, State
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import Calendar
from junheng.errors import Problem, QuestionError

Ground = Consequence | Duty | Lock
"""Items that acts follow from; an appraisal proposes grades only."""
LEFT = "left"
LOWEST_GRADE = "lowest-post-grade"
"""Parameter that holds the number of the lowest post grade."""
_ONE_YEAR = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What set off consequences: an event, a grade, or an end.

    Attributes
    ----------
    word : event word; empty otherwise
    appraisal, grade, period : of a grade
    end_of, number : of an end
    reason : of leaving
    waited, waited_since : a trigger whose time has gone by, and the day it counted from
    """

    on: date
    word: str = ""
    reason: str = ""
    appraisal: str = ""
    grade: str = ""
    period: date | None = None
    end_of: str = ""
    number: int = 0
    waited: Trigger | None = None
    waited_since: date | None = None

    @property
    def key(self) -> str:
        """Name it so that nothing fires twice for it."""
        if self.waited is not None:
            return f"{self.waited.event}@{self.waited_since}+"
        if self.word:
            return f"{self.word}@{self.on}"
        if self.appraisal:
            return f"{self.appraisal}={self.grade}@{self.period}"
        return f"end_of_{self.end_of}{self.number or ''}@{self.on}"


def proposals(
    state: State, pack: ResolvedPack, calendar: Calendar, person: str, occasion: Occasion
) -> tuple[Proposal, ...]:
    """Return the acts that an occasion calls for, in the order of the pack."""
    found: list[Proposal] = []
    for item in pack.items.consequences.values():
        view = view_of(state, pack, calendar, item, person, occasion.on)
        trigger = next((t for t in item.on if _fires(t, occasion, view, person)), None)
        if trigger is None:
            continue
        view.settled(item)
        found += _of_consequence(item, view, occasion, person)
    found += _automatic(state, pack, person, occasion)
    found += _of_duties(state, pack, calendar, person, occasion)
    found += _of_locks(state, pack, calendar, person, occasion)
    return tuple(each for each in found if each.id not in state.proposals)


def _fires(trigger: Trigger, occasion: Occasion, view: View, person: str) -> bool:
    if trigger.lapsed is not None:
        return occasion.waited == trigger
    if trigger.event:
        return trigger.event == occasion.word and (
            trigger.times == 1 or _times_reached(trigger, view, person)
        )
    if trigger.appraisal:
        same = trigger.appraisal == occasion.appraisal and occasion.grade in trigger.grades
        return same and _running(trigger, view.state, person)
    if not trigger.end_of or trigger.end_of != occasion.end_of:
        return False
    return trigger.number in {0, occasion.number}


def _times_reached(trigger: Trigger, view: View, person: str) -> bool:
    """Whether the event of a day is the one that makes up the number; later ones do not."""
    first = period_start(view.word(trigger.during), view.on)
    found = view.state.findings.get(person, ())
    days = [each.on for each in found if each.event == trigger.event]
    until_now = sum(first <= day <= view.on for day in days)
    before = sum(first <= day < view.on for day in days)
    return before < trigger.times <= until_now


def was_set_off(trigger: Trigger, state: State, person: str) -> bool:
    """Whether what a trigger waits for is on record of a person."""
    placement = state.placements.get(person)
    if trigger.event:
        return any(each.event == trigger.event for each in state.findings.get(person, ()))
    if trigger.appraisal:
        return _running(trigger, state, person)
    return placement is not None and placement.ended_on is not None


def _running(trigger: Trigger, state: State, person: str) -> bool:
    placement = state.placements.get(person)
    grades = (
        [g.grade for g in placement.grades if g.appraisal == trigger.appraisal]
        if (placement)
        else []
    )
    last = grades[-trigger.in_a_row :]
    return len(last) == trigger.in_a_row and all(each in trigger.grades for each in last)


def _of_consequence(
    item: Consequence, view: View, occasion: Occasion, person: str
) -> Iterator[Proposal]:
    if view.holds(item.who) is False:
        return
    truth = view.holds(item.when)
    if truth is None or view.holds(item.who) is None:
        yield _blank(item, occasion, person, "find_out", 0)
        return
    for index, act in enumerate(item.then if truth else item.otherwise):
        found = proposal_of(item, act, view, occasion, person, index)
        if found is not None:
            yield found


def _of_duties(
    state: State, pack: ResolvedPack, calendar: Calendar, person: str, occasion: Occasion
) -> Iterator[Proposal]:
    """Propose what a duty goes on to once its event has happened."""
    for item in pack.items.duties.values():
        if occasion.word and occasion.word in item.due.after:
            view = view_of(state, pack, calendar, item, person, occasion.on)
            yield from _with_acts(item, item.then, view, occasion, person)


def _of_locks(
    state: State, pack: ResolvedPack, calendar: Calendar, person: str, occasion: Occasion
) -> Iterator[Proposal]:
    """Propose what follows when somebody leaves before the service they owe is over."""
    if occasion.word != LEFT:
        return
    member = state.members[person]
    for item in pack.items.locks.values():
        if item.id not in member.locks or occasion.reason in item.excused:
            continue
        view = view_of(state, pack, calendar, item, person, occasion.on)
        since = member.locks[item.id]
        years = view.number(item.stay)
        if since is None or years is None:
            yield _blank(item, occasion, person, "find_out", 0)
        elif occasion.on < add_years(since, years):
            yield from _with_acts(item, item.breach, view, occasion, person)


def _with_acts(
    item: Duty | Lock, acts: tuple[Act, ...], view: View, occasion: Occasion, person: str
) -> Iterator[Proposal]:
    truth = view.holds(item.who) if isinstance(item, Duty) else True
    if truth is None:
        yield _blank(item, occasion, person, "find_out", 0)
    for index, act in enumerate(acts if truth else ()):
        found = proposal_of(item, act, view, occasion, person, index)
        if found is not None:
            yield found


def _blank(item: Ground, occasion: Occasion, person: str, act: str, index: int) -> Proposal:
    return Proposal(
        id=f"{item.id}:{person}:{occasion.key}:{index}",
        consequence=item.id,
        act=act,
        person=person,
        on=occasion.on,
        trigger=occasion.key,
        source=item.source,
        decided_by=_decider(item),
    )


def _decider(item: Ground) -> str:
    """Return the body that decides what an item proposes, where it names one."""
    match item:
        case Consequence(decided_by=body):
            return body
        case Duty(by=(body, *_)) if body != PERSON_WORD:
            return body
    return ""


def proposal_of(
    item: Ground, act: Act, view: View, occasion: Occasion, person: str, index: int
) -> Proposal | None:
    """Return an act worked out for a person and an occasion; None where it is not for them.

    Raises
    ------
    UnsetFigures
        If a figure or reading of it is unset.
    """
    truth = view.holds(act.when)
    if truth is False:
        return None
    found = replace(
        _blank(item, occasion, person, act.act, index),
        matters=act.matters or act.what,
        of=act.of or tuple(f"{key}={value}" for key, value in act.relation),
        to=act.to,
        remark="condition-unknown" if truth is None else "",
        decided_by=act.decided_by or _decider(item),
    )
    return _figured(found, act, view, occasion)


def _figured(found: Proposal, act: Act, view: View, occasion: Occasion) -> Proposal | None:
    """Work out what an act needs: dates, grades, lengths; None where nothing is to be done."""
    figured: Proposal | None = found
    match act.act:
        case "ban":
            figured = _ban(found, act, view, occasion)
        case "lower_post_grade" | "raise_post_grade":
            figured = _graded(found, act, view)
        case "measure" if act.length is not None:
            figured = _limited(found, act, view)
        case "extend" | "repeat" | "continue_as" | "set_term":
            figured = _lasting(found, act, view)
        case "credit":
            figured = _credited(found, view)
        case "cap_appraisal":
            figured = replace(found, of=(act.appraisal, act.highest))
        case "cancel_honour" if act.mode is not None:
            figured = replace(found, remark=f"honour-{view.word(act.mode)}")
    return figured


def _years(act: Act, view: View) -> Fraction | None:
    if act.length is None or isinstance(act.length, Unset):
        return None
    return view.number(act.length)


def _ban(found: Proposal, act: Act, view: View, occasion: Occasion) -> Proposal:
    starts = view.word(act.starts) if act.starts is not None else "decision"
    since = ban_start(starts, occasion.on, occasion.period)
    if act.overlap is not None and view.word(act.overlap) == "run_on":
        since = _after_others(since, found, view.state)
    years = _years(act, view)
    until = add_years(since, years) if years is not None else None
    remark = "length-not-stated" if years is None else found.remark
    figures = () if years is None else (("years", years),)
    return replace(
        found, since=since, until=until, starts=starts, remark=remark, figures=figures
    )


def ban_start(starts: str, on: date, period: date | None) -> date:
    """Return the first day of a ban, by the word of the topic ``sanction_start``."""
    match starts:
        case "next_calendar_year":
            return date(on.year + 1, 1, 1)
        case "next_school_year":
            return add_years(school_year_start(on), _ONE_YEAR)
        case "assessment_year":
            return period or date(on.year, 1, 1)
    return on


def _after_others(since: date, found: Proposal, state: State) -> date:
    """Return the start of a ban that runs on after those already in force."""
    ends = [
        each.until
        for each in state.proposals.values()
        if each.person == found.person
        and each.act == "ban"
        and each.effect is not Effect.DECLINED
        and each.until is not None
        and set(each.matters) & set(found.matters)
    ]
    return max([since, *ends])


def _graded(found: Proposal, act: Act, view: View) -> Proposal | None:
    present = view.fact("post_grade", None)
    steps = view.number(act.by) if act.by is not None else None
    if not isinstance(present, Fraction) or steps is None:
        return replace(found, remark="grade-unknown")
    if act.act == "raise_post_grade":
        return replace(found, figures=(("from", present), ("to", present - steps)))
    lowest = _lowest(view)
    if present + steps <= lowest:
        return replace(found, figures=(("from", present), ("to", present + steps)))
    kept = view.word(act.at_lowest) if act.at_lowest is not None else "report"
    if kept == "keep":
        return None
    remark = "no-lower-grade" if kept == "report" else "next-measure"
    return replace(found, remark=remark, figures=(("from", present),))


def _lowest(view: View) -> Fraction:
    if LOWEST_GRADE not in view.pack.items.parameters:
        raise QuestionError([Problem("programme.no-lowest-grade", values={"id": LOWEST_GRADE})])
    figure = view.pack.figure(LOWEST_GRADE)
    found = view.number(figure) if not hasattr(figure, "steps") else None
    if found is None:
        raise QuestionError([Problem("programme.no-lowest-grade", values={"id": LOWEST_GRADE})])
    return found


def _limited(found: Proposal, act: Act, view: View) -> Proposal:
    """Let a measure last from the day it is decided."""
    years = _years(act, view)
    since, starts = view.on, "decision"
    if years is None:
        return replace(found, since=since, starts=starts, remark="length-not-stated")
    until = add_years(since, years)
    figures = (("years", years),)
    return replace(found, since=since, until=until, starts=starts, figures=figures)


def _lasting(found: Proposal, act: Act, view: View) -> Proposal:
    years = _years(act, view)
    if act.act == "set_term" and act.measured_by:
        measured = view.fact(act.measured_by, None)
        years = measured if isinstance(measured, Fraction) else None
    placement = view.placement
    since = (placement.until if placement else None) or view.on
    if years is None:
        return replace(found, since=since, remark="length-not-stated")
    whole = (years * 12).denominator == 1
    until = add_years(since, years) if whole else None
    return replace(found, since=since, until=until, figures=(("years", years),))


def _credited(found: Proposal, view: View) -> Proposal:
    placement = view.placement
    if placement is None:
        return found
    until = placement.ended_on or view.on
    return replace(found, since=placement.since, until=until)


def _automatic(
    state: State, pack: ResolvedPack, person: str, occasion: Occasion
) -> Iterator[Proposal]:
    """Propose the grade that an event gives by itself."""
    for item in pack.items.appraisals.values():
        for index, automatic in enumerate(item.automatic):
            if occasion.word and occasion.word in automatic.on:
                yield Proposal(
                    id=f"{item.id}:{person}:{occasion.key}:{index}",
                    consequence=item.id,
                    act="automatic_grade",
                    person=person,
                    on=occasion.on,
                    trigger=occasion.key,
                    of=(item.id, automatic.grade),
                    source=item.source,
                    decided_by=item.by,
                )
