"""Puts duties, refusals and proposed acts into sentences, with clause and arithmetic."""

from __future__ import annotations

from datetime import date

from junheng.engine.policy.items.times import PERSON_WORD
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.deadlines import Deadline
from junheng.engine.programme.grounds import ground_of
from junheng.engine.programme.state import Duty, Proposal, Refusal
from junheng.errors import Problem
from junheng.messages import Language, sentence

_PERSON = {Language.ZH: "本人", Language.EN: "the person"}


def refusal_problem(refusal: Refusal, pack: ResolvedPack) -> Problem:
    """Return a refusal as a problem, which the catalogues put into words."""
    values = {
        "item": refusal.title or refusal.item,
        "title": refusal.title,
        "clause": clause_words(refusal.source, pack, Language.ZH),
        "missing": "、".join(name(each, pack) for each in refusal.missing),
        "day": str(refusal.possible_from or ""),
    }
    return Problem(f"programme.gate-{refusal.gate}", values=values)


def duty_words(duty: Duty, pack: ResolvedPack, language: Language = Language.ZH) -> str:
    """Say who must do what by when, under which clause, with the arithmetic."""
    who = "、".join(name(each, pack, language) for each in duty.who) or pack.header.authority
    if duty.by is None:
        when = sentence("programme.duty-no-time", language)
    else:
        when = sentence("programme.duty-by", language, day=duty.by.last)
    clause = clause_words(duty.source, pack, language)
    arithmetic = deadline_words(duty.by, language) if duty.by is not None else ""
    return sentence(
        "programme.duty",
        language,
        who=who,
        by=when,
        what=duty.title,
        subject=f"（{duty.subject}）" if duty.subject else "",
        clause=clause + arithmetic,
    )


def deadline_words(deadline: Deadline, language: Language = Language.ZH) -> str:
    """Show how a deadline was found."""
    if deadline.since is None:
        return sentence("programme.deadline-stated", language, last=deadline.last)
    return sentence(
        "programme.deadline-counted",
        language,
        since=deadline.since,
        count=_count(deadline, language),
        last=deadline.last,
    )


def _count(deadline: Deadline, language: Language) -> str:
    unit = deadline.unit
    if unit == "days" and deadline.day_count.startswith("working"):
        unit = "working-days"
    counted = sentence(f"programme.count-{unit}", language, amount=deadline.amount)
    if deadline.unit == "months":
        return counted
    first = "first" if deadline.day_count.endswith("first_counted") else "not-first"
    return counted + sentence(f"programme.count-{first}", language)


def proposal_words(
    proposal: Proposal, pack: ResolvedPack, language: Language = Language.ZH
) -> str:
    """Say which act is proposed, from when to when, under which clause."""
    act = sentence(f"programme.act-{proposal.act.replace('_', '-')}", language)
    return sentence(
        "programme.proposal",
        language,
        item=ground_of(pack, proposal).title,
        act=act,
        details=_details(proposal, language),
        clause=clause_words(proposal.source, pack, language),
    )


def _details(proposal: Proposal, language: Language) -> str:
    parts = []
    if proposal.matters or proposal.of:
        matters = "、".join(proposal.matters or proposal.of)
        parts.append(sentence("programme.matters", language, matters=matters))
    if proposal.since is not None:
        parts.append(_period(proposal.since, proposal.until, language))
    figures = dict(proposal.figures)
    if {"from", "to"} <= figures.keys():
        grades = {"from_": figures["from"], "to": figures["to"]}
        parts.append(sentence("programme.grade-change", language, **grades))
    if proposal.remark:
        parts.append(sentence(f"programme.remark-{proposal.remark}", language))
    return "".join(parts)


def _period(since: date, until: date | None, language: Language) -> str:
    if until is None:
        return sentence("programme.period-open", language, since=since)
    return sentence("programme.period", language, since=since, until=until)


def clause_words(source: tuple[str, ...], pack: ResolvedPack, language: Language) -> str:
    """Cite clauses by where they stand; empty where there are none."""
    places = "、".join(each.at for each in pack.clauses(source))
    return sentence("programme.clause", language, at=places) if places else ""


def name(identity: str, pack: ResolvedPack, language: Language = Language.ZH) -> str:
    """Return the title of what an id names; the id itself where it names a person or unit."""
    if identity == PERSON_WORD:
        return _PERSON[language]
    items = pack.items
    kinds = (items.bodies, items.steps, items.documents, items.votes, items.workloads)
    for kind in (*kinds, items.parameters, items.rounds):
        found = kind.get(identity)
        if found is not None:
            return found.title
    return identity
