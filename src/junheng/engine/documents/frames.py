"""The frames behind the pictures, from screening, plan and audit; no person is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from junheng.engine import codes
from junheng.engine.audit import Audit, StaffingLine
from junheng.engine.audit.fairness_wording import kind_title
from junheng.engine.audit.findings import FairnessLine
from junheng.engine.balance.report import BalanceReport
from junheng.engine.documents.charts.flow_layout import School
from junheng.engine.documents.results import lack, school_values, unit_names, unit_order
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.conditions import ClassTest
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

MOVED_INDICATORS = ("L1", "L2", "L3")
"""What an exchange of persons can change; L4 to L7 are buildings and equipment."""

_INDICATOR_OF_CLASS = {
    "above-required-education": "L1",
    "backbone": "L2",
    "arts-and-sports-teacher": "L3",
}
"""The indicators whose teachers are a class of the national pack."""
_OF_OTHERS = "L2"
_COLOURS = {
    Outcome.DUE: "#c8102e",
    Outcome.SUPERVISED: "#8f1d5c",
    Outcome.MAY: "#f28e2b",
    Outcome.UNDECIDED: "#f2c744",
    Outcome.DEFERRED: "#4e79a7",
    Outcome.DEEMED: "#76b7b2",
    Outcome.EXEMPT: "#59a14f",
    Outcome.BARRED: "#52606d",
    Outcome.NOT_DUE: "#cbd2d9",
    Outcome.OUT_OF_SCOPE: "#e8ecef",
}
"""Outcomes in the order of the stacked picture: warm for who may move, grey for who is not
concerned."""
_NAMED_TOGETHER = 2
_MOVER_KINDS: Mapping[str, Sequence[str]] = {
    "title": codes.TITLE.codes,
    "office": codes.OFFICE_LEVEL.codes,
    "age": (),
    "sex": codes.SEX.codes,
}
"""The groups of the picture of movers, with the order of their words (none: as they sort)."""


def schools_on_map(roster: Roster) -> tuple[School, ...]:
    """Return every unit with its zone and position, in the officer's order."""
    return tuple(
        School(
            unit_id=row["unit_id"],
            name=row["unit_name"],
            zone=row["zone"] or "",
            latitude=row["latitude"],
            longitude=row["longitude"],
        )
        for row in roster["units"].iter_rows(named=True)
    )


def unit_labels(roster: Roster) -> dict[str, str]:
    """Return unit id → name, with the id where two units have one name or one has none.

    A picture has one row for each name: two schools of one name would be drawn as one.
    """
    names = unit_names(roster)
    times = Counter(names.values())
    return {
        unit: name if name and times[name] == 1 else f"{name or ''}（{unit}）"
        for unit, name in names.items()
    }


def flows_of(plan: Plan, roster: Roster) -> dict[tuple[str, str], int]:
    """Return (from, to) → persons for moves between units of the roster."""
    known = set(roster["units"]["unit_id"])
    pairs = ((move.from_unit, move.to_unit) for move in plan.moves)
    return dict(Counter(pair for pair in pairs if known.issuperset(pair)))


def outcome_frame(screening: Screening) -> pl.DataFrame:
    """Return ``unit, outcome, place, colour, persons``."""
    order = {outcome.value: place for place, outcome in enumerate(_COLOURS)}
    titles = {outcome.value: sentence(f"outcome.{outcome}") for outcome in _COLOURS}
    colours = {outcome.value: colour for outcome, colour in _COLOURS.items()}
    roster = screening.evaluation.roster
    labels = unit_labels(roster)
    units = roster["units"].select(
        "unit_id",
        unit=pl.col("unit_id").replace_strict(labels, return_dtype=pl.String),
        order=pl.int_range(pl.len(), dtype=pl.Int64),
    )
    return (
        roster["persons"]
        .select("person_id", "unit_id")
        .join(screening.verdicts, on="person_id")
        .join(units, on="unit_id")
        .group_by("order", "unit", "outcome")
        .len("persons")
        .with_columns(
            place=pl.col("outcome").replace_strict(order, return_dtype=pl.Int64),
            colour=pl.col("outcome").replace_strict(colours, return_dtype=pl.String),
            outcome=pl.col("outcome").replace_strict(titles, return_dtype=pl.String),
        )
        .sort("order", "place")
        .select("unit", "outcome", "place", "colour", "persons")
    )


def balanced_indicators(pack: ResolvedPack) -> list[str]:
    """Return which of L1 to L3 the pack's objective balances; L2 where it counts others."""
    parts = [part.of for item in pack.items.planning.values() for part in item.balances]
    found = {_INDICATOR_OF_CLASS.get(of.klass) for of in parts if isinstance(of, ClassTest)}
    return [each for each in MOVED_INDICATORS if each in found] or [_OF_OTHERS]


def school_frame(report: BalanceReport, roster: Roster, indicator: str) -> pl.DataFrame:
    """Return ``stage, unit, before, after, threshold, mean`` of the schools compared.

    The school with most before the plan stands first; schools whose value is not known are
    left out, the balance register names them.
    """
    names, order = unit_labels(roster), unit_order(roster)
    values = school_values(report, indicator).drop_nulls()
    thresholds = report.schools.filter(pl.col("indicator") == indicator).select(
        "stage", "threshold"
    )
    means = report.indicators.filter(
        (pl.col("indicator") == indicator) & (pl.col("moment") == "before")
    ).select("stage", "mean")
    return (
        values.join(thresholds.unique(), on="stage")
        .join(means, on="stage")
        .with_columns(
            unit=pl.col("unit_id").replace_strict(names, return_dtype=pl.String),
            order=pl.col("unit_id").replace_strict(order, return_dtype=pl.Int64),
        )
        .sort("stage", pl.col("before").neg(), "order")
        .select("stage", "unit", "before", "after", "threshold", "mean")
    )


def coefficient_frame(report: BalanceReport) -> pl.DataFrame:
    """Return ``cell, moment, cv, limit`` of what an exchange can change."""
    moved = pl.col("indicator").is_in(MOVED_INDICATORS) & pl.col("cv").is_not_null()
    return pl.DataFrame(
        [
            {
                "cell": row["stage"] + " " + sentence(f"indicator.{row['indicator']}.short"),
                "moment": sentence(f"chart.{row['moment']}"),
                "cv": row["cv"],
                "limit": row["limit"],
            }
            for row in report.indicators.filter(moved).iter_rows(named=True)
        ],
        schema={"cell": pl.String, "moment": pl.String, "cv": pl.Float64, "limit": pl.Float64},
    )


def shortage_frame(audited: Audit) -> pl.DataFrame:
    """Return ``cell, moment, posts``: required posts that stay empty, where any does."""
    posts: Counter[tuple[str, str]] = Counter()
    for line in sorted(audited.staffing, key=_cell_order):
        cell = f"{line.stage}{line.subject or line.role}"
        for moment, staff in _staff(line):
            posts[cell, moment] += max(0, (line.required or 0) - staff)
    short_somewhere = {cell for (cell, _), count in posts.items() if count}
    return pl.DataFrame(
        [
            {"cell": cell, "moment": sentence(f"chart.{moment}"), "posts": count}
            for (cell, moment), count in posts.items()
            if cell in short_somewhere
        ],
        schema={"cell": pl.String, "moment": pl.String, "posts": pl.Int64},
    )


def staffing_frame(audited: Audit, roster: Roster, stage: str) -> pl.DataFrame:
    """Return ``unit, subject, moment, lack`` of the schools of a stage that lack or exceed.

    Most short after the plan first; subjects in the order of the code list.
    """
    names, order = unit_labels(roster), unit_order(roster)
    lines: dict[str, list[StaffingLine]] = {}
    for line in audited.staffing:
        if line.stage == stage and line.subject and line.unit_id in names:
            lines.setdefault(line.unit_id, []).append(line)
    uneven = {
        unit: each
        for unit, each in lines.items()
        if any(lack(line, staff) for line in each for _, staff in _staff(line))
    }
    rows = [
        {
            "unit": names[unit],
            "subject": line.subject,
            "moment": sentence(f"chart.{moment}"),
            "lack": found,
        }
        for unit in sorted(uneven, key=lambda u: (-_short_after(uneven[u]), order[u]))
        for line in sorted(uneven[unit], key=_cell_order)
        for moment, staff in _staff(line)
        if (found := lack(line, staff)) is not None
    ]
    return pl.DataFrame(
        rows,
        schema={
            "unit": pl.String,
            "subject": pl.String,
            "moment": pl.String,
            "lack": pl.Int64,
        },
    )


def mover_frame(audited: Audit) -> pl.DataFrame:
    """Return ``kind, group, movable, moved`` by title, rank, age and sex.

    Groups of one or two are already put together by the auditor, so that nobody is singled out.
    """
    kinds = list(_MOVER_KINDS)
    lines = [line for line in audited.fairness if line.kind in kinds and line.movable]
    lines.sort(key=lambda line: (kinds.index(line.kind), _group_order(line)))
    return pl.DataFrame(
        [
            {
                "kind": kind_title(line.kind),
                "group": _group_word(line),
                "movable": line.movable,
                "moved": line.moved,
            }
            for line in lines
        ],
        schema={
            "kind": pl.String,
            "group": pl.String,
            "movable": pl.Int64,
            "moved": pl.Int64,
        },
    )


def pages(units: Sequence[str], most: int) -> Iterator[list[str]]:
    """Divide a list into pages of nearly the same length, none longer than ``most``."""
    count = max(1, -(-len(units) // most))
    size = -(-len(units) // count) or 1
    for start in range(0, len(units), size):
        yield list(units[start : start + size])


def stages_of(audited: Audit) -> list[str]:
    """Return the stages with subject cells, in the order of the code list."""
    present = {line.stage for line in audited.staffing if line.subject}
    return [stage for stage in codes.STAGE.codes if stage in present]


def coefficient_of(
    report: BalanceReport, stage: str, indicator: str
) -> Mapping[str, dict[str, float]]:
    """Return moment → the row of the coefficients of one stage and indicator."""
    chosen = report.indicators.filter(
        (pl.col("stage") == stage) & (pl.col("indicator") == indicator)
    )
    return {row["moment"]: row for row in chosen.iter_rows(named=True)}


def _cell_order(line: StaffingLine) -> tuple[int, int]:
    """Order cells by stage, then by the code list of subjects; leaders last."""
    stages, subjects = codes.STAGE.codes, codes.SUBJECT.codes
    stage = stages.index(line.stage) if line.stage in stages else len(stages)
    word = subjects.index(line.subject) if line.subject in subjects else len(subjects)
    return stage, word


def _staff(line: StaffingLine) -> tuple[tuple[str, int], ...]:
    return (("before", line.before), ("after", line.after))


def _short_after(lines: Sequence[StaffingLine]) -> int:
    return sum(max(0, (line.required or 0) - line.after) for line in lines)


def _group_order(line: FairnessLine) -> tuple[int, str]:
    words, first = _MOVER_KINDS[line.kind], line.groups[0]
    place = words.index(first) if first in words else len(words)
    return (place if first else len(words) + 1, first)


def _group_word(line: FairnessLine) -> str:
    if len(line.groups) > _NAMED_TOGETHER:
        return sentence("chart.together", first=line.groups[0], count=len(line.groups))
    words = [word or sentence("fairness.blank") for word in line.groups]
    joined = "、".join(words)
    return (
        sentence("chart.age-group", ages=joined)
        if line.kind == "age" and all(line.groups)
        else joined
    )
