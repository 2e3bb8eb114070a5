"""Runs the worked cases of a pack: its tests, written by who wrote the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from operator import eq, ge, le

import polars as pl

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items import Case, Outcome, Quota
from junheng.engine.policy.linting import contradictions
from junheng.engine.policy.pack import Header, Pack, ResolvedPack
from junheng.engine.policy.resolving import require, resolve_with, unset_for
from junheng.engine.policy.shares import bound
from junheng.engine.policy.unset import unset_in
from junheng.engine.screening.cast import played
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.gating import gate_answer
from junheng.engine.screening.missing import unknown_facts
from junheng.engine.screening.rules import RuleTruth, judge
from junheng.engine.screening.screening import decide
from junheng.engine.screening.staffing import counted_as, reckon
from junheng.errors import JunhengError, Problem, UnsetFigures
from junheng.messages import word

_SOME_DAY = date(2000, 9, 1)


def asked_on(case: Case, header: Header) -> date:
    """Return the day a case asks about; of one that names none, a day the pack is in force."""
    since = header.valid_since
    return case.on or (max(_SOME_DAY, since) if isinstance(since, date) else _SOME_DAY)


"""The day of cases that state none: they ask nothing that depends on it."""

Answer = tuple[str, object, object]
"""What was asked, what the case expects, and what came out."""


def run_cases(pack: Pack) -> tuple[Problem, ...]:
    """Run every case of a pack.

    Returns
    -------
    tuple of Problem
        ``screening.case-failed`` for each expectation that is not met, with case, expected and
        found; ``screening.case-refused`` where a question is refused that should be answered.
    """
    cases = (each for each in pack.items.cases.values() if not is_played(each))
    return tuple(problem for case in cases for problem in _run(pack, case))


def is_played(case: Case) -> bool:
    """Whether a case plays part of a programme, which screening does not answer."""
    return bool(case.play) or "step" in dict(case.expect)


def _run(pack: Pack, case: Case) -> Iterator[Problem]:
    try:
        resolved = resolve_with(
            pack, on=asked_on(case, pack.header), settings=_settings(pack, case)
        )
        answers = list(_answers(resolved, case))
    except JunhengError as refusal:
        named = "、".join(p.values.get("id") or word(p).title for p in refusal.problems)
        yield Problem(
            "screening.case-refused",
            place=case.place,
            values={"case": case.id, "title": case.title, "found": named},
        )
        return
    for asked, expected, found in answers:
        if expected != found:
            values = {
                "case": case.id,
                "title": case.title,
                "asked": asked,
                "expected": _written(expected),
                "found": _written(found),
            }
            yield Problem("screening.case-failed", place=case.place, values=values)


def _settings(pack: Pack, case: Case) -> Mapping[str, object]:
    if isinstance(case.settings, str):
        return dict(pack.items.settings[case.settings].values)
    return dict(case.settings)


def _answers(pack: ResolvedPack, case: Case) -> Iterator[Answer]:
    expected = dict(case.expect)
    if "outcome" in expected:
        yield from _screened(pack, case, expected)
    if "quota" in expected and "refused" not in expected:
        yield from _counted(pack, case, expected)
    if "standard" in expected and "refused" not in expected:
        yield from _entitled(pack, case, expected)
    if "gate" in expected:
        person = played(case, pack)
        evaluation = RosterEvaluation(person.roster, pack, person.given)
        passed = gate_answer(evaluation, str(expected["gate"]), 0)
        yield "passes", expected.get("passes"), passed.value
    if "load" in expected:
        yield from _loaded(pack, expected)
    if "refused" in expected:
        found = {each.values["id"] for each in _unset(pack, expected) if "id" in each.values}
        yield "refused", _sorted(expected["refused"]), tuple(sorted(found))


def _unset(pack: ResolvedPack, expected: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what is unset for the quota a case asks about, or else for its question."""
    if "quota" in expected:
        return unset_in(pack, _asked_quota(pack, expected))
    if "standard" in expected:
        return unset_in(pack, pack.items.standards[str(expected["standard"])])
    return unset_for(pack, str(expected.get("question", "screening")))


def _screened(
    pack: ResolvedPack, case: Case, expected: Mapping[str, object]
) -> Iterator[Answer]:
    require(pack, "screening")
    person = played(case, pack)
    evaluation = RosterEvaluation(person.roster, pack, person.given)
    judged = judge(evaluation)
    verdict = decide(evaluation, judged)
    row = verdict.row(0, named=True)
    yield "outcome", expected["outcome"], row["outcome"]
    if "track" in expected:
        yield "track", expected["track"], row["track"]
    if "could_be" in expected:
        yield "could_be", _sorted(expected["could_be"]), tuple(sorted(row["could_be"]))
    if "because" in expected:
        wanted = _sorted(expected["because"])
        yield "because", wanted, tuple(each for each in wanted if each in row["because"])
    if "fails" in expected:
        wanted = _sorted(expected["fails"])
        yield "fails", wanted, tuple(each for each in wanted if _fails(judged, each))
    if "missing" in expected:
        yield "missing", _sorted(expected["missing"]), _missing(evaluation, verdict)


def _fails(judged: Mapping[str, RuleTruth], rule: str) -> bool:
    return rule in judged and bool(judged[rule].truth.no[0])


def _missing(evaluation: RosterEvaluation, verdict: pl.DataFrame) -> tuple[str, ...]:
    if verdict["outcome"][0] != Outcome.UNDECIDED:
        return ()
    found = unknown_facts(evaluation, verdict)
    return tuple(sorted({each.fact for each in found if each.where[0]}))


def _asked_quota(pack: ResolvedPack, expected: Mapping[str, object]) -> Quota:
    """Return the quota a case asks about; the whole one where its parts are not told yet."""
    identity = str(expected["quota"])
    quotas = pack.items.quotas
    return quotas.get(identity) or quotas[identity.partition(":")[0]]


def _counted(
    pack: ResolvedPack, case: Case, expected: Mapping[str, object]
) -> Iterator[Answer]:
    quota = _asked_quota(pack, expected)
    if open_ends := unset_in(pack, quota):
        raise UnsetFigures(open_ends)
    share, base = quota.bound.share, quota.bound.of
    number = quota.bound.number
    counts = dict(case.counts)
    if isinstance(number, Literal):
        stated = Fraction(str(number.values[0]))
        yield from _bounds(expected, stated, stated)
        yield from _met(quota, stated, counts, expected)
        return
    if not isinstance(share, Literal) or base is None:
        yield "quota", "share", quota.id
        return
    among = str(base.among)
    value = share.values[0]
    if among not in counts or not isinstance(value, Fraction):
        yield "counts", among, tuple(counts)
        return
    rounded, exact = bound(value, counts[among], str(quota.rounding))
    yield from _bounds(expected, Fraction(rounded), exact)
    yield from _met(quota, Fraction(rounded), counts, expected)


def _entitled(
    pack: ResolvedPack, case: Case, expected: Mapping[str, object]
) -> Iterator[Answer]:
    """Reckon a staffing standard for so many pupils, classes and lessons."""
    standard = pack.items.standards[str(expected["standard"])]
    if open_ends := unset_in(pack, standard):
        raise UnsetFigures(open_ends)
    counts = dict(case.counts)

    def basis(measure: str, stage: str) -> Fraction | None:
        number = counts.get(counted_as(measure, stage))
        return None if number is None else Fraction(number)

    reckoned = reckon(standard, {}, basis)
    if reckoned.exact is None or reckoned.entitled is None:
        yield "counts", "—", tuple(counts)
        return
    yield from _bounds(expected, Fraction(reckoned.entitled), reckoned.exact)


def _met(
    quota: Quota, limit: Fraction, counts: Mapping[str, int], expected: Mapping[str, object]
) -> Iterator[Answer]:
    """Compare the number counted, in the case as the quota counts it, with its bound."""
    if "met" not in expected:
        return
    among = str(quota.count.among)
    if among not in counts:
        yield "counts", among, tuple(counts)
        return
    holds = {"at_least": ge, "at_most": le}.get(quota.relation, eq)
    yield "met", expected["met"], "yes" if holds(counts[among], limit) else "no"


def _bounds(
    expected: Mapping[str, object], rounded: Fraction, exact: Fraction
) -> Iterator[Answer]:
    for key in ("required", "allowed"):
        if key in expected:
            yield key, Fraction(str(expected[key])), rounded
    if "exact" in expected:
        yield "exact", Fraction(str(expected["exact"])), exact


def _loaded(pack: ResolvedPack, expected: Mapping[str, object]) -> Iterator[Answer]:
    between = set(_sorted(expected["between"]))
    found = [
        each
        for each in contradictions(pack)
        if {each.values["item"], each.values["whole"]} == between
    ]
    yield "load", expected["load"], "contradiction" if found else "consistent"
    if found and "figures" in expected:
        shares = {Fraction(each.values[key]) for each in found for key in ("found", "expected")}
        wanted = {Fraction(each) for each in _sorted(expected["figures"])}
        yield "figures", sorted(wanted), sorted(shares)


def _sorted(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(sorted(str(part) for part in parts))


def _written(value: object) -> str:
    if isinstance(value, tuple | list):
        return "、".join(str(part) for part in value) or "—"
    return str(value)
