"""A plain interpreter of packs, one person at a time: slow, obvious, none of the engine's code.

Only the dataclasses of packs and rosters are shared. Numbers are ranges ``(low, high)``; a
truth is True, False or None for unknown.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from junheng.engine.policy import conditions as c
from junheng.engine.policy.items import IfUnknown, Outcome, RetirementSchedule, Rule
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from tests.engine.screening.oracle_facts import FURTHER, SETS
from tests.engine.screening.oracle_marks import awarded
from tests.engine.screening.oracle_rules import circumstance, rule_holds
from tests.engine.screening.oracle_units import UNIT_FACTS
from tests.engine.screening.plain import (
    FAR,
    LONG_AGO,
    Truth,
    add_months,
    begins,
    conj,
    disj,
    doings,
    last_day,
    months_between,
    neg,
    office,
    ordered,
    school_years,
    spans_to_retirement,
    union,
    window_start,
)

INFINITE = 10**9
LEVELS = ["无", "校级", "县级", "市级", "省级", "国家级"]
SHEETS = {
    "stints": "任职经历",
    "circumstances": "情形",
    "honours": "荣誉",
    "wishes": "志愿",
    "sanctions": "处分",
    "appraisals": "考核",
    "test_results": "测试成绩",
    "kinship": "亲属",
    "obligations": "服务期",
    "exchanges": "交流经历",
    "benefits": "待遇",
    "incidents": "行为记录",
    "children": "子女",
    "travel": "路程",
    "scores": "评分",
    "decisions": "决定",
}


@dataclass
class Oracle:
    roster: Roster
    pack: ResolvedPack

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        return {row["unit_id"]: row for row in self.roster["units"].to_dicts()}

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        return {row["person_id"]: row for row in self.roster["persons"].to_dicts()}

    office = staticmethod(office)

    @cached_property
    def posts(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.roster["posts"].to_dicts():
            found.setdefault(row["unit_id"], []).append(row)
        return found

    def established_at(self, person: dict[str, Any]) -> str | None:
        stated: str | None = person["establishment_unit"]
        return stated if stated is not None else person["unit_id"]

    @cached_property
    def tables(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table in SHEETS:
            for row in self.roster[table].to_dicts():
                found.setdefault(table, {}).setdefault(row["person_id"], []).append(row)
        return found

    def rows(self, table: str, person: dict[str, Any]) -> list[dict[str, Any]]:
        return self.tables.get(table, {}).get(person["person_id"], [])

    def closed(self, table: str, kinds: tuple[str, ...], person: dict[str, Any]) -> bool:
        if table not in self.roster.given:
            return False
        declared = {
            row["kind"] or ""
            for row in self.declarations.get((person["unit_id"], SHEETS[table]), [])
            if last_day(row["complete_as_of"], row["complete_as_of_precision"]) <= self.on
        }
        return "" in declared or (bool(kinds) and set(kinds) <= declared)

    @cached_property
    def declarations(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in self.roster["declarations"].to_dicts():
            found.setdefault((row["unit_id"], row["table_name"]), []).append(row)
        return found

    @cached_property
    def on(self) -> date:
        day = self.pack.dates[self.pack.header.as_of]
        assert isinstance(day, date)
        return day

    @cached_property
    def asked_on(self) -> date:
        """Return the day of the question, whatever day a fact is taken at."""
        return Oracle(self.roster, self.pack).on

    # -- conditions

    def holds(
        self, condition: Any, person: dict[str, Any], rule: Rule | None, *, bare: bool = True
    ) -> Truth:
        """Answer a condition; not ``bare``, grounds count with what the rule requires."""
        truth: Truth = True
        match condition:
            case c.All(parts):
                truth = conj([self.holds(part, person, rule, bare=bare) for part in parts])
            case c.AnyOf(parts):
                truth = disj([self.holds(part, person, rule, bare=bare) for part in parts])
            case c.Not(part):
                truth = neg(self.holds(part, person, rule))
            case c.ClassTest(klass):
                when = self.pack.items.classes[klass].when
                truth = self.holds(when, person, rule, bare=bare)
            case c.RuleTest(other):
                truth = self.treated(self.rule(self.pack.items.rules[other], person), rule)
            case c.FactTest():
                ground = None if bare else rule
                truth = self.treated(self.leaf(condition, person, ground), rule)
        return truth

    def treated(self, truth: Truth, rule: Rule | None) -> Truth:
        if truth is not None or rule is None:
            return truth
        return {
            IfUnknown.ASK: None,
            IfUnknown.TREAT_AS_NO: False,
            IfUnknown.TREAT_AS_YES: True,
        }[rule.if_unknown]

    def leaf(self, test: c.FactTest, person: dict[str, Any], rule: Rule | None) -> Truth:
        name, settings = self.measured(test.fact)
        if test.matter:
            settings = settings | {"matters": self.named(test.matter)}
        then = self.on_day_of(test.fact)
        if name == "circumstance":
            asks = test.comparisons[0].figure == c.Literal((True,))
            truth = circumstance(then, test, person, rule if asks else None)
            return truth if asks else neg(truth)
        parts = []
        for comparison in test.comparisons:
            figure = comparison.figure
            if isinstance(figure, c.ByFact):
                words = dict(figure.values)
                word = person[figure.by]
                options = [words[word]] if word in words else list(words.values())
                answers = {then.compare(name, settings, comparison, o, person) for o in options}
                parts.append(answers.pop() if len(answers) == 1 else None)
            else:
                assert isinstance(figure, c.Literal)
                parts.append(then.compare(name, settings, comparison, figure, person))
        return conj(parts)

    def on_day_of(self, fact: str) -> Oracle:
        """Return the oracle on the day that a fact of the pack is taken at."""
        item = self.pack.items.facts.get(fact)
        if item is None or not item.on:
            return self
        day = self.pack.dates[item.on]
        assert isinstance(day, date)
        then = copy(self)
        then.on = day
        return then

    def named(self, matter: str) -> tuple[str, ...]:
        """Return the words that mean a matter of the pack: its id and its title."""
        kinds = [getattr(self.pack.items, each.name) for each in fields(self.pack.items)]
        return (matter, *(held[matter].title for held in kinds if matter in held))

    def measured(self, fact: str) -> tuple[str, dict[str, Any]]:
        item = self.pack.items.facts.get(fact)
        if item is None:
            return fact, {}
        plain: dict[str, Any] = dict(item.settings)
        for key, value in item.settings:
            if isinstance(value, c.Literal):
                plain[key] = value.values
        if "spells" in plain:
            plain["spells"] = dict(plain["spells"])
        return item.origin, plain

    def compare(
        self,
        name: str,
        settings: dict[str, Any],
        comparison: c.Comparison,
        figure: c.Literal,
        person: dict[str, Any],
    ) -> Truth:
        if comparison.comparator is c.Comparator.OVERLAPS:
            return self.overlaps(name, settings, figure.values, person)
        found = self.fact(name, settings, person)
        if isinstance(found, tuple):
            answers = {ordered(value, comparison, figure.values[0]) for value in found}
            return answers.pop() if len(answers) == 1 else None
        if isinstance(found, set):
            answers = {word in figure.values for word in found}
            return answers.pop() if len(answers) == 1 else None
        return None if found is None else found in figure.values

    # -- facts

    def fact(self, name: str, settings: dict[str, Any], person: dict[str, Any]) -> Any:
        method = getattr(self, f"fact_{name}", None)
        if method is not None:
            return method(settings, person)
        if name in FURTHER:
            return FURTHER[name](self, settings, person)
        unit = self.units.get(person["unit_id"])
        if name in UNIT_FACTS:
            return None if unit is None else UNIT_FACTS[name](self, settings, unit)
        return _cell(name, person)

    def class_on(self, unit: dict[str, Any], name: str, day: date) -> str | None:
        rows = [
            row
            for row in self.roster_classes.get(unit["unit_id"], [])
            if (row["since"] or LONG_AGO) <= day < (row["until"] or FAR)
            and row[name] is not None
        ]
        rows.sort(key=lambda row: row["since"] or LONG_AGO)
        word: str | None = rows[-1][name] if rows else unit[name]
        return word

    def overlaps(
        self,
        name: str,
        settings: dict[str, Any],
        words: tuple[Any, ...],
        person: dict[str, Any],
    ) -> Truth:
        if name in {"unit_stages", "unit_traits"}:
            unit = self.units.get(person["unit_id"])
            return None if unit is None else self.shares(unit[name], words)
        return SETS[name](self, settings, words, person)

    @staticmethod
    def shares(listed: list[str] | None, words: tuple[Any, ...]) -> Truth:
        return None if listed is None else any(word in words for word in listed)

    def in_force(self, row: dict[str, Any]) -> Truth:
        first, last = begins(row)
        until = row["until"] or FAR
        if first > self.on or until <= self.on:
            return False
        return True if last <= self.on else None

    def fact_age(self, settings: dict[str, Any], person: dict[str, Any]) -> tuple[int, int]:
        birth = person["birth"]
        if birth is None:
            return 0, INFINITE
        ages = []
        for day in (last_day(birth, person["birth_precision"]), birth):
            months = months_between(day, self.on)
            years = months // 12
            if settings["measure"] == "not_past_birthday":
                years += add_months(day, years * 12) < self.on
            ages.append(years)
        return ages[0], ages[1]

    def fact_years_since_recruited(
        self, settings: dict[str, Any], person: dict[str, Any]
    ) -> tuple[Any, Any]:
        row = {
            "since": person["recruited_on"],
            "since_precision": person["recruited_on_precision"],
        }
        if row["since"] is None:
            return 0, INFINITE
        first, last = begins(row)
        return self.elapsed(settings, last), self.elapsed(settings, first)

    def fact_years_to_retirement(
        self, settings: dict[str, Any], person: dict[str, Any]
    ) -> tuple[Any, Any]:
        ages = self.pack.figure("retirement-schedule")
        assert isinstance(ages, RetirementSchedule)
        spans = spans_to_retirement(person, ages, self.on)
        return min(spans, default=-INFINITE), max(spans, default=INFINITE)

    def elapsed(self, settings: dict[str, Any], since: date) -> Fraction:
        if since > self.on:
            return Fraction(0)
        if settings["clock"] == "school_years":
            return Fraction(school_years(settings, since, self.on + timedelta(1)))
        months = months_between(since, self.on)
        part = settings["part_year"]
        if settings["clock"] == "months":
            started = part == "count" and add_months(since, months) < self.on
            return Fraction(months + started, 12)
        years = months // 12
        if part == "count":
            return Fraction(years + (add_months(since, years * 12) < self.on))
        enough = part == "round_up" and months % 12 >= settings["round_up_from"][0]
        return Fraction(years + enough)

    def fact_applied(self, settings: dict[str, Any], person: dict[str, Any]) -> Truth:
        return self.wished("自愿申请", person, settings.get("matters", ()))

    def fact_wishes_to_stay(self, settings: dict[str, Any], person: dict[str, Any]) -> Truth:
        return self.wished("留任意愿", person, ())

    def wished(self, kind: str, person: dict[str, Any], matters: tuple[str, ...]) -> Truth:
        answers: list[Truth] = [
            True if not matters else None if row["matter"] is None else row["matter"] in matters
            for row in self.applications(kind, person)
        ]
        return disj([*answers, False if self.closed("wishes", (kind,), person) else None])

    def applications(self, kind: str, person: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            row
            for row in self.rows("wishes", person)
            if row["wish_kind"] == kind and (row["wished_on"] or LONG_AGO) <= self.on
        ]

    def carried(self, unit: str) -> str:
        seen = set()
        while unit in self.units and unit not in seen:
            seen.add(unit)
            following = self.units[unit]["successor_unit"]
            if following is None or following not in self.units:
                break
            unit = following
        return unit

    def fact_cycle_completed(self, settings: dict[str, Any], person: dict[str, Any]) -> Truth:
        if person["unit_id"] not in self.units:
            return None
        stated = [
            row["cycle_completed"]
            for row in self.rows("stints", person)
            if row["unit_id"] in self.units
            and self.carried(row["unit_id"]) == self.carried(person["unit_id"])
            and begins(row)[0] <= self.on
        ]
        return disj(stated) if stated else None

    def fact_backbone_level(self, settings: dict[str, Any], person: dict[str, Any]) -> set[str]:
        low, high = 0, 0
        for row in self.rows("honours", person):
            held = self.in_force(row) if row["since"] else (row["until"] or FAR) > self.on
            if row["honour"] not in settings["kinds"] or held is False:
                continue
            held = conj([held, awarded(self, settings, row)])
            if held is False:
                continue
            level = row["honour_level"]
            number = LEVELS.index(level) if level else None
            high = max(high, 5 if number is None else number)
            if held:
                low = max(low, 1 if number is None else number)
        if not self.closed("honours", settings["kinds"], person):
            high = 5
        return set(LEVELS[low : max(low, high) + 1])

    # -- places

    def unit_of(self, row: dict[str, Any], settings: dict[str, Any]) -> Any:
        unit = row["unit_id"]
        if settings["identity"] == "campus":
            return unit
        alliance = self.units[unit]["alliance"] if unit in self.units else None
        if settings["identity"] == "group" and alliance is not None:
            return ("group", alliance)
        return self.carried(unit)

    # -- areas

    def area_at(self, unit: str, day: date, settings: dict[str, Any]) -> Truth:
        if unit not in self.units:
            return None
        answers: list[Truth] = []
        for column, setting in (("unit_area", "areas"), ("unit_quality", "quality")):
            if settings.get(setting):
                word = self.class_on(self.units[unit], column, day)
                answers.append(None if word is None else word in settings[setting])
        if settings.get("kinds"):
            word = self.units[unit]["unit_kind"]
            answers.append(None if word is None else word in settings["kinds"])
        if settings.get("traits"):
            traits = self.units[unit]["unit_traits"]
            answers.append(None if traits is None else bool({*traits} & {*settings["traits"]}))
        return disj(answers)

    @cached_property
    def roster_classes(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.roster["classifications"].to_dicts():
            found.setdefault(row["unit_id"], []).append(row)
        return found

    def area_spans(
        self, settings: dict[str, Any], person: dict[str, Any], *, certain: bool
    ) -> list[tuple[date, date]]:
        """Return when somebody worked, certainly or perhaps, at a unit as asked for."""
        end = self.on + timedelta(settings["clock"] == "school_years")
        found = []
        for row in self.rows("stints", person):
            first, last = begins(row)
            done = doings(row)
            if done == {"leave"} or first > self.on or (certain and "leave" in done):
                continue
            until = min(row["until"] or FAR, end)
            cuts = {LONG_AGO, FAR}
            for each in self.roster_classes.get(row["unit_id"], []):
                cuts |= {each["since"] or LONG_AGO, each["until"] or FAR}
            for begin, stop in pairwise(sorted(cuts)):
                answer = self.area_at(row["unit_id"], begin, settings)
                if answer is True if certain else answer is not False:
                    start = max(last if certain else first, window_start(settings, end))
                    found.append((max(start, begin), min(until, stop)))
        return union(found)

    def fact_years_in_area(
        self, settings: dict[str, Any], person: dict[str, Any]
    ) -> tuple[Fraction, Fraction]:
        low = self.area_years(settings, self.area_spans(settings, person, certain=True))
        high = self.area_years(settings, self.area_spans(settings, person, certain=False))
        closed = self.closed("stints", (), person)
        return low, max(high, low) if closed else Fraction(INFINITE)

    def area_years(self, settings: dict[str, Any], spans: list[tuple[date, date]]) -> Fraction:
        if settings["spell"] == "total":
            return self.in_all(settings, spans)
        end = self.on + timedelta(settings["clock"] == "school_years")
        now = [since for since, until in spans if until >= end]
        return self.elapsed(settings, now[-1]) if now else Fraction(0)

    def in_all(self, settings: dict[str, Any], spans: list[tuple[date, date]]) -> Fraction:
        if settings["clock"] == "school_years":
            return Fraction(sum(school_years(settings, *span) for span in spans))
        months, odd = 0, 0
        for since, until in spans:
            whole = months_between(since, until)
            months, odd = months + whole, odd + (until - add_months(since, whole)).days
        if not spans:
            return Fraction(0)
        return self.elapsed(settings, add_months(self.on - timedelta(odd), -months))

    # -- rules

    def rule(self, rule: Rule, person: dict[str, Any]) -> Truth:
        return rule_holds(self, rule, person)

    def verdict(self, person: dict[str, Any]) -> tuple[str, str, list[str], dict[str, Truth]]:
        """Return outcome, track, what it could be, and the truth of every rule."""
        rules = self.pack.items.rules
        truths = {key: self.rule(rule, person) for key, rule in rules.items()}
        possible: list[Outcome] = []
        for effect in self.pack.header.precedence:
            answers = [truths[key] for key, rule in rules.items() if rule.effect is effect]
            if disj(answers) is not False:
                possible.append(effect)
            if True in answers:
                break
        else:
            possible.append(self.pack.header.otherwise)
        if len(possible) > 1:
            return "undecided", "", sorted(set(possible)), truths
        tracks = [
            track
            for track in self.pack.header.tracks
            if any(
                truths[key] and rule.track == track and rule.effect is possible[0]
                for key, rule in rules.items()
            )
        ]
        return possible[0].value, tracks[0] if tracks else "", [], truths


def _cell(name: str, person: dict[str, Any]) -> Any:
    """Return a column of a person; numbers and dates as the least and most they can be."""
    column = "birth" if name == "birth_date" else name
    value = person[column]
    if f"{column}_precision" in person:
        first = LONG_AGO if value is None else value
        last = last_day(value, person[f"{column}_precision"]) if value else FAR
        return first, last
    if name in {"post_grade", "weekly_lessons"}:
        return (-INFINITE, INFINITE) if value is None else (Fraction(value), Fraction(value))
    return value
