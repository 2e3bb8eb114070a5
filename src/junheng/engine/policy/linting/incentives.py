"""Gates and entitlements: what is unknown, from when, and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.engine.policy.conditions import ClassTest, FactTest
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Entitlement, Gate, IfUnknown
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items
from junheng.engine.policy.vocabulary import FACTS, FactType
from junheng.engine.policy.walking import walk

_FROM_A_DAY = re.compile(r"年[^，。；]{0,8}起|[日年]以后出生|自.{1,12}起")
_PAID = ("allowance", "subsidy", "bonus")


def check_incentives(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check unknowns (L26) and first days (L52) of gates, payers of what is paid."""
    for draft in drafts:
        if isinstance(draft.item, Gate):
            _check_gate(draft.item, items, findings)
        if isinstance(draft.item, Entitlement):
            _check_payer(draft.item, findings)


def _check_gate(gate: Gate, items: Items, findings: Findings) -> None:
    treated = gate.if_unknown is not IfUnknown.ASK
    if treated and not gate.unknown_because:
        values = {"item": gate.id, "found": gate.if_unknown.value}
        findings.wrong("unknown-without-reason", gate.place, **values)
    if gate.since is None and not _asks_a_date(gate, items):
        for says in _says(gate, items):
            if _FROM_A_DAY.search(says):
                findings.doubtful("gate-without-since", gate.place, item=gate.id, found=says)


def _says(gate: Gate, items: Items) -> Iterator[str]:
    for document in items.sources.values():
        for clause in document.clauses:
            if clause.id in gate.source:
                yield clause.says


def _asks_a_date(gate: Gate, items: Items) -> bool:
    """Whether the gate, or a class it names, compares a date (a cohort)."""
    asked = [test for test in walk((gate.who, gate.when)) if test is not None]
    for test in tuple(asked):
        if isinstance(test, ClassTest) and test.klass in items.classes:
            asked += list(walk(items.classes[test.klass].when))
    for test in asked:
        if isinstance(test, FactTest):
            own = items.facts.get(test.fact)
            fact = FACTS.get(own.origin if own else test.fact)
            if fact is not None and fact.type is FactType.DATE:
                return True
    return False


def _check_payer(entitlement: Entitlement, findings: Findings) -> None:
    if entitlement.gives in _PAID and not entitlement.payer:
        values = {"item": entitlement.id, "found": entitlement.gives}
        findings.doubtful("no-payer", entitlement.place, **values)
