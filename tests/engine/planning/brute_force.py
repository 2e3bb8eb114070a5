"""Every plan of a very small county, tried one by one; no planner code is used.

Written from the meaning of the rules alone: what a plan must keep, what it costs, which of
equal plans wins. Slow, plain and independent: the planner has to agree with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from hashlib import sha256
from math import floor
from typing import Any

from junheng.engine.policy.conditions import Condition, Literal
from junheng.engine.policy.items import (
    Arrangement,
    Bound,
    Horizon,
    KinRule,
    Population,
    Quota,
    Selection,
    Strength,
)
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from tests.engine.planning.hand_screening import START, HandEvaluation
from tests.engine.planning.plain_figures import band, figure, metres
from tests.engine.planning.plain_pairs import PlainPairs

Moves = tuple[tuple[str, str, str, str], ...]
"""(person, unit, form, subject taught), sorted."""
LEADING = ("校长", "副校长", "书记", "副书记")
PLAN_POPULATIONS = ("movers", "movers_and_serving", "movers_and_volunteers")
PLACES = {"unit": "unit_id", "zone": "zone", "township": "township", "county": "county"}


@dataclass
class County:
    """A roster and screening as plain dictionaries, at the start."""

    roster: Roster
    screening: Screening
    seed: int

    def __post_init__(self) -> None:
        evaluation = self.screening.evaluation
        assert isinstance(evaluation, HandEvaluation)
        self.ask = evaluation.answer
        self.pack = evaluation.pack
        (self.planning,) = self.pack.items.planning.values()
        self.units = {r["unit_id"]: r for r in self.roster["units"].to_dicts()}
        self.pairs = PlainPairs(self.units, self.roster["posts"].to_dicts())
        rows = {r["person_id"]: r for r in self.roster["persons"].to_dicts()}
        said = {r["person_id"]: r for r in self.screening.verdicts.to_dicts()}
        self.outcome = {p: said[p]["outcome"] for p in rows}
        self.track = {p: said[p]["track"] for p in rows}
        self.unit = {p: row["unit_id"] for p, row in rows.items()}
        self.staff = {p: dict(row) for p, row in rows.items() if self._counts(row)}
        for person, row in self.staff.items():
            row["at"], row["serving"], row["home"] = row["unit_id"], False, row["unit_id"]
            self._stand(person, row)
            row["e"] = row["establishment_unit"] or row["at"]
            row["leads"] = row["office_level"] in ("正校级", "副校级")
        self.posts = self._posts()
        self.decisions = self.roster["decisions"].to_dicts()

    def _counts(self, row: Mapping[str, Any]) -> bool:
        in_scope = self.outcome[row["person_id"]] != "out_of_scope"
        here = row["employment"] == "在编" and row["in_post"] in self.planning.in_post
        agreed = row["agreed_retirement"]
        return in_scope and here and (agreed is None or agreed >= START)

    def _stand(self, person: str, row: dict[str, Any]) -> None:
        for x in self.roster["exchanges"].sort("until", nulls_last=True).to_dicts():
            if x["person_id"] != person or x["host_unit"] != row["unit_id"]:
                continue
            if x["since"] <= START and (x["until"] is None or x["until"] > START):
                row["serving"], row["at"] = True, row["unit_id"]
                row["home"] = x["origin_unit"] if x["relation_moved"] is False else row["at"]
            elif x["relation_moved"] is False and not row["serving"]:
                row["at"] = row["home"] = x["origin_unit"]

    def _posts(self) -> dict[tuple[str, ...], tuple[int, int | None]]:
        found: dict[tuple[str, ...], tuple[int, int | None]] = {}
        for row in self.roster["posts"].to_dicts():
            key: tuple[str, ...]
            if row["role"] in LEADING:
                key = ("role", row["unit_id"], row["role"])
            elif row["subject"]:
                key = ("cell", row["unit_id"], row["stage"], row["subject"])
            else:
                key = ("band", row["unit_id"], row["grade_band"])
            required, established = found.get(key, (0, 0))
            over = row["established"]
            more = None if over is None or established is None else established + over
            found[key] = (required + (row["required"] or 0), more)
        return found

    def options(self, person: str) -> list[tuple[str, str, str] | None]:
        """Return every (unit, form, subject) a person may be given, and None for staying."""
        row = self.staff[person]
        if self.outcome[person] not in ("due", "may", "supervised") or row["serving"]:
            return [None]
        allowed = [
            (unit, form, subject)
            for unit in sorted(self.units)
            if unit != row["at"]
            for subject in self._taught(row, unit)
            for form in [self._form(person, unit)]
            if form and not self._forbidden(person, unit)
        ]
        return [None, *allowed]

    def subjects(self, person: str) -> list[str]:
        """Return what a person may teach, the own subject first, then as the pack lists it."""
        own = self.staff[person]["subject"]
        pairs = self.planning.neighbouring_subjects
        return [own, *(taught for main, taught in pairs if main == own)]

    def _taught(self, row: Mapping[str, Any], unit: str) -> list[str]:
        if row["leads"]:
            return [""] if ("role", unit, row["role"]) in self.posts else []
        subjects = self.subjects(row["person_id"])
        return [s for s in subjects if ("cell", unit, row["stage"], s) in self.posts]

    def _form(self, person: str, unit: str) -> str:
        for form_id in self.planning.forms:
            form = self.pack.items.arrangements[form_id]
            if form.tracks and self.track[person] not in form.tracks:
                continue
            if not self._used_for(form, person, unit):
                continue
            if form.moves is None or self.ask(form.moves, person, unit) is True:
                return form_id
        return ""

    def _used_for(self, form: Arrangement, person: str, unit: str) -> bool:
        row = self.staff[person]
        if form.subjects and (row["leads"] or row["subject"] not in form.subjects):
            return False
        if form.who is not None and self.ask(form.who, person, None) is not True:
            return False
        if form.changes == "post" or not form.within:
            return form.changes != "post"
        here, there = (self.units[each][PLACES[form.within]] for each in (row["at"], unit))
        return here is not None and bool(here) and here == there

    def _forbidden(self, person: str, unit: str) -> bool:
        for row in self.decisions:
            banned = row["decision_kind"] == "禁止" and row["person_id"] in (None, person)
            if banned and row["unit_id"] in (None, unit):
                return True
        return any(
            self._breaks(rule, person, unit) and not self._lifted(rule.id, person, unit)
            for rule in self.pack.items.destinations.values()
            if rule.strength is not Strength.ENCOURAGED
        )

    def _breaks(self, rule: Any, person: str, unit: str) -> bool:
        for limit in (rule.who, rule.where):
            if limit is not None and self.ask(limit, person, unit) is False:
                return False
        must = rule.must is not None and self.ask(rule.must, person, unit) is not True
        not_ = rule.must_not is not None and self.ask(rule.must_not, person, unit) is not False
        return must or not_

    def _lifted(self, rule: str, person: str | None, unit: str | None) -> bool:
        return any(
            row["decision_kind"] == "例外批准"
            and row["rule_id"] == rule
            and row["person_id"] in (None, person)
            and row["unit_id"] in (None, unit)
            for row in self.decisions
        )

    def moved(self, form: str) -> bool:
        """Return whether a form moves the personnel relation."""
        relation = self.pack.items.arrangements[form].relation
        return self.pack.items.relations[str(relation)].personnel == "moves"

    def holdings(self, moves: Moves) -> Counter[tuple[str, ...]]:
        """Count who fills which place under some moves."""
        to = {person: (unit, form, subject) for person, unit, form, subject in moves}
        counts: Counter[tuple[str, ...]] = Counter()
        for person, row in self.staff.items():
            unit, form, subject = to.get(person, (row["at"], "", row["subject"]))
            if row["leads"]:
                counts["role", unit, row["role"]] += 1
            else:
                counts["cell", unit, row["stage"], subject] += 1
            office = unit if form and self.moved(form) else row["e"]
            counts["office", office] += 1
            counts["band", office, band(row["title"])] += 1
        return counts

    def keeps_the_rules(self, moves: Moves) -> bool:
        """Return whether moves keep pins, limits, heads and caps."""
        to = {person: unit for person, unit, _, _ in moves}
        for row in self.decisions:
            if row["decision_kind"] == "固定":
                person = row["person_id"]
                here = self.staff[person]["at"] if person in self.staff else self.unit[person]
                if to.get(person, here) != row["unit_id"]:
                    return False
        before, after = self.holdings(()), self.holdings(moves)
        exempt = self._exempt(moves)
        for key, count in after.items():
            limit = self._limit(key)
            if limit is not None and count - len(exempt[key]) > max(before[key], limit):
                return False
        heads = [key for key in before if key[0] == "role" and key[2] == "校长"]
        if any(before[key] and not after[key] for key in heads):
            return False
        apart = (self._kin_kept(rule, moves) for rule in self._kin_rules())
        equal = (self._sides_equal(quota, moves) for quota in self.pack.items.quotas.values())
        if not all((*apart, *equal)):
            return False
        return not any(self._over(quota, moves) for quota in self._caps())

    def _sides_equal(self, quota: Quota, moves: Moves) -> bool:
        sent: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        if not quota.equal_sides or quota.strength is Strength.ENCOURAGED:
            return True
        for cell, count, _ in self.lines(quota, moves):
            sent[cell["pair"], cell.get("stage", "")][cell["side"]] = count
        return all(
            len(set(by_side.values())) == 1
            or (
                quota.strength is Strength.PRINCIPLE
                and any(self._lifted(quota.id, "", unit) for unit in by_side)
            )
            for by_side in sent.values()
        )

    def _exempt(self, moves: Moves) -> defaultdict[tuple[str, ...], list[str]]:
        """Return by (unit, band) who arrives outside the limit of the guard."""
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for guard in self.pack.items.guards.values():
            for person, unit, form, _ in moves:
                if guard.exempt is None or not self.moved(form):
                    continue
                if self.ask(guard.exempt, person, unit) is True:
                    found["band", unit, band(self.staff[person]["title"])].append(person)
        return found

    def over_quota(self, moves: Moves) -> frozenset[str]:
        """Return who is hired above the post structure."""
        before, after = self.holdings(()), self.holdings(moves)
        named: set[str] = set()
        for key, arrivals in self._exempt(moves).items():
            limit = self._limit(key)
            if limit is None:
                continue
            drawn = sorted(((self._draw(p, key[1]), p) for p in arrivals), reverse=True)
            above = after[key] - max(before[key], limit)
            named |= {person for _, person in drawn[: max(0, above)]}
        return frozenset(named)

    def _kin_rules(self) -> Iterator[KinRule]:
        for rule in self.pack.items.kin_rules.values():
            if rule.strength is not Strength.ENCOURAGED:
                yield rule

    def _kin_kept(self, rule: KinRule, moves: Moves) -> bool:
        to = {person: unit for person, unit, _, _ in moves}
        for row in self.roster["kinship"].to_dicts():
            pair = (row["person_id"], row["relative_id"])
            if row["kinship"] not in rule.among or not set(pair) <= self.staff.keys():
                continue
            lifted = [self._lifts_kin(rule, person) for person in pair]
            if rule.strength is Strength.PRINCIPLE and any(lifted):
                continue
            start = [self._place(rule, self.staff[p]["at"]) for p in pair]
            end = [self._place(rule, to.get(p, self.staff[p]["at"])) for p in pair]
            met_at_start = start[0] == start[1]
            stayed = not set(pair) & to.keys()
            if rule.rule == "together" and met_at_start and end[0] != end[1]:
                return False
            if rule.rule == "apart" and end[0] == end[1] and not (met_at_start and stayed):
                return False
        return True

    def _lifts_kin(self, rule: KinRule, person: str) -> bool:
        return any(
            row["decision_kind"] == "例外批准"
            and row["rule_id"] == rule.id
            and (
                row["person_id"] == person or (row["person_id"], row["unit_id"]) == (None, None)
            )
            for row in self.decisions
        )

    def _place(self, rule: KinRule, unit: str) -> tuple[str, str]:
        word = self.units[unit][PLACES[rule.at]]
        return ("", unit) if word is None else (str(word), "")

    def _limit(self, key: tuple[str, ...]) -> int | None:
        if key[0] == "office":
            approved = self.units[key[1]]["establishment"]
            return None if approved is None else int(approved)
        if key[0] == "role":
            return self.posts.get(key, (0, None))[1]
        if key[0] == "band" and self.pack.items.guards:
            (guard,) = self.pack.items.guards.values()
            kept = guard.strength is Strength.HARD or not self._lifted(guard.id, "", key[1])
            return self.posts.get(key, (0, None))[1] if kept else None
        return None

    def _caps(self) -> Iterator[Quota]:
        for quota in self.pack.items.quotas.values():
            if quota.relation != "at_least" and quota.strength is not Strength.ENCOURAGED:
                yield quota

    def _over(self, quota: Quota, moves: Moves) -> bool:
        principle = quota.strength is Strength.PRINCIPLE
        return any(
            count > bound
            for cell, count, bound in self.lines(quota, moves)
            if not (
                principle and self._lifted(quota.id, "", cell.get("unit", cell.get("side", "")))
            )
        )

    def too_many_leave(self, moves: Moves) -> bool:
        """Return whether more leave a unit than the pack's limit on leavers."""
        limit = self.planning.leavers_at_most
        gone = Counter(self.staff[person]["at"] for person, *_ in moves)
        for unit, count in gone.items():
            base = 0
            if limit.of is not None:
                members = self.members(limit.of, moves)
                base = sum(self.staff[p]["at"] == unit for p in members)
            if count > self._bound(limit, base, str(self.planning.leavers_rounding)):
                return True
        return False

    def members(
        self, population: Population, moves: Moves, over: Horizon | None = None
    ) -> set[str]:
        """Return whom a population counts."""
        served = self._served(over) if over is not None else set()
        movers = {
            p
            for p, _, form, _ in moves
            if not population.arrangement or form in population.arrangement
        }
        serving = {p for p, row in self.staff.items() if row["serving"]}
        may = {p for p in self.staff if self.outcome[p] == "may"}
        due = {p for p in self.staff if self.outcome[p] == "due"}
        found = {
            "staff": set(self.staff),
            "full_time": {p for p, r in self.staff.items() if r["full_time_teacher"] is True},
            "meeting_conditions": due,
            "due": due,
            "serving": serving,
            "movers": movers,
            "movers_and_serving": movers | serving,
            "movers_and_volunteers": movers | may,
            "served": served,
            "movers_and_served": movers | served,
        }[str(population.among)]
        return {p for p in found if population.who is None or self.ask(population.who, p, None)}

    def _served(self, over: Horizon) -> set[str]:
        begins = date(int(figure(over.since)), START.month, START.day)
        return {
            row["person_id"]
            for row in self.roster["exchanges"].to_dicts()
            if begins <= row["since"] < START and row["person_id"] in self.staff
        }

    def lines(self, quota: Quota, moves: Moves) -> Iterator[tuple[dict[str, str], int, int]]:
        """Yield (cell, count, bound) of a quota."""
        over = quota.over if isinstance(quota.over, Horizon) else None
        counted = self.members(quota.count, moves, over)
        base: set[str] = set()
        if quota.bound.of is not None:
            base = self.members(quota.bound.of, moves, over)
        everyone = self.members(Population(among="staff", who=quota.count.who), moves)
        cells = {p: self._cell(p, quota.per) for p in counted | base | everyone}
        exist = {tuple(sorted(each.items())) for each in cells.values()}
        if "pair" in quota.per:
            inside = tuple(
                m for m in moves if self.pairs.partner(self.staff[m[0]]["at"]) == m[1]
            )
            counted = self.members(quota.count, inside, over)
            base = set() if quota.bound.of is None else self.members(quota.bound.of, inside)
            exist = {tuple(sorted(each.items())) for each in self.pairs.cells(quota.per)}
        for cell in sorted(exist):
            here = {p for p, at in cells.items() if tuple(sorted(at.items())) == cell}
            of = quota.bound.of
            kind = str(quota.rounding)
            growing = of is not None and of.among in PLAN_POPULATIONS
            if kind == "nearest" and growing and quota.relation == "at_least":
                kind = "nearest, halves down"
            yield (
                dict(cell),
                len(counted & here),
                self._bound(quota.bound, len(base & here), kind),
            )

    def _owed(self, quota: Quota, bound: int) -> int:
        """Return what a floor asks for by the end of this year."""
        if not isinstance(quota.over, Horizon):
            return bound
        years, since = int(figure(quota.over.years)), int(figure(quota.over.since))
        this = START.year - since + 1
        if this >= years:
            return bound
        return 0 if this < 1 else -floor(-Fraction(bound * this, years))

    def _cell(self, person: str, per: tuple[str, ...]) -> dict[str, str]:
        row = self.staff[person]
        unit = self.units[row["at"]]
        words = {
            "unit": row["at"],
            "county": unit["county"],
            "zone": unit["zone"],
            "stage": row["stage"],
            "subject": "" if row["leads"] else row["subject"],
        }
        other = self.pairs.partner(row["at"]) if "pair" in per else ""
        if other:
            pair = min(row["at"], other) + max(row["at"], other)
            words |= {"pair": pair, "side": row["at"]}
        return {each: words.get(each) or "" for each in per}

    def _bound(self, bound: Bound, base: int, rounding: str) -> int:
        if bound.number is not None:
            return int(figure(bound.number))
        exact = figure(bound.share) * base
        match rounding:
            case "up":
                return -floor(-exact)
            case "down":
                return floor(exact)
            case "nearest":
                return floor(exact + Fraction(1, 2))
        return -floor(-(exact - Fraction(1, 2)))

    def values(self, moves: Moves) -> tuple[int, ...]:
        """Return the value of every objective, in order, and the draw."""
        by_name: dict[str, Callable[[Moves], int]] = {
            "unmet_obligations": self._unmet,
            "selection": lambda chosen: len(self.passed_over(chosen)),
            "balance": lambda chosen: sum(
                int(figure(part.weight)) * self._balance(part.of, chosen)
                for part in self.planning.balances
            ),
            "wishes": self._wishes,
            "travel": self._travel,
        }
        by_name |= {
            f"balance:{part.id}": partial(self._balance, part.of)
            for part in self.planning.balances
        }
        drawn = sum(self._draw(person, unit) for person, unit, *_ in moves)
        return (*(by_name[each](moves) for each in self.planning.objectives), drawn)

    def _unmet(self, moves: Moves) -> int:
        after = self.holdings(moves)
        total: int = 0
        for key, (required, established) in self.posts.items():
            if key[0] in ("cell", "role"):
                total += max(0, required - after[key])
            if key[0] == "cell" and established is not None:
                total += max(0, after[key] - established)
        for unit, row in self.units.items():
            total += max(0, after["office", unit] - row["establishment"])
        for quota in self.pack.items.quotas.values():
            if quota.relation != "at_most":
                total += sum(
                    max(0, self._owed(quota, bound) - count)
                    for _, count, bound in self.lines(quota, moves)
                )
        owing = {track for track, duty in self.planning.duties if duty == "everyone"}
        gone = {person for person, *_ in moves}
        kept = [
            p
            for p in self.staff
            if self.outcome[p] == "due" and self.track[p] in owing and p not in gone
        ]
        return int(total) + len(kept)

    def passed_over(self, moves: Moves) -> tuple[tuple[str, str], ...]:
        """Return (order, person) for all who stay while somebody further down moves."""
        gone = {person for person, *_ in moves}
        found: list[tuple[str, str]] = []
        for order in self.pack.items.selection.values():
            candidates = [p for p in self.staff if self._candidate(order, p)]
            for person in candidates:
                later = [
                    p
                    for p in candidates
                    if self._cell(p, order.within) == self._cell(person, order.within)
                    and self._rank(order, p) > self._rank(order, person)
                ]
                if person not in gone and gone & set(later):
                    found.append((order.id, person))
        return tuple(sorted(found))

    def _candidate(self, order: Selection, person: str) -> bool:
        if len(self.options(person)) == 1 or self.outcome[person] == "may":
            return False
        return order.who is None or self.ask(order.who, person, None) is True

    def _rank(self, order: Selection, person: str) -> tuple[int, ...]:
        waves = [self.ask(wave, person, None) for wave in order.waves]
        rank = [waves.index(True) if True in waves else len(waves)]
        for key in order.keys:
            if key.prefer is not None:
                rank.append(0 if self.ask(key.prefer, person, None) else 1)
            else:
                value = int(self.staff[person][key.fact])
                rank.append(-value if key.order in ("longest", "highest", "latest") else value)
        return tuple(rank)

    def _balance(self, counts: Condition, moves: Moves) -> int:
        to = {person: (unit, form) for person, unit, form, _ in moves}
        schools = {
            u: row["primary_pupils"]
            for u, row in self.units.items()
            if "小学" in (row["unit_stages"] or ()) and row["primary_pupils"] > 0
        }
        start: Counter[str] = Counter()
        end: Counter[str] = Counter()
        for person, row in self.staff.items():
            if not self.ask(counts, person, None):
                continue
            at_origin = self.planning.counted_at == "origin"
            here = row["home"] if at_origin else row["at"]
            start[here] += 1
            unit, form = to.get(person, ("", ""))
            end[unit if form and (not at_origin or self.moved(form)) else here] += 1
        whole = sum(start[u] for u in schools)
        pupils = sum(schools.values())
        return sum(
            floor(
                Fraction(10**6 * pupils * (2 * t + 1), whole**2 * schools[u]) + Fraction(1, 2)
            )
            for u in schools
            if whole
            for t in range(end[u])
        )

    def _wishes(self, moves: Moves) -> int:
        ranks: dict[str, dict[str, int]] = {}
        for row in self.roster["wishes"].to_dicts():
            if row["wish_kind"] == "志愿" and row["wish_rank"] is not None:
                ranks.setdefault(row["person_id"], {})[row["unit_id"]] = row["wish_rank"]
        costs = self.planning.wish_costs
        assert isinstance(costs, Literal)
        gone = {person for person, *_ in moves}
        total = Fraction(0)
        for person, unit, *_ in moves:
            rank = ranks.get(person, {}).get(unit, 99)
            if person not in ranks:
                total += figure(self.planning.unasked_cost)
            elif rank <= len(costs.values):
                total += costs.values[rank - 1]  # type: ignore[operator]  # -- the test needs the wrong type
            else:
                total += figure(self.planning.elsewhere_cost)
        waiting = [p for p in ranks if p not in gone and p in self.staff]
        kept = [p for p in waiting if self._movable(p)]
        return int(total + len(kept) * figure(self.planning.kept_cost))

    def _movable(self, person: str) -> bool:
        sorts = ("due", "may", "supervised")
        return self.outcome[person] in sorts and not self.staff[person]["serving"]

    def _travel(self, moves: Moves) -> int:
        total = 0
        for person, unit, *_ in moves:
            row, host = self.staff[person], self.units[unit]
            home = (row["home_latitude"], row["home_longitude"])
            if None in home:
                home = (self.units[row["at"]]["latitude"], self.units[row["at"]]["longitude"])
            total += metres(home, (host["latitude"], host["longitude"]))
        return total

    def _draw(self, person: str, unit: str) -> int:
        programme = f"{self.pack.header.id}-{self.pack.year}"
        text = f"{self.seed}:{programme}:{person}:{unit}"
        return int(sha256(text.encode()).hexdigest()[:5], 16) + 1
