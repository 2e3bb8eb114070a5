"""Cases: each rule has one on both sides, and names only what exists (L54)."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Case, CastMember, Gate, Item, Quota, Rule
from junheng.engine.policy.items.populations import POPULATIONS
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.linting.stated import check_stated
from junheng.engine.policy.pack import Items
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import nearest
from junheng.engine.policy.vocabulary import FACTS

CASE_TABLES = (
    "stints",
    "circumstances",
    "wishes",
    "honours",
    "exchanges",
    "sanctions",
    "appraisals",
    "test_results",
    "incidents",
    "children",
    "benefits",
    "obligations",
    "kinship",
    "decisions",
)
"""Tables of the roster that a case may give rows of."""
EXPECTED = (
    "outcome",
    "because",
    "fails",
    "track",
    "could_be",
    "missing",
    "quota",
    "required",
    "allowed",
    "exact",
    "met",
    "gate",
    "passes",
    "standard",
    "question",
    "refused",
    "load",
    "between",
    "figures",
)
"""What a case may expect."""
COUNTED_BY_STANDARDS = (
    "pupils",
    "classes",
    "lessons",
    "primary_pupils",
    "junior_pupils",
    "primary_classes",
    "junior_classes",
)
"""What a case of a staffing standard may count."""
EXPECTED_OF_PLAY = (
    "accepted",
    "refused",
    "missing",
    "possible_from",
    "late",
    "duties",
    "due",
    "owed",
    "discloses",
    "acts",
    "ban",
    "figures",
    "remark",
    "grade",
    "raises",
    "step",
    "opens",
    "closes",
    "to",
    "copies",
    "weight",
    "actor",
    "until",
    "workloads",
    "relation",
    "length",
    "doubles",
    "entries",
    "distinct",
    "placed",
    "left",
)
"""What a case that plays part of a programme may expect."""


def check_examples(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check what cases mention, and that rules, quotas and gates have them."""
    for draft in drafts:
        if isinstance(draft.item, Case):
            _check_case(draft.item, items, findings)
            _check_facts(draft, "person", items, findings)
        if isinstance(draft.item, CastMember):
            _check_facts(draft, "values", items, findings)
    cases = [dict(draft.item.expect) for draft in drafts if isinstance(draft.item, Case)]
    for draft in drafts:
        match draft.item:
            case Rule():
                _check_rule(draft.item, cases, findings)
            case Quota():
                _check_quota(draft.item, cases, findings)
            case Gate():
                _check_gate(draft.item, cases, findings)
            case _:
                pass


def _check_quota(quota: Quota, cases: list[dict[str, object]], findings: Findings) -> None:
    shown = {
        str(case.get("exact"))
        for case in cases
        if str(case.get("quota", "")).split(":")[0] == quota.id
    }
    if quota.bound.share is not None and len(shown) < 2:
        findings.doubtful("quota-without-cases", quota.place, item=quota.id)


def _check_gate(gate: Gate, cases: list[dict[str, object]], findings: Findings) -> None:
    if gate.compare is not None:
        return  # two rates of a county, which no case of one person answers
    shown = {str(case.get("passes")) for case in cases if case.get("gate") == gate.id}
    lacking = [f"passes: {word}" for word in ("yes", "no") if word not in shown]
    if lacking:
        values = {"item": gate.id, "expected": "、".join(lacking)}
        findings.doubtful("gate-without-cases", gate.place, **values)


def _check_rule(rule: Rule, cases: list[dict[str, object]], findings: Findings) -> None:
    holds = [case for case in cases if rule.id in _names(case.get("because"))]
    fails = [case for case in cases if rule.id in _names(case.get("fails"))]
    if not holds or not fails:
        lacking = "、".join(
            word for word, found in (("because", holds), ("fails", fails)) if not found
        )
        findings.doubtful("rule-without-cases", rule.place, item=rule.id, expected=lacking)


def _names(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _check_case(case: Case, items: Items, findings: Findings) -> None:
    expected = dict(case.expect)
    known = EXPECTED_OF_PLAY if case.play or "step" in expected else EXPECTED
    for key in expected:
        if key not in known:
            values = {"found": key, "nearest": nearest(key, known)}
            findings.wrong("unknown-expectation", case.place, item=case.id, **values)
    _check_like(case, items, findings)
    countable = COUNTED_BY_STANDARDS if "standard" in expected else POPULATIONS
    for population, _ in case.counts:
        if population not in countable:
            values = {"found": population, "nearest": nearest(population, countable)}
            findings.wrong("unknown-population", case.place, item=case.id, **values)
    named = (*_names(expected.get("because")), *_names(expected.get("fails")))
    _check_named(case, named, items.rules, findings)
    quotas = tuple(str(each).split(":")[0] for each in _names(expected.get("quota", ())))
    _check_named(case, quotas, items.quotas, findings)
    for key, known_items in (("gate", items.gates), ("standard", items.standards)):
        _check_named(case, _names(expected.get(key, ())), known_items, findings)
    if isinstance(case.settings, str) and case.settings not in items.settings:
        _check_named(case, (case.settings,), items.settings, findings)


def _check_named(
    case: Case, named: tuple[object, ...], known: Mapping[str, object], findings: Findings
) -> None:
    for each in named:
        if isinstance(each, str) and each not in known:
            values = {"found": each, "nearest": nearest(each, tuple(known))}
            findings.wrong("case-names-unknown", case.place, item=case.id, **values)


def _check_like(case: Case, items: Items, findings: Findings) -> None:
    like = dict(case.person).get("like")
    if like is not None:
        _check_named(case, (like,), items.cast, findings)


def _check_facts(draft: Draft, key: str, items: Items, findings: Findings) -> None:
    """Check what is stated of a person: the facts exist, and their values are of their type."""
    stated = draft.node.entries.get(key)
    if not isinstance(stated, Table):
        return
    known = {*FACTS, *items.facts, *CASE_TABLES, "like", *_played_keys(draft.item)}
    for name, place in stated.places.items():
        if name not in known:
            found = {"found": name, "nearest": nearest(name, known)}
            findings.wrong("unknown-case-fact", place, item=draft.id, **found)
    for name, node in stated.entries.items():
        check_stated(name, node, draft.id, items, findings)


def _played_keys(owner: Item | None) -> tuple[str, ...]:
    """Return what a case of a programme may also say of its person: rules that hold, track."""
    return ("rules", "track", "locks") if isinstance(owner, Case) and owner.play else ()
