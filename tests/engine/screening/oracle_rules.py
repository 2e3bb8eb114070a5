"""Plain reading of rules and of what they require on record, one person at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from junheng.engine.policy import conditions as c
from junheng.engine.policy.items import Limit, Requirement, Rule, Strength
from tests.engine.screening.plain import (
    Truth,
    add_months,
    begins,
    conj,
    disj,
    neg,
    number,
    opinion,
)

Row = dict[str, Any]
_OPINIONS = ("recommendation", "approval", "decision")


def rule_holds(o: Any, rule: Rule, person: Row) -> Truth:
    parts = [o.holds(rule.when, person, rule, bare=False)]
    if rule.who is not None:
        parts.append(o.holds(rule.who, person, rule))
    if rule.unless is not None:
        parts.append(neg(o.holds(rule.unless, person, rule)))
    if not any(True for _ in grounds(o, rule.when)):
        parts += _of_person(o, rule, person)
    return conj(parts)


def grounds(o: Any, condition: Any) -> list[c.FactTest]:
    """Return the questions whether a ground holds that no ``not`` stands before."""
    match condition:
        case c.All(parts) | c.AnyOf(parts):
            return [test for part in parts for test in grounds(o, part)]
        case c.ClassTest(klass):
            return grounds(o, o.pack.items.classes[klass].when)
        case c.RuleTest(other):
            return grounds(o, o.pack.items.rules[other].when)
        case c.FactTest(fact, comparisons):
            yes = all(each.figure == c.Literal((True,)) for each in comparisons)
            return [condition] if yes and o.measured(fact)[0] == "circumstance" else []
    return []


def _of_person(o: Any, rule: Rule, person: Row) -> list[Truth]:
    """Judge what a rule that rests on no ground requires of the person."""
    said = [need for need in rule.requires if need.kind in _OPINIONS]
    bodies = [body for need in said for body in need.bodies]
    found: list[Truth] = []
    if any(need.kind == "application" for need in rule.requires):
        matters = _matters(o, rule.when)
        judged = [
            conj(
                [
                    True
                    if not matters or row["matter"] in matters
                    else None
                    if row["matter"] is None
                    else False,
                    *(opinion(row, body) for body in bodies),
                ]
            )
            for row in o.applications("自愿申请", person)
        ]
        closed = o.closed("wishes", ("自愿申请",), person)
        found.append(disj([*judged, False if closed else None]))
    elif said:
        found.append(_decided(o, rule, person))
    for need in rule.requires:
        if need.kind not in ("application", *_OPINIONS):
            concerned = True if need.only_for is None else o.holds(need.only_for, person, None)
            found.append(disj([None, neg(concerned)]))
    return found


def _matters(o: Any, condition: Any) -> tuple[str, ...]:
    match condition:
        case c.All(parts) | c.AnyOf(parts):
            return tuple(word for part in parts for word in _matters(o, part))
        case c.ClassTest(klass):
            return _matters(o, o.pack.items.classes[klass].when)
        case c.FactTest(fact) if condition.matter and o.measured(fact)[0] == "applied":
            named: tuple[str, ...] = o.named(condition.matter)
            return named
    return ()


def _decided(o: Any, rule: Rule, person: Row) -> Truth:
    kinds = {
        row["decision_kind"]
        for row in o.rows("decisions", person)
        if row["rule_id"] == rule.id
        and (row["decided_on"] is None or row["decided_on"] <= o.on)
    } & {"认定", "不予认定"}
    if not kinds:
        return False if o.closed("decisions", (), person) else None
    return None if len(kinds) > 1 else kinds == {"认定"}


def circumstance(o: Any, test: c.FactTest, person: Row, rule: Rule | None) -> Truth:
    """Answer whether a ground holds, with what the rule requires of each of its records."""
    settings = o.measured(test.fact)[1]
    kinds = settings["kinds"]
    answers: list[Truth] = []
    for row in o.rows("circumstances", person):
        held = _held(o, settings, row) if row["circumstance"] in kinds else False
        if held is not False:
            answers.append(conj([held, *_on_record(o, test, row, person, rule)]))
    closed = o.closed("circumstances", kinds, person)
    return disj([*answers, False if closed else None])


def _held(o: Any, settings: dict[str, Any], row: Row) -> Truth:
    """Answer whether a record is in force on the day, or was within the window of years."""
    since = o.on
    if "window" in settings:
        since = add_months(o.on, -int(settings["window"][0] * 12)) + timedelta(1)
    first, last = begins(row)
    if first > o.on or (row["until"] or date.max) <= since:
        return False
    return True if last <= o.on else None


def _on_record(
    o: Any, test: c.FactTest, row: Row, person: Row, rule: Rule | None
) -> list[Truth]:
    if rule is None:
        return []
    answers: list[Truth] = []
    for need in rule.requires:
        named = grounds(o, need.only_for)
        if named and test not in named:
            continue
        answer = _met(o, need, row, person)
        if need.only_for is not None and not named:
            answer = disj([answer, neg(o.holds(need.only_for, person, None))])
        answers.append(answer)
    if rule.limit is not None:
        answers.append(_within(o, row, person, rule, rule.limit))
    return answers


def _met(o: Any, need: Requirement, row: Row, person: Row) -> Truth:
    match need.kind:
        case "evidence":
            members = [m for body in need.bodies for m in o.pack.items.bodies[body].members]
            return None if row["issuer"] is None else not members or row["issuer"] in members
        case "publicity":
            return _publicised(o, need, row)
        case "recommendation" | "approval" | "decision":
            told = conj([opinion(row, body) for body in need.bodies])
            later = row["approved_on"] is not None and row["approved_on"] > o.asked_on
            return None if told and later else told
        case "application":
            applied: Truth = o.wished("自愿申请", person, ())
            return applied
    return None


def _publicised(o: Any, need: Requirement, row: Row) -> Truth:
    if row["publicised_since"] is None:
        return None
    until = min(row["publicised_until"] or date.max, o.asked_on)
    least = 0 if need.days is None else number(need.days)
    return True if (until - row["publicised_since"]).days >= least else None


def _within(o: Any, row: Row, person: Row, rule: Rule, limit: Limit) -> bool:
    """Judge whether a ground is still within the time the rule may be used."""
    alike = [row]
    if limit.counted == "cumulative":
        kinds = {test_kind for test in grounds(o, rule.when) for test_kind in _kinds(o, test)}
        alike = [r for r in o.rows("circumstances", person) if r["circumstance"] in kinds]
    approved = [each["approved_on"] for each in alike if each["approved_on"] is not None]
    start = min(approved) if approved else row["since"] or o.on
    if limit.starts == "school_year":
        start = date(start.year + ((start.month, start.day) > (9, 1)), 9, 1)
    inside = add_months(start, int(number(limit.at_most) * 12)) > o.on
    return inside or _lifted(o, person, rule, limit)


def _kinds(o: Any, test: c.FactTest) -> tuple[str, ...]:
    kinds: tuple[str, ...] = o.measured(test.fact)[1]["kinds"]
    return kinds


def _lifted(o: Any, person: Row, rule: Rule, limit: Limit) -> bool:
    if limit.strength is Strength.HARD:
        return False
    for row in o.roster["decisions"].to_dicts():
        if row["decision_kind"] == "例外批准" and row["rule_id"] == rule.id:
            whom = row["person_id"], row["unit_id"]
            if whom[0] == person["person_id"] or whom == (None, person["unit_id"]):
                return True
            if whom == (None, None):
                return True
    return False
