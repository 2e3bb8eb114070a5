"""What the page may hold. Its types are the limit: what they cannot hold, it cannot show (§12).

The page is passed on more easily than a signed register, and no register for the public exists
yet. So persons stand under their ids; there is no field for a name, a birth, a home, an outcome
or a ground. Distances are between schools, never from a home.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.engine.answers.pricing_words import objective_title
from junheng.engine.audit import Audit, StaffingLine
from junheng.engine.documents.charts.flow_layout import FlowMap, lay_out
from junheng.engine.documents.frames import MOVED_INDICATORS, flows_of, schools_on_map
from junheng.engine.documents.results import (
    item_clauses,
    lack,
    objective_text,
    replanned_text,
    unit_order,
    verdict_text,
)
from junheng.engine.planning.costs import WISH, metres_between
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEntry:
    """One person's move, under the person's id.

    Attributes
    ----------
    from_unit, to_unit : ids; names are those of the schools
    post : stage and subject, or the office of a leader
    clauses : where the rules stand that made the person movable; titles of none
    wish_rank : None where the school was not wished for
    metres : between the two schools; None without positions
    """

    person_id: str
    from_unit: str
    to_unit: str
    from_name: str
    to_name: str
    post: str
    form: str
    since: date | None
    until: date | None
    relation_moved: bool | None
    clauses: str
    wish_rank: int | None
    metres: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceEntry:
    """One indicator of one stage at one school, before and after, with its threshold."""

    stage: str
    indicator: str
    before: float
    after: float
    threshold: float

    @property
    def largest(self) -> float:
        """The end of the scale on which the three are drawn."""
        return max(self.before, self.after, self.threshold) * 1.1 or 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingEntry:
    """One subject (or office) of a school; lacks are negative, surplus is positive."""

    cell: str
    required: int | None
    established: int | None
    before: int
    after: int
    lack_before: int | None
    lack_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEntry:
    """A school: what it gave and got, its staffing and its balance."""

    unit_id: str
    name: str
    zone: str
    kind: str
    gave: tuple[MoveEntry, ...]
    got: tuple[MoveEntry, ...]
    staffing: tuple[StaffingEntry, ...]
    balance: tuple[BalanceEntry, ...]

    @property
    def short_before(self) -> int:
        """Required posts empty before the plan."""
        return sum(max(0, -(entry.lack_before or 0)) for entry in self.staffing)

    @property
    def short_after(self) -> int:
        """Required posts that stay empty."""
        return sum(max(0, -(entry.lack_after or 0)) for entry in self.staffing)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientEntry:
    """A coefficient of variation of the county before and after, with its limit."""

    stage: str
    indicator: str
    before: float
    after: float
    limit: float
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on the page.

    Attributes
    ----------
    schools : in the officer's order, those that give, get, lack or are compared
    moves : by person id
    terms : what the plan was made from, and on which terms; empty for a first plan
    objectives : (title, value, proven)
    flows : None where no unit has moves
    """

    authority: str
    on: date
    receipt: str
    terms: str
    clean: bool
    unmet: int
    objectives: tuple[tuple[str, str, bool], ...]
    coefficients: tuple[CoefficientEntry, ...]
    schools: tuple[SchoolEntry, ...]
    moves: tuple[MoveEntry, ...]
    flows: FlowMap | None


def overview_of(screening: Screening, plan: Plan, audited: Audit, receipt: str) -> Overview:
    """Collect what the page shows."""
    roster, pack = screening.evaluation.roster, screening.evaluation.pack
    moves = tuple(sorted(_moves(screening, plan), key=lambda move: move.person_id))
    pairs = flows_of(plan, roster)
    return Overview(
        authority=pack.header.authority,
        on=screening.receipt.on,
        receipt=receipt,
        terms=replanned_text(plan),
        clean=audited.clean,
        unmet=sum(unmet.amount for unmet in audited.unmet),
        objectives=tuple(
            (objective_title(o.id, pack, Language.ZH, full=True), objective_text(o), o.proven)
            for o in plan.objectives
            if o.id != "draw"
        ),
        coefficients=_coefficients(audited),
        schools=_schools(roster, audited, moves),
        moves=moves,
        flows=lay_out(schools_on_map(roster), pairs) if pairs else None,
    )


def _moves(screening: Screening, plan: Plan) -> list[MoveEntry]:
    roster, pack = screening.evaluation.roster, screening.evaluation.pack
    units = {row["unit_id"]: row for row in roster["units"].iter_rows(named=True)}
    wishes, roles = _wish_ranks(roster), _roles(roster)
    entries = []
    for move in plan.moves:
        form = pack.items.arrangements.get(move.form)
        start, end = units.get(move.from_unit), units.get(move.to_unit)
        entries.append(
            MoveEntry(
                person_id=move.person_id,
                from_unit=move.from_unit,
                to_unit=move.to_unit,
                from_name=start["unit_name"] if start else move.from_unit,
                to_name=end["unit_name"] if end else move.to_unit,
                post=_post(move, roles),
                form=form.title if form else "",
                since=move.since,
                until=move.until,
                relation_moved=move.relation_moved,
                clauses="、".join(
                    dict.fromkeys(filter(None, (item_clauses(pack, r) for r in move.reason)))
                ),
                wish_rank=wishes.get((move.person_id, move.to_unit)),
                metres=_metres(start, end),
            )
        )
    return entries


def _post(move: Move, roles: Mapping[str, str]) -> str:
    return f"{move.stage}{move.subject}" if move.subject else roles.get(move.person_id, "")


def _roles(roster: Roster) -> dict[str, str]:
    frame = roster["persons"].select("person_id", "role").drop_nulls()
    return dict(frame.iter_rows())


def _wish_ranks(roster: Roster) -> dict[tuple[str, str], int]:
    ranks: dict[tuple[str, str], int] = {}
    for row in roster["wishes"].iter_rows(named=True):
        if row["wish_kind"] == WISH and row["wish_rank"] and row["unit_id"]:
            key = row["person_id"], row["unit_id"]
            ranks[key] = min(ranks.get(key, row["wish_rank"]), row["wish_rank"])
    return ranks


def _metres(
    start: Mapping[str, float | None] | None, end: Mapping[str, float | None] | None
) -> int | None:
    """Return the distance between two schools; homes are not looked at (§12)."""
    if start is None or end is None:
        return None
    places = [(unit["latitude"], unit["longitude"]) for unit in (start, end)]
    (lat_a, lon_a), (lat_b, lon_b) = places
    if lat_a is None or lon_a is None or lat_b is None or lon_b is None:
        return None
    return metres_between((lat_a, lon_a), (lat_b, lon_b))


def _coefficients(audited: Audit) -> tuple[CoefficientEntry, ...]:
    found: dict[tuple[str, str], dict[str, dict[str, float]]] = defaultdict(dict)
    for row in audited.balance.indicators.iter_rows(named=True):
        if row["indicator"] in MOVED_INDICATORS and row["cv"] is not None:
            found[row["stage"], row["indicator"]][row["moment"]] = row
    return tuple(
        CoefficientEntry(
            stage=stage,
            indicator=sentence(f"indicator.{indicator}"),
            before=rows["before"]["cv"],
            after=rows["after"]["cv"],
            limit=rows["after"]["limit"],
            verdict=verdict_text(bool(rows["after"]["meets"])),
        )
        for (stage, indicator), rows in found.items()
        if {"before", "after"} <= rows.keys()
    )


def _schools(
    roster: Roster, audited: Audit, moves: Sequence[MoveEntry]
) -> tuple[SchoolEntry, ...]:
    gave: defaultdict[str, list[MoveEntry]] = defaultdict(list)
    got: defaultdict[str, list[MoveEntry]] = defaultdict(list)
    for move in moves:
        gave[move.from_unit].append(move)
        got[move.to_unit].append(move)
    staffing, balance = _staffing(audited), _balance(audited)
    concerned = gave.keys() | got.keys() | staffing.keys() | balance.keys()
    units = {row["unit_id"]: row for row in roster["units"].iter_rows(named=True)}
    order = unit_order(roster)
    return tuple(
        SchoolEntry(
            unit_id=unit,
            name=units[unit]["unit_name"],
            zone=units[unit]["zone"] or "",
            kind=units[unit]["unit_kind"] or "",
            gave=tuple(gave[unit]),
            got=tuple(got[unit]),
            staffing=tuple(staffing.get(unit, ())),
            balance=tuple(balance.get(unit, ())),
        )
        for unit in sorted(concerned & order.keys(), key=order.__getitem__)
    )


def _staffing(audited: Audit) -> dict[str, list[StaffingEntry]]:
    found: defaultdict[str, list[StaffingEntry]] = defaultdict(list)
    for line in audited.staffing:
        found[line.unit_id].append(_staffing_entry(line))
    return found


def _staffing_entry(line: StaffingLine) -> StaffingEntry:
    return StaffingEntry(
        cell=f"{line.stage}{line.subject or line.role}",
        required=line.required,
        established=line.established,
        before=line.before,
        after=line.after,
        lack_before=lack(line, line.before),
        lack_after=lack(line, line.after),
    )


def _balance(audited: Audit) -> dict[str, list[BalanceEntry]]:
    values: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for row in audited.balance.schools.iter_rows(named=True):
        if row["indicator"] in MOVED_INDICATORS and row["value"] is not None:
            found = values[row["unit_id"], row["stage"], row["indicator"]]
            found |= {row["moment"]: row["value"], "threshold": row["threshold"]}
    entries: defaultdict[str, list[BalanceEntry]] = defaultdict(list)
    for (unit, stage, indicator), found in values.items():
        if {"before", "after"} <= found.keys():
            title = sentence(f"indicator.{indicator}")
            entries[unit].append(BalanceEntry(stage=stage, indicator=title, **found))
    return entries
